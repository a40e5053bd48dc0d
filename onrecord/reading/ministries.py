"""Ministries: whose a ministry is that a page names without its country, where the page leaves no doubt.

A page that gives one country's foreign minister, and no other's, means that country's ministry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.reading.titles import spelled_out
from onrecord.record import Entity

_WORDS = {"defence": "defense", "affairs": ""}


def placed(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Give the entities, with the country of ministries and of those who speak for them filled in."""
    holders = _holders(entities)
    ministries: dict[str, str] = {}
    for entity in entities:
        key = _portfolio(entity.name, ("ministry",)) if entity.type == "organization" else ""
        if key and entity.country is None and len(holders.get(key, ())) == 1:
            ministries[entity.name.lower()] = next(iter(holders[key]))
    return tuple(_placed(entity, ministries) for entity in entities) if ministries else tuple(entities)


def _placed(entity: Entity, ministries: dict[str, str]) -> Entity:
    if entity.country is not None:
        return entity
    if entity.type == "organization" and entity.name.lower() in ministries:
        return replace(entity, country=ministries[entity.name.lower()])
    for role in entity.roles if entity.type == "person" else ():
        for name, country in ministries.items():
            if name in role.title.lower():
                return replace(entity, country=country)
    return entity


def _holders(entities: Sequence[Entity]) -> dict[str, set[str]]:
    """Give the countries of the ministers that a page names, by portfolio."""
    found: dict[str, set[str]] = {}
    for entity in entities:
        for role in entity.roles if entity.type == "person" and entity.country else ():
            key = _portfolio(spelled_out(role.title.lower()), ("minister",))
            if key and entity.country:
                found.setdefault(key, set()).add(entity.country)
    return found


def _portfolio(words: str, heads: tuple[str, ...]) -> str:
    """Give what a minister or ministry is for: "foreign" of "Ministry of Foreign Affairs"; "" for others."""
    low = words.lower().split()
    low = low[1:] if low[:1] == ["the"] else low
    if len(low) < 2:
        return ""
    if low[-1] in heads:
        rest = [w for w in low[:-1] if w not in ("deputy", "first", "acting", "former")]
    elif low[0] in heads and low[1] in ("of", "for"):
        rest = low[2:]
    else:
        return ""
    return " ".join(filter(None, (_WORDS.get(w, w) for w in rest)))
