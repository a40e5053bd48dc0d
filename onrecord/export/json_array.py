"""JSON for people and scripts: one record as an object, or several as an array, indented."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from onrecord.export.visible import ascii_controls
from onrecord.record import Record


def json_object(records: Iterable[Record]) -> Iterator[str]:
    """Give the only record as an object; nothing where there is none."""
    for record in records:
        yield _indented(record) + "\n"


def json_array(records: Iterable[Record]) -> Iterator[str]:
    """Give the records as one array, each as soon as it is read."""
    before = "[\n"
    for record in records:
        yield before + _indented(record)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def _indented(record: Record) -> str:
    return ascii_controls(json.dumps(json.loads(record.to_json()), indent=2, ensure_ascii=False))
