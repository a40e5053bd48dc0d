"""Toponyms: the names of a page that the gazetteer knows, each with the places that it may be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.known import countries
from onrecord.lexicon.load import listed, rows, word_set
from onrecord.reading.gazetteer import ADMIN1, ADMIN2, CITY, COUNTRY, Spot, gazetteer
from onrecord.record import EntityType, Mention

_LONGEST = 60  # characters; a longer name is no place's
_SHORT, _MILLION = 4, 60  # letters of an abbreviation, and how big a place has one
_BIG = 50  # people of a town that nobody has to be told of: 100,000
# What stands beside a place's name in its mention: "the Umemger village", "northern Syria", "Benue state".
_BEFORE = re.compile(
    r"(?:(?:the|all|downtown|uptown|central|greater|inner|mid|upper|lower|mainland|suburban|rural|state of"
    r"|city of|town of|village of|province of"
    r"|(?:north|south)(?:[- ]?(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?)[ -])+",
    re.IGNORECASE,
)
_REGION = "state|province|region|county|governorate|prefecture|lga|local government area"
_TOWN = "city|town|village|camp|suburb|proper|municipality|municipal district"
_AFTER = re.compile(
    rf" (?:(?i:({_REGION}|district)|({_TOWN})|neighbou?rhood|area|island)|[a-z]+(?: [a-z]+){{0,3}})$"
)
_JOINT = re.compile(r"(?<=[^\W\d_])[-–—/](?=[A-Z])")
_LISTED = re.compile(r"\w, \w")

# What lies within a town and is in no gazetteer: its streets, squares and quarters.
_INNER = re.compile(
    r"\b(?:street|st\.|avenue|ave\.|road|rd\.|boulevard|blvd\.?|lane|drive|square|bridge|plaza|church|cathedral"
    r"|mosque|temple|hospital|hotel|inn|theatre|theater|museum|library|station|city hall|mall|market"
    r"|quarter|district|neighbou?rhood|heights|rue|faubourg|barangay|canal|gardens?|cemetery)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name that may be a place: its mention, its stretch, and what the gazetteer has of it.

    ``type`` is the reader's own type of the mention, ``held`` that of the longer name it stands in, if any;
    ``key`` the words that were looked up, which name the same place wherever they stand in the page.
    """

    mention: Mention
    start: int
    end: int
    type: EntityType
    spots: tuple[Spot, ...]
    held: EntityType | None
    key: str


def toponyms(text: str, mentions: Sequence[Mention], types: Mapping[str, EntityType]) -> list[Toponym]:
    """Give the toponyms of a page in text order; those that the gazetteer does not know have no spots."""
    names = [m for m in mentions if m.kind == "name" and m.end - m.start <= _LONGEST]
    found: list[Toponym] = []
    around: list[Mention] = []
    skip_to = -1
    for i, name in enumerate(names):
        kind = name.type or types[name.entity]
        around = [m for m in around if m.end > name.start]
        holder = next(
            (m for m in around if m.end >= name.end and m.end - m.start > name.end - name.start), None
        )
        around.append(name)
        if kind == "nationality" or (kind == "place" and _LISTED.search(name.text)):
            continue
        covered = (
            bool(found and found[-1].spots) and name.end <= found[-1].end
        )  # "China" of "South China Sea"
        if covered or name.start < skip_to:
            continue
        held = None if holder is None or _LISTED.search(holder.text) else holder.type or types[holder.entity]
        end = _joined(text, names, i, types)
        if end > name.end:
            skip_to = end
        found += _read(text, name, end, kind, held)
    return [t for i, t in enumerate(found) if t.spots or not _holds_known(found, i)]


def is_inner(toponym: Toponym) -> bool:
    """Whether a name is, by its words, that of a street, house or quarter: a thing within a town."""
    return toponym.type == "place" and _INNER.search(toponym.key) is not None


def _holds_known(found: Sequence[Toponym], at: int) -> bool:
    """Whether a name that is not known holds one that is: "London boroughs"."""
    for k in range(at + 1, len(found)):
        if found[k].start >= found[at].end:
            return False
        if found[k].spots:
            return True
    return False


