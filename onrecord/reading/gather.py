"""Gathering: the mentions of a page brought together into entities, and its statements' speakers found."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.lexicon.known import head_nouns
from onrecord.model.found import Found, Labelled, Statement, Stretch
from onrecord.quotes import Quotation
from onrecord.reading.anaphors import anaphors
from onrecord.reading.coreference import Anaphor, Choose, Party, score
from onrecord.reading.entities import described_entity, named_entity
from onrecord.reading.names import Name, inner_names, names, only_title
from onrecord.reading.naming import parts
from onrecord.reading.nominals import Nominal, offices_alone
from onrecord.reading.parties import gathered, settled
from onrecord.reading.pronouns import PRONOUNS
from onrecord.reading.setting import Setting, set_out
from onrecord.reading.speakers import (
    Tied,
    addressed,
    addressees_after,
    compound,
    described_sources,
    speaker,
)
from onrecord.reading.tying import known_parties, tie
from onrecord.record import Entity, EntityType, Mention, MentionKind

_SURE = {
    "he": 0.75,
    "she": 0.75,
    "it": 0.65,
    "they": 0.65,
}  # higher for persons: a wrong "he" draws the next after it
_LEANING = 0.3  # enough where the speaker of the statement before is the same party
_SURE_NOMINAL = 0.65
_LONGEST_NAME = 80  # characters of a source that may be its party's name
_CUT = re.compile(r"[,(;]|\b(?:who|which|that|whose)\b")
_WENT_ON = 700  # characters between two sources of one speaker's words
_PLAIN = frozenset(
    {"group", "state", "people", "public", "front", "division", "command", "company", "school", "union"}
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Mentions and entities in text order; ``speakers`` and ``addressees`` are one for each statement."""

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    speakers: tuple[str | None, ...]
    addressees: tuple[tuple[str, ...], ...]


def gather(
    text: str,
    found: Found,
    statements: Sequence[Statement],
    sentences: Sequence[Stretch],
    quotations: Sequence[Quotation] = (),
) -> Gathered:
    """Gather the mentions of a text into entities, and find the speakers of ``statements``, in any order."""
    setting = set_out(text, sentences, [(q.start, q.end) for q in quotations if q.level == 0])
    named = names(setting, found.names, [s for statement in statements for s in statement.source])
    titles = {(n.start, n.end) for n in named if only_title(setting, n)}
    named = tuple(n for n in named if (n.start, n.end) not in titles)
    named = settled(text, named)
    of = gathered(text, named)
    pointing = _anaphors(setting, named, found.nominals, titles, statements)
    parties = known_parties(setting, named, of)
    leaning: dict[int, int] = {}
    ties = tie(setting, named, of, pointing, parties, _choose(parties, _by_words(text, named, of), leaning))
    tied = _tied(named, of, pointing, ties, parties)
    spoken = _speakers(
        setting,
        statements,
        tied,
        pointing,
        ties,
        [p.type in ("organization", "place") for p in parties],
        leaning,
    )
    told = tuple(
        addressed(setting, s, _near(tied, s.cue, 80), own) for s, own in zip(statements, spoken, strict=True)
    )
    wanted = {k for k in spoken if k is not None} | {k for ks in told for k in ks}
    described: dict[int, str] = {}
    for s, k in zip(statements, spoken, strict=True):
        source = text[s.source[0][0] : s.source[0][1]] if s.source else ""
        if k is not None and 0 < len(source) <= _LONGEST_NAME and source.lower() not in PRONOUNS:
            described.setdefault(k, _words(_CUT.split(source, maxsplit=1)[0]))
    return _record(setting, named, of, pointing, ties, parties, spoken, told, wanted, described, titles)


def _anaphors(
    setting: Setting,
    named: Sequence[Name],
    nominals: Sequence[Labelled],
    titles: set[tuple[int, int]],
    statements: Sequence[Statement],
) -> tuple[Anaphor, ...]:
    """Give the pronouns and nominals, with offices that stand alone and sources that are only described."""
    more = [*nominals, *(Labelled(a, b, "person", 1.0) for a, b in sorted(titles))]
    more += addressees_after(setting, statements)
    more += offices_alone(setting)
    first = anaphors(setting, named, more)
    covered = [(a.start, a.end, True) for a in first]
    covered += [(n.start, n.end, n.type != "nationality") for n in named]
    extra = described_sources(setting, statements, covered)
    return anaphors(setting, named, [*more, *extra]) if extra else first


def _by_words(text: str, named: Sequence[Name], of: Sequence[int]) -> dict[frozenset[str], int]:
    """Give the parties of bodies by the words of their names, for nominals of the same words."""
    return {
        frozenset(parts(text[n.start : n.end], n.type)): k
        for n, k in zip(named, of, strict=True)
        if n.type == "organization" and n.country is None and " " in text[n.start : n.end]
    }


