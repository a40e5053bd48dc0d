"""The notation of the written passages, and the passages themselves."""

from __future__ import annotations

import collections
import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.written.markup import MarkupError, Passage, parse, parse_text

WRITTEN = Path(__file__).parents[2] / "training" / "written"
FILES = sorted(WRITTEN.glob("attributions_*.txt"))


def words(passage: Passage, number: int, role: str) -> list[str]:
    attribution = passage["attributions"][number - 1]
    stretches = {"S": attribution["source"], "Q": attribution["cue"], "C": attribution["content"]}[role]
    return [passage["text"][start:end] for start, end in stretches]


def test_marks_leave_the_text_and_point_into_it() -> None:
    [passage] = parse_text("{S1 The mayor} {Q1 said} {C1 that it rained}.")
    assert passage["text"] == "The mayor said that it rained."
    assert words(passage, 1, "S") == ["The mayor"]
    assert words(passage, 1, "Q") == ["said"]
    assert words(passage, 1, "C") == ["that it rained"]


def test_a_role_may_stand_in_pieces_around_its_cue() -> None:
    [passage] = parse_text("{C1 “No,”} {S1 she} {Q1 said}. {C1 “Never.”}")
    assert words(passage, 1, "C") == ["“No,”", "“Never.”"]


def test_within_is_the_innermost_attribution_that_holds_the_cue() -> None:
    [passage] = parse_text(
        "{S1 A} {Q1 says} {C1 {S2 B} {Q2 denied} {C2 {Q3 claims} {C3 that C left}}}. {Q4 Fears} {C4 grew}."
    )
    assert [attribution["within"] for attribution in passage["attributions"]] == [None, 0, 1, None]


def test_a_source_shared_by_two_cues_belongs_to_both() -> None:
    [passage] = parse_text("{S1 {S2 He}} {Q1 denied} {C1 it}, {Q2 adding} {C2 that he slept}.")
    assert words(passage, 1, "S") == words(passage, 2, "S") == ["He"]
    assert passage["attributions"][1]["within"] is None


def test_passages_and_headers_are_told_apart() -> None:
    first, second = parse_text("# register: wire; published: 2014-03-02\nRain.\n\nSnow.\n---\n\nSun.\n")
    assert first["header"] == {"register": "wire", "published": "2014-03-02"}
    assert (first["text"], first["line"]) == ("Rain.\n\nSnow.", 1)
    assert (second["text"], second["header"], second["line"]) == ("Sun.", {}, 7)


@pytest.mark.parametrize(
    ("marked", "line", "message"),
    [
        ("Rain.\n---\n{S1 He {Q1 said} {C1 so}.", 3, "S1 is never closed"),
        ("Rain.\n\nHe said}.", 3, "closing brace"),
        ("{X1 He} said.", 1, "opening brace"),
        ("{S1He} said.", 1, "opening brace"),
        ("{S1 He} {Q1 said}.", 1, "no content"),
        ("{S1 He} said {C1 so}.", 1, "no cue"),
        ("Rain.\n{Q2 Fears} {C2 grew}.", 2, "without a 1"),
        ("{Q1 Fears} {C1 grew }.", 1, "space"),
        ("{Q1 Fears} {C1 grew.\n\nThen} it rained.", 1, "paragraphs"),
        ("{Q1 Fears} {C1 }.", 1, "empty"),
        ("{C1 He {Q1 said} so}.", 1, "overlap"),
        ("{C1 a {C1 b}} {Q1 said}.", 1, "inside itself"),
        ("{C1 a {Q2 said}} {C2 b {Q1 thought}}.", 1, "holds what holds it"),
        ("# register: wire", 1, "no text"),
        ("# wire\nRain.", 1, "header"),
    ],
)
def test_bad_markup_is_refused_with_its_line(marked: str, line: int, message: str) -> None:
    with pytest.raises(MarkupError, match=message) as refusal:
        parse_text(marked)
    assert refusal.value.line == line


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="{}SQC12 a\n-#:", max_size=60))
def test_any_text_is_read_or_refused(marked: str) -> None:
    passages: list[Passage] = []
    with contextlib.suppress(MarkupError):
        passages = parse_text(marked)
    for passage in passages:
        assert "{" not in passage["text"]
        assert "}" not in passage["text"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_written_files_are_sound(path: Path) -> None:
    passages = parse(path)
    texts = [passage["text"] for passage in passages]
    assert len(set(texts)) == len(texts)
    for passage in passages:
        for attribution in passage["attributions"]:
            for stretch in (*attribution["source"], *attribution["cue"], *attribution["content"]):
                before, after = passage["text"][: stretch[0]][-1:], passage["text"][stretch[1] :][:1]
                marked = passage["text"][slice(*stretch)]
                assert not (before.isalnum() and marked[0].isalnum()), (passage["line"], marked)
                assert not (after.isalnum() and marked[-1].isalnum()), (passage["line"], marked)


def test_written_files_keep_their_balance() -> None:
    counts: collections.Counter[str] = collections.Counter()
    for path in FILES:
        for passage in parse(path):
            attributions = passage["attributions"]
            counts["passages"] += 1
            counts["nested"] += any(attribution["within"] is not None for attribution in attributions)
            counts["without"] += not attributions
            counts["sourceless"] += any(not attribution["source"] for attribution in attributions)
    assert counts["passages"] >= 260
    assert counts["nested"] >= 110
    assert counts["without"] >= 45
    assert counts["sourceless"] >= 60
