"""Relations: how the parties of a page stand to each other, drawn from pairs of mentions and from events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

import numpy as np

from onrecord.lexicon.known import countries
from onrecord.lexicon.load import rows, word_set
from onrecord.model.finder import Finder
from onrecord.model.found import Stretch
from onrecord.model.labels import MUTUAL, RELATIONS, STANCES
from onrecord.model.pairs import Paired
from onrecord.model.sight import Sight
from onrecord.reading.attributions import Chains
from onrecord.reading.circumstances import NOT_STATED
from onrecord.reading.grounds import Ground, Grounds
from onrecord.reading.numbers import number_words
from onrecord.reading.setting import around
from onrecord.record import Attribution, Date, Entity, Event, Mention, Polarity, Relation
from onrecord.span import Span

_FOLLOWING = 6  # mentions after one in its sentence that it is paired with
_BESIDE = 2  # the same for a place that is no state: it only lies or holds
_MOST = 16  # mentions of a sentence, or sides of an event, that are paired; a list of names is no report
_PARTIES = frozenset({"person", "organization", "place", "group", "nationality"})
_BODIES = frozenset({"organization", "group", "nationality"})
_WORD = re.compile(r"[^\W\d_]+")
_CONTRARY = {"supports": "opposes", "opposes": "supports"}
_LEAST = 0.4  # no bar is lower
_COUNTING = frozenset({"many", "scale", "hundred", "group"})
_HELD = frozenset({"asserted", "habitual"})
_REFUSED = frozenset({"denied", "negated"})


@dataclass(frozen=True, slots=True)
class _Draft:
    subject: str
    object: str
    type: str
    polarity: Polarity
    chain: tuple[str, ...]
    evidence: Stretch
    score: float
    date: Date
    events: tuple[str, ...] = ()
    attributions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parties:
    """What relations are drawn from: text, sentences, mentions, entities, statements and events."""

    text: str
    sentences: Sequence[Stretch]
    mentions: Sequence[Mention]
    entities: Sequence[Entity]
    told: Sequence[Attribution]
    events: Sequence[Event]


@cache
def bars() -> dict[str, dict[Ground, float]]:
    """Give how likely each relation must be to be read, by what ties the two parties."""
    order = (Ground.TOLD, Ground.CLAUSE, Ground.NEAR)
    return {
        row[0]: {g: float(x) for g, x in zip(order, row[1:], strict=True)} for row in rows("relation_bars")
    }


def least() -> dict[str, float]:
    """Give how likely each relation must be where both parties stand in one clause."""
    return {kind: by[Ground.CLAUSE] for kind, by in bars().items()}


@cache
def _by_event() -> dict[tuple[str, str], str]:
    """Give the relation that an event of a type, or of a type in a mode, makes between its parties."""
    return {(row[0], row[1]): row[2] for row in rows("event_relations")}


def relations(page: Parties, finder: Finder, sight: Sight) -> tuple[Relation, ...]:
    """Give the page's relations in text order, each with the best of its evidence."""
    pairs = candidates(page)
    scored = finder.pairs(sight, [((a.start, a.end), (b.start, b.end)) for a, b in pairs])
    chains = Chains(page.told)
    speakers = {t.id: t.speaker for t in page.told}
    grounds = Grounds(page.text, page.told, page.events)
    drafts = [d for (a, b), said in zip(pairs, scored, strict=True) if said is not None
              for d in _from_pair(page, a, b, said, chains, grounds, speakers)]  # fmt: skip
    drafts += [d for e in page.events for d in _from_event(e)]
    known = {e.id: e for e in page.entities}
    fitting = [d for d in drafts if _fits(d.type, known[d.subject], known[d.object])]
    return _gathered(page.text, fitting, speakers)


