"""Events: what the model found, made into entries with parties, date, place, status and chain."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from onrecord.lexicon.forms import bases
from onrecord.lexicon.load import word_set
from onrecord.lexicon.plover import scores
from onrecord.model.found import FoundEvent, Party, Stretch
from onrecord.reading.attributions import Chains
from onrecord.reading.circumstances import means, when, where
from onrecord.reading.denials import denials
from onrecord.reading.gather import Gathered
from onrecord.reading.happenings import BOTH_WAYS, happenings
from onrecord.reading.setting import around
from onrecord.reading.status import status
from onrecord.record import Attribution, Event, Mention, Place, Time
from onrecord.span import Span

T = TypeVar("T", Time, Mention)
_BEFORE = 20  # characters that hold the word before a party
_NEAR, _FEW = 60, 4  # characters, and words of them, beside a trigger
_SIDE_BY_SIDE = 3  # words between a light verb and the noun that names the deed


@dataclass(frozen=True, slots=True)
class Page:
    """What an event's entry is made from, beside the event: the page's text and all that was read of it."""

    text: str
    sentences: Sequence[Stretch]
    gathered: Gathered
    told: Sequence[Attribution]
    times: Sequence[Time]
    places: Sequence[Place]
    title: Span | None = None


def events(page: Page, found: Sequence[FoundEvent]) -> tuple[Event, ...]:
    """Make the entries, in text order, those of one happening told together."""
    chains = Chains(page.told)
    attitudes = {a.id: a.attitude for a in page.told}
    located = {p.mention for p in page.places}
    placed = [m for m in page.gathered.mentions if m.id in located]
    drafts = [_entry(page, f, chains, attitudes, placed) for f in one_a_deed(page.text, found)]
    made = [d for d in drafts if d is not None]
    return happenings([*made, *denials(page.text, page.sentences, made, page.told, page.gathered.entities)],
                      page.told)  # fmt: skip


def one_a_deed(text: str, found: Sequence[FoundEvent]) -> list[FoundEvent]:
    """Give the events without the second word of one deed: "conducted strikes" is one event.

    A light verb gives its parties to the trigger right after it; of two triggers of one type side by side the
    surer one stays, with the parties of both. A trigger without a word is none.
    """
    kept: list[FoundEvent] = []
    for f in sorted(found, key=lambda f: f.trigger):
        if not text[slice(*f.trigger)].strip():
            continue
        before = kept[-1] if kept else None
        if before is None:
            kept.append(f)
            continue
        gap = text[before.trigger[1] : f.trigger[0]]
        near = len(gap.split()) <= _SIDE_BY_SIDE and not any(c in gap for c in ".;,\n")
        light = text[slice(*before.trigger)].lower().split()[0] in word_set("light verbs")
        if near and (light or (f.type == before.type and _agree(before, f))):
            chosen = f if light or f.score >= before.score else before
            kept[-1] = replace(chosen, parties=_joined_parties(chosen, before if chosen is f else f))
        else:
            kept.append(f)
    return kept


def _agree(one: FoundEvent, other: FoundEvent) -> bool:
    """Whether two triggers share an actor or a recipient, or one of them has none of its own."""
    mine, theirs = ({(p.role, p.start) for p in e.parties if p.role != "date"} for e in (one, other))
    return not mine or not theirs or bool(mine & theirs)


def _joined_parties(chosen: FoundEvent, other: FoundEvent) -> tuple[Party, ...]:
    """Give the chosen trigger's parties, and the other's in the roles that it has none for."""
    own = {p.role for p in chosen.parties}
    more = [p for p in other.parties if p.role not in own and not {p.role, *own} >= {"both", "actor"}]
    return tuple(sorted((*chosen.parties, *more), key=lambda p: (p.start, p.end, p.role)))


def _entry(
    page: Page, f: FoundEvent, chains: Chains, attitudes: Mapping[str, str], placed: Sequence[Mention]
) -> Event | None:
    f = _not_against(page.text, f)
    actors = _entities(page, f, ("actor", "both"))
    recipients = _entities(page, f, ("recipient", "both"))
    words = page.text[slice(*f.trigger)].lower()
    if not f.parties or _no_deed(words) or (f.type == "ASSAULT" and _struck_a_deal(page.text, f.trigger)):
        return None  # a deed of nobody, to nobody, nowhere is no record of who did what
    if len(set(actors) | set(recipients)) < 2:
        recipients = tuple(r for r in recipients if r not in actors)
    elif f.type in BOTH_WAYS and not recipients:
        recipients = actors  # "A and B met": each side is both
    mode = means(page.text, f)
    headline = page.title is not None and page.title.start <= f.trigger[0] < page.title.end
    chain = chains.over(*f.trigger)
    evidence = _sentence(page, f.trigger)
    # What opens the sentence ("In Syria, …") holds for deeds told by whoever tells the opening.
    opened = evidence if chains.over(evidence.start, evidence.start + 1) == chain else None
    times = _within(page.times, evidence)
    spots = _within(placed, evidence)
    return Event(
        id="",
        type=f.type,  # type: ignore[arg-type]
        mode=mode,
        contexts=f.contexts,
        trigger=Span.cut(page.text, *f.trigger),
        actors=actors,
        recipients=recipients,
        date=when(page.text, f, times, opened),
        place=where(f, spots, opened),
        status=status(page.text, f, [attitudes[a] for a in chain], headline=headline),
        according_to=chain,
        evidence=evidence,
        quad=scores(f.type, mode).quad,
        factuality=round(f.factuality, 2),
        score=round(f.score, 3),
        happening="",
        mentions=(Span.cut(page.text, *f.trigger),),
    )


def _no_deed(words: str) -> bool:
    """Whether no word of a trigger can be a deed: marks, prepositions, plain saying, "the case"."""
    return word_set("no deeds").issuperset(w for w in words.split() if any(c.isalnum() for c in w))


def _struck_a_deal(text: str, trigger: Stretch) -> bool:
    """Whether what is struck is a deal: "the two struck a bargain", "contracts were struck"."""
    start, end = trigger
    if "strike" not in bases(text[start:end].lower().split()[0]):
        return False
    before = text[max(0, start - _NEAR) : start].lower().replace(",", " ").split()[-_FEW:]
    after = text[end : end + _NEAR].lower().replace(".", " ").split()[:_FEW]
    return not word_set("what is struck in peace").isdisjoint((*before, *after))


def _not_against(text: str, f: FoundEvent) -> FoundEvent:
    """Give the event without those whom a friendly deed is against: "Iraqis unite against ISIL"."""
    if scores(f.type, None).quad.endswith("conflict"):
        return f
    kept = tuple(
        p
        for p in f.parties
        if p.role not in ("recipient", "both")
        or text[max(0, p.start - _BEFORE) : p.start].split()[-1:] != ["against"]
    )
    return f if len(kept) == len(f.parties) else replace(f, parties=kept)


def _entities(page: Page, f: FoundEvent, roles: Sequence[str]) -> tuple[str, ...]:
    """Give the entities that play some roles, in text order, each once."""
    of = page.gathered.participants
    found = (e for p in f.parties if p.role in roles for e in of.get((p.start, p.end), ()))
    return tuple(dict.fromkeys(found))


def _within(found: Sequence[T], sentence: Span) -> Sequence[T]:
    """Give those of some entries in text order that begin within a sentence."""
    begin = bisect_left(found, sentence.start, key=lambda x: x.start)
    return found[begin : bisect_left(found, sentence.end, key=lambda x: x.start)]


def _sentence(page: Page, stretch: Stretch) -> Span:
    return Span.cut(page.text, *around(page.sentences, *stretch))
