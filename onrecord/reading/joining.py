"""Joining: names that the model cut in two or cut short, made whole again before names are made of them.

Initials ("J. Joe Ricketts", "John F. Kennedy"), particles ("bin"), a given name beside a surname, a compass
word beside a place ("New York"), and whatever the page elsewhere names in one piece.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from onrecord.lexicon.known import bodies, countries, given_names, head_nouns
from onrecord.model.found import Labelled
from onrecord.reading.setting import Setting, Word
from onrecord.reading.titles import leading, office_length

# Party and state behind a member's name: "(R-Utah)", "D-N.C.". It names nobody.
_SEAT = re.compile(r"(?<![\w-])[RDI][-‑–](?:[A-Z]\.){1,2}|(?<![\w-])[RDI][-‑–][A-Z][a-z]{1,13}\b\.?")
_INITIALS = re.compile(r"[A-Z]\.?(?: ?[A-Z]\.?)?")
_PARTICLES = frozenset({"bin", "ibn", "bint", "de", "da", "von", "van", "der", "den", "al", "el", "la"})
_COMPASS = frozenset(
    {"New", "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Middle"}
    | {"Central", "Upper", "Lower", "Great", "San", "Santa", "St", "Los", "Las", "Fort", "Mount"}
)
_OPENERS = frozenset({"De", "Di", "Du", "Van", "Von", "Le", "La", "Abu", "Ben", "Bin", "Al", "El"})
_LONGEST = 6  # words of a name that is joined


@dataclass(frozen=True, slots=True)
class _Known:
    """What the page names in one piece: the words with their label, and the last words of full names."""

    whole: dict[str, str]
    surnames: Collection[str]
    persons: Collection[str]  # single words


def rejoined(setting: Setting, found: Sequence[Labelled]) -> list[Labelled]:
    """Give the labels in order, those that are parts of one name made one."""
    text = setting.text
    seats = [m.span() for m in _SEAT.finditer(text)]
    labels = [n for n in found if not _in(seats, n) and not text[n.start : n.end].strip(" ./-–'’").isdigit()]
    known = _known(text, labels)
    given: list[Labelled] = []
    for label in labels:
        label = _titled(setting, _to_initials(setting, label), known)
        if given and label.start <= given[-1].start and given[-1].end <= label.end:
            given.pop()  # the initial that the name now begins with
        before = given[-1] if given else None
        kind = _join(setting, before, label, known) if before is not None else None
        if before is not None and kind is not None:
            given[-1] = replace(label, start=before.start, label=kind)
        else:
            given.append(label)
    return [_to_surname(setting, label, known, at, given) for at, label in enumerate(given)]


def _in(seats: Sequence[tuple[int, int]], label: Labelled) -> bool:
    at = bisect_right(seats, (label.start, label.start)) - 1
    near = seats[max(0, at) : at + 2]
    return any(a <= label.start and label.end <= b for a, b in near)


def _known(text: str, labels: Sequence[Labelled]) -> _Known:
    whole: dict[str, str] = {}
    surnames: set[str] = set()
    persons: set[str] = set()
    for label in labels:
        if label.end - label.start > 80:
            continue
        words = text[label.start : label.end].split()
        if len(words) > 1 and all(w[:1].isupper() for w in words):
            whole.setdefault(" ".join(words).removesuffix("'s").removesuffix("’s"), label.label)
            if label.label == "person":
                surnames.add(words[-1])
        elif label.label == "person":
            persons.update(words)
    return _Known(whole, surnames, persons)


def _join(setting: Setting, before: Labelled, label: Labelled, known: _Known) -> str | None:
    """Give the label of two labels that are one name; None where they are two."""
    text = setting.text
    if not 0 <= label.start - before.end <= 5 or label.end - before.start > 80:
        return None
    between = text[before.end : label.start]
    left = setting.within(before.start, before.end)
    right = [w for w in setting.within(label.start, label.end) if w.text != "."]
    if not left or not right or not (left[0].text[0].isupper() and right[0].text[0].isupper()):
        return None
    if len(left) + len(right) > _LONGEST or setting.sentence(before.start) != setting.sentence(label.end - 1):
        return None
    if between.strip() in _PARTICLES and before.label == "person" and between != between.strip():
        return "person"
    if between not in (" ", "", ". "):
        return None
    if _initial(left, text[before.start : before.end]) and len(right[0].text) > 1 and right[0].text.isalpha():
        return "person" if label.label in ("person", "organization", "other") else None
    if between != " " or not left[-1].text[0].isalnum():
        return None
    if len(left) == 1 and left[0].text in countries() and left[0].text != "USA":
        return None
    return _side_by_side(before, label, left, right, known)


def _initial(left: Sequence[Word], words: str) -> bool:
    """Whether a label is an initial, or a name that ends with one: "J", "George W"."""
    if _INITIALS.fullmatch(words.strip()):
        return words.strip() != "I"
    last = left[-1] if left[-1].text != "." else left[-2]
    return len(left) > 1 and left[0].text in given_names() and len(last.text) == 1 and last.text.isupper()


def _side_by_side(
    before: Labelled, label: Labelled, left: Sequence[Word], right: Sequence[Word], known: _Known
) -> str | None:
    """Give the label of two labels with a space between, by the page and by their words."""
    whole = " ".join(w.text for w in (*left, *right))
    if whole in known.whole:
        return known.whole[whole]
    if whole in bodies():
        return "organization"
    if whole in countries():
        return "place"
    if not all(w.text[0].isupper() for w in right) or office_length(left, len(left) - 1):
        return None
    plain = len(right) == 1 and not office_length(right, 0) and right[0].low not in head_nouns()
    if plain and left[0].text in given_names() and len(left) < 3 and right[0].text not in countries():
        return "person"
    if plain and before.label == label.label == "person" and left[-1].low not in head_nouns():
        return "person" if left[-1].text in _OPENERS or len(left) > 1 else None
    if left[-1].text in _COMPASS and len(left) == 1 and "place" in (before.label, label.label):
        return "place" if label.label in ("place", "other") else "organization"
    named = right[-1].low in head_nouns() or right[0].low in head_nouns()
    if before.label == "place" and label.label == "organization" and named:
        return "organization"
    return "organization" if all(w.text.isupper() and len(w.text) > 2 for w in (*left, *right)) else None


def _to_initials(setting: Setting, label: Labelled) -> Labelled:
    """Let a person's name begin with the initials before it, and go on over one after a given name."""
    if label.label not in ("person", "organization"):
        return label
    text, words = setting.text, setting.within(label.start, label.end)
    if not words or not words[0].text[0].isupper():
        return label
    at = setting.first(words[0].start)
    start, end, kind = label.start, label.end, label.label
    two = setting.words[max(0, at - 2) : at]
    if (
        len(two) == 2
        and two[1].text == "."
        and len(two[0].text) == 1
        and two[0].text.isupper()
        and text[two[0].start : words[0].start] in (f"{two[0].text}. ", f"{two[0].text}.")
        and setting.sentence(two[0].start) == setting.sentence(label.start)
        and not text[two[0].start - 1 : two[0].start].strip(" \n(“\"'")
        and (kind == "person" or words[0].text in given_names())
    ):
        start, kind = two[0].start, "person"
    rest = _after_initial(setting, words)
    if kind == "person" and rest is not None:
        end = max(end, rest)
    return replace(label, start=start, end=end, label=kind)


