"""Actors linked to Wikidata, over the network and only when asked: exact names of the right kind and country.

What is found is written down as a decision by "wikidata", which a person's later one takes back. Whatever is
less than exact, or more than one, is left to people.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select

from onrecord._version import __version__
from onrecord.errors import StoreError
from onrecord.store.decisions import Decision, Party, all_decisions, decide, party_named
from onrecord.store.naming import heritage, person_name
from onrecord.store.rows import fold
from onrecord.store.schema import actors
from onrecord.store.store import Store

SERVER = "https://www.wikidata.org/w/api.php"
USER_AGENT = f"onrecord/{__version__} (links actors of news to Wikidata on a person's request)"
PAUSE = 1.0
"""Seconds between two requests; where the server asks for more, it gets more."""

_MOST_BYTES = 8 * 1024 * 1024
_TRIES = 3
_SECONDS = 30.0
_FOUND = 10  # entries looked at for a name
_PEOPLE = frozenset({"Q5"})
_IS, _CITIZEN, _COUNTRY, _CODE = "P31", "P27", "P17", "P298"

Fetch = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Entry:
    """What Wikidata says of something, as far as it is asked: names, kinds, and ids of countries."""

    id: str
    names: frozenset[str]
    kinds: frozenset[str]
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking came to: decisions written, and names with the entries that people may choose from."""

    links: tuple[Decision, ...]
    doubtful: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(slots=True)
