"""Numbers with what stands around them in a sentence: bounds, ranges, approximation, currencies, percent."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from onrecord.lexicon.load import rows
from onrecord.reading.numbers import Number, number_at, number_words

_TOKEN = re.compile(
    r"(?:US|AU|CA|NZ|HK|[ACRS])\$(?=\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_HYPHENS = frozenset("-‐‑")
_DASHES = frozenset("-‐‑–—−")
_LONGEST_BOUND = 5  # words
_GLUED = {"m": 1_000_000, "k": 1_000, "b": 1_000_000_000, "bn": 1_000_000_000, "mn": 1_000_000, "tn": 10**12}


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark of a sentence in small letters, with its offsets."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a sentence gives it: words ``[first:end]``, bounds and currency included.

    ``value`` is null where there is only a bound or a range, as in the record. ``digits`` says that it was
    written in digits.
    """

    value: float | int | None
    low: float | int | None
    high: float | int | None
    approximate: bool
    currency: str | None
    first: int
    end: int
    digits: bool


def words_of(text: str, start: int, end: int) -> list[Word]:
    """Give the words of a sentence; hyphens between number words are left out, others stand as words."""
    found: list[Word] = []
    known = number_words()
    for match in _TOKEN.finditer(text, start, end):
        word = match.group().lower()
        first, last = match.span()
        joins = word in _HYPHENS and bool(found) and found[-1].end == first and found[-1].word in known
        if joins and (after := _LETTERS.match(text, last, end)) and after.group().lower() in known:
            continue
        found.append(Word(word, first, last))
    return found


def quantities(words: list[Word]) -> list[Quantity]:
    """Find the numbers of a sentence in order, ranges as one."""
    plain = [word.word for word in words]
    found: list[Quantity] = []
    at = 0
    while at < len(words):
        number = _number(words, plain, at)
        if number is None:
            at += 1
            continue
        quantity = _ranged(words, plain, at, number)
        quantity = _with_currency(words, plain, quantity)
        quantity = _bounded(plain, quantity, found[-1].end if found else 0)
        found.append(quantity)
        at = quantity.end
    return found


@cache
def _bounds() -> dict[tuple[str, ...], str]:
    return {tuple(phrase.split()): kind for phrase, kind in rows("figure_bounds")}


@cache
def _currencies() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("figure_currencies")}


def _number(words: list[Word], plain: list[str], at: int) -> Number | None:
    """Read a number unless it is part of a name, a code, a score or an ordinal."""
    here = words[at]
    if here.word[0].isdigit():
        before = words[at - 1] if at else None
        if before and before.end == here.start and (before.word in "/:.,#’'" or before.word[-1].isalnum()):
            return None
        if before and before.end == here.start and before.word in _HYPHENS and at > 1:
            glued = words[at - 2].end == before.start
            if glued and words[at - 2].word[-1].isalpha():
                return None  # T-72, Su-24
    number = number_at(plain, at)
    if number is None:
        return None
    number = Number(_product(number.value, 1), number.end, number.many)
    after = words[number.end] if number.end < len(words) else None
    if after and after.start == words[number.end - 1].end and plain[number.end - 1][-1].isdigit():
        if after.word in _GLUED:
            wide = after.word in ("m", "k", "b") and not _sum(words, plain, at, number.end)
            if not wide:
                return Number(_product(number.value, _GLUED[after.word]), number.end + 1)
            return number if after.word == "m" else None
        if after.word in ("/", ":") or after.word in ("st", "nd", "rd", "th", "s"):
            return None
    return number


def _sum(words: list[Word], plain: list[str], at: int, end: int) -> bool:
    """Whether "5m" is a sum or a count of people, not metres."""
    before = plain[at - 1] if at else ""
    after = plain[end + 1] if end + 1 < len(plain) else ""
    return before in _currencies() or after in (
        "people",
        "persons",
        "children",
        "refugees",
        "euros",
        "dollars",
    )


def _product(value: float | int, scale: int) -> float | int:
    product = round(value * scale, 6 if abs(value * scale) < 1e6 else 2)  # 65.4 billion is a whole number
    return int(product) if product == int(product) else product


