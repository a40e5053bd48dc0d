"""What happened: events as a list and over time, and what two parties did to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.analysis.periods import BYS, By, Period, as_by, fitting
from onrecord.analysis.scope import COUNTS, DATEDS, VOICES, Key, Scope
from onrecord.analysis.series import QUADS, SCALES, Cell, Dyad, Series, Timeline, dyad, timeline
from onrecord.errors import StoreError
from onrecord.lexicon.plover import table
from onrecord.record import Status
from onrecord.store import lists
from onrecord.store.facets import facets
from onrecord.store.filter import Filter
from onrecord.store.series_rows import day_counts, lines
from onrecord.web import charts
from onrecord.web.bench import address, asked, page, translated, view
from onrecord.web.charts import Mark, Point, quad_marks
from onrecord.web.doors import Door
from onrecord.web.finding import chips, choices, filter_of
from onrecord.web.kept import kept
from onrecord.web.routes.find import Found, shown

SHOWN = 20
BEHIND = 100  # entries listed behind one mark
STATUSES: tuple[str, ...] = Status.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Way:
    """One direction of a dyad as it is shown: its series and its chart."""

    key: str
    series: Series
    chart: str


def happenings(request: Request) -> Response:
    """Show events that meet the conditions of the address, as a list or by time."""
    asks = filter_of(request)
    over_time = asked(request, "view") == "timeline"
    found: list[Found] = []
    following, trouble, counted, drawn, by = None, "", None, None, as_by(asked(request, "by"))
    seen = view(request)
    charts.warm()
    try:
        counted = kept((seen.store.name, "facets", "events", asks), lambda: facets(seen, asks, "events"))
        if over_time:
            by, drawn = _timeline(request, asks)
        else:
            listing = lists.events(seen, asks, limit=SHOWN, after=asked(request, "after") or None)
            found = [shown(line, asks.words) for line in listing.lines]
            following = listing.next
    except StoreError as error:
        trouble = str(error)
    return page(
        request,
        "happenings.html",
        status=400 if trouble else 200,
        asks=asks,
        view="timeline" if over_time else "list",
        by=by,
        bys=BYS,
        types=sorted({kind for kind, _ in table()}),
        quads=QUADS,
        statuses=STATUSES,
        lines=found,
        next=None if following is None else address(request, after=following),
        trouble=trouble,
        counted=counted,
        chips=chips(request),
        facets=list(choices(request, "events", counted)) if counted else [],
        timeline=drawn,
        chart=_timeline_chart(request, drawn) if drawn else "",
        narrowed=lambda period: _narrowed(request, period),
    )


def dyads(request: Request) -> Response:
    """Show what two parties did to each other over time."""
    one, other = asked(request, "a").replace("\0", ""), asked(request, "b").replace("\0", "")
    by, scale = as_by(asked(request, "by")), _one_of(request, "score", SCALES)
    scope = Scope(
        count=_one_of(request, "count", COUNTS),
        voices=_one_of(request, "voices", VOICES),
        planned=asked(request, "planned") == "1",
        dated=_one_of(request, "dated", DATEDS),
    )
    asks = filter_of(request)
    seen = view(request)
    charts.warm()
    trouble, found = "", None
    if one and other:
        try:
            found = kept(
                (seen.store.name, "dyad", one, other, asks, by, scale, scope),
                lambda: dyad(seen, one, other, asks, by=by, scale=scale, scope=scope),
            )
        except StoreError as error:
            trouble = str(error)
    behind, many = _behind(request, found) if found else (None, 0)
    return page(
        request,
        "dyad.html",
        status=400 if trouble else 200,
        a=one,
        b=other,
        by=by,
        bys=BYS,
        scale=scale,
        scope=scope,
        asks=asks,
        quads=QUADS,
        trouble=trouble,
        found=found,
        ways=_ways(request, found) if found else (),
        behind=behind,
        behind_many=many,
        cell_of=lambda way, cell, quad=None: _cell_address(request, way, cell, quad),
    )


def _one_of(request: Request, name: str, known: tuple[Any, ...]) -> Any:
    """Read a choice; anything else is the first."""
    return next((choice for choice in known if choice == asked(request, name)), known[0])


def _timeline(request: Request, asks: Filter) -> tuple[By, Timeline]:
    seen, by = view(request), asked(request, "by")
    if by not in BYS:
        by = fitting([count.day or "" for count in day_counts(seen, asks)])
    chosen = as_by(by)
    return chosen, kept((seen.store.name, "timeline", asks, by), lambda: timeline(seen, asks, by=chosen))


def _narrowed(request: Request, period: Period, quad: str | None = None) -> str:
    """Give the address of the list of a period, the rest as it is."""
    changed = {
        "since": period.since,
        "until": period.until,
        "view": None,
        "by": None,
        "month": None,
        "after": None,
    }
    return address(request, **changed, **({"quad": quad} if quad else {}))


def _timeline_chart(request: Request, found: Timeline) -> str:
    marks = [
        Mark(period, quad, count, _narrowed(request, period, quad), _words(request, period, quad, count))
        for period, quad, count in quad_marks(found.bars)
    ]
    return charts.bars(translated(request, "Events over time"), marks)


def _words(request: Request, period: Period, quad: str, count: int) -> str:
    return f"{period.since}: {count} {translated(request, quad.replace('_', ' '))}"


def _ways(request: Request, found: Dyad) -> tuple[Way, ...]:
    periods = [cell.period for series in (found.forward, found.backward) for cell in series.cells]
    ends = [p.since for p in periods], [p.until for p in periods]
    reach = Period(min(ends[0]), max(ends[1])) if periods else None
    return tuple(
        Way(key, series, _way_chart(request, key, series, reach))
        for key, series in (("ab", found.forward), ("ba", found.backward))
    )


def _way_chart(request: Request, key: str, series: Series, reach: Period | None) -> str:
    marks = [
        Mark(
            period,
            quad,
            count,
            _cell_address(request, key, period, quad),
            _words(request, period, quad, count),
        )
        for period, quad, count in quad_marks(series.cells)
    ]
    points = [
        Point(
            _middle(cell.period), cell.mean, _cell_address(request, key, cell),
            f"{cell.period.since}: {translated(request, 'mean score')} {cell.mean:+.1f}",
        )
        for cell in series.cells
        if cell.mean is not None
    ]  # fmt: skip
    return charts.bars(f"{series.source} → {series.target}", marks, points, reach)


def _middle(period: Period) -> str:
    first, after = date.fromisoformat(period.since), date.fromisoformat(period.until)
    return (first + (after - first) / 2).isoformat()


def _cell_address(request: Request, way: str, cell: Cell | Period | None, quad: str | None = None) -> str:
    period = "undated" if cell is None else (cell if isinstance(cell, Period) else cell.period).since
    return address(request, way=way, period=period, quads=quad) + "#behind"


def _behind(request: Request, found: Dyad) -> tuple[list[Found] | None, int]:
    """Give the entries behind the mark that the address chooses, and how many there are."""
    way, period, quad = asked(request, "way"), asked(request, "period"), asked(request, "quads")
    if way not in ("ab", "ba") or not period:
        return None, 0
    series = found.forward if way == "ab" else found.backward
    chosen = series.undated if period == "undated" else ()
    for cell in series.cells:
        if cell.period.since == period:
            chosen = cell.cases
    keys: list[Key] = [key for case in chosen if not quad or case.quad == quad for key in case.keys]
    return [shown(line) for line in lines(view(request), "events", keys[:BEHIND])], len(keys)


DOORS = (Door("/events", happenings), Door("/dyad", dyads))
