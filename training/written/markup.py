"""Written passages: news prose with attributions marked inline, read into plain text and offsets.

The notation, and what each role spans, is told in ``GUIDELINE.md`` beside this file.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TypedDict

from training.written.inline import Marked, MarkupError, passages

Stretch = tuple[int, int]
ROLES = {"S": "source", "Q": "cue", "C": "content"}


class Attribution(TypedDict):
    """One attribution: offsets into its passage's text, in code points, and the attribution that holds it."""

    source: list[Stretch]  # empty where nobody is named
    cue: list[Stretch]
    content: list[Stretch]
    within: int | None  # place in the passage's list of the innermost one whose content holds this cue


class Passage(TypedDict):
    """One passage: paragraphs apart by an empty line, its header, and its attributions by number."""

    text: str
    header: dict[str, str]
    line: int  # where it begins in its file
    attributions: list[Attribution]


def parse(path: Path | str) -> list[Passage]:
    """Read a file of passages; raise MarkupError at the first that is not well formed."""
    return parse_text(Path(path).read_text(encoding="utf-8"))


def parse_text(marked: str) -> list[Passage]:
    """Read passages from text already in hand; same errors as :func:`parse`."""
    return [
        {"text": p.text, "header": p.header, "line": p.line, "attributions": attributions_of(p)}
        for p in passages(marked, "SQC")
    ]


def attributions_of(passage: Marked) -> list[Attribution]:
    """Give a passage's statements; raise MarkupError where they are not sound."""
    roles: dict[int, dict[str, list[Stretch]]] = {}
    lines_of: dict[int, int] = {}
    for mark in passage.marks:
        if mark.letter in ROLES:
            found = roles.setdefault(mark.number, {name: [] for name in ROLES.values()})
            found[ROLES[mark.letter]].append((mark.start, mark.end))
            lines_of[mark.number] = min(mark.line, lines_of.get(mark.number, mark.line))
    return _assemble(passage.text, roles, lines_of)


def _assemble(
    text: str, roles: dict[int, dict[str, list[Stretch]]], lines_of: dict[int, int]
) -> list[Attribution]:
    """Put each number's roles together, prove them sound, and find what holds what."""
    attributions: list[Attribution] = []
    for place, number in enumerate(sorted(roles), start=1):
        if number != place:
            raise MarkupError(f"attribution {number} without a {place}", lines_of[number])
        found = {role: sorted(stretches) for role, stretches in roles[number].items()}
        for role in ("cue", "content"):
            if not found[role]:
                raise MarkupError(f"attribution {number} has no {role}", lines_of[number])
        for stretches in found.values():
            for start, end in stretches:
                words = text[start:end]
                if words != words.strip() or "\n" in words:
                    raise MarkupError(
                        f"{words!r} begins or ends with a space, or spans paragraphs", lines_of[number]
                    )
        flat = sorted(stretch for stretches in found.values() for stretch in stretches)
        if any(left[1] > right[0] for left, right in pairwise(flat)):
            raise MarkupError(f"attribution {number} has roles that overlap", lines_of[number])
        attributions.append(
            {"source": found["source"], "cue": found["cue"], "content": found["content"], "within": None}
        )
    for place, attribution in enumerate(attributions):
        attribution["within"] = _holder(place, attributions)
    for place in range(len(attributions)):
        if _circles(place, attributions):
            raise MarkupError(f"attribution {place + 1} holds what holds it", lines_of[place + 1])
    return attributions


def _holder(place: int, attributions: list[Attribution]) -> int | None:
    """Name the innermost other attribution whose content holds the first stretch of this one's cue."""
    start, end = attributions[place]["cue"][0]
    best: tuple[int, int] | None = None
    for other, candidate in enumerate(attributions):
        for left, right in candidate["content"]:
            if other != place and left <= start and end <= right and (best is None or right - left < best[0]):
                best = (right - left, other)
    return None if best is None else best[1]


def _circles(place: int, attributions: list[Attribution]) -> bool:
    """Say whether going outwards from here comes back here."""
    outer = attributions[place]["within"]
    for _ in attributions:
        if outer is None:
            return False
        if outer == place:
            return True
        outer = attributions[outer]["within"]
    return False