def _ranged(words: list[Word], plain: list[str], at: int, number: Number) -> Quantity:
    """Join two numbers to a range: "20-30", "20 to 30", "between 20 and 30 million"."""
    digits = plain[at][0].isdigit()
    low: float | int | None = number.value if number.many else None
    single = Quantity(
        None if number.many else number.value, low, None, number.many, None, at, number.end, digits
    )
    end = number.end
    if end + 1 >= len(words):
        return single
    joiner = plain[end]
    before = plain[at - 1] if at else ""
    if before in _currencies():
        before = plain[at - 2] if at > 1 else ""
    between = before == "between" and joiner == "and"
    spanning = joiner in ("to", "or") or (before == "from" and joiner == "to")
    dashed = joiner in _DASHES and (words[end].start == words[end - 1].end) and digits
    if not (between or spanning or dashed):
        return single
    after = end + 1
    if plain[after] in _currencies() and after + 1 < len(words):
        after += 1
    second = number_at(plain, after)
    if second is None or second.many or number.many:
        return single
    if dashed and words[end].end != words[after].start:
        return single
    if spanning and before == "from" and _changes(plain, at - 1):
        return single
    a, b = number.value, second.value
    scale = _scale(plain, after, second)
    if a >= b or (scale > 1 and a < scale):
        a = _product(a, scale) if scale > 1 and a < 1000 else a
    if not a < b or (spanning and joiner == "to" and b > a * 20 and before != "from"):
        return single
    return Quantity(None, a, b, joiner == "or", None, at - (between or before == "from"), second.end, digits)


def _scale(plain: list[str], at: int, number: Number) -> int:
    """Give the million of "20 to 30 million"."""
    kind, value = number_words().get(plain[number.end - 1], ("", 1))
    return int(value) if kind == "scale" and number.end - at > 1 else 1


def _changes(plain: list[str], at: int) -> bool:
    """Whether a change is told, not a range: "rose from 20 to 30"."""
    return any(word.startswith(_change_stems()) for word in plain[max(0, at - 6) : at])


@cache
def _change_stems() -> tuple[str, ...]:
    return tuple(word for word, kind in rows("figure_stops") if kind == "change")


def _with_currency(words: list[Word], plain: list[str], quantity: Quantity) -> Quantity:
    """Take in the sign before or the name after: "$1.5bn", "200 million dollars", "20 euros"."""
    codes = _currencies()
    before = quantity.first - 1
    number = quantity.first
    while number < quantity.end and not _starts_number(plain[number]):
        number += 1
    sign = number - 1
    if sign >= 0 and plain[sign] in codes and not plain[sign].isalpha():
        return replace(quantity, currency=codes[plain[sign]], first=min(quantity.first, sign))
    if before >= 0 and plain[before] in codes and not plain[before].isalpha():
        return replace(quantity, currency=codes[plain[before]], first=before)
    after = quantity.end
    if after < len(plain) and plain[after] in ("us", "u.s", "american", "canadian", "australian"):
        after += 1
    while after < len(plain) and after - quantity.end < 2 and plain[after] in ("of", "-"):
        after += 1
    if (
        after < len(plain)
        and plain[after] in codes
        and not (plain[after] == "pounds" and after > quantity.end)
    ):
        return replace(quantity, currency=codes[plain[after]], end=after + 1)
    return quantity


def _starts_number(word: str) -> bool:
    return word[0].isdigit() or word in number_words()


def _bounded(plain: list[str], quantity: Quantity, floor: int) -> Quantity:
    """Take in the words before and after that bound the number or loosen it."""
    bounds = _bounds()
    first = quantity.first
    value, low, high = quantity.value, quantity.low, quantity.high
    approximate = quantity.approximate
    for _ in range(2):  # "at least some 20"
        for length in range(_LONGEST_BOUND, 0, -1):
            start = first - length
            if start < floor:
                continue
            kind = bounds.get(tuple(plain[start:first]))
            if kind is None:
                continue
            if kind == "about":
                approximate = True
            elif kind == "least" and value is not None:
                value, low = None, value
            elif kind == "most" and value is not None:
                value, high = None, value
            if kind != "plain":
                first = start
            break
        else:
            break
        if kind == "plain":
            break
    end = quantity.end
    tail = plain[end : end + 2]
    if tail == ["or", "more"] and value is not None:
        value, low, end = None, value, end + 2
    elif tail in (["or", "fewer"], ["or", "less"]) and value is not None:
        value, high, end = None, value, end + 2
    elif tail == ["or", "so"]:
        approximate, end = True, end + 2
    elif value is not None and (tail == ["-", "plus"] or tail[:1] == ["+"]):
        value, low, end = None, value, end + (1 if tail[0] == "+" else 2)
    return replace(quantity, value=value, low=low, high=high, approximate=approximate, first=first, end=end)