def _choose(parties: list[Party], same: dict[frozenset[str], int], leaning: dict[int, int]) -> Choose:
    """Give the choice that the reader makes: the likeliest party where it is likely enough.

    ``same`` are the parties known by some words: a nominal of just those words is theirs. ``leaning`` is
    filled with the likeliest party of each pronoun, by its start, where it is not that likely.
    """

    def choose(
        anaphor: Anaphor, candidates: Sequence[int], described: Sequence[Sequence[str]], none: Sequence[str]
    ) -> int | None:
        key = frozenset[str]()
        if (
            isinstance(anaphor, Nominal)
            and anaphor.determiner in ("the", "", "this")
            and len(anaphor.kin) > 1
        ):
            key = anaphor.kin
            if key in same and (same[key] in candidates or parties[same[key]].named):
                return same[key]
        chances = score(described, none)
        best = max(range(len(chances)), key=chances.__getitem__, default=None)
        sure = _SURE_NOMINAL if isinstance(anaphor, Nominal) else _SURE[anaphor.kind]
        chosen = candidates[best] if best is not None and chances[best] >= sure else None
        if chosen is None and best is not None and chances[best] >= _LEANING:
            leaning[anaphor.start] = candidates[best]
        if key:
            same.setdefault(key, len(parties) if chosen is None else chosen)
        return chosen

    return choose


def _tied(
    named: Sequence[Name],
    of: Sequence[int],
    pointing: Sequence[Anaphor],
    ties: Sequence[int | None],
    parties: Sequence[Party],
) -> list[Tied]:
    """Give every mention that has a party, in text order."""
    tied = [
        Tied(n.start, n.end, k, "name", n.wide if n.wide >= 0 else n.start, parties[k].type, nested=n.nested)
        for n, k in zip(named, of, strict=True)
    ]
    for a, k in zip(pointing, ties, strict=True):
        if k is not None:
            kind = "nominal" if isinstance(a, Nominal) else "pronoun"
            possessive = not isinstance(a, Nominal) and a.possessive
            tied.append(Tied(a.start, a.end, k, kind, a.start, parties[k].type, possessive))
    return sorted(tied, key=lambda m: (m.start, -m.end, m.party))


def _near(tied: Sequence[Tied], stretches: Sequence[Stretch], margin: int) -> list[Tied]:
    """Give the mentions that meet some stretches or stand near them."""
    if not stretches:
        return []
    start, end = stretches[0][0] - margin, stretches[-1][1] + margin
    at = bisect_left(tied, start, key=lambda m: m.start)
    near = []
    while at < len(tied) and tied[at].start < end:
        near.append(tied[at])
        at += 1
    return near


def _speakers(
    setting: Setting,
    statements: Sequence[Statement],
    tied: list[Tied],
    pointing: Sequence[Anaphor],
    ties: list[int | None],
    collective: Sequence[bool],
    leaning: Mapping[int, int],
) -> tuple[int | None, ...]:
    """Give each statement's speaker, and tie "I" in its words to that speaker, outer statements first."""
    spoken: list[int | None] = [None] * len(statements)
    sizes = [sum(b - a for a, b in s.content) for s in statements]
    firsts = [
        (i, a)
        for i, a in enumerate(pointing)
        if not isinstance(a, Nominal) and a.kind in ("I", "we") and ties[i] is None
    ]
    starts = [a.start for _, a in firsts]
    for n in sorted(range(len(statements)), key=lambda n: (-sizes[n], n)):
        statement = statements[n]
        near = _near(tied, statement.source, 80)
        if not compound(setting, statement.source, near):
            spoken[n] = speaker(setting, statement.source, near)
        said = spoken[n]
        if said is None:
            continue
        for start, end in statement.content:
            for i, a in firsts[bisect_left(starts, start) : bisect_left(starts, end)]:
                if a.kind == "we" and not collective[said]:
                    continue
                if ties[i] is None or setting.quotation(a.start) is not None:
                    ties[i] = said
                    again = Tied(a.start, a.end, said, "pronoun", a.start, "person", a.possessive)
                    tied.insert(bisect_left(tied, a.start, key=lambda m: m.start), again)
    _went_on(setting, statements, tied, pointing, ties, spoken, leaning)
    return tuple(spoken)


def _went_on(
    setting: Setting,
    statements: Sequence[Statement],
    tied: list[Tied],
    pointing: Sequence[Anaphor],
    ties: list[int | None],
    spoken: list[int | None],
    leaning: Mapping[int, int],
) -> None:
    """Tie the "he" of "he added" to who spoke just before, where the scorer leans to the same party."""
    loose = {(a.start, a.end): i for i, a in enumerate(pointing) if ties[i] is None and a.start in leaning}
    before: tuple[int, int] | None = None  # where the last known source ends, and whose it is
    order = sorted((s.source[0], n) for n, s in enumerate(statements) if s.source)
    for stretch, n in order:
        i = loose.get(stretch)
        if spoken[n] is None and i is not None and before is not None and stretch[0] - before[0] < _WENT_ON:
            party = before[1]
            if leaning[stretch[0]] == party:
                spoken[n] = ties[i] = party
                again = Tied(*stretch, party, "pronoun", stretch[0], "person")
                tied.insert(bisect_left(tied, again.start, key=lambda m: m.start), again)
        said = spoken[n]
        if said is not None:
            before = stretch[1], said


