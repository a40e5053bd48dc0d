"""Roles: the titles and offices that a page gives a party, and the country and sectors that they tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.lexicon.known import bodies, head_nouns, offices
from onrecord.lexicon.load import word_set
from onrecord.reading.name import Name
from onrecord.reading.nominals import Nominal
from onrecord.reading.pronouns import PRONOUNS
from onrecord.reading.setting import Setting, Word
from onrecord.reading.titles import body_length, country_length, office_length
from onrecord.record import Role

_COMMA = re.compile(r"\s*(?:,|\(|–|—)\s*")
_SKIPPED = frozenset({"the", "a", "an", "his", "her", "its", "their", "who", "is", "was", "now"})
_LEADING = frozenset(
    {
        "'s",
        "-",
        "’",
        "'",
        "former",
        "deputy",
        "vice",
        "top",
        "senior",
        "chief",
        "opposition",
        "party",
        "foreign",
        "policy",
    }
    | {
        "special",
        "acting",
        "then",
        "ex",
        "the",
        "of",
        "and",
        "campaign",
        "military",
        "police",
        "army",
        "state",
        "national",
    }
)
_LONGEST = 12  # words after a name in which an office is looked for
_STOPS = frozenset(
    {",", ".", ";", ")", "(", "–", "—", ":", '"', "“", "”", "said", "says", "told", "has", "had", "will"}
)


def roles(setting: Setting, name: Name) -> tuple[Role, ...]:
    """Give the roles that stand right before or right after a person's name, in text order."""
    found = []
    if name.title is not None and name.title.office is not None:
        start, end = name.title.start, name.title.office[1]
        found.append(_role(setting, name.title.office, start, end))
    after = _after(setting, name)
    if after is not None:
        found.append(after)
    return tuple(found)


def office_in(setting: Setting, role: Role) -> str:
    """Give the office that a role names, in small letters, without its rank and body."""
    words = setting.within(role.start, role.end)
    for at in range(len(words)):
        length = office_length(words, at)
        if length:
            return " ".join(w.low for w in words[at : at + length]).replace(" .", ".").replace(" - ", "-")
    return role.title.lower()


def described_role(setting: Setting, nominal: Nominal) -> Role | None:
    """Give the role that a description ends with: "the ministry's spokesman", None otherwise."""
    words = setting.within(nominal.start, nominal.end)
    last = nominal.office.split()
    title = words[-len(last) :]
    if nominal.office in word_set("relational nouns") or [w.low for w in title] != last:
        return None
    while words[0].low in _SKIPPED and len(words) > len(last):
        words = words[1:]
    end = _past_of(setting, title[-1].end, last[-1])
    return _role(setting, (title[0].start, title[-1].end), words[0].start, end)


def _role(setting: Setting, office: tuple[int, int], start: int, end: int) -> Role:
    """Make a role: its title is the office with its rank, and the body where it says little without."""
    text = setting.text
    words = setting.within(start, office[1])
    begin = next((i for i, w in enumerate(words) if w.start >= office[0]), 0)
    first = begin
    while first and words[first - 1].low in word_set("before an office"):
        first -= 1
    close = end
    if words and words[-1].low in word_set("offices of a body"):
        land = country_length(words, 0)[0]
        rest = land + (land < begin and words[land].low == "'s")
        owned = words[rest:first]
        if owned and all(w.text[:1].isupper() or w.low in ("'s", "of", "and") for w in owned):
            first = rest
    else:
        close = office[1]
    title = text[words[first].start if words else office[0] : max(close, office[1])]
    return Role(" ".join(title.split()), start, end, text[start:end])


def _past_of(setting: Setting, end: int, head: str) -> int:
    """Give where "of the Armed Services Committee" ends after an office that says little without it."""
    at = setting.past(end)
    words = setting.words[at : at + _LONGEST]
    if head not in word_set("offices of a body") or len(words) < 2 or words[0].low not in ("of", "for", "to"):
        return end
    last = 0
    for i, word in enumerate(words[1:], 1):
        if word.text[0].isupper() or (last and word.low in head_nouns()):
            last = i
        elif word.low not in ("the", "of", "and", "for", "on", "'s") or (last and i - last > 2):
            break
    gap = setting.text[end : words[last].end]
    if not last or "\n" in gap or country_length(words, last)[0] or words[last].low in PRONOUNS:
        return end
    return words[last].end


def _after(setting: Setting, name: Name) -> Role | None:
    """Give the role in an apposition: "John Kerry, the US secretary of state,"."""
    comma = _COMMA.match(setting.text, name.end, name.end + 4)
    if comma is None:
        return None
    at = setting.past(comma.end())
    words = setting.words[at : at + _LONGEST]
    if words and words[0].low == "who" and (len(words) < 2 or words[1].low not in ("is", "was")):
        return None
    while words and words[0].low in _SKIPPED:
        words = words[1:]
    stop = next((i for i, w in enumerate(words) if w.low in _STOPS), len(words))
    for i in range(stop):
        length = office_length(words, i)
        if length and all(_may_lead(words, j) for j in range(i)):
            begin, end = words[0].start, words[min(i + length, stop) - 1].end
            after = words[i + length] if i + length < len(words) else None
            if after is not None and after.text[:1].isupper() and after.low not in _STOPS and i == 0:
                return None  # ", President Assad ...": another's title
            if "\n" in setting.text[name.end : end]:
                return None
            past = _past_of(setting, end, words[i + length - 1].low)
            return _role(setting, (words[i].start, end), begin, past)
    return None


def _may_lead(words: Sequence[Word], at: int) -> bool:
    """Whether a word may stand before an office in one phrase with it."""
    word = words[at]
    return word.text[0].isupper() or word.low in _LEADING


def told_by(role: Role, setting: Setting) -> tuple[str | None, tuple[str, ...]]:
    """Tell country and sectors by a role's words: "Russian Foreign Minister" is of RUS, GOV."""
    words = setting.within(role.start, role.end)
    country: str | None = None
    sectors: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    at = 0
    while at < len(words):
        length = office_length(words, at)
        if length:
            office = offices()[
                " ".join(w.low for w in words[at : at + length]).replace(" .", ".").replace(" - ", "-")
            ]
            own, country = office.sectors or own, country or office.country or None
            at += length
            continue
        size, of, told = body_length(words, at)
        length, code = country_length(words, at)
        if length and length >= size:
            country = code
            at += length
            continue
        if size:
            country, sectors = of or country, told
            at += size
            continue
        if words[at].low in head_nouns():
            sectors = (head_nouns()[words[at].low],)
        at += 1
    return country, own or sectors


def body_sectors(words: str) -> tuple[str, ...]:
    """Tell the sectors of an organisation by its name: the well-known, else its head noun."""
    if words in bodies():
        return bodies()[words].sectors
    low = words.lower().split()
    known = head_nouns()
    for size in (3, 2, 1):
        if " ".join(low[-size:]) in known:
            return (known[" ".join(low[-size:])],)
    for word in low:
        if word in (
            "ministry",
            "department",
            "university",
            "college",
            "bank",
            "army",
            "party",
            "court",
            "police",
        ):
            return (known[word],)
    return ()
