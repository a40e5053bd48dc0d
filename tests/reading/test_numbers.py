"""Numbers as digits and words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.numbers import number_at, number_words
from onrecord.reading.quantities import quantities, words_of


@pytest.mark.parametrize(
    ("words", "value", "length"),
    [
        ("20,000 men", 20000, 1),
        ("1.5 million", 1_500_000, 2),
        ("half a million", 500_000, 3),
        ("half a dozen", 6, 3),
        ("two dozen", 24, 2),
        ("a hundred", 100, 2),
        ("a score of ships", 20, 2),
        ("twenty five", 25, 2),
        ("two hundred and fifty thousand", 250_000, 5),
        ("one million two hundred thousand and five", 1_200_005, 7),
        ("thirty and", 30, 1),
        ("twenty twenty", 20, 1),
        ("five hundred and no", 500, 2),
    ],
)
def test_reads_the_longest_number(words: str, value: float, length: int) -> None:
    number = number_at(words.split(), 0)
    assert number is not None
    assert (number.value, number.end, number.many) == (value, length, False)


@pytest.mark.parametrize(
    ("words", "least"),
    [
        ("dozens", 24),
        ("hundreds of thousands", 200_000),
        ("tens of thousands", 20_000),
        ("several hundred", 200),
    ],
)
def test_plurals_without_a_count_are_their_least(words: str, least: int) -> None:
    number = number_at(words.split(), 0)
    assert number is not None
    assert number.many
    assert number.value == least


@pytest.mark.parametrize("words", ["half", "a few", "first", "people", "a", "10,00x"])
def test_other_words_are_no_numbers(words: str) -> None:
    assert number_at(words.split(), 0) is None


@given(
    st.lists(st.sampled_from([*sorted(number_words()), "a", "and", "of", "20", "1.5", "people"]), max_size=8)
)
@settings(max_examples=300, deadline=None)
def test_any_row_of_number_words_is_read_or_left(words: list[str]) -> None:
    for at in range(len(words)):
        number = number_at(words, at)
        assert number is None or at < number.end <= len(words)


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "approximate", "currency"),
    [
        ("at least 20", None, 20, None, False, None),
        ("more than twenty-five", None, 25, None, False, None),
        ("up to half a million", None, None, 500_000, False, None),
        ("no fewer than 12", None, 12, None, False, None),
        ("30 or more", None, 30, None, False, None),
        ("20+", None, 20, None, False, None),
        ("about 5m people", 5_000_000, None, None, True, None),
        ("an estimated two dozen", 24, None, None, True, None),
        ("~300", 300, None, None, True, None),
        ("between 20 and 30", None, 20, 30, False, None),
        ("20-30", None, 20, 30, False, None),
        ("20–30", None, 20, 30, False, None),
        ("20 to 30 million", None, 20_000_000, 30_000_000, False, None),
        ("two or three", None, 2, 3, True, None),
        ("$1.5bn", 1_500_000_000, None, None, False, "USD"),
        ("€20 million", 20_000_000, None, None, False, "EUR"),
        ("200 million dollars", 200_000_000, None, None, False, "USD"),
        ("between $5 and $10 million", None, 5_000_000, 10_000_000, False, "USD"),
    ],
)
def test_bounds_ranges_and_currencies(
    text: str,
    value: float | None,
    low: float | None,
    high: float | None,
    approximate: bool,
    currency: str | None,
) -> None:
    (found,) = quantities(words_of(text, 0, len(text)))
    assert (found.value, found.low, found.high) == (value, low, high)
    assert (found.approximate, found.currency) == (approximate, currency)


def test_a_change_is_two_numbers_not_a_range() -> None:
    text = "it rose from 20 to 30"
    assert [q.value for q in quantities(words_of(text, 0, len(text)))] == [20, 30]


@pytest.mark.parametrize("text", ["T-72", "Su-24", "3rd", "9/11", "10:30", "MH17", "24/7"])
def test_codes_ordinals_and_clock_times_are_no_numbers(text: str) -> None:
    assert quantities(words_of(text, 0, len(text))) == []
