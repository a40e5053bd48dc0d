"""The rows drawn from a record: what lists and searches look through, so that no record need be unpacked."""

from __future__ import annotations

import hashlib
import json
import unicodedata
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from onrecord.codec import check, encode
from onrecord.errors import RecordError
from onrecord.record import Attribution, Date, Entity, Event, Figure, Place, Record, Relation
from onrecord.store.bare import without_words
from onrecord.store.stored import Stored, place, plain

Row = tuple[object, ...]

COLUMNS: dict[str, tuple[str, ...]] = {
    "entities": (
        "n", "page_n", "id", "name", "folded", "type", "country", "sectors", "roles", "aliases", "mentions",
    ),
    "names": ("entity_n", "folded"),
    "statements": (
        "n", "page_n", "speaker_n", "id", "kind", "attitude", "speaker", "speaker_reason", "start", "end",
        "content", "within", "score", "day",
    ),
    "events": (
        "n", "page_n", "id", "happening", "type", "mode", "contexts", "quad", "status", "start", "end",
        "trigger_start", "trigger_end", "date", "precision", "day", "place", "country", "geonames_id", "lat",
        "lon", "chain", "factuality", "score",
    ),
    "parties": ("n", "event_n", "entity_n", "role"),
    "relations": (
        "n", "page_n", "subject_n", "object_n", "id", "type", "polarity", "start", "end", "date", "day",
        "chain", "score",
    ),
    "figures": (
        "n", "page_n", "id", "kind", "unit", "value", "low", "high", "approximate", "event", "start", "end",
        "chain", "day",
    ),
    "tellers": ("n", "page_n", "entity_n", "entry", "remove", "statement"),
}  # fmt: skip
"""The columns of each table in the order in which rows are written: row numbers first."""

PAGE_COLUMNS = (
    "id", "locator", "text_id", "uri", "outlet", "title", "kind", "captured", "published", "precision",
    "method", "day", "raw_sha256", "raw_size", "reader", "model", "record",
)  # fmt: skip
"""The columns of a page, its row number left out."""

_LONGEST = 200  # code points of what is indexed: PostgreSQL takes no key beyond 2,704 bytes


class Reading(NamedTuple):
    """What tells two readings of one page apart."""

    captured: str | None
    raw_sha256: str
    reader: str
    model: str
    record: bytes

    def supersedes(self, other: Reading) -> bool:
        """Whether this takes the other's place: another model's or reader's does.

        Of two by the same, the earlier capture stays, so that the order in which they came shows nowhere.
        """
        if (self.model, self.reader) != (other.model, other.reader):
            return True
        return self._rank() < other._rank()

    def _rank(self) -> tuple[bool, str, str, bytes]:
        return self.captured is None, self.captured or "", self.raw_sha256, self.record


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page made ready for the database, row numbers left open.

    ``rows`` holds, by table, the values of ``COLUMNS`` without ``n`` and ``page_n``; the references at a
    row's head count from 0 within the page: places in its own lists of entities and events.
    """

    page: Row
    text: tuple[str, str | None, int, str | None]
    raw: tuple[str, int, bytes] | None
    source: str
    rows: dict[str, list[Row]]

    @property
    def page_id(self) -> str:
        """Give the page's id."""
        return str(self.page[0])

    @property
    def reading(self) -> Reading:
        """Give what tells this reading of the page from another."""
        return Reading(*(self.page[place] for place in map(PAGE_COLUMNS.index, Reading._fields)))  # type: ignore[arg-type]

    @property
    def locator(self) -> str:
        """Give the page's place."""
        return str(self.page[1])


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Give a name as it is looked up: case and accents away, one blank between words."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    folded = " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())
    return folded[:_LONGEST]


def draw(stored: Stored, *, words: bool = True) -> Drawn:
    """Make a page ready for the database; its record is checked, every span.

    With ``words=False`` nothing of the page's text is kept but names. Raises RecordError where the record
    disagrees with itself.
    """
    record = stored.record
    check(record)
    document = record.document
    published = document.published
    day = day_of(published)
    packed = encode(record if words else without_words(record)).encode()
    title = document.title.text if document.title and words else None
    page: Row = (
        stored.page_id, place(stored.locator), document.id, document.uri, _clip(document.outlet, _LONGEST),
        title, document.source.kind, _clip(stored.captured, 32), _clip(published.value, 32),
        published.precision, published.method, day, document.source.sha256, document.source.bytes,
        record.reader.version, record.reader.model_sha256, zlib.compress(packed, 1),
    )  # fmt: skip
    text = (document.id, document.text if words else None, len(document.text), _clip(document.language, 8))
    raw = _raw(stored) if words else None
    rows = rows_of(record, words=words)
    if b"\\u0000" in packed:  # NUL, which no database takes
        page, text = _plain(page), _plain(text)  # type: ignore[assignment]
        rows = {table: [_plain(row) for row in lines] for table, lines in rows.items()}
    return Drawn(page, text, raw, stored.source, rows)