def _after_initial(setting: Setting, words: Sequence[Word]) -> int | None:
    """Give where "F. Kennedy" ends after "John", or "Kennedy" after "John F"; None where it is not so."""
    at = setting.past(words[-1].end)
    last = words[-1]
    if last.text == "." and len(words) > 1:
        last, at = words[-2], at - 1
    if len(last.text) == 1 and last.text.isupper() and len(words) > 1 and words[0].text in given_names():
        begin = at
    elif len(words) == 1 and last.text in given_names():
        begin = at + 1
        initial = setting.words[at : at + 1]
        if not initial or len(initial[0].text) != 1 or not initial[0].text.isupper():
            return None
    else:
        return None
    name = [w for w in setting.words[begin : begin + 2] if w.text != "."][:1]
    if not name or not name[0].text[0].isupper() or len(name[0].text) < 2 or not name[0].text[1:].islower():
        return None
    gap = setting.text[last.end : name[0].start]
    return name[0].end if "\n" not in gap and len(gap) < 6 and gap.count(".") == 1 else None


def _to_surname(
    setting: Setting, label: Labelled, known: _Known, at: int, given: Sequence[Labelled]
) -> Labelled:
    """Let a given name that stands alone take the surname after it: "Hillary" of Hillary Clinton."""
    words = setting.within(label.start, label.end)
    if len(words) != 1 or words[0].text not in given_names() or label.label not in ("person", "other"):
        return label
    after = setting.past(label.end)
    following = setting.words[after : after + 1]
    if not following or setting.text[label.end : following[0].start] != " ":
        return label
    free = at + 1 >= len(given) or given[at + 1].start >= following[0].end
    if free and following[0].text in known.surnames:
        return replace(label, end=following[0].end, label="person")
    return label


def _titled(setting: Setting, label: Labelled, known: _Known) -> Labelled:
    """Take what opens with an office and goes on with a name for a person: "President Obama"."""
    if label.label != "other":
        return label
    words = setting.within(label.start, label.end)
    read = leading(words) if 1 < len(words) < 8 else None
    if read is None or read[0].office is None or read[1] >= len(words):
        return label
    rest = words[read[1] :]
    last = rest[-1].text
    named = rest[0].text in given_names() or last in known.surnames or last in known.persons
    return replace(label, label="person") if named and last.lower() not in head_nouns() else label