def _joined(text: str, names: Sequence[Mention], at: int, types: Mapping[str, EntityType]) -> int:
    """Tell where a name ends whose words the reader took for several names: "Collier" "County"."""
    name = names[at]
    end, placed = name.end, (name.type or types[name.entity]) == "place"
    for other in names[at + 1 : at + 4]:
        if other.start < end:
            continue
        kind = other.type or types[other.entity]
        if (
            text[end : other.start] != " "
            or kind in ("person", "nationality")
            or other.end - name.start > _LONGEST
        ):
            break
        whole = known(text[name.start : other.end])
        if not whole:
            parts = (known(text[name.start : end]), known(other.text))
            apart = all(any(s.people >= _BIG for s in spots) for spots in parts)
            if apart or not (placed or kind == "place"):
                break
        end, placed = other.end, True
    return end


def _read(text: str, name: Mention, end: int, kind: EntityType, held: EntityType | None) -> list[Toponym]:
    words = text[name.start : end]
    spots = known(words)
    if text[end : end + 1] == ".":
        spots = shortened().get(words + ".", spots)  # "Va." whose stop the reader took for the sentence's
    if spots or kind == "person":
        return [Toponym(name, name.start, end, kind, spots, held, words)]
    joint = _JOINT.search(words)
    if joint is not None:  # "Amsterdam-London" is two places
        parts = ((name.start, name.start + joint.start()), (name.start + joint.end(), end))
        read = [Toponym(name, a, b, kind, known(text[a:b]), held, text[a:b]) for a, b in parts]
        if all(t.spots for t in read):
            return read
    spots = _bare(words)
    return [Toponym(name, name.start, end, kind, spots, held, words)]


def _bare(words: str) -> tuple[Spot, ...]:
    """Give the places of a name less what only stands beside it, of the kind that this tells."""
    opened = _BEFORE.match(words)
    less = words[opened.end() :] if opened else words
    for _ in range(3):
        if less != words and less[:1].isupper() and (spots := known(less)):
            return spots
        closed = _AFTER.search(less)
        if closed is None:
            return ()
        less = less[: closed.start()]
        spots = known(less) if less[:1].isupper() else ()
        wanted = (ADMIN1, ADMIN2) if closed[1] else (CITY,) if closed[2] else ()
        if spots:
            return tuple(s for s in spots if s.kind in wanted) or spots
    return ()


def known(words: str) -> tuple[Spot, ...]:
    """Give the places that words may name; countries and states by their short names too."""
    if words in shortened():
        return shortened()[words]
    land = countries().get(words) or (countries().get(words.title()) if words.isupper() else None)
    if land is not None and land.how in ("demonym", "people"):
        return ()
    if words.lower().replace("-", "") in word_set("never places"):
        return ()
    spots = gazetteer().find(words)
    if words.isupper() and sum(map(str.isalpha, words)) <= _SHORT:
        # "EU" is not Eu in France, nor "NATO" Nato in the Philippines.
        spots = tuple(s for s in spots if s.people >= _MILLION or s.kind not in (CITY, ADMIN2))
    held = (COUNTRY, ADMIN1)  # England is known as itself, not as the United Kingdom only
    if (
        land is not None
        and land.how == "name"
        and not any(s.kind in held and s.country == land.code for s in spots)
    ):
        spots = (*country(land.name, land.code), *spots)
    return spots


def country(name: str, code: str) -> tuple[Spot, ...]:
    """Give a country's own entry."""
    return tuple(s for s in gazetteer().find(name) if s.kind == COUNTRY and s.country == code)[:1]


@cache
def shortened() -> dict[str, tuple[Spot, ...]]:
    """Give the states by the forms that newspapers shorten them to: "Calif."."""
    found: dict[str, tuple[Spot, ...]] = {}
    for name, code, forms, postal in rows("states"):
        spots = tuple(s for s in gazetteer().find(name) if s.kind == ADMIN1 and s.country == code)[:1]
        for form in (*listed(forms), postal):
            found.setdefault(form, spots)
    return found
