"""What a time means: type and value, and what the value is counted from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from onrecord.reading import time_values as values
from onrecord.reading.time_tokens import Token

NO_DATE = "no date of publication"


NO_ANCHOR = "counts from a time that is not told"


NOT_A_DATE = "no such date"


@dataclass(slots=True)
class Context:
    """What meanings depend on: the day of the report, the last time told, and the sentence."""

    reference: date | None
    tokens: list[Token] = field(default_factory=list)
    last: str | None = None  # value of the last date told
    quarter: str | None = None  # value of the last quarter told
    day: str | None = None  # value of the last day told in this sentence
    at: int = 0  # the words where the form at hand starts and ends
    end: int = 0
    tense: str | None = None

    @property
    def before(self) -> str:
        """The word before the form at hand; empty at the start of a sentence."""
        return self.tokens[self.at - 1].word if self.at else ""

    @property
    def after(self) -> str:
        """The word after the form at hand; empty at the end of a sentence."""
        return self.tokens[self.end].word if self.end < len(self.tokens) else ""


@dataclass(slots=True)
class Meaning:
    """Type and value of a form, or the reason for no value.

    ``finer`` says that a part of day or a clock time may join it, ``aside`` that what follows does not count
    from it ("a year earlier").
    """

    type: str
    value: str | None
    reason: str | None = None
    finer: bool = False
    aside: bool = False


Words = dict[str, "str | int"]


Make = Callable[[Words, Context], "Meaning | None"]


def date_of(value: str | None, reason: str = NOT_A_DATE) -> Meaning:
    """Make a date of a value; None has the reason for it."""
    return Meaning("DATE", value, None if value else reason, finer=bool(value and values.day_of(value)))


def from_report(context: Context, make: Callable[[date], str | None], unit: str = "D") -> Meaning:
    """Count from the day of the report."""
    if context.reference is None:
        return Meaning("DATE", None, NO_DATE, finer=True)
    return date_of(make(context.reference))


_GRAINS = {"D": 0, "W": 1, "WE": 1, "F": 1, "M": 2, "Q": 3, "H": 3, "Y": 4, "E": 5, "C": 6}


def from_last(context: Context, make: Callable[[date], str | None], unit: str = "D") -> Meaning:
    """Count from the last time told, or else from the day of the report; no days from a mere year."""
    if context.last is None:
        return from_report(context, make)
    start = values.first_day(context.last)
    if start is None or _GRAINS[unit] < _GRAINS[values.unit_of(context.last) or "C"]:
        return Meaning("DATE", None, NO_ANCHOR)
    return date_of(make(start))


def step_of(w: Words) -> int:
    """Give how many units away "last", "this" and "next" are."""
    if "last" in w or "previous" in w or "ago" in w or "earlier" in w:
        return -1
    return 1 if "next" in w or "following" in w else 0
