"""Figures that a text reports: how many of what, and what became of them, with the words that say so.

A figure needs a unit: a counted noun ("20 soldiers"), a currency, percent, or a verb beside the number that
tells of people ("killing 20"). Numbers without one (years, scores, the numbers of resolutions) are none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.load import rows, word_set
from onrecord.reading.quantities import Quantity, Word, quantities, words_of

_NOUN_REACH = 5  # words after a number that may come before its noun ends
_BEFORE = 7  # how far before a number the verb that tells of it may stand
_AFTER = 7
_PEOPLE = frozenset({"person", "family", "household"})
_HYPHENED = ("", "", -1)  # "a 30-second film": what the number counts is no unit of ours
_FEWEST = 10  # what has neither measure nor kind is counted from here on; below, "two sides" abound


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure by offsets: the fields of ``record.Figure`` that the sentence itself gives.

    ``start`` and ``end`` mark the smallest phrase with the number and the noun or verb that it is about.
    """

    value: float | int | None
    low: float | int | None
    high: float | int | None
    approximate: bool
    unit: str
    kind: str | None
    start: int
    end: int


def figures(
    text: str, sentences: Iterable[tuple[int, int]], avoid: Sequence[tuple[int, int]] = ()
) -> tuple[Reported, ...]:
    """Find the figures of a text, in order; numbers within what is to ``avoid`` (its times) are none."""
    taken = sorted(avoid)
    starts = [start for start, _ in taken]
    found: list[Reported] = []
    for start, end in sentences:
        words = words_of(text, start, end)
        counted = quantities(words)
        if not counted:
            continue
        free = []
        for quantity in counted:
            at = bisect_right(starts, words[quantity.end - 1].end - 1) - 1
            if at < 0 or taken[at][1] <= words[quantity.first].start:
                free.append(quantity)
        found += _in_sentence(words, free)
    return tuple(found)


@cache
def _units() -> dict[str, tuple[str, str]]:
    return {noun: (unit, kind) for noun, unit, kind in rows("figure_units")}


@cache
def _kinds() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("figure_kinds")}


@cache
def _stops() -> frozenset[str]:
    return frozenset(word for word, kind in rows("figure_stops") if kind == "noun phrase")


@cache
def _breaks() -> frozenset[str]:
    return frozenset(word for word, kind in rows("figure_stops") if kind == "clause")


def _in_sentence(words: list[Word], counted: list[Quantity]) -> list[Reported]:
    counted = _with_single(words, counted)
    found: list[Reported] = []
    last: tuple[Quantity, str, str | None] | None = None
    shared = _shared(words, counted)
    for index, quantity in enumerate(counted):
        floor = counted[index - 1].end if index else 0
        ceiling = counted[index + 1].first if index + 1 < len(counted) else len(words)
        if _no_count(words, counted, index):
            last = None
            continue
        figure, told = _figure(words, quantity, floor, ceiling, last, shared[index])
        if figure is not None:
            found.append(figure)
            last = (quantity, figure.unit, told)
        else:
            last = None
    return found


def _with_single(words: list[Word], counted: list[Quantity]) -> list[Quantity]:
    """Add the one at the end of a list of people: "two officers and a child were killed"."""
    given: list[Quantity] = []
    for index, quantity in enumerate(counted):
        given.append(quantity)
        ceiling = counted[index + 1].first if index + 1 < len(counted) else len(words)
        unit, _, at = _unit(words, quantity, ceiling)
        if unit not in _PEOPLE or at + 2 >= len(words):
            continue
        at += words[at].word == ","
        more = [word.word for word in words[at : at + 3]]
        if len(more) == 3 and more[0] == "and" and more[1] in ("a", "an", "one"):
            single = Quantity(1, None, None, False, None, at + 1, at + 2, False)
            if at + 1 < ceiling and _unit(words, single, min(ceiling, at + 4))[0] in _PEOPLE:
                given.append(single)
    return given


def _shared(words: list[Word], counted: list[Quantity]) -> list[str | None]:
    """Give by quantity what a verb after a list of people tells of them all: "3 men and 2 boys died"."""
    shared: list[str | None] = [None] * len(counted)
    for index in range(len(counted) - 2, -1, -1):
        quantity, after = counted[index], counted[index + 1]
        unit, _, end = _unit(words, quantity, after.first)
        between = [word.word for word in words[end : after.first]]
        if unit not in _PEOPLE or between not in (["and"], [","], [",", "and"]):
            continue
        ceiling = counted[index + 2].first if index + 2 < len(counted) else len(words)
        other, _, stop = _unit(words, after, ceiling)
        if other in _PEOPLE:
            shared[index] = shared[index + 1] or _told(words, stop, stop, stop, ceiling)[0]
    return shared


def _no_count(words: list[Word], counted: list[Quantity], index: int) -> bool:
    """Whether a number is an age or a share: "aged 74", "four in 10"."""
    quantity = counted[index]
    before = [word.word for word in words[max(0, quantity.first - 2) : quantity.first]]
    after = words[quantity.end].word if quantity.end < len(words) else ""
    if before[-1:] in (["age"], ["aged"], ["ages"]) or before == ["age", "of"]:
        return True
    if before[-1:] == ["in"] and index and counted[index - 1].end == quantity.first - 1:
        return True
    return after == "in" and index + 1 < len(counted) and counted[index + 1].first == quantity.end + 1


