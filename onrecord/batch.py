"""Many pages read, in one process or several, with the same result in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from onrecord.errors import OnRecordError
from onrecord.record import Record
from onrecord.sources import Page
from onrecord.workers import Lost, Workers

_AHEAD = 8  # pages read beyond the one that is waited for, a process: bounds what is held in memory


class Reads(Protocol):
    """What reads a page: an ``onrecord.Reader``, or a stand-in for one."""

    def read(self, source: bytes | str | Path, *, published: str | None = None) -> Record:
        """Put one page on record; raise OnRecordError where it cannot be read."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that was not read, and why, in one sentence."""

    name: str
    message: str


def the_reader() -> Reads:
    """Load the package's own reader; slow, so only where pages are read."""
    from onrecord.reading import Reader

    return Reader()


def read_pages(
    pages: Sequence[Page],
    *,
    jobs: int = 1,
    published: str | None = None,
    make_reader: Callable[[], Reads] = the_reader,
) -> Iterator[Record | Failure]:
    """Read the pages and give a record or a failure for each, in their order, as soon as it can be given.

    With several jobs a page that kills its process costs only itself. Raises ModelError without a reader.
    """
    jobs = min(jobs, len(pages))
    if jobs > 1:
        yield from _read_apart(pages, jobs, published, make_reader)
    elif pages:
        reader = make_reader()
        for page in pages:
            yield _read(reader, page, published)


def _read(reader: Reads, page: Page, published: str | None) -> Record | Failure:
    try:
        return reader.read(page.where, published=published)
    except OnRecordError as error:
        message = str(error).removeprefix(f"{page.name}: ")
    except Exception as error:  # a fault of ours on one page is no reason to lose the others
        message = f"onrecord failed on this page, please report it ({type(error).__name__}: {error})"
    return Failure(page.name, message)


def _reading(
    make_reader: Callable[[], Reads], published: str | None
) -> Callable[[tuple[int, Page]], Record | Failure]:
    """Load a reader and give what reads numbered pages with it; called in each process."""
    reader = make_reader()
    return lambda task: _read(reader, task[1], published)


def _read_apart(
    pages: Sequence[Page], jobs: int, published: str | None, make_reader: Callable[[], Reads]
) -> Iterator[Record | Failure]:
    done: dict[int, Record | Failure] = {}
    given = sent = 0
    with Workers(jobs, partial(_reading, make_reader, published)) as workers:
        while given < len(pages):
            while workers.free and sent < min(len(pages), given + jobs * _AHEAD):
                workers.give((sent, pages[sent]))
                sent += 1
            for (index, page), answer in workers.answers():
                done[index] = Failure(page.name, answer.message) if isinstance(answer, Lost) else answer
            while given in done:
                yield done.pop(given)
                given += 1
