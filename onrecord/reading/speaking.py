"""Speaking: whose each statement is, outer ones first, and what "I", "we" and "he added" owe to that."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.model.found import Statement, Stretch
from onrecord.reading.compounds import several
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
    """Tie the "he" of "he added" to who spoke just before, where the scorer leans to the same party."""
    loose = {
        (a.start, a.end): i
        for i, a in enumerate(page.anaphors)
        if page.ties[i] is None and isinstance(a, Pronoun) and a.start in page.leaning
    }
    before: tuple[int, int] | None = None  # where the last known source ends, and whose it is
    for stretch, n in sorted((s.source[0], n) for n, s in enumerate(statements) if s.source):
        i = loose.get(stretch)
        if spoken[n] is None and i is not None and before is not None and stretch[0] - before[0] < _WENT_ON:
            party = before[1]
            if page.leaning[stretch[0]] == party:
                spoken[n] = page.ties[i] = party
                _insert(tied, Tied(*stretch, party, "pronoun", stretch[0], page.parties[party].type))
        said = spoken[n]
        if said is not None:
            before = stretch[1], said


def _insert(tied: list[Tied], mention: Tied) -> None:
    tied.insert(bisect_left(tied, mention.start, key=lambda m: m.start), mention)
