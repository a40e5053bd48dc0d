"""Written passages: news prose with attributions marked inline, read into plain text and offsets.

The notation, and what each role spans, is told in ``GUIDELINE.md`` beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TypedDict

Stretch = tuple[int, int]
ROLES = {"S": "source", "Q": "cue", "C": "content"}
_OPENING = re.compile(r"\{([SQC])([1-9][0-9]{0,2}) ")
_BRACE = re.compile(r"[{}]")
_HEADER = re.compile(r"([a-z]+):\s*([^;]+?)\s*(?:;|$)")


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


class MarkupError(ValueError):
    """A passage that cannot be read; ``line`` is where, counted from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


def parse(path: Path | str) -> list[Passage]:
    """Read a file of passages; raise MarkupError at the first that is not well formed."""
    return parse_text(Path(path).read_text(encoding="utf-8"))


def parse_text(marked: str) -> list[Passage]:
    """Read passages from text already in hand; same errors as :func:`parse`."""
    return [_passage(lines, first) for lines, first in _blocks(marked)]


def _blocks(marked: str) -> Iterator[tuple[list[str], int]]:
    """Cut at lines of three hyphens; give each block that is not blank with the number of its first line."""
    block: list[str] = []
    first = 1
    for number, line in enumerate([*marked.split("\n"), "---"], start=1):
        if line.rstrip() != "---":
            block.append(line)
            continue
        while block and not block[0].strip():
            block.pop(0)
            first += 1
        while block and not block[-1].strip():
            block.pop()
        if block:
            yield block, first
        block, first = [], number + 1


def _passage(lines: list[str], first: int) -> Passage:
    header: dict[str, str] = {}
    line = first
    if lines[0].startswith("#"):
        header = dict(_HEADER.findall(lines[0][1:].strip()))
        if not header:
            raise MarkupError("a header needs `name: value` pairs apart by semicolons", line)
        lines = lines[1:]
        line += 1
    while lines and not lines[0].strip():
        lines = lines[1:]
        line += 1
    if not lines:
        raise MarkupError("a passage with a header and no text", first)
    text, roles, lines_of = _strip("\n".join(lines), line)
    return {"text": text, "header": header, "line": first, "attributions": _assemble(text, roles, lines_of)}


def _strip(marked: str, line: int) -> tuple[str, dict[int, dict[str, list[Stretch]]], dict[int, int]]:
    """Take the braces out; give the text, each number's stretches by role, and the line it first stood on."""
    roles: dict[int, dict[str, list[Stretch]]] = {}
    lines_of: dict[int, int] = {}
    open_: list[tuple[str, int, int, int]] = []
    pieces: list[str] = []
    length = at = 0
    for brace in _BRACE.finditer(marked):
        if brace.start() < at:
            continue
        piece = marked[at : brace.start()]
        pieces.append(piece)
        length += len(piece)
        line += piece.count("\n")
        if brace.group() == "{":
            opening = _OPENING.match(marked, brace.start())
            if opening is None:
                raise MarkupError("an opening brace needs S, Q or C, a number and a space", line)
            number = int(opening[2])
            if any((role, other) == (opening[1], number) for role, other, _, _ in open_):
                raise MarkupError(f"{opening[1]}{number} opens inside itself", line)
            open_.append((opening[1], number, length, line))
            lines_of.setdefault(number, line)
            at = opening.end()
        else:
            if not open_:
                raise MarkupError("a closing brace without an opening one", line)
            role, number, start, opened = open_.pop()
            if start == length:
                raise MarkupError(f"{role}{number} is empty", opened)
            stretches = roles.setdefault(number, {name: [] for name in ROLES.values()})
            stretches[ROLES[role]].append((start, length))
            at = brace.end()
    if open_:
        role, number, _, opened = open_[-1]
        raise MarkupError(f"{role}{number} is never closed", opened)
    pieces.append(marked[at:])
    return "".join(pieces), roles, lines_of


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
