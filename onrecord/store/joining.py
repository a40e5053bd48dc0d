"""Which entities of one block are one: rules that rather leave two than make one of two people.

What is known and differs keeps two apart: country, middle initials, walk of life, forty years between. What
is not known joins them only where there is one to join. All rules look at the whole block in an order of
content, so that what comes out does not depend on which page came first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from onrecord.store.naming import (
    PersonName,
    body_name,
    heritage,
    is_acronym,
    is_common,
    person_name,
    role_key,
    side,
    skeleton,
)
from onrecord.store.rows import fold

_ERA = 40 * 365  # days between two of one name, beyond which they are two
_TERM = 3 * 365  # days around what is known of somebody, within which the same office is the same person


@dataclass(frozen=True, slots=True, order=True)
class Profile:
    """What pages say of somebody in the same words; ``page_id`` only where a decision is about that page."""

    name: str
    type: str
    country: str
    sectors: tuple[str, ...]
    roles: tuple[str, ...]
    aliases: tuple[str, ...]
    decade: str = ""  # of the page's day, as its first three digits
    page_id: str = ""

    def bears(self, folded: str) -> bool:
        """Whether it has this name, its own or an alias."""
        return folded == fold(self.name) or folded in map(fold, self.aliases)


@dataclass(slots=True)
class Group:
    """Profiles taken for one, each with the reason; ``key`` names it by content."""

    key: str
    members: dict[Profile, str] = field(default_factory=dict)

    @property
    def country(self) -> str | None:
        """Give the country that its members know."""
        return next((p.country for p in sorted(self.members) if p.country), None)


Days = dict[Profile, tuple[str, str]]
"""The first and last day of each profile's pages, where they are known."""


def group(profiles: Iterable[Profile], days: Days, block: str) -> tuple[list[Group], dict[Profile, str]]:
    """Put the profiles of a block into groups; give those too, with the reason, that are nobody's."""
    ordered = sorted(profiles)
    if block.startswith("person "):
        return _people(ordered, days)
    if block.startswith("page "):
        return [], dict.fromkeys(ordered, "no name")
    if block.startswith(("country ", "body ")):
        known = Group(key_of("known", block))
        known.members = {p: f"{p.name} is a name of {block.partition(' ')[2]}" for p in ordered}
        return [known], {}
    return _bodies(ordered, days)


def _people(profiles: Sequence[Profile], days: Days) -> tuple[list[Group], dict[Profile, str]]:
    named: dict[tuple[str, str], list[Profile]] = {}
    alone: list[Profile] = []
    for profile in profiles:
        name = _fullest(profile)
        if name is None or not name.given:
            alone.append(profile)
        else:
            named.setdefault((name.given, name.surname), []).append(profile)
    found: list[Group] = []
    for full, members in sorted(named.items()):
        found += _apart(("person", *full), members, days, "the same full name")
    found = _respelt(found, days)
    found = _with_initials(found, days)
    nobody: dict[Profile, str] = {}
    left: dict[tuple[str, str], list[Profile]] = {}
    joins: list[tuple[Group, Profile, str]] = []
    for profile in alone:
        name = person_name(profile.name)
        surname = name.surname if name else fold(profile.name)
        roles = sorted(filter(None, map(role_key, profile.roles)))
        if not roles:
            nobody[profile] = "a surname alone"
            continue
        holders = [(g, role) for g in found if (role := _holds(g, surname, profile, roles, days))]
        if len(holders) == 1:
            joins.append((holders[0][0], profile, f"the surname, and {holders[0][1]} at that time"))
        elif holders:
            nobody[profile] = f"a surname, and {len(holders)} of that name who are {holders[0][1]}"
        else:
            left.setdefault((surname, roles[0]), []).append(profile)
    for joined, profile, why in joins:
        joined.members[profile] = why
    for (surname, role), members in sorted(left.items()):
        found += _apart(("person", "", surname, role), members, days, f"the surname, and {role}")
    return found, nobody


