"""Happenings: which entries tell the same thing.

What one teller tells twice is one entry; what two tell stays two, under one key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.lexicon.forms import bases
from onrecord.record import Attribution, Event

BOTH_WAYS = frozenset({"CONSULT", "AGREE", "COOPERATE"})
_LIKE = {"denied": "asserted", "negated": "asserted"}  # who denies it speaks of the same thing
_BEFORE = 60  # characters that hold the two words before a trigger
_LOOKED_BACK = 40  # entries; a page that tells more between has moved on


def happenings(drafts: Sequence[Event], told: Sequence[Attribution]) -> tuple[Event, ...]:
    """Give entries with ids and keys, in text order; what one teller tells twice is one entry."""
    speakers = {a.id: a.speaker for a in told}
    kept: list[Event] = []
    count = 0
    for draft in sorted(drafts, key=lambda d: (d.trigger.start, d.evidence.start, d.according_to)):
        same = [k for k in range(max(0, len(kept) - _LOOKED_BACK), len(kept)) if _same(kept[k], draft)]
        if not same:
            count += 1
            kept.append(replace(draft, happening=f"h{count}"))
            continue
        tellers = _tellers(draft, speakers)
        mine = next(
            (k for k in same if kept[k].status == draft.status and _tellers(kept[k], speakers) == tellers),
            None,
        )
        if mine is None:
            kept.append(replace(draft, happening=kept[same[-1]].happening))
        else:
            kept[mine] = _together(kept[mine], draft)
    return tuple(replace(e, id=f"v{i + 1}") for i, e in enumerate(kept))


def _tellers(event: Event, speakers: dict[str, str | None]) -> tuple[str, ...]:
    """Give who tells it, innermost first; a statement without a speaker is a teller of its own."""
    return tuple(speakers[a] or a for a in event.according_to)


def _same(one: Event, other: Event) -> bool:
    """Whether two entries can tell one happening, and say enough alike that they do."""
    if one.trigger == other.trigger:
        return True
    if one.type != other.type or _LIKE.get(one.status, one.status) != _LIKE.get(other.status, other.status):
        return False
    if not _dates_agree(one, other):
        return False
    a, b = (set(one.actors), set(other.actors))
    r, s = (set(one.recipients), set(other.recipients))
    if one.type in BOTH_WAYS:
        a, b, r, s = a | r, b | s, set(), set()
        if not a or not b or not (a <= b or b <= a):
            return False
        full = a == b and len(a) > 1
    else:
        if (a and b and not a & b) or (r and s and not r & s) or not (a & b or r & s):
            return False
        full = bool(a & b and r & s)
    alike = _stem(one) == _stem(other) or one.mode == other.mode
    return alike and (full or _pointed_back(other))


def _stem(event: Event) -> str:
    word = event.trigger.text.split()[0].lower()
    return bases(word)[-1][:5]


def _pointed_back(event: Event) -> bool:
    """Whether the later words speak of something known: "the attack", "this visit"."""
    at = event.trigger.start - event.evidence.start
    before = event.evidence.text[max(0, at - _BEFORE) : max(0, at)].lower().split()
    return bool(
        {"the", "this", "that", "these", "those", "his", "her", "its", "their"}.intersection(before[-2:])
    )


def _dates_agree(one: Event, other: Event) -> bool:
    a, b = one.date.value, other.date.value
    return a is None or b is None or a.startswith(b[:10]) or b.startswith(a[:10])


def _together(one: Event, other: Event) -> Event:
    """Give the first entry with what the second adds to it."""
    actors, recipients = one.actors or other.actors, one.recipients or other.recipients
    if one.type in BOTH_WAYS and {*one.actors, *one.recipients} < {*other.actors, *other.recipients}:
        actors, recipients = other.actors, other.recipients
    return replace(
        one,
        actors=actors,
        recipients=recipients,
        date=next((d for d in (one.date, other.date) if d.value is not None), one.date),
        place=one.place or other.place,
        contexts=one.contexts or other.contexts,
        # Drafts come in text order, and so do their triggers.
        mentions=one.mentions if other.mentions[0] in one.mentions[-2:] else one.mentions + other.mentions,
        score=max(one.score, other.score),
    )
