"""Whatever a model finds in whatever text, the record quotes, resolves and ends, the same each time."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import NOWHERE, StandInFinder, paired, reading_of

from onrecord import decode_record
from onrecord.codec import check
from onrecord.model.found import Found, FoundEvent, Labelled, Party, Statement, Stretch
from onrecord.model.labels import CONTEXTS, MODES, PARTY_ROLES, STATUSES
from onrecord.record import Event, Figure, Record, Relation

LIMIT = 20  # seconds of one core; far more than these pages take, far less than forever

WORDS = st.sampled_from(
    ["Russia", "Ann Lee", "Lee", "Kyiv", "Syrian", "US", "she", "it", "They", "We", "I", "the rebels",
     "a group of", "women", "denied", "the charge", "said", "that", "Allegedly", ",", ".", "“", "”", "\n\n",
     "on Tuesday", "since March", "12 people", "killed", "bombed", "met", "$3 million", "in Aleppo",
     "\x00", "İ", "’s", "(", "é"]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, Found]:
    """Draw a text with names, statements and events anywhere in it, stretches overlapping as they will."""
    text = draw(TEXTS)
    bounds = sorted({0, len(text)} | {i for i, c in enumerate(text) if c == " "})
    cuts = [
        (a + (text[a] == " "), b)
        for a in bounds
        for b in bounds
        if a + (a < len(text) and text[a] == " ") < b
    ]
    cut = st.sampled_from(cuts or [(0, len(text))])
    short = st.sampled_from([c for c in cuts if c[1] - c[0] < 30] or [(0, len(text))])
    names = st.builds(
        lambda s, kind: Labelled(s[0], s[1], kind, 1.0),
        short,
        st.sampled_from(["person", "organization", "place", "nationality", "other"]),
    )
    several = st.lists(cut, min_size=1, max_size=2).map(lambda cs: tuple(sorted(set(cs))))
    statements = st.builds(
        Statement,
        st.just(()) | short.map(lambda s: (s,)),
        short.map(lambda s: (s,)),
        several,
        st.booleans(),
        st.sampled_from([0.4, 0.9]),
    )
    return text, Found(
        tuple(draw(st.lists(names, max_size=6))),
        tuple(draw(st.lists(names, max_size=3))),
        tuple(sorted(draw(st.lists(statements, max_size=5)), key=lambda s: (s.cue, s.content))),
        tuple(sorted(draw(st.lists(_events(short), max_size=6)), key=lambda e: e.trigger)),
        NOWHERE,
    )


@st.composite
def _events(draw: st.DrawFn, stretch: st.SearchStrategy[Stretch]) -> FoundEvent:
    kind = draw(st.sampled_from(sorted(MODES)))
    parties = st.builds(lambda role, s: Party(role, *s), st.sampled_from(PARTY_ROLES), stretch)
    return FoundEvent(
        trigger=draw(stretch),
        type=kind,
        mode=draw(st.sampled_from(MODES[kind]) | st.none()),
        status=draw(st.sampled_from(STATUSES)),
        contexts=tuple(draw(st.sets(st.sampled_from(CONTEXTS), max_size=2))),
        parties=tuple(draw(st.lists(parties, max_size=4))),
        factuality=draw(st.floats(-3, 3)),
        score=draw(st.floats(0, 1)),
        status_score=draw(st.sampled_from([0.3, 0.7, 0.95])),
    )


class Talkative(StandInFinder):
    """Says of every pair that it is related, one way or the other."""

    def pairs(self, sight: object, pairs: object) -> list[object]:  # type: ignore[override]
        kinds = ("supports", "opposes", "fights", "arms", "located_in")
        return [
            paired(to=[kinds[(a[0] + b[1]) % 5]], denied=b[0] % 3 == 0) if a[1] % 4 else None
            for a, b in pairs  # type: ignore[attr-defined]
        ]


def read(text: str, found: Found) -> Record:
    return reading_of(text, found, "2016-05-11", Talkative(text, found))


@settings(max_examples=80, deadline=None)
@given(pages())
def test_any_findings_make_a_record_that_agrees_with_itself(page: tuple[str, Found]) -> None:
    record = read(*page)
    check(record)
    assert decode_record(record.to_json()) == record
    assert read(*page).to_json() == record.to_json()
    of = {a.id: a for a in record.attributions}
    known = {e.id for e in record.entities}
    for event in record.events:
        assert event.trigger in event.mentions
        assert {*event.actors, *event.recipients} <= known
        assert (event.date.value is None) == (event.date.precision is None)
        assert event.date.method
        assert -3 <= event.factuality <= 3
        assert event.happening
    told: tuple[Event | Relation | Figure, ...] = (*record.events, *record.relations, *record.figures)
    for entry in told:
        chain = entry.according_to
        assert len(set(chain)) == len(chain)
        for inner, outer in pairwise(chain):
            cue = of[inner].cue[0]
            assert any(cue.within(span) for span in of[outer].content)
        if chain:
            assert of[chain[-1]].within is None


@settings(max_examples=50, deadline=None)
@given(pages())
def test_what_stands_within_the_innermost_claim_is_told_by_it(page: tuple[str, Found]) -> None:
    record = read(*page)
    of = {a.id: a for a in record.attributions}
    for event in record.events:
        inside = [s for key in event.according_to[:1] for s in of[key].content if event.trigger.within(s)]
        # A denial that points back stands outside of what it denies.
        assert not event.according_to or inside or event.status == "denied"
        if not event.according_to:
            assert not any(event.trigger.within(s) for a in record.attributions for s in a.content)


@settings(max_examples=30, deadline=None)
@given(pages())
def test_entries_stand_in_text_order_with_ids_that_count_them(page: tuple[str, Found]) -> None:
    record = read(*page)
    for letter, entries in (("v", record.events), ("r", record.relations), ("f", record.figures)):
        assert [e.id for e in entries] == [f"{letter}{n}" for n in range(1, len(entries) + 1)]
    starts = [e.trigger.start for e in record.events]
    assert starts == sorted(starts)
    keys = list(dict.fromkeys(e.happening for e in record.events))
    assert keys == [f"h{n}" for n in range(1, len(keys) + 1)]


def happens(start: int, end: int, *parties: Party, kind: str = "ASSAULT") -> FoundEvent:
    return FoundEvent((start, end), kind, None, "asserted", (), parties, 2.0, 0.9, 0.5)


def timed(text: str, found: Found) -> Record:
    began = time.process_time()
    record = read(text, found)
    assert time.process_time() - began < LIMIT
    return record


@pytest.mark.parametrize("word", ["bombed ", "denied ", "bombed. ", "met\n\n", "\x00bombed ", "12 killed "])
def test_a_page_of_nothing_but_triggers_is_read_in_time(word: str) -> None:
    text = word * 1200
    stretches = [(i * len(word), i * len(word) + len(word.rstrip())) for i in range(1200)]
    events = tuple(
        happens(*s, Party("actor", *stretches[max(0, i - 1)]), Party("figure", *s), Party("date", *s))
        for i, s in enumerate(stretches)
    )
    timed(text, Found((), (), (), events, NOWHERE))


@pytest.mark.parametrize("name", ["Ann Lee, ", "Russia and ", "the rebels and ", "he and "])
def test_a_sentence_of_2000_names_that_all_act_is_read_in_time(name: str) -> None:
    text = name * 2000 + "bombed Aleppo."
    size = len(name.rstrip(", ").removesuffix(" and"))
    stretches = [(i * len(name), i * len(name) + size) for i in range(2000)]
    names = tuple(Labelled(*s, "person", 1.0) for s in stretches) if name[0].isupper() else ()
    end = len(name) * 2000
    event = happens(
        end, end + 6, *(Party("actor", *s) for s in stretches), Party("recipient", end + 7, end + 13)
    )
    timed(text, Found(names, (), (), (event,), NOWHERE))


def test_a_page_of_claims_and_denials_is_read_in_time() -> None:
    part = "Moscow said Kyiv bombed Donetsk. Kyiv denied the charge. "
    names, statements, events = [], [], []
    for at in range(0, 300 * len(part), len(part)):
        names += [Labelled(at + a, at + b, "place", 1.0) for a, b in ((0, 6), (12, 16), (24, 31), (33, 37))]
        statements += [
            Statement(((at, at + 6),), ((at + 7, at + 11),), ((at + 12, at + 31),), False, 0.9),
            Statement(((at + 33, at + 37),), ((at + 38, at + 44),), ((at + 45, at + 55),), False, 0.9),
        ]
        events.append(
            happens(at + 17, at + 23, Party("actor", at + 12, at + 16), Party("recipient", at + 24, at + 31))
        )
    record = timed(part * 300, Found(tuple(names), (), tuple(statements), tuple(events), NOWHERE))
    assert {e.status for e in record.events} == {"asserted", "denied"}


def test_statements_nested_a_hundred_deep_are_read_in_time() -> None:
    depth = 100
    text = "Lee said " * depth + "Russia bombed Aleppo."
    end = depth * 9
    statements = tuple(
        Statement(((i * 9, i * 9 + 3),), ((i * 9 + 4, i * 9 + 8),), ((i * 9 + 9, len(text) - 1),), i > 0, 0.9)
        for i in range(depth)
    )
    names = (Labelled(end, end + 6, "place", 1.0), Labelled(end + 14, end + 20, "place", 1.0))
    event = happens(end + 7, end + 13, Party("actor", end, end + 6), Party("recipient", end + 14, end + 20))
    [told] = timed(text, Found(names, (), statements, (event,), NOWHERE)).events
    assert len(told.according_to) == depth
