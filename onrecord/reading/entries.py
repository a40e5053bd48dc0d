"""Entries: what was gathered, made into the record's mentions and entities."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from onrecord.lexicon.known import head_nouns
from onrecord.lexicon.load import word_set
from onrecord.model.found import Statement, Stretch
from onrecord.reading.entities import described_entity, named_entity
from onrecord.reading.mentioned import Mentioned
from onrecord.reading.ministries import placed
from onrecord.reading.name import Name
from onrecord.reading.names import inner_names
from onrecord.reading.nominals import Nominal
from onrecord.reading.pronouns import PRONOUNS
from onrecord.reading.setting import Setting
from onrecord.record import Entity, EntityType, Mention, MentionKind

_LONGEST_NAME = 80  # characters of a source that may be its party's name
_CUT = re.compile(r"[,(;]|\b(?:who|which|that|whose)\b")

Draft = tuple[int, int, MentionKind, int, EntityType | None]
"""Start, end, kind, party and own type of a mention to be."""


def entries(
    page: Mentioned, wanted: Collection[int], descriptions: Mapping[int, str], speaking: Collection[int]
) -> tuple[tuple[Mention, ...], tuple[Entity, ...], dict[int, str]]:
    """Give mentions and entities in text order, and the entity id of each party that has one.

    ``wanted`` are parties that must have an entity, since they speak, are spoken to or take part in an event;
    ``descriptions`` the words that told of them, by party; ``speaking`` those that speak.
    """
    names: dict[int, list[Name]] = {}
    for name, k in page.named():
        names.setdefault(k, []).append(name)
    nominals = page.nominals()
    pronouns: dict[int, int] = {}
    for anaphor, k in page.tied():
        pronouns[k] = pronouns.get(k, 0) + (not isinstance(anaphor, Nominal))
    kept = {k for k, found in nominals.items() if k in wanted or _tells(found, pronouns.get(k, 0))}
    drafts = _drafts(page, kept | names.keys())
    ids: dict[int, str] = {}
    for draft in drafts:
        ids.setdefault(draft[3], f"e{len(ids) + 1}")
    entities = placed(
        [
            named_entity(page.setting, key, page.parties[k].type, names[k], nominals.get(k, []))
            if k in names
            else described_entity(
                page.setting,
                key,
                page.parties[k],
                nominals[k],
                _name(page.setting, nominals[k], descriptions.get(k, "")),
                speaks=k in speaking,
            )
            for k, key in ids.items()
        ]
    )
    types = {e.id: e.type for e in entities}
    mentions = tuple(
        Mention(
            f"m{i + 1}", a, b, page.setting.text[a:b], kind, ids[k], None if own == types[ids[k]] else own
        )
        for i, (a, b, kind, k, own) in enumerate(drafts)
    )
    return mentions, entities, ids


def descriptions(
    text: str,
    statements: Sequence[Statement],
    spoken: Sequence[int | None],
    taking_part: Mapping[Stretch, int] | None = None,
) -> dict[int, str]:
    """Give the words for who speaks or takes part, by party: "two people close to the talks"."""
    told = [
        (s.source[0], party)
        for s, party in zip(statements, spoken, strict=True)
        if s.source and party is not None
    ]
    found: dict[int, str] = {}
    for (start, end), party in (*told, *(taking_part or {}).items()):
        words = text[start:end]
        if 0 < len(words) <= _LONGEST_NAME and words.lower() not in PRONOUNS:
            found.setdefault(party, _closed_up(_CUT.split(words, maxsplit=1)[0]))
    return found


def _drafts(page: Mentioned, kept: Collection[int]) -> list[Draft]:
    """Give the mentions of the parties kept, in text order, no two alike."""
    drafts: list[Draft] = []
    for name, k in page.named():
        drafts.append((name.start, name.end, "name", k, name.type))
        if name.title is not None and 0 <= name.wide < name.start:
            drafts.append((name.wide, name.end, "name", k, name.type))
    for anaphor, k in page.tied():
        if k not in kept:
            continue
        kind: MentionKind = "pronoun"
        if isinstance(anaphor, Nominal):
            alone = (anaphor.start, anaphor.end) in page.titles or _is_capital_office(page.setting, anaphor)
            kind = "name" if alone or _opens_with_name(page.setting, anaphor) else "nominal"
        drafts.append((anaphor.start, anaphor.end, kind, k, None))
    return sorted({d[:3]: d for d in drafts}.values(), key=lambda d: (d[0], -d[1], d[2]))


def _tells(nominals: Sequence[Nominal], pronouns: int) -> bool:
    """Whether a party that has no name is one that a reader would follow: met again, or of a known kind."""
    only = nominals[0]
    if len(nominals) + pronouns > 1:
        return only.type != "place"
    body = only.head in head_nouns() and only.head not in word_set("plain heads") and only.determiner != ""
    office = only.office and (only.plural or only.determiner in ("the", "'s"))
    return bool(only.country or office or body)


def _is_capital_office(setting: Setting, nominal: Nominal) -> bool:
    """Whether a description is an office of several words in capitals: "the Foreign Secretary"."""
    words = [w for w in setting.within(nominal.start, nominal.end) if w.low != "the"]
    spelled = nominal.office and len(words) > 1 and not nominal.plural
    return bool(spelled) and nominal.determiner in ("", "the") and all(w.text[0].isupper() for w in words)


def _opens_with_name(setting: Setting, nominal: Nominal) -> bool:
    """Whether a description opens with a name and so names its party: "Syrian government", "US officials"."""
    if nominal.determiner not in ("", "the") or (nominal.type == "person" and not nominal.plural):
        return False
    words = setting.within(nominal.start, nominal.end)
    first = words[1] if len(words) > 1 and words[0].low == "the" else words[0]
    return any(n.start == first.start for n in inner_names(setting, nominal.start, nominal.end))


def _name(setting: Setting, nominals: Sequence[Nominal], source: str) -> str:
    """Give the words that name a party without a name: its source's, where they hold its description."""
    own = _closed_up(setting.text[nominals[0].start : nominals[0].end])
    return source if own in source else own


def _closed_up(words: str) -> str:
    """Give a description as a name: white space closed up, the capital of a first "The" or "A" taken back."""
    parts = words.strip(" \t\r\n,.;:–—-").split()
    if parts and parts[0].lower() in word_set("determiners"):
        parts[0] = parts[0].lower()
    return " ".join(parts)
