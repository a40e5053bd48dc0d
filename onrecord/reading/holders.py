"""Holders: the one party named so far whose office, body, seat or country a definite description gives.

"the Russian FM", "the Vermont senator", "the ministry": tied only where a single party fits what the page
itself has told of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from onrecord.lexicon.known import countries, head_nouns
from onrecord.lexicon.load import listed, rows
from onrecord.reading.coreference import Anaphor, Party
from onrecord.reading.name import Name
from onrecord.reading.nominals import Nominal
from onrecord.reading.setting import Setting
from onrecord.reading.titles import spelled_out

LEADERS = frozenset(
    {"president", "prime minister", "premier", "chancellor", "king", "emir", "sultan", "supreme leader"}
    | {"crown prince"}
)
_ALONE = LEADERS | {  # offices that one person a country holds
    "foreign minister", "defense minister", "defence minister", "finance minister", "interior minister",
    "foreign secretary", "home secretary", "secretary of state", "secretary of defense", "defense secretary",
    "attorney general", "vice president", "minister of foreign affairs",
}  # fmt: skip
_ONE = {  # offices that news calls by several words
    "rep.": "representative", "congressman": "representative", "congresswoman": "representative",
    "lawmaker": "legislator", "gov.": "governor", "chairwoman": "chairman", "chair": "chairman",
    "spokeswoman": "spokesman", "spokesperson": "spokesman", "sen.": "senator", "gen.": "general",
    "candidate": "nominee",
}  # fmt: skip
_SIDES = {"r": "republican", "d": "democratic", "gop": "republican", "democrat": "democratic"}
_AFFILIATIONS = frozenset(
    {"republican", "democratic", "presidential", "libertarian", "labour", "conservative"}
)
_SEAT = re.compile(r"\s?[(,]\s?(?P<side>[RDI])[-‑–](?P<state>(?:[A-Z]\.){2}|[A-Z][a-z]{1,13})")
_OF = re.compile(r" of (?P<state>[A-Z][a-z]+(?: [A-Z][a-z]+)?)\b")
_MOST_PARTIES = 2_000  # a page with more is no report
_BEFORE = 5  # words before a title in which a seat is looked for


@cache
def _states() -> dict[str, str]:
    """Give the states in small letters by all forms of their names."""
    found: dict[str, str] = {}
    for name, _, forms, _ in rows("states"):
        for form in (name, *listed(forms)):
            found[form.rstrip(".").lower()] = name.lower()
    return found


def seat(setting: Setting, name: Name) -> set[str]:
    """Give what the page tells beside a person's name of the seat: state, party, "presidential"."""
    told: set[str] = set()
    after = _SEAT.match(setting.text, name.end)
    if after is not None:
        told.add(_SIDES.get(after["side"].lower(), ""))
        told.add(_states().get(after["state"].rstrip(".").lower(), ""))
    elif name.title is not None and (home := _OF.match(setting.text, name.end)) is not None:
        told.add(_states().get(home["state"].lower(), ""))
    if name.title is not None and name.title.office is not None:
        end = name.title.office[0]
        at = setting.past(end)
        words = [w for w in setting.words[max(0, at - _BEFORE) : at] if end - w.start < 40]
        told |= telling(w.low for w in words if setting.sentence(w.start) == setting.sentence(end))
    return told - {""}


def telling(words: Iterable[str]) -> set[str]:
    """Give those of some words that tell of a seat, states in full."""
    low = list(words)
    both = [*low, *(f"{a} {b}" for a, b in pairwise(low))]
    found = {_SIDES.get(w, w) for w in low} & _AFFILIATIONS
    return found | {_states()[w] for w in both if w in _states() and len(w) > 3}


def one_office(office: str) -> str:
    """Give one word for an office that news calls by several ("Rep.", "congressman")."""
    return _ONE.get(office, spelled_out(office))


def holder(setting: Setting, anaphor: Anaphor, parties: Sequence[Party]) -> int | None:
    """Give the one named party that a description fits; None where none does, or several."""
    if not isinstance(anaphor, Nominal) or anaphor.plural or len(parties) > _MOST_PARTIES:
        return None
    fitting = (
        _of_country(anaphor, parties) if anaphor.country is not None else _only(setting, anaphor, parties)
    )
    return fitting[0] if len(fitting) == 1 else None


def _of_country(anaphor: Nominal, parties: Sequence[Party]) -> list[int]:
    """Give who holds the office of a description in its country."""
    if not anaphor.office or anaphor.determiner not in ("the", "", "'s"):
        return []
    office = spelled_out(anaphor.office)
    held = [
        k
        for k, party in enumerate(parties)
        if party.named and party.type == "person" and party.country == anaphor.country
    ]
    if office in _ALONE:
        return [k for k in held if office in parties[k].offices]
    if office == "leader":
        return [k for k in held if not parties[k].offices.isdisjoint(LEADERS)]
    if anaphor.determiner != "the" or "former" in anaphor.kin:
        return []
    # "the Russian minister": the one person of that country, named so far, who has such an office
    rest = anaphor.kin - set(office.split()) - _demonyms(anaphor)
    return [
        k
        for k in held
        if parties[k].count and rest <= parties[k].seat and any(_same(office, o) for o in parties[k].offices)
    ]


def _same(office: str, held: str) -> bool:
    return one_office(office) == one_office(held) or held.endswith(f" {office}")


def _demonyms(anaphor: Nominal) -> set[str]:
    return {w for w in anaphor.kin if w in _lands()}


@cache
def _lands() -> frozenset[str]:
    return frozenset(w.lower() for w in countries())


def _only(setting: Setting, anaphor: Nominal, parties: Sequence[Party]) -> list[int]:
    """Give the parties named so far that "the president" or "the Vermont senator" can be."""
    if anaphor.determiner != "the" or setting.after(anaphor.end) in ("of", "for", "who", "in", "at"):
        return []
    met = [(k, p) for k, p in enumerate(parties) if p.named and p.count]
    rest = anaphor.kin - {"former"} - set(anaphor.office.split()) - {"."}
    if anaphor.office:
        words = [w.low for w in setting.within(anaphor.start, anaphor.end)]
        told = telling(words)
        if not rest <= {w for t in told for w in t.split()} | set(_SIDES):
            return []
        former = "former" in anaphor.kin
        held = [(k, p) for k, p in met if p.type == "person" and _holds(p, anaphor.office, former=former)]
        exact = [k for k, p in held if told <= p.seat]
        return exact if told and exact else [k for k, p in held if not told or not _other(told, p.seat)]
    if anaphor.kin - {"former"} == {anaphor.head} and anaphor.head in head_nouns():
        bodied = [
            k
            for k, p in enumerate(parties)
            if p.named and p.type == "organization" and anaphor.head in p.words
        ]
        return [k for k in bodied if len(bodied) == 1 and parties[k].count]
    return []


def _other(told: set[str], seat_told: set[str]) -> bool:
    """Whether a seat is another than was told: another side, another state, or nothing told of it at all."""
    sides = told & _AFFILIATIONS - {"presidential"}
    if not seat_told:
        return True
    other_side = bool(sides) and bool(seat_told & _AFFILIATIONS - {"presidential"} - sides)
    states = told - _AFFILIATIONS
    return other_side or (bool(states) and states.isdisjoint(seat_told))


def _holds(party: Party, office: str, *, former: bool) -> bool:
    office = spelled_out(office)
    if former:
        return f"former {office}" in party.offices
    return f"former {office}" not in party.offices and any(
        one_office(office) == one_office(o) for o in party.offices
    )
