"""Answers that are dear to find, kept for a while: the dearer, the longer; cheap ones are found afresh."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

_T = TypeVar("_T")

TIMES = 200
"""An answer is kept for so many times as long as it took to find: a millisecond's for a fifth of a second."""

LONGEST = 120.0  # seconds
_CHEAP = 0.02  # seconds: not worth keeping at all
_MOST = 512

_answers: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
_lock = threading.Lock()


def kept(key: Hashable, find: Callable[[], _T]) -> _T:
    """Give the answer kept under the key, or find it; the key names the store and all that is asked."""
    now = time.monotonic()
    with _lock:
        until, answer = _answers.get(key, (0.0, None))
    if now < until:
        return cast(_T, answer)
    found = find()
    took = time.monotonic() - now
    if took > _CHEAP:
        with _lock:
            _answers[key] = (time.monotonic() + min(took * TIMES, LONGEST), found)
            _answers.move_to_end(key)
            while len(_answers) > _MOST:
                _answers.popitem(last=False)
    return found


def forget(store: str) -> None:
    """Forget all answers about a store: somebody changed it, and is to see that at once."""
    with _lock:
        for key in [key for key in _answers if isinstance(key, tuple) and key and key[0] == store]:
            del _answers[key]
