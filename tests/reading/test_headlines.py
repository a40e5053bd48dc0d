"""A headline that names its speaker at an end is that speaker's statement."""

from __future__ import annotations

import pytest

from onrecord.model.found import Labelled, Statement
from onrecord.reading.headlines import headline
from onrecord.span import Span


def told(line: str, name: str, found: tuple[Statement, ...] = ()) -> list[tuple[str, str, str]]:
    text = line + "\n\nRain fell."
    names = [Labelled(line.index(name), line.index(name) + len(name), "person", 0.9)]
    read = headline(text, Span.cut(text, 0, len(line)), names, found)
    return [
        (text[slice(*s.source[0])], text[slice(*s.cue[0])], text[slice(*s.content[0])])
        for s in read
        if s.source
    ]


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        ("Navy let two tankers pass – Brandt", "Brandt", ("Brandt", "–", "Navy let two tankers pass")),
        (
            "Minister Brandt: Navy let tankers pass",
            "Brandt",
            ("Minister Brandt", ":", "Navy let tankers pass"),
        ),
    ],
)
def test_the_mark_is_the_cue_and_the_name_the_source(
    line: str, name: str, expected: tuple[str, str, str]
) -> None:
    assert told(line, name) == [expected]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Navy let two tankers pass – Brandt says no", "Brandt"),
        ("Brandt: the war", "Brandt"),
        ("Tankers pass: what we know of Brandt", "Brandt"),
        ("Brandt lets well-known ships pass", "Brandt"),
    ],
)
def test_other_marks_in_headlines_are_no_cues(line: str, name: str) -> None:
    assert told(line, name) == []


def test_what_the_model_found_is_not_told_twice() -> None:
    line = "Navy let two tankers pass – Brandt"
    at = line.index("–")
    found = Statement((), ((at, at + 1),), ((0, at - 1),), False, 0.9)
    assert told(line, "Brandt", (found,)) == []
