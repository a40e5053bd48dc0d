"""Turns of a transcript: "WALLACE: Who sent it?", "Q: … A: …", each the words of who is named before it.

The form is told by the whole page: two who speak, and turns that go on. A colon in a list is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.lexicon.load import word_set
from onrecord.model.found import Found, Labelled, Statement, Stretch

_TURN = re.compile(r"[ \t]*[\"“‘']?(?P<label>[A-Z][\w.'’ -]{0,50}?)(?P<cue>:)[ \t]+(?=\S)")
_LINE = re.compile(r"[^\n]+")
_ASIDE = re.compile(r"[ \t]*[\"“]?[(\[][^()\[\]]*[)\]][.\"”]?[ \t]*")
_NOBODY = frozenset({"Q", "A", "QUESTION", "ANSWER"})
_FEWEST, _TELLING_WORDS = 3, 4  # turns of a transcript; words of one that says something
_MOST_WORDS = 6  # of who speaks
_MOST_LINES = 8  # that one turn goes on for
_SCORE = 0.9  # a form, not a likelihood


@dataclass(slots=True)
class _Turn:
    start: int
    label: Stretch
    cue: Stretch
    content: list[Stretch]


def with_turns(text: str, found: Found) -> Found:
    """Give what was found with the turns of a transcript as statements, if the text is one."""
    turns = _turns(text, found.names)
    if not turns:
        return found
    ends = [n.end for n in sorted(found.names, key=lambda n: n.end)]
    named = [
        Labelled(*_name(text, t.label), "person", 1.0)
        for t in turns
        if text[slice(*t.label)] not in _NOBODY and not _ends_name(ends, t.label)
    ]
    told = [
        Statement(
            () if text[slice(*t.label)] in _NOBODY else (t.label,), (t.cue,), tuple(t.content), False, _SCORE
        )
        for t in turns
    ]
    kept = _apart(text, found.statements, turns)
    names = sorted((*found.names, *named), key=lambda n: (n.start, n.end))
    return replace(
        found,
        names=tuple(names),
        statements=tuple(sorted((*kept, *told), key=lambda s: (s.cue, s.content))),
    )


def _turns(text: str, names: Sequence[Labelled]) -> list[_Turn]:
    persons = {n.end: n.start for n in names if n.label == "person"}
    found: list[_Turn] = []
    waiting: list[Stretch] = []
    for line in _LINE.finditer(text):
        match = _TURN.match(text, line.start(), line.end())
        if match is not None and _names_speaker(text, match.span("label"), persons):
            if found and len(waiting) <= _MOST_LINES:
                found[-1].content += waiting
            waiting = []
            found.append(
                _Turn(line.start(), match.span("label"), match.span("cue"), [(match.end(), line.end())])
            )
        elif found and line.group().strip() and not _ASIDE.fullmatch(line.group()):
            waiting.append(line.span())
    who = {text[slice(*t.label)] for t in found}
    telling = sum(len(text[slice(*t.content[0])].split()) >= _TELLING_WORDS for t in found)
    asked = who == {"Q", "A"}
    if len(who) < 2 or (len(found) < _FEWEST and not asked) or 2 * telling < len(found):
        return []
    return found


def _names_speaker(text: str, label: Stretch, persons: dict[int, int]) -> bool:
    """Whether what stands before a colon names one who speaks: in capitals, or a person's name alone."""
    words = text[slice(*label)]
    if words in _NOBODY:
        return True
    if len(words) < 2 or len(words.split()) > _MOST_WORDS or words.lower() in word_set("labels of notes"):
        return False
    if re.sub(r"\b(?:Mc|Mac|[a-z]+)\b|Mc", "", words).isupper() and words[:2].isupper():
        return True
    return persons.get(label[1], label[1]) <= label[0]


def _name(text: str, label: Stretch) -> Stretch:
    """Give the name in a label without the titles that stand before it with a stop: "SEN. ANN LEE"."""
    words = text[slice(*label)]
    titles = re.match(r"(?:[A-Z]{2,5}\. )*", words)
    return label[0] + (titles.end() if titles else 0), label[1]


def _ends_name(ends: Sequence[int], label: Stretch) -> bool:
    at = bisect_right(ends, label[1])
    return at > 0 and ends[at - 1] > label[0]


def _apart(text: str, statements: Sequence[Statement], turns: Sequence[_Turn]) -> list[Statement]:
    """Give the statements found, each within the turn that it stands in or before the first."""
    starts = [t.start for t in turns]
    kept = []
    for s in statements:
        at = bisect_right(starts, s.cue[0][0]) - 1
        begin = turns[at].content[0][0] if at >= 0 else 0
        end = starts[at + 1] if at + 1 < len(starts) else max(b for _, b in (*s.cue, *s.source, *s.content))
        if s.cue[0][0] < begin:
            continue  # the colon after who speaks
        content = tuple(
            (a, b) for a, b in _clipped(s.content, begin, end) if any(c.isalnum() for c in text[a:b])
        )
        if content:
            kept.append(replace(s, source=_clipped(s.source, begin, end), content=content))
    return kept


def _clipped(stretches: Sequence[Stretch], begin: int, end: int) -> tuple[Stretch, ...]:
    return tuple((max(a, begin), min(b, end)) for a, b in stretches if a < end and b > begin)
