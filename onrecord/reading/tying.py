"""Tying: one walk over the mentions of a page, in text order, that gives every one its party or none."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.lexicon.known import bodies, countries
from onrecord.reading.coreference import Anaphor, Choose, Party, candidates_for, features, is_subject
from onrecord.reading.holders import holder, seat, telling
from onrecord.reading.name import Name
from onrecord.reading.naming import gender_of, parts
from onrecord.reading.nominals import Nominal
from onrecord.reading.parties import party_type
from onrecord.reading.pronouns import Pronoun
from onrecord.reading.roles import office_in, roles, told_by
from onrecord.reading.setting import Setting
from onrecord.reading.titles import spelled_out


def known_parties(setting: Setting, names: Sequence[Name], of: Sequence[int]) -> list[Party]:
    """Give the parties that the names make, none of them met yet."""
    grouped: dict[int, list[Name]] = {}
    for name, k in zip(names, of, strict=True):
        grouped.setdefault(k, []).append(name)
    parties = [_party(setting, grouped[k]) for k in range(len(grouped))]
    most: dict[str, int] = {}
    for party in parties:
        most[party.type] = max(most.get(party.type, 0), party.names)
    for party in parties:
        party.top = party.names == most[party.type]
    return parties


def _party(setting: Setting, names: Sequence[Name]) -> Party:
    text = setting.text
    kind = party_type(names)
    party = Party(kind, named=True, names=sum(not n.nested for n in names))
    for name in names:
        words = text[name.start : name.end]
        told = parts(words, kind)
        party.words.update(told)
        if kind == "person":
            party.gender = party.gender or (name.title.gender if name.title else None) or gender_of(told)
        if kind == "person":
            party.seat |= seat(setting, name)
        for role in roles(setting, name) if kind == "person" else ():
            office = spelled_out(office_in(setting, role))
            party.offices.add(office)
            party.heads.add(office.rpartition(" ")[2])
            if role.title.lower().startswith(("former ", "ex-")):
                party.offices.add(f"former {office}")
            party.country = party.country or told_by(role, setting)[0]
        if name.country is not None:
            party.country = name.country.code
            party.heads.add("country")
        elif words in bodies():
            party.country = bodies()[words].country or None
        elif party.country is None and kind == "organization":
            lands = (countries().get(w) for w in words.split())
            party.country = next((land.code for land in lands if land is not None), None)
    return party


def tie(
    setting: Setting,
    names: Sequence[Name],
    of: Sequence[int],
    anaphors: Sequence[Anaphor],
    parties: list[Party],
    choose: Choose,
) -> list[int | None]:
    """Give the party of each anaphor; a nominal that stands for none so far begins one in ``parties``."""
    ties: list[int | None] = [None] * len(anaphors)
    recent: list[int] = []  # parties met, the last first
    coming = 0
    for i, anaphor in enumerate(anaphors):
        while coming < len(names) and names[coming].start <= anaphor.start:
            name = names[coming]
            parties[of[coming]].met(
                name.start,
                name.end,
                "name",
                subject=is_subject(setting, name.wide if name.wide >= 0 else name.start),
            )
            _to_front(recent, of[coming])
            coming += 1
        if isinstance(anaphor, Pronoun) and anaphor.kind in ("I", "we", "you"):
            continue  # who they are the statement tells that holds them, not what was named nearby
        candidates = candidates_for(setting, anaphor, parties, recent)
        after = _named_after(setting, anaphor, names, of, coming) if isinstance(anaphor, Nominal) else None
        saved = None
        if (
            after is not None
            and isinstance(anaphor, Nominal)
            and parties[of[after]].type in (anaphor.type, "other")
        ):
            party = parties[of[after]]
            saved = (party.start, party.end)
            party.start, party.end = names[after].start, names[after].end
            candidates = [of[after], *(k for k in candidates if k != of[after])]
        described, none = features(setting, anaphor, parties, candidates)
        if saved is not None and after is not None:
            parties[of[after]].start, parties[of[after]].end = saved
        if after is not None and isinstance(anaphor, Nominal) and anaphor.office and not anaphor.plural:
            chosen: int | None = of[after]  # "his counterpart, Ann Lee"
        elif (held := holder(setting, anaphor, parties)) is not None:
            chosen = held
        else:
            chosen = choose(anaphor, candidates, described, none)
        if chosen is None and isinstance(anaphor, Nominal):
            chosen = len(parties)
            parties.append(
                Party(
                    anaphor.type,
                    named=False,
                    plural=anaphor.plural,
                    gender=anaphor.gender,
                    country=anaphor.country,
                )
            )
        if chosen is None:
            continue
        ties[i] = chosen
        party = parties[chosen]
        kind = "nominal" if isinstance(anaphor, Nominal) else anaphor.kind
        party.met(anaphor.start, anaphor.end, kind, subject=is_subject(setting, anaphor.start))
        _to_front(recent, chosen)
        if isinstance(anaphor, Nominal):
            party.heads.add(anaphor.head)
            party.gender = party.gender or anaphor.gender
            party.country = party.country or anaphor.country
            if anaphor.office:
                party.offices.add(spelled_out(anaphor.office))
                party.seat |= telling(w.low for w in setting.within(anaphor.start, anaphor.end))
        elif anaphor.kind in ("he", "she") and party.type == "person":
            party.gender = party.gender or ("m" if anaphor.kind == "he" else "f")
    return ties


def _to_front(recent: list[int], party: int) -> None:
    if party in recent[:64]:
        recent.remove(party)
    recent.insert(0, party)
    del recent[64:]


def _named_after(
    setting: Setting, anaphor: Anaphor, names: Sequence[Name], of: Sequence[int], at: int
) -> int | None:
    """Give the name that stands right after a nominal: "his counterpart, Ann Lee"."""
    for k in range(at, min(at + 6, len(names))):
        start = names[k].wide if names[k].wide >= 0 else names[k].start
        if (
            start - anaphor.end < 4
            and names[k].start >= anaphor.end
            and names[k].type == "person"
            and setting.text[anaphor.end : start].strip() in ("", ",", ":")
        ):
            return k
        if names[k].start > anaphor.end + 60:
            break
    return None
