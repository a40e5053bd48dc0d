"""One self-contained HTML page: each article with its statements marked, beside it who said them, and how.

No script and nothing from elsewhere: the file works wherever it is opened, and a policy in it forbids the
rest. What a page of the web wrote is escaped everywhere; ids and classes are numbers of ours, never the
record's words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

from onrecord.export import phrases
from onrecord.export.html_events import events_table, numbered, places_table, relations_table
from onrecord.export.html_marks import Marker
from onrecord.export.html_parts import apart, figures_table, link, speakers_table, text, times_table
from onrecord.export.outline import Statement, chains, outline
from onrecord.export.segments import paragraphs_of
from onrecord.export.sentences import Teller
from onrecord.record import Document, Record

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LEGEND = """<p class="legend">
<span class="direct q">direct speech</span>
<span class="indirect q">indirect</span>
<span class="mixed q">partly quoted</span>
<span class="source">who</span>
<span class="cue">by which words</span>
<span><time>when</time></span>
<span class="trigger">what happened</span>
<span>Point at a passage, or tab to it, to see its entry.</span>
</p>
"""


def html_page(records: Iterable[Record]) -> Iterator[str]:
    """Give the records as one page, a section each."""
    shown = tuple(records)
    outlines = tuple(outline(record) for record in shown)
    title = phrases.heading(shown[0].document) if len(shown) == 1 else f"{len(shown)} pages on record"
    style = files("onrecord.export").joinpath("page.css").read_text("utf-8")
    rules = "".join(_light(f"r{number}", len(statements)) for number, statements in enumerate(outlines))
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{text(title)}</title>\n'
        f"<style>\n{style}{rules}</style>\n</head>\n<body>\n"
    )
    if len(shown) > 1:
        entries = "".join(
            f'<li><a href="#r{number}">{text(phrases.heading(record.document))}</a></li>\n'
            for number, record in enumerate(shown)
        )
        yield f'<nav aria-label="Pages">\n<h1>{text(title)}</h1>\n<ol>\n{entries}</ol>\n</nav>\n'
    for number, (record, statements) in enumerate(zip(shown, outlines, strict=True)):
        yield from _article(record, statements, f"r{number}")
    yield "</body>\n</html>\n"


def _light(page: str, count: int) -> str:
    """Give the rules by which a passage lights its note, and a note its passages."""
    rules = []
    for n in range(count):
        passage, note = f":has(.s{n}:hover,.s{n}:focus)", f":has(#{page}n{n}:hover,#{page}n{n}:focus)"
        rules.append(
            f"#{page}:is({passage},{note}) .in{n}{{background:var(--lit)}}\n"
            f"#{page}{passage} #{page}n{n}{{background:var(--lit);z-index:4}}\n"
            f"#{page}{passage} #{page}n{n} .more{{display:block}}\n"
        )
    return "".join(rules)


def _article(record: Record, statements: Sequence[Statement], page: str) -> Iterator[str]:
    document = record.document
    title = document.title
    top = f"{_origin(document)}{_LEGEND}"
    paragraphs = paragraphs_of(record, statements)
    by_id = chains(statements)
    marker = Marker(statements, page, numbered(record), Teller(record, by_id))
    beginnings = [paragraph.start for paragraph in paragraphs]
    notes: dict[int, list[str]] = {}
    numbers = {statement.attribution.id: number for number, statement in enumerate(statements)}
    for number, statement in enumerate(statements):
        at = bisect_right(beginnings, statement.start) - 1
        notes.setdefault(max(at, 0), []).append(_note(statement, number, page, by_id, numbers))
    yield f'<article class="record" id="{page}">\n{"" if title else top}'
    yield f'<div lang="{text(document.language)}">\n' if document.language else "<div>\n"
    for number, paragraph in enumerate(paragraphs):
        headline = title is not None and paragraph.start <= title.start < paragraph.end
        words = "".join(marker.marked(segment) for segment in paragraph.segments)
        tag = "h1" if headline else "p"
        aside = f'<div class="notes" lang="en">{"".join(notes[number])}</div>' if number in notes else ""
        yield f'<div class="row"><{tag} dir="auto">{words}</{tag}>{aside}</div>\n{top if headline else ""}'
    yield "</div>\n"
    yield events_table(record, marker.teller, page, numbers)
    yield relations_table(record, marker.teller, page, numbers)
    yield from (speakers_table(record, statements, page), figures_table(record, by_id, marker.teller))
    yield from (places_table(record), times_table(record))
    yield apart(document)
    yield (
        f'<p class="reader">Read by onrecord {text(record.reader.version)} with {text(record.reader.model)}. '
        "Every mark ties an entry to the exact words of the page.</p>\n</article>\n"
    )


def _origin(document: Document) -> str:
    words = [document.outlet or "", ", ".join(document.authors), phrases.published(document.published)]
    parts = [text(part) for part in words if part]
    if document.uri:
        parts.append(link(document.uri, document.uri))
    return f'<p class="origin">{" · ".join(parts)}</p>\n'


def _note(
    statement: Statement, number: int, page: str, by_id: Mapping[str, Statement], numbers: Mapping[str, int]
) -> str:
    a = statement.attribution
    said = "".join(
        f'<span class="{part}">{text(words)}</span>'
        for part, words in phrases.introduction(statement)
        if words
    )
    entries = [("told as", text(f"{a.kind} speech")), ("attitude", text(a.attitude))]
    if cue := phrases.cue(a):
        entries.append(("cue", f"“{text(cue)}”"))
    about = phrases.party(statement.speaker) if statement.speaker else a.speaker_reason
    if about:
        entries.append(("speaker", text(about)))
    if a.within is not None:
        holder = text(phrases.speaker(by_id[a.within]))
        entries.append(("in the words of", f'<a href="#{page}n{numbers[a.within]}">{holder}</a>'))
    if a.score < 1:
        entries.append(("sure", f"{a.score:.0%}"))
    more = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in entries)
    depth = ' data-depth="1"' if statement.depth else ""
    return (
        f'<div class="note {a.kind}" id="{page}n{number}" tabindex="-1"{depth}>{said}'
        f'<div class="more"><dl>{more}</dl></div></div>'
    )
