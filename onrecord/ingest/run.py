"""The run of an ingestion: pages from a source, through the reading processes, into the store."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from onrecord.ingest.failed import forgiven
from onrecord.ingest.fetching import Fetching
from onrecord.ingest.plan import Plan, Tally
from onrecord.ingest.reading import ReadsDocuments, failed, reading, the_reader
from onrecord.ingest.unread import Unread
from onrecord.ingest.writing import Batches, patiently
from onrecord.sources.found import Broken, Given, Page, is_address
from onrecord.sources.visits import Visits
from onrecord.store.stored import Failed, plain
from onrecord.workers import Bounds, Lost, Workers

if TYPE_CHECKING:
    from onrecord.store.store import Store

_TICK = 0.25  # seconds after which a wait is broken off to look around
_AHEAD = 2  # pages at hand for each process: more would only take memory


def ingest(
    given: Iterable[Given],
    store: Store,
    plan: Plan = Plan(),  # noqa: B008 - frozen
    *,
    tally: Tally | None = None,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[str, str], None] = lambda _name, _message: None,
    advance: Callable[[], None] = lambda: None,
    visits: Visits | None = None,
    make_reader: Callable[[], ReadsDocuments] = the_reader,
) -> Tally:
    """Read every page that the store does not have yet, and write it with its line of the ledger.

    It may be killed at any instant and started again: a page is in the store with its ledger line or is
    read again. ``stop`` is asked several times a second; once it is true, what has been read is written and
    the rest left. ``tell`` hears of each failure (name, message); ``advance`` is called as the tally grows.

    Raises StoreError where the database will not go on, ModelError where nothing can be read.
    """
    tally = tally or Tally()
    with ExitStack() as closing:
        run = _Run(given, store, plan, tally, tell, visits or Visits(), make_reader, closing)
        while not stop():
            run.step()
            advance()
            if run.is_over:
                break
        else:
            tally.stopped = True
        run.end()
    advance()
    return tally


class _Run:
    """The state of one ingestion: what waits to be fetched, to be read and to be written."""

    def __init__(
        self,
        given: Iterable[Given],
        store: Store,
        plan: Plan,
        tally: Tally,
        tell: Callable[[str, str], None],
        visits: Visits,
        make_reader: Callable[[], ReadsDocuments],
        closing: ExitStack,
    ) -> None:
        self._plan, self._tell, self._closing = plan, tell, closing
        self._fetching = Fetching(visits, plan.fetches)
        closing.callback(self._fetching.close)
        writer = store.writer()
        before = forgiven(store) if plan.retry else {}
        self._unread = Unread(
            given,
            plan,
            tally,
            done=lambda locators: patiently(lambda: writer.done(locators)),
            failed=lambda locator: plain(locator) in before,
            tell=tell,
        )
        self._chunks = iter(self._unread)
        self._batches = Batches(store, plan, tally, self._unread.finished)
        self._make = partial(reading, make_reader, store.words, plan.keep_raw)
        self._workers: Workers | None = None
        self._waiting: deque[Page] = deque()
        self._exhausted = False

    @property
    def is_over(self) -> bool:
        """Whether every page is read and written, or put down as failed."""
        return self._is_done and not self._batches

    @property
    def _is_done(self) -> bool:
        busy = self._workers is not None and self._workers.busy
        return self._exhausted and not (self._waiting or self._fetching.pending or busy)

    def step(self) -> None:
        """Do what can be done now, and wait a little for what cannot."""
        self._take_in()
        idle = self._workers is None and not self._waiting
        for got in self._fetching.take(_TICK if idle and self._fetching.pending else 0.0):
            self._sort(got)
        if self._workers is None and self._waiting:
            bounds = Bounds(self._plan.seconds, self._plan.memory)
            self._workers = self._closing.enter_context(Workers(self._plan.jobs, self._make, bounds))
        if self._workers is not None:
            while self._waiting and self._workers.free:
                self._workers.give(self._waiting.popleft())
            for page, answer in self._workers.answers(self._patience()):
                self._put(failed(page, answer.reason, answer.message) if isinstance(answer, Lost) else answer)
        if self._is_done or self._batches.due_in == 0.0:
            self._batches.write()

    def end(self) -> None:
        """Write what has been read."""
        self._batches.write()

    def _patience(self) -> float:
        """How long to wait for the processes: not at all where one is free and there is more to take in."""
        workers = self._workers
        if workers is not None and workers.free and not self._exhausted and not self._fetching.pending:
            return 0.0
        return min(_TICK, self._batches.due_in or _TICK)

    def _take_in(self) -> None:
        most = self._plan.jobs * _AHEAD
        while len(self._waiting) < most and self._fetching.pending < self._plan.fetches * _AHEAD:
            chunk = next(self._chunks, None)
            if chunk is None:
                self._exhausted = True
                return
            for got in chunk:
                self._sort(got)
            if not chunk:  # all of it is in the store: look around before the next
                return

    def _sort(self, got: Page | Broken) -> None:
        if isinstance(got, Broken):
            self._put(Failed(got.locator, got.source, got.reason[:32], got.message))
        elif got.content is None and is_address(got.name):
            self._fetching.want(got)
        else:
            self._waiting.append(got)

    def _put(self, outcome: object) -> None:
        if isinstance(outcome, Failed):
            self._tell(outcome.locator, outcome.message)
        self._batches.put(outcome)  # type: ignore[arg-type]
