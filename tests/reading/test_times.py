"""Times and their values, counted from a report of Thursday 10 September 2015."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.times import times

REPORT = "2015-09-10T14:50"


def read(text: str, published: str | None = REPORT) -> list[tuple[str, str, str | None]]:
    return [(t.text, t.type, t.value) for t in times(text, published)]


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("They met on Wednesday.", "Wednesday", "DATE", "2015-09-09"),
        ("They met Thursday.", "Thursday", "DATE", "2015-09-10"),
        ("They will meet on Wednesday.", "Wednesday", "DATE", "2015-09-16"),
        ("They met last Friday.", "last Friday", "DATE", "2015-09-04"),
        ("They meet next Monday.", "next Monday", "DATE", "2015-09-14"),
        ("He came yesterday.", "yesterday", "DATE", "2015-09-09"),
        ("He left the day before yesterday.", "the day before yesterday", "DATE", "2015-09-08"),
        ("Earlier this week they spoke.", "Earlier this week", "DATE", "2015-W37"),
        ("It began last week.", "last week", "DATE", "2015-W36"),
        ("War since February 2011.", "February 2011", "DATE", "2011-02"),
        ("It fell in August.", "August", "DATE", "2015-08"),
        ("It will open in March.", "March", "DATE", "2016-03"),
        ("It ended on Sept. 30, 1989.", "Sept. 30, 1989", "DATE", "1989-09-30"),
        ("It opened on 3 August.", "3 August", "DATE", "2015-08-03"),
        ("It opened on August 3rd.", "August 3rd", "DATE", "2015-08-03"),
        ("10 Sep, 2015 14:50", "10 Sep, 2015 14:50", "TIME", "2015-09-10T14:50"),
        ("It is due by 2015-10-01.", "2015-10-01", "DATE", "2015-10-01"),
        ("It came out on 25/12/2014.", "25/12/2014", "DATE", "2014-12-25"),
        ("Profit rose in the third quarter.", "the third quarter", "DATE", "2015-Q3"),
        ("Profit rose in the third quarter of 1984.", "the third quarter of 1984", "DATE", "1984-Q3"),
        ("Sales fell in the first half of 2014.", "the first half of 2014", "DATE", "2014-H1"),
        ("He won last year.", "last year", "DATE", "2014"),
        ("He won four years ago.", "four years ago", "DATE", "2011"),
        ("He won nearly two weeks ago.", "nearly two weeks ago", "DATE", "2015-W35"),
        ("He came several years ago.", "several years ago", "DATE", "PAST_REF"),
        ("It was so in the late 1990s.", "the late 1990s", "DATE", "199"),
        ("A law of the 20th century.", "the 20th century", "DATE", "19"),
        ("It happened last summer.", "last summer", "DATE", "2015-SU"),
        ("It rained over the weekend.", "the weekend", "DATE", "2015-W36-WE"),
        ("It is cold now.", "now", "DATE", "PRESENT_REF"),
        ("It was warm recently.", "recently", "DATE", "PAST_REF"),
        ("It gets better in the future.", "the future", "DATE", "FUTURE_REF"),
        ("He spoke on Wednesday evening.", "Wednesday evening", "TIME", "2015-09-09TEV"),
        ("He spoke last night.", "last night", "TIME", "2015-09-09TNI"),
        ("He spoke this morning.", "this morning", "TIME", "2015-09-10TMO"),
        ("It ended at 5 p.m. on Wednesday.", "5 p.m. on Wednesday", "TIME", "2015-09-09T17:00"),
        ("The war went on for over four years.", "four years", "DURATION", "P4Y"),
        ("It took several months.", "several months", "DURATION", "PXM"),
        ("A two-week truce began.", "two-week", "DURATION", "P2W"),
        ("It lasted half a century.", "half a century", "DURATION", "P50Y"),
        ("They meet every Monday.", "every Monday", "SET", "XXXX-WXX-1"),
        ("They meet twice every year.", "every year", "SET", "P1Y"),
        ("It was in nineteen ninety-seven.", "nineteen ninety-seven", "DATE", "1997"),
        ("They meet on Christmas Eve.", "Christmas Eve", "DATE", "2015-12-24"),
        ("It began on New Year's Day.", "New Year's Day", "DATE", "2015-01-01"),
        ("He left more than a year ago.", "more than a year ago", "DATE", "2014"),
        ("The Sept. 11 attacks shook it.", "Sept. 11", "DATE", "2001-09-11"),
    ],
)
def test_times_with_values(text: str, words: str, kind: str, value: str) -> None:
    assert read(text) == [(words, kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "You may march on the second floor.",
        "Theresa May spoke; the troops fall back.",
        "They paid $1990 to 2000 people.",
        "As soon as he came, he sat down.",
        "A 22-year-old man read the Sun.",
    ],
)
def test_other_words_are_no_times(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("from 16 to 28 October 1962", ["1962-10-16", "1962-10-28"]),
        ("from 16-28 October 1962", ["1962-10-16", "1962-10-28"]),
        ("between Dec. 6-9, 2014", ["2014-12-06", "2014-12-09", "2014"]),
        ("on Sept. 6 and 7, they met", ["2015-09-06", "2015-09-07"]),
        ("on Sept. 6 and 9 people came", ["2015-09-06"]),
        ("Sept. 6 to 9 September", ["2015-09-06", "2015-09-09"]),
    ],
)
def test_ranges_of_days_share_their_month(text: str, days: list[str]) -> None:
    assert [value for _, _, value in read(text)] == days


def test_clock_time_belongs_to_the_day_told_in_its_sentence() -> None:
    text = "On Oct. 22, 1962, at 7 p.m. he spoke."
    assert read(text)[-1][2] == "1962-10-22T19:00"


def test_times_count_from_the_last_one_told() -> None:
    text = "They met on 3 March 1962. Two days later he left. The following month it ended."
    assert [value for _, _, value in read(text)] == ["1962-03-03", "1962-03-05", "1962-04"]


def test_a_year_earlier_is_the_quarter_before_it() -> None:
    text = "Profit rose in the third quarter from a loss a year earlier."
    assert [value for _, _, value in read(text)] == ["2015-Q3", "2014-Q3"]


def test_without_a_date_of_publication_the_reason_is_told() -> None:
    (found,) = times("They met on Wednesday.", None)
    assert (found.value, found.reason) == (None, "no date of publication")


def test_full_dates_need_no_date_of_publication() -> None:
    assert read("On 3 March 1962 they met.", None) == [("3 March 1962", "DATE", "1962-03-03")]


def test_impossible_dates_are_left_out() -> None:
    assert all(value != "2015-02-30" for _, _, value in read("On 30 February 2015 they met."))


@pytest.mark.parametrize("published", ["", "2015", "2015-09", "nonsense", "0001-01-01", "9999-12-31"])
def test_odd_dates_of_publication_never_raise(published: str) -> None:
    times("Last week, next century, 400 years ago, on Monday, in May and by December 31.", published)


@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "last",
                "next",
                "this",
                "early",
                "of",
                "in",
                "at",
                ",",
                "on",
                "may",
                "March",
                "Monday",
                "30",
                "1990",
                "'88",
                "5",
                "p.m.",
                "two",
                "three",
                "weeks",
                "year",
                "quarter",
                "ago",
                "later",
                "earlier",
                "before",
                "after",
                "from",
                "now",
                "third",
                "half",
                "every",
                "morning",
                "yesterday",
                "fiscal",
                "ended",
                "1990s",
                "to",
                "-",
                "and",
                "century",
                "9999",
                "99",
                "years",
                "summer",
                "Sept.",
                "weekend",
                "period",
                "0",
                "24:00",
                "2015-02-30",
                "99/99/99",
                "o'clock",
            ]
        ),
        max_size=12,
    ),
    st.sampled_from([None, "2015-09-10", "0001-01-01", "9999-12-31"]),
)
@settings(max_examples=200, deadline=None)
def test_any_row_of_time_words_is_read_or_left(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    end = 0
    for found in times(text, published):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text
        assert (found.value is None) == (found.reason is not None)
        end = found.end


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_arbitrary_text_never_raises(text: str) -> None:
    times(text, "2015-09-10")


@pytest.mark.parametrize(
    "unit", ["last ", "5 ", "the year of ", "Monday, ", "a ", "12:", "one hundred ", "'88", "5 p.m. "]
)
def test_nasty_lines_take_seconds_at_most(unit: str) -> None:
    text = unit * (30_000 // len(unit))
    began = time.process_time()
    times(text, "2015-09-10", [(0, len(text))])
    assert time.process_time() - began < 8
