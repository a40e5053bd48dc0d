"""What a record's HTML page shows of events, relations and places, each tied to its words above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.export.html_parts import head, text
from onrecord.export.outline import happenings
from onrecord.export.phrases import coordinates, manner
from onrecord.export.sentences import Sentence, Teller
from onrecord.export.visible import one_line
from onrecord.record import Record


def events_table(record: Record, teller: Teller, page: str, notes: Mapping[str, int]) -> str:
    """Give the events as sentences with their claimants, the tellings of one happening together.

    ``notes`` are the numbers of the statements' notes on this page, by the attribution's id.
    """
    numbers = numbered(record)
    rows = []
    for group in happenings(record):
        for place, event in enumerate(group):
            told = teller.event(event)
            number = numbers[event.id]
            kind = ' class="again"' if place else ""
            trigger = f'<a href="#{page}w{number}">“{text(one_line(event.trigger.text))}”</a>'
            rows.append(
                f'<tr id="{page}v{number}"{kind}><th>{text(told.said)}</th>'
                f"<td>{_voices(told, event.according_to, page, notes)}</td>"
                f'<td class="words">{text(manner(event))}</td><td class="words">{trigger}</td></tr>\n'
            )
    return _section("What happened", rows, ("", "on the word of", "as", "in these words"))


def relations_table(record: Record, teller: Teller, page: str, notes: Mapping[str, int]) -> str:
    """Give the relations as sentences with their claimants, and the events that they were drawn from."""
    numbers = numbered(record)
    rows = []
    for relation in record.relations:
        told = teller.relation(relation)
        events = " ".join(
            f'<a href="#{page}v{numbers[name]}">{i}</a>' for i, name in enumerate(relation.events, 1)
        )
        rows.append(
            f"<tr><th>{text(told.said)}</th><td>{_voices(told, relation.according_to, page, notes)}</td>"
            f'<td class="words">{events}</td>'
            f'<td class="words">“{text(one_line(relation.evidence.text))}”</td></tr>\n'
        )
    return _section("How they stand", rows, ("", "on the word of", "events", "in these words"))


def places_table(record: Record) -> str:
    """Give the places with where they are."""
    mentions = {mention.id: mention for mention in record.mentions}
    rows = dict.fromkeys(
        f"<tr><th>{text(one_line(mentions[place.mention].text))}</th><td>{text(one_line(place.name))}</td>"
        f'<td class="words">{text(coordinates(place))}</td></tr>\n'
        for place in record.places
    )
    return _section("Places", list(rows), ("", "is", "where"))


def numbered(record: Record) -> dict[str, int]:
    """Give the events' numbers on the page: ids of ours, never the record's words."""
    return {event.id: number for number, event in enumerate(record.events)}


def _voices(told: Sentence, according_to: Sequence[str], page: str, notes: Mapping[str, int]) -> str:
    """Give the claimants, each with a link to the note of the statement; the page's own voice has none."""
    links = [f"#{page}n{notes[name]}" for name in according_to]
    voices = [
        f'<a href="{links[place]}">{text(voice)}</a>' if place < len(links) else text(voice)
        for place, voice in enumerate(told.voices)
    ]
    return ", ".join(voices)


def _section(title: str, rows: Sequence[str], titles: Sequence[str]) -> str:
    if not rows:
        return ""
    return f"<section>\n<h2>{title}</h2>\n{head(*titles)}{''.join(rows)}</table>\n</section>\n"
