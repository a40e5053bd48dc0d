"""Our own records, a line each, read as annotations: a record that a person mended is gold as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.codec import decode_record
from onrecord.errors import RecordError
from onrecord.imports.annotation import Annotated, annotated
from onrecord.record import Record


def read_records(lines: Iterable[str]) -> Iterator[Record]:
    """Give the record of each line, checked; raise RecordError, which names the line, where one is none."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield decode_record(line)
            except RecordError as error:
                raise RecordError(f"line {number}: {error}") from error


def read(lines: Iterable[str]) -> Iterator[Annotated]:
    """Give every record's entries as annotations."""
    for record in read_records(lines):
        yield from annotated(record)
