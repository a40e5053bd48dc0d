"""Compounds: sources of several parties at once ("Russia and Iran"), whose words no single one said."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.lexicon.load import word_set
from onrecord.model.found import Stretch
from onrecord.reading.pronouns import PRONOUNS
from onrecord.reading.setting import Setting, Word
from onrecord.reading.speakers import LONGEST, Tied, lines

_COMMAS = frozenset({",", ";", "(", "–", "—"})
_BETWEEN = frozenset({"the", "a", "an", "both", "particularly", "especially", "even", "also", "perhaps"})
_OPENERS = frozenset({"the", "a", "an", "some", "several", "many", "most", "other", "others", "two", "three"})


def several(setting: Setting, source: Sequence[Stretch], mentions: Sequence[Tied]) -> bool:
    """Whether a source is several parties joined by "and", none of them within another's description."""
    for start, end in source[:1]:
        for begin, stop in lines(setting, start, min(end, start + LONGEST)):
            words = setting.within(begin, stop)
            near = [m for m in mentions if begin <= m.start and m.end <= stop]
            for at, word in enumerate(words):
                joint = word.low in ("and", "&") or (word.low == "as" and _low(words, at + 1) == "well")
                if joint and 0 < at < len(words) - 1 and _joins(setting, words, at, near):
                    return True
    return False


def _joins(setting: Setting, words: Sequence[Word], at: int, near: Sequence[Tied]) -> bool:
    """Whether the "and" at a word joins two parties that stand on a level."""
    joint = words[at]
    if any(m.kind == "name" and m.wide <= joint.start and joint.end <= m.end for m in near):
        return False
    first = next((i + 1 for i in range(at - 1, -1, -1) if words[i].low in _COMMAS), 0)
    if first == at:  # "A, B, and C"
        first = next((i + 1 for i in range(at - 2, -1, -1) if words[i].low in _COMMAS), 0)
    begun = first == 0
    if first + 1 < at and words[first].low in word_set("nobody") and words[first + 1].low == "of":
        first += 2  # "all of the ..."
    last = at - 1 if words[at - 1].low != "," else at - 2
    if last < first:
        return False
    left = [m for m in near if m.end >= words[last].end and m.end <= joint.start and _level(m)]
    head = min((m.wide for m in left), default=words[last].start)
    before = [w for w in words[first:last] if w.start < head]
    if any(w.low in word_set("ends of a source") for w in before):
        return False  # "a spokesman for the US and Russia"
    if not begun and not any(m.kind == "name" and m.wide <= _past(words, first).start for m in left):
        # "the family, protesters and leaders", but not "Ann Lee, director and founder"
        return last == first and _plural(words[last]) and _plural(words[-1]) and words[-1].low not in _COMMAS
    past = at + (3 if joint.low == "as" else 1)
    while past < len(words) - 1 and words[past].low in _BETWEEN - _OPENERS:
        past += 1
    if past >= len(words):
        return False
    opener = words[past].low in _OPENERS or words[past].low in PRONOUNS
    start = _past(words, past).start
    right = [m for m in near if m.wide == start and _level(m) and m.kind == "name"]
    parties = {m.party for m in left}
    if right:
        return bool(left or opener) and parties.isdisjoint(m.party for m in right)
    named = any(m.kind == "name" for m in left)
    return opener and (named or bool(left) or words[first].low in _OPENERS) and last - first < 8


def _past(words: Sequence[Word], at: int) -> Word:
    """Give the word after an article."""
    while at < len(words) - 1 and words[at].low in _BETWEEN:
        at += 1
    return words[at]


def _plural(word: Word) -> bool:
    return word.text.islower() and word.text.endswith("s") and not word.text.endswith(("ss", "us"))


def _level(mention: Tied) -> bool:
    return not (mention.nested or mention.adjective or mention.possessive)


def _low(words: Sequence[Word], at: int) -> str:
    return words[at].low if at < len(words) else ""
