"""Processes that do one thing after another, apart from ours, so that what kills one costs one thing only.

Each is spawned, makes what it works with (a reader) once, and is given one task at a time. A task that takes
too long, wants too much memory or kills its process comes back as :class:`Lost`, and a new process takes the
place. A process ends when the one that started it does, be that by ``kill -9``.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Literal

from onrecord.errors import ModelError, OnRecordError

_LIFE = 1000  # tasks of one process: what leaks in the libraries below us must not add up to its limit
_MOST_STILLBORN = 5  # starts in a row that may fail once one has worked
_WORDS_OF_MEMORY = ("bad alloc", "bad_alloc", "allocate memory", "out of memory", "memoryerror")

Make = Callable[[], Callable[[Any], Any]]
"""Makes what does a task; called in each process, so it must be importable there."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long one task may take, in seconds, and how much memory its process may have, in bytes."""

    seconds: float | None = None
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """A task that was not done: it hung, wanted too much memory, or its process died; why, in a sentence."""

    reason: Literal["hung", "memory", "died"]
    message: str


@dataclass(slots=True)
class _Worker:
    """A process, the pipe to it, and the task that it is on."""

    process: BaseProcess
    pipe: Connection
    ready: bool = False
    busy: bool = False
    task: Any = None
    since: float = 0.0
    done: int = 0


class Workers:
    """A few processes at work; give to one while ``free``, then ``answers`` waits for what they have done.

    A context manager: on leaving, all are ended at once, whatever they are on.
    """

    def __init__(self, count: int, make: Make, bounds: Bounds = Bounds()) -> None:
        self._make = make
        self._bounds = bounds
        self._stillborn: int | None = None  # starts that failed one after the other, once one did not
        self._workers = [self._start() for _ in range(count)]

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            _end(worker)

    @property
    def free(self) -> bool:
        """Whether one waits for a task."""
        return any(worker.ready and not worker.busy for worker in self._workers)

    @property
    def busy(self) -> int:
        """How many are on a task."""
        return sum(worker.busy for worker in self._workers)

    def give(self, task: Any) -> None:
        """Hand a task to one that waits for it."""
        worker = next(worker for worker in self._workers if worker.ready and not worker.busy)
        worker.task, worker.busy, worker.since = task, True, time.monotonic()
        try:
            worker.pipe.send(task)
        except OSError:  # it died while it waited: receiving tells
            return

    def answers(self, seconds: float | None = None) -> list[tuple[Any, Any]]:
        """Wait, at most these seconds, until something is done: the tasks with what came of them, or Lost.

        The list is empty when the time was up or one has only just become free. Raises ModelError where a
        process cannot start.
        """
        told = []
        for pipe in wait([worker.pipe for worker in self._workers], self._patience(seconds)):
            number = next(n for n, worker in enumerate(self._workers) if worker.pipe is pipe)
            worker = self._workers[number]
            task, was_busy, was_ready = worker.task, worker.busy, worker.ready
            answer = _receive(worker)
            if not was_ready:
                self._take_note(answer)
            if isinstance(answer, Lost) or worker.done >= _LIFE:
                self._renew(number)
            if was_busy:
                told.append((task, answer))
        return told + self._overdue()

    def _take_note(self, start: object) -> None:
        """Take note of how a start went: the first must not fail, later a few may, on a busy machine."""
        if isinstance(start, OnRecordError):
            raise start
        if not isinstance(start, Lost):
            self._stillborn = 0
            return
        if self._stillborn is None or self._stillborn >= _MOST_STILLBORN:
            raise ModelError(f"a reading process could not start: {start.message}; see `onrecord doctor`")
        self._stillborn += 1

    def _patience(self, seconds: float | None) -> float | None:
        """How long to wait: until the first task at work is overdue, if that is sooner."""
        if self._bounds.seconds is None:
            return seconds
        began = [worker.since for worker in self._workers if worker.busy]
        left = [max(0.0, start + self._bounds.seconds - time.monotonic()) for start in began]
        return min([*left, *([] if seconds is None else [seconds])], default=None)

    def _overdue(self) -> list[tuple[Any, Any]]:
        limit = self._bounds.seconds
        if limit is None:
            return []
        told = []
        for number, worker in enumerate(self._workers):
            if worker.busy and time.monotonic() - worker.since >= limit and not worker.pipe.poll():
                told.append((worker.task, Lost("hung", f"it was not done within {limit:g} seconds")))
                self._renew(number)
        return told

    def _renew(self, number: int) -> None:
        _end(self._workers[number])
        self._workers[number] = self._start()

    def _start(self) -> _Worker:
        # Spawned, not forked: a copy of a process that runs ONNX threads is not safe, and every system can.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._make, self._bounds.memory), daemon=True)
        with _deaf():
            process.start()
        theirs.close()
        return _Worker(process, ours)


@contextmanager
def _deaf() -> Iterator[None]:
    """What starts in here never hears Ctrl-C, nor that its terminal closed: the one that started it decides.

    Such signals reach the whole group at once, and a page must not be put down as one that kills.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()
    worker.process.close()


def _receive(worker: _Worker) -> Any:
    """Take the worker's answer, Lost where it died."""
    try:
        answer = worker.pipe.recv()
    except (EOFError, OSError):
        answer = _death(worker.process)
    worker.done += worker.busy
    worker.ready, worker.busy, worker.task = True, False, None
    return answer


def _death(process: BaseProcess) -> Lost:
    process.join(5)
    code = process.exitcode
    if code is not None and code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        if name == "SIGKILL":  # the system sends it to whoever takes its last memory
            return Lost(
                "memory", f"the process that read this page was killed ({name}), perhaps for want of memory"
            )
        return Lost("died", f"the process that read this page was killed ({name})")
    return Lost("died", f"the process that read this page ended before it was done (exit code {code})")


def is_want_of_memory(error: BaseException) -> bool:
    """Whether an error is the way in which Python or a library says that it got no memory."""
    if isinstance(error, MemoryError):
        return True
    message = str(error)[:2000].lower()
    return any(words in message for words in _WORDS_OF_MEMORY)


def _serve(pipe: Connection, make: Make, memory: int | None) -> None:
    """Do task after task until the other end closes; runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where signals cannot be masked
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        work = make()
    except OnRecordError as error:
        pipe.send(error)
        return
    _limit(memory)
    try:
        pipe.send("ready")
        while True:
            pipe.send(_done(work, pipe.recv(), memory))
    except (EOFError, OSError):
        return


def _done(work: Callable[[Any], Any], task: Any, memory: int | None) -> Any:
    try:
        return work(task)
    except Exception as error:
        if not is_want_of_memory(error):
            raise
        _limit(None)  # so that this can still be told; the process is not used again
        most = f" than {memory // 2**20:,} MB" if memory else ""
        return Lost("memory", f"reading it took more memory{most}")


def _limit(memory: int | None) -> None:
    """Have the system refuse this process more memory than that; where it knows no such limit, do nothing."""
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    soft = hard if memory is None else memory if hard < 0 else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
