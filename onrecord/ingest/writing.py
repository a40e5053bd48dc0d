"""What was read, on its way into the store: batches, each with its ledger lines in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from onrecord.errors import StoreError
from onrecord.ingest.plan import Plan, Tally
from onrecord.store.stored import Failed

if TYPE_CHECKING:
    from onrecord.store.rows import Drawn
    from onrecord.store.store import Store

_PATIENCE = 60.0  # seconds in which a database that went away may come back
_T = TypeVar("_T")


class Batches:
    """Gathers pages and failures and writes them; ``finished`` hears each locator that is written."""

    def __init__(self, store: Store, plan: Plan, tally: Tally, finished: Callable[[str], None]) -> None:
        self._writer = store.writer()
        self._plan, self._tally, self._finished = plan, tally, finished
        self._pages: list[Drawn] = []
        self._failures: list[Failed] = []
        self._size = 0
        self._since = 0.0

    def put(self, outcome: Drawn | Failed) -> None:
        """Take one more; write all where the batch is full."""
        if not self:
            self._since = time.monotonic()
        if isinstance(outcome, Failed):
            self._failures.append(outcome)
        else:
            self._pages.append(outcome)
            self._size += _size_of(outcome)
        if len(self._pages) + len(self._failures) >= self._plan.batch or self._size >= self._plan.batch_bytes:
            self.write()

    def __bool__(self) -> bool:
        return bool(self._pages or self._failures)

    @property
    def due_in(self) -> float | None:
        """Seconds until the batch should be written though it is not full; None where it is empty."""
        return max(0.0, self._since + self._plan.delay - time.monotonic()) if self else None

    def write(self) -> None:
        """Write what is there."""
        if not self:
            return
        pages, failures = self._pages, self._failures
        self._pages, self._failures, self._size = [], [], 0
        try:
            patiently(lambda: self._writer.put(pages, failures=failures))
        except Exception as error:
            if not _is_of_a_page(error):
                raise
            pages, failures = self._apart(pages, failures, error)
        self._tally.read += len(pages)
        self._tally.failed.update(failure.reason for failure in failures)
        for locator in [*(page.locator for page in pages), *(failure.locator for failure in failures)]:
            self._finished(locator)

    def _apart(
        self, pages: list[Drawn], failures: list[Failed], error: Exception
    ) -> tuple[list[Drawn], list[Failed]]:
        """Write each page by itself, so that the one which the database refuses costs only itself."""
        taken: list[Drawn] = []
        refused: list[Failed] = []
        for page in pages:
            try:
                patiently(lambda page=page: self._writer.put([page]))  # type: ignore[misc]
                taken.append(page)
            except Exception as refusal:
                if not _is_of_a_page(refusal):
                    raise
                refused.append(Failed(page.locator, page.source, "refused", _first_line(refusal)))
        if len(refused) > 1 and not taken:
            raise error  # then it is not the pages' fault
        patiently(lambda: self._writer.put([], failures=[*failures, *refused]))
        return taken, [*failures, *refused]


def patiently(work: Callable[[], _T], patience: float = _PATIENCE) -> _T:
    """Do what asks the database, again where the server went away for a while."""
    from onrecord.store.trouble import is_passing

    until = time.monotonic() + patience
    while True:
        try:
            return work()
        except StoreError as error:
            if not is_passing(error) or time.monotonic() > until:
                raise
        time.sleep(0.2)


def _is_of_a_page(error: Exception) -> bool:
    """Whether a database refuses what a page holds, and not to work at all."""
    from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError

    cause = error.__cause__ if isinstance(error, StoreError) else error
    if isinstance(cause, DBAPIError):
        return isinstance(cause, DataError | IntegrityError)
    return not isinstance(error, StoreError | OSError) or isinstance(cause, SQLAlchemyError)


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:500]


def _size_of(page: Drawn) -> int:
    parts: list[Any] = [*page.page, *page.text, *(page.raw or ())]
    return sum(len(part) for part in parts if isinstance(part, bytes | str))
