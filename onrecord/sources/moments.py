"""Dates as sources write them, as ISO 8601; what cannot be understood is not a date, and none is made up."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)Z?)?")
_OFFSET = re.compile(r"[+-]\d\d:\d\d$")
_LONGEST = 64


def published(value: object) -> str | None:
    """Give an article's date with the precision that it is written in, or None.

    Midnight to the second without a zone is how tables write a bare day, and is shortened to it.
    """
    found = _iso(value)
    return found[:10] if found is not None and found[10:] == "T00:00:00" else found


def captured(value: object) -> str | None:
    """Give the time at which bytes were taken, in UTC where its zone is known; None where it is no time."""
    found = _iso(value)
    if found is None or len(found) < 19:
        return found if found is not None and len(found) >= 10 else None
    moment = datetime.datetime.fromisoformat(found).replace(microsecond=0)
    if moment.tzinfo is None:
        return moment.isoformat()
    try:
        return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)
    except OverflowError:
        return None


def now() -> str:
    """Give this second, in UTC."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _iso(value: object) -> str | None:
    if isinstance(value, datetime.datetime):
        written = value.replace(microsecond=0).isoformat()
    elif isinstance(value, datetime.date):
        written = value.isoformat()
    elif isinstance(value, int) and not isinstance(value, bool) and 10_000_000 <= value <= 99_999_999_999_999:
        written = _compact(str(value))
    elif isinstance(value, str) and 4 <= len(value.strip()) <= _LONGEST:
        written = value.strip()
        if not _ISO.fullmatch(written):
            written = _compact(written) or _mailed(written)
    else:
        return None
    if not _ISO.fullmatch(written):
        return None
    written = written.replace(" UTC", "Z").replace(" +", "+").replace(" -", "-").replace(" Z", "Z")
    written = re.sub(r"\.\d+", "", written.replace(" ", "T"))
    try:
        datetime.datetime.fromisoformat(written + {4: "-01-01", 7: "-01"}.get(len(written), ""))
    except ValueError:
        return None
    return written


def _compact(written: str) -> str:
    """Read 20150910 and 20150910145000, as GDELT and databases write; an empty string where it is neither."""
    found = _COMPACT.fullmatch(written)
    if found is None:
        return ""
    year, month, day, hour, minute, second = found.groups()
    clock = f"T{hour}:{minute}:{second}" if hour else ""
    return f"{year}-{month}-{day}{clock}{'Z' if written.endswith('Z') else ''}"


def _mailed(written: str) -> str:
    """Read the dates of mail, HTTP and RSS; an empty string where it is none."""
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, OverflowError, IndexError):
        return ""
    text = moment.replace(microsecond=0).isoformat()
    return text if moment.tzinfo is None or _OFFSET.search(text) else ""
