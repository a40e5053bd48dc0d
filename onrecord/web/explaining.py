"""How an entry is called in one line, where it is kept or shared apart from its page."""

from __future__ import annotations

from onrecord.errors import RecordError
from onrecord.explain import account
from onrecord.record import Record


def said_of(record: Record, entry: str) -> str | None:
    """Say what an entry says; None where the record has none such."""
    try:
        return account(record, entry).said
    except RecordError:
        return None
