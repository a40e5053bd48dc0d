"""The gazetteer: places of the world by name, from GeoNames, in one compact file read when first asked."""

from __future__ import annotations

import io
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

CONTINENT, COUNTRY, ADMIN1, ADMIN2, CITY, FEATURE = range(6)

_UNKNOWN = -32768  # hundredths of a degree: no coordinates
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_LONGEST = 80  # characters; nothing longer is a name of the gazetteer


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the gazetteer; ``people`` is ten times the decimal logarithm of its inhabitants."""

    row: int
    name: str
    geonames_id: int | None
    kind: int
    country: str  # ISO 3166-1 alpha-3, "" where none
    admin: int  # the GeoNames id of its admin1 region, 0 where none
    lat: float | None
    lon: float | None
    people: int
    capital: bool
    own: bool  # asked for by its own name, not by another


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Give the form of a name that is looked up: small letters, no accents or marks, "saint" as "st"."""
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L").replace("ø", "o"))
    kept = "".join(
        c if c.isalnum() else "" if c in "'’ʼ‘`." or unicodedata.combining(c) else " "
        for c in plain.casefold()
    )
    words = kept.split()
    return " ".join(_SHORT.get(w, w) for w in words)


class Gazetteer:
    """The file, held as arrays; ``find`` looks a name up. See :func:`gazetteer`."""

    def __init__(self, content: bytes) -> None:
        import numpy as np

        with np.load(io.BytesIO(content), allow_pickle=False) as held:
            arrays: dict[str, Any] = {name: held[name] for name in held.files}
        self._names: bytes = arrays["names"].tobytes()
        self._others: bytes = arrays["other_names"].tobytes()
        self._name_ends = np.append(np.flatnonzero(arrays["names"] == 10), len(self._names)).astype(np.uint32)
        self._other_ends = np.append(np.flatnonzero(arrays["other_names"] == 10), len(self._others)).astype(
            np.uint32
        )
        self._codes: list[str] = arrays["codes"].tobytes().decode().split("\n")
        self._at = arrays
        self._find = lru_cache(maxsize=4096)(self._looked_up)

    def __len__(self) -> int:
        return len(self._name_ends)

    def find(self, name: str) -> tuple[Spot, ...]:
        """Give every place of a name, those whose own name it is first."""
        return self._find(fold(name)) if len(name) <= _LONGEST else ()

    def _looked_up(self, key: str) -> tuple[Spot, ...]:
        if not key:
            return ()
        found = {row: self._spot(row, True) for row in self._own_rows(key)}
        for row in self._other_rows(key):
            found.setdefault(row, self._spot(row, False))
        return tuple(found.values())

    def _own_rows(self, key: str) -> Iterator[int]:
        at = bisect_left(range(len(self._name_ends)), key, key=lambda i: fold(self._name(i)))
        while at < len(self._name_ends) and fold(self._name(at)) == key:
            yield at
            at += 1

    def _other_rows(self, key: str) -> Iterator[int]:
        sought = key.encode("utf-8", "replace")
        at = bisect_left(range(len(self._other_ends)), key, key=lambda i: self._other(i).decode())
        while at < len(self._other_ends) and self._other(at) == sought:
            yield int(self._at["other_rows"][at])
            at += 1

    def _name(self, row: int) -> str:
        start = int(self._name_ends[row - 1]) + 1 if row else 0
        return self._names[start : int(self._name_ends[row])].decode()

    def _other(self, at: int) -> bytes:
        start = int(self._other_ends[at - 1]) + 1 if at else 0
        return self._others[start : int(self._other_ends[at])]

    def _spot(self, row: int, own: bool) -> Spot:
        held = self._at
        lat, lon = int(held["lats"][row]), int(held["lons"][row])
        kind = int(held["kinds"][row])
        known = lat != _UNKNOWN and lon != _UNKNOWN
        return Spot(
            row,
            self._name(row),
            int(held["geonames"][row]) or None,
            kind & 7,
            self._codes[int(held["countries"][row])],
            int(held["admin_ids"][held["admins"][row]]),
            lat / 100 if known else None,
            lon / 100 if known else None,
            int(held["people"][row]),
            bool(kind & 8),
            own,
        )


@cache
def gazetteer() -> Gazetteer:
    """Give the gazetteer of this package, read once, when first asked."""
    return Gazetteer(files("onrecord.reading").joinpath("gazetteer.npz").read_bytes())
