"""A page that takes too long gives a sentence that says so, and nothing bounds what no reader bounds."""

import time

import pytest

from onrecord import Reader
from onrecord.errors import ReadError
from onrecord.model.deadline import in_time, within


def spend(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_what_is_late_raises_and_what_is_not_goes_on() -> None:
    with within(60):
        in_time()
    with within(0.001):
        spend(0.005)
        with pytest.raises(ReadError, match=r"more than 0\.001 s .*raise limit_seconds"):
            in_time()


def test_a_deadline_ends_with_its_block_and_an_inner_one_gives_way_to_the_outer() -> None:
    with within(0.001):
        with within(60):
            spend(0.005)
            in_time()
        with pytest.raises(ReadError):
            in_time()
    in_time()


def test_a_reader_gives_up_a_page_that_takes_too_long_and_reads_the_next() -> None:
    reader = Reader(limit_seconds=0.0)
    with pytest.raises(ReadError, match="processor time"):
        reader.read("Smith said so. " * 50, kind="text")
    reader._limit_seconds = 60.0
    assert reader.read("Smith said that it rained.", kind="text").mentions


def test_questions_about_pairs_are_not_bound_by_the_limit_of_pages() -> None:
    assert len(Reader(limit_seconds=0.0).relate("Smith praised Jones.", [((0, 5), (14, 19))])) == 1
