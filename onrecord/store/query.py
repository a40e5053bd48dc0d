"""The query language of search: what a user types, as a frozen tree, and the tree for each database.

``words`` must all be there, in any order and case, with accents or without; ``"a phrase"`` stands as it is
written; ``word*`` is any word that begins so; ``-word`` must not be there; ``one OR other`` takes either, and
binds tighter than the rest: ``ships OR boats harbor`` is a harbor with ships or boats. There is nothing
else, so any text whatsoever is a query and none is an error. One without a letter or digit asks for nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MOST_TERMS = 64  # of a query; more are not looked at
LONGEST_WORD = 256  # code points; PostgreSQL refuses words of 2 KB

# A word as SQLite's unicode61 has it: letters and digits, with the accents that stand on them.
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_TERM = re.compile(r"""(-?)(?:["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)(\*?)|([^\s"“”„«»]+))""")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other, folded; with ``prefix`` the last may be longer."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: of each group in ``all`` one term must be there, of ``none`` no term may be."""

    all: tuple[tuple[Term, ...], ...] = ()
    none: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.all or self.none)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of shown words that a query matched: ``words[start:end]``."""

    start: int
    end: int


def parse(text: str | None) -> Query:
    """Give the tree of what a user typed; any text has one."""
    groups: list[tuple[Term, ...]] = []
    none: list[Term] = []
    joined = False  # the next term is an alternative to the last
    for number, match in enumerate(_TERM.finditer(text or "")):
        if number >= MOST_TERMS:
            break
        minus, phrase, star, word = match.groups()
        if word == "OR" and not minus:
            joined = bool(groups)
            continue
        term = _term(phrase if word is None else word, star == "*" or (word or "").endswith("*"))
        if term is None:
            continue
        if minus:
            none.append(term)
        elif joined:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        joined = False
    return Query(tuple(groups), tuple(none))


def fts5(query: Query) -> str:
    """Give the tree's ``all`` and ``none`` as one expression for SQLite's MATCH; it needs an ``all``."""
    asked = " AND ".join(f"({' OR '.join(map(_fts5, group))})" for group in query.all)
    return f"({asked}) NOT ({' OR '.join(map(_fts5, query.none))})" if query.none else asked


def tsquery(query: Query) -> str:
    """Give the tree as text for PostgreSQL's ``::tsquery``: lexemes quoted, nothing left to a parser."""
    asked = [f"({' | '.join(map(_tsquery, group))})" for group in query.all]
    return " & ".join([*asked, *(f"!({_tsquery(term)})" for term in query.none)])


def fold(text: str) -> str:
    """Give a word without case and accents, as it is compared."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def words_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Give each word of a text: where it starts and ends, and the word folded."""
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), fold(match[0])


def marks(query: Query, text: str) -> tuple[Mark, ...]:
    """Find the stretches of a text that the query's terms match, in text order, none overlapping."""
    if not query.all:
        return ()
    words = list(words_of(text))
    at: dict[str, list[int]] = {}
    for number, (_, _, word) in enumerate(words):
        at.setdefault(word, []).append(number)
    found: set[tuple[int, int]] = set()
    for term in {term for group in query.all for term in group}:
        first, last = term.words[0], term.words[-1]
        for number in _starts(first, at, prefix=term.prefix and len(term.words) == 1):
            end = number + len(term.words)
            here = tuple(word for _, _, word in words[number:end])
            if here[:-1] == term.words[:-1] and len(here) == len(term.words) and _same(here[-1], last, term):
                found.add((words[number][0], words[end - 1][1]))
    return tuple(_apart(sorted(found)))


def _starts(first: str, at: dict[str, list[int]], *, prefix: bool) -> Iterator[int]:
    if not prefix:
        yield from at.get(first, ())
        return
    for word, numbers in at.items():
        if word.startswith(first):
            yield from numbers


def _same(word: str, asked: str, term: Term) -> bool:
    return word.startswith(asked) if term.prefix else word == asked


def _apart(stretches: list[tuple[int, int]]) -> Iterator[Mark]:
    """Give stretches that overlap as one."""
    start = end = -1
    for left, right in stretches:
        if left < end:
            end = max(end, right)
            continue
        if end > start:
            yield Mark(start, end)
        start, end = left, right
    if end > start:
        yield Mark(start, end)


def _term(text: str, prefix: bool) -> Term | None:
    words = tuple(word[:LONGEST_WORD] for _, _, word in words_of(text) if word)[:MOST_TERMS]
    return Term(words, prefix) if words else None


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'


def _tsquery(term: Term) -> str:
    lexemes = [f"'{word}'" for word in term.words]
    return f"({' <-> '.join(lexemes)}{':*' if term.prefix else ''})"
