"""Passages written for training: statements inside statements, events, parties, relations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.model.labels import MUTUAL
from training.corpora import Example, Gold, GoldEvent, GoldPair, Stretch
from training.written.markup import Attribution, parse
from training.written.scenes import Event, Scene, scenes

FOLDER = Path(__file__).parent
_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘(]?[A-Z0-9])|\n+")


def passages(pattern: str = "attributions_[a-s]*.txt") -> Iterator[Example]:
    """Give the written passages of the files that match; by default those for training, not the test."""
    for path in sorted(FOLDER.glob(pattern)):
        for k, passage in enumerate(parse(path)):
            golds = _golds(passage["attributions"])
            yield Example(f"{path.stem}-{k}", passage["text"], attributions=golds, nested_known=True)


def eventful(pattern: str = "events_[a-s]*.txt") -> Iterator[Example]:
    """Give the written passages with events of the files that match; by default those for training."""
    for path in sorted(FOLDER.glob(pattern)):
        yield from examples(path.stem, scenes(path))


def examples(stem: str, found: Iterable[Scene]) -> Iterator[Example]:
    """Make examples of scenes."""
    for k, scene in enumerate(found):
        yield Example(
            f"{stem}-{k}",
            scene.text,
            attributions=_golds(scene.attributions),
            nested_known=True,
            events=tuple(_event(e) for e in scene.events),
            pairs=tuple(_pairs(scene)),
        )


def _golds(attributions: list[Attribution]) -> tuple[Gold, ...]:
    return tuple(
        Gold(tuple(a["source"]), tuple(a["cue"]), tuple(a["content"]), a["within"] is not None)
        for a in attributions
    )


def _event(e: Event) -> GoldEvent:
    both = set(e.actors) & set(e.recipients)
    roles = [("both", s) for s in sorted(both)]
    roles += [("actor", s) for s in e.actors if s not in both]
    roles += [("recipient", s) for s in e.recipients if s not in both]
    roles += [("place", s) for s in e.places] + [("date", s) for s in e.dates]
    roles += [("figure", s) for s in e.figures]
    return GoldEvent(e.trigger, e.type, e.mode, e.status, e.contexts, tuple(roles))


def _pairs(scene: Scene) -> Iterator[GoldPair]:
    """Give every pair of marked parties that share a sentence, with what they do and are to each other."""
    number: dict[Stretch, int] = {s: n for n, spans in scene.entities.items() for s in spans}
    parties = sorted({*number, *(s for e in scene.events for s in (*e.actors, *e.recipients))})
    bounds = [m.end() for m in _SENTENCE_END.finditer(scene.text)] + [len(scene.text)]
    sentence = {s: next(i for i, end in enumerate(bounds) if s[0] < end) for s in parties}
    told = {(r.subject, r.object) for r in scene.relations}
    nearest: dict[frozenset[int], tuple[int, Stretch, Stretch]] = {}
    for i, a in enumerate(parties):
        for b in parties[i + 1 :]:
            if a in number and b in number and number[a] != number[b]:
                key = frozenset((number[a], number[b]))
                apart = abs(b[0] - a[1]) + 1000 * (sentence[a] != sentence[b])
                if key not in nearest or apart < nearest[key][0]:
                    nearest[key] = apart, a, b
    for i, a in enumerate(parties):
        for b in parties[i + 1 :]:
            if sentence[a] != sentence[b] or b[0] < a[1]:
                continue
            deeds = _deed(scene, a, b), _deed(scene, b, a)
            relations = negative = None
            stance = None
            if a in number and b in number and number[a] != number[b]:
                m, n = number[a], number[b]
                related = (m, n) in told or (n, m) in told
                if not related or nearest[frozenset((m, n))][1:] == (a, b):
                    relations = _relations(scene, m, n, False), _relations(scene, n, m, False)
                    negative = _relations(scene, m, n, True), _relations(scene, n, m, True)
                    stance = _stance(*relations, negated=bool(negative[0] | negative[1]))
                    relations = relations[0] | negative[0], relations[1] | negative[1]
            yield GoldPair(a, b, stance, deeds, relations, negative or (frozenset(), frozenset()))


def _deed(scene: Scene, a: Stretch, b: Stretch) -> str | None:
    kinds = {e.type for e in scene.events if a in e.actors and b in e.recipients}
    return "none" if not kinds else kinds.pop() if len(kinds) == 1 else None


def _relations(scene: Scene, m: int, n: int, negative: bool) -> frozenset[str]:
    return frozenset(
        r.type
        for r in scene.relations
        if r.negative == negative
        and ((r.subject, r.object) == (m, n) or (r.type in MUTUAL and (r.object, r.subject) == (m, n)))
    )


def _stance(to: frozenset[str], back: frozenset[str], *, negated: bool) -> str | None:
    if negated or (to | back) & {"fights", "allied_with", "arms", "funds"}:
        return None  # the stance corpus says nothing on how these count
    found = {f"a_{r}_b" for r in to & {"supports", "opposes"}} | {
        f"b_{r}_a" for r in back & {"supports", "opposes"}
    }
    return "none" if not found else found.pop() if len(found) == 1 else None
