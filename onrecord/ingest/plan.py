"""How pages are to be ingested, and what came of it."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to read and write: see ``onrecord ingest --help`` for the first six.

    ``batch`` pages are written together, fewer where they grow beyond ``batch_bytes`` or the first has waited
    ``delay`` seconds: so much is read again after a crash, and no more.
    """

    jobs: int = 1
    seconds: float = 60.0
    memory: int = 2048 * MEGABYTE
    keep_raw: bool = False
    retry: bool = False
    again: bool = False
    batch: int = 64
    batch_bytes: int = 32 * MEGABYTE
    delay: float = 5.0
    fetches: int = 8  # sites that are visited at once


@dataclass(slots=True)
class Tally:
    """What has come of the pages so far. ``total`` is how many there will be, where that is known."""

    total: int | None = None
    read: int = 0
    there: int = 0  # in the store from before
    passed_over: int = 0
    failed: Counter[str] = field(default_factory=Counter)  # by reason
    missing: int = 0  # names that stand for nothing
    began: float = field(default_factory=time.monotonic)
    stopped: bool = False

    @property
    def failures(self) -> int:
        """How many pages failed."""
        return self.failed.total()

    @property
    def seen(self) -> int:
        """How many pages are dealt with, those from before among them."""
        return self.read + self.there + self.failures

    @property
    def rate(self) -> float:
        """Pages read or failed, a second."""
        return (self.read + self.failures) / max(time.monotonic() - self.began, 0.001)

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take at this rate; None where nobody can know."""
        if self.total is None or self.read + self.failures == 0:
            return None
        return max(0, self.total - self.seen) / self.rate
