"""Entities: each party of a page as the record has it: name, type, country, sectors, roles, aliases."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.lexicon.known import bodies, countries, head_nouns, offices
from onrecord.reading.coreference import Party
from onrecord.reading.name import Name
from onrecord.reading.naming import acronyms
from onrecord.reading.nominals import Nominal
from onrecord.reading.roles import body_sectors, described_role, roles, told_by
from onrecord.reading.setting import Setting
from onrecord.reading.titles import country_length, spelled_out
from onrecord.record import Entity, EntityType, Role

_MOST_ALIASES = 12
_COLLECTIVE = frozenset(
    {"group", "crowd", "couple", "pair", "number", "dozen", "hundred", "thousand", "majority"}
)


def named_entity(
    setting: Setting, key: str, kind: EntityType, names: Sequence[Name], nominals: Sequence[Nominal]
) -> Entity:
    """Build the entity of a party that has a name."""
    text = setting.text
    land = next((n.country for n in names if n.country is not None), None)
    is_country = land is not None and any(n.country is not None and n.country.how != "capital" for n in names)
    forms = list(dict.fromkeys(" ".join(text[n.start : n.end].split()) for n in names if not _is_demonym(n)))
    name = _fullest(forms, kind) if forms else (land.name if land else text[names[0].start : names[0].end])
    if is_country and land is not None:
        capitals = {w for w in forms if w in countries() and countries()[w].how == "capital"}
        proper = [f for f in forms if f not in capitals]
        name = max(proper, key=len) if proper else land.name
    held = _roles(setting, names, nominals)
    country = land.code if land else None
    sectors: tuple[str, ...] = ("GOV",) if is_country and _acts(names) else ()
    if not is_country:
        country, told = _told(setting, names, held, nominals)
        country = country or (land.code if land else None)
        sectors = (
            told
            if kind == "person"
            else body_sectors(name) or next(filter(None, map(body_sectors, forms)), ())
        )
    described = [text[n.start : n.end] for n in nominals if n.office and n.determiner in ("the", "")]
    aliases = [f for f in dict.fromkeys((*forms, *described)) if f != name]
    return Entity(key, name, kind, country, sectors, tuple(held), tuple(aliases[:_MOST_ALIASES]))


def described_entity(
    setting: Setting, key: str, party: Party, nominals: Sequence[Nominal], name: str, *, speaks: bool
) -> Entity:
    """Build the entity of a party that the page only describes; the description is its name.

    Several who speak are a group, whatever they are called; several things that something is done to are not.
    """
    first = nominals[0]
    kind = first.type
    people = first.plural and (kind == "person" or (kind == "other" and speaks))
    if people or (kind in ("person", "other") and first.head in _COLLECTIVE):
        kind = "group"
    country = next((n.country for n in nominals if n.country), None) or party.country
    sectors: tuple[str, ...] = ()
    for n in nominals:
        known = offices().get(n.office)
        sectors = (
            sectors
            or (known.sectors if known else ())
            or ((head_nouns()[n.head],) if n.head in head_nouns() else ())
        )
    others = dict.fromkeys(setting.text[n.start : n.end] for n in nominals)
    return Entity(
        key, name, kind, country, sectors, (), tuple(a for a in others if a != name)[:_MOST_ALIASES]
    )


def _fullest(forms: Sequence[str], kind: EntityType) -> str:
    if kind == "person":
        return max(forms, key=lambda f: (len(f.split()), len(f)))
    letters = {short for form in forms for short in acronyms(form)}
    spelled = [f for f in forms if f.replace(".", "") not in letters]
    return max(spelled or forms, key=len)


def _is_demonym(name: Name) -> bool:
    return name.country is not None and (
        name.country.how == "people" or (name.country.how == "demonym" and name.type == "nationality")
    )


def _acts(names: Sequence[Name]) -> bool:
    return any(n.type == "organization" for n in names)


def _roles(setting: Setting, names: Sequence[Name], nominals: Sequence[Nominal]) -> list[Role]:
    """Give the roles in text order, each title once; "his counterpart" tells no role."""
    found: list[Role] = []
    for name in names:
        if name.type == "person":
            found += roles(setting, name)
    for n in nominals:
        if n.office and n.type == "person" and not n.plural and n.determiner in ("the", "his", "'s", ""):
            role = described_role(setting, n)
            if role is not None:
                found.append(role)
    found.sort(key=lambda r: (r.start, r.end))
    kept: dict[str, Role] = {}
    for role in found:
        kept.setdefault(spelled_out(role.title.lower()), role)
    return list(kept.values())


def _told(
    setting: Setting, names: Sequence[Name], held: Sequence[Role], nominals: Sequence[Nominal]
) -> tuple[str | None, tuple[str, ...]]:
    """Tell country and sectors by the roles, the names and the descriptions of a party."""
    country: str | None = None
    sectors: list[str] = []
    for role in held:
        land, told = told_by(role, setting)
        country = country or land
        sectors += [s for s in told if s not in sectors]
    for n in nominals:
        country = country or n.country
    if country is None and names and names[0].type != "person":
        country = _country_in(setting, names)
    return country, tuple(sectors)


def _country_in(setting: Setting, names: Sequence[Name]) -> str | None:
    """Tell a body's country by a word of its name, or by the people or country named right before it."""
    for name in names:
        known = bodies().get(setting.text[name.start : name.end])
        if known is not None:
            return known.country or None
    for name in names:
        words = setting.within(name.start, name.end)
        for at in range(len(words)):
            length, code = country_length(words, at)
            if length:
                return code
        before = setting.words[max(0, setting.first(name.start) - 4) : setting.first(name.start)]
        for at in range(len(before)):
            length, code = country_length(before, at)
            rest = [w.low for w in before[at + length :]]
            if length and rest in ([], ["'s"]):
                return code
    return None