def _fullest(profile: Profile) -> PersonName | None:
    """Give the fullest name of one surname that the page gives: its own, or else an alias."""
    own = person_name(profile.name)
    if own is None or len(own.given) > 1:
        return own
    aliases = [alias for words in sorted(profile.aliases) if (alias := person_name(words))]
    fuller = [
        name for name in aliases
        if name.surname == own.surname and len(name.given) > 1 and name.given.startswith(own.given)
    ]  # fmt: skip
    return fuller[0] if fuller else own


def _holds(held: Group, surname: str, profile: Profile, roles: Sequence[str], days: Days) -> str | None:
    """Give the role that this group shares with a surname alone, at about the same time and place."""
    names = [person_name(p.name) for p in held.members]
    same_land = bool(profile.country) and heritage(profile.country) == heritage(held.country)
    spelt = {n.surname for n in names if n} | (
        {skeleton(n.surname) for n in names if n} if same_land else set()
    )
    if surname not in spelt and (not same_land or skeleton(surname) not in spelt):
        return None
    if _differ(heritage(held.country), heritage(profile.country or None)):
        return None
    known = {role_key(role) for p in held.members for role in p.roles}
    shared = next((role for role in roles if role in known), None)
    return shared if shared and _near_in_time(list(held.members), [profile], days, _TERM) else None


def _bodies(profiles: Sequence[Profile], days: Days) -> tuple[list[Group], dict[Profile, str]]:
    named: dict[tuple[str, str], list[Profile]] = {}
    for profile in profiles:
        named.setdefault((profile.type, body_name(profile.name)), []).append(profile)
    nobody: dict[Profile, str] = {}
    found: list[Group] = []
    for (kind, name), members in sorted(named.items()):
        if kind == "organization" and is_common(name):
            nobody.update({p: "a name that many have, of no known country" for p in members if not p.country})
            members = [p for p in members if p.country]
        found += _apart((kind, name), members, days, "the same name")
    short = [g for g in found if all(is_acronym(p.name) for p in g.members)]
    for g in short:
        alias = body_name(min(g.members).name)
        whole = [
            other for other in found
            if other not in short and not _differ(other.country, g.country)
            and any(alias == body_name(a) for p in other.members for a in p.aliases)
        ]  # fmt: skip
        if len(whole) == 1:
            known = min(p.name for p in whole[0].members)
            whole[0].members.update(
                {p: f"{p.name} is an alias of {known} on another page" for p in g.members}
            )
            found.remove(g)
    return found, nobody


def _apart(key: Sequence[str], profiles: Sequence[Profile], days: Days, why: str) -> list[Group]:
    """Make groups of profiles of one name: apart where what is known of them differs."""
    found: list[Group] = []
    person = key[0] == "person"
    for country, of_country in _parted(profiles, lambda p: heritage(p.country or None)):
        if not person:
            found.append(_one([*key, country or ""], of_country, why, country))
            continue
        lives = [
            ((middle or "", walk or ""), members)
            for middle, of_middle in _parted(of_country, _middle)
            for walk, members in _parted(of_middle, lambda p: side(p.sectors))
        ]
        for life, members in lives:
            parts = [*key, country or "", *(life if len(lives) > 1 else ())]
            for number, (of_era, year) in enumerate(_eras(members, days)):
                found.append(_one([*parts, year] if number else parts, of_era, why, country))
    return found


def _one(parts: Sequence[str], members: Sequence[Profile], why: str, country: str | None) -> Group:
    return Group(key_of(*parts), {profile: _reason(profile, why, country) for profile in members})


def _reason(profile: Profile, why: str, country: str | None) -> str:
    if country is None:
        return why
    return (
        f"{why}, {country}"
        if profile.country
        else f"{why}; its country is not said here, and no other is known"
    )


def _parted(
    profiles: Sequence[Profile], known: Callable[[Profile], str | None]
) -> list[tuple[str | None, list[Profile]]]:
    """Part profiles by what is known of them; the others go with those where there is one such part."""
    parts: dict[str | None, list[Profile]] = {}
    for profile in profiles:
        parts.setdefault(known(profile), []).append(profile)
    if None in parts and len(parts) == 2:
        unknown = parts.pop(None)
        next(iter(parts.values())).extend(unknown)
    return sorted(parts.items(), key=lambda part: part[0] or "")


def _middle(profile: Profile) -> str | None:
    name = _fullest(profile)
    return name.middle or None if name else None


