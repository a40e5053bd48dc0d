"""The sentence around a stretch, and how much of one that has no end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.setting import around


def test_a_stretch_has_the_sentence_that_it_begins_in() -> None:
    assert around([(0, 20), (21, 50)], 25, 30) == (21, 50)


def test_a_sentence_is_made_longer_to_hold_a_stretch_that_runs_out_of_it() -> None:
    assert around([(0, 20), (21, 50)], 15, 30) == (0, 30)


def test_a_page_without_sentences_has_the_stretch_itself() -> None:
    assert around([], 3, 5) == (3, 5)


@given(st.integers(0, 99_000), st.integers(1, 900))
def test_of_an_enormous_sentence_only_what_is_near_is_given(start: int, length: int) -> None:
    first, last = around([(0, 100_000)], start, start + length)
    assert 0 <= first <= start
    assert start + length <= last <= 100_000
    assert last - first <= 4_000
