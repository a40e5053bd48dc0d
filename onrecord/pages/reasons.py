"""Reasons: why words of a page are not in its Document, in one word or two."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from onrecord.lexicon.load import rows
from onrecord.pages import dates
from onrecord.pages.form import purposes

_READ_MORE = re.compile(
    r"\W{0,3}(?:(?:read|see|watch|view|learn|find out)\s(?:more|also|next|now)|"
    r"(?:also|more)\s(?:read|on|from)|related|recommended|don['’]t miss)\b",
    re.I,
)
_BYLINE = re.compile(r"(?:written |posted |reported |story |words )?by[:\s]\s{0,3}\S", re.I)
_AROUND_DATE = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|date|first|last|published|posted|updated|modified|created|on|at|time|[ap]\.?m|gmt|utc|[ecmp][sd]?t|cest|cet|bst|"
    r"ist|msk|jst|aest)\b",
    re.I,
)
_WORD = re.compile(r"\w+")
_ICON = re.compile("icon", re.I)
_FEWEST_ICONS = 5  # scrapers leave the names of a page's icons on one line

# The marks of HTML blocks that say why by themselves, the most telling first.
_MARKED = (
    ("hidden", "hidden"), ("comments", "comment"), ("notice", "subscription"), ("advert", "advertisement"),
    ("share", "share"), ("nav", "navigation"), ("caption", "caption"), ("footer", "footer"), ("related",
     "related"),
    ("form", "form"), ("aside", "aside"), ("byline", "byline"), ("header", "navigation"), ("figure",
     "caption"),
)  # fmt: skip


def reason_of(line: str, marks: Collection[str] = ()) -> str:
    """Name why a line is left out: by its own words where they tell, then by what it stands in."""
    if is_dateline(line):
        return "dateline"
    if is_notice(line):
        return "advertisement"
    if is_read_more(line):
        return "read-more"
    if len(line) < 120 and is_byline(line):
        return "byline"
    for mark, reason in _MARKED:
        if mark in marks:
            return reason
    if len(_ICON.findall(line[:2000])) >= _FEWEST_ICONS:
        return "navigation"
    found = purposes(line)
    best = max(found, key=lambda name: found[name])
    if found[best] > 0.04 and best not in ("byline", "dateline"):
        return best
    return "navigation" if len(line.split()) <= 4 else "furniture"


def is_dateline(line: str) -> bool:
    """Whether a line is a date, with or without a time of day, and hardly more ("10 Sep, 2015 14:50")."""
    if len(line) > 90 or not any(map(str.isdigit, line)) or dates.written(line, "dateline") is None:
        return False
    return len(re.sub(r"[\W\d_]+", "", _AROUND_DATE.sub(" ", dates.without_date(line)))) <= 3


def is_read_more(line: str) -> bool:
    """Whether a line only points to another page ("READ MORE: …")."""
    return len(line) <= 250 and _READ_MORE.match(line) is not None


def is_byline(line: str) -> bool:
    """Whether a line opens as a byline does and is no sentence."""
    found = _BYLINE.match(line)
    return found is not None and found.group()[-1].isupper() and not line.endswith((".", "!", "?", ":"))


def is_furniture(line: str) -> bool:
    """Whether a line is furniture by its words alone: names of icons, a menu run together, hardly
    another word.
    """
    if len(_ICON.findall(line[:2000])) >= _FEWEST_ICONS:
        return True
    words = line[:2000].split()
    found = purposes(line)
    return len(words) <= 15 and max(found.values()) >= 0.5


@cache
def _lines(row: str) -> tuple[str, ...]:
    return tuple(phrase for name, *listed in rows("furniture") if name == row for phrase in listed)


def is_notice(line: str) -> bool:
    """Whether a line is nothing but the mark of an advertisement, which no report has as a line."""
    return len(line) <= 60 and " ".join(_WORD.findall(line.lower())) in _lines("alone")


def is_share(line: str) -> bool:
    """Whether a line is a button that shares a report, by its words alone ("Facebook", "Share this")."""
    return len(line) <= 30 and len(line.split()) <= 3 and purposes(line)["share"] >= 0.3


def opens_as_furniture(line: str) -> bool:
    """Whether a short line that is no sentence opens as the calls below a report do ("Subscribe to …")."""
    if len(line) > 90 or ends_sentence(line):
        return False
    return f"{' '.join(_WORD.findall(line.lower()))} ".startswith(
        tuple(f"{phrase} " for phrase in _lines("opening"))
    )


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does, quotation marks and brackets aside."""
    return line.rstrip("\"”’'»)] ")[-1:] in (".", "!", "?", "…", "。")
