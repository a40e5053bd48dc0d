"""One matter as two or more parties have it: what they say, assert, deny and leave out, and their tolls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from onrecord.analysis.versions import Matter, Stance, Toll, Versions, versions
from onrecord.errors import StoreError
from onrecord.export.phrases import amount
from onrecord.record import Figure
from onrecord.store.facets import Facet, facets
from onrecord.store.filter import PAGE, Filter
from onrecord.store.lines import EventLine, FigureLine, StatementLine
from onrecord.web import charts
from onrecord.web.bench import address, asked, page, translated, view
from onrecord.web.charts import Point
from onrecord.web.doors import Door
from onrecord.web.finding import Piece, filter_of, pieces_of
from onrecord.web.kept import kept

ASKS = ("a", "b", "c", "d")
TURN = 30  # days of statements on a page
MATTERS = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """How a party tells a happening, with a link to its words; ``more`` entries say the same."""

    stance: Stance
    to: str
    words: str
    more: int


@dataclass(frozen=True, slots=True)
class Row:
    """A happening with a cell for each party; None where it says nothing of it."""

    day: str | None
    line: EventLine
    cells: tuple[Cell | None, ...]
    contested: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its words cut at the matches."""

    line: StatementLine
    words: list[Piece]


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure as it is said."""

    line: FigureLine
    said: str


def side_by_side(request: Request) -> Response:
    """Show the versions that the address asks for."""
    seen = view(request)
    asks = replace(filter_of(request), claimant=None, speaker=None)
    parties = tuple(dict.fromkeys(p for key in ASKS if (p := asked(request, key).replace("\0", ""))))
    charts.warm()
    trouble, found = "", None
    suggested: tuple[Facet, ...] = ()
    try:
        if len(parties) > 1:
            found = kept((seen.store.name, "versions", parties, asks), lambda: versions(seen, parties, asks))
        else:
            suggested = kept(
                (seen.store.name, "facets", "statements", asks), lambda: facets(seen, asks, "statements")
            ).speakers
    except StoreError as error:
        trouble = str(error)
    only = asked(request, "only") == "contested"
    rows = [_row(m) for m in found.matters if m.contested or not only] if found else []
    start = int(asked(request, "from")) if asked(request, "from").isdecimal() else 0
    days = found.days if found else ()
    return page(
        request,
        "versions.html",
        status=400 if trouble else 200,
        asks=asks,
        parties=parties,
        given=[asked(request, key) for key in ASKS[: max(2, min(len(parties) + 1, len(ASKS)))]],
        names=[translated(request, "the pages themselves") if p == PAGE else p for p in parties],
        keys=ASKS,
        trouble=trouble,
        found=found,
        suggested=[(s.value, s.count, _with(request, parties, s.value)) for s in suggested],
        rows=rows[:MATTERS],
        row_count=len(rows),
        only=only,
        days=[
            (day.day, [[_said(line, asks) for line in column] for column in day.said])
            for day in days[start : start + TURN]
        ],
        earlier=address(request, **{"from": max(0, start - TURN) or None}) + "#said" if start else None,
        later=address(request, **{"from": start + TURN}) + "#said" if start + TURN < len(days) else None,
        charts=_charts(request, found) if found else [],
        sums=[[_sum(line) for line in column[:50]] for column in found.figures] if found else [],
        place=_place,
    )  # fmt: skip


def _with(request: Request, parties: Sequence[str], name: str) -> str:
    free = next(key for key in ASKS if not asked(request, key))
    return address(request, **{free: name})


def _row(matter: Matter) -> Row:
    cells = tuple(
        Cell(t.stance, _place(t.lines[0]), t.lines[0].words, len(t.lines) - 1) if t else None
        for t in matter.tellings
    )
    return Row(matter.day, matter.line, cells, matter.contested)


def _said(line: StatementLine, asks: Filter) -> Said:
    return Said(line, pieces_of(line.words, asks.words))


def _sum(line: FigureLine) -> Sum:
    # A line of the store has all that an amount is said of, and a figure of a record is no more than that.
    return Sum(line, amount(cast(Figure, line)))


def _place(line: EventLine | FigureLine | StatementLine) -> str:
    return f"/page/{line.page.page_id}?" + urlencode({"entry": line.id}) + "#entry"


def _charts(request: Request, found: Versions) -> list[tuple[str, str, int, list[Toll]]]:
    """Give a chart for each kind of toll that somebody gives on a known day; and how many have no day."""
    drawn: list[tuple[str, str, int, list[Toll]]] = []
    for kind in sorted({toll.kind for toll in found.tolls}):
        tolls = [toll for toll in found.tolls if toll.kind == kind]
        dated = [toll for toll in tolls if toll.day]
        points = [
            Point(
                toll.day or "", toll.value, _place(toll.line),
                f"{found.parties[toll.party]}, {toll.day}: {_sum(toll.line).said}",
                toll.low, toll.high, toll.party,
            )
            for toll in dated
        ]  # fmt: skip
        drawn.append((kind, charts.tolls(kind, points), len(tolls) - len(dated), tolls))
    return drawn


DOORS = (Door("/versions", side_by_side),)
