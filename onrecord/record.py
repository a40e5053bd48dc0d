"""The vocabulary: the frozen types that cross from one stage to the next, and nothing else.

Field names and their order are the JSON of schema ``onrecord/1``. A date, speaker or place that is not
known is null, and the field beside it says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from onrecord.span import Span

SCHEMA: Literal["onrecord/1"] = "onrecord/1"

SourceKind = Literal["text", "html", "warc", "feed", "table"]
MentionKind = Literal["name", "nominal", "pronoun"]
EntityType = Literal["person", "organization", "place", "nationality", "document", "group", "other"]
AttributionKind = Literal["direct", "indirect", "mixed"]
Attitude = Literal[
    "asserts", "denies", "doubts", "believes", "wants", "asks", "orders", "promises", "warns", "accuses",
    "supports", "opposes", "praises", "criticizes", "fears", "expects", "admits", "agrees", "rejects",
]  # fmt: skip
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Status = Literal["asserted", "denied", "negated", "future", "hypothetical", "requested", "habitual"]
Polarity = Literal["positive", "negative"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
QuadClass = Literal["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
RelationType = Literal[
    "supports", "opposes", "fights", "allied_with", "arms", "funds", "commands", "member_of",
    "communicated_with", "located_in",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Date:
    """A point in time as far as it is known.

    ``value`` is ISO 8601, shortened to its ``precision`` (year, quarter, month, week, day, hour, minute,
    second); null where the page does not say, and then ``method`` says why. ``method`` tells how it is
    known: "metadata", "url", "dateline", "text", "given", or the reason for a null.
    """

    value: str | None
    precision: str | None
    method: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words of the page that are not in ``document.text``, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the article: where to, and its words."""

    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, video or sound of the article, by address."""

    kind: Literal["image", "video", "audio"]
    url: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes that a document came from."""

    kind: SourceKind
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Document:
    """What a person would read of a page: headline first, furniture left out, words exactly the page's.

    ``id`` is the SHA-256 of ``text`` in UTF-8. Paragraphs are parted by a blank line.
    """

    id: str
    uri: str | None
    outlet: str | None
    text: str
    title: Span | None
    authors: tuple[str, ...]
    language: str | None
    published: Date
    dropped: tuple[Dropped, ...]
    links: tuple[Link, ...]
    media: tuple[Media, ...]
    source: Source

    def to_json(self) -> str:
        """Give the object under ``document`` in the record's JSON."""
        from onrecord.codec import encode

        return encode(self)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an entity; ``type`` only where it is not the entity's ("Syrian" of Syria)."""

    id: str
    start: int
    end: int
    text: str
    kind: MentionKind
    entity: str
    type: EntityType | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A title or office that the page gives an entity, with the words that say so."""

    title: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A party of the page: every mention of it shares this id."""

    id: str
    name: str
    type: EntityType
    country: str | None = None  # ISO 3166-1 alpha-3
    sectors: tuple[str, ...] = ()  # PLOVER: GOV MIL REB ...
    roles: tuple[Role, ...] = ()
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement: whose (source), by which words told (cue), what (content); spans may be split.

    ``speaker`` is null where the page names nobody or the name cannot be told, and ``speaker_reason`` says
    which: "none named" (no source at all: "it is estimated"), "not resolved" (a source that meets no
    entity) or "several named" (a source of more than one: "Russia and Iran"). ``within`` is the attribution
    whose words hold this one.
    """

    id: str
    kind: AttributionKind
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None
    speaker_reason: str | None
    attitude: Attitude
    addressees: tuple[str, ...] = ()
    within: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, and who says so: ``according_to``, innermost first; empty is the page's voice.

    ``type`` is one of PLOVER's sixteen; ``mode`` and ``contexts`` are words of its lists. ``place`` is the
    mention of a place, null where the page does not say. ``factuality`` runs from -3 to 3. The entries of
    one happening share its key ``happening`` ("h1"), be they told by several claimants; ``mentions`` are
    all the triggers that tell it, in text order, the entry's own among them.
    """

    id: str
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    trigger: Span
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    date: Date
    place: str | None
    status: Status
    according_to: tuple[str, ...]
    evidence: Span
    quad: QuadClass
    factuality: float
    score: float
    happening: str = ""
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """How two entities stand to each other, according to whom; "negative" where the page says it is not so.

    ``events`` and ``attributions`` are the entries that it was drawn from; the chain is ``according_to``.
    """

    id: str
    subject: str
    object: str
    type: RelationType
    evidence: Span
    according_to: tuple[str, ...]
    polarity: Polarity = "positive"
    date: Date = Date(None, None, "none stated")
    events: tuple[str, ...] = ()
    attributions: tuple[str, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the page reports: ``value``, or ``low`` to ``high`` where it gives a range or a bound.

    ``event`` is the event that it counts the victims, means or sums of; ``period`` the words of the time
    over which it was counted ("since March").
    """

    id: str
    value: float | int | None
    low: float | int | None
    high: float | int | None
    approximate: bool
    unit: str
    kind: str | None
    evidence: Span
    according_to: tuple[str, ...] = ()
    event: str | None = None
    period: Span | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression with its TIMEX3 type and value; where the value is null, ``reason`` says why."""

    start: int
    end: int
    text: str
    type: TimeType
    value: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a place mention is, by GeoNames."""

    mention: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonames_id: int | None


@dataclass(frozen=True, slots=True)
class ReaderCard:
    """Which reader made a record."""

    version: str
    model: str
    model_sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """All that one page puts on record. Built by ``Reader.read``; checked by :func:`onrecord.codec.check`."""

    document: Document
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    attributions: tuple[Attribution, ...]
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    reader: ReaderCard
    schema: Literal["onrecord/1"] = field(default=SCHEMA)

    def to_json(self) -> str:
        """Give the record as JSON, the same bytes for the same record."""
        from onrecord.codec import encode

        return encode(self)
