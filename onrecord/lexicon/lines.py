"""Lines of the lexicon: where a word list says what the reader went by, to look it up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.lexicon.forms import bases
from onrecord.lexicon.load import rows

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LONGEST = 400  # characters of a phrase that are looked at


@dataclass(frozen=True, slots=True)
class LexiconLine:
    """A row of a word list: its file, its line there, counted from 1, and its cells."""

    file: str
    line: int
    cells: tuple[str, ...]

    def __str__(self) -> str:
        return f"lexicon/{self.file}.tsv, line {self.line}"


@cache
def _numbers(name: str) -> tuple[int, ...]:
    """Give the line of each row that ``load.rows`` gives."""
    text = files("onrecord.lexicon").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(n for n, line in enumerate(text.split("\n"), 1) if line and not line.startswith("#"))


@cache
def _by_start(name: str, width: int) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    for at, cells in enumerate(rows(name)):
        found.setdefault(cells[:width], at)
    return found


def line_of(name: str, *cells: str) -> LexiconLine | None:
    """Give the first row of ``lexicon/<name>.tsv`` that begins with these cells; None where there is none."""
    at = _by_start(name, len(cells)).get(cells)
    return None if at is None else LexiconLine(name, _numbers(name)[at], rows(name)[at])


def lines_for(name: str, words: str) -> tuple[LexiconLine, ...]:
    """Give the rows whose first cell is a phrase of these words or of their base forms, the longest ones."""
    forms = [bases(word) for word in _WORD.findall(words[:_LONGEST].replace("’", "'"))]
    found: list[LexiconLine] = []
    at = 0
    while at < len(forms):
        line, length = _longest(name, forms, at)
        if line is not None and line not in found:
            found.append(line)
        at += length
    return tuple(found)


def _longest(name: str, forms: list[tuple[str, ...]], at: int) -> tuple[LexiconLine | None, int]:
    for length in (3, 2, 1):
        if at + length > len(forms):
            continue
        tail = " ".join(options[0] for options in forms[at + 1 : at + length])
        for base in forms[at]:
            if line := line_of(name, f"{base} {tail}" if tail else base):
                return line, length
    return None, 1
