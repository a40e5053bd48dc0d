"""What people (and rules) decided of identities: append-only, anchored by words that outlive a re-reading.

A **Party** says who is meant without row numbers: a name with type and country, or a page and the words by
which that page names somebody. A decision on two parties holds until a later one on the same two says
otherwise, or an ``undo`` takes it back; nothing is deleted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, insert, select

from onrecord.errors import StoreError
from onrecord.store.rows import fold
from onrecord.store.schema import decisions
from onrecord.store.store import Store
from onrecord.store.stored import plain
from onrecord.store.view import View

Action = Literal["merge", "split", "link", "undo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody: by ``name`` with ``type`` and ``country``, on one page only where ``page_id`` is given.

    The name is folded: as it is looked up. Without a page it means all entities of that name that are taken
    for one; ``country`` and ``walk`` (of life: state, business, …) are those that are known of them.
    ``decision`` and ``wikidata`` stand for what an undo takes back and a link leads to.
    """

    name: str = ""
    type: str | None = None
    country: str | None = None
    page_id: str | None = None
    walk: str | None = None
    decision: str | None = None
    wikidata: str | None = None

    def to_json(self) -> str:
        """Give what is said of it, fields in a fixed order."""
        fields = ("name", "type", "country", "page_id", "walk", "decision", "wikidata")
        return json.dumps({f: getattr(self, f) for f in fields if getattr(self, f)}, ensure_ascii=False)

    @classmethod
    def of(cls, words: str) -> Party:
        """Read what :meth:`to_json` gave."""
        fields = json.loads(words)
        return cls(**{name: fields[name] for name in cls.__dataclass_fields__ if name in fields})


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: of a split, ``other`` is set apart from ``one``; ``at`` is UTC."""

    id: str
    action: Action
    one: Party
    other: Party
    who: str
    at: str
    why: str


def decide(
    store: Store,
    action: Action,
    one: Party,
    other: Party = Party(),
    *,
    why: str,
    who: str = "",
    at: str | None = None,
) -> Decision:
    """Write a decision down; ``find_actors`` follows it from then on. Raises StoreError without a reason."""
    if not why.strip():
        raise StoreError("a decision needs its reason: say why")
    if at is None:
        at = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    one_words, other_words = plain(one.to_json()), plain(other.to_json())
    fields = (action, one_words, other_words, plain(who), at, plain(why))
    key = hashlib.sha256("\n".join(fields).encode()).hexdigest()[:32]
    row = dict(zip(("action", "one", "other", "who", "at", "why"), fields, strict=True))

    def write(connection: Connection) -> None:
        there = connection.execute(select(decisions.c.n).where(decisions.c.id == key)).scalar()
        if there is None:
            connection.execute(insert(decisions).values(id=key, **row))

    store.write(write)
    return Decision(key, action, Party.of(one_words), Party.of(other_words), row["who"], at, row["why"])


def undo(store: Store, decision_id: str, *, why: str, who: str = "", at: str | None = None) -> Decision:
    """Take a decision back, by its id or the beginning of it; StoreError where there is none or several."""
    known = [d for d in all_decisions(store.view()) if decision_id and d.id.startswith(decision_id)]
    if len(known) != 1:
        raise StoreError(f"{store.name}: {len(known)} decisions begin with {decision_id!r}; name one")
    return decide(store, "undo", Party(decision=known[0].id), why=why, who=who, at=at)


def all_decisions(view: View) -> tuple[Decision, ...]:
    """Give every decision ever taken, in order of time."""
    with view.store.reading() as connection:
        return tuple(_read(connection))


def in_force(taken: Sequence[Decision]) -> tuple[Decision, ...]:
    """Give the decisions that hold, in order of time: of those on the same two, the last, unless undone.

    An undo may itself be undone.
    """
    undone: set[str] = set()
    for decision in reversed(taken):
        if decision.action == "undo" and decision.id not in undone:
            undone.add(decision.one.decision or "")
    last: dict[object, Decision] = {}
    for decision in taken:
        if decision.action == "undo" or decision.id in undone:
            continue
        key: object = frozenset((decision.one, decision.other))
        if decision.action == "link":  # one thing has one identifier
            key = ("link", decision.one)
        last.pop(key, None)
        last[key] = decision
    return tuple(last.values())


def party_named(
    name: str,
    *,
    type: str | None = None,  # noqa: A002
    country: str | None = None,
    page_id: str | None = None,
    walk: str | None = None,
) -> Party:
    """Say who is meant, by any spelling of case and accents."""
    return Party(name=fold(name), type=type, country=country, page_id=page_id, walk=walk)


def read_decisions(connection: Connection) -> tuple[Decision, ...]:
    """Give the decisions within a transaction."""
    return tuple(_read(connection))


def _read(connection: Connection) -> Iterator[Decision]:
    c = decisions.c
    wanted = select(c.id, c.action, c.one, c.other, c.who, c.at, c.why).order_by(c.at, c.id)
    for key, action, one, other, who, at, why in connection.execute(wanted):
        yield Decision(key, action, Party.of(one), Party.of(other), who, at, why)
