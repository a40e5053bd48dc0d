"""Stages: where the time of reading goes, by timers around the reader's own steps while it reads.

A stage's time is its own: what it asks of another stage is that one's. Steps that the reader gains later are
timed under their own names, without a line here.
"""

from __future__ import annotations

import inspect
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from onrecord.model import finder as finding
from onrecord.reading import reader as reading

NAMES = {
    "open_page": "pages",
    "dated": "pages",
    "page_of_text": "pages",
    "gather": "entities",
    "headline": "attributions",
    "statements": "attributions",
    "quotations": "attributions",
    "counted": "figures",
    "within": "rest",
    "in_time": "rest",
}


class Stages:
    """The CPU seconds of each stage so far."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._within: list[float] = []

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Give the same work under a timer."""

        def timing(*args: Any, **named: Any) -> Any:
            self._within.append(0.0)
            began = time.process_time()
            try:
                return work(*args, **named)
            finally:
                took = time.process_time() - began
                self.spent[stage] += took - self._within.pop()
                if self._within:
                    self._within[-1] += took

        return timing

    @contextmanager
    def within(self, reader: reading.Reader) -> Iterator[None]:
        """Time the steps of this reader as long as it lasts."""
        finder = reader._finder
        places: list[tuple[Any, str, str]] = [
            (finder, "find", "decoding"),
            (finder._events, "events", "event reader"),
            (finder._pairs, "score", "pair reader"),
            (finding, "tokenize", "tokens"),
        ]
        places += [(reading, name, NAMES.get(name, name)) for name in steps()]
        kept = [(holder, name, vars(holder).get(name)) for holder, name, _ in places]
        sessions = finder._encoder, finder._roles
        for holder, name, stage in places:
            setattr(holder, name, self.timed(stage, getattr(holder, name)))
        finder._encoder = _Session(self.timed("encoder", finder._encoder.run))
        finder._roles = _Session(self.timed("role reader", finder._roles.run))
        try:
            yield
        finally:
            finder._encoder, finder._roles = sessions
            for holder, name, before in kept:
                if before is None:
                    delattr(holder, name)
                else:
                    setattr(holder, name, before)


class _Session:
    """A session of onnxruntime whose runs are timed."""

    def __init__(self, run: Callable[..., Any]) -> None:
        self.run = run


def steps() -> list[str]:
    """Give the names of the functions that the reader takes a page through, as it imports them."""
    return sorted(
        name
        for name, value in vars(reading).items()
        if inspect.isfunction(value)
        and not name.startswith("_")
        and value.__module__.startswith("onrecord.")
        and value.__module__ != reading.__name__
    )
