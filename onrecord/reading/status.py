"""Status of an event: the model's, put right where the words say otherwise, or whoever tells it does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.lexicon.forms import bases
from onrecord.lexicon.load import word_set
from onrecord.model.found import FoundEvent
from onrecord.model.labels import STATUSES
from onrecord.record import Status

_REQUESTS = frozenset({"wants", "asks", "orders"})
_PLANS = frozenset({"promises", "expects"})
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]")
_AROUND = 120  # characters before and after a trigger in which a word tells of its time
_BEFORE, _AFTER = 12, 8  # words of those
_TO = 3  # words back to the "to" of an infinitive
_AUXILIARIES = frozenset(
    {"do", "does", "did", "has", "have", "had", "is", "are", "was", "were", "be", "been", "being"}
)
_POSSIBLE = frozenset({"may", "might", "could", "can", "fear", "fears", "risk", "risks", "possible", "if"})
_ENDS = frozenset({";", ":", "“", "”", '"'})


def status(text: str, f: FoundEvent, attitudes: Sequence[str], *, headline: bool = False) -> Status:
    """Give the status of an event that is told under some attitudes, innermost first.

    A headline's present tense is of what has just happened: nothing in it is habitual.
    """
    told: Status = STATUSES[STATUSES.index(f.status)]  # type: ignore[assignment]
    nearest = attitudes[0] if attitudes else ""
    before, after = _near(text, f)
    if told == "future" and nearest not in _PLANS and not _to_come(before, after) and not _dated(f):
        told = "hypothetical" if _POSSIBLE.intersection(before) else "asserted"
    if told == "future" and _tried(before):
        told = "hypothetical"
    if told == "habitual" and headline:
        told = "asserted"
    if told in ("asserted", "habitual", "hypothetical") and _not_done(before):
        told = "negated"
    if (
        nearest in ("denies", "rejects")
        and told in ("asserted", "negated", "habitual")
        and f.status_score < 0.9
    ):
        return "denied"
    if nearest in _REQUESTS and told == "asserted" and f.status_score < 0.6:
        return "requested"
    if nearest == "promises" and told == "asserted" and f.status_score < 0.6:
        return "future"
    return told


def _dated(f: FoundEvent) -> bool:
    """Whether the page gives the day: "is visiting on Monday" may well be to come."""
    return any(p.role == "date" for p in f.parties)


def _near(text: str, f: FoundEvent) -> tuple[list[str], list[str]]:
    """Give the words before and after a trigger, within its line and what is quoted with it."""
    start, end = f.trigger
    before = _words(text[max(0, start - _AROUND) : start].rpartition("\n")[2])[-_BEFORE:]
    after = _words(text[start : end + _AROUND].partition("\n")[0])[: _AFTER + 2]
    cut = max((k for k, w in enumerate(before) if w in _ENDS or w in ".?!"), default=-1)
    stop = next((k for k, w in enumerate(after) if w in _ENDS or w in ".?!"), len(after))
    return before[cut + 1 :], after[:stop]


def _words(piece: str) -> list[str]:
    return [w.lower().replace("’", "'") for w in _WORD.findall(piece)]


def _to_come(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a word near the trigger tells that it is to come: "will", "plans to", "next week"."""
    known = word_set("tells of what is to come")
    if "to" in before[-_TO:] or any(w.endswith("'ll") for w in before):
        return True
    return any(w in known or not known.isdisjoint(bases(w)) for w in (*before, *after))


def _tried(before: Sequence[str]) -> bool:
    """Whether the trigger is what somebody tries to do: "attempts to cooperate with"."""
    known = word_set("tells of trying")
    at = next((k for k in range(1, _TO + 1) if before[-k : len(before) - k + 1] == ["to"]), None)
    return at is not None and any(not known.isdisjoint(bases(w)) for w in before[-at - 2 : -at])


def _not_done(before: Sequence[str]) -> bool:
    """Whether the trigger's own verb is negated: "did not bomb", "has never yet armed"; no "if" before it."""
    if "if" in before or "unless" in before:
        return False
    for back in (1, 2):
        if len(before) < back:
            return False
        word = before[-back]
        if word.endswith("n't") and word not in ("won't", "wouldn't", "can't", "couldn't"):
            return True
        if word in ("not", "never"):
            return len(before) > back and (before[-back - 1] in _AUXILIARIES or word == "never")
        if back == 1 and not (word.endswith("ly") or word in ("yet", "ever", "been", "even")):
            return False
    return False
