"""Splits of Parquet put into a store, with their ledger lines, as one machine's ingestion writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cluster.arrow import outcomes_of, the_pyarrow
from onrecord.cluster.output import FAILURES, RECORDS, Output
from onrecord.errors import OnRecordError, StoreError
from onrecord.ingest.plan import Plan, Tally
from onrecord.ingest.writing import Batches, patiently
from onrecord.store.stored import Failed

if TYPE_CHECKING:
    import pyarrow

    from onrecord.store.store import Store

_ROWS = 64  # rows decoded at a time


def load(
    folder: str | Path,
    store: Store,
    *,
    tally: Tally | None = None,
    stop: Callable[[], bool] = lambda: False,
    advance: Callable[[], None] = lambda: None,
) -> Tally:
    """Put the finished splits of a folder into a store; every record is checked, every span.

    It may be killed and started again: what the store's ledger has is passed by. Raises StoreError where a
    split is damaged or the store will not have it.
    """
    from onrecord.store.rows import draw

    tally = tally or Tally()
    output = Output(folder)
    if next(output.splits(), None) is None:
        raise StoreError(f"{folder} holds no finished split")
    tally.total = sum(manifest.pages + sum(manifest.failures.values()) for _, manifest in output.splits())
    writer = store.writer()
    batches = Batches(store, Plan(batch=256), tally, lambda _: None)
    for path, _ in output.splits():
        for table in _tables(path):
            if stop():
                tally.stopped = True
                batches.write()
                return tally
            locators: list[str] = table["locator"].to_pylist()
            there = patiently(lambda some=locators: writer.done(some))  # type: ignore[misc]
            tally.there += sum(locator in there for locator in locators)
            wanted = table.filter(the_pyarrow().array([locator not in there for locator in locators]))
            try:
                for outcome in outcomes_of(wanted):
                    batches.put(outcome if isinstance(outcome, Failed) else draw(outcome, words=store.words))
            except StoreError:
                raise
            except OnRecordError as error:
                raise StoreError(f"{path} is damaged: {error}") from error
            advance()
    batches.write()
    advance()
    return tally


def _tables(path: Path) -> Iterator[pyarrow.Table]:
    """Give a split's records and failures as small tables of results."""
    pa = the_pyarrow()
    import pyarrow.parquet

    for name in (RECORDS, FAILURES):
        try:
            with pyarrow.parquet.ParquetFile(path / name) as file:
                for batch in file.iter_batches(_ROWS):
                    table = pa.Table.from_batches([batch])
                    if name == FAILURES:
                        table = table.append_column("record", pa.nulls(table.num_rows, pa.large_string()))
                    yield table
        except (OSError, pa.ArrowInvalid) as error:
            raise StoreError(f"{path / name} cannot be read: {error}") from error
