"""Who stands how to whom: a network of a time, an outlet, a claimant, or of two compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from onrecord.analysis.networks import (
    TIES,
    Balance,
    Difference,
    Edge,
    Network,
    Tie,
    balance,
    difference,
    largest,
    network,
)
from onrecord.errors import StoreError
from onrecord.store.filter import Filter
from onrecord.store.network_rows import month_range
from onrecord.store.series_rows import lines
from onrecord.web.bench import address, asked, page, view
from onrecord.web.doors import Door
from onrecord.web.drawing import Drawing, clearest, draw
from onrecord.web.finding import filter_of
from onrecord.web.kept import kept
from onrecord.web.routes.find import Found, shown

SIZES = (30, 100, 300)
SPANS = (1, 3, 12, 60)  # months
LISTED = 300  # edges in the table
BEHIND = 100

_ACTOR = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Reach:
    """The slider: months counted from the year 0, and which is chosen for how long."""

    first: int
    last: int
    at: int
    span: int  # 0: all of the time


@dataclass(frozen=True, slots=True)
class Shown:
    """An edge as it is drawn and listed, of one network or of two that are compared."""

    source: str
    target: str
    sign: str
    whose: str
    weight: int
    ties: tuple[tuple[Tie, int], ...]
    other_ties: tuple[tuple[Tie, int], ...]
    denied: int
    contradicted: bool
    to: str


def networks(request: Request) -> Response:
    """Show the network that the address asks for."""
    asks = filter_of(request)
    compare = asked(request, "compare").replace("\0", "")
    ties: tuple[Tie, ...] = tuple(tie for tie in TIES if tie in request.query_params.getlist("tie")) or TIES
    most = next((size for size in SIZES if str(size) == asked(request, "most")), 100)
    reach = _reach(request)
    if reach is not None and reach.span:
        asks = replace(asks, since=_month(reach.at), until=_month(reach.at + reach.span))
    trouble, whole, other = "", None, None
    try:
        whole = _network(request, asks, ties)
        other = _network(request, replace(asks, claimant=compare), ties) if compare else None
    except StoreError as error:
        trouble = str(error)
    edges, names, drawn = _drawn(request, whole, other, most) if whole else ([], {}, None)
    behind, many = _behind(request, whole, other) if whole else (None, 0)
    return page(
        request,
        "network.html",
        status=400 if trouble else 200,
        asks=asks,
        compare=compare,
        ties=ties,
        all_ties=TIES,
        most=most,
        sizes=SIZES,
        spans=SPANS,
        reach=reach,
        month=lambda n: _month(n)[:7],
        trouble=trouble,
        network=whole,
        other=other,
        parties=len(names),
        drawn=drawn,
        edges=edges[:LISTED],
        edge_count=len(edges),
        by_pair={(e.source, e.target): e for e in edges},
        names=names,
        actor=_actor,
        balance=balance(whole) if whole else Balance(0, 0),
        behind=behind,
        behind_many=many,
    )


def _network(request: Request, asks: Filter, ties: tuple[Tie, ...]) -> Network:
    seen = view(request)
    return kept((seen.store.name, "network", asks, ties), lambda: network(seen, asks, ties=ties))


def _reach(request: Request) -> Reach | None:
    """Read the slider; None where no day is known."""
    seen = view(request)
    ends = kept((seen.store.name, "months"), lambda: month_range(seen))
    if ends is None:
        return None
    first, last = (int(end[:4]) * 12 + int(end[5:7]) - 1 for end in ends)
    at = int(asked(request, "at")) if re.fullmatch(r"\d{1,6}", asked(request, "at")) else last
    span = next((span for span in SPANS if str(span) == asked(request, "span")), 0)
    return Reach(first, last, min(max(at, first), last), span)


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}-01"


def _drawn(
    request: Request, one: Network, other: Network | None, most: int
) -> tuple[list[Shown], dict[str, str], Drawing]:
    """Give the edges to show, the names of their parties, and the drawing."""
    if other is None:
        edges = [_plain(request, edge) for edge in largest(one, most).edges]
    else:
        differences = difference(one, other)
        degree: dict[str, int] = {}
        for d in differences:
            for key in (d.source, d.target):
                degree[key] = degree.get(key, 0) + 1
        held = set(sorted(degree, key=lambda key: (-degree[key], key))[:most])
        edges = [_differing(request, d) for d in differences if d.source in held and d.target in held]
    names = {node.key: node.name for found in (other, one) if found for node in found.nodes}
    used = {key for edge in edges for key in (edge.source, edge.target)}
    names = {key: names[key] for key in sorted(used)}
    lines_of = [(edge.source, edge.target, edge.weight) for edge in edges]
    chosen = clearest(lines_of, 50 + 2 * len(names))
    drawn = draw(tuple(sorted(names.items())), tuple(sorted(e for e in lines_of if e[:2] in chosen)))
    if other is None:
        edges.sort(key=lambda e: (-e.weight, names[e.source], names[e.target]))
    return edges, names, drawn


def _plain(request: Request, edge: Edge) -> Shown:
    to = _edge_address(request, edge.source, edge.target)
    return Shown(edge.source, edge.target, edge.sign, "", edge.weight, edge.ties, (), edge.denied, False, to)


def _differing(request: Request, d: Difference) -> Shown:
    first = d.one or d.other
    assert first is not None  # noqa: S101 - a difference is of an edge
    return Shown(
        d.source, d.target, first.sign, d.whose, max(e.weight for e in (d.one, d.other) if e),
        d.one.ties if d.one else (), d.other.ties if d.other else (), 0, d.contradicted,
        _edge_address(request, d.source, d.target),
    )  # fmt: skip


def _edge_address(request: Request, source: str, target: str) -> str:
    return address(request, source=source, target=target) + "#behind"


def _actor(key: str, name: str) -> str:
    return f"/actor/{key}" if _ACTOR.fullmatch(key) else "/actor?" + urlencode({"name": name})


def _behind(request: Request, one: Network, other: Network | None) -> tuple[list[Found] | None, int]:
    """Give the entries behind the edge that the address chooses, of both networks, and how many there are."""
    source, target = asked(request, "source"), asked(request, "target")
    if not source or not target:
        return None, 0
    found: Sequence[Edge] = [
        edge
        for whole in (one, other)
        if whole
        for edge in (*whole.edges, *whole.denied)
        if (edge.source, edge.target) == (source, target)
    ]
    entries = sorted({(e.what, e.page_id, e.entry) for edge in found for e in edge.evidence})
    shown_lines: list[Found] = []
    for what in ("events", "relations"):
        keys = [(page_id, entry) for kind, page_id, entry in entries[:BEHIND] if kind == what]
        shown_lines += [shown(line) for line in lines(view(request), what, keys)]
    return shown_lines, len(entries)


DOORS = (Door("/network", networks),)
