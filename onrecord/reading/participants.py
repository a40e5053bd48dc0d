"""Participants: the stretches that play a part in events, tied to the parties of the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate

from onrecord.lexicon.forms import bases
from onrecord.lexicon.known import honorifics, offices
from onrecord.lexicon.load import rows, word_set
from onrecord.model.found import FoundEvent, Labelled, Stretch
from onrecord.reading.coreference import Anaphor
from onrecord.reading.mentioned import Mentioned
from onrecord.reading.name import Name
from onrecord.reading.nominals import Nominal
from onrecord.reading.pronouns import PRONOUNS
from onrecord.reading.setting import Setting

_ROLES = frozenset({"actor", "recipient", "both"})
RELATIVES = frozenset({"who", "whom", "which", "that", "those", "these", "what", "this", "such"})
_JOINTS = frozenset({"and", "or", "&"})
_REACH = 200  # characters; no mention is longer


def in_their_sentence(events: Iterable[FoundEvent], sentences: Sequence[Stretch]) -> list[FoundEvent]:
    """Give the events with those of their parties only that stand in the trigger's own sentence."""
    starts = [start for start, _ in sentences]
    kept = []
    for e in events:
        at = max(0, bisect_right(starts, e.trigger[0]) - 1)
        begin = starts[at] if starts else 0
        end = starts[at + 1] if at + 1 < len(starts) else max((p.end for p in e.parties), default=0)
        kept.append(replace(e, parties=tuple(p for p in e.parties if begin <= p.start and p.end <= end)))
    return kept


def participants(events: Iterable[FoundEvent]) -> list[Stretch]:
    """Give the stretches of all actors and recipients, each once, in text order."""
    return sorted({(p.start, p.end) for e in events for p in e.parties if p.role in _ROLES})


def each_of(setting: Setting, stretch: Stretch, names: Sequence[Stretch]) -> list[Stretch]:
    """Give the sides of a compound: "Russia, Iran and the militias" are three.

    An "and" within a name parts nothing. A comma parts sides only before an
    "and"; else what follows it describes ("Ann Lee, the envoy").
    """
    wide = sorted((a, b) for a, b in names if b <= stretch[1])
    begun, reach = [a for a, _ in wide], list(accumulate((b for _, b in wide), max))
    words = []
    for w in setting.within(*stretch):
        at = bisect_right(begun, w.start)
        if not at or reach[at - 1] < w.end:
            words.append(w)
    joints = [w for w in words if w.low in _JOINTS]
    if not joints:
        return [stretch]
    cuts = [w for w in words if w.low in _JOINTS or (w.text == "," and w.start < joints[-1].start)]
    sides, at = [], stretch[0]
    for cut in (*cuts, None):
        inner = setting.within(at, stretch[1] if cut is None else cut.start)
        inner = inner[
            next((i for i, x in enumerate(inner) if x.text[0].isalnum() or x.text in '“"'), len(inner)) :
        ]
        if inner:
            sides.append((inner[0].start, inner[-1].end))
        at = stretch[1] if cut is None else cut.end
    # "local and provincial councils": one side would be left without its noun.
    bare = (setting.text[a:b] for a, b in sides[:-1])
    if not sides or any(w.islower() and " " not in w and w not in PRONOUNS and not _people(w) for w in bare):
        return [stretch]
    return sides


def head_of(setting: Setting, stretch: Stretch) -> Stretch:
    """Give the noun phrase from its start to its head: "a member of the council" is "a member".

    The head is the last word before the first preposition or mark that ends such a phrase.
    """
    words = setting.within(*stretch)
    if not words:
        return stretch
    last = 0
    for at, word in enumerate(words):
        joined = at and "-" in (word.text, words[at - 1].text)  # "Iran-backed rebels" are not Iran
        joined = joined or (word.text == "." and f"{words[at - 1].low}." in _shortened())  # "Sen. Lee"
        if (
            at
            and not joined
            and (word.low in word_set("after a head") or not (word.text[0].isalnum() or word.low == "'s"))
        ):
            break
        last = at
    return words[0].start, words[last].end


@cache
def _shortened() -> frozenset[str]:
    return frozenset(w for w in (*honorifics(), *offices()) if w.endswith("."))


def unnamed(setting: Setting, stretches: Sequence[Stretch], found: Sequence[Labelled]) -> list[Labelled]:
    """Give, as names, the participants that are written as names and that the model did not label so.

    One word that opens a sentence is a name only where it ends one that the model knows.
    """
    known = sorted((n.start, n.end) for n in found)
    last = {setting.text[a:b].split()[-1] for a, b in known if setting.text[a:b].split()}
    begun = frozenset(setting.sentence_starts)
    given = []
    for stretch in stretches:
        for start, end in each_of(setting, stretch, _meeting(known, stretch)):
            words = [w for w in setting.within(start, end) if w.low not in ("the", "a", "an")]
            if not words or not all(w.text[0].isupper() and w.text[0].isalpha() for w in words):
                continue
            opens = len(words) == 1 and words[0].start in begun and words[0].text not in last
            if not opens and not _meeting(known, (words[0].start, words[-1].end)):
                given.append(Labelled(words[0].start, words[-1].end, "other", 1.0))
    return given


