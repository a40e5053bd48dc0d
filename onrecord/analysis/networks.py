"""Who supports, opposes, fights, arms and talks to whom: signed, directed, compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from onrecord.analysis.scope import DENIED, HAPPENED
from onrecord.store.filter import Filter
from onrecord.store.naming import is_proper
from onrecord.store.narrowing import What
from onrecord.store.network_rows import Link, links
from onrecord.store.view import View

Tie = Literal["supports", "helps", "arms", "talks", "asks", "opposes", "presses", "fights"]
Sign = Literal["positive", "negative", "neutral", "mixed"]
TIES: tuple[Tie, ...] = ("supports", "helps", "arms", "talks", "asks", "opposes", "presses", "fights")
MOST = 10_000
"""So many of the newest events, and as many relations, make a network at most."""

SIGNS: dict[Tie, int] = {
    "supports": 1, "helps": 1, "arms": 1, "talks": 0, "asks": 0, "opposes": -1, "presses": -1, "fights": -1,
}  # fmt: skip
"""Talks and demands say nothing of how two stand to each other, whatever they weigh on PLOVER's scale."""

_EVENTS: dict[str, Tie] = {
    "AGREE": "talks", "CONSULT": "talks", "SUPPORT": "supports", "CONCEDE": "supports", "COOPERATE": "helps",
    "AID": "helps", "RETREAT": "helps", "REQUEST": "asks", "ACCUSE": "opposes", "REJECT": "opposes",
    "THREATEN": "opposes", "PROTEST": "opposes", "SANCTION": "presses", "MOBILIZE": "presses",
    "COERCE": "presses", "ASSAULT": "fights",
}  # fmt: skip
_RELATIONS: dict[str, Tie] = {
    "supports": "supports", "allied_with": "supports", "opposes": "opposes", "fights": "fights",
    "arms": "arms", "funds": "helps", "communicated_with": "talks",
}  # fmt: skip
_OPPOSITE: dict[Tie, Tie] = {"supports": "opposes", "opposes": "supports"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """An entry behind an edge."""

    what: What
    page_id: str
    entry: str


@dataclass(frozen=True, slots=True)
class Edge:
    """How one party stands to another: so many happenings and relations of each tie, and who lists them.

    ``denied`` are ties that are said not to be. An edge of nothing else is no tie, and has no sign.
    """

    source: str
    target: str
    ties: tuple[tuple[Tie, int], ...]  # in the order of TIES
    denied: int
    evidence: tuple[Evidence, ...]

    @property
    def weight(self) -> int:
        """Give how many there are in all."""
        return sum(count for _, count in self.ties)

    @property
    def sign(self) -> Sign:
        """Give the sign of all its ties together; mixed where there are both."""
        signs = {SIGNS[tie] for tie, _ in self.ties} - {0}
        return (
            "neutral"
            if not signs
            else "mixed"
            if len(signs) > 1
            else "positive"
            if 1 in signs
            else "negative"
        )


@dataclass(frozen=True, slots=True)
class Node:
    """A party, and with how many others it has ties."""

    key: str
    name: str
    country: str | None
    degree: int


@dataclass(frozen=True, slots=True)
class Network:
    """Parties with ties, and the ties; ``denied`` are edges that are only denied.

    ``described`` counts entries left out because a party has no name there ("a group of women": who knows
    which). ``complete``: False where only the newest ``MOST`` entries were looked at.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    denied: tuple[Edge, ...]
    described: int
    complete: bool


Whose = Literal["one", "other", "opposite", "same"]


@dataclass(frozen=True, slots=True)
class Difference:
    """An edge as two networks have it; ``contradicted`` where who lacks it denies it in so many words."""

    whose: Whose
    source: str
    target: str
    one: Edge | None
    other: Edge | None
    contradicted: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """Triangles whose three ties all have a sign; balanced where an even number is negative."""

    triangles: int
    balanced: int


def network(
    view: View,
    filter: Filter = Filter(),  # noqa: A002, B008
    *,
    ties: Iterable[Tie] = TIES,
) -> Network:
    """Give the network of what is told as so: of a period or outlet, according to whom the filter says."""
    found, complete = links(view, filter, limit=MOST)
    return network_of(found, ties=ties, complete=complete)


def network_of(found: Iterable[Link], *, ties: Iterable[Tie] = TIES, complete: bool = True) -> Network:
    """Make the network of these links."""
    wanted = frozenset(ties)
    told: dict[tuple[str, str], dict[Tie, set[str]]] = defaultdict(lambda: defaultdict(set))
    denied: dict[tuple[str, str], set[str]] = defaultdict(set)
    evidence: dict[tuple[str, str], set[tuple[What, str, str]]] = defaultdict(set)
    names: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    described: set[tuple[str, str]] = set()
    for link in found:
        tie, so = tie_of(link)
        if tie is None or tie not in wanted:
            continue
        if not is_proper(link.source.name) or not is_proper(link.target.name):
            described.add((link.page_id, link.entry))
            continue
        pair = link.source.key, link.target.key
        for party in (link.source, link.target):
            names[party.key][party.name, party.country or ""] += 1
        if so:
            told[pair][tie].add(link.happening)
        else:
            denied[pair].add(link.happening)
        evidence[pair].add((link.what, link.page_id, link.entry))
    edges = [
        _edge(pair, told.get(pair, {}), len(denied.get(pair, ())), evidence[pair])
        for pair in sorted(evidence)
    ]
    real = tuple(edge for edge in edges if edge.ties)
    return Network(
        _nodes(real, names), real, tuple(edge for edge in edges if edge.denied), len(described), complete
    )


def tie_of(link: Link) -> tuple[Tie | None, bool]:
    """Give which tie a link is, None for none, and whether it is said to be so.

    That one does not support another counts as opposing, and the other way round; of other ties, that they
    are not so says no more than that.
    """
    if link.what == "relations":
        tie = _RELATIONS.get(link.type)
        if link.status == "negative" and tie in _OPPOSITE:
            return _OPPOSITE[tie], True
        return tie, link.status != "negative"
    if link.status in HAPPENED or link.status in DENIED:
        of_type = "arms" if (link.type, link.mode) == ("AID", "military") else _EVENTS.get(link.type)
        return of_type, link.status in HAPPENED
    return None, False


def largest(found: Network, most: int) -> Network:
    """Keep the parties of most ties, and the edges between them."""
    kept = {node.key for node in sorted(found.nodes, key=lambda n: (-n.degree, n.key))[:most]}
    edges = tuple(e for e in found.edges if e.source in kept and e.target in kept)
    held = {key for edge in edges for key in (edge.source, edge.target)}
    return Network(
        tuple(n for n in found.nodes if n.key in held), edges, found.denied, found.described, found.complete
    )


def difference(one: Network, other: Network) -> tuple[Difference, ...]:
    """Give every edge of either network: opposite in sign, of one only, of the other only, of both."""
    ones = {(e.source, e.target): e for e in one.edges}
    others = {(e.source, e.target): e for e in other.edges}
    not_ones = {(e.source, e.target) for e in one.denied}
    not_others = {(e.source, e.target) for e in other.denied}
    found = []
    for pair in sorted(ones.keys() | others.keys()):
        mine, theirs = ones.get(pair), others.get(pair)
        whose: Whose = "same"
        if mine is None or theirs is None:
            whose = "one" if theirs is None else "other"
        elif {mine.sign, theirs.sign} == {"positive", "negative"}:
            whose = "opposite"
        against = (whose == "one" and pair in not_others) or (whose == "other" and pair in not_ones)
        found.append(Difference(whose, *pair, mine, theirs, against))
    order: tuple[Whose, ...] = ("opposite", "one", "other", "same")
    return tuple(sorted(found, key=lambda d: (order.index(d.whose), not d.contradicted)))


def balance(found: Network) -> Balance:
    """Count the triangles of signed ties, direction aside; a pair with ties of both signs has none."""
    signs: dict[frozenset[str], set[Sign]] = defaultdict(set)
    for edge in found.edges:
        if edge.sign != "neutral":
            signs[frozenset((edge.source, edge.target))].add(edge.sign)
    clear = {pair: next(iter(s)) for pair, s in signs.items() if len(s) == 1 and s != {"mixed"}}
    near: dict[str, set[str]] = defaultdict(set)
    for pair in clear:
        one, other = sorted(pair)
        near[one].add(other)  # only upward, so that each triangle is met once
    triangles = balanced = 0
    for one in sorted(near):
        for two, three in combinations(sorted(near[one]), 2):
            if three in near.get(two, ()):
                triangles += 1
                sides = (clear[frozenset(pair)] for pair in ((one, two), (one, three), (two, three)))
                balanced += sum(side == "negative" for side in sides) % 2 == 0
    return Balance(triangles, balanced)


def _edge(
    pair: tuple[str, str], told: dict[Tie, set[str]], denied: int, evidence: set[tuple[What, str, str]]
) -> Edge:
    counts = tuple((tie, len(told[tie])) for tie in TIES if tie in told)
    return Edge(*pair, counts, denied, tuple(Evidence(*entry) for entry in sorted(evidence)))


def _nodes(edges: tuple[Edge, ...], names: dict[str, Counter[tuple[str, str]]]) -> tuple[Node, ...]:
    near: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)
    found = []
    for key in sorted(near):
        name, country = min(names[key], key=lambda n: (-names[key][n], n))
        found.append(Node(key, name, country or None, len(near[key])))
    return tuple(found)
