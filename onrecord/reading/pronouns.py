"""Pronouns: the closed list, with person, number and gender, and where "it" stands for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.reading.setting import Setting

Kind = Literal["I", "we", "you", "he", "she", "it", "they"]

_FORMS: dict[Kind, tuple[str, ...]] = {
    "I": ("i", "me", "my", "mine", "myself"),
    "we": ("we", "us", "our", "ours", "ourselves"),
    "you": ("you", "your", "yours", "yourself", "yourselves"),
    "he": ("he", "him", "his", "himself"),
    "she": ("she", "her", "hers", "herself"),
    "it": ("it", "its", "itself"),
    "they": ("they", "them", "their", "theirs", "themselves", "themself"),
}
PRONOUNS: dict[str, Kind] = {form: kind for kind, forms in _FORMS.items() for form in forms}
POSSESSIVE = frozenset({"my", "our", "your", "his", "its", "their"})

_BE = frozenset({"is", "'s", "was", "be", "been", "has", "would", "will", "seems", "seemed", "appears", "appeared"}
    | {"becomes", "became", "may", "might", "should", "could", "can", "remains", "remained", "takes", "took"})  # fmt: skip
_EMPTY = frozenset(
    "clear unclear possible impossible likely unlikely important necessary vital essential true false time hard difficult "  # noqa: SIM905
    "easy estimated believed thought said reported expected understood known alleged claimed feared hoped rumoured rumored "
    "raining snowing late early better best worth obvious evident certain doubtful crucial critical good great fair safe "
    "wrong right sad strange odd surprising not also now still too a an the only over up".split()
)
_EMPTY_VERBS = frozenset(
    {"seems", "appears", "turns", "seemed", "appeared", "turned", "rained", "snowed", "happens"}
)


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun on the page."""

    start: int
    end: int
    kind: Kind
    possessive: bool


def pronouns(setting: Setting) -> tuple[Pronoun, ...]:
    """Give the pronouns that stand for something, in text order: "it is estimated that" has none."""
    found = []
    words = setting.words
    for at, word in enumerate(words):
        kind = PRONOUNS.get(word.low)
        if kind is None or (word.low == "us" and word.text == "US") or (word.low == "i" and word.text != "I"):
            continue
        if word.low == "it" and _empty(setting, at):
            continue
        possessive = word.low in POSSESSIVE or (word.low == "her" and _noun_follows(setting, at))
        found.append(Pronoun(word.start, word.end, kind, possessive))
    return tuple(found)


@cache
def _that() -> frozenset[str]:
    return frozenset({"that", "to", "whether", "if", "who", "for", "how", "why", "when", "what"})


def _empty(setting: Setting, at: int) -> bool:
    """Whether "it" only fills the place of a subject: "it is clear that", "it seems", "it's estimated"."""
    words = setting.words[at + 1 : at + 12]
    if not words:
        return False
    low = [w.low for w in words]
    if low[0] in ("’", "'") and len(low) > 1:
        low = ["'s", *low[2:]]
    if low[0] in _EMPTY_VERBS:
        return bool(_that().intersection(low[1:4]))
    if low[0] not in _BE:
        return False
    rest = [
        w
        for w in low[1:]
        if w not in ("been", "be", "have", "very", "also", "now", "still", "not", "n't", "widely")
    ]
    if not rest or rest[0] not in _EMPTY:
        return False
    if rest[0] in ("a", "an", "the", "only", "over", "up", "too"):
        return "that" in rest[1:6] and rest[0] != "over"
    return bool(_that().intersection(rest[1:4])) or rest[0] in ("estimated", "raining", "snowing", "believed")


def _noun_follows(setting: Setting, at: int) -> bool:
    """Whether "her" goes with the word after it."""
    if at + 1 >= len(setting.words):
        return False
    after = setting.words[at + 1]
    return after.text[0].isalpha() and after.low not in {
        "and", "or", "to", "in", "on", "at", "for", "with", "from", "by", "as", "that", "when", "while", "if", "after",
        "before", "because", "about", "of", "the", "a", "an", "but", "who", "into", "over", "up", "out", "off", "is", "was",
    }  # fmt: skip
