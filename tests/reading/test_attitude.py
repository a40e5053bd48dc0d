"""Attitude is told by the cue's words, the words that turn them round, and the form of the content."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.attitude import attitude, classify


def told(cue: str, content: str = "") -> str:
    text = f"{cue} {content}"
    return attitude(text, [(0, len(cue))], [(len(cue) + 1, len(text))] if content else [])


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("said", "asserts"),
        ("according to", "asserts"),
        (":", "asserts"),
        ("", "asserts"),
        ("has flatly denied", "denies"),
        ("questioned", "doubts"),
        ("believes", "believes"),
        ("would like", "wants"),
        ("called for", "wants"),
        ("asked about", "asks"),
        ("called on", "asks"),
        ("ordered", "orders"),
        ("vowed", "promises"),
        ("warned", "warns"),
        ("accused", "accuses"),
        ("praising", "praises"),
        ("condemned", "criticizes"),
        ("expressed deep concern over", "fears"),
        ("is expected", "expects"),
        ("admitted", "admits"),
        ("agreed", "agrees"),
        ("dismissed", "rejects"),
    ],
)
def test_each_attitude_has_its_cues(cue: str, expected: str) -> None:
    assert told(cue) == expected


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("declined to comment", "rejects"),
        ("refused to endorse", "rejects"),
        ("did not say", "rejects"),
        ("no longer believes", "doubts"),
        ("doesn't think", "doubts"),
        ("doesn’t want", "rejects"),
        ("did not admit", "denies"),
        ("neither confirmed nor denied", "rejects"),
        ("has never doubted", "believes"),
        ("failed to acknowledge", "denies"),
        ("does not expect", "doubts"),
        ("said nothing about", "rejects"),
    ],
)
def test_negation_and_refusal_turn_a_cue_round(cue: str, expected: str) -> None:
    assert told(cue) == expected


def test_a_noun_tells_more_than_the_light_verb_before_it() -> None:
    assert told("voiced its support for") == "supports"
    assert told("issued a warning") == "warns"
    assert told("in a statement denied") == "denies"
    assert told("was pushing the rather odd idea") == "asserts"


def test_a_question_asks_and_an_infinitive_after_told_orders() -> None:
    assert told("said", "“Who gave them the keys?”") == "asks"
    assert told("told", "to leave the harbour by noon") == "orders"
    assert told("said", "“The harbour is shut.”") == "asserts"


def test_a_cue_out_of_the_lexicon_is_known_as_such_and_asserts() -> None:
    assert classify("zzyzx", [(0, 5)]) is None
    assert told("zzyzx") == "asserts"


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_stretch_of_any_text_has_an_attitude(text: str, start: int, end: int) -> None:
    assert attitude(text, [(start, end)], [(end, start)])


def test_a_megabyte_cue_takes_no_time() -> None:
    text = "said" * 250_000 + " said" * 10
    began = time.perf_counter()
    attitude(text, [(0, len(text))], [(0, len(text))])
    assert time.perf_counter() - began < 1