def _raw(stored: Stored) -> tuple[str, int, bytes] | None:
    if stored.raw is None:
        return None
    sha256 = hashlib.sha256(stored.raw).hexdigest()
    if sha256 != stored.record.document.source.sha256:
        raise RecordError(f"{stored.locator}: the raw bytes are not those that the record was read from")
    return sha256, len(stored.raw), zlib.compress(stored.raw, 1)


def rows_of(record: Record, *, words: bool = True) -> dict[str, list[Row]]:
    """Draw the rows of a record, by table."""
    places = {entity.id: n for n, entity in enumerate(record.entities)}
    day = day_of(record.document.published)
    counts: dict[str, int] = dict.fromkeys(places, 0)
    for mention in record.mentions:
        counts[mention.entity] += 1
    names = [
        (n, name)
        for n, entity in enumerate(record.entities)
        for name in sorted({*map(fold, (entity.name, *entity.aliases))})
    ]
    return {
        "entities": [_entity(entity, counts[entity.id]) for entity in record.entities],
        "names": [*names],
        "statements": [_statement(a, record, places, day, words=words) for a in record.attributions],
        "events": _events(record),
        "parties": [
            (n, places[key], role)
            for n, event in enumerate(record.events)
            for role, keys in (("actor", event.actors), ("recipient", event.recipients))
            for key in dict.fromkeys(keys)
        ],
        "relations": [_relation(relation, places, day) for relation in record.relations],
        "figures": [_figure(figure, day) for figure in record.figures],
        "tellers": _tellers(record, places),
    }


def _plain(row: Row) -> Row:
    return tuple(plain(value) if isinstance(value, str) else value for value in row)


def day_of(date: Date) -> str | None:
    """Give the day of a date that is known to the day; None is never a guess."""
    if date.value is None or date.precision not in {"day", "hour", "minute", "second"}:
        return None
    return date.value[:10]


def _clip(value: str | None, length: int) -> str | None:
    return None if value is None else value[:length]


def _entity(entity: Entity, mentions: int) -> Row:
    return (
        entity.id, entity.name, fold(entity.name), entity.type, entity.country, " ".join(entity.sectors),
        _list([role.title for role in entity.roles]), _list(entity.aliases), mentions,
    )  # fmt: skip


def _list(values: list[str] | tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False) if values else "[]"


def _statement(
    a: Attribution, record: Record, places: dict[str, int], day: str | None, *, words: bool
) -> Row:
    spans = (*a.source, *a.cue, *a.content)
    place = None if a.speaker is None else places[a.speaker]
    return (
        place, a.id, a.kind, a.attitude, None if place is None else record.entities[place].name,
        a.speaker_reason, min((s.start for s in spans), default=0), max((s.end for s in spans), default=0),
        " … ".join(span.text for span in a.content) if words else "", a.within, a.score, day,
    )  # fmt: skip


def _events(record: Record) -> list[Row]:
    points = {place.mention: place for place in record.places}
    mentions = {mention.id: mention.entity for mention in record.mentions}
    entities = {entity.id: entity for entity in record.entities}
    return [_event(event, _where(event, points, mentions, entities)) for event in record.events]


def _where(
    event: Event, points: dict[str, Place], mentions: dict[str, str], entities: dict[str, Entity]
) -> Row:
    """Give the place of an event: name, country and point, as far as they are known."""
    if event.place is None:
        return (None, None, None, None, None)
    if event.place in points:
        point = points[event.place]
        return (point.name, point.country, point.geonames_id, point.lat, point.lon)
    entity = entities[mentions[event.place]]
    return (entity.name, entity.country, None, None, None)


def _event(event: Event, place: Row) -> Row:
    return (
        event.id, event.happening or event.id, event.type, event.mode, " ".join(event.contexts), event.quad,
        event.status, event.evidence.start, event.evidence.end, event.trigger.start, event.trigger.end,
        _clip(event.date.value, 32), event.date.precision, day_of(event.date), *place,
        len(event.according_to), event.factuality, event.score,
    )  # fmt: skip


def _relation(relation: Relation, places: dict[str, int], day: str | None) -> Row:
    return (
        places[relation.subject], places[relation.object], relation.id, relation.type, relation.polarity,
        relation.evidence.start, relation.evidence.end, _clip(relation.date.value, 32),
        day_of(relation.date) or day, len(relation.according_to), relation.score,
    )  # fmt: skip


def _figure(figure: Figure, day: str | None) -> Row:
    return (
        figure.id, figure.kind, figure.unit, _number(figure.value), _number(figure.low), _number(figure.high),
        figure.approximate, figure.event, figure.evidence.start, figure.evidence.end,
        len(figure.according_to), day,
    )  # fmt: skip


def _number(value: float | int | None) -> float | None:
    try:
        return None if value is None else float(value)
    except OverflowError:
        return float("inf") if value and value > 0 else float("-inf")


def _tellers(record: Record, places: dict[str, int]) -> list[Row]:
    speakers = {a.id: None if a.speaker is None else places[a.speaker] for a in record.attributions}
    entries: tuple[Event | Relation | Figure, ...] = (*record.events, *record.relations, *record.figures)
    return [
        (speakers[statement], entry.id, remove, statement)
        for entry in entries
        for remove, statement in enumerate(entry.according_to)
    ]
