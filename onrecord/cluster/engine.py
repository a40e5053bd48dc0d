"""Splits given out to the workers of a Ray cluster, each one split at a time, until all are read.

A worker that dies costs the split that it was on, which another reads from its start; one that is the death
of three workers is given up, and the next run tries it again.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from onrecord.cluster.output import Output
from onrecord.cluster.splits import Split
from onrecord.cluster.worker import Done, Setup, SplitReader
from onrecord.errors import ModelError, OnRecordError, StoreError
from onrecord.ingest.plan import Tally

_DEATHS = 3
_TICK = 0.5
_LOCALLY = {
    "RAY_USAGE_STATS_ENABLED": "0",  # nobody is told
    "RAY_worker_niceness": "0",  # its own 15 is a standstill on a machine where others work too
}


def run(
    splits: Sequence[Split],
    setup: Setup,
    *,
    workers: int = 2,
    address: str | None = None,
    tally: Tally | None = None,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[str, str], None] = lambda _name, _message: None,
    advance: Callable[[], None] = lambda: None,
) -> Tally:
    """Read these splits on the cluster at ``address``, or on one that is started here and ended after it.

    Where Ray is at work in this process already, that is the cluster. Raises StoreError where nothing can be
    written or Ray is missing, ModelError where nothing can be read.
    """
    tally = tally or Tally()
    _check(setup)
    if splits:
        with cluster(workers, address) as ray:
            _Run(ray, splits, setup, workers, tally, tell).until(stop, advance)
    if setup.output is not None and not tally.stopped:
        Output(setup.output).tidy()
    advance()
    return tally


class _Run:
    """The state of one run: which splits wait, and which worker is on which."""

    def __init__(
        self,
        ray: Any,
        splits: Sequence[Split],
        setup: Setup,
        workers: int,
        tally: Tally,
        tell: Callable[[str, str], None],
    ) -> None:
        self._ray, self._tally, self._tell = ray, tally, tell
        # One CPU a worker: the reading process at its side works while it waits, and the other way round.
        self._remote = ray.remote(num_cpus=1, max_restarts=0)(SplitReader)
        self._setup = ray.put(setup)
        self._waiting = deque(splits)
        self._deaths: dict[Split, int] = {}
        self._idle = [self._remote.remote(self._setup) for _ in range(min(workers, len(splits)))]
        self._at_work: dict[Any, tuple[Any, Split]] = {}

    def until(self, stop: Callable[[], bool], advance: Callable[[], None]) -> None:
        """Give out splits until all are read or it is to stop."""
        try:
            while self._waiting or self._at_work:
                if stop():
                    self._tally.stopped = True
                    return
                while self._waiting and self._idle:
                    actor, split = self._idle.pop(), self._waiting.popleft()
                    self._at_work[actor.read.remote(split)] = (actor, split)
                for answer in self._ray.wait(list(self._at_work), timeout=_TICK)[0]:
                    self._take(answer)
                advance()
        finally:
            for actor in [*self._idle, *(actor for actor, _ in self._at_work.values())]:
                self._ray.kill(actor)

    def _take(self, answer: Any) -> None:
        """Take what a worker answers; where it died, start another."""
        actor, split = self._at_work.pop(answer)
        try:
            done: Done = self._ray.get(answer)
        except self._ray.exceptions.RayTaskError as error:
            cause = error.cause
            raise cause if isinstance(cause, OnRecordError) else error from None
        except self._ray.exceptions.RayError as error:
            if getattr(error, "actor_init_failed", False):
                last = str(error).strip().splitlines()[-1]
                raise ModelError(f"a worker of the cluster cannot start: {last}") from error
            self._idle.append(self._remote.remote(self._setup))
            self._bury(split, error)
            return
        self._idle.append(actor)
        done.add_to(self._tally)
        for name, message in done.told:
            self._tell(name, message)

    def _bury(self, split: Split, error: Exception) -> None:
        deaths = self._deaths[split] = self._deaths.get(split, 0) + 1
        if deaths < _DEATHS:
            self._waiting.append(split)
            return
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        self._tally.missing += 1
        self._tell(split.key, f"{deaths} workers died on it, it is left for the next run ({reason})")


def _check(setup: Setup) -> None:
    if (setup.output is None) == (setup.store is None):
        raise StoreError("say where records go: to a folder, or to a store")
    if setup.store is not None and not setup.store.startswith(("postgresql:", "postgresql+")):
        raise StoreError(
            f"{setup.store}: workers write into PostgreSQL; for SQLite write a folder, and load that"
        )


@contextmanager
def cluster(workers: int, address: str | None) -> Iterator[Any]:
    """Give Ray with a cluster behind it: the one at the address, or one on this machine while it lasts."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Ray's own deprecations are no concern of who runs this
        try:
            import ray
        except ImportError as error:
            raise StoreError("a cluster needs Ray: pip install 'onrecord[cluster]'") from error
        if ray.is_initialized():
            yield ray
            return
        try:
            if address is None:
                # What can be imported here, a reader of one's own say, is to be found by the workers too.
                path = os.pathsep.join(filter(None, sys.path))
                with _environment({**_LOCALLY, "PYTHONPATH": path}):
                    ray.init(
                        address="local",  # also where somebody else's cluster runs on this machine
                        num_cpus=workers,
                        include_dashboard=False,
                        log_to_driver=False,
                        logging_level=logging.ERROR,
                    )
            else:
                ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
        except Exception as error:
            ray.shutdown()
            message = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelError(f"the cluster cannot be reached or started: {message}") from error
        try:
            yield ray
        finally:
            ray.shutdown()


@contextmanager
def _environment(wanted: dict[str, str]) -> Iterator[None]:
    """Have these variables set for what is started meanwhile; but for the path, what somebody set stays."""
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update({n: value for n, value in wanted.items() if before[n] is None or n == "PYTHONPATH"})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
