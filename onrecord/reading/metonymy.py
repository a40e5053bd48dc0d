"""Metonymy: whether a place's name stands for the place ("in Moscow") or for who acts there ("Moscow said").

A logistic classifier over signs that are there or not (``signs_of``); the weights (metonymy.json) come from
training/gazetteer/metonymy.py.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from onrecord.lexicon.known import offices
from onrecord.lexicon.load import word_set
from onrecord.model.found import Stretch
from onrecord.reading.gazetteer import ADMIN1, ADMIN2, CITY, CONTINENT, COUNTRY, FEATURE, Spot
from onrecord.reading.toponyms import Toponym, is_inner
from onrecord.record import Attribution

_BEFORE = re.compile(r"([^\W_]+(?:['’-][^\W_]+)*|[^\w\s])[ \t]*(?:the[ \t]+)?\Z", re.IGNORECASE)
_AFTER = re.compile(r"[ \t]*([^\W_]+(?:['’-][^\W_]+)*|['’]s?\b|[^\w\s]|\n|\Z)")
_OFFICE_OF = re.compile(r"([^\W\d_]+) of (?:the )?\Z")
_NEAR = 48  # characters looked at on each side
_DATELINE = re.compile(r"(?:, [^\n()]{2,20})? ?(?:\([A-Z][\w ]{1,20}\)|[—–:-])")
_KINDS = {CONTINENT: "continent", COUNTRY: "country", ADMIN1: "region", ADMIN2: "district", CITY: "town"}
_SAYING = re.compile(
    r"(?:said|says|has|had|have|is|was|were|are|will|would|could|should|may|might|must|can|wants?|plans?|did|does"
    r"|took|gave|made|went|told|sent|kept|[a-z]{3,}ed)\Z"
)


def stands_for_place(
    text: str, found: Sequence[Toponym], spots: Sequence[Spot | None], told: Sequence[Attribution]
) -> list[float]:
    """Tell for each toponym how likely it stands for the place, 0 to 1."""
    known = _weights()
    return [
        1 / (1 + math.exp(-sum(known.get(sign, 0.0) for sign in signs)))
        for signs in signs_of(text, found, spots, told)
    ]


def signs_of(
    text: str, found: Sequence[Toponym], spots: Sequence[Spot | None], told: Sequence[Attribution]
) -> Iterator[list[str]]:
    """Give the signs of each toponym."""
    sources = sorted((s.start, s.end) for a in told for s in a.source)
    starts = [a for a, _ in sources]
    for i, (toponym, spot) in enumerate(zip(found, spots, strict=True)):
        before = found[i - 1] if i else None
        after = found[i + 1] if i + 1 < len(found) else None
        near = sources[max(0, bisect_right(starts, toponym.start) - 3) : bisect_left(starts, toponym.end)]
        yield [
            "always",
            *_around(text, toponym, before, after),
            *_of_itself(toponym, spot),
            *_spoken(toponym, near),
        ]


def _spoken(toponym: Toponym, sources: Sequence[Stretch]) -> Iterator[str]:
    for start, end in sources:
        if start < toponym.end and toponym.start < end:
            yield "source"
            yield "whole source" if end - start < toponym.end - toponym.start + 6 else "in source"
            return


def _of_itself(toponym: Toponym, spot: Spot | None) -> Iterator[str]:
    yield f"type {toponym.type}"
    if toponym.held is not None:
        yield f"held by {toponym.held}"
    if spot is None:
        yield "inner" if is_inner(toponym) else "unknown"
    elif spot.kind != FEATURE:
        yield _KINDS[spot.kind]
        if spot.capital:
            yield "capital"


def _around(text: str, toponym: Toponym, before: Toponym | None, after: Toponym | None) -> Iterator[str]:
    start, end = toponym.start, toponym.end
    line = max(text.rfind("\n", max(0, start - _NEAR), start) + 1, start - _NEAR, 0)
    left = _BEFORE.search(text[line:start])
    word = left[1].lower() if left else ""
    opens = not text[line:start].strip() and start - line < _NEAR
    if opens:
        yield "opens"
        if _DATELINE.match(text[end : end + _NEAR]):
            yield "dateline"
    elif word in word_set("place prepositions"):
        yield "after in"
    elif word in ("of", "for", "on", "with", "by", "against", "and", "between", "that", "as", "than"):
        yield f"after {word}"
        titled = _OFFICE_OF.search(text[line:start])
        if titled is not None and titled[1].lower() in offices():
            yield "after an office"  # "the president of Armenia" is not there
    elif word in (",", "("):
        yield "after comma"
    elif word in (
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "downtown",
        "north",
        "south",
        "east",
        "west",
    ):
        yield "after direction"
    else:
        yield "after other"
    if (
        before is not None
        and before.spots
        and 0 < start - before.end < 6
        and "\n" not in text[before.end : start]
    ):
        yield "after a place"
    if (
        after is not None
        and after.spots
        and 0 < after.start - end < 6
        and "\n" not in text[end : after.start]
    ):
        yield "before a place"
    yield from _behind(text, end)


def _behind(text: str, end: int) -> Iterator[str]:
    right = _AFTER.match(text, end, end + _NEAR)
    word = right[1] if right else ""
    if word in ("'s", "’s", "'", "’"):
        yield "owns"
    elif word in ("", "\n") or not word[0].isalnum():
        yield "before mark"
    elif word[0].isupper():
        yield "before name"
    elif word in word_set("after places"):
        yield "before function word"
    elif _SAYING.match(word):
        yield "before verb"
    elif word[0].isdigit():
        yield "before number"
    else:
        yield "before noun"


@cache
def _weights() -> dict[str, float]:
    text = files("onrecord.reading").joinpath("metonymy.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights
