"""Moved to onrecord/quotes.py (the model needs it too, and stands left of reading): edit and import that one."""

from onrecord.quotes import Quotation, inside, kind_of, quotations

__all__ = ["Quotation", "inside", "kind_of", "quotations"]
