"""Finding: one box over statements, events, figures, relations and articles, narrowed by facets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import StoreError
from onrecord.export.phrases import amount
from onrecord.record import Figure
from onrecord.store import View, lists
from onrecord.store.facets import Facets, facets
from onrecord.store.filter import Filter
from onrecord.store.lines import FigureLine
from onrecord.store.narrowing import What
from onrecord.store.query import parse
from onrecord.store.search import search
from onrecord.web.bench import address, asked, page, view
from onrecord.web.doors import Door
from onrecord.web.finding import chips, choices, filter_of, pieces, pieces_of
from onrecord.web.kept import kept

TABS: tuple[What, ...] = ("statements", "events", "figures", "relations", "articles")
SHOWN = 20

_LISTS: dict[What, Callable[..., lists.Listing[Any]]] = {
    "events": lists.events,
    "figures": lists.figures,
    "relations": lists.relations,
}


@dataclass(frozen=True, slots=True)
class Found:
    """A line of any list with its words cut where they matched; a figure is also said in words."""

    line: Any
    words: list[Any]
    said: str = ""


def find(request: Request) -> Response:
    """Show what meets the conditions of the address."""
    chosen = next((tab for tab in TABS if tab == asked(request, "what")), TABS[0])
    asks, order = filter_of(request), "day" if asked(request, "order") == "day" else "rank"
    lines: list[Found] = []
    following, trouble, counted, ranked = None, "", None, True
    try:
        lines, following, ranked = _lines(view(request), chosen, asks, order, asked(request, "after"))
        counted = _counted(view(request), chosen, asks)
    except StoreError as error:
        trouble = str(error)
    ranks = bool(parse(asks.words).all) and chosen in {"statements", "articles"}
    return page(
        request,
        "search.html",
        status=400 if trouble else 200,
        what=chosen,
        tabs=[(tab, address(request, what=tab, after=None)) for tab in TABS],
        asks=asks,
        order=order if ranks else "day",
        ranks=ranks,
        ranked_all=ranked,
        lines=lines,
        next=None if following is None else address(request, after=following),
        trouble=trouble,
        counted=counted,
        chips=chips(request),
        facets=list(choices(request, chosen, counted)) if counted else [],
    )


def shown(line: Any, query: str | None = None) -> Found:
    """Make a line of a list ready to be shown."""
    # A line of the store has all that an amount is said of, and a figure of a record is no more than that.
    said = amount(cast(Figure, line)) if isinstance(line, FigureLine) else ""
    return Found(line, pieces_of(line.words, query), said)


def _lines(
    seen: View, what: What, asks: Filter, order: str, after: str
) -> tuple[list[Found], str | None, bool]:
    if what == "statements" or what == "articles":
        ordered = search(
            seen, asks, what=what, order="day" if order == "day" else "rank", limit=SHOWN, after=after or None
        )
        hits = [Found(hit, pieces(hit.words, hit.marks)) for hit in ordered.lines]
        return hits, ordered.next, ordered.ranked_all
    listing = _LISTS[what](seen, asks, limit=SHOWN, after=after or None)
    return [shown(line, asks.words) for line in listing.lines], listing.next, True


def _counted(seen: View, what: What, asks: Filter) -> Facets:
    return kept((seen.store.name, "facets", what, asks), lambda: facets(seen, asks, what))


DOORS = (Door("/search", find),)
