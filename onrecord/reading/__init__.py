"""Reading: a Document in, a Record out."""

from onrecord.reading.reader import Reader

__all__ = ["Reader"]
