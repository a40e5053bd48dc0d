"""Anaphors: the pronouns and nominals of a page that may stand for a party, in text order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.model.found import Labelled
from onrecord.reading.coreference import Anaphor
from onrecord.reading.name import Name
from onrecord.reading.nominals import Nominal, nominal
from onrecord.reading.pronouns import PRONOUNS, pronouns
from onrecord.reading.setting import Setting


def anaphors(setting: Setting, names: Sequence[Name], nominals: Sequence[Labelled]) -> tuple[Anaphor, ...]:
    """Give them all; a nominal that is a name, a name's title, or a pronoun is left out."""
    found: list[Anaphor] = list(pronouns(setting))
    outer = [n for n in names if not n.nested]
    starts = [n.start for n in outer]
    exact = {(n.start, n.end) for n in names}
    seen: set[int] = set()
    for label in sorted(nominals, key=lambda n: (n.end, n.start)):
        described = nominal(setting, label)
        if (
            described is None
            or described.end in seen
            or setting.text[label.start : label.end].lower() in PRONOUNS
        ):
            continue
        if (described.start, described.end) in exact or _is_named(described, outer, starts):
            continue
        seen.add(described.end)
        found.append(described)
    return tuple(sorted(found, key=lambda a: (a.start, -a.end)))


def _is_named(described: Nominal, outer: Sequence[Name], starts: Sequence[int]) -> bool:
    """Whether a name ends where the nominal does, or the nominal is within a name or its title."""
    at = bisect_left(starts, described.start)
    for name in outer[max(0, at - 2) : at + 8]:
        wide = name.wide if name.wide >= 0 else name.start
        if wide <= described.start and described.end <= name.end:
            return True
        if name.end == described.end:
            return True
        if name.title is not None and name.title.start <= described.end - 1 and described.end <= name.start:
            return described.end - 1 >= name.title.start and described.start >= name.title.start - 4
    return False
