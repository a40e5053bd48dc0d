"""Labels: what the model took for names, put right by the words themselves before names are made of them.

No name runs over the end of a line; a fragment of an office ("Prime" of "Prime Minister") is none; a lone
initial belongs to the word after it; what a body is said to do ("Russia believes") is no part of its name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord.lexicon.forms import bases
from onrecord.lexicon.known import given_names, head_nouns, honorifics
from onrecord.lexicon.load import rows, word_set
from onrecord.model.found import Labelled
from onrecord.reading.setting import Setting, Word
from onrecord.reading.titles import office_length


def put_right(setting: Setting, found: Sequence[Labelled]) -> list[Labelled]:
    """Give the labels to make names of, in the order they came."""
    given: list[Labelled] = []
    for label in _joined(setting, found):
        for start, end in _lines(setting.text, label.start, min(label.end, len(setting.text))):
            words = setting.within(start, end)
            if not words:
                given.append(replace(label, start=start, end=end))  # "S.E.C" without its last stop
                continue
            if _fragment(setting, words):
                continue
            kept = _without_verbs(words)
            kind = label.label
            if kind == "other" and len(kept) == 1 and _given_before(setting, kept[0]):
                kind = "person"
            if kind == "person":
                kept = _without_home(kept)
            last = end if len(kept) == len(words) else kept[-1].end
            given.append(replace(label, start=start, end=last, label=kind))
    return given


def _joined(setting: Setting, found: Sequence[Labelled]) -> list[Labelled]:
    """Join an initial, or a nickname, that was labelled alone to the rest of the name ("U" and "Thant")."""
    given: list[Labelled] = []
    for label in _over_nicknames(setting.text, found):
        before = given[-1] if given else None
        if (
            before is not None
            and before.end - before.start == 1
            and label.start == before.end + 1
            and setting.text[before.start : before.end].isupper()
            and setting.text[before.end : label.start] == " "
            and setting.text[label.start : label.start + 1].isupper()
        ):
            given[-1] = replace(label, start=before.start, label="person")
        else:
            given.append(label)
    return given


# A nickname within a name: John “J.D.” Dorrian.
_NICKNAME = re.compile(r"(?<=\w) [“\"‘][^“”\"‘’\n]{1,20}[”\"’] (?=[A-Z])")


def _over_nicknames(text: str, found: Sequence[Labelled]) -> list[Labelled]:
    """Make one label of a person's names on both sides of a nickname, whatever the nickname was taken for."""
    ends = {n.end: n for n in found if n.label == "person"}
    starts = {n.start: n for n in found if n.label == "person"}
    joined: dict[int, int] = {}
    for gap in _NICKNAME.finditer(text):
        if gap.start() in ends and gap.end() in starts:
            joined[ends[gap.start()].start] = starts[gap.end()].end
    given: list[Labelled] = []
    reach = -1
    for label in found:
        if label.start >= reach:
            reach = joined.get(label.start, label.end)
            given.append(replace(label, end=reach))
    return given if joined else list(found)


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    start = max(start, 0)
    for line in text[start:end].split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _fragment(setting: Setting, words: Sequence[Word]) -> bool:
    """Whether a single word is a part of an office or a form of address: "Prime", "Maj" before a stop."""
    if len(words) != 1:
        return len(words) == 2 and words[1].text == "." and words[0].low in honorifics()
    at = setting.first(words[0].start)
    if office_length(setting.words, at) > 1:
        return True
    after = setting.words[at + 1].text if at + 1 < len(setting.words) else ""
    if after == "." and (f"{words[0].low}." in honorifics() or office_length(setting.words, at)):
        return len(words[0].text) < 5
    return words[0].low in word_set("before an office") and bool(office_length(setting.words, at + 1))


def _without_verbs(words: Sequence[Word]) -> Sequence[Word]:
    """Cut what follows a name in small letters from its first verb of telling or auxiliary on."""
    cues = word_set("after one who acts")
    for at in range(1, len(words)):
        low = words[at].low
        if not words[at].text.islower() or low in head_nouns():
            continue
        if low in cues or (low.endswith(("s", "ed")) and low not in word_set("documents") and _tells(low)):
            return words[:at]
    return words


def _tells(low: str) -> bool:
    return any(base != low and base in _cues() for base in bases(low))


@cache
def _cues() -> frozenset[str]:
    return frozenset(row[0] for row in rows("cues"))


def _without_home(words: Sequence[Word]) -> Sequence[Word]:
    """Cut where a person is from: "Richard Russell of Georgia"."""
    at = next((i for i, w in enumerate(words) if w.low == "of"), 0)
    plain = at > 1 and all(w.text[0].isupper() for w in words[:at])
    return words[:at] if plain and not any(office_length(words, i) for i in range(at)) else words


def _given_before(setting: Setting, word: Word) -> bool:
    at = setting.first(word.start)
    before = setting.words[at - 1] if at else word
    return before.text in given_names() and setting.text[before.end : word.start] == " "
