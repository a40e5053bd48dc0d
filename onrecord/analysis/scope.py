"""What counts: whether reports or happenings, told as what, and on whose word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from onrecord.store.series_rows import Report

Count = Literal["happenings", "reports"]
Dated = Literal["own", "page"]
Voices = Literal["anyone", "page", "outlets", "disputed"]
DATEDS: tuple[Dated, ...] = ("own", "page")
COUNTS: tuple[Count, ...] = ("happenings", "reports")
VOICES: tuple[Voices, ...] = ("anyone", "page", "outlets", "disputed")

HAPPENED = frozenset({"asserted", "habitual"})
DENIED = frozenset({"denied", "negated"})
_PRECISIONS = ("year", "quarter", "month", "week", "day")

Key = tuple[str, str]
"""A page's id and the id of an entry there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a number counts.

    ``count``: each happening once, or each report of it. ``voices``: told by anyone; by some page in its own
    voice; by pages of at least two outlets that are no copies of each other; or disputed, which is told as so
    by one and as not so by another. ``planned``: what is only to come, possible or asked for counts as well.
    What is only denied never counts. ``dated``: where the words give no date, there is none, or the day of
    the page (of the first that tells it) stands in for it, which is when it was told and not when it was.
    """

    count: Count = "happenings"
    voices: Voices = "anyone"
    planned: bool = False
    dated: Dated = "own"


@dataclass(frozen=True, slots=True)
class Case:
    """What is counted once: a report, or a happening with all its reports.

    Where its reports differ, its type and mode are those of most of them, and its date is the closest known,
    then the most frequent, then the earliest.
    """

    type: str
    mode: str | None
    quad: str
    date: str | None
    precision: str | None
    keys: tuple[Key, ...]


def cases(reports: Iterable[Report], scope: Scope = Scope()) -> list[Case]:
    """Give what is to be counted, in the order of the first entry behind each."""
    groups: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        groups[report.happening].append(report)
    found: list[Case] = []
    for group in groups.values():
        chosen = _chosen(group, scope)
        if scope.count == "happenings":
            found += [_case(chosen, scope)] if chosen else []
        else:
            found += [_case([report], scope) for report in chosen]
    return sorted(found, key=lambda case: case.keys)


def independent(reports: Iterable[Report]) -> bool:
    """Whether two of these stand on pages of different outlets that are no copies of each other."""
    sources = {(report.outlet, report.origins) for report in reports if report.outlet}
    return any(one[0] != other[0] and one[1].isdisjoint(other[1]) for one, other in combinations(sources, 2))


def _chosen(group: list[Report], scope: Scope) -> list[Report]:
    told = [r for r in group if r.status in HAPPENED or (scope.planned and r.status not in DENIED)]
    if scope.voices == "page":
        return [r for r in told if r.chain == 0]
    if scope.voices == "outlets":
        return told if independent(told) else []
    if scope.voices == "disputed":
        return told if any(r.status in DENIED for r in group) else []
    return told


def _case(reports: list[Report], scope: Scope) -> Case:
    (kind, mode, quad), _ = min(
        Counter((r.type, r.mode, r.quad) for r in reports).items(),
        key=lambda pair: (-pair[1], pair[0][0], pair[0][1] or ""),
    )
    dates = Counter((r.date, r.precision) for r in reports if r.date is not None)
    date, precision = min(dates, key=lambda d: (-_rank(d[1]), -dates[d], d[0] or ""), default=(None, None))
    if date is None and scope.dated == "page":
        date = min((r.page_day for r in reports if r.page_day), default=None)
        precision = None if date is None else "day"
    return Case(kind, mode, quad, date, precision, tuple(sorted((r.page_id, r.entry) for r in reports)))


def _rank(precision: str | None) -> int:
    """Rank a precision; hours and minutes are days here, so that they do not outvote them."""
    return _PRECISIONS.index(precision) if precision in _PRECISIONS else len(_PRECISIONS) - 1
