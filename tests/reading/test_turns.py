"""A transcript's turns, and paragraphs that a line introduces, are the words of whom they are given to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import reading_of

from onrecord.model.found import Found, Labelled, Statement
from onrecord.reading.introduced import with_introduced
from onrecord.reading.turns import with_turns
from onrecord.record import Record

TALK = """Radio talk

"OAKES: Who opened the gate at night?

"BRANDT: The keeper opened it, and he told nobody.

"And nobody asked him.

"(LAUGHTER.)

"OAKES: Will he be heard?

"BRANDT: He will.

"Follow our show."""


def read(text: str, *found: Statement) -> Record:
    return reading_of(text, Found((), (), found))


def told(record: Record) -> list[tuple[str | None, str, str]]:
    """Give each statement as its speaker's name, kind and first words."""
    names = {e.id: e.name for e in record.entities}
    return [
        (names[a.speaker] if a.speaker else None, a.kind, " / ".join(c.text.split()[0] for c in a.content))
        for a in record.attributions
    ]


def test_each_turn_is_the_direct_words_of_who_is_named_before_it() -> None:
    assert told(read(TALK)) == [
        ("OAKES", "direct", "Who"),
        ("BRANDT", "direct", 'The / "And'),
        ("OAKES", "direct", "Will"),
        ("BRANDT", "direct", "He"),
    ]


def test_questions_and_answers_have_no_speaker_by_name() -> None:
    page = read("Talk\n\nQ: Who opened the gate?\n\nA: The old keeper did it.")
    assert told(page) == [(None, "direct", "Who"), (None, "direct", "The")]


@pytest.mark.parametrize(
    "text",
    [
        "News\n\nUPDATE: The gate is shut again now.\n\nPHOTO: A gate in the north.\n\nSOURCE: The harbor.",
        "News\n\nOAKES: 45 percent\n\nBRANDT: 41 percent\n\nREED: 8 percent",
        "News\n\nOAKES: The gate of the town is open.\n\nThe town slept.",
    ],
)
def test_notes_tables_and_a_single_label_are_no_transcript(text: str) -> None:
    assert told(read(text)) == []


def test_a_statement_within_a_turn_stays_within_it_and_is_held_by_it() -> None:
    start = TALK.index("he told")
    inner = Statement(
        ((start, start + 2),), ((start + 3, start + 7),),
        ((start + 8, TALK.index("Will he be")),), True, 0.9,
    )  # fmt: skip
    page = read(TALK, inner)
    [nested] = [a for a in page.attributions if a.within]
    assert [c.text for c in nested.content] == ["nobody.", '"And nobody asked him.', '"(LAUGHTER.)']
    assert nested.within == "a2"


def test_a_name_that_the_model_knows_in_a_label_is_kept() -> None:
    at = TALK.index("OAKES")
    name = Labelled(at, at + 5, "person", 0.9)
    found = with_turns(TALK, Found((name,), (), ()))
    assert [n for n in found.names if n.start == at] == [name]


INTRODUCED = """Harbor note

Answering questions, the harbor master said:

The gate is shut. Boats must wait.

We will open it in May.

The harbor's page has the text."""


def test_paragraphs_after_who_said_are_its_words_as_long_as_somebody_speaks() -> None:
    page = read(INTRODUCED)
    assert told(page) == [("the harbor master", "direct", "The / We")]


def test_an_introduction_that_the_model_found_gets_its_paragraphs() -> None:
    cue = INTRODUCED.index("said")
    start = INTRODUCED.index("the harbor")
    known = Statement(((start, cue - 1),), ((cue, cue + 4),), ((cue + 7, cue + 20),), False, 0.9)
    [statement] = read(INTRODUCED, known).attributions
    assert [c.text[:6] for c in statement.content] == ["The ga", "We wil"]
    assert statement.score == 0.9


@pytest.mark.parametrize("line", ["The gates of the town:", "The town slept.", ":", "said:"])
def test_a_colon_after_no_verb_of_saying_introduces_nothing(line: str) -> None:
    assert told(read(f"Note\n\n{line}\n\nThe gate is shut.")) == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='QA: \n"OBRN().a\u2019said', max_size=120))
def test_any_text_is_taken(text: str) -> None:
    found = with_turns(text, with_introduced(text, Found((), (), ())))
    for s in found.statements:
        for start, end in (*s.source, *s.cue, *s.content):
            assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("line", ["A: b\n", "OAKES: so it is\n", "he said:\n", '"', "A"])
def test_a_long_page_of_one_form_takes_time_in_step_with_its_length(line: str) -> None:
    text = line * (200_000 // len(line))
    with_turns(text, with_introduced(text, Found((), (), ())))
