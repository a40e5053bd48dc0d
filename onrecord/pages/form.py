"""The form of a line: what its shape, its words and its neighbours say, as numbers.

Nothing here knows any site. The columns of :func:`forms` are what the weights of ``keep`` were fitted to:
change them together.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from onrecord.lexicon.load import rows
from onrecord.pages.words import CAPITALS, FUNCTION, LOWER, SAID, THIRD, UPPER, YOU, counts, function_words

Matrix = np.ndarray[Any, np.dtype[np.float32]]

_LOOKED_AT = 2000  # characters of a line that its form is told by: keeps megabyte lines cheap
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_TERMINAL = re.compile(r"[.!?…。！？](?:[\"”’'»)\]\s]|\[\d{1,3}\]){0,6}$")
_SENTENCE_END = re.compile(r"[.!?。！？][\"”’'»)]{0,2}(?=\s+[\"“‘'«(]?\w|[^\s\w.,;:!?])")
_DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\b\.?,?\s{0,2}\d|"
    r"\d\s{0,2}(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)|\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b",
    re.I,
)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2}\s?(?:am|pm|a\.m|p\.m)\b", re.I)
_ADDRESS = re.compile(r"@\w|https?:|www\.|\w\.(?:com|org|net)\b|#\w", re.I)
_SEPARATOR = re.compile(r"[|»›•·→▸▶►/]\s|\s[|»›•·→▸▶►/-]")
_QUOTED = re.compile('["“”«»]')
_DIGIT = re.compile(r"\d")
# What a line must hold for the patterns above to be tried: the quick look that most lines end at.
_SEPARATES = re.compile(r"[|»›•·→▸▶►/-]")
_ADDRESSES = ("@", "#", "http", "www.", ".com", ".org", ".net")
_LETTER_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")

LENGTH, TERMINAL, PROSE, LETTERS = 0, 1, 3, 4  # columns that are read again
LOWER_SHARE, UPPER_SHARE, CAPITALS_SHARE, SAID_COUNT, YOU_SHARE, THIRD_SHARE = 12, 13, 14, 25, 26, 27
_NEAR = (1, 2, 3)
_WINDOWS = (2, 5, 10)
PURPOSES = (
    "subscription", "share", "caption", "related", "navigation", "legal", "comment", "advertisement",
    "byline", "dateline",
)  # fmt: skip
_NO_PURPOSES = [0.0] * len(PURPOSES)


@cache
def _furniture() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Give the phrases of furniture by their first word, longest first, each with its purpose."""
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for purpose, *listed in rows("furniture"):
        for phrase in listed if purpose in PURPOSES else ():
            words = tuple(_WORD.findall(phrase))
            phrases.setdefault(words[0], []).append((words, purpose))
    return {first: tuple(sorted(found, key=lambda p: -len(p[0]))) for first, found in phrases.items()}


def purposes(line: str) -> dict[str, float]:
    """Tell for each purpose of furniture which share of the line's words speaks of it."""
    found = _purposes([word.lower() for word in _WORD.findall(line[:_LOOKED_AT])])
    return found or dict.fromkeys(PURPOSES, 0.0)


def runs_on(line: str) -> bool:
    """Whether a line is running prose by its length and its share of function words, however it ends."""
    words = [word.lower() for word in _WORD.findall(line[:_LOOKED_AT])]
    known = function_words()
    return len(words) >= 12 and sum(word in known for word in words) > 0.2 * len(words)


def _purposes(words: list[str]) -> dict[str, float]:
    """Give the purposes that the words speak of; an empty table where they speak of none."""
    furniture = _furniture()
    if furniture.keys().isdisjoint(words):
        return {}
    found = dict.fromkeys(PURPOSES, 0.0)
    for i, word in enumerate(words):
        for phrase, purpose in furniture.get(word, ()):
            if len(phrase) == 1 or tuple(words[i : i + len(phrase)]) == phrase:
                found[purpose] += len(phrase) / len(words)
    return found


def _own_forms(lines: Sequence[str], words: Sequence[list[str]], small: Sequence[list[str]]) -> Matrix:
    """Describe each line by itself; ``words`` are those of its beginning, ``small`` the same in small
    letters.
    """
    kinds = counts(words)
    per = 1 / np.maximum(1, np.array([len(found) for found in words]))
    known = (kinds[:, FUNCTION] * per).tolist()
    shapes = list(map(_shape, lines, small, known))
    own = np.array(shapes, dtype=np.float64)
    for column, kind in ((LOWER_SHARE, LOWER), (YOU_SHARE, YOU), (THIRD_SHARE, THIRD)):
        own[:, column] = kinds[:, kind] * per
    own[:, UPPER_SHARE], own[:, CAPITALS_SHARE] = kinds[:, UPPER] * per, kinds[:, CAPITALS] * per
    own[:, SAID_COUNT] = np.log1p(kinds[:, SAID])
    return own.astype(np.float32)