class Wikidata:
    """A small client: one request at a time, with pauses; ``fetch`` gives the bytes at an address."""

    fetch: Fetch = field(default_factory=lambda: _fetch)
    pause: float = PAUSE
    language: str = "en"
    _codes: dict[str, str | None] = field(default_factory=dict)
    _last: float = field(default=float("-inf"))

    def search(self, name: str) -> list[str]:
        """Give the ids of entries that a name finds."""
        answer = self._ask(
            action="wbsearchentities", search=name, language=self.language, uselang=self.language,
            type="item", limit=str(_FOUND),
        )  # fmt: skip
        return [str(one["id"]) for one in answer.get("search", ())]

    def entries(self, ids: Sequence[str]) -> list[Entry]:
        """Give what Wikidata says of entries."""
        return [_entry(one) for one in self._entities(ids) if "missing" not in one]

    def codes(self, ids: Sequence[str]) -> set[str]:
        """Give the ISO 3166-1 alpha-3 codes of countries."""
        new = [one for one in dict.fromkeys(ids) if one not in self._codes]
        if new:
            self._codes.update(dict.fromkeys(new))
            for one in self._entities(new):
                self._codes[str(one["id"])] = next(iter(_claims(one, _CODE)), None)
        return {code for one in ids if (code := self._codes[one])}

    def _entities(self, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        for start in range(0, len(ids), 50):  # the server takes no more
            answer = self._ask(
                action="wbgetentities", ids="|".join(ids[start : start + 50]), languages=self.language,
                props="labels|aliases|claims",
            )  # fmt: skip
            yield from answer.get("entities", {}).values()

    def _ask(self, **asked: str) -> dict[str, Any]:
        time.sleep(max(0.0, self._last + self.pause - time.monotonic()))
        address = f"{SERVER}?{urlencode({**asked, 'format': 'json', 'maxlag': '5'})}"
        try:
            answer = json.loads(self.fetch(address))
        except ValueError as error:
            raise StoreError(f"Wikidata's answer cannot be read: {error}") from error
        finally:
            self._last = time.monotonic()
        if not isinstance(answer, dict) or "error" in answer:
            said = answer.get("error", {}).get("info", "") if isinstance(answer, dict) else ""
            raise StoreError(f"Wikidata refused: {said or 'no reason given'}; try again later")
        return answer


def link(store: Store, client: Wikidata, *, limit: int | None = None) -> Linked:
    """Look up actors that have no link and none taken back; write down those that are certain.

    People and bodies with a known country are certain where one entry alone has exactly their name as label
    or alias, their kind and their country. ``find_actors`` puts the links at the actors.
    """
    asked = {d.one for d in all_decisions(store.view()) if d.action == "link"}
    wanted = select(actors).where(actors.c.wikidata.is_(None), actors.c.type.in_(("person", "organization")))
    with store.reading() as connection:
        rows = connection.execute(wanted.order_by(actors.c.name, actors.c.id)).all()
    links: list[Decision] = []
    doubtful: list[tuple[str, tuple[str, ...]]] = []
    for row in rows:
        party = party_named(row.name, type=row.type, country=row.country)
        if party in asked or not _askable(row.type, row.name):
            continue
        if limit is not None and len(links) + len(doubtful) >= limit:
            break
        certain, others = _look_up(client, row.name, row.type, row.country)
        if certain is not None:
            why = f"Wikidata {certain} alone has this name, kind and country ({row.country})"
            links.append(decide(store, "link", party, Party(wikidata=certain), why=why, who="wikidata"))
        elif others:
            doubtful.append((row.name, others))
    return Linked(tuple(links), tuple(doubtful))


def _askable(kind: str, name: str) -> bool:
    if kind != "person":
        return True
    parts = person_name(name)
    return parts is not None and bool(parts.given) and not parts.initial


def _look_up(
    client: Wikidata, name: str, kind: str, country: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """Give the one entry that is certain, or else those that might be meant."""
    ids = client.search(name)
    entries = [
        entry for entry in (client.entries(ids) if ids else [])
        if fold(name) in entry.names and (bool(entry.kinds & _PEOPLE) == (kind == "person"))
    ]  # fmt: skip
    same = [e for e in entries if country and _of_country(client, e, country)]
    if len(same) == 1:
        return same[0].id, ()
    return None, tuple(entry.id for entry in entries)


def _of_country(client: Wikidata, entry: Entry, country: str) -> bool:
    return heritage(country) in {heritage(code) for code in client.codes(entry.countries)}


def _entry(one: dict[str, Any]) -> Entry:
    labels = [label["value"] for label in _each(one.get("labels"))]
    aliases = [alias["value"] for of_language in _each(one.get("aliases")) for alias in of_language]
    return Entry(
        str(one["id"]),
        frozenset(map(fold, (*labels, *aliases))),
        frozenset(_claims(one, _IS)),
        tuple(dict.fromkeys((*_claims(one, _CITIZEN), *_claims(one, _COUNTRY)))),
    )


def _each(values: Any) -> list[Any]:
    return list(values.values()) if isinstance(values, dict) else []


def _claims(one: dict[str, Any], of: str) -> list[str]:
    """Give the values of a property that are ids or strings, deprecated ones left out."""
    claims = one.get("claims")
    found: list[str] = []
    for claim in claims.get(of, ()) if isinstance(claims, dict) else ():
        value = claim.get("mainsnak", {}).get("datavalue", {}).get("value")
        if claim.get("rank") != "deprecated" and value is not None:
            found.append(str(value["id"] if isinstance(value, dict) else value))
    return found


def _fetch(address: str) -> bytes:
    """Fetch from the server, again where it is busy, after as long as it asks for."""
    request = urllib.request.Request(address, headers={"User-Agent": USER_AGENT})  # noqa: S310
    for attempt in range(_TRIES):
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                return bytes(answer.read(_MOST_BYTES))
        except urllib.error.HTTPError as error:
            if error.code not in {429, 503} or attempt + 1 == _TRIES:
                raise StoreError(f"Wikidata answered {error.code}; try again later") from error
            asked = error.headers.get("Retry-After", "")
            time.sleep(min(60.0, float(asked)) if asked.isdigit() else 5.0 * (attempt + 1))
        except OSError as error:
            raise StoreError(f"Wikidata cannot be reached: {error}") from error
    raise StoreError("Wikidata is busy; try again later")
