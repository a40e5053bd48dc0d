"""Places: where the place names of a page are, by the gazetteer; who only speaks for a place is left out."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord.lexicon.known import countries
from onrecord.reading.gazetteer import ADMIN2, CITY, COUNTRY, Spot
from onrecord.reading.metonymy import stands_for_place
from onrecord.reading.spotting import spotted
from onrecord.reading.toponyms import Toponym, is_inner, toponyms
from onrecord.record import Attribution, Entity, Mention, Place

SURE = 0.5  # how likely a name must stand for its place


def places(
    text: str, mentions: Sequence[Mention], entities: Sequence[Entity], attributions: Sequence[Attribution]
) -> tuple[Place, ...]:
    """Give the places of a page in text order, each tied to its mention.

    A street or house that the gazetteer does not know is put where its town is, under the town's name, where
    the page names one; any other name that it does not know is left out.
    """
    types = {e.id: e.type for e in entities}
    found = toponyms(text, mentions, types)
    spots = spotted(text, found, [e.country for e in entities if e.country])
    likely = stands_for_place(text, found, spots, attributions)
    kept = [(t, s) for t, s, p in zip(found, spots, likely, strict=True) if p >= SURE]
    towns = _towns(kept)
    placed = []
    for toponym, spot in kept:
        where = spot or (_town(towns, toponym) if is_inner(toponym) else None)
        if where is not None:
            placed.append(_place(toponym.mention.id, where))
    return tuple(placed)


def with_countries(
    entities: Sequence[Entity], mentions: Sequence[Mention], placed: Sequence[Place]
) -> tuple[Entity, ...]:
    """Give the entities, those that are places and have no country with that of their first place."""
    of_mention = {m.id: m.entity for m in mentions}
    lands: dict[str, str] = {}
    for place in placed:
        if place.country is not None:
            lands.setdefault(of_mention[place.mention], place.country)
    return tuple(
        replace(e, country=lands[e.id]) if e.country is None and e.type == "place" and e.id in lands else e
        for e in entities
    )


def _place(mention: str, spot: Spot) -> Place:
    name = _country_names().get(spot.country, spot.name) if spot.kind == COUNTRY else spot.name
    return Place(mention, name, spot.country or None, spot.lat, spot.lon, spot.geonames_id)


@cache
def _country_names() -> dict[str, str]:
    """Give the usual names of countries: GeoNames has "Syrian Arab Republic"."""
    return {c.code: c.name for c in countries().values() if c.how == "name"}


def _towns(kept: Sequence[tuple[Toponym, Spot | None]]) -> list[tuple[int, Spot]]:
    """Give the towns of a page by offset; where it has one or two, or one mostly, the others do not count."""
    named = [(t.start, s) for t, s in kept if s is not None and s.kind in (CITY, ADMIN2)]
    counts = Counter(s.row for _, s in named)
    most = max(counts.values(), default=0)
    main = {row for row, n in counts.items() if 2 * n >= most}
    return [(start, s) for start, s in named if s.row in main]


def _town(towns: Sequence[tuple[int, Spot]], toponym: Toponym) -> Spot | None:
    """Give the town named last before a name, else the first one after it."""
    at = bisect_right(towns, toponym.start, key=lambda t: t[0])
    return towns[max(0, at - 1)][1] if towns else None
