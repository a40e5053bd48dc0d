"""Within: names that other names of the page lead to: in parentheses after, inside, or joined by a comma."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.reading.name import Name
from onrecord.reading.setting import Setting
from onrecord.record import EntityType


def in_parentheses(setting: Setting, given: Sequence[Name]) -> list[Name]:
    """Give the short forms in capitals that follow a body's name in parentheses and that the model missed."""
    taken = sorted((n.start, n.end) for n in given)
    found: list[Name] = []
    for name in given:
        if name.type != "organization" or setting.text[name.end : name.end + 2] != " (":
            continue
        at = setting.past(name.end + 2)
        for word in setting.words[at : at + 8]:
            if word.text == ")":
                break
            free = not any(
                a < word.end and b > word.start
                for a, b in taken[max(0, bisect_right(taken, (word.end,)) - 3) :][:6]
            )
            if free and word.text.isupper() and 1 < len(word.text) < 9 and word.text.isalpha():
                found.append(Name(word.start, word.end, "organization"))
    return found


def places_in_countries(setting: Setting, given: Sequence[Name]) -> list[Name]:
    """Give the longer names "Palmyra, Syria" where a place is followed by its country."""
    countries_at = {n.start: n for n in given if n.country is not None and n.country.how == "name"}
    found = []
    for name in given:
        after = countries_at.get(name.end + 2) if name.type == "place" and not name.nested else None
        if after is not None and setting.text[name.end : name.end + 2] == ", " and name.country is None:
            found.append(Name(name.start, after.end, "place", nested=True))
    return found


def known_inside(setting: Setting, given: Sequence[Name]) -> list[Name]:
    """Give the heads of longer names that the page also names alone: "Assad" of "Assad's regime"."""
    text = setting.text
    alone: dict[str, set[EntityType]] = {}
    for name in given:
        if not name.nested and name.country is None:
            alone.setdefault(text[name.start : name.end], set()).add(name.type)
            if name.type == "person":
                alone.setdefault(text[name.start : name.end].rpartition(" ")[2], set()).add("person")
    taken = {(n.start, n.end) for n in given}
    found: list[Name] = []
    for name in given:
        if name.nested or name.type == "person":
            continue
        words = setting.within(name.start, name.end)[:4]
        for size in range(min(3, len(words) - 1), 0, -1):
            start, end = words[0].start, words[size - 1].end
            kinds = alone.get(text[start:end], set())
            same = "place" in kinds and name.type == "place"  # "Mosul district"
            if len(kinds) == 1 and not same and end - start > 3 and (start, end) not in taken:
                found.append(Name(start, end, next(iter(kinds)), nested=True))
                break
    return found
