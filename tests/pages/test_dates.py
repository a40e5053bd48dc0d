"""Dates as pages write them."""

import pytest

from onrecord.pages.dates import of_url, order, written
from onrecord.pages.reasons import is_dateline


@pytest.mark.parametrize(
    ("words", "value", "precision"),
    [
        ("3 Oct, 2031 14:50", "2031-10-03T14:50", "minute"),
        ("October 3, 2031", "2031-10-03", "day"),
        ("Oct. 3rd 2031 7:04 pm ET", "2031-10-03T19:04", "minute"),
        ("12:10 AM, 3 October 2031", "2031-10-03T00:10", "minute"),
        ("2031-10-03T14:50:09+0200", "2031-10-03T14:50:09+02:00", "second"),
        ("2031-10-03", "2031-10-03", "day"),
        ("2031-10-03T14:50+02", "2031-10-03T14:50+02:00", "minute"),
        ("2031-10-03T14:50:09.123z", "2031-10-03T14:50:09Z", "second"),
        ("Fri, 03 Oct 2031 14:50:09 +0200", "2031-10-03T14:50:09+02:00", "second"),
        ("3 October 2031, 14:50 GMT", "2031-10-03T14:50Z", "minute"),
        ("Friday, October 3, 2031", "2031-10-03", "day"),
        ("OCT. 3, 2031", "2031-10-03", "day"),
        ("23/10/2031", "2031-10-23", "day"),
        ("10/23/2031 7:04 p.m.", "2031-10-23T19:04", "minute"),
        ("3.10.2031", "2031-10-03", "day"),
    ],
)
def test_dates_in_words_and_figures(words, value, precision):
    found = written(words, "dateline")
    assert found is not None
    assert (found.value, found.precision, found.method) == (value, precision, "dateline")


@pytest.mark.parametrize("words", ["31 Feb 2031", "October 2031", "yesterday", "2031-13-40", "7:04 pm", ""])
def test_what_is_no_whole_date_is_none(words):
    assert written(words, "dateline") is None


def test_figures_that_may_be_read_two_ways_are_ambiguous_until_the_page_tells():
    unsure = written("03/10/2031", "dateline")
    assert unsure is not None
    assert (unsure.value, unsure.precision, unsure.method) == (None, None, "ambiguous")
    for page, language, value in (
        ("Posted 28/09/2031", "en", "2031-10-03"),
        ("Posted 09/28/2031", "fr", "2031-03-10"),
        ("", "fr", "2031-10-03"),
        ("", "en-GB", "2031-10-03"),
        ("", "en-US", "2031-03-10"),
        ("", "en", None),
        ("28/09/2031 and 09/28/2031", "fr", None),
    ):
        found = written("03/10/2031", "dateline", order(page, language))
        assert found is not None
        assert found.value == value


def test_an_address_holds_a_day_or_none():
    found = of_url("https://a.example/2031/10/03/story")
    assert found is not None
    assert (found.value, found.method) == ("2031-10-03", "url")
    assert of_url("https://a.example/2031/10/story") is None


@pytest.mark.parametrize(
    "line",
    [
        "Saturday 27 October 2031",
        "Wed., Oct. 24, 2031",
        "Date: 03/10/2031",
        "3 Oct, 2031 14:50",
        "Published: October 3, 2031 at 7:04 pm",
        "Last updated on 3 Oct 2031 10:00 GMT",
    ],
)
def test_a_dateline_is_a_date_and_hardly_more(line):
    assert is_dateline(line)


@pytest.mark.parametrize(
    "line", ["The ferry sank on October 3, 2031.", "VARDBY, 3 October 2031 — The ferry sank.", "Share"]
)
def test_a_sentence_with_a_date_is_no_dateline(line):
    assert not is_dateline(line)
