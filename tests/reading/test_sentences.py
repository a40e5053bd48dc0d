"""Where sentences and paragraphs end."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.sentences import paragraphs, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["He met Mr. Brown and Gen. Li of the U.S. Army.", "They spoke."],
        ["J. K. Rowling wrote it.", "The U.S. said so.", "The end."],
        ["MOSCOW (Reuters) - The deal is off.", "It cost $1.5 million."],
        ["“We agreed.", "We signed,” he said.", "“It is done.”", "Nobody clapped."],
        ['"Is that so?" Smith asked.', '"It is!" he said.', "She left."],
        ["It opened at 5 p.m. on Sept. 30.", "It closed at 6 p.m.", "The crowd went home."],
        ["He waited ... and waited.", "Then…", "Nothing."],
        ["Acme Corp. bought Widget Inc. of Delaware.", "No. 5 was sold."],
        ["(He was wrong.)", "Was he?", "Yes!"],
        ["The first note ends here.[12]", "The second begins."],
        ["‘No,’ he said. ", "‘Never.’"],
        ["Born in Ulm (b. 1879), he moved.", "He stayed."],
    ],
)
def test_sentences_of_a_paragraph(parts: list[str]) -> None:
    assert cut(" ".join(part.strip() for part in parts)) == [part.strip() for part in parts]


def test_missing_space_before_an_opening_mark_still_ends() -> None:
    assert cut("He said so.“We go.”") == ["He said so.", "“We go.”"]


def test_paragraphs_are_parted_by_line_breaks() -> None:
    text = "A headline\n\n  The lead.  \nThe next line.\r\n\r\nLast\u2028one"
    assert [text[a:b] for a, b in paragraphs(text)] == [
        "A headline",
        "The lead.",
        "The next line.",
        "Last",
        "one",
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The council met late on Tuesday in the old hall by the\n"
        "river, where its members argued about the bridge and\n"
        "the price of it until the lamps went out and they\n"
        "walked home."
    )
    assert len(paragraphs(text)) == 1
    assert len(sentences(text)) == 1


@given(st.text(alphabet="aA b.!?…\"“”'\n[1]()J\u2028,", max_size=80))
@settings(max_examples=150, deadline=None)
def test_sentences_hold_all_but_white_space_in_order(text: str) -> None:
    found = sentences(text)
    at = 0
    for start, end in found:
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("unit", [".", "a. ", '."', "x.[1] ", "\n \n", '"Why?" A ', "J. "])
def test_nasty_megabytes_take_seconds_at_most(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    sentences(text)
    assert time.process_time() - began < 5
