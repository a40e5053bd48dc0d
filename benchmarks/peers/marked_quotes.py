"""Rule-based quotes: words between quotation marks, the nearest reporting verb, and the name beside it.

What one writes in an afternoon, and what much of the field's counting of quotes rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.peers.reading import Entry, Reading

VERBS = (
    "said says say told tells added adds asked asks wrote writes tweeted replied insisted argued argues"
    " claimed claims warned noted explained stated declared announced concluded continued recalled suggested"
    " admitted complained joked acknowledged"
)
LEAST_WORDS = 4  # fewer words in quotation marks are a title or a scare quote
FARTHEST = 80  # characters between a quote and its verb

_QUOTED = re.compile(r"“[^“”\n]+(?:”|$)|\"[^\"\n]+\"")
_VERB = rf"\b(?P<cue>{'|'.join(VERBS.split())})\b"
_NAME = r"(?:[Tt]he )?[A-Z][\w.’'-]*(?: (?:of )?[A-Z][\w.’'-]*){0,4}"
_SOURCE = rf"(?P<source>\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]e|I)\b|\b{_NAME})"
_BEFORE = re.compile(rf"{_SOURCE}(?:,[^,\n]{{1,60}},)? {_VERB}")
_AFTER = re.compile(rf"{_VERB} {_SOURCE}")
_ALONE = re.compile(_VERB)


@dataclass(slots=True)
class _Telling:
    """A reporting verb with its subject, and the quotes that it reports."""

    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: list[tuple[int, int]]


class Reader:
    """Has no setting."""

    def __init__(self, setting: str) -> None:
        del setting

    def read(self, text: str, kind: str = "text", published: str | None = None) -> Reading:
        """Read the quotes of a text, a line at a time."""
        found: list[Entry] = []
        for line in re.finditer(r"[^\n]+", text):
            found += [
                {
                    "source": _spans([t.source] if t.source else [], line.start()),
                    "cue": _spans([t.cue], line.start()),
                    "content": _spans(t.content, line.start()),
                    "within": None,
                }
                for t in _told(line.group())
            ]
        return Reading(text, attributions=found)


def _told(line: str) -> Iterator[_Telling]:
    quotes = [m.span() for m in _QUOTED.finditer(line)]
    outside = _QUOTED.sub(lambda m: "\0" * len(m.group()), line)
    tellings = list(_tellings(outside))
    for quote in quotes:
        if len(line[slice(*quote)].split()) < LEAST_WORDS:
            continue
        nearest = min(tellings, key=lambda t: _gap(t, quote), default=None)
        if nearest is not None and _gap(nearest, quote) <= FARTHEST:
            nearest.content.append(quote)
    return (t for t in tellings if t.content)


def _tellings(outside: str) -> Iterator[_Telling]:
    subjects = {m.span("cue"): m.span("source") for m in _AFTER.finditer(outside)}
    subjects |= {m.span("cue"): m.span("source") for m in _BEFORE.finditer(outside)}
    for m in _ALONE.finditer(outside):
        yield _Telling(m.span("cue"), subjects.get(m.span("cue")), [])


def _gap(telling: _Telling, quote: tuple[int, int]) -> int:
    return max(quote[0] - telling.cue[1], telling.cue[0] - quote[1])


def _spans(stretches: list[tuple[int, int]], by: int) -> list[Entry]:
    return [{"start": by + a, "end": by + b} for a, b in stretches]
