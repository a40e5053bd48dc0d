"""Dates and TIMEX3 values in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.export.dates import spoken


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1962", "1962"),
        ("1962-10", "October 1962"),
        ("1962-10-03", "3 October 1962"),
        ("2015-09-10T14:50", "10 September 2015, 14:50"),
        ("2015-09-10T14:50:01Z", "10 September 2015, 14:50:01 UTC"),
        ("1962-10-29T08:00:00+03:00", "29 October 1962, 08:00 UTC+03:00"),
        ("1962-10-22TEV", "22 October 1962, evening"),
        ("1962-W43", "the week of 22 October 1962"),
        ("1962-W43-WE", "the weekend of 27 October 1962"),
        ("1962-Q3", "quarter 3 of 1962"),
        ("1962-SU", "summer 1962"),
        ("196", "the 1960s"),
        ("PRESENT_REF", "now"),
        ("P4Y", "4 years"),
        ("P1D", "1 day"),
        ("PT1H", "1 hour"),
        ("PXM", "some months"),
        ("1962-13-01", "1962-13-01"),
        ("1962-W60", "1962-W60"),
        ("whatever", "whatever"),
    ],
)
def test_values_are_said_in_words(value: str, words: str) -> None:
    assert spoken(value) == words


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_anything_else_comes_back_as_it_is_or_as_words(value: str) -> None:
    assert isinstance(spoken(value), str)
