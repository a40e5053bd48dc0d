"""Coreference: pronouns and nominals tied to the party that they stand for, or to none.

Each is read once, in text order, against the parties met so far. A linear scorer, trained on GUM
(``training/coreference``), weighs every party, and none, by agreement, distance, salience and position.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from onrecord.lexicon.known import Gender
from onrecord.reading.nominals import Nominal
from onrecord.reading.pronouns import Kind, Pronoun
from onrecord.reading.setting import Setting
from onrecord.reading.titles import spelled_out
from onrecord.record import EntityType

CANDIDATES = 12  # the parties looked at for one anaphor, the last mentioned first
Anaphor = Pronoun | Nominal
_SUBJECT_AFTER = frozenset(
    {
        "",
        ",",
        "and",
        "but",
        "that",
        "as",
        "when",
        "while",
        "if",
        "because",
        "said",
        '"',
        "“",
        "”",
        "after",
        "before",
    }
    | {
        "which",
        "who",
        "–",
        "—",
        "-",
        ":",
        ";",
        "says",
        "so",
        "where",
        "since",
        "although",
        "though",
        "than",
        "what",
        "(",
    }
)
_BE = frozenset({"is", "are", "was", "were", "'s", "be", "been", "became", "become", "remains", "as"})


@dataclass(slots=True)
class Party:
    """A party as it is known up to a point of the text."""

    type: EntityType
    named: bool
    plural: bool = False
    gender: Gender | None = None
    country: str | None = None
    words: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    seat: set[str] = field(default_factory=set)  # state and side that the page tells of it
    count: int = 0
    first: int = -1
    start: int = -1
    end: int = -1
    kind: str = ""  # of the last mention: "name", "nominal", or the pronoun's kind
    subject: bool = False
    names: int = 0  # how often the whole page names it
    top: bool = False  # whether it is the most named of its type

    def met(self, start: int, end: int, kind: str, *, subject: bool) -> None:
        """Note a mention."""
        if not self.count:
            self.first = start
        self.count += 1
        self.start, self.end, self.kind, self.subject = start, end, kind, subject


Choose = Callable[[Anaphor, Sequence[int], Sequence[Sequence[str]], Sequence[str]], int | None]


def features(
    setting: Setting, anaphor: Anaphor, parties: Sequence[Party], candidates: Sequence[int]
) -> tuple[list[list[str]], list[str]]:
    """Describe each candidate, and none of them, for the scorer."""
    here = setting.sentence(anaphor.start)
    subject = is_subject(setting, anaphor.start)
    quoted = setting.quotation(anaphor.start)
    described: list[list[str]] = []
    if isinstance(anaphor, Pronoun):
        group = "he" if anaphor.kind == "she" else anaphor.kind
        for rank, k in enumerate(candidates):
            described.append(_for_pronoun(setting, anaphor, group, parties[k], rank, here, subject, quoted))
        best = min((here - setting.sentence(parties[k].start) for k in candidates), default=9)
        none = [
            group,
            f"{group}|s{subject}",
            f"{group}|p{anaphor.possessive}",
            f"{group}|n{_few(len(candidates))}",
        ]
        none += [
            f"{group}|q{quoted is not None}",
            f"{group}|near{min(best, 4)}",
            f"{group}|o{setting.after(anaphor.end)}",
        ]
        return described, none
    for rank, k in enumerate(candidates):
        described.append(_for_nominal(setting, anaphor, parties[k], rank, here, quoted))
    alike = any(f.startswith("n|head|") for d in described for f in d)
    none = [
        "n",
        f"n|d{anaphor.determiner}",
        f"n|t{anaphor.type}|d{anaphor.determiner}",
        f"n|h={anaphor.head}",
    ]
    none += [
        f"n|alike{alike}|d{anaphor.determiner}",
        f"n|pl{anaphor.plural}",
        f"n|s{subject}",
        f"n|len{_few(len(anaphor.kin))}",
    ]
    none += [
        f"n|d{anaphor.determiner}|pl{anaphor.plural}",
        f"n|off{bool(anaphor.office)}|d{anaphor.determiner}",
    ]
    none += [f"n|after={setting.after(anaphor.end)}", f"n|d{anaphor.determiner}|h={anaphor.head}"]
    return described, none


def _for_pronoun(
    setting: Setting,
    anaphor: Pronoun,
    group: str,
    party: Party,
    rank: int,
    here: int,
    subject: bool,
    quoted: int | None,
) -> list[str]:
    away = _far(here - setting.sentence(party.start))
    same = (
        "same" if party.kind == anaphor.kind else party.kind if party.kind in ("name", "nominal") else "other"
    )
    agree = "?" if party.gender is None else "y"
    there = setting.quotation(party.start)
    quote = "in" if quoted is not None and there == quoted else f"{quoted is not None}{there is not None}"
    near = anaphor.start - party.end < 40
    return [
        f"{group}+{party.type}",
        f"{group}+{party.type}|{away}",
        f"{group}+{party.type}|r{min(rank, 5)}",
        f"{group}+r{min(rank, 8)}",
        f"{group}+{away}",
        f"{group}+{away}|r{min(rank, 3)}",
        f"{group}+{agree}{party.named}",
        f"{group}+n{_few(party.count)}",
        f"{group}+{same}|{away}",
        f"{group}+{same}",
        f"{group}+s{party.subject}{subject}|{away}",
        f"{group}+s{party.subject}|p{anaphor.possessive}|{away}|{near}",
        f"{group}+pl{party.plural}|{party.type}",
        f"{group}+q{quote}",
        f"{group}+q{quote}|{same}",
        f"{group}+first{party.first == party.start}",
        f"{group}+named{party.named}|{party.type}",
        f"{group}+p{anaphor.possessive}|s{subject}|{away}",
        f"{group}+top{party.top}|{away}",
        f"{group}+top{party.top}|{same}",
        f"{group}+names{_few(party.names)}|s{party.subject}",
    ]


def _for_nominal(
    setting: Setting, anaphor: Nominal, party: Party, rank: int, here: int, quoted: int | None
) -> list[str]:
    away = _far(here - setting.sentence(party.start))
    head = anaphor.head in party.heads
    word = anaphor.head in party.words
    office = bool(anaphor.office) and spelled_out(anaphor.office) in party.offices
    match = "head" if head else "word" if word else "office" if office else "no"
    same_type = anaphor.type == party.type
    if anaphor.country is None or party.country is None:
        land = "?"
    else:
        land = "y" if anaphor.country == party.country else "n"
    between = setting.text[party.end : anaphor.start] if 0 <= anaphor.start - party.end < 12 else "far"
    beside = "appos" if between.strip() in (",", "(", "–", "-", "—", ":") else "no"
    if beside == "no" and between.strip().lower() in _BE:
        beside = "be"
    if party.start == anaphor.end or (
        0 < party.start - anaphor.end <= 3 and "\n" not in setting.text[anaphor.end : party.start]
    ):
        beside = "comma-after" if "," in setting.text[anaphor.end : party.start] else "after"
    number = f"{anaphor.plural}{party.plural}"
    kin = len(anaphor.kin & (party.words | party.heads))
    described = [
        f"n+{match}|d{anaphor.determiner}",
        f"n+{match}|{away}",
        f"n+{match}|named{party.named}",
        f"n+{match}|kin{_few(kin)}of{_few(len(anaphor.kin))}",
        f"n+{anaphor.type}{party.type}|{match}",
        f"n+{anaphor.type}{party.type}|d{anaphor.determiner}",
        f"n+{anaphor.type}{party.type}|{number}",
        f"n+{same_type}|{away}|d{anaphor.determiner}",
        f"n+{same_type}|r{min(rank, 5)}|d{anaphor.determiner}",
        f"n+{beside}|d{anaphor.determiner}",
        f"n+{beside}|{same_type}|{number}",
        f"n+land{land}|{same_type}",
        f"n+land{land}|{match}|{party.type}",
        f"n+n{_few(party.count)}|{same_type}|d{anaphor.determiner}",
        f"n+h={anaphor.head}|{party.type}|{party.named}",
        f"n+g{anaphor.gender}{party.gender}" if anaphor.gender and party.gender else "n+g?",
        f"n+off{bool(anaphor.office)}{bool(party.offices)}|{match}",
        f"n+top{party.top}|{match}|d{anaphor.determiner}",
        f"n+names{_few(party.names)}|{same_type}",
        f"n+last{party.kind if party.kind in ('name', 'nominal') else 'pronoun'}|{away}",
    ]
    if match == "head":
        described.append(f"n|head|{anaphor.determiner}")
    return described


def candidates_for(
    setting: Setting, anaphor: Anaphor, parties: Sequence[Party], recent: Sequence[int]
) -> list[int]:
    """Give the parties that an anaphor may stand for, the last mentioned first."""
    found: list[int] = []
    for k in recent:
        party = parties[k]
        if party.end > anaphor.start and party.start < anaphor.end:
            continue  # inside one another
        if _agrees(anaphor, party):
            found.append(k)
            if len(found) == CANDIDATES:
                break
    return found


def _agrees(anaphor: Anaphor, party: Party) -> bool:
    """Whether nothing rules a party out: person, number or gender."""
    if isinstance(anaphor, Nominal):
        if anaphor.gender and party.gender and anaphor.gender != party.gender:
            return False
        return not (party.type == "person" and party.named and (anaphor.plural or anaphor.type == "place"))
    kind: Kind = anaphor.kind
    if kind in ("he", "she", "I"):
        if party.type not in ("person", "other") or party.plural:
            return False
        return kind == "I" or party.gender is None or party.gender == ("m" if kind == "he" else "f")
    if kind == "it":
        return party.type != "person" and not party.plural
    if kind in ("they", "we"):
        return not (party.type == "person" and party.named)
    return True


def is_subject(setting: Setting, start: int) -> bool:
    """Guess by the word before whether a mention is what a clause is about."""
    before = setting.before(start)
    if before in ("the", "a", "an"):
        before = setting.before(setting.words[setting.first(start) - 1].start)
    return before in _SUBJECT_AFTER


def score(described: Sequence[Sequence[str]], none: Sequence[str]) -> list[float]:
    """Give how likely each candidate is (they and none of them sum to 1)."""
    weights = _weights()
    totals = [sum(weights.get(f, 0.0) for f in d) for d in described]
    nothing = sum(weights.get(f, 0.0) for f in none)
    top = max([nothing, *totals])
    powers = [math.exp(t - top) for t in totals]
    whole = sum(powers) + math.exp(nothing - top)
    return [p / whole for p in powers]


@cache
def _weights() -> dict[str, float]:
    text = files("onrecord.reading").joinpath("coreference.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights


def _far(sentences: int) -> str:
    return (
        "0"
        if sentences <= 0
        else "1"
        if sentences == 1
        else "2"
        if sentences == 2
        else "4"
        if sentences < 5
        else "9"
    )


def _few(count: int) -> str:
    return str(count) if count < 4 else "5" if count < 6 else "9"
