"""How an entry is called in one line, where it is kept or shared apart from its page."""

from __future__ import annotations

from onrecord.errors import RecordError
from onrecord.explain import account
from onrecord.export import phrases
from onrecord.record import Record

_SHOWN = 200


def said_of(record: Record, entry: str) -> str | None:
    """Say what an entry says; None where the record has none such."""
    try:
        said = account(record, entry).said
    except RecordError:
        return None
    spoken = next((a for a in record.attributions if a.id == entry), None)
    if spoken is None:
        return said
    words = phrases.GAP.join(span.text for span in spoken.content)
    return f"{said}: {words[:_SHOWN]}{'…' if len(words) > _SHOWN else ''}"
