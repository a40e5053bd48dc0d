"""What the word lists know of a name: its country, body, office, form of address or likely gender."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.lexicon.load import listed, rows

Gender = Literal["m", "f"]


@dataclass(frozen=True, slots=True)
class Country:
    """A country as words name it: ``how`` tells which kind of word it was."""

    code: str
    name: str
    how: Literal["name", "demonym", "people", "capital"]


@dataclass(frozen=True, slots=True)
class Body:
    """A well-known organisation: its usual name, ISO 3166-1 alpha-3 country ("" where none) and sectors."""

    name: str
    country: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """An office or calling: sectors, whether its word is a plural, gender and country where it has one."""

    sectors: tuple[str, ...]
    plural: bool
    gender: Gender | None
    country: str


@cache
def countries() -> dict[str, Country]:
    """Give every word for a country, as it is written: names before demonyms before capitals."""
    found: dict[str, Country] = {}
    for code, name, others, demonyms, people, capitals in rows("countries"):
        for words in (name, *listed(others)):
            found.setdefault(words, Country(code, name, "name"))
        for words in listed(demonyms):
            found.setdefault(words, Country(code, name, "demonym"))
        for words in listed(people):
            found.setdefault(words, Country(code, name, "people"))
        for words in listed(capitals):
            found.setdefault(words, Country(code, name, "capital"))
    return found


@cache
def first_words() -> dict[str, int]:
    """Give the first word of each country word, and how many words the longest that starts so may have."""
    return _firsts(countries())


@cache
def body_words() -> dict[str, int]:
    """Give the first word of each body's name, and how many words the longest that starts so may have."""
    return _firsts(bodies())


@cache
def office_words() -> dict[str, int]:
    """Give the first word of each office, and how many words the longest that starts so may have."""
    return _firsts(offices())


def _firsts(known: Iterable[str]) -> dict[str, int]:
    """Count as the reader does: a hyphen and a last stop may be words of their own."""
    found: dict[str, int] = {}
    for name in known:
        parts = name.replace("-", " - ").split()
        size = len(parts) + name.count(".") + name.count("'") + name.count("’")
        for first in {parts[0], parts[0].rstrip("."), name.split()[0]}:
            found[first] = max(found.get(first, 0), size)
    return found


@cache
def bodies() -> dict[str, Body]:
    """Give the well-known organisations by every name they have, as it is written."""
    found: dict[str, Body] = {}
    for name, others, country, sectors in rows("organizations"):
        body = Body(name, country, listed(sectors))
        for words in (name, *listed(others)):
            found.setdefault(words, body)
    return found


@cache
def offices() -> dict[str, Office]:
    """Give the offices and callings by their words in small letters."""
    return {
        words: Office(listed(sectors), number == "p", _gender(gender), country)
        for words, sectors, number, gender, country in rows("offices")
    }


@cache
def honorifics() -> dict[str, Gender | None]:
    """Give the forms of address in small letters, with the gender that they tell."""
    return {words: _gender(gender) for words, gender in rows("honorifics")}


@cache
def given_names() -> dict[str, Gender]:
    """Give the given names that mostly one gender bears."""
    return {
        name: "m" if gender == "m" else "f" for gender, names in rows("given_names") for name in listed(names)
    }


@cache
def head_nouns() -> dict[str, str]:
    """Give the head nouns of bodies ("ministry", "army") with their PLOVER sector."""
    return {words: sector for words, sector in rows("bodies")}  # noqa: C416


def _gender(cell: str) -> Gender | None:
    return "m" if cell == "m" else "f" if cell == "f" else None
