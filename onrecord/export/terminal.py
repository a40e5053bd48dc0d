"""A record to read on a terminal, or aloud: a statement a paragraph, its speaker first.

Kinds have colours, but nothing depends on them: direct speech keeps its quotation marks, the rest has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from onrecord.export import phrases
from onrecord.export.outline import Statement, chains, happenings, left_out, outline, parties
from onrecord.export.sentences import Sentence, Teller
from onrecord.export.visible import one_line, paragraphs
from onrecord.record import Entity, Event, Figure, Place, Record, Time
from onrecord.span import Span

NARROWEST, WIDEST = 40, 100
_COLOURS = {"direct": "green", "indirect": "cyan", "mixed": "magenta"}
_PARTS = {"speaker": "bold", "nobody": "yellow", "office": "", "cue": "italic"}
_LISTED = 12  # parties, times and figures shown; the others are counted
_ALIASES = 6


def terminal(
    records: Iterable[Record],
    *,
    width: int = 80,
    colour: bool = False,
    explain: Callable[[Record, int], str] | None = None,
) -> Iterator[str]:
    """Give each record as text for a screen of this width, with colours where asked.

    ``explain`` is given a record and a width; what it makes of them stands after the record.
    """
    width = max(NARROWEST, min(width, WIDEST))
    for number, record in enumerate(records):
        page = StringIO()
        console = Console(
            file=page, width=width, force_terminal=colour, color_system="standard" if colour else None,
            no_color=not colour, highlight=False, markup=False, emoji=False, legacy_windows=False,
        )  # fmt: skip
        if number:
            console.print(Rule(style="dim"))
            console.print()
        _print(console, record)
        # Wrapping pads no line that carries text; a trailing blank would still spoil comparisons of output.
        yield "".join(line.rstrip() + "\n" for line in page.getvalue().splitlines())
        if explain is not None and (reasons := explain(record, width)):
            yield f"{reasons}\n"


def _print(console: Console, record: Record) -> None:
    document = record.document
    console.print(Text(phrases.heading(document), style="bold"))
    origin = [document.outlet or "", ", ".join(document.authors), phrases.published(document.published)]
    if document.language and document.language != "en":
        origin.append(f"in {document.language}")
    console.print(Text(" · ".join(one_line(words) for words in origin if words), style="dim"))
    if document.uri:
        console.print(Text(one_line(document.uri), style="dim", overflow="fold"))
    statements = outline(record)
    if not statements:
        console.print()
        console.print(Text("Nobody is quoted on this page.", style="dim"))
    for statement in statements:
        indent = 2 * min(statement.depth, 8)
        console.print()
        console.print(Padding(_statement(statement, record.times), (0, 0, 0, indent)))
    by_id = chains(statements)
    teller = Teller(record, by_id)
    _section(
        console,
        "Events",
        [_event(e, teller, again=bool(n)) for es in happenings(record) for n, e in enumerate(es)],
    )
    _section(console, "Relations", [_sentence(teller.relation(relation)) for relation in record.relations])
    _section(console, "Parties", [_party(entity, told) for entity, told in parties(record)])
    events = {event.id: event for event in record.events}
    _section(
        console,
        "Figures",
        [_figure(f, by_id, teller.event(events[f.event]) if f.event else None) for f in record.figures],
    )
    words = {mention.id: one_line(mention.text) for mention in record.mentions}
    _section(console, "Places", _places(record.places, words))
    _section(console, "Times", _times(record.times))
    if dropped := left_out(document):
        _section(console, "Left out", [Text(", ".join(f"{count} {one_line(why)}" for why, count in dropped))])
    console.print()


def _statement(statement: Statement, times: tuple[Time, ...]) -> Text:
    a = statement.attribution
    words = Text()
    if statement.depth:
        words.append("↳ ", style="dim")
    for part, said in phrases.introduction(statement):
        words.append(said, style=_PARTS[part])
    words.append(": ")
    for number, span in enumerate(a.content):
        if number:
            words.append(phrases.GAP, style="dim")
        _content(words, span, times, _COLOURS[a.kind])
    return words


def _content(words: Text, span: Span, times: tuple[Time, ...], colour: str) -> None:
    """Append a span's words, each time expression followed by what it stands for."""
    at = span.start
    for time in times:
        if not (at <= time.start and time.end <= span.end and time.type in ("DATE", "TIME")):
            continue
        if time.value is None or time.value.endswith("_REF"):
            continue
        before = span.text[at - span.start : time.end - span.start]
        words.append(_flowing(before), style=colour)
        if one_line(time.text) != phrases.moment(time):
            words.append(f" [{phrases.moment(time)}]", style="dim")
        at = time.end
    words.append(_flowing(span.text[at - span.start :]), style=colour)


