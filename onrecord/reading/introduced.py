"""Words that a line introduces: "The minister said:", and then paragraphs without quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from onrecord.lexicon.forms import bases
from onrecord.lexicon.load import word_set
from onrecord.model.found import Found, Labelled, Statement, Stretch

_LINE = re.compile(r"[^\n]+")
_OPENS = re.compile(
    r"(?P<cue>\b[A-Za-z]+(?: (?:the following statement|that|in a statement|as follows))?[ \t]*:)[ \t]*$"
)
_MARKS = "\"“‘«'"
_GOES_ON = re.compile(r"\b(?:I|me|my|we|us|our|you|your|must|should|let)\b", re.IGNORECASE)
_MOST = 12  # paragraphs of a statement
_REACH = 300  # characters before the colon in which who speaks is looked for
_SCORE = 0.6  # a form, not a likelihood


def with_introduced(text: str, found: Found) -> Found:
    """Give what was found, with the paragraphs that an introduced statement holds as its content.

    The first paragraph is its; those after it for as long as somebody speaks in them ("we", "must").
    Paragraphs in quotation marks are left to the model.
    """
    lines = [m.span() for m in _LINE.finditer(text) if m.group().strip()]
    cues = sorted((s.cue[0], i) for i, s in enumerate(found.statements))
    statements = list(found.statements)
    for k, (start, end) in enumerate(lines[:-1]):
        match = _OPENS.search(text, max(start, end - 60), end)
        if match is None or word_set("verbs before words").isdisjoint(
            bases(match["cue"].split()[0].lower().rstrip(":"))
        ):
            continue
        content = _paragraphs(text, lines[k + 1 : k + 1 + _MOST])
        source = _source(text, found.names, start, match.start())
        if not content or source is None:
            continue
        at = bisect_left(cues, ((max(start, match.start() - 3), 0), -1))
        known = cues[at][1] if at < len(cues) and cues[at][0][0] < end else None
        if known is None:
            statements.append(Statement((source,), (match.span("cue"),), content, False, _SCORE))
        else:
            statements[known] = replace(statements[known], content=content, nested=False)
    if len(statements) == len(found.statements) and statements == list(found.statements):
        return found
    return replace(found, statements=tuple(sorted(statements, key=lambda s: (s.cue, s.content))))


def _paragraphs(text: str, lines: Sequence[Stretch]) -> tuple[Stretch, ...]:
    kept: list[Stretch] = []
    for start, end in lines:
        words = text[start:end]
        if words.lstrip()[:1] in _MARKS or words.rstrip().endswith(":"):
            break
        if kept and not _GOES_ON.search(words):
            break
        kept.append((start, end))
    return tuple(kept)


def _source(text: str, names: Sequence[Labelled], start: int, end: int) -> Stretch | None:
    """Give who speaks: from the last sentence's first person named on, else what follows its last comma."""
    begin = max(start, end - _REACH)
    stop = max(text.rfind(mark, begin, end) for mark in (". ", "? ", "! "))
    begin = stop + 2 if stop >= 0 else begin
    at = bisect_left(names, begin, key=lambda n: n.start)
    person = next((n for n in names[at : at + 20] if n.label == "person" and n.end <= end), None)
    if person is not None:
        begin = person.start
    else:
        begin = max(begin, text.rfind(", ", begin, max(begin, end - 2)) + 2)
    words = text[begin:end]
    begin += len(words) - len(words.lstrip())
    words = text[begin:end].rstrip(" ,\t")
    return (begin, begin + len(words)) if any(c.isalpha() for c in words) else None
