"""JSON Lines: a record a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.export.visible import ascii_controls
from onrecord.record import Record


def json_lines(records: Iterable[Record]) -> Iterator[str]:
    """Give each record as one line of JSON."""
    for record in records:
        yield ascii_controls(record.to_json()) + "\n"
