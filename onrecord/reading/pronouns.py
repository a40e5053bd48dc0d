"""Pronouns: the closed list, with person, number and gender, and where "it" stands for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.lexicon.load import word_set
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
    if low[0] in word_set("empty verbs"):
        return bool(_that().intersection(low[1:4]))
    if low[0] not in word_set("verbs of an empty it"):
        return False
    rest = [
        w
        for w in low[1:]
        if w not in ("been", "be", "have", "very", "also", "now", "still", "not", "n't", "widely")
    ]
    if not rest or rest[0] not in word_set("said of an empty it"):
        return False
    if rest[0] in ("a", "an", "the", "only", "over", "up", "too"):
        return "that" in rest[1:6] and rest[0] != "over"
    return bool(_that().intersection(rest[1:4])) or rest[0] in ("estimated", "raining", "snowing", "believed")


def _noun_follows(setting: Setting, at: int) -> bool:
    """Whether "her" goes with the word after it."""
    if at + 1 >= len(setting.words):
        return False
    after = setting.words[at + 1]
    return after.text[0].isalpha() and after.low not in word_set("after her alone")
