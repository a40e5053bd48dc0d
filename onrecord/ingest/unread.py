"""Which of the pages that a source gives are still to be read: those that the ledger does not have."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

from onrecord.errors import OnRecordError
from onrecord.ingest.plan import MEGABYTE, Plan, Tally
from onrecord.sources.found import Broken, Given, Missing, Page, PassedOver

_CHUNK = 64  # pages looked up at once
_CHUNK_BYTES = 8 * MEGABYTE


class Unread:
    """The pages still to be read, drawn from a source as they are wanted.

    ``done`` gives those of some locators that the ledger has, ``failed`` which of them failed. A page that is
    being read is not given a second time; one read again on purpose is given once a run.
    """

    def __init__(
        self,
        given: Iterable[Given],
        plan: Plan,
        tally: Tally,
        *,
        done: Callable[[list[str]], set[str]],
        failed: Callable[[str], bool],
        tell: Callable[[str, str], None],
    ) -> None:
        self._given = iter(given)
        self._plan, self._tally = plan, tally
        self._done, self._failed, self._tell = done, failed, tell
        self._at_work: set[str] = set()
        self._seen: set[bytes] = set()

    def finished(self, locator: str) -> None:
        """Take note that the ledger has this locator now."""
        self._at_work.discard(locator)

    def __iter__(self) -> Iterator[list[Page | Broken]]:
        """Give what is still to be read or put down as failed, a few at a time, perhaps none of a chunk."""
        while chunk := self._chunk():
            yield self._unread(chunk)

    def _chunk(self) -> list[Page | Broken]:
        chunk: list[Page | Broken] = []
        size = 0
        for given in self._given:
            if isinstance(given, Missing) or (
                isinstance(given, Broken) and given.source.endswith(given.locator)
            ):
                # A source as a whole is no page: it is told each time, and tried each time.
                self._tally.missing += 1
                self._tell(given.name if isinstance(given, Missing) else given.locator, given.message)
            elif isinstance(given, PassedOver):
                self._tally.passed_over += given.count
                self._tell(given.folder, f"{given.count:,} passed over, {given.reason}")
            else:
                chunk.append(given)
                size += len(given.content or b"") if isinstance(given, Page) else 0
                if len(chunk) >= _CHUNK or size >= _CHUNK_BYTES:
                    break
        return chunk

    def _unread(self, chunk: list[Page | Broken]) -> list[Page | Broken]:
        plan = self._plan
        done = set() if plan.again else self._done([given.locator for given in chunk])
        wanted = []
        for given in chunk:
            locator = given.locator
            retried = plan.retry and locator in done and self._failed(locator)
            if locator in self._at_work or (locator in done and not retried) or self._twice(locator):
                self._tally.there += 1
                continue
            self._at_work.add(locator)
            wanted.append(given)
        return wanted

    def _twice(self, locator: str) -> bool:
        """Whether a page that the ledger does not hold back was given in this run before."""
        if not (self._plan.again or self._plan.retry):
            return False
        key = hashlib.sha256(locator.encode(errors="surrogatepass")).digest()[:16]
        if key in self._seen:
            return True
        self._seen.add(key)
        return False


def guarded(name: str, given: Iterable[Given]) -> Iterator[Given]:
    """Give what a source gives; where it breaks off, say so, so that the other sources go on."""
    try:
        yield from given
    except OnRecordError as error:
        yield Missing(name, str(error).removeprefix(f"{name}: "))
    except Exception as error:  # a fault of ours in one source is no reason to lose the others
        yield Missing(name, f"onrecord failed here, please report it ({type(error).__name__}: {error})")
