"""Pages and what came of them as Arrow tables, which any engine that moves such tables can have read."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

from onrecord.codec import decode_record
from onrecord.errors import StoreError
from onrecord.sources import Page
from onrecord.store.stored import Failed, Stored, place, plain

if TYPE_CHECKING:
    import pyarrow

    from onrecord.store.rows import Drawn

_PAGE = ("locator", "kind", "uri", "captured", "published", "outlet", "title", "source", "charset")
_OF_PAGE = ("uri", "outlet", "published", "captured", "reader", "model")
"""What stands beside a record, so that a table can be narrowed without unpacking records."""

Reads = Callable[[Page], "Drawn | Failed"]


def the_pyarrow() -> ModuleType:
    """Import pyarrow; raise StoreError where it is missing."""
    try:
        import pyarrow
    except ImportError as error:
        message = "a cluster's tables need pyarrow: pip install 'onrecord[cluster]'"
        raise StoreError(message) from error
    return pyarrow  # type: ignore[no-any-return]


def page_table(pages: Iterable[Page]) -> pyarrow.Table:
    """Give pages as a table: name and content as bytes, the rest as words."""
    pa = the_pyarrow()
    fields = [("name", pa.binary()), ("content", pa.large_binary()), *((name, pa.string()) for name in _PAGE)]
    rows = [
        {
            "name": os.fsencode(page.name),  # a file's name may be no text
            "content": page.content,
            **{name: _plain(getattr(page, name)) for name in _PAGE},
        }
        for page in pages
    ]
    return pa.Table.from_pylist(rows, pa.schema(fields))


def read_table(read: Reads, table: pyarrow.Table) -> pyarrow.Table:
    """Read a table of pages; give, row for row, a record's JSON or a failure's reason and message.

    ``read`` is what ``onrecord.ingest.reading.reading`` gives: made once a process, as it loads the weights.
    """
    return result_table(read(page) for page in pages_of(table))


def pages_of(table: pyarrow.Table) -> Iterator[Page]:
    """Give the pages of a table."""
    for row in table.to_pylist():
        yield Page(os.fsdecode(row.pop("name")), **row)


def result_table(outcomes: Iterable[Drawn | Failed]) -> pyarrow.Table:
    """Give what came of pages as a table; ``record`` is null where a page failed."""
    rows = [_failure(got) if isinstance(got, Failed) else _record(got) for got in outcomes]
    return the_pyarrow().Table.from_pylist(rows, result_schema())


def result_schema() -> pyarrow.Schema:
    """Give the columns of a table of results."""
    pa = the_pyarrow()
    words = ("locator", "source", "page_id", "text_id", *_OF_PAGE)
    return pa.schema(
        [
            *((name, pa.string()) for name in words),
            ("record", pa.large_string()),
            ("raw", pa.large_binary()),
            ("reason", pa.string()),
            ("message", pa.string()),
        ]
    )


def outcomes_of(table: pyarrow.Table) -> Iterator[Stored | Failed]:
    """Give the records of a table of results, decoded and checked, and its failures."""
    for row in table.to_pylist():
        if row["record"] is None:
            yield Failed(row["locator"], row["source"], row["reason"], row["message"])
        else:
            record = decode_record(row["record"])
            yield Stored(record, row["locator"], row["source"], row["captured"], row["raw"])


def _record(page: Drawn) -> dict[str, Any]:
    from onrecord.store.rows import PAGE_COLUMNS

    held = dict(zip(PAGE_COLUMNS, page.page, strict=True))
    return {
        "locator": page.locator,
        "source": plain(page.source),
        "page_id": page.page_id,
        "text_id": held["text_id"],
        **{name: _plain(held[name]) for name in _OF_PAGE},  # type: ignore[arg-type]
        "record": zlib.decompress(held["record"]).decode(),  # type: ignore[arg-type]
        "raw": None if page.raw is None else zlib.decompress(page.raw[2]),
    }


def _failure(failed: Failed) -> dict[str, Any]:
    return {
        "locator": place(failed.locator),
        "source": plain(failed.source),
        "reason": failed.reason,
        "message": plain(failed.message),
    }


def _plain(words: str | None) -> str | None:
    return None if words is None else plain(words)
