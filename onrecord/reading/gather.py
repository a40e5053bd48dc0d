"""Gathering: the mentions of a page brought together into entities, and its statements' speakers found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model.found import Found, Labelled, Statement, Stretch
from onrecord.quotes import Quotation
from onrecord.reading.anaphors import anaphors
from onrecord.reading.coreference import Anaphor, Choose, Party, score
from onrecord.reading.entries import descriptions, entries
from onrecord.reading.mentioned import Mentioned
from onrecord.reading.name import Name
from onrecord.reading.names import names, only_title
from onrecord.reading.naming import parts
from onrecord.reading.nominals import Nominal, offices_alone
from onrecord.reading.participants import participants, parties_of, undescribed, unnamed
from onrecord.reading.parties import gathered, settled
from onrecord.reading.setting import Setting, set_out
from onrecord.reading.speakers import addressed, addressees_after, described_sources
from onrecord.reading.speaking import near, speakers, tied_mentions
from onrecord.reading.tying import known_parties, tie
from onrecord.record import Entity, Mention

# How likely a tie must be. Higher for persons: one wrong "he" draws the next after it.
_SURE = {"he": 0.75, "she": 0.75, "it": 0.65, "they": 0.65}
_SURE_NOMINAL = 0.65
_ONCE = 0.13  # more, for a pronoun's party that the whole page names but once
_LEANING = 0.3  # enough where the speaker of the statement before is the same party


@dataclass(frozen=True, slots=True)
class Gathered:
    """Mentions and entities in text order; the others are one for each statement.

    ``reasons`` say why a statement has no speaker: "none named", "not resolved" or "several named".
    ``participants`` gives the entities of each participant's stretch: several where it is a compound.
    """

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    speakers: tuple[str | None, ...]
    addressees: tuple[tuple[str, ...], ...]
    reasons: tuple[str | None, ...]
    participants: dict[Stretch, tuple[str, ...]]


def gather(
    text: str,
    found: Found,
    statements: Sequence[Statement],
    sentences: Sequence[Stretch],
    quotations: Sequence[Quotation] = (),
) -> Gathered:
    """Gather the mentions of a text into entities, and find the speakers of ``statements``, in any order.

    Whoever takes part in an event of ``found`` gets an entity, if only of a description.
    """
    setting = set_out(text, sentences, [(q.start, q.end) for q in quotations if q.level == 0])
    taking_part = participants(found.events)
    page = _mentioned(setting, found, statements, taking_part)
    tied = tied_mentions(page)
    spoken, reasons = speakers(page, statements, tied)
    told = [addressed(setting, s, near(tied, s.cue), own) for s, own in zip(statements, spoken, strict=True)]
    part = parties_of(page, taking_part)
    alone = {stretch: ks[0] for stretch, ks in part.items() if len(ks) == 1}
    speaking = {k for k in spoken if k is not None}
    wanted = speaking.union(*told, *part.values())
    mentions, entities, ids = entries(page, wanted, descriptions(text, statements, spoken, alone), speaking)
    voices = tuple(None if k is None else ids.get(k) for k in spoken)
    # A party that has no words of its own in the record is nobody who could be named.
    reasons = tuple(r or (None if v else "not resolved") for v, r in zip(voices, reasons, strict=True))
    return Gathered(
        mentions,
        entities,
        voices,
        tuple(tuple(ids[k] for k in ks if k in ids) for ks in told),
        reasons,
        {stretch: tuple(ids[k] for k in ks if k in ids) for stretch, ks in part.items()},
    )


def _mentioned(
    setting: Setting, found: Found, statements: Sequence[Statement], taking_part: Sequence[Stretch]
) -> Mentioned:
    """Find the names and what points to them, and tie them to parties."""
    text = setting.text
    labelled = sorted(
        [*found.names, *unnamed(setting, taking_part, found.names)], key=lambda n: (n.start, -n.end)
    )
    given = names(setting, labelled, [s for statement in statements for s in statement.source])
    titles = frozenset((n.start, n.end) for n in given if only_title(setting, n))
    named = settled(text, [n for n in given if (n.start, n.end) not in titles])
    of = gathered(text, named)
    more = (*found.nominals, *(Labelled(a, b, "person", 1.0) for a, b in sorted(titles)))
    pointing = _anaphors(setting, named, more, statements)
    if described := undescribed(setting, taking_part, named, pointing):
        pointing = _anaphors(setting, named, [*more, *described], statements)
    parties = known_parties(setting, named, of)
    leaning: dict[int, int] = {}
    choose = _choose(parties, _by_words(text, named, of), leaning)
    ties = tie(setting, named, of, pointing, parties, choose)
    return Mentioned(setting, named, of, pointing, ties, parties, titles, leaning)


def _anaphors(
    setting: Setting, named: Sequence[Name], nominals: Sequence[Labelled], statements: Sequence[Statement]
) -> tuple[Anaphor, ...]:
    """Give the pronouns and nominals, with offices that stand alone and sources that are only described."""
    more = [*nominals, *addressees_after(setting, statements), *offices_alone(setting)]
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
    filled with the likeliest party of an anaphor, by its start, where it is not that likely.
    """

    def choose(
        anaphor: Anaphor, candidates: Sequence[int], described: Sequence[Sequence[str]], none: Sequence[str]
    ) -> int | None:
        key = _telling_words(anaphor)
        if key in same and (same[key] in candidates or parties[same[key]].named):
            return same[key]
        chances = score(described, none)
        best = max(range(len(chances)), key=chances.__getitem__, default=None)
        sure = _SURE_NOMINAL if isinstance(anaphor, Nominal) else _SURE[anaphor.kind]
        if best is not None and not isinstance(anaphor, Nominal) and parties[candidates[best]].names == 1:
            sure += _ONCE
        chosen = candidates[best] if best is not None and chances[best] >= sure else None
        if chosen is None and best is not None and chances[best] >= _LEANING:
            leaning[anaphor.start] = candidates[best]
        if key:
            same.setdefault(key, len(parties) if chosen is None else chosen)
        return chosen

    return choose


def _telling_words(anaphor: Anaphor) -> frozenset[str]:
    """Give the words of a definite description of several words; none where it is no such."""
    if isinstance(anaphor, Nominal) and anaphor.determiner in ("the", "", "this") and len(anaphor.kin) > 1:
        return anaphor.kin
    return frozenset()
