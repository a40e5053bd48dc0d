"""At once: loading that waits for files and libraries, on threads side by side."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """Do all of the work, each on a thread of its own but for the last; give the results in their order.

    Returns when all are done, so that no thread outlives it. Raises what the first of them raised that did.
    """
    results: list[Any] = [None] * len(work)
    raised: dict[int, BaseException] = {}

    def do(number: int) -> None:
        try:
            results[number] = work[number]()
        except BaseException as error:  # it is raised again where it was asked for
            raised[number] = error

    threads = [Thread(target=do, args=(number,)) for number in range(len(work) - 1)]
    for thread in threads:
        thread.start()
    do(len(work) - 1)
    for thread in threads:
        thread.join()
    if raised:
        raise raised[min(raised)]
    return results
