"""Tab-separated events with the columns of the POLECAT weekly files, and ours for status and claimants.

The columns and the word "None" for what is not known are those of the files on the Harvard Dataverse
(doi:10.7910/DVN/AJGVIT); several actors are parted by "; ", several sectors of one by "|".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.export.claimants import PAGE, Cast
from onrecord.export.days import event_days
from onrecord.export.paged import Paged
from onrecord.export.plover_json import SPECIAL, place_of
from onrecord.export.spreadsheet import BOM, guard
from onrecord.export.visible import one_line
from onrecord.lexicon.load import rows
from onrecord.lexicon.plover import scores
from onrecord.record import Entity, Event, Record

POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW",
    "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw",
    "Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country", "Latitude",
    "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date",
    "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
OURS = (
    "Story ID", "Date Method", "Event Status", "Factuality", "Claimant Name", "Claimant Country",
    "Claimant Sectors", "Claimant Attitude", "Claimant Chain",
)  # fmt: skip
"""Ours: after POLECAT's, so that whoever counts columns finds theirs. A claimant "page" is its own voice."""
NONE = "None"
_APART = "; "


def polecat(pages: Iterable[Paged], *, spreadsheet: bool = False) -> Iterator[str]:
    """Give the header and a line an event; ``spreadsheet`` keeps cells from being run as formulas."""
    yield (BOM if spreadsheet else "") + "\t".join((*POLECAT, *OURS)) + "\n"
    for page in pages:
        story = _story(page.record)
        cast, raw = Cast.of(page.record), _raw(page.record)
        for event in page.record.events:
            row = {**story, **_row(page, event, cast, raw)}
            cells = (_cell(row.get(name), spreadsheet) for name in (*POLECAT, *OURS))
            yield "\t".join(cells) + "\n"


def _cell(value: object, spreadsheet: bool) -> str:
    if isinstance(value, float | int):
        return str(value)
    cell = one_line(str(value)) if value else ""  # no tab, no line break: the format has no quotes
    return (guard(cell) if spreadsheet else cell) or NONE


def _story(record: Record) -> dict[str, object]:
    document = record.document
    kinds = {
        "Story People": ("person",), "Story Organizations": ("organization", "group"),
        "Story Locations": ("place",),
    }  # fmt: skip
    named = {name: _list(e.name for e in record.entities if e.type in types) for name, types in kinds.items()}
    return {
        **named,
        "Source": document.outlet,
        "Publication Date": (document.published.value or "")[:10],
        "Language": document.language,
        "Version": f"onrecord {record.reader.version} {record.reader.model}",
    }


def _row(page: Paged, event: Event, cast: Cast, raw: dict[str, str]) -> dict[str, object]:
    when, chain = event_days(event.date, page.record.document), cast.chain(event.according_to)
    place, first = place_of(page.record, event), chain[0] if chain else None
    special = SPECIAL.get(event.status)
    return {
        "Event ID": f"{page.id}_{event.type}_{event.id}",
        "Event Date": when.first,
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Intensity": scores(event.type, event.mode).plover,
        "Quad Code": event.quad.replace("_", " ").upper(),
        "Contexts": _list((*event.contexts, *((special,) if special else ()))),
        **_party("Actor", cast.parties(event.actors), raw),
        **_party("Recipient", cast.parties(event.recipients), raw),
        "Placename": place.name if place else None,
        "Country": _country_name(place.country) if place else None,
        "Latitude": place.lat if place else None,
        "Longitude": place.lon if place else None,
        "GeoNames ID": str(place.geonames_id) if place and place.geonames_id is not None else None,
        "Raw Placename": next((m.text for m in page.record.mentions if m.id == event.place), None),
        "Story ID": page.id,
        "Date Method": when.by,
        "Event Status": event.status,
        "Factuality": event.factuality,
        "Claimant Name": first.name if first else PAGE,
        "Claimant Country": first.entity.country if first and first.entity else None,
        "Claimant Sectors": "|".join(first.entity.sectors) if first and first.entity else None,
        "Claimant Attitude": first.statement.attitude if first else None,
        "Claimant Chain": _list(who.name for who in chain),
    }


def _party(side: str, entities: tuple[Entity, ...], raw: dict[str, str]) -> dict[str, object]:
    """Give the columns of one side; every list is as long as the names, "None" where nothing is known."""
    return {
        f"{side} Name": _list(e.name for e in entities),
        f"{side} Country": _list(e.country or NONE for e in entities),
        f"Primary {side} Sector": _list(e.sectors[0] if e.sectors else NONE for e in entities),
        f"{side} Sectors": _list("|".join(e.sectors) or NONE for e in entities),
        f"{side} Title": _list(e.roles[0].title if e.roles else NONE for e in entities),
        f"{side} Name Raw": _list(raw.get(e.id) or NONE for e in entities),
    }


def _raw(record: Record) -> dict[str, str]:
    words: dict[str, str] = {}
    for mention in record.mentions:
        words.setdefault(mention.entity, mention.text)
    return words


def _list(names: Iterable[str]) -> str:
    # A name's own semicolon would make two names of it.
    return _APART.join(name.replace(";", ",") for name in names)


@cache
def _names() -> dict[str, str]:
    return {code: name for code, name, *_ in rows("countries")}


def _country_name(code: str | None) -> str | None:
    return _names().get(code, code) if code else None
