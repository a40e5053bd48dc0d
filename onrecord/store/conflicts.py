"""Where corrections disagree: with each other, with a newer reading, or with the text they are to hold on to.

A conflict is computed and shown beside the record; the corrections of it are all kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.store.anchors import What

Kind = Literal[
    "disagree",  # two people say different things of one field; the last is taken
    "not found",  # the words or the entry are not in this reading; nothing is changed
    "found twice",  # there is more than one such; nothing is changed
    "already so",  # the new reading says what was corrected
    "contradicts",  # the new reading says a third thing, or another than what was confirmed
    "unsound",  # with the others it would make a record at odds with itself; nothing is changed
    "changed meanwhile",  # somebody else corrected the page since it was looked at
]
VERDICT = "verdict"
"""The field of whether an entry is right at all: "right" or "wrong"."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What is at odds: ``says`` gives each side, as (who or "the reading", what they say in JSON)."""

    kind: Kind
    what: What | None
    entry: str | None
    field: str | None
    corrections: tuple[str, ...]
    says: tuple[tuple[str, str], ...]
    message: str


@dataclass(slots=True)
class Opinion:
    """What one person last said of one field, and by which correction."""

    value: Any
    correction: str


class Opinions:
    """Who last said what of each entry's fields; who confirms an entry says all that it says."""

    def __init__(self) -> None:
        self._said: dict[tuple[What, str], dict[str, dict[str, Opinion]]] = {}
        self._confirmed: dict[tuple[What, str], dict[str, tuple[dict[str, Any], str]]] = {}

    def confirm(self, what: What, entry: dict[str, Any], who: str, correction: str) -> None:
        """Take down that somebody finds an entry right as it stands."""
        key = (what, entry["id"])
        self._say(key, VERDICT, who, "right", correction)
        self._confirmed.setdefault(key, {})[who] = (dict(entry), correction)
        for field in [field for field in self._said[key] if field != VERDICT]:
            self._say(key, field, who, entry.get(field), correction)

    def reject(self, what: What, entry: str, who: str, correction: str) -> None:
        """Take down that somebody finds an entry wrong altogether."""
        self._say((what, entry), VERDICT, who, "wrong", correction)
        self._confirmed.get((what, entry), {}).pop(who, None)

    def amend(self, what: What, entry: str, field: str, value: Any, who: str, correction: str) -> None:
        """Take down what somebody says of a field; those who confirmed the entry said what it was then."""
        key = (what, entry)
        for other, (was, confirming) in self._confirmed.get(key, {}).items():
            if other != who and other not in self._said[key].get(field, {}):
                self._say(key, field, other, was.get(field), confirming)
        self._say(key, VERDICT, who, "right", correction)
        self._say(key, field, who, value, correction)

    def conflicts(self) -> Iterator[Conflict]:
        """Give the fields of which people say different things."""
        for (what, entry), fields in sorted(self._said.items()):
            for field, said in sorted(fields.items()):
                if len({_json(opinion.value) for opinion in said.values()}) < 2:
                    continue
                sides = sorted(said.items())
                yield Conflict(
                    "disagree", what, entry, field,
                    tuple(dict.fromkeys(opinion.correction for _, opinion in sides)),
                    tuple((who, _json(opinion.value)) for who, opinion in sides),
                    f"{' and '.join(who for who, _ in sides)} disagree on {field} of {entry}",
                )  # fmt: skip

    def _say(self, key: tuple[What, str], field: str, who: str, value: Any, correction: str) -> None:
        fields = self._said.setdefault(key, {})
        fields.setdefault(field, {})[who] = Opinion(value, correction)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True)


def against_reading(
    kind: Kind, what: What, entry: str, field: str | None, correction: str, who: str, said: Any, now: Any
) -> Conflict:
    """Make the conflict of a correction with what a newer reading says."""
    verb = "already says" if kind == "already so" else "now says another thing than"
    about = f"{field} of {entry}" if field else entry
    return Conflict(
        kind, what, entry, field, (correction,), ((who, _json(said)), ("the reading", _json(now))),
        f"the new reading {verb} {who} of {about}",
    )  # fmt: skip
