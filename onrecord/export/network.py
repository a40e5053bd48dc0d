"""Who stands how to whom, as nodes and signed edges: what the graph formats write."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from onrecord.export.claimants import PAGE, Cast
from onrecord.export.paged import Paged
from onrecord.lexicon.plover import scores
from onrecord.record import Entity, Event, Relation

Identity = Callable[[Paged, Entity], tuple[str, str]]
"""Gives the key and the name of an entity across pages: the store's actors, where there is a store."""

_SIGNS = {
    "supports": 1, "allied_with": 1, "arms": 1, "funds": 1, "opposes": -1, "fights": -1, "commands": 0,
    "member_of": 0, "communicated_with": 0, "located_in": 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edge:
    """From whom to whom. ``sign`` is 1, -1 or 0; of what was denied or did not happen, its sign if it had."""

    key: str
    source: str
    target: str
    kind: str  # "event" or "relation"
    type: str
    sign: int
    weight: float  # PLOVER's score for an event, the sign for a relation
    status: str  # an event's status, a relation's polarity
    date: str  # ISO, as precise as known; empty where it is not
    claimant: str  # the innermost; "page" is the page's own voice
    chain: str  # all of them, innermost first, parted by " | "
    page: str
    outlet: str
    words: str
    score: float


@dataclass(frozen=True, slots=True)
class Node:
    """A party: ``pages`` is on how many pages it stands."""

    key: str
    name: str
    type: str
    country: str
    sectors: str
    pages: int


def by_name(page: Paged, entity: Entity) -> tuple[str, str]:
    """Take entities of one name, type and country for one, and nothing else: the identity without a store.

    What a page knows only by a description ("the harbor master", "they") stays that page's own.
    """
    own = "" if any(m.kind == "name" for m in page.record.mentions if m.entity == entity.id) else page.id
    what = json.dumps([entity.name.casefold(), entity.type, entity.country, own], ensure_ascii=False)
    return hashlib.sha256(what.encode("utf-8", "surrogatepass")).hexdigest()[:16], entity.name


def network(pages: Iterable[Paged], identity: Identity = by_name) -> tuple[list[Node], list[Edge]]:
    """Give the parties of events and relations, and an edge from each actor or subject to each other side."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for page in pages:
        cast = Cast.of(page.record)
        keys = {e.id: identity(page, e) for e in page.record.entities}
        for key, edge in _edges(page, cast):
            one, other = edge
            if keys[one][0] != keys[other][0]:
                edges.append(_edge(page, cast, key, keys[one][0], keys[other][0], f"{one}-{other}"))
        seen: set[str] = set()
        for e in page.record.entities:
            node, name = keys[e.id]
            before = nodes.get(node)
            count = (before.pages if before else 0) + (node not in seen)
            seen.add(node)
            sectors = sorted({*(before.sectors.split() if before else ()), *e.sectors})
            first = before or Node(node, name, e.type, e.country or "", "", 0)
            nodes[node] = Node(
                node, first.name, first.type, first.country or e.country or "", " ".join(sectors), count
            )
    used = {key for edge in edges for key in (edge.source, edge.target)}
    return [nodes[key] for key in sorted(used)], sorted(edges, key=lambda edge: edge.key)


def _edges(page: Paged, cast: Cast) -> Iterator[tuple[Event | Relation, tuple[str, str]]]:
    for event in page.record.events:
        pairs = dict.fromkeys((a, b) for a in event.actors for b in event.recipients if a != b)
        yield from ((event, pair) for pair in pairs)
    for relation in page.record.relations:
        yield relation, (relation.subject, relation.object)


def _edge(page: Paged, cast: Cast, entry: Event | Relation, one: str, other: str, ends: str) -> Edge:
    names = [who.name for who in cast.chain(entry.according_to)]
    status: str
    if isinstance(entry, Event):
        kind, status = "event", entry.status
        sign, weight = 1 if entry.quad.endswith("cooperation") else -1, scores(entry.type, entry.mode).plover
    else:
        kind, status, sign = "relation", entry.polarity, _SIGNS[entry.type]
        weight = float(sign)
    return Edge(
        key=f"{page.id}-{entry.id}-{ends}", source=one, target=other, kind=kind, type=entry.type, sign=sign,
        weight=weight, status=status, date=entry.date.value or "", claimant=names[0] if names else PAGE,
        chain=" | ".join(names), page=page.id, outlet=page.record.document.outlet or "",
        words=entry.evidence.text, score=entry.score,
    )  # fmt: skip
