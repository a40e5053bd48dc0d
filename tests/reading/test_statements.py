"""Statements keep whole quotations and know who holds them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model.found import Statement, Stretch
from onrecord.quotes import quotations
from onrecord.reading.statements import statements
from onrecord.span import Span


def at(text: str, words: str) -> tuple[Stretch, ...]:
    return ((text.index(words), text.index(words) + len(words)),) if words else ()


def said(text: str, source: str, cue: str, content: str) -> Statement:
    return Statement(at(text, source), at(text, cue), at(text, content), False, 0.9)


def test_a_statement_lies_within_the_smallest_content_that_holds_its_cue() -> None:
    text = "The paper reported that the envoy believed that rebels claimed the bridge had fallen."
    outer = said(
        text, "The paper", "reported", "that the envoy believed that rebels claimed the bridge had fallen"
    )
    middle = said(text, "the envoy", "believed", "that rebels claimed the bridge had fallen")
    inner = said(text, "rebels", "claimed", "the bridge had fallen")
    held = statements(text, [inner, outer, middle], quotations(text))
    assert [text[h.statement.cue[0][0] : h.statement.cue[0][1]] for h in held] == [
        "reported",
        "believed",
        "claimed",
    ]
    assert [h.holder for h in held] == [None, 0, 1]


def test_statements_side_by_side_hold_nothing_of_each_other() -> None:
    text = "Lee said it rained. Kim said it snowed."
    held = statements(
        text,
        [said(text, "Lee", "said", "it rained"), said(text, "Kim", "said it", "snowed")],
        quotations(text),
    )
    assert [h.holder for h in held] == [None, None]


def test_a_content_takes_in_the_marks_of_its_quotation() -> None:
    text = "“We saw nothing,” she said."
    (held,) = statements(text, [said(text, "she", "said", "We saw nothing,")], quotations(text))
    start, end = held.statement.content[0]
    assert text[start:end] == "“We saw nothing,”"


stretch = st.tuples(st.integers(0, 60), st.integers(1, 25)).map(lambda x: (x[0], x[0] + x[1]))
roles = st.lists(stretch, max_size=2).map(lambda x: tuple(sorted(x)))
some = st.lists(stretch, min_size=1, max_size=2).map(lambda x: tuple(sorted(x)))


@settings(deadline=None, max_examples=150)
@given(st.lists(st.builds(Statement, roles, some, some, st.booleans(), st.just(0.5)), max_size=8))
def test_no_chain_of_holders_ever_closes_on_itself(found: list[Statement]) -> None:
    text = "“a b c” ‘d e’ " * 7
    held = statements(text, found, quotations(text))
    assert len(held) <= len(found)
    for i in range(len(held)):
        seen, holder = {i}, held[i].holder
        while holder is not None:
            assert holder not in seen
            seen.add(holder)
            holder = held[holder].holder


def test_a_story_says_nothing_of_its_headline_and_a_source_stays_on_its_line() -> None:
    text = "Bridge lost, says Lee\n\nLee\nThe envoy said the bridge had fallen."
    reader_slip = Statement(
        ((text.index("Lee\nThe"), text.index(" said the")),),
        ((text.index("said the"), text.index("said the") + 4),),
        ((0, 11), (text.index("the bridge"), len(text) - 1)),
        False,
        0.9,
    )
    title = Span.cut(text, 0, text.index("\n"))
    (held,) = statements(text, [reader_slip], quotations(text), title)
    assert [text[a:b] for a, b in held.statement.source] == ["The envoy"]
    assert [text[a:b] for a, b in held.statement.content] == ["the bridge had fallen"]
