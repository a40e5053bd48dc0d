"""Spotting: which of the places of a name the page means, by its country, its neighbours and their size."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.reading.doubts import described, doubted, surnames
from onrecord.reading.gazetteer import ADMIN1, ADMIN2, CITY, CONTINENT, COUNTRY, FEATURE, Spot
from onrecord.reading.toponyms import Toponym

# Weights, set by hand on GeoWebNews's train articles; one unit is a tenfold population.
_KIND = {CONTINENT: 9.0, COUNTRY: 6.0, ADMIN1: 0.0, ADMIN2: -1.6, CITY: 0.0, FEATURE: 0.5}
_CAPITAL = 1.2
_OTHER_NAME = -2.5
_SHORT_NAME = 1.3  # "New York" is rather the city than the state
_WITHIN_SAID = 9.0  # "Paris, Texas"
_COUNTRY = 1.2  # the page names its country, by the logarithm of how often
_REGION = 1.0  # the page names its region
_NEAR = 0.7  # another place of the page is within 150 km
_NEAR_KM = 150.0
_LONGEST_INSIDE = 12  # characters between a place and what holds it
_OFTEN = 1.4  # naming a country more than three times says no more
_MILLIONS = 65  # people of a town of three million
_FAR = 3.0  # degrees of latitude
_MOST_SURE = 64  # places of a page that others are held against, so that a long page takes no longer
_LOCAL = frozenset({CITY, ADMIN2, ADMIN1})
_INSIDE = re.compile(r"(?:, | \(|, in | in | County, )\Z")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a page says of where it is: countries by how often it names them, regions, towns it is sure of."""

    countries: Counter[str]
    regions: frozenset[int]
    sure: tuple[Spot, ...]


def spotted(text: str, found: Sequence[Toponym], lands: Iterable[str]) -> list[Spot | None]:
    """Give the place of each toponym, None where the gazetteer has none; a name is one place in a page.

    ``lands`` are the countries that the page names otherwise, by demonyms and bodies.
    """
    holders = [_holder(text, found, i) for i in range(len(found))]
    ground = _ground(found, lands)
    named = Counter(t.key for t in found if t.spots)
    once = {t.key: t for t in found if t.spots}
    said: dict[str, dict[str, Toponym]] = {}
    for toponym, holder in zip(found, holders, strict=True):
        if holder is not None:
            said.setdefault(toponym.key, {})[holder.key] = holder
    best: dict[str, Spot] = {}
    for _ in range(2):  # a second look knows what the first took the others for
        best = {key: _best(t, ground, tuple(said.get(key, {}).values())) for key, t in once.items()}
        sure = dict.fromkeys(best[key] for key, _ in named.most_common(_MOST_SURE))
        towns = tuple(s for s in sure if s.kind in _LOCAL and s.lat is not None)
        ground = Ground(ground.countries, ground.regions, towns)
    people, things, listed = surnames(found), described(text, found), _listed(text, found)
    return [
        spot
        if (spot := best.get(t.key)) is None
        or not doubted(text, t, spot, backed=t.key in said or t.key in listed, people=people, things=things)
        else None
        for t in found
    ]


def _best(toponym: Toponym, ground: Ground, said: Sequence[Toponym]) -> Spot:
    return max(toponym.spots, key=lambda s: (_score(s, toponym, ground, said), -s.row))


def _holder(text: str, found: Sequence[Toponym], at: int) -> Toponym | None:
    """Give the toponym that is said to hold this one: the state in "Paris, Texas"."""
    after = found[at + 1] if at + 1 < len(found) else None
    if after is None or not after.spots or not 0 < after.start - found[at].end < _LONGEST_INSIDE:
        return None
    if not _INSIDE.match(text[found[at].end : after.start].lstrip(".")):
        return None
    if _is_country(found[at]) and _is_country(after):
        return None  # "Canada, Mexico" is a list of countries, no village of Mexico's
    # "Ohio, Washington, Utah" is a list of states.
    listed = at > 0 and text[found[at - 1].end : found[at].start] == ", "
    state = any(s.kind == ADMIN1 and s.own for s in found[at].spots)
    return None if listed and state else after


def _listed(text: str, found: Sequence[Toponym]) -> set[str]:
    """Give the names that a list has after a place: those of "in Nitra, Prešov and Košice"."""
    names: set[str] = set()
    for one, other in pairwise(found):
        joined = text[one.end : other.start] if other.start - one.end < _LONGEST_INSIDE else ""
        if one.spots and joined in (", ", " and ", ", and ") and (one.type == "place" or one.key in names):
            names.add(other.key)
    return names


def _is_country(toponym: Toponym) -> bool:
    """Whether a name is a country's, and no state's of another: Georgia is both."""
    own = [s for s in toponym.spots if s.own and s.kind in (COUNTRY, ADMIN1)]
    lands = {s.country for s in own if s.kind == COUNTRY}
    return bool(lands) and all(s.country in lands for s in own)


def _ground(found: Sequence[Toponym], lands: Iterable[str]) -> Ground:
    named = Counter(lands)
    regions = set()
    for toponym in found:
        top = [s for s in toponym.spots if s.kind == COUNTRY]
        states = [s for s in toponym.spots if s.kind == ADMIN1 and s.own]
        if top and not states:
            named[top[0].country] += 1
        elif states and not top:
            regions |= {s.geonames_id or 0 for s in states}
            named.update({s.country for s in states[:1]})
        elif len(toponym.spots) == 1:
            named[toponym.spots[0].country] += 1
    named.pop("", None)
    return Ground(named, frozenset(regions), ())


def _score(spot: Spot, toponym: Toponym, ground: Ground, said: Sequence[Toponym]) -> float:
    score = spot.people / 10 + _KIND[spot.kind] + _CAPITAL * spot.capital
    if not spot.own:
        alone = all(s.kind != COUNTRY for s in toponym.spots)  # "Mexico" is rather the country than the city
        score += (
            _SHORT_NAME if alone and spot.people >= _MILLIONS and spot.name.endswith(" City") else _OTHER_NAME
        )
    if spot.kind in (COUNTRY, CONTINENT):
        score -= spot.people / 20
    score += _COUNTRY * min(math.log1p(ground.countries[spot.country]), _OFTEN)
    if spot.admin in ground.regions and spot.kind in (CITY, ADMIN2):
        # Its region, named otherwise than by this name: "Oklahoma" says nothing for Oklahoma City.
        score += _REGION * all(s.geonames_id != spot.admin for s in toponym.spots)
    if spot.kind not in (COUNTRY, CONTINENT) and any(
        _near(spot, s) and s not in toponym.spots for s in ground.sure
    ):
        score += _NEAR
    if any(_in(spot, other) for toponym in said for other in toponym.spots):
        score += _WITHIN_SAID
    return score


def _in(spot: Spot, other: Spot) -> bool:
    if other.kind == COUNTRY:
        return spot.kind != COUNTRY and spot.country == other.country
    return other.kind == ADMIN1 and spot.kind in (CITY, ADMIN2) and spot.admin == other.geonames_id


def _near(spot: Spot, other: Spot) -> bool:
    if spot.lat is None or other.lat is None or abs(spot.lat - other.lat) > _FAR:
        return False
    return other.name != spot.name and apart(spot, other) < _NEAR_KM


def apart(one: Spot, other: Spot) -> float:
    """Give the kilometres between two places, on a flat map; infinite where unknown or far."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    if abs(one.lat - other.lat) > _FAR:
        return math.inf
    across = (one.lon - other.lon + 180) % 360 - 180
    return 111.2 * math.hypot(one.lat - other.lat, across * math.cos(math.radians(one.lat)))
