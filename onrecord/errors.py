"""What can go wrong, as one small tree; each message says what, where and what to do.

OnRecordError
├── PageError          bytes that cannot become a Document
│   ├── PageTooLarge       more bytes, depth or time than the limits allow
│   ├── PageUnreadable     not text or HTML: a PDF, an image, an archive, nothing at all
│   └── PageNotFetched     a URL that was refused, unreachable or not allowed
├── ReadError          a page that takes longer to read than allowed
├── SpanError          offsets that do not quote their text
├── RecordError        JSON that is not a record, or a record at odds with itself
├── ModelError         weights that are missing or are not what their card says
└── StoreError         a store that cannot be opened, is locked, full, read-only or of another version
"""

from __future__ import annotations


class OnRecordError(Exception):
    """The root: everything this package raises on purpose."""


class PageError(OnRecordError):
    """A page that cannot become a Document; ``source`` names it, ``reason`` is one short word for tables."""

    reason = "unreadable"

    def __init__(self, message: str, source: str = "", reason: str | None = None) -> None:
        super().__init__(f"{source}: {message}" if source else message)
        self.source = source
        self.reason = reason or self.reason


class PageTooLarge(PageError):
    """A page beyond a limit: bytes, nesting, decompression or time."""

    reason = "too-large"


class PageUnreadable(PageError):
    """Bytes that hold no page: another kind of file, or nothing."""

    reason = "unreadable"


class PageNotFetched(PageError):
    """A URL that gave no page: refused by our rules, by the site or by the network."""

    reason = "not-fetched"


class ReadError(OnRecordError):
    """A page whose reading was given up, as it took longer than allowed."""


class SpanError(OnRecordError, ValueError):
    """Offsets that do not quote their text; carries them as ``start`` and ``end``."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


class RecordError(OnRecordError, ValueError):
    """JSON that is no record of this schema, or a record whose parts disagree."""


class ModelError(OnRecordError):
    """Weights that are missing, damaged or of another version."""


class StoreError(OnRecordError):
    """A store that cannot be opened or written: where it is, what is wrong, and what to do."""
