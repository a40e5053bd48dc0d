"""What stands below the article on a record's HTML page: parties, figures, times, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from onrecord.export import phrases
from onrecord.export.outline import Statement, left_out, parties
from onrecord.export.sentences import Teller
from onrecord.export.visible import one_line, visible
from onrecord.record import Document, Record

_LONGEST = 300  # characters shown of a piece that was left out


def speakers_table(record: Record, statements: Sequence[Statement], page: str) -> str:
    """Give the parties that speak, with links to what they say, and the others folded away."""
    numbers: dict[str, list[int]] = {}
    for number, statement in enumerate(statements):
        if statement.speaker:
            numbers.setdefault(statement.speaker.id, []).append(number)
    rows, others = [], []
    for entity, told in parties(record):
        about = text(phrases.party(entity))
        also = text(", ".join(one_line(alias) for alias in entity.aliases))
        row = f'<tr><th>{text(entity.name)}</th><td>{about}</td><td class="words">{also}</td>'
        if told:
            links = " ".join(f'<a href="#{page}n{n}">{i}</a>' for i, n in enumerate(numbers[entity.id], 1))
            rows.append(f"{row}<td>{links}</td></tr>\n")
        else:
            others.append(f"{row}</tr>\n")
    titles = head("", "office, type, country, sector", "also called", "statements")
    section = f"<section>\n<h2>Who speaks</h2>\n{titles}{''.join(rows)}</table>\n</section>\n" if rows else ""
    if others:
        section += (
            f"<section><details>\n<summary>{len(others)} more named on this page</summary>\n"
            f"<table>\n{''.join(others)}</table>\n</details></section>\n"
        )
    return section


def figures_table(record: Record, statements: Mapping[str, Statement], teller: Teller) -> str:
    """Give the figures with who reports them, in which words, and the event that they belong to."""
    events = {event.id: event for event in record.events}
    rows = []
    for f in record.figures:
        words = f"“{one_line(f.evidence.text)}”"
        if f.event is not None:
            words += f" of this: {teller.event(events[f.event]).said}"
        rows.append((phrases.reported(f), phrases.chain(f.according_to, statements), words))
    return _table("Figures", rows, ("", "on the word of", "in these words"))


def times_table(record: Record) -> str:
    """Give the time expressions with what they stand for."""
    rows = dict.fromkeys((one_line(time.text), phrases.moment(time), "") for time in record.times)
    return _table("Times", list(rows), ("", "stands for", ""))


def head(*titles: str) -> str:
    """Open a table with a heading for each column."""
    cells = "".join(f'<th scope="col">{title}</th>' for title in titles)
    return f"<table>\n<thead><tr>{cells}</tr></thead>\n"


def _table(title: str, rows: Sequence[tuple[str, str, str]], titles: tuple[str, str, str]) -> str:
    if not rows:
        return ""
    body = "".join(
        f'<tr><th>{text(a)}</th><td>{text(b)}</td><td class="words">{text(c)}</td></tr>\n' for a, b, c in rows
    )
    return f"<section>\n<h2>{title}</h2>\n{head(*titles)}{body}</table>\n</section>\n"


def apart(document: Document) -> str:
    """Give what stands outside the article: links, media, and what was left out, with reasons."""
    parts = []
    links = [(link.url, link.text) for link in document.links]
    links += [(media.url, media.caption or media.kind) for media in document.media]
    if links:
        entries = "".join(f"<li>{link(url, words or url)}</li>\n" for url, words in links)
        parts.append(
            f"<details>\n<summary>Links and media: {len(links)}</summary>\n<ul>\n{entries}</ul>\n</details>\n"
        )
    if document.dropped:
        counts = ", ".join(f"{count} {text(reason)}" for reason, count in left_out(document))
        entries = "".join(
            f"<li><b>{text(dropped.reason)}</b> {text(one_line(dropped.text)[:_LONGEST])}</li>\n"
            for dropped in document.dropped
        )
        parts.append(f"<details>\n<summary>Left out: {counts}</summary>\n<ul>\n{entries}</ul>\n</details>\n")
    return f"<section>\n{''.join(parts)}</section>\n" if parts else ""


def link(url: str, words: str) -> str:
    """Give a link where the address is one of the web; of any other address, the words only."""
    if not url.lower().startswith(("http://", "https://")):
        return text(one_line(words))
    return f'<a href="{text(url)}" rel="noopener noreferrer nofollow">{text(one_line(words))}</a>'


def text(words: str) -> str:
    """Give words as they may stand in HTML, within an element or a quoted attribute."""
    return escape(visible(words), quote=True)
