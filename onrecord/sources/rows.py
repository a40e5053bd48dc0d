"""The rows of JSON, CSV and Parquet files, one at a time: each a dict, or what is wrong with it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

import msgspec

from onrecord.errors import PageUnreadable, StoreError

Row = dict[str, Any]
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read: ``reason`` is one short word."""

    reason: str
    message: str


Rows = Iterator[tuple[int, Row | BadRow]]
"""Rows with their numbers, from 1; a CSV's header is none."""


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    """Open a file that may be gzipped; raises PageUnreadable."""
    try:
        with open(path, "rb") as file:
            packed = file.peek(2).startswith(_GZIP)
            yield cast("BinaryIO", gzip.GzipFile(fileobj=file) if packed else file)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PageUnreadable(f"the file cannot be read on: {reason}", path, "damaged") from error


def json_line_rows(path: str, most: int) -> Rows:
    """Give the objects of a file with one a line; empty lines count and are left out."""
    with _opened(path) as file:
        for number, line in enumerate(_lines(file, most), 1):
            if isinstance(line, BadRow):
                yield number, line
            elif line.strip(b" \t\r\n\xef\xbb\xbf"):
                yield number, _object(line.removeprefix(b"\xef\xbb\xbf"))


def json_rows(path: str, most: int) -> Rows:
    """Give the object of a JSON file, or those of its list."""
    with _opened(path) as file:
        content = file.read(most + 1)
    if len(content) > most:
        yield 1, BadRow("too-large", f"it has more than {most:,} bytes; write one object a line (.jsonl)")
        return
    found = _decoded(content.removeprefix(b"\xef\xbb\xbf"))
    for number, one in enumerate(found if isinstance(found, list) else [found], 1):
        yield number, _checked(one)


def csv_rows(path: str, most: int) -> Rows:
    """Give the rows of a CSV or TSV file in UTF-8, whose first row names the columns.

    Raises PageUnreadable where there is none.
    """
    limit = csv.field_size_limit(max(most, csv.field_size_limit()))
    try:
        with _opened(path) as file:
            words = io.TextIOWrapper(cast("Any", file), "utf-8-sig", "surrogateescape", newline="")
            first = words.readline(most)
            names = next(csv.reader([first], delimiter=_delimiter(first)), [])
            if not any(names):
                raise PageUnreadable("its first row names no columns", path, "empty")
            reader = csv.reader(_text_lines(words, most), delimiter=_delimiter(first))
            number = 0
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    number += 1
                    yield number, BadRow("damaged", f"the row cannot be read ({error})")
                    continue
                if cells:
                    number += 1
                    yield number, _row(names, cells)
    finally:
        csv.field_size_limit(limit)


def parquet_rows(path: str, wanted: frozenset[str] | None) -> Rows:
    """Give the rows of a Parquet file, of their columns only the ``wanted``; few are held at a time.

    Raises StoreError where pyarrow is missing, PageUnreadable for no Parquet file.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise StoreError("Parquet needs pyarrow: pip install 'onrecord[tables]'") from error
    broken = (pa.ArrowException, OSError, ValueError)
    try:
        table = pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20)
    except broken as error:
        raise PageUnreadable(
            f"this is no Parquet file that can be read ({error})", path, "damaged"
        ) from error
    with table:
        held = [name for name in table.schema_arrow.names if wanted is None or name in wanted]
        before = 0
        for group in range(table.num_row_groups):
            number = before
            try:
                for batch in table.iter_batches(batch_size=64, row_groups=[group], columns=held):
                    for at in range(batch.num_rows):
                        number += 1
                        yield number, _parquet_row(batch, at)
            except broken as error:
                yield (
                    number + 1,
                    BadRow("damaged", f"from this row on the row group cannot be read ({error})"),
                )
            before += table.metadata.row_group(group).num_rows


def parquet_names(path: str) -> list[str]:
    """Give the names of a Parquet file's columns; raises as ``parquet_rows``."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise StoreError("Parquet needs pyarrow: pip install 'onrecord[tables]'") from error
    try:
        return list(pq.read_schema(path).names)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise PageUnreadable(
            f"this is no Parquet file that can be read ({error})", path, "damaged"
        ) from error


def _parquet_row(batch: Any, at: int) -> Row | BadRow:
    try:
        return {name: batch.column(i)[at].as_py() for i, name in enumerate(batch.schema.names)}
    except (ValueError, OverflowError) as error:
        return BadRow("damaged", f"the row cannot be read ({error})")


def _lines(file: BinaryIO, most: int) -> Iterator[bytes | BadRow]:
    """Give a file's lines; BadRow for one of more than ``most`` bytes, which is never held."""
    while line := file.readline(most + 1):
        if len(line) > most and not line.endswith(b"\n"):
            while (rest := file.readline(most)) and not rest.endswith(b"\n"):
                pass
            yield BadRow("too-large", f"the row has more than {most:,} bytes")
        else:
            yield line


def _text_lines(words: io.TextIOWrapper, most: int) -> Iterator[str]:
    # In pieces where a line has no end; the csv module counts what it puts together.
    while line := words.readline(most):
        yield line


def _delimiter(header: str) -> str:
    return max(",", ";", "\t", key=lambda sign: (header.count(sign), sign == ","))


def _row(names: list[str], cells: list[str]) -> Row | BadRow:
    if len(cells) != len(names):
        return BadRow("damaged", f"the row has {len(cells)} columns, the header names {len(names)}")
    try:
        "".join(cells).encode("utf-8")
    except UnicodeEncodeError:
        return BadRow("encoding", "the row is not UTF-8; save the table as UTF-8")
    return dict(zip(names, cells, strict=True))


def _object(line: bytes) -> Row | BadRow:
    return _checked(_decoded(line))


def _decoded(content: bytes) -> Any:
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        pass
    try:  # slower, and lenient: Python itself writes NaN, and others write half of a surrogate pair
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        return BadRow("damaged", f"it is no JSON ({error})")


def _checked(found: Any) -> Row | BadRow:
    if isinstance(found, dict | BadRow):
        return cast("Row | BadRow", found)
    return BadRow("damaged", "it is no JSON object")
