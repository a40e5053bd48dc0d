"""Speakers: which party a statement's source stands for, and whom its words are told to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.lexicon.forms import bases
from onrecord.lexicon.load import word_set
from onrecord.model.found import Labelled, Statement, Stretch
from onrecord.reading.pronouns import POSSESSIVE, PRONOUNS
from onrecord.reading.setting import Setting, Word

_ORDER = {"name": 0, "nominal": 1, "pronoun": 2}
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_LOOKED_AT = 24  # mentions before a source's last word
LONGEST = 300  # a source longer than this is not looked at in full


@dataclass(frozen=True, slots=True)
class Tied:
    """A mention with its party; ``kind`` is name, nominal or pronoun, ``wide`` its start with its title."""

    start: int
    end: int
    party: int
    kind: str
    wide: int
    type: str = "other"  # of its party
    possessive: bool = False
    nested: bool = False
    adjective: bool = False  # "Syrian": it is of a party, but speaks for none


def described_sources(
    setting: Setting, statements: Sequence[Statement], covered: Sequence[tuple[int, int, bool]]
) -> tuple[Labelled, ...]:
    """Give as nominals the sources whose head is no mention yet ("two people close to the talks").

    ``covered`` are the mentions there are, each with whether it can be a head (a demonym cannot).
    """
    found = []
    heads = sorted((a, b) for a, b, can in covered if can)
    for statement in statements:
        for start, end in statement.source[:1]:
            words = setting.within(start, min(end, start + LONGEST))
            if (
                not words
                or words[0].low in _RELATIVE
                or (words[0].low in PRONOUNS and (words[0].low not in POSSESSIVE or len(words) < 2))
                or not words[0].text[0].isalnum()
            ):
                continue
            named = phrase(setting, start, end)
            if not named or (len(named) == 1 and named[0].low in word_set("nobody")):
                continue
            last = named[-1]
            at = bisect_left(heads, (last.end, 0))
            if any(a <= last.start and last.end <= b + 1 for a, b in heads[max(0, at - _LOOKED_AT) : at]):
                continue
            found.append(Labelled(named[0].start, named[-1].end, "unknown", 1.0))
    return tuple(found)


def speaker(setting: Setting, source: Sequence[Stretch], mentions: Sequence[Tied]) -> int | None:
    """Give the party that a source stands for; None where it cannot be told.

    ``mentions`` are those that meet the source or stand right before it, in text order.
    """
    for start, end in source:
        words = setting.within(start, min(end, start + LONGEST))
        if not words or (len(words) == 1 and words[0].low in word_set("nobody") and words[0].low != "it"):
            continue
        if words[0].low in _RELATIVE:
            before = [m for m in mentions if 0 <= start - m.end <= 3 and not (m.possessive or m.adjective)]
            before = [m for m in before if m.type != "place" or words[0].low != "who"]
            before = [] if words[0].low == "whose" else before  # "whose office": it is not theirs to say
            return max(before, key=lambda m: (m.end, m.kind == "name", -m.start)).party if before else None
        for begin, stop in reversed(lines(setting, start, end)):
            inside = [m for m in mentions if m.start < stop and m.end > begin]
            head = _head(setting, begin, stop, inside)
            if head is not None:
                return head.party
    return None


def lines(setting: Setting, start: int, end: int) -> list[Stretch]:
    """Part a source that runs over a line's end, as a headline's into the lead, into its lines."""
    found: list[Stretch] = []
    for line in setting.text[start : min(end, start + LONGEST)].split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def phrase(setting: Setting, start: int, end: int, mentions: Sequence[Tied] = ()) -> Sequence[Word]:
    """Give the words of a source up to its head: "officials" of "officials in Rome, who".

    What is within a name or its title ("Secretary of Defense Robert McNamara") is no end of one.
    """
    words = setting.within(start, min(end, start + LONGEST))
    whole = [(m.wide, m.end) for m in mentions if m.kind == "name" and not m.nested]
    stop = next(
        (
            i
            for i, w in enumerate(words)
            if i
            and words[i - 1].low not in ("'s", "the", "a", "his", "her")  # "Hall's running mate"
            and _stops(setting, w)
            and not any(a <= w.start and w.end <= b for a, b in whole)
        ),
        len(words),
    )
    while stop and (words[stop - 1].low in ("'s", "'", "’") or not words[stop - 1].text[0].isalnum()):
        stop -= 1
    return words[:stop]


def _stops(setting: Setting, word: Word) -> bool:
    """Whether a word ends the first phrase of a source; a hyphen within a word does not."""
    if word.text == "-" and not setting.text[word.start - 1 : word.start].isspace():
        return False
    return word.low in word_set("ends of a source")


def _head(setting: Setting, start: int, end: int, inside: Sequence[Tied]) -> Tied | None:
    """Find the mention that a source is about: the one that ends where its first phrase ends."""
    words = phrase(setting, start, end, inside)
    if not words:
        return None
    last = words[-1]
    ending = [
        m
        for m in inside
        if m.start <= last.start and last.end <= m.end + 1 and not (m.possessive and len(words) > 1)
    ]
    ending = [m for m in ending if not m.nested] or ending
    ending = [m for m in ending if not m.adjective or m.start <= start]
    best = min(ending, key=lambda m: (_ORDER[m.kind], m.end - m.start), default=None)
    if best is None or best.kind == "nominal":  # "a lawyer for the port, Ann Lee,"
        named = next(
            (
                m
                for m in inside
                if m.kind == "name" and m.type == "person" and not m.nested and m.wide >= last.end
            ),
            None,
        )
        if named is not None and _beside(setting.text, last.end, named.wide) and _closes(setting, named, end):
            return named
    return best


def _beside(text: str, start: int, end: int) -> bool:
    """Whether a comma parts a description from a name, with nothing between but what it is of."""
    of, comma, rest = text[start:end].partition(",")
    return (
        bool(comma) and "," not in rest and all(w[:1].isupper() for w in rest.split()) and " and " not in of
    )


def _closes(setting: Setting, named: Tied, end: int) -> bool:
    """Whether the name ends its source, or a comma follows it."""
    return end - named.end <= 2 or setting.text[named.end : named.end + 1] in (",", "(", "\n")


def addressed(
    setting: Setting, statement: Statement, mentions: Sequence[Tied], own: int | None
) -> tuple[int, ...]:
    """Give the parties that a statement is told to: the mention right after "told", "asked", "urged" ..."""
    found: list[int] = []
    for start, end in statement.cue:
        for word in setting.within(start, min(end, start + LONGEST)):
            if word_set("telling").isdisjoint(bases(word.low)):
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
            for word in setting.within(start, min(end, start + LONGEST)):
                if word_set("telling").isdisjoint(bases(word.low)):
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
