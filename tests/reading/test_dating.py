"""The caller's date of publication takes the place of the page's."""

from __future__ import annotations

import datetime

import pytest
from handmade import document_of

from onrecord.errors import OnRecordError
from onrecord.reading.dating import dated


@pytest.mark.parametrize(
    ("given", "value", "precision"),
    [
        ("1962-10-24", "1962-10-24", "day"),
        ("1962-10", "1962-10", "month"),
        ("1962", "1962", "year"),
        ("1962-10-24 19:00", "1962-10-24T19:00", "minute"),
        ("1962-10-24T19:00:30Z", "1962-10-24T19:00:30Z", "second"),
        (datetime.date(1962, 10, 24), "1962-10-24", "day"),
        (datetime.datetime(1962, 10, 24, 19, 0, 5), "1962-10-24T19:00:05", "second"),
    ],
)
def test_a_date_is_as_precise_as_it_is_given(given: str | datetime.date, value: str, precision: str) -> None:
    published = dated(document_of("Rain fell."), given).published
    assert (published.value, published.precision, published.method) == (value, precision, "given")


def test_nothing_given_changes_nothing() -> None:
    document = document_of("Rain fell.")
    assert dated(document, None) is document


@pytest.mark.parametrize("given", ["yesterday", "1962-13-01", "1962-02-30", "24 October 1962", "", "1962-1"])
def test_what_is_no_date_is_refused_with_what_to_write(given: str) -> None:
    with pytest.raises(OnRecordError, match="write it like 2015-09-10"):
        dated(document_of("Rain fell."), given)
