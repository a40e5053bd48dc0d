"""Inline marks: text with ``{A1,E2 words}`` in it, taken apart into plain text and the marks' offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAGS = re.compile(r"\{([A-Z][1-9][0-9]{0,2}(?:=[^\s,{}]+)?(?:,[A-Z][1-9][0-9]{0,2}(?:=[^\s,{}]+)?)*) ")
_BRACE = re.compile(r"[{}]")
_HEADER = re.compile(r"([a-z]+):\s*([^;]+?)\s*(?:;|$)")


class MarkupError(ValueError):
    """A passage that cannot be read; ``line`` is where, counted from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Mark:
    """One tag on one stretch: a letter, a number, what follows ``=`` (or ""), offsets, and its line."""

    letter: str
    number: int
    detail: str
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Marked:
    """One passage taken apart: its text, header, marks in order of their ends, and its ``%`` lines."""

    text: str
    header: dict[str, str]
    line: int
    marks: tuple[Mark, ...]
    notes: tuple[tuple[str, int], ...]


def passages(marked: str, letters: str) -> Iterator[Marked]:
    """Read every passage of a file's text, with tags of these letters.

    Raise MarkupError at the first that is not well formed.
    """
    for lines, first in _blocks(marked):
        passage = _passage(lines, first)
        for mark in passage.marks:
            if mark.letter not in letters:
                raise MarkupError(
                    f"{mark.letter}{mark.number}: an opening brace needs one of {letters}", mark.line
                )
        yield passage


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


def _passage(lines: list[str], first: int) -> Marked:
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
    notes = []
    while lines and (lines[-1].startswith("%") or not lines[-1].strip()):
        if lines[-1].strip():
            notes.append((lines[-1][1:].strip(), line + len(lines) - 1))
        lines = lines[:-1]
    if not lines:
        raise MarkupError("a passage with a header and no text", first)
    text, marks = _strip("\n".join(lines), line)
    return Marked(text, header, first, tuple(marks), tuple(reversed(notes)))


def _strip(marked: str, line: int) -> tuple[str, list[Mark]]:
    marks: list[Mark] = []
    open_: list[tuple[list[str], int, int]] = []
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
            opening = _TAGS.match(marked, brace.start())
            if opening is None:
                raise MarkupError("an opening brace needs tags such as S1 or A2,E3 and a space", line)
            tags = opening[1].split(",")
            for tag in tags:
                if any(tag in others for others, _, _ in open_):
                    raise MarkupError(f"{tag} opens inside itself", line)
            open_.append((tags, length, line))
            at = opening.end()
        else:
            if not open_:
                raise MarkupError("a closing brace without an opening one", line)
            tags, start, opened = open_.pop()
            if start == length:
                raise MarkupError(f"{tags[0]} is empty", opened)
            for tag in tags:
                name, _, detail = tag.partition("=")
                marks.append(Mark(name[0], int(name[1:]), detail, start, length, opened))
            at = brace.end()
    if open_:
        tags, _, opened = open_[-1]
        raise MarkupError(f"{tags[0]} is never closed", opened)
    pieces.append(marked[at:])
    return "".join(pieces), marks
