"""What a person changed: the machine's entries beside those that came back from an annotation tool."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from onrecord.imports.annotation import KINDS, Annotated

Action = Literal["confirm", "amend", "reject", "add"]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry's fate: ``before`` is the machine's, None where it was added; ``after`` the person's.

    ``changed`` names what differs: "spans", "label", a part ("source") or a field ("speaker").
    """

    action: Action
    before: Annotated | None
    after: Annotated | None
    changed: tuple[str, ...] = ()


def changes(
    machine: Iterable[Annotated], person: Iterable[Annotated], kinds: Iterable[str] = KINDS
) -> tuple[Change, ...]:
    """Compare the entries of one text, of the kinds that the tool can show.

    An entry with one of our ids is that entry; what has no id, or an unknown one, was added; what did not
    come back was rejected. Fields are compared only where the person's entry has any, as columns have none.
    """
    wanted = frozenset(kinds)
    ours = {(one.kind, one.id): one for one in machine if one.kind in wanted}
    found: list[Change] = []
    seen: set[tuple[str, str]] = set()
    for one in person:
        if one.kind not in wanted:
            continue
        before = ours.get((one.kind, one.id)) if one.id else None
        if before is None or (one.kind, one.id) in seen:
            found.append(Change("add", None, one))
            continue
        seen.add((one.kind, one.id))
        differing = _differing(before, one)
        found.append(Change("amend" if differing else "confirm", before, one, differing))
    found += [Change("reject", one, None) for key, one in ours.items() if key not in seen]
    return tuple(found)


def _differing(before: Annotated, after: Annotated) -> tuple[str, ...]:
    names = [name for name in ("spans", "label") if getattr(before, name) != getattr(after, name)]
    old, new = dict(before.parts), dict(after.parts)
    parts = new if not after.fields else {**old, **new}
    names += sorted(name for name in parts if old.get(name) != new.get(name))
    if after.fields:
        one, other = dict(before.fields), dict(after.fields)
        names += sorted(name for name in {**one, **other} if one.get(name) != other.get(name))
    return tuple(names)
