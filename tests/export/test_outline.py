"""Records arranged for reading."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.export.outline import left_out, outline, parties
from onrecord.export.phrases import amount
from onrecord.record import Attribution, Figure, Record
from onrecord.span import Span


def test_nested_statements_follow_their_holder(story: Record) -> None:
    assert [(s.attribution.id, s.depth) for s in outline(story)] == [("a1", 0), ("a2", 1), ("a3", 0)]


def test_statements_come_in_page_order_whatever_the_record_s(make_record: Callable[..., Record]) -> None:
    text = "one two three"
    said = [
        Attribution(f"a{n}", "mixed", (), (), (Span.cut(text, n, n + 1),), None, "none named", "asserts")
        for n in (4, 0, 8)
    ]
    assert [s.start for s in outline(make_record(text, attributions=tuple(said)))] == [0, 4, 8]


def test_nesting_of_any_depth_is_arranged(make_record: Callable[..., Record]) -> None:
    text = "so"
    said = tuple(
        Attribution(
            f"a{n}",
            "mixed",
            (),
            (),
            (Span.cut(text, 0, 2),),
            None,
            "none named",
            "asserts",
            (),
            f"a{n - 1}" if n else None,
        )
        for n in range(3000)
    )
    assert outline(make_record(text, attributions=said))[-1].depth == 2999


def test_speakers_come_first_among_the_parties(story: Record) -> None:
    assert [(entity.name, told) for entity, told in parties(story)] == [
        ("Ana Brandt", 1),
        ("The minister", 1),
    ]


def test_what_is_left_out_is_counted_by_reason(story: Record) -> None:
    assert left_out(story.document) == (("navigation", 1), ("related link", 1))


def test_figures_are_said_in_words() -> None:
    span = Span(0, 1, "x")
    said = [
        amount(Figure("f", value, low, high, about, unit, kind, span))
        for value, low, high, about, unit, kind in (
            (220000, None, None, True, "person", "killed"),
            (1, None, None, False, "ship", None),
            (None, 5, 7, False, "child", None),
            (None, 30, None, False, "USD", "money"),
            (None, None, 12, False, "", None),
            (2.5, None, None, False, "percent", None),
        )
    ]
    assert said == [
        "about 220,000 people, killed",
        "1 ship",
        "5 to 7 children",
        "at least 30 USD, money",
        "at most 12",
        "2.5 percent",
    ]
