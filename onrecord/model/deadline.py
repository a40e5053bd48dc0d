"""The deadline of a page: how long it may be read, looked at between windows and between steps.

By the processor time of the reading thread, so that a busy machine makes nothing fail. Whoever reads sets it
for all that is done within; a step that may take long asks :func:`in_time` before each stretch of work. What
is late gives no record at all, never a part of one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from onrecord.errors import ReadError

_deadline: ContextVar[tuple[float, float] | None] = ContextVar("deadline", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Bound what is done in the block; outside of any such block nothing is bounded."""
    token = _deadline.set((time.thread_time() + seconds, seconds))
    try:
        yield
    finally:
        _deadline.reset(token)


def in_time() -> None:
    """Raise ReadError where the deadline has passed."""
    deadline = _deadline.get()
    if deadline is not None and time.thread_time() > deadline[0]:
        raise ReadError(
            f"reading the page took more than {deadline[1]:g} s of processor time; "
            "to read it all the same, raise limit_seconds of onrecord.Reader"
        )
