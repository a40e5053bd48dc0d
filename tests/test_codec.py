"""Records checked and carried through JSON: what disagrees is refused, the rest comes back whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import pytest
from handmade_events import UNKNOWN, Builder, harbor_record
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.codec import check, decode_record
from onrecord.errors import RecordError
from onrecord.lexicon.plover import scores
from onrecord.record import Attitude, Date, EventType, Figure, Record, RelationType, Status
from onrecord.span import Span


@pytest.fixture
def harbor() -> Record:
    return harbor_record()


def events(record: Record, at: int, **fields: object) -> Record:
    """Give the record with one event changed."""
    changed = list(record.events)
    changed[at] = replace(changed[at], **fields)  # type: ignore[arg-type]
    return replace(record, events=tuple(changed))


def first(record: Record, group: str, **fields: object) -> Record:
    """Give the record with the first entry of a group changed."""
    entry, *others = getattr(record, group)
    return replace(record, **{group: (replace(entry, **fields), *others)})  # type: ignore[arg-type]


ELSEWHERE = Span(0, 5, "wrong")
BROKEN: dict[str, tuple[Callable[[Record], Record], str]] = {
    "an actor": (lambda r: events(r, 0, actors=("e99",)), "no entity 'e99'"),
    "a recipient": (lambda r: events(r, 0, recipients=("e99",)), "no entity 'e99'"),
    "a place": (lambda r: events(r, 0, place="m99"), "no mention of a place 'm99'"),
    "a place that is none": (lambda r: events(r, 0, place="m2"), "no mention of a place 'm2'"),
    "a link of a chain": (lambda r: events(r, 0, according_to=("a99",)), "no attribution 'a99'"),
    "a trigger": (lambda r: events(r, 0, trigger=ELSEWHERE), "does not quote"),
    "a mention": (lambda r: events(r, 0, mentions=(ELSEWHERE,)), "does not quote"),
    "mentions without the trigger": (
        lambda r: events(r, 0, mentions=r.events[1].mentions[1:]),
        "its trigger among them",
    ),
    "mentions out of order": (
        lambda r: events(r, 0, mentions=r.events[0].mentions[::-1]),
        "in text order",
    ),
    "an event's date": (
        lambda r: events(r, 0, date=Date("1962", "year", "text", ELSEWHERE)),
        "does not quote",
    ),
    "a subject": (lambda r: first(r, "relations", subject="e99"), "no entity 'e99'"),
    "a relation's event": (lambda r: first(r, "relations", events=("v99",)), "no event 'v99'"),
    "a relation's statement": (
        lambda r: first(r, "relations", attributions=("a99",)),
        "no attribution 'a99'",
    ),
    "a relation's date": (
        lambda r: first(r, "relations", date=Date("1962", "year", "text", ELSEWHERE)),
        "does not quote",
    ),
    "a figure's event": (lambda r: first(r, "figures", event="v99"), "no event 'v99'"),
    "a figure's period": (lambda r: first(r, "figures", period=ELSEWHERE), "does not quote"),
    "a chain that skips its holder": (lambda r: events(r, 0, according_to=("a2",)), "chain of 'v1'"),
    "a chain the wrong way round": (lambda r: events(r, 0, according_to=("a1", "a2")), "chain of 'v1'"),
    "a chain through strangers": (lambda r: events(r, 0, according_to=("a2", "a3")), "chain of 'v1'"),
    "a chain that turns back": (lambda r: events(r, 0, according_to=("a2", "a1", "a2")), "chain of 'v1'"),
    "an id of two": (lambda r: events(r, 1, id="v1"), "'v1' is there twice"),
    "a holder that holds itself": (lambda r: first(r, "attributions", within="a2"), "holds itself"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_does_not_agree_is_refused(harbor: Record, what: str) -> None:
    breaks, message = BROKEN[what]
    with pytest.raises(RecordError, match=message):
        check(breaks(harbor))


def test_a_long_chain_of_holders_is_checked_in_one_go() -> None:
    text = "x" * 3000
    b = Builder(text)
    for n in range(3000):
        span = Span(0, 3000 - n, text[n:])
        b.says("", "x", "x", None, within=f"a{n}" if n else None)
        b.statements[-1] = replace(b.statements[-1], content=(span,))
    assert len(b.record().attributions) == 3000


def test_a_record_with_everything_survives_its_json(harbor: Record) -> None:
    again = decode_record(harbor.to_json())
    assert again == harbor
    assert again.to_json() == harbor.to_json()


def test_a_record_from_before_the_second_half_can_still_be_read(harbor: Record) -> None:
    import json

    old = json.loads(harbor.to_json())
    for relation in old["relations"]:
        for name in ("polarity", "date", "events", "attributions", "score"):
            del relation[name]
    for figure in old["figures"]:
        del figure["event"], figure["period"]
    assert decode_record(json.dumps(old)).relations[0].polarity == "positive"


WORDS = st.text(st.characters(codec="utf-8"), min_size=2, max_size=60)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Draw records: any text, any number of entries, every id and span in order."""
    text = draw(WORDS)
    b = Builder(text)

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span.cut(text, start, draw(st.integers(start + 1, len(text))))

    def date() -> Date:
        dated = st.sampled_from([UNKNOWN, Date("1962-10", "month", "text", span())])
        return draw(dated)

    def chain() -> tuple[str, ...]:
        links: list[str] = []
        at = draw(st.sampled_from([None, *(a.id for a in b.statements)]))
        while at is not None:
            links.append(at)
            at = next(a.within for a in b.statements if a.id == at)
        return tuple(links)

    for _ in range(draw(st.integers(1, 3))):
        b.party(span().text, draw(st.sampled_from(["person", "place"])))
    for _ in range(draw(st.integers(0, 4))):
        within = draw(st.sampled_from([None, *(a.id for a in b.statements)]))
        attitude = draw(st.sampled_from(get_args(Attitude)))
        speaker = draw(st.sampled_from([None, *b.entities]))
        b.says("", text[:1], span().text, speaker, within=within, attitude=attitude)
    parties = st.lists(st.sampled_from(list(b.entities)), max_size=3)
    places = [m.id for m in b.mentions if b.entities[m.entity].type == "place"]
    for _ in range(draw(st.integers(0, 4))):
        kind, told = draw(st.sampled_from(get_args(EventType))), sorted({span(), span()})
        b.happens(
            kind, draw(st.sampled_from(told)), " ".join(draw(parties)), " ".join(draw(parties)),
            mentions=tuple(told), date=date(), according_to=chain(),
            place=draw(st.sampled_from([None, *places])),
            status=draw(st.sampled_from(get_args(Status))), factuality=draw(st.floats(-3, 3)),
            happening=draw(st.sampled_from(["h1", "h2"])), quad=scores(kind).quad,
        )  # fmt: skip
    some = st.sampled_from(list(b.entities))
    for _ in range(draw(st.integers(0, 3))):
        b.relates(
            draw(some), draw(st.sampled_from(get_args(RelationType))), draw(some), span().text, date=date(),
            polarity=draw(st.sampled_from(["positive", "negative"])), according_to=chain(),
            events=tuple(v.id for v in b.events[:1]), attributions=tuple(a.id for a in b.statements[:1]),
            score=draw(st.floats(0, 1)),
        )  # fmt: skip
    event = b.events[0].id if b.events else None
    figure = Figure(
        "f1", draw(st.integers()), None, 2.5, True, "person", None, span(), chain(), event, span()
    )
    return b.record(figures=(figure,))


@settings(max_examples=80, deadline=None)
@given(records())
def test_any_record_survives_its_json(record: Record) -> None:
    again = decode_record(record.to_json())
    assert again == record
    assert again.to_json() == record.to_json()


@settings(max_examples=25, deadline=None)
@given(records())
def test_any_record_can_be_shown_and_explained(record: Record) -> None:
    from onrecord.explain import explain_all
    from onrecord.export import FORMATS, export

    for form in FORMATS:
        assert "".join(export([record], form))
    told = explain_all(record)
    for group in (record.attributions, record.events, record.relations, record.figures):
        assert all(f"{entry.id}, " in told for entry in group)
