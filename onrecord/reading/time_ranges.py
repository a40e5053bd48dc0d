"""Days that a range names by their number only: "Dec. 6-9", "from 16 to 28 October"."""

from __future__ import annotations

from onrecord.reading.time_tokens import Token
from onrecord.reading.time_values import day_of

_DASHES = frozenset("-‐‑–—")
_JOINERS = frozenset({"to", "and", "or", "-", "–", "—"})


def other_day(text: str, words: list[Token], first: int, end: int, value: str) -> tuple[Token, str] | None:
    """Give the number that a range joins to the day ``words[first:end]``, and its value; else None."""
    if "dom" in words[first].tags and "iso" not in words[first].tags:
        day = _before(text, words, first)
    elif "dom" in words[end - 1].tags:
        day = _behind(text, words, end)
    else:
        return None
    if day is None:
        return None
    other = f"{value[:8]}{int(day.tags['dom']):02}"
    return (day, other) if day_of(other) else None


def _before(text: str, words: list[Token], first: int) -> Token | None:
    """Look for "16" in "16 to 28 October", "16-28 October"."""
    if first and "dom" in words[first - 1].tags:
        near = text[words[first - 1].end : words[first].start].strip()
        return words[first - 1] if near in _DASHES else None
    if first > 1 and words[first - 1].word in _JOINERS and "dom" in words[first - 2].tags:
        return words[first - 2]
    return None


def _behind(text: str, words: list[Token], end: int) -> Token | None:
    """Look for "9" in "Dec. 6-9", "Dec. 6 and 9"; "Dec. 6 and 9 people" has none."""
    if end < len(words) and "dom" in words[end].tags:
        near = text[words[end - 1].end : words[end].start].strip()
        return words[end] if near in _DASHES else None
    if end + 1 < len(words) and words[end].word in _JOINERS and "dom" in words[end + 1].tags:
        after = words[end + 2].word if end + 2 < len(words) else "."
        return None if after[0].isalpha() else words[end + 1]
    return None
