"""What an address asks of the store: a Filter from its parameters, and facets and chips that change it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from starlette.requests import Request

from onrecord.export.visible import visible
from onrecord.store.facets import Facet, Facets
from onrecord.store.filter import Filter
from onrecord.store.query import Mark, marks, parse
from onrecord.web.bench import address, asked

ASKED = tuple(field.name for field in fields(Filter) if field.name != "words")
"""The parameters that narrow; ``q`` is the words, ``month`` a shorter way to say since and until."""

_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
_MONTH = re.compile(r"(\d{4})-(\d\d)")

# Which filter a facet sets, by what is listed; "" where no filter asks for just that.
_SPEAKERS = {"statements": "speaker", "events": "actor", "relations": "actor", "figures": "actor"}
_TYPED = ("events", "relations")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how many rows have it, and the address that asks for it or no longer does."""

    value: str
    count: int
    to: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition that holds, and the address without it."""

    name: str
    value: str
    to: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words shown; ``marked`` where the query matched them."""

    text: str
    marked: bool


def filter_of(request: Request) -> Filter:
    """Read the conditions from the address; what cannot be a day is no condition."""
    found = {name: _plain(asked(request, name)) or None for name in ASKED}
    for name in ("since", "until"):
        found[name] = found[name] if _DAY.fullmatch(found[name] or "") else None
    for name in ("country", "type", "quad", "attitude", "status"):
        found[name] = _same_case(name, found[name])
    asks = Filter(words=_plain(asked(request, "q")) or None, **found)
    month = _MONTH.fullmatch(asked(request, "month"))
    if month is None:
        return asks
    first, after = month[0] + "-01", _next_month(int(month[1]), int(month[2])) + "-01"
    return replace(asks, since=max(asks.since or "", first), until=min(asks.until or "9999", after))


def chips(request: Request) -> list[Chip]:
    """Give the conditions that hold, each with the address without it."""
    named = [(name, _plain(asked(request, name))) for name in (*ASKED, "month")]
    return [
        Chip(name, visible(value), address(request, after=None, **{name: None}))
        for name, value in named
        if value and not (name in {"since", "until"} and not _DAY.fullmatch(value))
    ]


def choices(request: Request, what: str, counted: Facets) -> Iterator[tuple[str, tuple[Choice, ...]]]:
    """Give the facets of a list: the name of the filter, and its values."""
    for name, values in (
        (_SPEAKERS.get(what, ""), counted.speakers),
        ("country", counted.countries),
        ("outlet", counted.outlets),
        ("type" if what in _TYPED else "", counted.types),
        ("attitude", counted.attitudes),
        ("status", counted.statuses),
        ("month", tuple(reversed(counted.months))),
    ):
        if name and values:
            yield name, tuple(_choices(request, name, values))


def pieces(words: str, found: Sequence[Mark]) -> list[Piece]:
    """Cut words where marks begin and end."""
    cut, at = [], 0
    for mark in found:
        cut.append(Piece(visible(words[at : mark.start]), False))
        cut.append(Piece(visible(words[mark.start : mark.end]), True))
        at = mark.end
    cut.append(Piece(visible(words[at:]), False))
    return [piece for piece in cut if piece.text]


def pieces_of(words: str, query: str | None) -> list[Piece]:
    """Cut words where the query matched them."""
    return pieces(words, marks(parse(query), words))


def _choices(request: Request, name: str, values: Sequence[Facet]) -> Iterator[Choice]:
    now = _plain(asked(request, name))
    for facet in values:
        chosen = facet.value == now
        to = address(request, after=None, **{name: None if chosen else facet.value})
        yield Choice(facet.value, facet.count, to, chosen)


def _same_case(name: str, value: str | None) -> str | None:
    """Countries are written in capitals, statuses in small letters; types are of both kinds."""
    if value is None or name == "type":
        return value
    return value.upper() if name == "country" else value.lower()


def _plain(value: str) -> str:
    return value.replace("\0", "").strip()


def _next_month(year: int, month: int) -> str:
    return f"{year + month // 12:04}-{month % 12 + 1:02}"
