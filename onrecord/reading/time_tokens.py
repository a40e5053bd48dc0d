"""The words of a sentence as the grammar of times sees them: each with all that it may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.load import rows
from onrecord.reading.numbers import number_at, number_words

_TOKEN = re.compile(
    r"(?P<ampm>(?<![^\W\d_])[ap]\.m\b\.?|(?<![^\W\d_])[apAP][mM]\b)"
    r"|(?P<oclock>\bo['’]clock\b)"
    r"|(?P<quarter>\bQ[1-4]\b)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<iso>\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?Z?)?(?![\w-]))"
    r"|(?P<numeric>\b\d{1,2}(?P<sep>[/.])\d{1,2}(?P=sep)(?:\d{4}|\d{2})\b)"
    r"|(?P<attack>\b9/11\b)"
    r"|(?P<clock>\b[0-2]?\d[:.][0-5]\d(?::[0-5]\d)?(?=\s?[apAP]\.?[mM]\b)"
    r"|\b[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:]))"
    r"|(?P<decade>\b1[0-9]\d0['’]?s\b|\b20[0-9]0s\b|['’‘][2-9]0s\b)"
    r"|(?P<short>['’‘]\d\d\b(?!['’]))"
    r"|(?P<ordinal>\b\d{1,3}(?:st|nd|rd|th)\b)"
    r"|(?P<number>\b\d{1,3}(?:,\d{3})+(?:\.\d+)?|\b\d+(?:\.\d+)?)"
    r"|(?P<own>['’][sS]\b)"
    r"|(?P<mark>[^\w\s])"
)
_CAPITAL = frozenset({"month", "weekday", "weekdays", "holiday"})
_SHORT_WEEKDAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
_NO_TAGS: dict[str, str | int] = {}


@dataclass(slots=True)
class Token:
    """A word, number or mark with its offsets; ``tags`` gives what it may be, each reading with its value."""

    word: str
    start: int
    end: int
    tags: dict[str, str | int]


@cache
def _lexicon() -> dict[str, dict[str, str | int]]:
    found: dict[str, dict[str, str | int]] = {}
    for kind, word, value in rows("time_words"):
        if kind in ("context", "core"):
            continue
        tags = found.setdefault(word, {})
        tags[kind] = int(value) if kind in ("month", "weekday", "ordinal", "dayword") else (value or word)
        if kind == "ordinal":
            tags["dom"] = int(value)
        if kind == "weekday" and word.endswith("day"):
            found.setdefault(word + "s", {})["weekdays"] = int(value)
    return found


@cache
def context_words(kind: str) -> frozenset[str]:
    """Give the words that, beside a time, tell what it is: "before year", "counted", "share" ..."""
    return frozenset(word for group, word, value in rows("time_words") if (group, value) == ("context", kind))


@cache
def core_tags() -> frozenset[str]:
    """Give the readings without which no form of time is complete."""
    return frozenset(word for kind, word, _ in rows("time_words") if kind == "core")


@cache
def triggers() -> frozenset[str]:
    """Give the words without which a sentence holds no time; any digit counts as one too."""
    words = {word for word, tags in _lexicon().items() if not core_tags().isdisjoint(tags)}
    return frozenset(words | {"nineteen", "twenty"})


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Give the tokens of a sentence, without hyphens in words, the stop of "Sept." and possessive 's."""
    found: list[Token] = []
    lexicon = _lexicon()
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup or ""
        if kind == "sep":
            kind = "numeric"
        word = match.group()
        first, last = match.span()
        if kind == "word":
            lower = word.lower()
            tags = lexicon.get(lower)
            if tags is None:
                tags = _NO_TAGS
            elif not word[0].isupper():
                if not _CAPITAL.isdisjoint(tags):
                    tags = {k: v for k, v in tags.items() if k not in _CAPITAL}
            elif "adverb" in tags and found:
                tags = _NO_TAGS  # the name of a paper
            found.append(Token(lower, first, last, tags))
        elif kind == "mark":
            if (
                word in "-‐‑"
                and first > start
                and last < end
                and text[first - 1].isalnum()
                and text[last].isalnum()
            ):
                continue
            if (
                word == "."
                and found
                and found[-1].end == first
                and not found[-1].tags.keys().isdisjoint(_CAPITAL)
            ):
                continue
            found.append(Token(word, first, last, {"comma": 1} if word == "," else _NO_TAGS))
        elif kind != "own":
            found.append(Token(word.lower(), first, last, _number_tags(kind, word)))
    return _with_spelled(found)


def _number_tags(kind: str, word: str) -> dict[str, str | int]:
    """Give the readings of a token with digits."""
    if kind in ("iso", "numeric", "clock", "attack", "oclock"):
        return {kind: word}
    if kind == "ampm":
        return {"ampm": word[0].lower()}
    if kind == "decade":
        figures = "".join(c for c in word if c.isdigit())
        return {"decade": figures[:3] if len(figures) == 4 else "19" + figures[0]}
    if kind == "short":
        year = int(word[1:])
        return {"year": str(1900 + year if year > 30 else 2000 + year), "short": 1}
    if kind == "ordinal":
        value = int(word[:-2])
        return {"ordinal": value, "dom": value} if 0 < value < 32 else {"ordinal": value}
    if kind == "quarter":
        return {"named quarter": int(word[1])}
    tags: dict[str, str | int] = {"num": word.replace(",", "")}
    if word.isascii() and word.isdigit():
        value = int(word) if len(word) < 9 else 0
        if 0 < value < 32 and len(word) < 3:
            tags["dom"] = value
        if value < 25 and len(word) < 3:
            tags["hour"] = value
        if len(word) == 4 and 1000 <= value < 2200:
            tags["year"] = word
        if len(word) == 4 and value < 2400 and value % 100 < 60:
            tags["military"] = word
    return tags


def _with_spelled(found: list[Token]) -> list[Token]:
    """Join number words into one token: "twenty-five", "a hundred", and years as they are spoken."""
    known = number_words()
    if not any(token.word in known for token in found):
        return found
    words = [token.word for token in found]
    joined: list[Token] = []
    at = 0
    while at < len(found):
        token = found[at]
        if token.word in known or token.word in ("a", "an", "several") or "num" in token.tags:
            year = _spoken_year(words, at)
            if year is not None:
                value, end = year
                joined.append(
                    Token(" ".join(words[at:end]), token.start, found[end - 1].end, {"year": str(value)})
                )
                at = end
                continue
            number = number_at(words, at)
            if number is not None and (number.end > at + 1 or "num" not in token.tags):
                tags: dict[str, str | int] = {"vague": 1} if number.many else {"num": str(number.value)}
                if number.end == at + 1 and isinstance(number.value, int) and number.value <= 12:
                    tags["hour"] = number.value
                if number.value == 2000:
                    tags["year"] = "2000"
                joined.append(
                    Token(" ".join(words[at : number.end]), token.start, found[number.end - 1].end, tags)
                )
                at = number.end
                continue
        joined.append(token)
        at += 1
    return joined


def _spoken_year(words: list[str], at: int) -> tuple[int, int] | None:
    """Read "nineteen ninety-seven" or "twenty fifteen"; give the year and where it ends."""
    if words[at] not in ("eighteen", "nineteen", "twenty") or at + 1 >= len(words):
        return None
    known = number_words()
    kind, value = known.get(words[at + 1], ("", 0))
    if kind == "ten" or (kind == "small" and 10 <= value <= 19):
        tail = number_at(words, at + 1)
        if tail is not None and isinstance(tail.value, int) and tail.value < 100:
            return int(known[words[at]][1]) * 100 + tail.value, tail.end
    return None
