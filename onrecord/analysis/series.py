"""Counts over time: all that meets a filter, and what two parties did to each other, with its mean score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from onrecord.analysis.periods import By, Period, period_of
from onrecord.analysis.scope import Case, Key, Scope, cases
from onrecord.lexicon.plover import scores
from onrecord.store.filter import Filter
from onrecord.store.series_rows import between, day_counts
from onrecord.store.view import View

Scale = Literal["plover", "goldstein"]
SCALES: tuple[Scale, ...] = ("plover", "goldstein")
QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


@dataclass(frozen=True, slots=True)
class Bar:
    """A period with how many events of each quad class, in the order of ``QUADS``."""

    period: Period
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Give how many there are in all."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events by period, those with none left out; ``undated`` are known to no day."""

    by: By
    bars: tuple[Bar, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A period of a dyad one way: counts by quad class, mean score, and what was counted."""

    period: Period
    counts: tuple[int, ...]
    mean: float | None
    cases: tuple[Case, ...]

    @property
    def total(self) -> int:
        """Give how many there are in all."""
        return sum(self.counts)

    @property
    def keys(self) -> tuple[Key, ...]:
        """Give the entries behind it."""
        return tuple(key for case in self.cases for key in case.keys)


@dataclass(frozen=True, slots=True)
class Series:
    """What one did to the other; ``undated`` cases are in no period, ``unscored`` have no score there."""

    source: str
    target: str
    cells: tuple[Cell, ...]
    mean: float | None
    undated: tuple[Case, ...]
    unscored: int

    @property
    def total(self) -> int:
        """Give how many are in some period."""
        return sum(cell.total for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two parties, each way, over the same periods' kind and on one scale."""

    by: By
    scale: Scale
    forward: Series
    backward: Series


def timeline(view: View, filter: Filter = Filter(), *, by: By = "month") -> Timeline:  # noqa: A002, B008
    """Count the entries of events that meet a filter by period and quad class.

    Each entry counts, as lists show them. An event that is known to its month only has no day and is undated.
    """
    counts: dict[Period, list[int]] = defaultdict(lambda: [0] * len(QUADS))
    undated = 0
    for row in day_counts(view, filter):
        period = period_of(row.day, "day", by)
        if period is None:
            undated += row.count
        elif row.quad in QUADS:
            counts[period][QUADS.index(row.quad)] += row.count
    return Timeline(by, tuple(Bar(p, tuple(counts[p])) for p in sorted(counts)), undated)


def dyad(
    view: View,
    one: str,
    other: str,
    filter: Filter = Filter(),  # noqa: A002, B008
    *,
    by: By = "month",
    scale: Scale = "plover",
    scope: Scope = Scope(),  # noqa: B008
) -> Dyad:
    """Count what each of two parties did to the other.

    A party is a name, an alias, an actor's id, or the capitals of a country's code for all parties of it. The
    filter narrows the reports; its days narrow what is in a period, and what has none is kept apart.
    """
    found = between(view, one, other, filter)
    forward = cases((b.report for b in found if b.forward), scope)
    backward = cases((b.report for b in found if b.backward), scope)
    return Dyad(
        by,
        scale,
        series_of(one, other, forward, filter, by, scale),
        series_of(other, one, backward, filter, by, scale),
    )


def series_of(
    source: str,
    target: str,
    counted: Iterable[Case],
    filter: Filter,  # noqa: A002
    by: By,
    scale: Scale,
) -> Series:
    """Put cases into periods."""
    within: dict[Period, list[Case]] = defaultdict(list)
    undated: list[Case] = []
    for case in counted:
        period = period_of(case.date, case.precision, by)
        if period is None:
            undated.append(case)
        elif _is_asked(case, period, filter):
            within[period].append(case)
    cells = tuple(_cell(period, within[period], scale) for period in sorted(within))
    weights = [score_of(case, scale) for cell in cells for case in cell.cases]
    return Series(source, target, cells, _mean(weights), tuple(undated), weights.count(None))


def score_of(case: Case, scale: Scale) -> float | None:
    """Give what a case weighs; None where the scale has no number for its type."""
    known = scores(case.type, case.mode)
    return known.plover if scale == "plover" else known.goldstein


def _is_asked(case: Case, period: Period, filter: Filter) -> bool:  # noqa: A002
    """Whether a case lies within the filter's days: by its day, or else its whole period does."""
    exact = period_of(case.date, case.precision, "day") or period
    return (filter.since or "") <= exact.since and (not filter.until or exact.until <= _whole(filter.until))


def _whole(until: str) -> str:
    """Fill a year or month up to the day that it begins with."""
    return until + "-01-01"[len(until) - 4 :] if len(until) < 10 else until


def _cell(period: Period, found: list[Case], scale: Scale) -> Cell:
    counts = tuple(sum(case.quad == quad for case in found) for quad in QUADS)
    return Cell(period, counts, _mean([score_of(case, scale) for case in found]), tuple(found))


def _mean(weights: list[float | None]) -> float | None:
    known = [weight for weight in weights if weight is not None]
    return sum(known) / len(known) if known else None
