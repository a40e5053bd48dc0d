"""Tables: a file a kind of entry, as CSV or as Parquet, written row group by row group."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from onrecord.errors import StoreError
from onrecord.export.columns import COLUMNS, Cell, Row, Type, rows
from onrecord.export.paged import Paged
from onrecord.export.spreadsheet import BOM, guard, unguard

_GROUP = 20_000  # rows of a Parquet row group; fixed, so that the same records give the same bytes


def csv_tables(pages: Iterable[Paged], folder: Path, *, spreadsheet: bool = False) -> list[Path]:
    """Write ``pages.csv`` and so on (RFC 4180, UTF-8): a null is an empty cell, true and false are words.

    ``spreadsheet`` puts an apostrophe before text that would start a formula, and a mark at the head of the
    file by which spreadsheets know UTF-8.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{name}.csv" for name in COLUMNS}
    with ExitStack() as stack:
        writers = {}
        for name, path in paths.items():
            out = stack.enter_context(open(path, "w", encoding="utf-8", errors="replace", newline=""))
            out.write(BOM if spreadsheet else "")
            writers[name] = csv.writer(out, lineterminator="\r\n")
            writers[name].writerow(COLUMNS[name])
        for page in pages:
            for name, row in rows(page):
                writers[name].writerow([_cell(row[column], spreadsheet) for column in COLUMNS[name]])
    return list(paths.values())


def read_csv(path: Path, *, spreadsheet: bool = False) -> list[Row]:
    """Read one of the tables back, with its types; an empty cell is a null."""
    columns = COLUMNS[path.stem]
    with open(path, encoding="utf-8-sig", newline="") as lines:
        return [
            {name: _value(cell, columns[name], spreadsheet) for name, cell in row.items()}
            for row in csv.DictReader(lines)
        ]


def parquet_tables(pages: Iterable[Paged], folder: Path) -> list[Path]:
    """Write ``pages.parquet`` and so on; raise StoreError where pyarrow is missing."""
    arrow, parquet = _arrow()
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{name}.parquet" for name in COLUMNS}
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(parquet.ParquetWriter(path, schema(name), compression="zstd"))
            for name, path in paths.items()
        }
        waiting: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        for page in pages:
            for name, row in rows(page):
                waiting[name].append(row)
                if len(waiting[name]) == _GROUP:
                    writers[name].write_table(arrow.Table.from_pylist(waiting[name], schema(name)))
                    waiting[name] = []
        for name, rest in waiting.items():
            writers[name].write_table(arrow.Table.from_pylist(rest, schema(name)))
    return list(paths.values())


def schema(name: str) -> Any:
    """Give a table's Arrow schema."""
    arrow, _ = _arrow()
    types = {
        "string": arrow.string(), "int": arrow.int64(), "float": arrow.float64(), "bool": arrow.bool_(),
    }  # fmt: skip
    return arrow.schema([(column, types[kind]) for column, kind in COLUMNS[name].items()])


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise StoreError("Parquet needs pyarrow: pip install 'onrecord[tables]'") from error
    return pyarrow, pyarrow.parquet


def _cell(value: Cell, spreadsheet: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    return guard(value) if spreadsheet else value


def _value(cell: str, kind: Type, spreadsheet: bool) -> Cell:
    if not cell:
        return None
    if kind == "bool":
        return cell == "true"
    if kind == "int":
        return int(cell)
    if kind == "float":
        return float(cell)
    return unguard(cell) if spreadsheet else cell
