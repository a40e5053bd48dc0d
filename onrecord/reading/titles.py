"""Titles: the offices and forms of address before a name, and whose they are ("Russian Foreign Minister")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.lexicon.known import (
    Gender,
    bodies,
    body_words,
    countries,
    first_words,
    honorifics,
    office_words,
    offices,
)
from onrecord.lexicon.load import word_set
from onrecord.reading.setting import Word

_JOINING = frozenset({"and", "of", "for", "the", "'s", "to", "-", "&"})


@dataclass(frozen=True, slots=True)
class Title:
    """Words before a name that say what its bearer is.

    ``start`` to ``end`` is all of them, ``office`` the stretch of the office alone (None where there is only
    a form of address), ``words`` that office in small letters; ``country`` and ``sectors`` what they tell.
    """

    start: int
    end: int
    office: tuple[int, int] | None
    words: str
    country: str | None
    sectors: tuple[str, ...]
    gender: Gender | None


def leading(words: Sequence[Word]) -> tuple[Title, int] | None:
    """Read the title at the head of some words; give it and how many words it takes, None for no title."""
    at = taken = 0
    office: tuple[int, int] | None = None
    name: str = ""
    country: str | None = None
    sectors: tuple[str, ...] = ()
    gender: Gender | None = None
    body_sectors: tuple[str, ...] = ()
    while at < len(words):
        length = office_length(words, at)
        if length:
            name = _phrase(words, at, length)
            found = offices()[name]
            office = (words[at].start, words[at + length - 1].end)
            country, sectors, gender = (
                country or found.country or None,
                found.sectors or sectors,
                found.gender or gender,
            )
            at = taken = at + length
            continue
        low = words[at].low
        dotted = f"{low}." if at + 1 < len(words) and words[at + 1].text == "." else low
        if dotted in honorifics() or low in honorifics():
            gender = honorifics().get(low, honorifics().get(dotted)) or gender
            at = taken = at + (2 if dotted != low else 1)
            continue
        size, of, told = body_length(words, at)
        length, code = country_length(words, at)
        if length and length >= size:
            country = code
            at += length
            continue
        if size:
            country, body_sectors = of or country, told
            at += size
            continue
        if low in word_set("before an office") or (low in _JOINING and at):
            at += 1
            continue
        break
    if not taken:
        return None
    last = words[taken - 1].end
    return Title(words[0].start, last, office, name, country, sectors or body_sectors, gender), taken


def office_length(words: Sequence[Word], at: int) -> int:
    """Give how many words the office that stands at a word has; 0 where none does."""
    if at >= len(words):
        return 0
    known = offices()
    for length in range(min(office_words().get(words[at].low, 0), len(words) - at), 0, -1):
        if _phrase(words, at, length) in known:
            return length
    return 0


_CONTINENTS = frozenset({"Latin", "South", "Central", "North", "African", "Native", "Spanish"})


def country_length(words: Sequence[Word], at: int) -> tuple[int, str | None]:
    """Give how many words the country's name or demonym at a word has, and its code; 0 where none is.

    "American" after "Latin" is of no country, and "Warsaw" in "Warsaw Pact" is not Poland's.
    """
    known = countries()
    if at and words[at - 1].text in _CONTINENTS and words[at].text.startswith("America"):
        return 0, None
    for length in range(min(first_words().get(words[at].text, 0), len(words) - at), 0, -1):
        found = known.get(" ".join(w.text for w in words[at : at + length]))
        if found is not None:
            size, code, _ = body_length(words, at)
            return (0, None) if size > length and code != found.code else (length, found.code)
    return 0, None


def body_length(words: Sequence[Word], at: int) -> tuple[int, str | None, tuple[str, ...]]:
    """Give how many words the well-known organisation at a word has, its country and its sectors."""
    known = bodies()
    for length in range(min(body_words().get(words[at].text, 0), len(words) - at), 0, -1):
        found = known.get(" ".join(w.text for w in words[at : at + length]))
        if found is not None:
            return length, found.country or None, found.sectors
    return 0, None, ()


def _phrase(words: Sequence[Word], at: int, length: int) -> str:
    """Join words as the lexicon has them: stops and hyphens closed up."""
    parts = [w.low for w in words[at : at + length]]
    return " ".join(parts).replace(" .", ".").replace(" - ", "-")


_SHORT = {"fm": "foreign minister", "pm": "prime minister", "premier": "prime minister", "sen.": "senator"}


def spelled_out(office: str) -> str:
    """Give an office in its long form where it has a short one ("fm")."""
    return _SHORT.get(office, office)
