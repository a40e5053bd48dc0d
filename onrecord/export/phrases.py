"""How an entry is said in words: the same phrases on a terminal and on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from onrecord.export.dates import spoken
from onrecord.export.outline import Statement
from onrecord.export.visible import one_line
from onrecord.record import Attribution, Date, Document, Entity, Event, Figure, Place, Time

GAP = " … "
"""Between the parts of a split quotation."""

_PLURALS = {"person": "people", "percent": "percent", "child": "children", "woman": "women", "man": "men"}
_METHODS = {
    "metadata": "by the page's metadata",
    "url": "by the page's address",
    "dateline": "by its dateline",
    "text": "by its text",
    "given": "as given",
}


def heading(document: Document) -> str:
    """Give the headline, or the first words of a page that has none."""
    words = one_line(document.title.text if document.title else document.text[:400])
    return words if len(words) <= 160 else f"{words[:160].rsplit(' ', 1)[0]} …"


def published(date: Date) -> str:
    """Say when a page was published and how that is known, or that it is not."""
    if date.value is None:
        return "date unknown"
    how = _METHODS.get(date.method, one_line(date.method))
    return f"{spoken(one_line(date.value))} ({how})"


def speaker(statement: Statement) -> str:
    """Name who speaks; where nobody is named, say so, or give the words that stand for them."""
    if statement.speaker:
        return one_line(statement.speaker.name)
    if words := one_line(GAP.join(span.text for span in statement.attribution.source)):
        return f"“{words}”"
    return "nobody named"


def introduction(statement: Statement) -> tuple[tuple[str, str], ...]:
    """Say who speaks and how, as words with their part: "speaker", "nobody", "office" or "cue".

    "Ana Brandt (envoy) told reporters", "According to Ana Brandt", "nobody named (“it is said”) believes".
    """
    a, told = statement.attribution, cue(statement.attribution)
    if statement.speaker is None:
        reason = "not resolved" if a.source else f"“{told}”" if told else ""
        manner = told if a.source and told else a.attitude
        return (
            ("nobody", f"— {speaker(statement)}"),
            ("office", f" ({reason})" if reason else ""),
            ("cue", f" {manner}"),
        )
    name, held = speaker(statement), _office(statement.speaker)
    office = ("office", f" ({held})" if held else "")
    attitude = "" if a.attitude == "asserts" or _says(told, a.attitude) else a.attitude
    if told.lower().startswith("according to"):
        return (
            ("cue", "According to "),
            ("speaker", name),
            office,
            ("cue", f" {attitude}" if attitude else ""),
        )
    manner = ", ".join(part for part in (told, attitude) if part) or a.attitude
    return (("speaker", name[:1].upper() + name[1:]), office, ("cue", f" {manner}"))


def _office(entity: Entity) -> str:
    """Give the fullest title: "Secretary of State" says more than "counterpart"."""
    return max((one_line(role.title) for role in entity.roles), key=len, default="")


def cue(attribution: Attribution) -> str:
    """Give the words that tell of the speaking; empty for a mere dash or colon."""
    words = one_line(GAP.join(span.text for span in attribution.cue))
    return words if any(letter.isalpha() for letter in words) else ""


def chain(according_to: tuple[str, ...], statements: Mapping[str, Statement]) -> str:
    """Say on whose word an entry rests, innermost first: "John Kerry, according to Sergey Lavrov"."""
    if not according_to:
        return "the page itself"
    return ", according to ".join(speaker(statements[name]) for name in according_to)


def party(entity: Entity) -> str:
    """Say what an entity is: its type, country, sectors and roles."""
    roles = dict.fromkeys(one_line(role.title) for role in entity.roles)
    kind = "" if entity.type == "other" else entity.type
    return ", ".join(part for part in (*roles, kind, entity.country, *entity.sectors) if part)


class Counted(Protocol):
    """What a figure says, be it an entry of a record or a line of a store's list."""

    @property
    def value(self) -> float | int | None: ...  # noqa: D102
    @property
    def low(self) -> float | int | None: ...  # noqa: D102
    @property
    def high(self) -> float | int | None: ...  # noqa: D102
    @property
    def approximate(self) -> bool: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str | None: ...  # noqa: D102


def amount(figure: Counted) -> str:
    """Say a figure: "about 220,000 people, killed"."""
    if figure.value is not None:
        words = _number(figure.value)
    elif figure.low is not None and figure.high is not None:
        words = f"{_number(figure.low)} to {_number(figure.high)}"
    elif figure.low is not None:
        words = f"at least {_number(figure.low)}"
    elif figure.high is not None:
        words = f"at most {_number(figure.high)}"
    else:
        words = "an unknown number of"
    if figure.approximate:
        words = f"about {words}"
    unit = one_line(figure.unit)
    if unit:
        words += f" {unit if figure.value == 1 or unit.isupper() else _PLURALS.get(unit, _plural(unit))}"
    kind = one_line(figure.kind or "")
    return f"{words}, {kind}" if kind and kind != unit else words


def reported(figure: Figure) -> str:
    """Say a figure with the time over which it was counted: "about 220,000 people, killed, since March"."""
    return amount(figure) + (f", {one_line(figure.period.text)}" if figure.period else "")


def manner(event: Event) -> str:
    """Say what kind of event it is: "ASSAULT, aerial, denied, military"."""
    status = "" if event.status == "asserted" else event.status
    return ", ".join(one_line(part) for part in (event.type, event.mode, status, *event.contexts) if part)


def coordinates(place: Place) -> str:
    """Say where a place is: "SYR, 33.51 N, 36.29 E, GeoNames 170654"."""
    words = [one_line(place.country)] if place.country else []
    if place.lat is not None and place.lon is not None:
        words.append(f"{abs(place.lat):.2f} {'N' if place.lat >= 0 else 'S'}")
        words.append(f"{abs(place.lon):.2f} {'E' if place.lon >= 0 else 'W'}")
    if place.geonames_id is not None:
        words.append(f"GeoNames {place.geonames_id}")
    return ", ".join(words)


def moment(time: Time) -> str:
    """Say what a time expression stands for, or why that is not known."""
    if time.value is None:
        return one_line(time.reason or "not resolved")
    return spoken(one_line(time.value))


def _says(told: str, attitude: str) -> bool:
    """Whether the cue has the attitude's own verb: "denied", "warning"."""
    stem = attitude[: max(3, len(attitude) - 2)]
    return any(word.startswith(stem) for word in told.lower().split())


def _number(value: float | int) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"


def _plural(unit: str) -> str:
    return unit if unit.endswith("s") else f"{unit}s"
