"""Numbers as words and digits say them: "20,000", "1.5 million", "half a million", "two dozen", "hundreds of
thousands".

Works on words in small letters, so that times and figures can share it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.load import rows


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from words up to ``end``; ``many``: it is only the least ("dozens": 24 or more)."""

    value: float | int
    end: int
    many: bool = False


@cache
def number_words() -> dict[str, tuple[str, float]]:
    """Give each number word its kind and value."""
    found: dict[str, tuple[str, float]] = {}
    for kind, word, value in rows("number_words"):
        found[word] = (kind, float(value) if "." in value else int(value))
    return found


def digits(word: str) -> float | int | None:
    """Read "20,000", "1.5" or "7"; None for what is not one number."""
    plain = word.replace(",", "")
    if not plain or not plain[0].isascii() or not plain[0].isdigit() or len(plain) > 18:
        return None
    try:
        return float(plain) if "." in plain else int(plain)
    except ValueError:
        return None


def number_at(words: Sequence[str], at: int) -> Number | None:
    """Read the longest number that starts at a word; None where none does.

    A hyphen is no word here: give "twenty-five" as two. "a" counts as one only before hundred and greater.
    """
    kind, value = _at(words, at)
    if kind == "many":
        return _many(words, at, value)
    if kind == "fraction":
        return _half(words, at, value)
    count = digits(words[at]) if at < len(words) else None
    if count is not None:
        return _scaled(words, count, at + 1)
    if words[at] in ("a", "an", "several") and _at(words, at + 1)[0] in ("hundred", "scale", "group"):
        if len(words[at + 1]) < 4:
            return None  # "a k", "a b"
        if words[at] == "several":
            scaled = _scaled(words, 2, at + 1)
            return Number(scaled.value, scaled.end, many=True)
        if words[at + 1] == "score":
            return Number(20, at + 2) if tuple(words[at + 2 : at + 3]) == ("of",) else None
        return _spelled(words, at + 1, 1)
    if kind in ("small", "ten"):
        return _spelled(words, at, None)
    return None


def _at(words: Sequence[str], at: int) -> tuple[str, float]:
    return number_words().get(words[at], ("", 0)) if 0 <= at < len(words) else ("", 0)


def _scaled(words: Sequence[str], count: float | int, at: int) -> Number:
    """Multiply by the hundreds, dozens, thousands, millions that follow: "1.5 million", "20 thousand"."""
    while True:
        kind, value = _at(words, at)
        if (
            kind not in ("hundred", "scale", "group")
            or words[at] in ("score", "k", "m", "b")
            or count * value > 1e18
        ):
            return Number(_whole(count), at)
        count *= value
        at += 1


def _spelled(words: Sequence[str], at: int, current: float | int | None) -> Number:
    """Read a number in words: "two hundred and fifty thousand"."""
    total: float | int = 0
    last_scale = float("inf")
    while at < len(words):
        kind, value = _at(words, at)
        if (kind == "small" and (current is None or (value > 0 and _takes(current, value)))) or (
            kind == "ten" and (current is None or (current % 100 == 0 and current >= 100))
        ):
            current = (current or 0) + value
        elif (kind == "hundred" and current is not None and 0 < current < 100) or (
            kind == "group" and current is not None and current < 1000 and words[at] != "score"
        ):
            current *= value
        elif kind == "scale" and len(words[at]) > 3 and value < last_scale and (current or 0) > 0:
            total += (current or 0) * value
            last_scale, current = value, None
        elif (
            words[at] == "and"
            and (
                (current is None and total) or (current is not None and current >= 100 and current % 100 == 0)
            )
            and _at(words, at + 1)[0] in ("small", "ten")
        ):
            pass
        else:
            break
        at += 1
    return Number(_whole(total + (current or 0)), at)


def _takes(current: float | int, small: float | int) -> bool:
    """Whether "five" may follow "twenty" or "hundred", and "fifteen" only "hundred"."""
    return current >= 20 and (
        current % 100 == 0 or (small < 10 and current % 10 == 0 and current % 100 >= 20)
    )


def _many(words: Sequence[str], at: int, value: float | int) -> Number:
    """Read "dozens", "hundreds of thousands", "tens of millions": the least that they say."""
    if tuple(words[at + 1 : at + 2]) == ("of",):
        kind, scale = _at(words, at + 2)
        if kind == "many" and scale >= 2000:
            return Number(_whole(value * (scale / 2)), at + 3, many=True)
    return Number(_whole(value), at + 1, many=True)


def _half(words: Sequence[str], at: int, value: float) -> Number | None:
    """Read "half a million", "half a dozen"; a bare half is a share, no count."""
    after = at + 1
    if after < len(words) and words[after] in ("a", "of"):
        after += 1
    kind, scale = _at(words, after)
    if kind in ("scale", "group", "hundred") and len(words[after]) > 3 and words[at] == "half":
        return Number(_whole(value * scale), after + 1)
    return None


def _whole(value: float | int) -> float | int:
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded
