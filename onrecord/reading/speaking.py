"""Speaking: whose each statement is, outer ones first, and what "I", "we" and "he added" owe to that."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.model.found import Statement, Stretch
from onrecord.reading.compounds import several
from onrecord.reading.coreference import Party
from onrecord.reading.mentioned import Mentioned
from onrecord.reading.nominals import Nominal
from onrecord.reading.pronouns import Pronoun
from onrecord.reading.speakers import Tied, speaker

_WENT_ON = 700  # characters between two sources of one speaker's words
_MARGIN = 80  # characters around a stretch in which a mention is near it


def tied_mentions(page: Mentioned) -> list[Tied]:
    """Give every mention that has a party, in text order."""
    tied = [
        Tied(
            n.start,
            n.end,
            k,
            "name",
            n.wide if n.wide >= 0 else n.start,
            page.parties[k].type,
            nested=n.nested,
            adjective=n.type == "nationality" and page.setting.text[n.end - 1] != "s",
        )
        for n, k in page.named()
    ]
    for a, k in page.tied():
        kind = "nominal" if isinstance(a, Nominal) else "pronoun"
        possessive = isinstance(a, Pronoun) and a.possessive
        tied.append(Tied(a.start, a.end, k, kind, a.start, page.parties[k].type, possessive))
    return sorted(tied, key=lambda m: (m.start, -m.end, m.party))


def near(tied: Sequence[Tied], stretches: Sequence[Stretch]) -> list[Tied]:
    """Give the mentions that meet some stretches or stand near them."""
    if not stretches:
        return []
    start, end = stretches[0][0] - _MARGIN, stretches[-1][1] + _MARGIN
    at = bisect_left(tied, start, key=lambda m: m.start)
    found = []
    while at < len(tied) and tied[at].start < end:
        found.append(tied[at])
        at += 1
    return found


def speakers(
    page: Mentioned, statements: Sequence[Statement], tied: list[Tied]
) -> tuple[tuple[int | None, ...], tuple[str | None, ...]]:
    """Give each statement's speaker, and the reason where it has none.

    Ties "I" and "we" in its words to that speaker in ``page``.
    """
    spoken: list[int | None] = [None] * len(statements)
    reasons: list[str] = ["not resolved" if s.source else "none named" for s in statements]
    sizes = [sum(b - a for a, b in s.content) for s in statements]
    firsts = [i for i, a in enumerate(page.anaphors) if isinstance(a, Pronoun) and a.kind in ("I", "we")]
    starts = [page.anaphors[i].start for i in firsts]
    for n in sorted(range(len(statements)), key=lambda n: (-sizes[n], n)):
        statement = statements[n]
        around = near(tied, statement.source)
        if several(page.setting, statement.source, around):
            reasons[n] = "several named"
        else:
            spoken[n] = speaker(page.setting, statement.source, around)
        said = spoken[n]
        if said is None:
            continue
        for start, end in statement.content:
            for i in firsts[bisect_left(starts, start) : bisect_left(starts, end)]:
                _tie_first_person(page, i, said, tied)
    _went_on(page, statements, tied, spoken)
    return tuple(spoken), tuple(r if k is None else None for k, r in zip(spoken, reasons, strict=True))


def _tie_first_person(page: Mentioned, i: int, said: int, tied: list[Tied]) -> None:
    """Tie "I" to who speaks, "we" only where a body does; inner statements come later and win."""
    anaphor = page.anaphors[i]
    if not isinstance(anaphor, Pronoun):
        return
    kind = page.parties[said].type
    if anaphor.kind == "we" and kind not in ("organization", "place"):
        return
    if page.ties[i] is None or page.setting.quotation(anaphor.start) is not None:
        page.ties[i] = said
        _insert(
            tied, Tied(anaphor.start, anaphor.end, said, "pronoun", anaphor.start, kind, anaphor.possessive)
        )


def _went_on(
    page: Mentioned, statements: Sequence[Statement], tied: list[Tied], spoken: list[int | None]
) -> None:
    """Tie the "he" of "he added" to who spoke just before.

    Either the scorer leans to the same party, or nobody else whom "he" could be was named between.
    """
    loose = {
        (a.start, a.end): i
        for i, a in enumerate(page.anaphors)
        if page.ties[i] is None and isinstance(a, Pronoun)
    }
    known: list[tuple[int, int, int]] = []  # the statements with a speaker, their source's end, the speaker
    for stretch, n in sorted((s.source[0], n) for n, s in enumerate(statements) if s.source):
        i = loose.get(stretch)
        before = _outside(known, statements[n].content)
        if spoken[n] is None and i is not None and before is not None and stretch[0] - before[1] < _WENT_ON:
            last, end, party = before
            anaphor = page.anaphors[i]
            if page.leaning.get(stretch[0]) == party or (
                isinstance(anaphor, Pronoun)
                and _can_be(page.parties[party], anaphor)
                and _alone(page, tied, (end, stretch[0]), statements[last].content, anaphor, party)
            ):
                spoken[n] = page.ties[i] = party
                _insert(tied, Tied(*stretch, party, "pronoun", stretch[0], page.parties[party].type))
        said = spoken[n]
        if said is not None:
            known.append((n, stretch[1], said))


_NESTED = 6  # statements within the words of another that are looked past


def _outside(
    known: Sequence[tuple[int, int, int]], content: Sequence[Stretch]
) -> tuple[int, int, int] | None:
    """Give the last statement whose source is not itself within some words: "“Russia sees …,” he added"."""
    for before in reversed(known[-_NESTED:]):
        if not any(a < before[1] <= b for a, b in content):
            return before
    return None


def _can_be(party: Party, pronoun: Pronoun) -> bool:
    """Whether a party can be "he" or "she"."""
    if pronoun.kind not in ("he", "she") or party.type != "person" or party.plural:
        return False
    return party.gender is None or party.gender == ("m" if pronoun.kind == "he" else "f")


def _alone(
    page: Mentioned,
    tied: Sequence[Tied],
    between: Stretch,
    content: Sequence[Stretch],
    pronoun: Pronoun,
    party: int,
) -> bool:
    """Whether no other person that the pronoun could be is named between, outside of what was said."""
    at = bisect_left(tied, between[0], key=lambda m: m.start)
    while at < len(tied) and tied[at].start < between[1]:
        mention = tied[at]
        at += 1
        if mention.party == party or mention.possessive or not _can_be(page.parties[mention.party], pronoun):
            continue
        if page.setting.after(mention.end) != "'s" and not any(a <= mention.start < b for a, b in content):
            return False
    return True


def _insert(tied: list[Tied], mention: Tied) -> None:
    tied.insert(bisect_left(tied, mention.start, key=lambda m: m.start), mention)