def _fits(kind: str, subject: Entity, object_: Entity) -> bool:
    """Whether two entities can stand so: a town or a thing takes no side, and nobody belongs to a person."""
    if not (_is_party(subject) and _is_party(object_)):
        return False
    if kind == "located_in":
        return object_.type == "place" and not (subject.type == "place" and not _is_spot(subject))
    if kind == "commands" and object_.type not in _BODIES:
        return False
    if kind == "member_of":
        held = object_.type in _BODIES or (object_.type == "place" and subject.type == "person")
        return held and not _is_spot(object_) and not _is_spot(subject)
    return not _is_spot(subject) and not _is_spot(object_)


def _is_party(entity: Entity) -> bool:
    """Whether an entity is somebody or somewhere: no thing, no bare number, no "those who"."""
    words = entity.name.lower().split()
    return (
        entity.type in _PARTIES
        and any(c.isalpha() for c in entity.name)
        and bool(words)
        and words[0] not in word_set("no party")
    )


def _is_spot(entity: Entity) -> bool:
    """Whether an entity is a place that is no state, nor stands for one: it only lies or holds."""
    return entity.type == "place" and not entity.sectors and entity.name not in countries()


def candidates(page: Parties) -> list[tuple[Mention, Mention]]:
    """Give the pairs of mentions that share a sentence and can be parties, outermost mentions only."""
    kinds = {e.id: e.type for e in page.entities}
    words = {e.id: frozenset(e.name.lower().split()) for e in page.entities}
    spots = {e.id for e in page.entities if _is_spot(e)}
    found: list[tuple[Mention, Mention]] = []
    at = 0
    usable = [
        m
        for m in page.mentions
        if (m.type or kinds[m.entity]) in _PARTIES and any(c.isalpha() for c in m.text)
    ]
    for start, end in page.sentences:
        while at < len(usable) and usable[at].start < start:
            at += 1
        here: list[Mention] = []
        while at < len(usable) and usable[at].start < end:
            # Outermost mentions only: what "Soviet newspapers" do the Soviet Union is not said to do,
            # and what "dozens of rebels" do is the dozens'.
            if not here or (
                usable[at].start >= here[-1].end and not _part_of(page.text, here[-1], usable[at])
            ):
                here.append(usable[at])
            at += 1
        here = here[:_MOST]
        for i, a in enumerate(here):
            for apart, b in enumerate(here[i + 1 : i + 1 + _FOLLOWING]):
                reach = _BESIDE if a.entity in spots or b.entity in spots else _FOLLOWING
                one, other = words[a.entity], words[b.entity]
                # "ISIL" and "the ISIL fighters" are one side; a bare number is nobody.
                alike = one <= other or other <= one
                if a.entity != b.entity and apart < reach and not alike:
                    found.append((a, b))
    return found


def _part_of(text: str, part: Mention, whole: Mention) -> bool:
    """Whether the first words only count some of the second: "dozens of rebels", "a group of Danes"."""
    if part.kind != "nominal" or text[part.end : whole.start] not in (" of ", " of the "):
        return False
    head = part.text.split()[-1].lower()
    return head in word_set("partitive nouns") or number_words().get(head, ("", 0))[0] in _COUNTING


