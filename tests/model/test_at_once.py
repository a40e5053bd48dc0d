"""Work done at once gives its results in order, leaves no thread behind and hides no failure."""

import threading

import pytest

from onrecord.model.at_once import at_once


def test_results_come_in_the_order_of_the_work_whatever_ends_first() -> None:
    second_done = threading.Event()

    def first() -> int:
        assert second_done.wait(10)
        return 1

    def second() -> int:
        second_done.set()
        return 2

    before = threading.active_count()
    assert at_once(first, second, lambda: 3) == [1, 2, 3]
    assert threading.active_count() == before


def test_the_first_failure_in_order_is_raised_after_all_are_done() -> None:
    done: list[int] = []

    def fails(error: Exception) -> None:
        raise error

    with pytest.raises(KeyError):
        at_once(lambda: fails(KeyError("a")), lambda: fails(ValueError("b")), lambda: done.append(1))
    assert done == [1]
