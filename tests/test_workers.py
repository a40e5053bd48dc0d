"""Processes that do tasks apart: what is lost is only the task, and why it was lost is said."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

from onrecord.workers import Bounds, Lost, Workers, is_want_of_memory


def doing() -> Callable[[str], Any]:
    """Give what does a task named by one word; made in each process."""
    return _do


def _do(task: str) -> Any:
    if task == "hang":
        time.sleep(600)
    if task == "hog":
        return len(bytearray(4 * 2**30))
    if task == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "exit":
        os._exit(3)
    return task.upper(), os.getpid()


def all_done(workers: Workers, tasks: list[str]) -> dict[str, Any]:
    """Have all tasks done; give what came of each."""
    left = list(tasks)
    done: dict[str, Any] = {}
    while len(done) < len(tasks):
        while left and workers.free:
            workers.give(left.pop(0))
        done |= workers.answers(5.0)
    return done


def test_a_task_that_is_lost_says_why_and_the_others_are_done() -> None:
    with Workers(2, doing, Bounds(seconds=6.0, memory=2**30)) as workers:
        done = all_done(workers, ["hang", "one", "hog", "kill", "exit", "two"])
    assert (done["one"][0], done["two"][0]) == ("ONE", "TWO")
    assert [done[task].reason for task in ("hang", "hog", "kill", "exit")] == [
        "hung",
        "memory",
        "memory",
        "died",
    ]
    assert "SIGKILL" in done["kill"].message
    assert "exit code 3" in done["exit"].message


def test_a_process_is_renewed_before_what_leaks_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.workers._LIFE", 2)
    with Workers(1, doing) as workers:
        done = all_done(workers, ["a", "b", "c"])
    assert done["a"][1] == done["b"][1] != done["c"][1]


def test_ctrl_c_is_not_heard_by_the_processes() -> None:
    with Workers(1, doing) as workers:
        (_, process) = all_done(workers, ["who"])["who"]
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(process, number)
        assert all_done(workers, ["still"])["still"] == ("STILL", process)


def test_want_of_memory_is_known_in_the_words_of_libraries() -> None:
    assert is_want_of_memory(MemoryError())
    assert is_want_of_memory(RuntimeError("std::bad_alloc"))
    assert is_want_of_memory(RuntimeError("Failed to allocate memory for requested buffer of size 7"))
    assert not is_want_of_memory(ValueError("a fault"))
    assert Lost("hung", "x") == Lost("hung", "x")
