"""The notation of events, and labels kept by offset: read in full or refused with the line."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.written import examples, standing
from training.written.inline import MarkupError, passages
from training.written.scenes import LETTERS, Scene, scene, scenes

WRITTEN = Path(__file__).parents[2] / "training" / "written"
FULL = (
    "# register: wire; published: 2016-05-11\n"
    "{S1,E1 Moscow} {Q1 said} {C1 {A1,E2 Kyiv} {T1=ASSAULT/aerial/denied/military+crime bombed} "
    "{R1,E3 the town} on {D1 Monday} near {P1 Homs}, killing {F1 20 people}}. "
    "{A2,R2 Ann} and {A2,R2 Bo} {T2=CONSULT/-/asserted/- met}.\n% E2 fights E3\n% not E1 arms E3\n"
)


def read(marked: str) -> Scene:
    [passage] = passages(marked, LETTERS)
    return scene(passage)


def test_an_event_is_read_with_all_that_is_marked_of_it() -> None:
    found = read(FULL)
    first, second = found.events
    words = {k: [found.text[a:b] for a, b in getattr(first, k)] for k in
             ("actors", "recipients", "places", "dates", "figures")}  # fmt: skip
    assert words == {"actors": ["Kyiv"], "recipients": ["the town"], "places": ["Homs"], "dates": ["Monday"],
                     "figures": ["20 people"]}  # fmt: skip
    assert (first.type, first.mode, first.status, first.contexts) == (
        "ASSAULT", "aerial", "denied", ("military", "crime"),
    )  # fmt: skip
    assert (second.mode, second.contexts, second.actors == second.recipients) == (None, (), True)
    assert [(r.subject, r.type, r.object, r.negative) for r in found.relations] == [
        (2, "fights", 3, False), (1, "arms", 3, True),
    ]  # fmt: skip
    assert found.header == {"register": "wire", "published": "2016-05-11"}


def test_an_event_that_is_told_again_names_the_first() -> None:
    found = read("{T1=AID/-/asserted/- aid} and {T2=AID/-/asserted/- help}.\n% T2 same T1")
    assert [e.same for e in found.events] == [None, 0]


def test_examples_have_both_for_who_does_and_is_done_to() -> None:
    [example] = examples("x", [read(FULL)])
    events = example.events or ()
    assert [role for role, _ in events[1].roles] == ["both", "both"]
    text = example.text
    pairs = {(text[slice(*p.a)], text[slice(*p.b)]): p for p in example.pairs}
    assert pairs["Kyiv", "the town"].relations == (frozenset({"fights"}), frozenset({"fights"}))
    assert pairs["Kyiv", "the town"].deeds == ("ASSAULT", "none")
    assert pairs["Moscow", "the town"].negative == (frozenset({"arms"}), frozenset())
    assert pairs["Moscow", "Kyiv"].relations == (frozenset(), frozenset())
    assert ("Bo", "Moscow") not in pairs


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("{T1=WAR/-/asserted/- fell}", "no PLOVER type"),
        ("{T1=AID/aerial/asserted/- fell}", "no mode of AID"),
        ("{T1=AID/-/maybe/- fell}", "no status"),
        ("{T1=AID/-/asserted/weather fell}", "no context"),
        ("{T1=AID/- fell}", "wants TYPE"),
        ("{T2=AID/-/asserted/- fell}", "without a gap"),
        ("{T1=AID/-/asserted/- a} {T1=AID/-/asserted/- b}", "two triggers"),
        ("{A1 Ann} left", "belongs to no T1"),
        ("{T1=AID/-/asserted/- fell }", "space"),
        ("{E1 Ann}\n% E1 arms E2", "both entities"),
        ("{E1 Ann} {E2 Bo}\n% E1 likes E2", "no relation"),
        ("{E1 Ann} {E2 Bo}\n% E1 and so on", "neither"),
        ("{T1=AID/-/asserted/- a} {T2=AID/-/asserted/- b}\n% T1 same T2", "later event"),
    ],
)
def test_marks_that_do_not_fit_are_refused(marked: str, message: str) -> None:
    with pytest.raises(MarkupError, match=message):
        read(marked)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["{", "}", "T1=AID/-/asserted/- ", "A1 ", "E1 ", "E2 ", ",", "Ann", " ", "\n",
                                 "% E1 arms E2", "---", "#"]), max_size=20).map("".join))  # fmt: skip
def test_any_marks_are_read_or_refused(marked: str) -> None:
    with contextlib.suppress(MarkupError):
        for passage in passages(marked, LETTERS):
            found = scene(passage)
            for event in found.events:
                assert found.text[slice(*event.trigger)]


@pytest.mark.parametrize("path", sorted(WRITTEN.glob("events_*.txt")), ids=lambda path: path.stem)
def test_written_events_are_sound(path: Path) -> None:
    found = scenes(path)
    assert len({s.text for s in found}) == len(found) > 20


def test_a_scene_comes_back_from_its_row_without_its_words() -> None:
    found = read(FULL)
    row = {"attributions": found.attributions, "events": [asdict(e) for e in found.events],
           "entities": found.entities, "relations": [asdict(r) for r in found.relations]}  # fmt: skip
    written = json.dumps(row)
    assert "Kyiv" not in written
    back = standing._scene(json.loads(written), found.text)
    assert [(e.type, e.trigger, e.actors, e.recipients, tuple(e.contexts)) for e in back.events] == [
        (e.type, e.trigger, e.actors, e.recipients, e.contexts) for e in found.events
    ]
    assert (back.entities, back.relations, back.attributions) == (
        found.entities, found.relations, found.attributions,
    )  # fmt: skip
    assert next(examples("x", [back])).pairs == next(examples("x", [found])).pairs


def test_a_line_is_found_by_its_words_and_not_by_the_blanks_around_them() -> None:
    assert standing.key_of(" Ann left.\n") == standing.key_of("Ann left.") != standing.key_of("Ann left")


@pytest.mark.parametrize("path", sorted(WRITTEN.glob("standing_*.jsonl")), ids=lambda path: path.stem)
def test_standing_labels_are_offsets_and_no_words(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert len(row["sha256"]) == 64
        assert "text" not in row
        for event in row["events"]:
            assert event["trigger"][0] < event["trigger"][1]