def _record(
    setting: Setting,
    named: Sequence[Name],
    of: Sequence[int],
    pointing: Sequence[Anaphor],
    ties: Sequence[int | None],
    parties: Sequence[Party],
    spoken: Sequence[int | None],
    told: Sequence[tuple[int, ...]],
    wanted: set[int],
    described: Mapping[int, str],
    titles: set[tuple[int, int]],
) -> Gathered:
    """Make the record's types of it: entities numbered by their first mention, mentions by their place."""
    text = setting.text
    names_of: dict[int, list[Name]] = {}
    nominals_of: dict[int, list[Nominal]] = {}
    pronouns_of: dict[int, int] = {}
    for name, k in zip(named, of, strict=True):
        names_of.setdefault(k, []).append(name)
    for a, tie_ in zip(pointing, ties, strict=True):
        if tie_ is not None and isinstance(a, Nominal):
            nominals_of.setdefault(tie_, []).append(a)
        elif tie_ is not None:
            pronouns_of[tie_] = pronouns_of.get(tie_, 0) + 1
    kept = {
        k
        for k in range(len(parties))
        if k in names_of
        or k in wanted
        or (k in nominals_of and _tells(nominals_of[k], pronouns_of.get(k, 0)))
    }
    drafts: list[tuple[int, int, MentionKind, int, EntityType | None]] = []
    for name, k in zip(named, of, strict=True):
        drafts.append((name.start, name.end, "name", k, name.type))
        if name.title is not None and 0 <= name.wide < name.start:
            drafts.append((name.wide, name.end, "name", k, name.type))
    for a, tie_ in zip(pointing, ties, strict=True):
        if tie_ not in kept:
            continue
        if not isinstance(a, Nominal):
            drafts.append((a.start, a.end, "pronoun", tie_, None))
            continue
        alone = (a.start, a.end) in titles
        opens = _opens_with_name(setting, a)
        drafts.append((a.start, a.end, "name" if alone or opens else "nominal", tie_, None))

    order = sorted({d[:3]: d for d in drafts}.values(), key=lambda d: (d[0], -d[1], d[2]))
    ids: dict[int, str] = {}
    for _, _, _, k, _ in order:
        ids.setdefault(k, f"e{len(ids) + 1}")
    entities = tuple(
        named_entity(setting, key, parties[k].type, names_of[k], nominals_of.get(k, []))
        if k in names_of
        else described_entity(
            setting,
            key,
            parties[k],
            nominals_of[k],
            _described(setting, nominals_of[k], described.get(k, "")),
        )
        for k, key in ids.items()
    )
    kinds = {e.id: e.type for e in entities}
    mentions = tuple(
        Mention(
            f"m{i + 1}",
            a,
            b,
            text[a:b],
            kind,
            ids[k],
            None if told_ is None or told_ == kinds[ids[k]] else told_,
        )
        for i, (a, b, kind, k, told_) in enumerate(order)
    )
    return Gathered(
        mentions,
        entities,
        tuple(ids.get(k) if k is not None else None for k in spoken),
        tuple(tuple(ids[k] for k in ks if k in ids) for ks in told),
    )


def _tells(nominals: Sequence[Nominal], pronouns: int) -> bool:
    """Whether a party that has no name is one that a reader would follow: met again, or of a known kind."""
    if len(nominals) + pronouns > 1:
        return True
    n = nominals[0]
    return bool(n.country or n.office or (n.head in head_nouns() and n.determiner and n.head not in _PLAIN))


def _opens_with_name(setting: Setting, a: Nominal) -> bool:
    """Whether a description opens with a name and so names its party: "Syrian government", "US officials"."""
    words = setting.within(a.start, a.end)
    inner = inner_names(setting, a.start, a.end)
    first = words[1] if len(words) > 1 and words[0].low == "the" else words[0]
    single = a.type == "person" and not a.plural
    return not single and a.determiner in ("", "the") and any(n.start == first.start for n in inner)


def _described(setting: Setting, nominals: Sequence[Nominal], source: str) -> str:
    """Give the words that name a party without a name: its source's, where they hold its description."""
    own = _words(setting.text[nominals[0].start : nominals[0].end])
    return source if own in source else own


def _words(text: str) -> str:
    """Give a description as a name: white space closed up, the capital of a first "The" or "A" taken back."""
    words = text.strip(" \t\r\n,.;:–—-").split()
    if words and words[0] in (
        "The",
        "A",
        "An",
        "Two",
        "Three",
        "Four",
        "Five",
        "Some",
        "Several",
        "Many",
        "One",
    ):
        words[0] = words[0].lower()
    return " ".join(words)