def _from_pair(
    page: Parties,
    a: Mention,
    b: Mention,
    said: Paired,
    chains: Chains,
    grounds: Grounds,
    speakers: Mapping[str, str | None],
) -> Iterable[_Draft]:
    likely = [
        (int(w), RELATIONS[k], float(said.relations[w, k]))
        for w, k in zip(*np.nonzero(said.relations >= _LEAST), strict=True)
    ]
    for at in np.flatnonzero(said.stance >= _LEAST):
        if at:
            who, kind, _ = STANCES[at].split("_")
            likely.append((0 if who == "a" else 1, kind, float(said.stance[at])))
    if not likely:
        return
    over_a, over_b = chains.over(a.start, a.end), chains.over(b.start, b.end)
    chain = _shared(over_a, over_b)
    own = {k for k in (*over_a, *over_b) if k not in chain}
    evidence = around(page.sentences, a.start, b.end)
    chosen: dict[tuple[int, str], float] = {}
    for way, kind, sure in likely:
        if kind in MUTUAL and way == 1:
            continue
        one, other = (a, b) if way == 0 else (b, a)
        if sure >= bars()[kind][grounds.of(kind, one, other, sorted(own), evidence)]:
            chosen[way, kind] = max(sure, chosen.get((way, kind), 0.0))
    # What one of the two says of the other stands behind the relation.
    words = tuple(sorted(k for k in own if speakers[k] in (a.entity, b.entity)))
    for (way, kind), sure in chosen.items():
        if sure < chosen.get((way, _CONTRARY.get(kind, "")), 0):
            continue
        one, other = (a, b) if way == 0 else (b, a)
        denied = said.denied[way, RELATIONS.index(kind)] >= 0.5
        yield _Draft(
            one.entity, other.entity, kind, "negative" if denied else "positive", chain, evidence,
            round(sure, 3), Date(None, None, NOT_STATED), (), words,
        )  # fmt: skip


def _from_event(e: Event) -> Iterable[_Draft]:
    kind = _by_event().get((e.type, e.mode or ""), _by_event().get((e.type, "")))
    if kind is None or e.status not in _HELD | _REFUSED:
        return
    if kind == "arms" and word_set("names of arms").isdisjoint(
        w.lower() for w in _WORD.findall(e.evidence.text)
    ):
        kind = "supports"  # training and advice are military help, and no weapons
    for one, other in product(e.actors[:_MOST], e.recipients[:_MOST]):
        if one != other and not (
            kind in MUTUAL and one > other and other in e.actors and one in e.recipients
        ):
            yield _Draft(
                one, other, kind, "negative" if e.status in _REFUSED else "positive", e.according_to,
                (e.evidence.start, e.evidence.end), e.score, e.date, (e.id,),
            )  # fmt: skip


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Give the chain that holds both ends: what their chains share, outermost on."""
    n = 0
    while n < min(len(one), len(other)) and one[-1 - n] == other[-1 - n]:
        n += 1
    return one[len(one) - n :]


def _gathered(
    text: str, drafts: Iterable[_Draft], speakers: Mapping[str, str | None]
) -> tuple[Relation, ...]:
    """Bring together what is said alike by the same tellers; the surest evidence stands."""
    alike: dict[tuple[object, ...], list[_Draft]] = {}
    for d in drafts:
        alike.setdefault((*_told_of(d), tuple(speakers[a] or a for a in d.chain)), []).append(d)
    # What somebody says of its own stand, and the page too, with those words behind it, is one.
    for key in [k for k in alike if k[-1] == (k[0],)]:
        page_s = (*key[:-1], ())
        if any(d.attributions for d in alike.get(page_s, ())):
            alike[page_s] += alike.pop(key)
    kept = []
    for key, same in alike.items():
        best = max((d for d in same if bool(d.chain) == bool(key[-1])), key=lambda d: d.score)
        kept.append(
            replace(
                best,
                date=next((d.date for d in same if d.date.value is not None), same[0].date),
                events=tuple(dict.fromkeys(e for d in same for e in d.events)),
                attributions=tuple(dict.fromkeys(a for d in same for a in d.attributions)),
            )
        )
    ordered = sorted(kept, key=lambda d: (d.evidence, d.subject, d.object, d.type, d.polarity, d.chain))
    return tuple(
        Relation(
            f"r{i + 1}", d.subject, d.object, d.type, Span.cut(text, *d.evidence), d.chain, d.polarity,  # type: ignore[arg-type]
            d.date, d.events, d.attributions, d.score,
        )
        for i, d in enumerate(ordered)
    )  # fmt: skip


def _told_of(d: _Draft) -> tuple[str, str, str, Polarity]:
    """Give what a draft says, whoever says it; a mutual relation in one order of its sides."""
    one, other = sorted((d.subject, d.object)) if d.type in MUTUAL else (d.subject, d.object)
    return one, other, d.type, d.polarity
