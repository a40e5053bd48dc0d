"""Naming: the normal form of a name, and when two names can be one party's."""

from __future__ import annotations

import re

from onrecord.lexicon.known import Gender, given_names, head_nouns, honorifics
from onrecord.record import EntityType

_PART = re.compile(r"[^\s.,]+")
_PREFIX = re.compile(r"(?:al|el|ad|ar|as|ash|an)[-‑ ](?=\w)", re.IGNORECASE)
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "du", "des", "la", "le", "&", "a"})
_SUFFIX = frozenset({"jr", "sr", "ii", "iii", "iv", "esq", "phd", "md", "mp"})
_FIRMS = frozenset(
    {"inc", "corp", "co", "ltd", "llc", "plc", "ag", "group", "movement", "agency", "magazine", "newspaper"}
)


def parts(name: str, kind: EntityType) -> tuple[str, ...]:
    """Give the words of a name in their normal form: small letters, no stops, no article, no "al-"."""
    words = [w.strip("'\"“”‘’()").lower() for w in _PART.findall(name.replace("’", "'"))]
    if kind == "person":
        words = [_PREFIX.sub("", w) for w in words if w not in ("al", "el")]
        while len(words) > 1 and words[0] in honorifics():
            words = words[1:]
        while len(words) > 1 and words[-1] in _SUFFIX:
            words = words[:-1]
    words = [w.removesuffix("'s") for w in words if w]
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names of several words can be one person's: ends agree, initials and middle names aside."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 2 or short[-1] != long[-1]:
        return len(short) >= 2 and short == long[: len(short)]
    first, second = short[0], long[0]
    if short == long[-len(short) :]:
        return True  # "de Mistura", "Staffan de Mistura"
    return first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])


def is_part(short: tuple[str, ...], long: tuple[str, ...]) -> int:
    """Tell how well one word of a person's full name stands for it: 2 as the last, 1 as the first, else 0."""
    if len(short) != 1 or len(long) < 2:
        return 0
    return 2 if short[0] == long[-1] else 1 if short[0] == long[0] else 0


def acronyms(name: str) -> tuple[str, ...]:
    """Give the words in capitals that may be made of a name's initials, with and without its small words."""
    words = [w for w in re.split(r"[\s-]+", name[:200]) if w]
    if len(words) < 2:
        return ()
    great = "".join(w[0] for w in words if w.lower() not in _SMALL).upper()
    every = "".join(w[0] for w in words).upper()
    heads = (great[:size] for size in range(3, len(great)))
    return tuple(dict.fromkeys(a for a in (every, great, *heads) if 2 <= len(a) <= 8))


def is_acronym(short: str, long: str) -> bool:
    """Whether a word in capitals is made of the initials of a longer name."""
    return short.replace(".", "") in acronyms(long)


def shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a body's name is the head or the tail of its longer name ("Security Council", "Reuters")."""
    if not short or len(short) >= len(long):
        return False
    if long[-len(short) :] == short:
        return len(short) > 1 or short[0] in head_nouns()
    rest = long[len(short) :]
    if long[: len(short)] != short:
        return False
    return all(w in _FIRMS or w in head_nouns() for w in rest) and short[-1] not in head_nouns()


def gender_of(name: tuple[str, ...]) -> Gender | None:
    """Tell which of he and she a person's first name rules out, by giving the other."""
    return given_names().get(name[0].capitalize()) if len(name) > 1 else None