def _figure(
    words: list[Word],
    quantity: Quantity,
    floor: int,
    ceiling: int,
    last: tuple[Quantity, str, str | None] | None,
    shared: str | None = None,
) -> tuple[Reported | None, str | None]:
    """Make the figure of a number, and the kind that a verb told of it; None where it counts nothing."""
    first, end = quantity.first, quantity.end
    unit, own, end = ("", "", end) if quantity.currency else _unit(words, quantity, ceiling)
    if quantity.currency:
        unit, own = quantity.currency, "money"
    told: str | None = None
    if unit in _PEOPLE or not unit:
        told, at = _told(words, first, end, floor, ceiling)
        if (
            told is None
            and unit
            and last
            and last[1] in _PEOPLE
            and last[2]
            and _joined(words, last[0], first)
        ):
            told = last[2]  # "killed 20 soldiers and 30 civilians"
        elif told is None and unit and shared:
            told = shared
        elif told is None and not unit and last and last[1] in _PEOPLE and last[2]:
            return None, None
        if not unit:
            lone = quantity.value == 1 and not quantity.digits  # "one captured on film"
            if end == _HYPHENED[2] or told is None or lone or not _alone(words, quantity, at):
                return None, None
            unit = "person"
        if at is not None and not own.endswith("!"):
            first, end = min(first, at), max(end, at + 1)
    kind = own[:-1] if own.endswith("!") else told or own or None
    if kind is None and unit not in word_set("units of measure") and not _large(quantity):
        return None, None  # "two states", "both sides": too few to be news, and nothing told of them
    value = quantity.value
    start, stop = words[first].start, words[end - 1].end
    return (
        Reported(value, quantity.low, quantity.high, quantity.approximate, unit, kind, start, stop),
        told or (kind if own.endswith("!") else None),
    )


def _unit(words: list[Word], quantity: Quantity, ceiling: int) -> tuple[str, str, int]:
    """Give the unit of the noun that a number counts, the noun's own kind and where the noun ends."""
    units = _units()
    at = quantity.end
    glued = at < len(words) and words[at].start == words[at - 1].end
    if (at < len(words) and words[at].word in ("%", "percent", "percentage")) or _words(
        words, at, 2
    ) == "per cent":
        length = 2 if words[at].word in ("per", "percentage") else 1
        return ("percentage point" if words[at].word == "percentage" else "percent"), "", at + length
    if at < len(words) and words[at].word == "of":
        at += 1  # dozens of civilians, 20 of the soldiers
        if at < len(words) and words[at].word in ("the", "its", "their", "his", "these", "those"):
            at += 1
    if at < len(words) and words[at].word in ("-", "‐", "‑"):
        if not glued or at + 1 >= len(words):
            return "", "", quantity.end
        at += 1
        if words[at].word == "strong":
            return "person", "", at + 1
        if words[at].word not in units:
            return _HYPHENED
    best: tuple[str, str, int] | None = None
    limit = min(len(words), ceiling, at + _NOUN_REACH)
    here = at
    plural: int | None = None
    while here < limit:
        word = words[here].word
        pair = _words(words, here, 2)
        if here + 1 < limit and pair in units:
            best = (*units[pair], here + 2)
            here += 2
            continue
        if word in _stops() or not word[0].isalpha():
            break
        if word in units:
            best = (*units[word], here + 1)
        elif (word in _kinds() and best is None and here > at) or (
            best is not None and (word in _kinds() or not word.endswith("s"))
        ):
            break
        elif (
            plural is None and len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
        ):
            plural = here
        here += 1
    if best is not None:
        return best
    if plural is not None and words[plural].word.endswith(("ists", "ians")):
        return "person", "", plural + 1
    if plural is not None and plural - at < 3 and _large(quantity):
        return _singular(words[plural].word), "", plural + 1
    return "", "", quantity.end


def _large(quantity: Quantity) -> bool:
    least = quantity.value or quantity.low or quantity.high or 0
    return least >= _FEWEST


def _singular(noun: str) -> str:
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    return noun[:-1]


def _words(words: list[Word], at: int, count: int) -> str:
    return " ".join(word.word for word in words[at : at + count])


def _told(words: list[Word], first: int, end: int, floor: int, ceiling: int) -> tuple[str | None, int | None]:
    """Find the verb that tells what became of those counted: close before, else after within the clause."""
    kinds = _kinds()
    breaks = _breaks()
    for at in range(first - 1, max(floor, first - _BEFORE) - 1, -1):
        word = words[at].word
        if word in kinds and not (word == "dead" and at + 1 == first):
            return kinds[word], at
        if word in breaks:
            break
    for at in range(end, min(ceiling, len(words), end + _AFTER)):
        word = words[at].word
        if word in kinds:
            return kinds[word], at
        if word in breaks:
            break
    return None, None


def _joined(words: list[Word], last: Quantity, first: int) -> bool:
    """Whether a number follows another's noun after "and" or a comma only."""
    between = [word.word for word in words[last.end : first]]
    return 0 < len(between) <= 5 and ("and" in between[-2:] or "," in between[-2:])


def _alone(words: list[Word], quantity: Quantity, verb: int | None) -> bool:
    """Whether a number without noun stands where people are meant: "killing 20 and", "50 were wounded"."""
    after = words[quantity.end].word if quantity.end < len(words) else "."
    if verb is None:
        return False
    if verb >= quantity.end:
        return verb - quantity.end <= 3
    return quantity.first - verb <= 4 and (after in _stops() or not after[0].isalnum())
