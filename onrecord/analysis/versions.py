"""Versions of one matter: what parties say, assert, deny and leave out, and the tolls that they give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.analysis.scope import DENIED, HAPPENED
from onrecord.store import lists
from onrecord.store.filter import PAGE, Filter
from onrecord.store.lines import EventLine, FigureLine, Named, StatementLine
from onrecord.store.rows import fold
from onrecord.store.version_rows import Link, ToldEvent, told_events, told_figures
from onrecord.store.view import View

Stance = Literal["asserts", "denies", "doubts", "supposes"]
_STRENGTH: tuple[Stance, ...] = ("denies", "asserts", "doubts", "supposes")
_DENYING = frozenset({"denies", "rejects"})
TOLLS = frozenset({"killed", "injured", "displaced", "detained"})
MOST = 300
"""So many of the newest entries of a kind are looked at, of each party."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How a party tells a happening: its strongest stance, and all entries in which it does."""

    stance: Stance
    lines: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """A happening side by side: a telling for each party, None where it says nothing of it.

    ``line`` is an entry that stands for it; ``contested`` where one asserts what another denies.
    """

    day: str | None
    line: EventLine
    tellings: tuple[Telling | None, ...]

    @property
    def contested(self) -> bool:
        """Whether one asserts what another denies."""
        stances = {telling.stance for telling in self.tellings if telling}
        return {"asserts", "denies"} <= stances

    @property
    def omitted(self) -> int:
        """Give how many parties say nothing of it."""
        return sum(telling is None for telling in self.tellings)


@dataclass(frozen=True, slots=True)
class Toll:
    """A figure of people that a party gives, with the day of its page; ``low`` and ``high`` bound it."""

    party: int
    kind: str
    day: str | None
    line: FigureLine
    low: float
    value: float
    high: float


