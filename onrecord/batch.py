"""Many pages read, in one process or several, with the same result in the same order."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol

from onrecord.errors import ModelError, OnRecordError
from onrecord.record import Record
from onrecord.sources import Page

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


@dataclass(slots=True)
class _Worker:
    """A process with a reader of its own, the pipe to it, and the page that it is on."""

    process: BaseProcess
    pipe: Connection
    ready: bool = False
    index: int | None = None


def _read_apart(
    pages: Sequence[Page], jobs: int, published: str | None, make_reader: Callable[[], Reads]
) -> Iterator[Record | Failure]:
    workers = [_start(published, make_reader) for _ in range(jobs)]
    done: dict[int, Record | Failure] = {}
    given = sent = 0
    try:
        while given < len(pages):
            for worker in workers:
                if worker.ready and worker.index is None and sent < min(len(pages), given + jobs * _AHEAD):
                    worker.index, sent = sent, sent + 1
                    _send(worker, pages[worker.index])
            for pipe in wait([worker.pipe for worker in workers]):
                at = next(number for number, worker in enumerate(workers) if worker.pipe is pipe)
                worker = workers[at]
                if (answer := _receive(worker)) is not None:
                    if worker.index is not None:
                        done[worker.index] = answer
                    worker.ready, worker.index = True, None
                elif worker.index is None:
                    raise ModelError("a reading process could not start; try again without --jobs to see why")
                else:
                    done[worker.index] = Failure(pages[worker.index].name, _death(worker.process))
                    workers[at] = _start(published, make_reader)
            while given in done:
                yield done.pop(given)
                given += 1
    finally:
        for worker in workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in workers:
            worker.process.join(5)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


def _start(published: str | None, make_reader: Callable[[], Reads]) -> _Worker:
    # Spawned, not forked: a copy of a process that runs ONNX threads is not safe, and all systems can spawn.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, published, make_reader), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _serve(pipe: Connection, published: str | None, make_reader: Callable[[], Reads]) -> None:
    """Read page after page until the other end closes; runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent decides
    try:
        reader = make_reader()
    except OnRecordError as error:
        pipe.send(error)
        return
    try:
        pipe.send("ready")
        while True:
            pipe.send(_read(reader, pipe.recv(), published))
    except (EOFError, OSError):
        return


def _send(worker: _Worker, page: Page) -> None:
    try:
        worker.pipe.send(page)
    except OSError:  # it died while it was idle: receiving tells
        return


def _receive(worker: _Worker) -> Any:
    """Take the worker's answer; None where it died. Raises what kept it from starting."""
    try:
        answer = worker.pipe.recv()
    except (EOFError, OSError):
        return None
    if isinstance(answer, OnRecordError):
        raise answer
    return answer


def _death(process: BaseProcess) -> str:
    process.join(5)
    code = process.exitcode
    if code is not None and code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        return f"the process that read this page was killed ({name}), perhaps for want of memory"
    return f"the process that read this page ended before it was done (exit code {code})"
