"""Who says what stands at a place: the chain, innermost first; empty is the page's own voice."""

from __future__ import annotations

from onrecord.reading.attributions import Chains
from onrecord.record import Attribution
from onrecord.span import Span

TEXT = "Reuters reported that the ministry denied that 40 had died. Rain fell."


def told(key: str, cue: str, content: str, within: str | None) -> Attribution:
    spans = [Span.cut(TEXT, TEXT.index(w), TEXT.index(w) + len(w)) for w in (cue, content)]
    return Attribution(
        key, "indirect", (), (spans[0],), (spans[1],), None, "none named", "asserts", (), within
    )


OUTER = told("a1", "reported", "that the ministry denied that 40 had died", None)
INNER = told("a2", "denied", "that 40 had died", "a1")


def chain(words: str) -> tuple[str, ...]:
    start = TEXT.index(words)
    return Chains([OUTER, INNER]).over(start, start + len(words))


def test_what_is_told_at_two_removes_has_two_links() -> None:
    assert chain("40 had died") == ("a2", "a1")


def test_what_is_told_at_one_remove_has_one() -> None:
    assert chain("the ministry") == ("a1",)


def test_the_page_speaks_for_itself_elsewhere() -> None:
    assert chain("Rain fell") == ()
    assert chain("died. Rain") == ()
