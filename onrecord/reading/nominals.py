"""Nominals: what a description says of its party: head noun, determiner, number, gender, office, country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.lexicon.forms import bases
from onrecord.lexicon.known import Gender, head_nouns, offices
from onrecord.lexicon.load import word_set
from onrecord.model.found import Labelled
from onrecord.reading.pronouns import PRONOUNS
from onrecord.reading.setting import Setting, Word
from onrecord.reading.titles import body_length, country_length, office_length
from onrecord.record import EntityType

_DETERMINERS = {
    **dict.fromkeys(
        ("a", "an", "some", "one", "another", "any", "every", "each", "no", "several", "many"), "a"
    ),
    **dict.fromkeys(("the",), "the"),
    **dict.fromkeys(("this", "that", "these", "those", "both", "such"), "this"),
    **dict.fromkeys(("my", "our", "your", "his", "her", "its", "their"), "his"),
}
_GENDERS: dict[str, Gender] = {
    **dict.fromkeys(
        ("man", "boy", "father", "husband", "son", "brother", "uncle", "nephew", "gentleman", "guy"), "m"
    ),
    **dict.fromkeys(
        ("grandfather", "widower", "actor", "grandson", "king", "prince", "policeman", "lad"), "m"
    ),
    **dict.fromkeys(
        ("woman", "girl", "mother", "wife", "daughter", "sister", "aunt", "niece", "lady", "widow"), "f"
    ),
    **dict.fromkeys(
        ("grandmother", "actress", "granddaughter", "queen", "princess", "policewoman", "waitress"), "f"
    ),
}
_PLURALS = frozenset(
    {"people", "police", "men", "women", "children", "media", "forces", "troops", "staff", "folk"}
)


@dataclass(frozen=True, slots=True)
class Nominal:
    """A description and what its words say.

    ``determiner`` is one of "the", "a", "this", "his", "'s" (a possessor before it) and "" (none); ``head``
    the base form of its last word; ``office`` the office named, in small letters, "" where none; ``kin`` the
    words in it that tell parties apart.
    """

    start: int
    end: int
    type: EntityType
    determiner: str
    head: str
    plural: bool
    gender: Gender | None
    office: str
    country: str | None
    kin: frozenset[str]


def nominal(setting: Setting, found: Labelled) -> Nominal | None:
    """Describe one nominal of the model; None where it has no words."""
    words = _whole(setting, found.start, found.end)
    if not words or not words[-1].text.isalpha() or len(words[-1].text) < 2:
        return None
    last = words[-1].low
    if last in _DETERMINERS or last in PRONOUNS or last in word_set("numbers"):
        return None
    if last in word_set("never nouns") or (len(words) == 1 and last in word_set("nobody")):
        return None
    determiner = _DETERMINERS.get(words[0].low, "")
    if determiner in ("", "the", "his") and any(w.low == "'s" for w in words):
        determiner = "'s"
    office, country = _office(words)
    known = offices().get(office)
    plural = (
        last in _PLURALS
        or (last.endswith("men") and last != "specimen")
        or (last.endswith("s") and not last.endswith(("ss", "us", "is")))
    )
    plural = plural or (known is not None and known.plural)
    head = bases(last)[1] if plural and last.endswith("s") and len(bases(last)) > 1 else last
    if words[0].low == "that" and len(words) > 1 and words[1].text[0].isupper():
        words = words[1:]  # "said that Foreign Minister ..."
        determiner = ""
    kind: EntityType = found.label if found.label in ("person", "organization", "place") else "other"  # type: ignore[assignment]
    if kind == "place" and known is not None:
        kind = "person"
    if kind == "person" and not plural and last in head_nouns() and last in word_set("sure bodies"):
        kind = "organization"
    if head in word_set("documents") and (kind != "person" or not office):
        kind = "document"
    elif kind == "other":
        kind = (
            "person"
            if (office and last not in head_nouns()) or head in word_set("partitive nouns")
            else "organization"
            if head in head_nouns()
            else kind
        )
    gender = _GENDERS.get(head) or (known.gender if known else None)
    kin = frozenset(
        w.low for w in words if w.low not in _DETERMINERS and w.text[0].isalnum() and w.low != "'s"
    )
    return Nominal(
        words[0].start, words[-1].end, kind, determiner, head, plural, gender, office, country, kin
    )


def _whole(setting: Setting, start: int, end: int) -> Sequence[Word]:
    """Give the words of a nominal from its determiner or owner on, where the model began after it."""
    words = setting.within(start, end)
    if not words:
        return words
    at = setting.first(words[0].start)
    last = at + len(words)
    begun = setting.sentence(words[0].start)
    first = at
    if words[0].low in _DETERMINERS and words[0].low != "no":
        return words
    while first > 0 and at - first < 5 and setting.sentence(setting.words[first - 1].start) == begun:
        before = setting.words[first - 1]
        if before.low in _DETERMINERS:
            return setting.words[first - 1 : last]
        if not (
            before.low in ("'s", "-") or before.text[:1].isupper() or before.low in word_set("before a noun")
        ):
            break
        if before.low in PRONOUNS:
            break
        first -= 1
    owned = any(w.low == "'s" for w in setting.words[first:last])
    while first < at and not setting.words[first].text[0].isalnum():
        first += 1
    known = (
        country_length(setting.words, first)[0] or body_length(setting.words, first)[0] if first < at else 0
    )
    return setting.words[first:last] if owned or known else setting.words[at:last]


def offices_alone(setting: Setting) -> tuple[Labelled, ...]:
    """Give the offices told with their country or body: "the Russian FM", "Syria's president"."""
    found: list[Labelled] = []
    words = setting.words
    for at, word in enumerate(words):
        if not word.text[0].isupper():
            continue
        length = country_length(words, at)[0] or body_length(words, at)[0]
        begin = at + length
        if not length and (size := _capital_office(words, at)):
            start = words[at - 1].start if at and words[at - 1].low == "the" else word.start
            found.append(Labelled(start, words[at + size - 1].end, "person", 1.0))
        if not length or begin >= len(words):
            continue
        begin += words[begin].low in ("'s", "-")
        size = office_length(words, begin) if begin < len(words) else 0
        if size:
            start = words[at - 1].start if at and words[at - 1].low in ("the", "a") else word.start
            found.append(Labelled(start, words[begin + size - 1].end, "person", 1.0))
    return tuple(found)


def _capital_office(words: Sequence[Word], at: int) -> int:
    """Give the words of an office in capitals with no name after it: "the Foreign Secretary"."""
    if at and words[at - 1].low not in ("the", ".", '"', "“", ","):
        return 0
    size = office_length(words, at)
    if size < 2 or not all(w.text[0].isupper() for w in words[at : at + size]):
        return 0
    after = words[at + size] if at + size < len(words) else None
    return 0 if after is not None and (after.text[0].isupper() or after.low in ("of", "for", "-")) else size


def _office(words: Sequence[Word]) -> tuple[str, str | None]:
    """Find the office that a nominal ends with, its plural taken for one, and the country that it is of."""
    country = None
    at = 0
    while at < len(words) and country is None:
        length, country = country_length(words, at)
        at += max(1, length)
    known = offices()
    for size in range(min(4, len(words)), 0, -1):
        before = [w.low for w in words[-size:-1]]
        for last in bases(words[-1].low):
            office = " ".join((*before, last)).replace(" - ", "-")
            if office in known:
                return office, country
    return "", country