def undescribed(
    setting: Setting, stretches: Sequence[Stretch], names: Sequence[Name], anaphors: Sequence[Anaphor]
) -> list[Labelled]:
    """Give, as nominals, the participants whose head no name, nominal or pronoun covers."""
    called = sorted({(n.start, n.end) for n in names})
    known = sorted({*called, *((a.start, a.end) for a in anaphors)})
    found = []
    for stretch in stretches:
        for side in each_of(setting, stretch, _meeting(called, stretch)):
            head = head_of(setting, side)
            if not any(a < head[1] <= b for a, b in _meeting(known, head)) and _describes(setting, head):
                found.append(Labelled(*head, _kind(setting, head), 1.0))
    return found


def _describes(setting: Setting, head: Stretch) -> bool:
    """Whether a stretch can stand for a party: no pronoun, and not a bare noun of what is no person."""
    words = setting.within(*head)
    if not words or words[-1].low in RELATIVES:
        return False
    return len(words) > 1 or words[0].text[0].isupper() or _kind(setting, head) == "person"


def _kind(setting: Setting, head: Stretch) -> str:
    """Tell whether a description is of people, by the nouns that figures count as persons; else "other"."""
    words = setting.within(*head)
    return "person" if words and _people(words[-1].low) else "other"


def _people(noun: str) -> bool:
    return any(base in people() for base in (noun, *bases(noun)))


@cache
def people() -> frozenset[str]:
    """Give the nouns that count people."""
    return frozenset(row[0] for row in rows("figure_units") if row[1] in ("person", "family", "household"))


def parties_of(page: Mentioned, stretches: Sequence[Stretch]) -> dict[Stretch, tuple[int, ...]]:
    """Give the parties of each stretch that has some: of each side, that of the mention over its head.

    Of several the one that ends with the head wins, then the longest; a name before what describes it.
    """
    held: dict[Stretch, int] = {}
    named: set[Stretch] = set()
    owned: dict[int, int] = {}  # the party of the person whom an owner at an offset has
    for anaphor, k in page.tied():
        held[anaphor.start, anaphor.end] = k
        if isinstance(anaphor, Nominal) and anaphor.determiner == "'s" and anaphor.type == "person":
            owned.setdefault(anaphor.start, k)
    for name, k in page.named():
        held[name.start, name.end] = k
        named.add((name.start, name.end))
    known, called = sorted(held), sorted(named)
    found: dict[Stretch, tuple[int, ...]] = {}
    for stretch in stretches:
        parties: list[int] = []
        if stretch[0] in owned and page.setting.text[stretch[1] : stretch[1] + 2] in ("'s", "’s"):
            found[stretch] = (owned[stretch[0]],)  # "Peru's envoy left": the envoy, not Peru
            continue
        for side in each_of(page.setting, stretch, _meeting(called, stretch)):
            head = _antecedent(page.setting, head_of(page.setting, side), known)
            over = [
                m
                for m in _meeting(known, head)
                if m[0] < head[1] <= m[1] and m[1] <= max(side[1], head[1]) + 1
            ]
            if over:
                best = max(over, key=lambda m: (m[1] == head[1], m in named, m[1] - m[0], -m[0]))
                parties.append(held[best])
        if parties:
            found[stretch] = tuple(dict.fromkeys(parties))
    return found


def _antecedent(setting: Setting, head: Stretch, known: Sequence[Stretch]) -> Stretch:
    """Give what a relative "who" stands for, the mention right before it; any other stretch itself."""
    if setting.text[head[0] : head[1]].lower() not in ("who", "whom", "which", "that"):
        return head
    before = [m for m in _meeting(known, (max(0, head[0] - 2), head[0])) if m[1] <= head[0]]
    ends = [m for m in before if setting.text[m[1] : head[0]].strip() in ("", ",")]
    return max(ends, key=lambda m: (m[1], m[1] - m[0]), default=head)


def _meeting(known: Sequence[Stretch], stretch: Stretch) -> list[Stretch]:
    at = bisect_left(known, (stretch[0] - _REACH, 0))
    found = []
    while at < len(known) and known[at][0] < stretch[1]:
        if known[at][1] > stretch[0]:
            found.append(known[at])
        at += 1
    return found
