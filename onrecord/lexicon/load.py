"""Loader of the word lists: rows of a tab-separated file of this folder; its first line tells the source."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Give the rows of ``onrecord/lexicon/<name>.tsv`` as tuples of cells; read once, when first asked."""
    text = files("onrecord.lexicon").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.split("\n") if line and not line.startswith("#"))


def listed(cell: str) -> tuple[str, ...]:
    """Give the parts of a cell that holds a list, parted by semicolons."""
    return tuple(part for part in cell.split(";") if part)


@cache
def word_set(name: str) -> frozenset[str]:
    """Give one of the small sets of words in ``sets.tsv``."""
    return next(frozenset(listed(words)) for known, words in rows("sets") if known == name)
