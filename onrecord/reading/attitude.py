"""Attitude of an attribution: whether its source asserts, denies, wants or warns, told by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.lexicon.forms import bases
from onrecord.lexicon.load import rows
from onrecord.model.found import Stretch
from onrecord.record import Attitude

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NOT = frozenset({"not", "never", "no", "cannot", "without", "neither", "nor", "nobody", "hardly", "barely"})
_REFUSING = frozenset({"decline", "refuse", "refusal"})
_LONGEST = 400  # a cue longer than this is no cue; what follows is not looked at

_NEGATED: dict[Attitude, Attitude] = {
    "asserts": "rejects",  # "did not say": the source keeps it back
    "denies": "admits",
    "doubts": "believes",
    "believes": "doubts",
    "wants": "rejects",
    "asks": "rejects",
    "orders": "rejects",
    "promises": "rejects",
    "praises": "rejects",
    "supports": "opposes",
    "opposes": "agrees",
    "criticizes": "agrees",
    "fears": "believes",
    "expects": "doubts",
    "admits": "denies",
    "agrees": "rejects",
    "rejects": "asserts",  # "did not rule out"
    "warns": "asserts",
    "accuses": "asserts",
}


@cache
def _cues() -> dict[str, tuple[Attitude, bool]]:
    """Give base form or phrase -> (attitude, whether a word after it may tell more)."""
    return {words: (attitude, weight == "light") for words, attitude, weight in rows("cues")}  # type: ignore[misc]


def attitude(text: str, cue: Sequence[Stretch], content: Sequence[Stretch] = ()) -> Attitude:
    """Tell the attitude of an attribution by its cue's words; "asserts" where they tell none."""
    told = classify(text, cue)
    words = " ".join(text[start:end] for start, end in content[:1])[:400].lstrip("\"'“‘«, ")
    if told in (None, "asserts"):
        last = text[content[-1][0] : content[-1][1]][-40:].rstrip("\"'”’» \n") if content else ""
        if last.endswith("?"):
            return "asks"
        if words.startswith("to ") and told and any("tell" in bases(w) for w in _words(text, cue)):
            return "orders"
    return told or "asserts"


def classify(text: str, cue: Sequence[Stretch]) -> Attitude | None:
    """Tell the attitude by the cue's words alone; None where no word of it is in the lexicon."""
    words = _words(text, cue)
    if not words and any(text[start:end].strip() for start, end in cue):
        return "asserts"  # a colon or a dash
    forms = [bases(word) for word in words]
    refused = any(form in _REFUSING for options in forms for form in options)
    first: Attitude | None = None
    at = where = 0
    while at < len(words):
        found = _longest(forms, at)
        if found is None:
            at += 1
            continue
        told, light, length = found
        if first is None:
            first, where = told, at
        elif told != "asserts" or first != "asserts":
            first = told
            break
        if not light and first == told:
            break
        at += length
    if first is None:
        return None
    if refused:
        return "rejects"
    negated = any(_negates(word) for word in words[: where + 1]) or _object_negated(words, where)
    if negated and "neither" in words and any("confirm" in options for options in forms):
        return "rejects"
    return _NEGATED[first] if negated else first


def _words(text: str, cue: Sequence[Stretch]) -> list[str]:
    stretches = [text[start : min(end, start + _LONGEST)].replace("’", "'") for start, end in cue[:_LONGEST]]
    return [word.lower() for words in stretches for word in _WORD.findall(words)]


def _negates(word: str) -> bool:
    return word in _NOT or word.endswith("n't") or "fail" in bases(word)


def _object_negated(words: list[str], where: int) -> bool:
    """Whether the cue goes on "said nothing", "expressed no concern", "made no mention"."""
    return any(word in ("no", "nothing", "neither") for word in words[where + 1 : where + 3])


def _longest(forms: list[tuple[str, ...]], at: int) -> tuple[Attitude, bool, int] | None:
    """Find the longest phrase of the lexicon that starts at a word; give its attitude, weight and length."""
    cues = _cues()
    for length in (3, 2, 1):
        if at + length > len(forms):
            continue
        tail = " ".join(options[0] for options in forms[at + 1 : at + length])
        for base in forms[at]:
            found = cues.get(f"{base} {tail}" if tail else base)
            if found is not None:
                return (*found, length)
    return None
