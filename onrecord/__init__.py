"""onrecord: who said what, when, how many, and who says so, every entry tied to the exact words."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord._version import __version__
    from onrecord.codec import decode_record
    from onrecord.errors import ModelError, OnRecordError, PageError, ReadError, RecordError, SpanError
    from onrecord.pages import open_page
    from onrecord.reading import Reader
    from onrecord.record import Document, Record
    from onrecord.span import Span

_HOMES = {
    "Document": "onrecord.record",
    "ModelError": "onrecord.errors",
    "OnRecordError": "onrecord.errors",
    "PageError": "onrecord.errors",
    "ReadError": "onrecord.errors",
    "Reader": "onrecord.reading",
    "Record": "onrecord.record",
    "RecordError": "onrecord.errors",
    "Span": "onrecord.span",
    "SpanError": "onrecord.errors",
    "__version__": "onrecord._version",
    "decode_record": "onrecord.codec",
    "open_page": "onrecord.pages",
}

__all__ = [
    "Document",
    "ModelError",
    "OnRecordError",
    "PageError",
    "ReadError",
    "Reader",
    "Record",
    "RecordError",
    "Span",
    "SpanError",
    "__version__",
    "decode_record",
    "open_page",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that ``import onrecord`` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
