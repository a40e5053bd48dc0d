"""Whether the words around a time speak of what has been or of what will be."""

from __future__ import annotations

from onrecord.reading.time_tokens import Token

_BACK = 10  # words before a time that may hold its verb
_AHEAD = 6  # words after it


def tense_at(words: list[Token], start: int, end: int) -> str | None:
    """Give "past" or "future" by the nearest verb before the time, else after it; None where none tells."""
    if start and words[start - 1].word in ("by", "until") and "month" in words[start].tags:
        return "future"
    for at in range(start - 1, max(-1, start - 1 - _BACK), -1):
        if (found := _tense(words, at)) is not None:
            return found
        if words[at].word in (";", "."):
            break
    for at in range(end, min(len(words), end + _AHEAD)):
        if (found := _tense(words, at)) is not None:
            return found
        if words[at].word in (";", "."):
            break
    return None


def _tense(words: list[Token], at: int) -> str | None:
    """Give the tense that a word shows; "completed" shows none by itself after "will be"."""
    word = words[at].word
    tags = words[at].tags
    if "will" in tags:
        before = {token.word for token in words[max(0, at - 2) : at]}
        return "past" if word.endswith("ed") and before & {"had", "was", "were"} else "future"
    if word == "to" and at and words[at - 1].word in ("is", "are"):
        return "future"
    if "did" in tags:
        return "future" if _to_come(words, at) else "past"
    if (
        word.endswith("ed")
        and len(word) > 4
        and word not in ("need", "united", "indeed", "hundred", "exceed")
    ):
        return "future" if _to_come(words, at) else "past"
    return None


def _to_come(words: list[Token], at: int) -> bool:
    before = [token.word for token in words[max(0, at - 3) : at]]
    return any("will" in token.tags for token in words[max(0, at - 3) : at]) or before[-2:] == ["to", "be"]