def _shape(line: str, words: list[str], function: float) -> list[float]:
    """Describe the shape of one line; what is counted for all lines at once is left nought."""
    seen = line[:_LOOKED_AT]
    start = seen[:300]
    n = len(words)
    per = 1 / max(1, n)
    wide = 0 if seen.isascii() else len(_LETTER_WITHOUT_SPACES.findall(seen))
    length = n + wide / 3  # scripts that do not part their words
    terminal = bool(_TERMINAL.search(seen[-12:])) if len(line) <= _LOOKED_AT else True
    sentences = len(_SENTENCE_END.findall(seen))
    digits = len(_DIGIT.findall(seen))
    first = seen[:1]
    own = [
        math.log1p(length),
        float(terminal),
        function,
        min(1.0, max(length / 25, sentences / 3))
        * (0.5 + 0.5 * terminal)
        * (1.0 if function > 0.2 or wide > n else 0.4),
        math.log1p(len(seen)),
        sum(map(len, words)) * per,
        float(seen.endswith(":")),
        float(seen.endswith(("…", "...", ". . ."))),
        float(seen.endswith("?")),
        float("!" in seen),
        math.log1p(sentences),
        seen.count(",") * per,
        0.0,
        0.0,
        0.0,
        digits / max(1, len(seen)),
        float(_QUOTED.search(seen) is not None),
        float(first in "\"“«‘'"),
        float(first.islower()),
        float(not (first.isalnum() or first in "\"“«‘'(")),
        float(_SEPARATES.search(start) is not None and _SEPARATOR.search(start) is not None),
        float(any(map(start.lower().__contains__, _ADDRESSES)) and _ADDRESS.search(start) is not None),
        float(digits > 0 and _DATE.search(start) is not None),
        float(digits > 0 and _CLOCK.search(start) is not None),
        float("©" in seen),
        0.0,
        0.0,
        0.0,
        float(n <= 1),
        math.log1p(wide),
    ]
    said = _purposes(words)
    own += [min(1.0, said[name]) for name in PURPOSES] if said else _NO_PURPOSES
    return own


def forms(lines: Sequence[str]) -> Matrix:
    """Describe every line of a page, a row each: its own form, its neighbours', and its place in the page."""
    words = [_WORD.findall(line[:_LOOKED_AT]) for line in lines]
    small = [list(map(str.lower, found)) for found in words]
    own = _own_forms(lines, words, small)
    longer = [{w for w in found if len(w) > 3} for found in small]
    n = len(lines)
    prose, length = own[:, PROSE], own[:, LENGTH]
    columns = [own]
    for step in _NEAR:
        shown = own[:, :16] if step == 1 else own[:, :4]
        columns += [shifted(shown, step), shifted(shown, -step)]
    weight = np.array([min(len(line), _LOOKED_AT) for line in lines], dtype=np.float32) * (prose > 0.5)
    for width in _WINDOWS:
        columns += [around(value, width)[:, None] for value in (prose, length, own[:, TERMINAL])]
    before = np.cumsum(weight) / max(1.0, float(weight.sum()))
    repeats = Counter(lines)
    start, end = _body(prose, weight)
    place = np.arange(n, dtype=np.float32)
    vocabulary: Counter[str] = Counter()
    for spoken in longer[start:end]:
        vocabulary.update(spoken)
    columns.append(
        np.stack(
            [
                place / n,
                np.log1p(place),
                np.log1p(n - place),
                before - weight / max(1.0, float(weight.sum())),
                1 - before,
                np.full(n, math.log1p(n)),
                np.full(n, float((prose > 0.5).mean())),
                np.full(
                    n, float(weight.sum()) / max(1.0, float(sum(min(len(x), _LOOKED_AT) for x in lines)))
                ),
                np.log1p(np.array([repeats[line] for line in lines])),
                np.log1p(since(prose > 0.5)),
                np.log1p(since((prose > 0.5)[::-1])[::-1]),
                np.log1p(since(prose > 0.8)),
                np.log1p(since((prose > 0.8)[::-1])[::-1]),
                ((place >= start) & (place < end)).astype(np.float32),
                np.log1p(np.maximum(start - place, 0)),
                np.log1p(np.maximum(place - end + 1, 0)),
                _familiar(longer, vocabulary, start, end),
            ],
            axis=1,
        ).astype(np.float32)
    )
    return np.concatenate(columns, axis=1).astype(np.float32)


def shifted(values: Matrix, shift: int) -> Matrix:
    """Give each row its neighbour's values; zeros beyond the page's ends."""
    moved = np.zeros_like(values)
    if shift > 0:
        moved[shift:] = values[:-shift]
    else:
        moved[:shift] = values[-shift:]
    return moved


def around(values: Matrix, width: int) -> Matrix:
    """Average each value with its neighbours up to ``width`` lines away."""
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    at = np.arange(len(values))
    low, high = np.maximum(at - width, 0), np.minimum(at + width + 1, len(values))
    return np.asarray((total[high] - total[low]) / (high - low), dtype=np.float32)


def since(marks: np.ndarray[Any, np.dtype[np.bool_]]) -> Matrix:
    """Count the lines since the last mark, the mark's own line as 0; many where there is none before."""
    at = np.arange(len(marks))
    last = np.maximum.accumulate(np.where(marks, at, -50))
    return np.asarray(at - last, dtype=np.float32)


def _body(prose: Matrix, weight: Matrix) -> tuple[int, int]:
    """Find the stretch of lines with most prose and fewest other lines: half-open, the likely article."""
    worth = np.where(prose > 0.5, np.sqrt(weight), -3.0 + 3.0 * prose)
    best, best_at, at, total = 0.0, (0, 0), 0, 0.0
    for i, value in enumerate(worth.tolist()):
        if total <= 0:
            at, total = i, 0.0
        total += value
        if total > best:
            best, best_at = total, (at, i + 1)
    return best_at


def _familiar(longer: Sequence[set[str]], vocabulary: Counter[str], start: int, end: int) -> Matrix:
    """Tell which share of each line's longer words the likely article uses on other lines."""
    shares = []
    for i, words in enumerate(longer):
        own = 1 if start <= i < end else 0
        shares.append(sum(vocabulary[w] > own for w in words) / len(words) if words else 0.0)
    return np.array(shares, dtype=np.float32)
