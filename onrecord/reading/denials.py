"""Denials: "Kyiv denied the charge" is tied to what was charged, where the page lets that be seen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.lexicon.load import word_set
from onrecord.model.found import Stretch
from onrecord.reading.attributions import Chains
from onrecord.reading.setting import around
from onrecord.record import Attribution, Entity, Event
from onrecord.span import Span

_DENIES = frozenset({"denies", "rejects"})
_BACK = 3  # sentences between what is claimed and its denial
_MOST = 12  # events before a denial that it may be of; more stand in no four sentences of a report
_POINTERS = frozenset({"this", "that", "it", "them", "these", "those"})
_FEW, _SHORT = 8, 160  # words, and characters, of a content that only points back


def denials(
    text: str,
    sentences: Sequence[Stretch],
    events: Iterable[Event],
    told: Sequence[Attribution],
    entities: Sequence[Entity],
) -> list[Event]:
    """Give, for each denial that points back, an entry of each event that it denies.

    A denial points back where its content names a claim and tells no event itself ("the allegations",
    "this", "any involvement"). It denies what others said, in the sentences just before, that the denier had
    done; where nothing of that kind was said, what the last statement by another tells.
    """
    starts = [start for start, _ in sentences]
    country = {e.id: e.country for e in entities}
    events = sorted(events, key=lambda e: e.trigger.start)
    triggers = [e.trigger.start for e in events]
    chains = Chains(told)
    speakers = {a.id: a.speaker for a in told}
    telling = {e.according_to[0] for e in events if e.according_to}
    found = []
    for a in told:
        if a.attitude not in _DENIES or a.speaker is None or a.id in telling:
            continue
        if not _points_back(a.content):
            continue
        at = bisect_right(starts, a.cue[0].start) - 1
        since = starts[max(0, at - _BACK)]
        stop = bisect_left(triggers, a.cue[0].start)
        claimed = [
            e for e in events[max(bisect_left(triggers, since), stop - _MOST) : stop]
            if e.according_to and e.status != "denied"
            and a.id not in e.according_to and speakers[e.according_to[0]] != a.speaker
        ]  # fmt: skip
        mine = [e for e in claimed if _did(e, a.speaker, country)]
        if not mine and claimed:
            last = claimed[-1].according_to[0]
            mine = [
                e for e in claimed if e.according_to[0] == last and a.speaker in (*e.actors, *e.recipients)
            ]
        if not mine:
            continue
        chain = chains.of(a.id)
        evidence = Span.cut(text, *around(sentences, a.cue[0].start, a.cue[0].start))
        found += [replace(e, status="denied", according_to=chain, evidence=evidence) for e in mine]
    return found


def _points_back(content: Sequence[Span]) -> bool:
    if sum(span.end - span.start for span in content) > _SHORT:
        return False  # contents nest: to cut each into words would take far longer than the page is
    words = [w.strip(".,;:\"“”'’").lower() for span in content for w in span.text.split()]
    # "that" and "it" point back where they end the words; "that it rained" tells something.
    pointing = [w for k, w in enumerate(words, 1) if w not in _POINTERS or k == len(words)]
    return len(words) <= _FEW and any(w in word_set("claims told before") for w in pointing)


def _did(event: Event, denier: str, country: dict[str, str | None]) -> bool:
    """Whether the denier did the deed, or somebody of its country did."""
    home = country.get(denier)
    return any(e == denier or (home is not None and country.get(e) == home) for e in event.actors)
