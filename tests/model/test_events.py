"""Scores become triggers, and each trigger an event with its parties and qualities; a window has a limit."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model.card import Card
from onrecord.model.decoding import Floats
from onrecord.model.events import MOST_EVENTS, REACHED, EventFinder, triggers
from onrecord.model.found import FoundEvent, Party, Place
from onrecord.model.labels import CONTEXTS, EVENT_TYPES, PARTIES, STATUSES, TRIGGERS, TYPED_MODES
from onrecord.model.tokens import Tokens

FREE = np.zeros((len(PARTIES), len(PARTIES)), dtype=np.float32)
CARD = Card("stand-in", {}, [], [], FREE.tolist(), FREE[0].tolist(), {"trigger": 0.5, "context": 0.5})
WIDE = 4


def odds(*labels: str) -> Floats:
    rows = np.full((len(labels), len(TRIGGERS)), 0.001, dtype=np.float32)
    for row, label in zip(rows, labels, strict=True):
        row[TRIGGERS.index(label)] = 0.98
    return rows


def place_of(words: int) -> Place:
    """Make a text of three-letter words with a blank after each."""
    starts = np.arange(words, dtype=np.int64) * 4
    none = np.zeros(words, dtype=np.int64)
    return Place(Tokens(none, none, starts, starts + 3, np.arange(words + 1), none, none), 0)


class Session:
    """Answers as the event reader would: labels a word by its distance from the trigger."""

    def __init__(self, roles: dict[int, str] | None = None, **heads: str) -> None:
        self.roles, self.heads = roles or {}, heads
        self.fed: dict[str, Any] = {}

    def run(self, names: list[str] | None, fed: dict[str, Any]) -> list[Any]:
        self.fed = fed
        if names == ["facts"]:
            return [fed["words"].sum(axis=-1)]
        events, length = fed["index"].shape
        parties = np.zeros((events, length, len(PARTIES)), dtype=np.float32)
        for k in range(events):
            for i in range(length):
                role = self.roles.get(int(fed["distance"][k, i]) - 24, "O")
                parties[k, i, PARTIES.index(role)] = 5
        modes = np.tile(np.arange(len(TYPED_MODES), dtype=np.float32), (events, 1))
        statuses = np.zeros((events, len(STATUSES)), dtype=np.float32)
        statuses[:, STATUSES.index(self.heads.get("status", "asserted"))] = 9
        contexts = np.full((events, len(CONTEXTS)), -9, dtype=np.float32)
        for k, name in enumerate(self.heads.get("contexts", "").split()):
            contexts[:, CONTEXTS.index(name)] = 9 - k
        facts = np.full(events, float(self.heads.get("facts", "2")), dtype=np.float32)
        return [parties, modes, statuses, contexts, facts]


def read(session: Session, *labels: str) -> list[FoundEvent]:
    finder = EventFinder(CARD, session)
    words = np.ones((len(labels), WIDE), dtype=np.float32)
    return finder.events(np.log(odds(*labels)), words, place_of(len(labels)))


def test_a_trigger_begins_at_each_b_and_goes_on_with_i() -> None:
    found = triggers(odds("O", "B-AID", "I", "B-AID", "O", "B-COERCE", "I", "I"), 0.5)
    assert [(words, EVENT_TYPES[kind]) for words, kind, _ in found] == [
        ((1, 3), "AID"),
        ((3, 4), "AID"),
        ((5, 8), "COERCE"),
    ]


def test_words_that_go_on_with_nothing_are_a_trigger_of_their_own() -> None:
    found = triggers(odds("I", "O", "B-AID", "O", "I"), 0.5)
    assert [words for words, _, _ in found] == [(0, 1), (2, 3), (4, 5)]


def test_a_higher_bar_reads_fewer_triggers() -> None:
    unsure = odds("B-AID")
    unsure[0, 0] = 0.4
    assert triggers(unsure, 0.5)
    assert not triggers(unsure, 0.7)


def test_no_trigger_asks_the_reader_nothing() -> None:
    session = Session()
    assert read(session, "O", "O") == []
    assert session.fed == {}


def test_an_event_has_the_parties_that_its_words_play() -> None:
    session = Session(
        {-2: "B-actor", -1: "I-actor", 1: "B-recipient", 2: "B-recipient", 3: "I-date", 4: "I-date"}
    )
    [event] = read(session, "O", "O", "O", "B-AID", "O", "O", "O", "O", "O")
    assert event.trigger == (12, 15)
    assert event.parties == (
        Party("actor", 4, 11),
        Party("recipient", 16, 19),
        Party("recipient", 20, 23),
        Party("date", 24, 31),
    )


def test_an_event_has_its_qualities() -> None:
    session = Session(status="denied", contexts="military legal diplomatic health", facts="-7")
    [event] = read(session, "B-AID")
    assert (event.status, event.factuality) == ("denied", -3.0)
    assert event.contexts == ("military", "legal", "diplomatic")
    assert event.status_score > 0.9


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_a_mode_is_one_of_its_types(kind: str) -> None:
    [event] = read(Session(), f"B-{kind}")
    own = [mode for name, mode in TYPED_MODES if name == kind]
    assert event.mode == (own[-1] if own else None)


def test_parties_are_not_looked_for_beyond_reach() -> None:
    session = Session()
    labels = ["O"] * 200
    labels[100] = "B-AID"
    read(session, *labels)
    assert session.fed["index"].min() == 100 - REACHED
    assert session.fed["index"].max() == 100 + REACHED


def test_the_reach_of_one_event_is_not_lengthened_by_that_of_another() -> None:
    # The first trigger sees fewer words to its left; what fills its row up must not be read.
    session = Session(dict.fromkeys(range(-24, 25), "I-actor"))
    labels = ["O"] * 120
    labels[2] = labels[60] = "B-AID"
    first, _ = read(session, *labels)
    assert max(p.end for p in first.parties) <= (2 + REACHED + 1) * 4


def test_a_window_of_nothing_but_triggers_has_no_more_than_the_limit() -> None:
    began = time.process_time()
    found = read(Session(), *["B-AID"] * 320)
    assert len(found) == MOST_EVENTS
    assert [e.trigger for e in found] == sorted(e.trigger for e in found)
    assert time.process_time() - began < 5


def test_factuality_is_kept_within_its_range() -> None:
    finder = EventFinder(CARD, Session())
    facts = finder.factuality(np.array([[9.0] * WIDE, [-9.0] * WIDE, [0.25] * WIDE], dtype=np.float32))
    assert facts.tolist() == [3.0, -3.0, 1.0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["O", "I", "B-AID", "B-COERCE"]), max_size=30), st.floats(0.05, 0.95))
def test_triggers_lie_apart_and_in_order_and_cover_what_is_none_of_o(labels: list[str], least: float) -> None:
    found = triggers(odds(*labels), least) if labels else []
    covered = [i for (a, b), _, _ in found for i in range(a, b)]
    assert covered == [i for i, label in enumerate(labels) if label != "O"]
    assert all(least < sure <= 1 for _, _, sure in found)
