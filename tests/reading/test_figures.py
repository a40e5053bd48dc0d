"""Figures: how many of what, what became of them, and which words say so."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.figures import figures
from onrecord.reading.sentences import sentences
from onrecord.reading.times import times


def read(text: str) -> list[tuple[float | None, str, str | None, str]]:
    found = figures(text, sentences(text))
    return [(f.value if f.value is not None else f.low, f.unit, f.kind, text[f.start : f.end]) for f in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The shell hit a market, killing 20 and injuring 50.",
            [(20, "person", "killed", "killing 20"), (50, "person", "injured", "injuring 50")],
        ),
        (
            "At least 20 people were killed and 50 injured, officials said.",
            [
                (20, "person", "killed", "At least 20 people were killed"),
                (50, "person", "injured", "50 injured"),
            ],
        ),
        (
            "It is thought that 220,000 people have died.",
            [(220000, "person", "killed", "220,000 people have died")],
        ),
        ("The death toll rose to 31.", [(31, "person", "killed", "toll rose to 31")]),
        (
            "The blast killed 20 soldiers and 30 civilians.",
            [(20, "person", "killed", "killed 20 soldiers"), (30, "person", "killed", "30 civilians")],
        ),
        ("Police arrested 300 marchers.", [(300, "person", "detained", "arrested 300 marchers")]),
        ("Two dozen remain missing.", [(24, "person", "missing", "Two dozen remain missing")]),
        (
            "About 4 million refugees came.",
            [(4_000_000, "person", "refugees", "About 4 million refugees")],
        ),
        (
            "He pledged $1.5bn and 20 tanks.",
            [(1_500_000_000, "USD", "money", "$1.5bn"), (20, "tank", "weapons", "20 tanks")],
        ),
        ("Turnout was 5.3 percent.", [(5.3, "percent", None, "5.3 percent")]),
        ("The fleet sailed 20 km.", [(20, "km", None, "20 km")]),
        ("One soldier was wounded.", [(1, "person", "injured", "One soldier was wounded")]),
        ("They sent three fighter jets.", [(3, "aircraft", "weapons", "three fighter jets")]),
        ("Some 563,000 signatures were counted.", [(563000, "signature", None, "Some 563,000 signatures")]),
        ("A 5,000-strong force came.", [(5000, "person", None, "5,000-strong")]),
    ],
)
def test_figures_with_unit_kind_and_evidence(
    text: str, expected: list[tuple[float, str, str | None, str]]
) -> None:
    assert read(text) == expected


def test_a_number_of_billions_is_whole() -> None:
    assert read("It is worth $65.4 billion.") == [(65_400_000_000, "USD", "money", "$65.4 billion")]
    assert isinstance(read("It is worth $65.4 billion.")[0][0], int)


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 425 and Article 5 apply.",
        "John Smith, 45, of Ohio, came third.",
        "He died at age 74.",
        "A 45-year-old man won 2-1.",
        "Call 555 0199 for more.",
        "Four in 10 agree.",
        "The two sides met on one side.",
        "Only two states, both large, back the plan.",
        "Three officers and two ministers left.",
        "The thief is one captured on film.",
        "A new 30-second film was shown.",
    ],
)
def test_other_numbers_are_no_figures(text: str) -> None:
    assert read(text) == []


def test_times_are_avoided() -> None:
    text = "On 22 October 1962 the 20 ships turned back after 13 days."
    bounds = sentences(text)
    told = [(t.start, t.end) for t in times(text, "1962-11-20", bounds)]
    assert [text[f.start : f.end] for f in figures(text, bounds, told)] == ["20 ships"]


@given(
    st.lists(
        st.sampled_from(
            [
                "20",
                "killed",
                "1.5",
                "million",
                "$",
                "people",
                ",",
                "and",
                "or",
                "to",
                "-",
                "–",
                "at",
                "least",
                "between",
                "dozens",
                "of",
                "half",
                "a",
                "the",
                "%",
                "injured",
                "€",
                "bn",
                "m",
                "thousands",
                "one",
                "tanks",
                ".",
                "two",
                "hundred",
                "were",
                "per",
                "cent",
                "strong",
                "in",
                "T",
            ]
        ),
        max_size=14,
    ),
    st.sampled_from([" ", ""]),
)
@settings(max_examples=150, deadline=None)
def test_evidence_lies_within_the_text(words: list[str], gap: str) -> None:
    text = gap.join(words)
    for figure in figures(text, [(0, len(text))]):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.value is not None or figure.low is not None or figure.high is not None


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_arbitrary_text_never_raises(text: str) -> None:
    figures(text, sentences(text))


@pytest.mark.parametrize("unit", ["1 ", "20-", "one hundred ", "between 1 and ", "$", "killed 2, ", "1,000,"])
def test_nasty_lines_take_seconds_at_most(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    began = time.process_time()
    figures(text, [(0, len(text))])
    assert time.process_time() - began < 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Two officers, three soldiers and a child were killed in Homs.",
            [(2, "killed"), (3, "killed"), (1, "killed")],
        ),
        ("Three men and two boys died.", [(3, "killed"), (2, "killed")]),
        ("Rebels wounded 12 soldiers and a woman.", [(12, "injured"), (1, "injured")]),
        ("Two nurses met 40 guests and a child.", [(40, None)]),
    ],
)
def test_each_of_a_list_of_people_is_a_figure_of_what_the_verb_tells(
    text: str, expected: list[tuple[int, str | None]]
) -> None:
    assert [(f.value, f.kind) for f in figures(text, [(0, len(text))])] == expected
