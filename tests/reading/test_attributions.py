"""Who says what stands at a place: the chain, innermost first; empty is the page's own voice."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

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


stretches = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda x: (x[0], x[0] + x[1]))


def apart(contents: list[tuple[int, int]]) -> list[Attribution]:
    text = "x" * max((b for _, b in contents), default=0)
    return [
        Attribution(
            f"a{i}", "indirect", (), (), (Span.cut(text, a, b),), None, "none named", "asserts", (), None
        )
        for i, (a, b) in enumerate(contents)
    ]


@given(st.lists(stretches, max_size=12), stretches)
def test_the_shortest_content_around_a_stretch_holds_it(
    contents: list[tuple[int, int]], stretch: tuple[int, int]
) -> None:
    around = [b - a for a, b in contents if a <= stretch[0] and stretch[1] <= b]
    held = Chains(apart(contents)).over(*stretch)
    if not around:
        assert held == ()
    else:
        a, b = contents[int(held[0][1:])]
        assert a <= stretch[0]
        assert stretch[1] <= b
        assert b - a == min(around)


class Counted(list[tuple[int, int, str]]):
    """A list that counts how often an entry is looked at."""

    looks = 0

    def __getitem__(self, at: Any) -> Any:
        self.looks += 1
        return super().__getitem__(at)


def test_thousands_of_statements_in_one_content_are_not_all_looked_at() -> None:
    chains = Chains(apart([(0, 50_001), *((k * 10, k * 10 + 8) for k in range(5_000))]))
    chains._contents = counted = Counted(chains._contents)
    assert chains.over(49_998, 50_001) == ("a0",)
    assert counted.looks < 10
