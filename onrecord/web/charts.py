"""Charts in Vega-Lite, rendered as SVG within a page: each mark is a link, colours are classes.

The renderer takes seconds to start and some tenths of one for each chart: it is started at first need, in a
thread where a page that will want it soon is shown, and what it made is kept by content.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup

from onrecord.analysis.periods import Period
from onrecord.analysis.series import QUADS, Bar, Cell
from onrecord.web.svg import fit

WIDTH = 660
_INK, _GRID = "#0a0a01", "#0a0a02"
_SHADES: Mapping[str, str] = {
    **{f"#0b0b0{n}": f"q-{quad}" for n, quad in enumerate(QUADS)},
    **{f"#0c0c0{n}": f"p-{n}" for n in range(4)},
    _INK: "ink", _GRID: "grid", "#0a0a03": "score",
}  # fmt: skip
_SHADE = {name: shade for shade, name in _SHADES.items()}
_UP = ("verbal_cooperation", "material_cooperation")
_SHAPES = ("circle", "square", "triangle-up", "diamond")


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar: a period's count of a class, where it leads, and what it says."""

    period: Period
    quad: str
    count: int
    to: str
    words: str


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day, with bounds: where it leads, what it says; ``series`` is whose."""

    day: str
    value: float
    to: str
    words: str
    low: float = 0.0
    high: float = 0.0
    series: int = 0


def quad_marks(counted: Sequence[Bar | Cell]) -> list[tuple[Period, str, int]]:
    """Give the counts that are not zero, one by one."""
    return [
        (bar.period, quad, count)
        for bar in counted
        for quad, count in zip(QUADS, bar.counts, strict=True)
        if count
    ]


def bars(
    label: str, marks: Sequence[Mark], points: Sequence[Point] = (), reach: Period | None = None
) -> Markup:
    """Draw counts by class: cooperation upward, conflict downward; above it mean scores, where there are any.

    ``reach`` is the time that is shown, so that two charts may be compared; else all that is there.
    """
    periods = [mark.period for mark in marks]
    if not periods:
        return Markup()
    shown = reach or Period(min(p.since for p in periods), max(p.until for p in periods))
    shown = shown if _days(shown) >= 7 else _padded(shown)  # else the axis would tell hours
    links = [(m.to, m.words) for m in marks] + [(p.to, p.words) for p in points]
    counts = _counts(marks, shown)
    panels = [_bar_panel(counts, shown, height=170 if not points else 110)]
    if points:
        panels.insert(0, _score_panel(points, shown, first=len(marks)))
    return _drawn({"vconcat": panels, "spacing": 14}, label, links)


def tolls(label: str, points: Sequence[Point]) -> Markup:
    """Draw values on days with their bounds, a colour and a shape for each party."""
    if not points:
        return Markup()
    days = sorted(p.day for p in points)
    shown = _padded(Period(days[0], days[-1]))
    values = [
        {"day": p.day, "value": p.value, "low": p.low, "high": p.high, "p": str(p.series), "k": f"link-{n}"}
        for n, p in enumerate(points)
    ]
    most = range(len(_SHAPES))
    x = _time("day", shown)
    y = {"field": "value", "type": "quantitative", "title": None, "scale": {"zero": True, "nice": True},
         "axis": {"tickCount": 5}}  # fmt: skip
    tint = {"field": "p", "type": "nominal", "legend": None,
            "scale": {"domain": [str(n) for n in most],
                      "range": [_SHADE[f"p-{n}"] for n in most]}}  # fmt: skip
    form = {"field": "p", "type": "nominal", "legend": None,
            "scale": {"domain": [str(n) for n in most], "range": [_SHAPES[n] for n in most]}}  # fmt: skip
    link = {"field": "k", "type": "nominal"}
    bounds = {
        "mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.55},
        "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}, "color": tint, "href": link},
    }
    dots = {
        "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
        "encoding": {"x": x, "y": y, "color": tint, "shape": form, "href": link},
    }
    spec = {"width": WIDTH, "height": 220, "data": {"values": values}, "layer": [bounds, dots]}
    return _drawn(spec, label, [(p.to, p.words) for p in points])


def warm() -> None:
    """Start the renderer in a thread, once, so that the first chart need not wait for it."""
    _warming()


@cache
def _warming() -> threading.Thread:
    spec = {"mark": "point", "data": {"values": []}}
    thread = threading.Thread(target=_drawn, args=(spec, "", []), daemon=True, name="charts")
    thread.start()
    return thread


def _counts(marks: Sequence[Mark], shown: Period) -> list[dict[str, Any]]:
    """Stack the counts of each period; a bar is never thinner than can be hit."""
    least = max(1, round(_days(shown) * 4 / WIDTH))
    tops: dict[tuple[Period, bool], int] = {}
    found = []
    for n, mark in enumerate(marks):
        up = mark.quad in _UP
        low = tops.get((mark.period, up), 0)
        high = tops[mark.period, up] = low + (mark.count if up else -mark.count)
        until = max(mark.period.until, _after(mark.period.since, least))
        found.append(
            {
                "since": mark.period.since,
                "until": until,
                "low": low,
                "high": high,
                "q": mark.quad,
                "k": f"link-{n}",
            }
        )
    return found


def _bar_panel(counts: list[dict[str, Any]], shown: Period, height: int) -> dict[str, Any]:
    y = {"field": "low", "type": "quantitative", "title": None,
         "axis": {"tickCount": 4, "tickMinStep": 1,
                  "labelExpr": "format(abs(datum.value), '~s')"}}  # fmt: skip
    tint = {"field": "q", "type": "nominal", "legend": None,
            "scale": {"domain": list(QUADS), "range": [_SHADE[f"q-{quad}"] for quad in QUADS]}}  # fmt: skip
    encoding = {
        "x": _time("since", shown), "x2": {"field": "until"}, "y": y, "y2": {"field": "high"}, "color": tint,
        "href": {"field": "k", "type": "nominal"},
    }  # fmt: skip
    zero = {"mark": {"type": "rule", "color": _INK}, "encoding": {"y": {"datum": 0}}}
    made = {"mark": {"type": "bar"}, "encoding": encoding}
    return {"width": WIDTH, "height": height, "data": {"values": counts}, "layer": [made, zero]}


def _score_panel(points: Sequence[Point], shown: Period, first: int) -> dict[str, Any]:
    values = [{"day": p.day, "value": p.value, "k": f"link-{first + n}"} for n, p in enumerate(points)]
    y = {"field": "value", "type": "quantitative", "title": None, "scale": {"domain": [-10, 10]},
         "axis": {"values": [-10, -5, 0, 5, 10],
                  "labelExpr": "(datum.value > 0 ? '+' : '') + datum.value"}}  # fmt: skip
    x = _time("day", shown)
    line = {
        "mark": {"type": "line", "color": _SHADE["score"], "strokeWidth": 1.5},
        "encoding": {"x": x, "y": y},
    }
    x["axis"] = {**x["axis"], "labels": False}
    dots = {
        "mark": {"type": "point", "filled": True, "color": _SHADE["score"], "size": 70, "opacity": 1},
        "encoding": {"x": x, "y": y, "href": {"field": "k", "type": "nominal"}},
    }
    zero = {"mark": {"type": "rule", "color": _INK}, "encoding": {"y": {"datum": 0}}}
    return {"width": WIDTH, "height": 120, "data": {"values": values}, "layer": [zero, line, dots]}


def _time(field: str, shown: Period) -> dict[str, Any]:
    ends = [{"year": int(day[:4]), "month": int(day[5:7]), "date": int(day[8:10]), "utc": True}
            for day in (shown.since, shown.until)]  # fmt: skip
    return {
        "field": field, "type": "temporal", "title": None, "axis": {"tickCount": 7, "labelOverlap": True},
        "scale": {"type": "utc", "domain": ends},
    }  # fmt: skip


def _padded(shown: Period) -> Period:
    some = max(3 if _days(shown) < 7 else 1, _days(shown) // 30)
    return Period(_after(shown.since, -some), _after(shown.until, some))


def _days(shown: Period) -> int:
    return (date.fromisoformat(shown.until) - date.fromisoformat(shown.since)).days


def _after(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return day


def _drawn(spec: Mapping[str, Any], label: str, links: Sequence[tuple[str, str]]) -> Markup:
    axis = {
        "gridColor": _GRID, "domainColor": _GRID, "tickColor": _GRID, "labelColor": _INK, "labelFontSize": 11,
        "domain": False, "ticks": False, "labelPadding": 6,
    }  # fmt: skip
    whole = {**spec, "background": None, "padding": 4, "config": {"view": {"stroke": None}, "axis": axis}}
    made = _rendered(json.dumps(whole, sort_keys=True))
    # The drawing is cleaned of all but shapes, and what links say is set as text.
    return Markup(fit(made, label, _SHADES, links))  # noqa: S704


@lru_cache(maxsize=256)
def _rendered(spec: str) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec))
