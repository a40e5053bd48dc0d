"""Names taken apart for comparing: given names and surnames, initials of bodies, skeletons of spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.lexicon.known import bodies, countries, honorifics, offices
from onrecord.lexicon.load import rows, word_set
from onrecord.store.rows import fold

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SMALL = frozenset({"of", "the", "for", "and", "de", "in", "on", "to", "a", "an", "&"})
_FORMER = frozenset({"former", "ex", "then", "outgoing", "acting", "late", "newly", "elected", "current"})
_ARTICLE = re.compile(r"^(?:the|a|an) ")
_PREFIX = re.compile(r"^(?:al|el|as|ash|an|ad|bin|ibn)[-’']")
_SPELLINGS = (
    ("kh", "h"), ("ph", "f"), ("ck", "k"), ("tch", "ch"), ("tz", "ts"), ("ou", "u"), ("oo", "u"), ("w", "v"),
    ("y", "i"), ("j", "i"), ("q", "k"), ("ie", "e"), ("io", "o"), ("ee", "i"), ("’", ""), ("'", ""),
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")
_HERITAGE = {"SUN": "RUS", "DDR": "DEU", "CSK": "CZE", "YUG": "SRB", "SCG": "SRB"}
_SIDES = {
    "BUS": "business", "MED": "media", "CVL": "civil", "EDU": "learning", "HLH": "health", "SPORT": "sport",
    "AGR": "business", "LAB": "civil", "REL": "religion", "CRM": "crime",
}  # fmt: skip
_STATE = frozenset(
    {"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "OPP", "PTY", "REB", "IGO", "ELI", "SEP", "UAF"}
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts: ``given`` is the first given name or an initial, "" for a surname alone."""

    given: str
    middle: str  # initials
    surname: str

    @property
    def initial(self) -> bool:
        """Whether no more than an initial of the given name is known."""
        return len(self.given) == 1


@lru_cache(maxsize=65536)
def person_name(name: str) -> PersonName | None:
    """Take a person's name apart; None where it is no name but a description."""
    words = [word.strip('.,;:()"“”') for word in name.split()]
    while len(words) > 1 and _is_title(fold(words[0])):
        words.pop(0)
    words = [word for word in words if word and fold(word) not in _SUFFIXES]
    if not words or not (words[-1][:1].isupper() or _PREFIX.match(fold(words[-1]))):
        return None
    folded = [fold(word) for word in words]
    if folded[0] in {"the", "a", "an", "his", "her", "its", "their"} or " ".join(folded) in offices():
        return None
    surname = _PREFIX.sub("", folded[-1])
    if len(surname) < 2 or surname.isdigit():
        return None
    given = [
        part for part in folded[:-1] if part not in {"al", "bin", "ibn", "de", "von", "van", "der", "el"}
    ]
    return PersonName(given[0] if given else "", "".join(part[0] for part in given[1:]), surname)


def _is_title(word: str) -> bool:
    """Whether a word before a name is a form of address or an office, and no given name (Dean)."""
    if word in honorifics() or f"{word}." in honorifics():
        return True
    return word in offices() and word not in word_set("offices that are surnames")


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Give a name's word without what transliterations differ in: Sergey is Sergei, Zelenskyy is Zelensky."""
    bare = word
    for one, other in _SPELLINGS:
        bare = bare.replace(one, other)
    return _TWICE.sub(r"\1", bare)


@lru_cache(maxsize=65536)
def body_name(name: str) -> str:
    """Give a body's or place's name without its article and points: "the U.N." is "un"."""
    return _ARTICLE.sub("", fold(name)).replace(".", "").strip(' ,;:()"“”')


def known_as(name: str) -> str | None:
    """Say which country or well-known body the word lists know by this name, None where they do not."""
    plain = _ARTICLE.sub("", name) if name[:1].islower() else name.removeprefix("The ")
    country = countries().get(plain)
    if country is not None and country.how == "name":
        return f"country {country.code}"
    body = bodies().get(plain)
    return None if body is None else f"body {body.name}"


def is_acronym(name: str) -> bool:
    """Whether a name is written as one: IAEA, U.N."""
    plain = name.replace(".", "")
    return 2 <= len(plain) <= 6 and plain.isalpha() and plain.isupper()


def initials(name: str) -> str:
    """Give the first letters of a name's words, small words left out."""
    return "".join(word[0] for word in body_name(name).replace("-", " ").split() if word not in _SMALL)


def is_common(name: str) -> bool:
    """Whether a body's name is one that every country has: "Foreign Ministry", "Parliament"."""
    plain = body_name(name)
    heads = _heads()
    return plain in heads or (
        len(plain.split()) <= 2 and plain.split()[-1:] != [] and plain.split()[-1] in heads
    )


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(map(fold, countries()))


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    return frozenset(row[0] for row in rows("bodies")) | frozenset(offices())


def is_proper(name: str) -> bool:
    """Whether these words are a name and no description: they begin with a capital, articles aside."""
    if fold(name).startswith(("the ", "a ", "an ", "his ", "her ", "its ", "their ", "our ", "some ")):
        plain = name.split(" ", 1)[1]
    else:
        plain = name
    return plain[:1].isupper() or plain[:1].isdigit()


@lru_cache(maxsize=65536)
def role_key(title: str) -> str:
    """Give a role as it is compared: "former Russian foreign minister" is "foreign minister"."""
    words = [
        word for word in fold(title).replace("-", " ").split() if word not in _FORMER | {"the", "s", "'s"}
    ]
    while len(words) > 1 and words[0].removesuffix("’s").removesuffix("'s") in _countries():
        words.pop(0)
    return " ".join(words)


def heritage(country: str | None) -> str | None:
    """Give the country of today that a former state's people are counted with, for comparing."""
    return None if country is None else _HERITAGE.get(country, country)


def side(sectors: tuple[str, ...]) -> str | None:
    """Give the walk of life that sectors tell: the state and politics are one, business another."""
    if any(sector in _STATE for sector in sectors):
        return "state"
    return next((_SIDES[sector] for sector in sectors if sector in _SIDES), None)


def block_of(kind: str, name: str) -> str:
    """Give the block in which an entity is compared with others; "" where it has no name to go by.

    A person's is the surname's skeleton, a country's or known body's itself, another's its initials.
    """
    if kind == "person":
        parts = person_name(name)
        return "" if parts is None else f"person {skeleton(parts.surname)}"
    if kind not in {"organization", "place"} or not is_proper(name):
        return ""
    known = known_as(name)
    if known is not None:
        return known
    plain = body_name(name)
    if not plain or plain in {"the", "a", "an"}:
        return ""
    if kind == "place":
        return f"place {plain}"
    return f"organization {initials(name) if len(plain.split()) > 1 else plain}"
