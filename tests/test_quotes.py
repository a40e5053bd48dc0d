"""Quotation marks of every style, and the flag a character that the model reads."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.quotes import inside, kind_of, quotations

MARKS = st.text(alphabet="\"'“”‘’„«»‹›` \nab.,s1(", max_size=60)


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We agreed," he said. "It is done."', ['"We agreed,"', '"It is done."']),
        ("“We agreed,” he said.", ["“We agreed,”"]),
        ("‘We agreed,’ he said.", ["‘We agreed,’"]),
        ("He spoke of „neue Wege“ and »Ruhe«.", ["„neue Wege“", "»Ruhe«"]),
        ("Il parle de « la paix ».", ["« la paix »"]),
        ("``We agreed,'' he said.", ["``We agreed,''"]),
        ("They called it ”peace” there.", ["”peace”"]),
        ("said.“Done”,he", ["“Done”"]),
    ],
)
def test_finds_each_style_of_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The workers' union doesn't like the '90s, or rock 'n' roll.",
        "The ministers’ wives’ cars weren’t there in ’62.",
        'A 6\'2" man with a 5" scar.',
        "Home » News » Politics",
    ],
)
def test_apostrophes_inches_and_arrows_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


def test_possessive_inside_single_marks_does_not_end_the_quotation() -> None:
    assert quoted("‘The miners’ rights matter,’ she said.") == ["‘The miners’ rights matter,’"]


def test_scare_quotes_inside_a_quotation_are_a_level_deeper() -> None:
    found = quotations("“He called it ‘a lie’ twice,” she said.")
    assert [q.level for q in found] == [0, 1]


def test_straight_marks_nest_by_their_place() -> None:
    assert quoted('"He called it a "mistake" and left," she said.') == [
        '"He called it a "mistake" and left,"',
        '"mistake"',
    ]


def test_quotation_over_paragraphs_is_open_to_the_end_of_each() -> None:
    text = "“First thing.\n\n“Second thing.\n\n“Third thing,” he said. Not this."
    found = quotations(text)
    assert [(q.opened, q.closed) for q in found] == [(True, False), (True, False), (True, True)]
    assert quoted(text)[1] == "“Second thing."


def test_quotation_wrapped_over_lines_is_one() -> None:
    assert quoted("He said “we will\nnot go” again.") == ["“we will\nnot go”"]


def test_forgotten_closing_mark_ends_with_the_paragraph() -> None:
    text = '"We never said that.\n\nNobody asked.'
    found = quotations(text)
    assert [(q.closed, text[q.start : q.end]) for q in found] == [(False, '"We never said that.')]


def test_forgotten_closing_mark_ends_where_the_next_quotation_begins() -> None:
    assert quoted('"We go, he said. "You stay," she said.') == ['"We go, he said.', '"You stay,"']


def test_forgotten_opening_mark_begins_with_the_paragraph() -> None:
    found = quotations('No way," he added.')
    assert [(q.start, q.opened, q.closed) for q in found] == [(0, False, True)]


def test_inside_flags_marks_and_words_between() -> None:
    assert inside('a "b c" d') == bytes([0, 0, 1, 1, 1, 1, 1, 0, 0])


@given(MARKS)
@settings(max_examples=150, deadline=None)
def test_flags_agree_with_quotations_and_quotations_nest(text: str) -> None:
    flags = inside(text)
    found = quotations(text)
    assert len(flags) == len(text)
    expected = bytearray(len(text))
    open_until: list[int] = []
    for q in found:
        assert 0 <= q.start < q.end <= len(text)
        expected[q.start : q.end] = b"\x01" * (q.end - q.start)
        while open_until and open_until[-1] <= q.start:
            open_until.pop()
        assert not open_until or q.end <= open_until[-1]
        assert q.level == len(open_until)
        open_until.append(q.end)
    assert bytes(expected) == flags


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_arbitrary_text_never_raises(text: str) -> None:
    assert len(inside(text)) == len(text)


@pytest.mark.parametrize("unit", ['"', "“", "“\n", "a' 'b", "‘ “", "« »"])
def test_nasty_megabytes_take_seconds_at_most(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    began = time.process_time()
    inside(text)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("“We will go home today,”", "direct"),
        ("that they would go home today", "indirect"),
        ("that they would “go home” at once", "mixed"),
    ],
)
def test_kind_of_statement_by_how_much_is_quoted(content: str, kind: str) -> None:
    text = f"He said {content} and left."
    start = text.index(content)
    assert kind_of([(start, start + len(content))], quotations(text), text) == kind


def test_kind_of_split_quotation_is_direct() -> None:
    text = "“We go,” he said. “You stay.”"
    assert kind_of([(0, 8), (18, len(text))], quotations(text), text) == "direct"