@dataclass(frozen=True, slots=True)
class DaySaid:
    """What each party said on a day; None is no known day."""

    day: str | None
    said: tuple[tuple[StatementLine, ...], ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """One matter as parties have it; ``complete`` is False where some have more than was looked at."""

    parties: tuple[str, ...]
    days: tuple[DaySaid, ...]
    matters: tuple[Matter, ...]
    tolls: tuple[Toll, ...]
    figures: tuple[tuple[FigureLine, ...], ...]
    complete: bool


def versions(view: View, parties: Sequence[str], filter: Filter = Filter(), *, most: int = MOST) -> Versions:  # noqa: A002, B008
    """Put what two or more parties say of a matter side by side.

    The filter says what the matter is: its words (of a statement, those must be its own; of events and
    figures, their page's), days, outlet. A party is a name, alias or actor's id, or "page" for what pages say
    in their own voice. Events of different pages are one where the store has joined them, or where type, day
    and named parties on both sides are the same.
    """
    told = [told_events(view, party, filter, limit=most) for party in parties]
    figures = [told_figures(view, party, filter, limit=most) for party in parties]
    said = [_said(view, party, filter, most) for party in parties]
    complete = all(n < most for rows in (told, figures, said) for n in map(len, rows))
    tolls = [
        toll
        for number, rows in enumerate(figures)
        for row in rows
        if not _disowned(row.chain) and (toll := _toll(number, row.line)) is not None
    ]
    return Versions(
        tuple(parties),
        _days(said),
        _matters(told),
        tuple(sorted(tolls, key=lambda t: (t.day or "9999", t.party, t.line.page.page_id, t.line.id))),
        tuple(tuple(row.line for row in rows) for rows in figures),
        complete,
    )


def stance_of(told: ToldEvent) -> Stance:
    """Say how a party takes an event that it has a part in telling.

    Its own word of denying decides; where the event is denied, who else denies it leaves it asserted.
    """
    own = {link.attitude for link in told.chain if link.own}
    if own & _DENYING:
        return "denies"
    if "doubts" in own:
        return "doubts"
    if told.line.status in DENIED:
        by_another = any(link.attitude in _DENYING and not link.own for link in told.chain)
        return "asserts" if by_another else "denies"
    return "asserts" if told.line.status in HAPPENED else "supposes"


def _disowned(chain: tuple[Link, ...]) -> bool:
    """Whether the party tells a figure only to deny it."""
    return any(link.own and link.attitude in _DENYING for link in chain)


def _said(view: View, party: str, filter: Filter, most: int) -> list[StatementLine]:  # noqa: A002
    if party == PAGE:
        return []
    return list(lists.statements(view, replace(filter, speaker=party), limit=most).lines)


def _days(said: list[list[StatementLine]]) -> tuple[DaySaid, ...]:
    by_day: dict[str | None, list[list[StatementLine]]] = defaultdict(lambda: [[] for _ in said])
    for number, rows in enumerate(said):
        for line in rows:
            by_day[line.day][number].append(line)
    return tuple(
        DaySaid(day, tuple(tuple(sorted(rows, key=_place)) for rows in by_day[day]))
        for day in sorted(by_day, key=lambda day: (day is None, day or ""))
    )


def _place(line: StatementLine) -> tuple[str, int]:
    return line.page.page_id, line.start


def _matters(told: list[list[ToldEvent]]) -> tuple[Matter, ...]:
    groups = _joined([event for rows in told for event in rows])
    cells: dict[str, list[list[ToldEvent]]] = defaultdict(lambda: [[] for _ in told])
    for number, rows in enumerate(told):
        for event in rows:
            cells[groups[event.happening]][number].append(event)
    found = [_matter(cells[key]) for key in sorted(cells)]
    return tuple(
        sorted(found, key=lambda m: (m.day is None, m.day or "", m.line.type, m.line.page.page_id, m.line.id))
    )


def _matter(cell: list[list[ToldEvent]]) -> Matter:
    tellings = tuple(_telling(rows) if rows else None for rows in cell)
    lines = [line for telling in tellings if telling for line in telling.lines]
    days = sorted(line.day for line in lines if line.day)
    line = max(
        lines, key=lambda e: (e.day is not None, bool(e.actors) + bool(e.recipients), e.page.page_id, e.id)
    )
    return Matter(max(days, key=lambda d: (days.count(d), -days.index(d)), default=None), line, tellings)


def _telling(rows: list[ToldEvent]) -> Telling:
    stances = {stance_of(row) for row in rows}
    unique = {(row.line.page.page_id, row.line.id): row.line for row in rows}
    return Telling(
        next(stance for stance in _STRENGTH if stance in stances),
        tuple(unique[key] for key in sorted(unique)),
    )


def _joined(told: list[ToldEvent]) -> dict[str, str]:
    """Give the happening that stands for each, where two look the same in type, day and parties."""
    root: dict[str, str] = {event.happening: event.happening for event in told}

    def top(key: str) -> str:
        while root[key] != key:
            key = root[key]
        return key

    alike: dict[tuple[str, ...], str] = {}
    for event in sorted(told, key=lambda e: (e.happening, e.line.page.page_id, e.line.id)):
        look = _look(event.line)
        if look is None:
            continue
        first, own = top(alike.setdefault(look, event.happening)), top(event.happening)
        root[max(first, own)] = min(first, own)
    return {key: top(key) for key in root}


def _look(line: EventLine) -> tuple[str, ...] | None:
    if line.day is None or not line.actors or not line.recipients:
        return None
    return (line.type, line.day, _names(line.actors), _names(line.recipients))


def _names(parties: tuple[Named, ...]) -> str:
    return "|".join(sorted(party.actor or fold(party.name) for party in parties))


def _toll(party: int, line: FigureLine) -> Toll | None:
    known = [number for number in (line.low, line.value, line.high) if number is not None]
    if line.kind not in TOLLS or not known:
        return None
    low, high = min(known), max(known)
    value = line.value if line.value is not None else low
    return Toll(party, line.kind, line.day, line, low, value, high)
