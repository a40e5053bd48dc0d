"""Telling: the words in which events, relations and claimants are said in English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.load import listed, rows


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb in its base and past form, with the words after it; ``{}`` among them is the recipient."""

    base: str
    past: str
    rest: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """How a type is said: of actor and recipient, of one of them alone, of parties that are each both."""

    both: Predicate
    actor: Predicate
    recipient: Predicate
    mutual: Predicate


@cache
def _events() -> dict[tuple[str, str], Phrases]:
    return {
        (kind, mode): Phrases(*(_predicate(cell) for cell in cells))
        for kind, mode, *cells in rows("event_phrases")
    }


def event_phrases(kind: str, mode: str | None) -> Phrases:
    """Give the phrases of a type, in a mode where that has its own; KeyError for an unknown type."""
    known = _events()
    return known.get((kind, mode or ""), known[kind, ""])


@cache
def relation_phrases() -> dict[str, tuple[tuple[str, str], tuple[str, str]]]:
    """Give by type how a relation is said of one and of several, and that it is not so."""
    return {kind: ((one, several), (no, none)) for kind, one, several, no, none in rows("relation_phrases")}


@cache
def voice_phrases() -> dict[str, str]:
    """Give by attitude the words before a claimant's name; a plain assertion has none."""
    return {attitude: words for attitude, words in rows("voice_phrases")}  # noqa: C416


@cache
def _articles() -> dict[str, frozenset[str]]:
    return {kind: frozenset(listed(words)) for kind, words in rows("articles")}


def takes_article(name: str) -> bool:
    """Whether a sentence says "the" before this name: "the United States", "the Syrian army"."""
    before, _, last = name.rpartition(" ")
    if before.partition(" ")[0].lower() in ("the", "a", "an", "its", "his", "her", "their", "our"):
        return False
    return name in _articles()["name"] or (bool(before) and last in _articles()["last"])


def _predicate(cell: str) -> Predicate:
    verb, _, rest = cell.partition(" ")
    base, _, past = verb.partition("/")
    return Predicate(base, past or _past(base), rest)


def _past(base: str) -> str:
    if base == "be":
        return "was"
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in "aeou":
        return f"{base[:-1]}ied"
    return f"{base}ed"
