"""Aliases that a page gives itself: "Islamic State (IS, formerly ISIS/ISIL)", "Daesh, also known as ISIS"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.reading.name import Name
from onrecord.reading.naming import is_acronym

_OPENED = re.compile(
    r"(?:['’]s)?,?\s*\((?:(?:or|also|formerly|previously|once|now|the|then|known|called|as|aka|a\.k\.a\.|better|simply|in|"
    r"short|for|its|acronym|abbreviated|to)\s+){0,6}[\"“‘']?"
)
_CALLED = re.compile(
    r",?\s*(?:\(|,|–|-)?\s*(?:(?:or|which is|who is|is|better|more commonly|commonly|widely)\s+)?"
    r"(?:also known as|also called|known as|a\.k\.a\.|aka|formerly known as|formerly called|formerly"
    r"|previously known as|nicknamed|called|dubbed|real name|nom de guerre|born)\s+(?:the\s+)?[\"“‘']?"
)
_JOINED = re.compile(
    r"[\"”’']?\s*(?:/|,|;|or|and)?\s*(?:(?:or|also|formerly|previously|known|called|as|aka|now|the)\s+){0,5}[\"“‘']?"
)
_LONGEST = 60


def aliases(text: str, names: Sequence[Name]) -> tuple[tuple[int, int], ...]:
    """Give the pairs of names (by index) that the page says are one party's."""
    found: list[tuple[int, int]] = []
    outer = [i for i, n in enumerate(names) if not n.nested]
    head: int | None = None  # the name before an open parenthesis
    for before, after in pairwise(outer):
        between = text[names[before].end : names[after].start]
        if len(between) > _LONGEST or "\n" in between:
            head = None
            continue
        one, other = names[before], names[after]
        if head is not None:
            if ")" not in between and _JOINED.fullmatch(between):
                if _can(text, names[head], other, told=False):
                    found.append((head, after))
                continue
            head = None
        if _OPENED.fullmatch(between):
            if _can(text, one, other, told=len(between.strip()) > 2):
                found.append((before, after))
                head = before
        elif _CALLED.fullmatch(between) and _can(text, one, other, told=True):
            found.append((before, after))
    return tuple(found)


def _can(text: str, one: Name, other: Name, *, told: bool) -> bool:
    """Whether the second can be a name of the first: told so by words, or by its letters."""
    if one.country is not None or (other.country is not None and not told):
        return False
    if told:
        return True
    short, long = text[other.start : other.end], text[one.start : one.end]
    if is_acronym(short, long) or is_acronym(long, short):
        return True
    # "Syrian Arab News Agency (Sana)": one word in the parenthesis beside a longer name of the same type
    return other.type == one.type != "place" and " " not in short and " " in long and short.isupper()
