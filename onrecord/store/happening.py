"""When events told on two pages are one happening: type, day, parties and place, as far as known."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.store.naming import heritage

_EACH_OTHER = frozenset({"AGREE", "CONSULT", "COOPERATE"})  # who is named first tells nothing


@dataclass(frozen=True, slots=True, order=True)
class Who:
    """A party of an event: its actor where it is known, names that it goes by, its country."""

    actor: str
    names: tuple[str, ...]
    country: str

    def signs(self) -> tuple[str, ...]:
        """Give what two mentions of one party have in common."""
        return (self.actor, *self.names) if self.actor else self.names

    def is_one_with(self, other: Who) -> bool:
        """Whether these are the same party: one actor, or one name with no other country."""
        if self.actor and other.actor:
            return self.actor == other.actor
        if self.country and other.country and heritage(self.country) != heritage(other.country):
            return False
        return not set(self.names).isdisjoint(other.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A happening as one page tells it: all its entries of one type and day that are not merely possible.

    ``day`` is the event's, or the page's where the words give none (``loose``).
    """

    key: str
    page_id: str
    text_id: str
    start: int
    type: str
    mode: str
    day: str
    loose: bool
    page_day: str
    actors: tuple[Who, ...]
    recipients: tuple[Who, ...]
    place: str
    country: str
    events: tuple[int, ...]

    def signs(self) -> set[str]:
        """Give what this has in common with whatever is the same: its parties' signs, and its very words."""
        found = {sign for party in (*self.actors, *self.recipients) for sign in party.signs()}
        return found | {f"{self.text_id} {self.start}"}


def same_day(one: Told, other: Told) -> bool:
    """Whether two tellings of one type on one day are of one happening.

    Both sides must meet, one of them by name; where one side is not told, the other must meet by name and
    the place or the mode must be the same.
    """
    if (one.text_id, one.start) == (other.text_id, other.start):
        return True
    if one.page_id == other.page_id or not _places_agree(one, other):
        return False
    met = _sides(one, other)
    if met is None:
        return False
    whole, by_name = met
    return by_name and (whole or _same_place(one, other) or bool(one.mode and one.mode == other.mode))


def day_after(later: Told, earlier: Told) -> bool:
    """Whether a telling is of what another says was the day before.

    So it is where the later has no day but its page's, which is the day after the deed as a rule; and where
    both give their days, from pages of one day, and the place is the same. Both sides must meet.
    """
    if later.page_id == earlier.page_id or not _places_agree(later, earlier):
        return False
    met = _sides(later, earlier)
    if met is None or not all(met):
        return False
    if later.loose:
        return not earlier.loose
    same_edition = bool(later.page_day) and later.page_day == earlier.page_day
    return same_edition and not earlier.loose and _same_place(later, earlier)


def _sides(one: Told, other: Told) -> tuple[bool, bool] | None:
    """Say whether both sides meet, and whether one does by name; None where a side is told and differs."""
    best: tuple[bool, bool] | None = None
    turns = [(other.actors, other.recipients)]
    if one.type in _EACH_OTHER:
        if not one.recipients or not other.recipients:
            together = (*one.actors, *one.recipients), (*other.actors, *other.recipients)
            met = sum(any(a.is_one_with(b) for b in together[1]) for a in together[0])
            return (met > 1, True) if met else None
        turns.append((other.recipients, other.actors))
    for actors, recipients in turns:
        told = [(a, b) for a, b in ((one.actors, actors), (one.recipients, recipients)) if a and b]
        names = [any(a.is_one_with(b) for a in ones for b in others) for ones, others in told]
        lands = [_same_country(ones, others) for ones, others in told]
        if not told or not all(n or c for n, c in zip(names, lands, strict=True)):
            continue
        found = (len(told) == 2, any(names))
        best = max(best, found) if best else found
    return best


def _same_country(ones: tuple[Who, ...], others: tuple[Who, ...]) -> bool:
    return any(a.country and heritage(a.country) == heritage(b.country) for a in ones for b in others)


def _places_agree(one: Told, other: Told) -> bool:
    """Whether the places may be one: one is not told, both are the same, or one is within the other."""
    if one.country and other.country and heritage(one.country) != heritage(other.country):
        return False
    if not one.place or not other.place or one.place == other.place:
        return True
    return any(t.place == f"country {t.country}" for t in (one, other)) and bool(one.country)


def _same_place(one: Told, other: Told) -> bool:
    return bool(one.place) and one.place == other.place
