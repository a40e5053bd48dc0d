"""Dates as sources write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sources.moments import captured, published

UTC = datetime.UTC


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2015", "2015"),
        ("2015-09", "2015-09"),
        ("2015-09-10", "2015-09-10"),
        ("2015-09-10 14:50", "2015-09-10T14:50"),
        ("2015-09-10T14:50:00.123Z", "2015-09-10T14:50:00Z"),
        ("2015-09-10 14:50:00 UTC", "2015-09-10T14:50:00Z"),
        ("2015-09-10 14:50:00 +0200", "2015-09-10T14:50:00+0200"),
        ("2015-09-10 00:00:00", "2015-09-10"),
        ("2015-09-10T00:00:00Z", "2015-09-10T00:00:00Z"),
        ("20150910", "2015-09-10"),
        ("20150910145000", "2015-09-10T14:50:00"),
        (20150910, "2015-09-10"),
        ("Thu, 10 Sep 2015 23:30:00 -0400", "2015-09-10T23:30:00-04:00"),
        (datetime.date(2015, 9, 10), "2015-09-10"),
        (datetime.datetime(2015, 9, 10, 14, 50, tzinfo=UTC), "2015-09-10T14:50:00+00:00"),
        *(
            (no, None)
            for no in ("", "None", "nan", "yesterday", "2015-02-30", "10/09/2015", 12, 1.5, None, True)
        ),
    ],
)
def test_published(written, meant):
    assert published(written) == meant


def test_captured_is_in_utc_where_the_zone_is_known():
    assert captured("2016-08-26T12:45:20+02:00") == "2016-08-26T10:45:20Z"
    assert captured("2016-08-26 12:45:20") == "2016-08-26T12:45:20"
    assert captured("2016-08-26") == "2016-08-26"
    assert captured("2016") is None
    assert captured("0001-01-01T00:00:00+02:00") is None


@given(st.text(alphabet="0123456789-+:TZ. UTC", max_size=30) | st.text(max_size=80))
def test_whatever_is_written_gives_a_date_that_the_reader_takes_or_none(words):
    from onrecord.reading.dating import _ISO

    found = published(words)
    assert found is None or _ISO.fullmatch(found)
    captured(words)
