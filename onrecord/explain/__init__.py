"""Why an entry of a record exists: its words in their sentences, its scores, rules and lexicon lines."""

from __future__ import annotations

from onrecord.errors import RecordError
from onrecord.explain.account import Account, Fact
from onrecord.explain.entries import Entries
from onrecord.record import Record

__all__ = ["Account", "Fact", "account", "explain", "explain_all"]


def account(record: Record, entry: str) -> Account:
    """Give the account of an entry by its id ("v3", "a2"); RecordError where the record has none such."""
    entries = Entries(record)
    if entry not in entries.ids:
        raise RecordError(f"this record has no entry {entry!r}; it has {entries.known()}")
    return entries.account(entry)


def explain(record: Record, entry: str, *, width: int = 80) -> str:
    """Say in lines of this width why an entry exists; RecordError where the record has no such entry."""
    return account(record, entry).text(width)


def explain_all(record: Record, *, width: int = 80) -> str:
    """Say why each statement, event, relation and figure of a record exists, in this order."""
    entries = Entries(record)
    groups = (record.attributions, record.events, record.relations, record.figures)
    return "\n".join(entries.account(entry.id).text(width) for group in groups for entry in group)