def _eras(profiles: Sequence[Profile], days: Days) -> list[tuple[list[Profile], str]]:
    """Part people of one name where forty years lie between; give each part with its first year."""
    dated = sorted((p for p in profiles if p in days), key=lambda p: (days[p], p))
    parts: list[tuple[list[Profile], str]] = []
    last = ""
    for profile in dated:
        if not parts or _between(last, days[profile][0]) > _ERA:
            parts.append(([], days[profile][0][:4]))
        parts[-1][0].append(profile)
        last = max(last, days[profile][1])
    undated = [p for p in profiles if p not in days]
    if undated and parts:
        parts[0][0].extend(undated)
    elif undated:
        parts.append((undated, ""))
    return parts


def _respelt(groups: list[Group], days: Days) -> list[Group]:
    """Join those whose names differ in spelling only, of one known country, one walk of life and one time."""
    found: list[Group] = []
    for one in groups:
        for other in found:
            if _same_spelt(one, other) and _near_in_time(list(one.members), list(other.members), days, _ERA):
                known = min(other.members, key=_fullness).name
                other.members.update(
                    {p: f"{known} in another spelling, {p.country or one.country}" for p in one.members}
                )
                break
        else:
            found.append(one)
    return found


def _same_spelt(one: Group, other: Group) -> bool:
    if not one.country or heritage(one.country) != heritage(other.country):
        return False
    if {_full(p) for p in one.members} & {_full(p) for p in other.members}:
        return False  # of one name, and apart for a reason
    if len({_middle(p) for g in (one, other) for p in g.members} - {None}) > 1:
        return False
    names, others = (sorted({_full_skeleton(p) for p in g.members}) for g in (one, other))
    if not any(name in others and len(name[0]) > 1 for name in names):
        return False
    walks = {side(p.sectors) for g in (one, other) for p in g.members} - {None}
    return len(walks) < 2


def _fullness(profile: Profile) -> tuple[int, str]:
    name = person_name(profile.name)
    return -min(len(name.given), 2) if name else 0, profile.name


def _full(profile: Profile) -> tuple[str, str]:
    name = _fullest(profile)
    return (name.given, name.surname) if name else ("", "")


def _full_skeleton(profile: Profile) -> tuple[str, str]:
    name = _fullest(profile)
    return (skeleton(name.given), skeleton(name.surname)) if name else ("", "")


def _with_initials(groups: list[Group], days: Days) -> list[Group]:
    """Join "S. Lavrov" with the one Lavrov whose name begins so, of the same country."""
    short = [g for g in groups if all(_is_initial(p) for p in g.members)]
    found = [g for g in groups if g not in short]
    for g in short:
        initial, surname = _full_skeleton(min(g.members))
        whole = [
            other for other in found
            if other not in short and g.country and heritage(other.country) == heritage(g.country)
            and any(_begins(_full_skeleton(p), initial, surname) for p in other.members)
            and _near_in_time(list(g.members), list(other.members), days, _ERA)
        ]  # fmt: skip
        if len(whole) == 1:
            whole[0].members.update(
                {p: f"the initial and the surname, {p.country or g.country}" for p in g.members}
            )
        else:
            found.append(g)
    return found


def _begins(name: tuple[str, str], initial: str, surname: str) -> bool:
    return name[1] == surname and name[0][:1] == initial


def _is_initial(profile: Profile) -> bool:
    name = _fullest(profile)
    return name is not None and name.initial


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _near_in_time(one: Sequence[Profile], other: Sequence[Profile], days: Days, most: int) -> bool:
    """Whether what is dated of both lies within so many days; what is not dated is no reason against it."""
    ones, others = ([days[p] for p in side if p in days] for side in (one, other))
    if not ones or not others:
        return True
    first, last = min(d[0] for d in ones), max(d[1] for d in ones)
    begins, ends = min(d[0] for d in others), max(d[1] for d in others)
    return _between(last, begins) <= most and _between(ends, first) <= most


def _between(one: str, other: str) -> int:
    try:
        return (date.fromisoformat(other) - date.fromisoformat(one)).days
    except ValueError:
        return 0


def key_of(*parts: str) -> str:
    """Give the key of somebody by the words that tell them."""
    return hashlib.sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]