def _flowing(text: str) -> str:
    """Give words as one line, a pilcrow between paragraphs, with the blanks at their ends kept."""
    parts = paragraphs(text)
    if not parts:
        return " " if text else ""
    return (" " if text[:1].isspace() else "") + " ¶ ".join(parts) + (" " if text[-1:].isspace() else "")


def _section(console: Console, title: str, lines: list[Text]) -> None:
    if not lines:
        return
    console.print()
    console.print(Text(title, style="bold underline"))
    for line in lines[:_LISTED]:
        # The first line hangs out by two, so that the next one is found at a glance.
        for row, wrapped in enumerate(line.wrap(console, console.width - 4)):
            console.print(Padding(wrapped, (0, 0, 0, 2 if row else 0)))
    if len(lines) > _LISTED:
        console.print(Text(f"and {len(lines) - _LISTED} more (all are in --format json)", style="dim"))


def _party(entity: Entity, told: int) -> Text:
    line = Text(one_line(entity.name), style="bold")
    for words in (phrases.party(entity), f"{told} statement{'s' if told > 1 else ''}" if told else ""):
        if words:
            line.append(f" · {words}", style="not bold")
    if entity.aliases:
        also = ", ".join(one_line(alias) for alias in entity.aliases[:_ALIASES])
        line.append(f" · also {also}", style="not bold dim")
    return line


def _event(event: Event, teller: Teller, *, again: bool) -> Text:
    """Say an event; a further telling of the same happening stands under the first."""
    line = Text("↳ ", style="dim") if again else Text()
    line.append_text(_sentence(teller.event(event)))
    return line.append(f" · {phrases.manner(event)} · “{one_line(event.trigger.text)}”", style="not bold dim")


def _sentence(sentence: Sentence) -> Text:
    return Text().append(sentence.said, style="bold").append(f" ({', '.join(sentence.voices)})")


def _figure(figure: Figure, statements: Mapping[str, Statement], event: Sentence | None) -> Text:
    line = Text(phrases.reported(figure), style="bold")
    line.append(f" · {phrases.chain(figure.according_to, statements)}", style="not bold")
    line.append(f" · “{one_line(figure.evidence.text)}”", style="not bold dim")
    return line.append(f" · of this: {event.said}", style="not bold") if event else line


def _places(places: tuple[Place, ...], words: Mapping[str, str]) -> list[Text]:
    unique = dict.fromkeys((words[p.mention], one_line(p.name), phrases.coordinates(p)) for p in places)
    return [
        Text(" · ".join(part for part in (said, name if name != said else "", where) if part))
        for said, name, where in unique
    ]


def _times(times: tuple[Time, ...]) -> list[Text]:
    """List the times that can be told; "now", "formerly" and "for years" say no more than their words."""
    known = (
        time for time in times if time.value and not time.value.endswith("_REF") and "X" not in time.value
    )
    unique = dict.fromkeys((one_line(time.text), phrases.moment(time)) for time in known)
    return [Text(words, style="bold").append(f" · {value}", style="not bold") for words, value in unique]
