"""Speakers: which party a statement's source stands for, and whom its words are told to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.lexicon.forms import bases
from onrecord.model.found import Labelled, Statement, Stretch
from onrecord.reading.pronouns import PRONOUNS
from onrecord.reading.setting import Setting

_ENDS = frozenset(
    {
        "of",
        "in",
        "from",
        "with",
        "for",
        "who",
        "that",
        "which",
        "on",
        "at",
        "to",
        "by",
        "about",
        "close",
        "familiar",
    }
    | {
        ",",
        "(",
        "-",
        "–",
        "—",
        ":",
        "whose",
        "inside",
        "within",
        "near",
        "under",
        "involved",
        "interviewed",
        "surveyed",
    }
)
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_NOBODY = frozenset(
    {
        "it",
        "there",
        "one",
        "you",
        "what",
        "this",
        "that",
        "these",
        "those",
        "some",
        "others",
        "many",
        "everyone",
        "anyone",
    }
    | {
        "someone",
        "nobody",
        "everybody",
        "anybody",
        "somebody",
        "both",
        "all",
        "most",
        "few",
        "neither",
        "none",
        "no",
    }
)
_TELLING = frozenset(
    "tell ask urge assure reassure inform order warn remind promise advise beg implore thank persuade convince instruct "  # noqa: SIM905
    "command invite request notify brief email text write congratulate threaten admonish beseech press lobby".split()
)
_AND = re.compile(r"\s*(?:,|,?\s*and|&|,?\s*as well as)\s+(?:the\s+)?")
_LONGEST = 300  # a source longer than this is not looked at in full


@dataclass(frozen=True, slots=True)
class Tied:
    """A mention with its party; ``kind`` is name, nominal or pronoun, ``wide`` its start with a title before it."""

    start: int
    end: int
    party: int
    kind: str
    wide: int
    possessive: bool = False
    nested: bool = False


def described_sources(
    setting: Setting, statements: Sequence[Statement], covered: Sequence[tuple[int, int, bool]]
) -> tuple[Labelled, ...]:
    """Give as nominals the sources whose head is no name, nominal or pronoun yet ("two people close to the talks").

    ``covered`` are the mentions there are, each with whether it can be a head (a demonym cannot).
    """
    found = []
    for statement in statements:
        for start, end in statement.source[:1]:
            words = setting.within(start, min(end, start + _LONGEST))
            if (
                not words
                or words[0].low in _RELATIVE
                or words[0].low in PRONOUNS
                or not words[0].text[0].isalnum()
            ):
                continue
            stop = next((i for i, w in enumerate(words) if i and w.low in _ENDS), len(words))
            if words[0].low in _NOBODY:
                continue
            if any(can and a <= words[stop - 1].start and words[stop - 1].end <= b for a, b, can in covered):
                continue
            found.append(Labelled(words[0].start, words[stop - 1].end, "unknown", 1.0))
    return tuple(found)


def speaker(setting: Setting, source: Sequence[Stretch], mentions: Sequence[Tied]) -> int | None:
    """Give the party that a source stands for; None where it cannot be told.

    ``mentions`` are those that meet the source or stand right before it, in text order.
    """
    for start, end in source:
        words = setting.within(start, min(end, start + _LONGEST))
        if not words:
            continue
        if words[0].low in _RELATIVE:
            before = [m for m in mentions if 0 <= start - m.end <= 3 and not m.possessive]
            return max(before, key=lambda m: (m.end, m.kind == "name", -m.start)).party if before else None
        inside = [m for m in mentions if m.start < end and m.end > start]
        head = _head(setting, start, end, inside)
        if head is not None:
            return head.party
    return None


def _head(setting: Setting, start: int, end: int, inside: Sequence[Tied]) -> Tied | None:
    """Find the mention that a source is about."""
    first = setting.within(start, end)[0]
    begin = start + (len(first.text) + 1 if first.low in ("the", "a", "an") else 0)
    whole = [m for m in inside if m.start <= begin and m.end >= end - 1]
    if whole:
        return min(whole, key=lambda m: (m.kind == "nominal", m.end - m.start))
    opening = [m for m in inside if m.kind == "nominal" and start <= m.start <= begin]
    names = [m for m in inside if m.kind == "name" and not m.nested]
    at_head = next((n for n in names if n.wide <= begin), None)
    while at_head is not None:
        after = next((n for n in names if n.start > at_head.start and _goes_on(setting, at_head, n)), None)
        if after is None:
            break
        at_head = after
    if (
        at_head is not None
        and not _owner(setting, at_head)
        and not any(n.end > at_head.end + 1 for n in opening)
    ):
        return at_head
    if opening:
        nominal = max(opening, key=lambda m: m.end)
        beside = next((n for n in names if 0 <= n.wide - nominal.end <= 3), None)
        return beside or nominal
    free = [n for n in names if not _owner(setting, n)]
    if free:
        return free[0]
    nominals = [m for m in inside if m.kind == "nominal"]
    if nominals:
        return nominals[0]
    pronouns = [
        m
        for m in inside
        if m.kind == "pronoun" and m.start <= begin and (not m.possessive or m.end >= end - 1)
    ]
    return pronouns[0] if pronouns else None


def _goes_on(setting: Setting, one: Tied, other: Tied) -> bool:
    """Whether two names are one phrase whose head is the second: "Kremlin spokesman Ann Lee", "US State Department"."""
    return other.wide <= one.start or setting.text[one.end : other.wide] in (" ", "'s ", "’s ")


def _owner(setting: Setting, mention: Tied) -> bool:
    """Whether a mention only owns what follows: "Russia's Foreign Ministry"."""
    return setting.text[mention.end : mention.end + 2] in ("'s", "’s", "' ", "’ ")


def compound(setting: Setting, source: Sequence[Stretch], mentions: Sequence[Tied]) -> bool:
    """Whether a source is several parties joined by "and"."""
    for start, end in source[:1]:
        names = [
            m for m in mentions if m.kind == "name" and not m.nested and start <= m.start and m.end <= end
        ]
        for one, other in zip(names, names[1:], strict=False):
            if one.party != other.party and _AND.fullmatch(setting.text[one.end : other.wide]):
                return True
    return False


def addressed(
    setting: Setting, statement: Statement, mentions: Sequence[Tied], own: int | None
) -> tuple[int, ...]:
    """Give the parties that a statement is told to: the mention right after "told", "asked", "urged" ..."""
    found: list[int] = []
    for start, end in statement.cue:
        for word in setting.within(start, min(end, start + _LONGEST)):
            if _TELLING.isdisjoint(bases(word.low)):
                continue
            after = [
                m
                for m in mentions
                if m.wide >= word.end
                and setting.text[word.end : m.wide].strip().lower() in ("", "the")
                and not m.possessive
            ]
            if after:
                best = max(after, key=lambda m: (m.end, m.kind == "name"))
                if best.party != own and best.party not in found:
                    found.append(best.party)
    return tuple(found)


def addressees_after(setting: Setting, statements: Sequence[Statement]) -> tuple[Labelled, ...]:
    """Give as nominals the bare plurals told something ("told reporters"), which the model may leave out."""
    found = []
    for statement in statements:
        for start, end in statement.cue:
            for word in setting.within(start, min(end, start + _LONGEST)):
                if _TELLING.isdisjoint(bases(word.low)):
                    continue
                at = setting.past(word.end)
                words = setting.words[at : at + 2]
                if words and words[0].low == "the":
                    words = words[1:]
                if words and words[0].low in (
                    "reporters",
                    "journalists",
                    "lawmakers",
                    "parliament",
                    "supporters",
                    "mps",
                ):
                    found.append(Labelled(words[0].start, words[0].end, "person", 1.0))
    return tuple(found)
