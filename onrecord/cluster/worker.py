"""What a worker of the cluster does: it reads one split after the other, with the weights loaded once.

The worker itself only opens archives and writes; the reading is done in a process of its own, under the same
bounds of time and memory as on one machine. So a page that hangs, kills or wants too much costs only itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from onrecord.cluster.arrow import result_table
from onrecord.cluster.output import Output
from onrecord.cluster.splits import Split
from onrecord.ingest.plan import MEGABYTE, Plan, Tally
from onrecord.ingest.reading import ReadsDocuments, failed, reading, the_reader
from onrecord.ingest.unread import Unread, guarded
from onrecord.ingest.writing import Batches, patiently
from onrecord.sources import Broken, Columns, Page, is_address
from onrecord.store import Failed, Store
from onrecord.workers import Bounds, Lost, Workers

if TYPE_CHECKING:
    from onrecord.store.rows import Drawn

Told = list[tuple[str, str]]

_MOST_TOLD = 20  # failures told of one split


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How workers read and where to: ``output`` is a folder for Parquet, ``store`` the address of a store.

    ``folder`` is the one that relative paths start from, on every machine.
    """

    output: str | None = None
    store: str | None = None
    folder: str = field(default_factory=os.getcwd)
    text: bool = True
    keep_raw: bool = False
    seconds: float = 60.0
    memory: int = 2048 * MEGABYTE
    columns: Columns | None = None
    make_reader: Callable[[], ReadsDocuments] = the_reader


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a split; it is not finished where a source of it could not be had."""

    read: int = 0
    there: int = 0
    passed_over: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    missing: int = 0
    told: tuple[tuple[str, str], ...] = ()

    def add_to(self, tally: Tally) -> None:
        """Count it in."""
        tally.read += self.read
        tally.there += self.there
        tally.passed_over += self.passed_over
        tally.failed.update(self.failed)
        tally.missing += self.missing


class SplitReader:
    """Reads splits into a folder or a store; its reading process ends with it, however it ends."""

    def __init__(self, setup: Setup) -> None:
        if os.path.isdir(setup.folder):
            os.chdir(setup.folder)
        self._setup = setup
        self._store = None if setup.store is None else Store.open(setup.store, text=setup.text)
        words = self._store is None or self._store.words
        make = partial(reading, setup.make_reader, words, setup.keep_raw)
        self._workers = Workers(1, make, Bounds(setup.seconds, setup.memory))

    def read(self, split: Split) -> Done:
        """Read a split and write what came of it; one that is finished already is passed by.

        Raises StoreError where nothing can be written, ModelError where nothing can be read.
        """
        told: list[tuple[str, str]] = []
        tally = Tally()
        if self._store is not None:
            self._into_store(split, self._store, tally, told)
        else:
            output = Output(self._setup.output or ".")
            if output.is_finished(split):
                return Done()
            self._into_folder(split, output, tally, told)
        return Done(
            tally.read,
            tally.there,
            tally.passed_over,
            dict(sorted(tally.failed.items())),
            tally.missing,
            tuple(told[:_MOST_TOLD]),
        )

    def close(self) -> None:
        """End the reading process and close the store."""
        self._workers.__exit__()
        if self._store is not None:
            self._store.close()

    def _into_folder(self, split: Split, output: Output, tally: Tally, told: Told) -> None:
        unread = self._unread(split, tally, told, lambda _: set())
        with output.writing(split) as writing:
            for chunk in unread:
                outcomes = [self._outcome(given, told) for given in chunk]
                writing.put(result_table(outcomes))
                reasons = [outcome.reason for outcome in outcomes if isinstance(outcome, Failed)]
                tally.failed.update(reasons)
                tally.read += len(outcomes) - len(reasons)
            if tally.missing:  # it is read again as a whole next time, so nothing of it counts
                tally.read = tally.there = tally.passed_over = 0
                tally.failed.clear()
            else:
                writing.finish(tally.passed_over)

    def _into_store(self, split: Split, store: Store, tally: Tally, told: Told) -> None:
        writer = store.writer()
        unread = self._unread(split, tally, told, lambda locators: patiently(lambda: writer.done(locators)))
        batches = Batches(store, Plan(), tally, unread.finished)
        for chunk in unread:
            for given in chunk:
                batches.put(self._outcome(given, told))
                if batches.due_in == 0.0:
                    batches.write()
        batches.write()

    def _unread(
        self, split: Split, tally: Tally, told: Told, done: Callable[[list[str]], set[str]]
    ) -> Unread:
        given = chain.from_iterable(
            guarded(piece.path, piece.pages(self._setup.columns)) for piece in split.pieces
        )
        return Unread(
            given, Plan(), tally, done=done, failed=lambda _: False, tell=lambda *words: told.append(words)
        )

    def _outcome(self, given: Page | Broken, told: Told) -> Drawn | Failed:
        if isinstance(given, Broken):
            outcome: Drawn | Failed = Failed(given.locator, given.source, given.reason[:32], given.message)
        elif given.content is None and is_address(given.name):
            outcome = Failed(
                given.locator, given.source, "not-fetched", "a cluster reads no page from the web"
            )
        else:
            outcome = self._read(given)
        if isinstance(outcome, Failed) and len(told) < _MOST_TOLD:
            told.append((outcome.locator, outcome.message))
        return outcome

    def _read(self, page: Page) -> Drawn | Failed:
        """Have the reading process read a page."""
        while not self._workers.free:
            self._workers.answers()
        self._workers.give(page)
        while not (answers := self._workers.answers()):
            pass
        ((_, outcome),) = answers
        if isinstance(outcome, Lost):
            return failed(page, outcome.reason, outcome.message)
        return outcome  # type: ignore[no-any-return]
