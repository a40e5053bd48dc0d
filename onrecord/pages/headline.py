"""The headline of a plain text: the line above the body that names what the body tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.pages.form import purposes
from onrecord.pages.reasons import is_byline, is_dateline, is_read_more

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_FEWEST, _MOST = 3, 30  # words
_FARTHEST = 25  # lines above the body
_LEAD = 6  # lines of the body that a headline shares its words with
_LEAST = 1.0


def headline(lines: Sequence[str], kept: Sequence[bool]) -> int | None:
    """Give the index of the headline; None where no line above the body can be one."""
    body = next((i for i, good in enumerate(kept) if good and _is_prose(lines[i])), None)
    if body is None:
        return None
    told = [line for line, good in zip(lines[body:], kept[body:], strict=True) if good][:_LEAD]
    lead = {word for line in told for word in _long(line)}
    best, best_at = _LEAST, None
    for i in range(max(0, body - _FARTHEST), body):
        if not _may_be(lines[i]):
            continue
        words = _long(lines[i])
        shared = len(words & lead) / max(2, len(words))
        count = len(_WORD.findall(lines[i]))
        score = (
            2.5 * shared
            + min(count, 8) / 8
            - 0.04 * (body - i)
            - 1.5 * min(1.0, sum(purposes(lines[i]).values()))
        )
        score += 0.3 * (lines[:body].count(lines[i]) > 1)
        if score > best:
            best, best_at = score, i
    return best_at


def _may_be(line: str) -> bool:
    """Whether a line has a headline's form: some words, no sentence's end, no other line's duty."""
    count = len(_WORD.findall(line[:400]))
    if not _FEWEST <= count <= _MOST or len(line) > 250:
        return False
    ends = line.rstrip("\"”’'»)")[-1:]
    if ends in (".", ";", ",") and not line.endswith("..."):
        return False
    return not (is_dateline(line) or is_byline(line) or is_read_more(line))


def _is_prose(line: str) -> bool:
    return len(_WORD.findall(line[:400])) >= 12 and line.rstrip("\"”’'»)] ")[-1:] in (
        ".",
        "!",
        "?",
        "…",
        ":",
        "。",
    )


def _long(line: str) -> set[str]:
    return {w for w in _WORD.findall(line[:2000].lower()) if len(w) > 3}
