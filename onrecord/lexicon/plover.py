"""PLOVER's scales: the quad class, PLOVER score and Goldstein score of an event's type and mode."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from onrecord.lexicon.load import rows

VERSION = "1"
"""Of the table: it changes whenever a number or a quad class does."""


Quad = Literal["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]


@dataclass(frozen=True, slots=True)
class Scores:
    """What a type, or a type in a mode, weighs.

    ``plover`` and ``goldstein`` run from -10 (conflict) to 10 (cooperation). ``goldstein`` is null where no
    source has a number; ``note`` then says why. ``cameo`` is the CAMEO code that the Goldstein score is of.
    ``mode`` is empty where the row is the type's and not the mode's own.
    """

    type: str
    mode: str
    quad: Quad
    plover: float
    goldstein: float | None
    cameo: str
    note: str


@cache
def table() -> dict[tuple[str, str], Scores]:
    """Give every row by type and mode; the mode is empty in a type's own row."""
    found: dict[tuple[str, str], Scores] = {}
    for kind, mode, quad, plover, goldstein, cameo, note in rows("plover"):
        number = None if goldstein == "-" else float(goldstein)
        found[kind, mode] = Scores(kind, mode, cast("Quad", quad), float(plover), number, cameo, note)
    return found


def scores(kind: str, mode: str | None = None) -> Scores:
    """Give the scores of a type, in a mode where that has a row of its own; KeyError for an unknown type."""
    known = table()
    return known.get((kind, mode or ""), known[kind, ""])
