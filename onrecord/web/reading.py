"""The reading view of a record: paragraphs of words, each with what is marked on it, and notes in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.export import phrases
from onrecord.export.outline import Statement, chains, outline, parties
from onrecord.export.segments import Segment, paragraphs_of
from onrecord.export.sentences import Sentence, Teller
from onrecord.export.visible import visible
from onrecord.record import Event, Figure, Record


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one paragraph that are marked alike.

    ``kinds`` are classes of the style sheet; ``entry`` is the innermost entry that they belong to, ``within``
    all statements that hold them, innermost last; ``number`` is the note's number where a statement ends.
    """

    text: str
    kinds: tuple[str, ...]
    entry: str | None
    within: tuple[str, ...]
    time: str | None
    numbers: tuple[tuple[int, str], ...]
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph; ``headline`` where it is the page's title."""

    words: tuple[Words, ...]
    headline: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A statement in the margin: its number in the text, who speaks and how, how deep it is nested."""

    number: int
    entry: str
    kind: str
    depth: int
    said: tuple[tuple[str, str], ...]
    speaker: str | None  # the entity, for a link to its page
    content: str


@dataclass(frozen=True, slots=True)
class Deed:
    """An event or relation as a sentence with its claimants."""

    entry: str
    told: Sentence
    manner: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure, how it is said, and on whose word."""

    entry: str
    said: str
    chain: str
    words: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """A party of the page with how many statements it makes."""

    entity: str
    name: str
    about: str
    statements: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the reading view shows of one record."""

    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    events: tuple[Deed, ...]
    relations: tuple[Deed, ...]
    figures: tuple[Sum, ...]
    speakers: tuple[Speaker, ...]


def reading_of(record: Record) -> Reading:
    """Arrange a record for reading."""
    statements = outline(record)
    by_id = chains(statements)
    teller = Teller(record, by_id)
    return Reading(
        tuple(_parts(record, statements)),
        tuple(_note(number, statement) for number, statement in enumerate(statements, 1)),
        tuple(Deed(e.id, teller.event(e), phrases.manner(e)) for e in record.events),
        tuple(Deed(r.id, teller.relation(r), r.type) for r in record.relations),
        tuple(
            Sum(f.id, phrases.reported(f), phrases.chain(f.according_to, by_id), f.evidence.text)
            for f in record.figures
        ),
        tuple(
            Speaker(entity.id, visible(entity.name), phrases.party(entity), told)
            for entity, told in parties(record)
        ),
    )


def _parts(record: Record, statements: Sequence[Statement]) -> Iterator[Part]:
    title = record.document.title
    ends = _ends(statements)
    figures = sorted(record.figures, key=lambda f: f.evidence.end - f.evidence.start)
    for paragraph in paragraphs_of(record, statements):
        words = []
        at = paragraph.start
        for segment in paragraph.segments:
            end = at + len(segment.text)
            numbers = tuple((n, statements[n - 1].attribution.id) for n in ends.get(end, ()))
            words.append(_words(segment, at, end, statements, figures, numbers))
            at = end
        yield Part(tuple(words), title is not None and paragraph.start <= title.start < paragraph.end)


def _ends(statements: Sequence[Statement]) -> dict[int, list[int]]:
    """Give the numbers of the statements whose last words end at each offset."""
    ends: dict[int, list[int]] = {}
    for number, statement in enumerate(statements, 1):
        a = statement.attribution
        last = max((span.end for span in a.content or a.cue), default=None)
        if last is not None:
            ends.setdefault(last, []).append(number)
    return ends


def _words(
    segment: Segment,
    start: int,
    end: int,
    statements: Sequence[Statement],
    figures: Sequence[Figure],
    numbers: tuple[tuple[int, str], ...],
) -> Words:
    kinds: list[str] = []
    within = [statements[cover.number].attribution.id for cover in segment.covers if cover.part == "content"]
    entry = statements[segment.covers[-1].number].attribution.id if segment.covers else None
    contents = [cover for cover in segment.covers if cover.part == "content"]
    if contents:
        kinds += ["said", statements[contents[-1].number].attribution.kind]
        kinds += ["deep"] if len(contents) > 1 else []
    kinds += [part for part in ("source", "cue") if any(cover.part == part for cover in segment.covers)]
    title = ""
    if segment.figure:
        held = next((f for f in figures if f.evidence.start <= start and end <= f.evidence.end), None)
        if held is not None:
            kinds.append("figure")
            entry, title = held.id, phrases.reported(held)
    if segment.events:
        entry, title = segment.events[0].id, _said(segment.events)
        kinds.append("did")
    time = phrases.moment(segment.time) if segment.time else None
    return Words(visible(segment.text), tuple(kinds), entry, tuple(within), time, numbers, title)


def _said(events: Sequence[Event]) -> str:
    return "; ".join(phrases.manner(event) for event in events)


def _note(number: int, statement: Statement) -> Note:
    a = statement.attribution
    content = phrases.GAP.join(visible(span.text) for span in a.content)
    return Note(number, a.id, a.kind, statement.depth, phrases.introduction(statement), a.speaker, content)
