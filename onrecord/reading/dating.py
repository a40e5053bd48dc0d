"""The date of publication, as the caller gives it."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from onrecord.errors import OnRecordError
from onrecord.record import Date, Document

_PRECISIONS = (("year", 4), ("month", 7), ("day", 10), ("hour", 13), ("minute", 16))
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d(:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?")


def dated(document: Document, published: str | datetime.date | None) -> Document:
    """Give the document with the caller's date of publication in place of its own; None changes nothing.

    Raises OnRecordError where it is no ISO 8601 date.
    """
    if published is None:
        return document
    value = published if isinstance(published, str) else published.isoformat()
    if not _ISO.fullmatch(value):
        raise OnRecordError(f"published: {value!r} is not an ISO 8601 date; write it like 2015-09-10")
    value = value.replace(" ", "T")
    try:
        datetime.date.fromisoformat((value[:10] + "-01-01")[:10] if len(value) < 10 else value[:10])
    except ValueError as error:
        raise OnRecordError(
            f"published: {value!r} is no day of the calendar; write it like 2015-09-10"
        ) from error
    local = re.sub(r"(Z|[+-]\d\d:?\d\d)$", "", value) if len(value) > 10 else value
    precision = next((name for name, length in _PRECISIONS if len(local) <= length), "second")
    return replace(document, published=Date(value, precision, "given"))
