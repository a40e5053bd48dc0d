"""What ``onrecord search`` and ``onrecord who`` do: find in a store, and show it with the words marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, cast

from rich.text import Text

from onrecord.shown import FOUND, NOTHING, as_json, as_text, joined, marked, tell_more, write

if TYPE_CHECKING:
    from onrecord.store.lines import EventLine, StatementLine
    from onrecord.store.search import Hit, Hits
    from onrecord.store.who import Counted, Known


def search_command(
    words: tuple[str, ...],
    *,
    store: str,
    what: str = "statements",
    order: str = "rank",
    limit: int = 20,
    after: str | None = None,
    form: str = "terminal",
    asked: Mapping[str, str | None] | None = None,
) -> int:
    """Find statements or articles and show them; give the exit code: 1 where nothing was found.

    ``asked`` are the other conditions of a Filter, by name. Raises StoreError where the store cannot be
    opened or searched.
    """
    from onrecord.store.filter import Filter
    from onrecord.store.search import search
    from onrecord.store.store import Store

    wanted = Filter(words=" ".join(words) or None, **(asked or {}))
    with Store.open(store, create=False) as opened:
        hits = search(
            opened.view(),
            wanted,
            what=cast("Literal['statements', 'articles']", what),
            order=cast("Literal['rank', 'day']", order),
            limit=limit,
            after=after,
        )
    if form == "terminal":
        text = as_text([*map(_hit, hits.lines), [_summary(hits, what)]])
    else:
        text = as_json(
            hits.lines, form, {"total": hits.total, "next": hits.next, "ranked_all": hits.ranked_all}
        )
    code = write(text, FOUND if hits.lines else NOTHING)
    if form != "json":
        tell_more(hits.next)
    return code


def who_command(name: str, *, store: str, limit: int = 5, form: str = "terminal") -> int:
    """Show who bears a name, over all pages; give the exit code: 1 where nobody does."""
    from onrecord.store.store import Store
    from onrecord.store.who import who

    with Store.open(store, create=False) as opened:
        found = who(opened.view(), name, limit=limit)
    if form != "terminal":
        text = as_json(found, form, {"name": name})
    elif found:
        text = as_text(paragraph for known in found for paragraph in _known(known))
    else:
        text = as_text([[joined([f"Nobody here is called {name}."], "dim")]])
    return write(text, FOUND if found else NOTHING)


def _hit(hit: Hit) -> Sequence[Text]:
    """Give a hit's paragraph: who and how, the words, then where and when."""
    if hit.entry is None:
        first = joined([hit.title or hit.uri or "an article without a title"], "bold")
    else:
        first = joined([hit.speaker or "nobody named"], "bold" if hit.speaker else "yellow")
        first.append(f"  {hit.attitude}", style="italic")
    place = joined([hit.day or "undated", hit.outlet, hit.title if hit.entry else None], "dim")
    key = joined([hit.page_id + (f" {hit.entry}" if hit.entry else "")], "dim")
    words = marked(hit.words, hit.marks)
    if not hit.words:
        words = Text(f"characters {hit.start} to {hit.end} (this store keeps no words)", style="dim")
    return [first, words, place, key]


def _summary(hits: Hits, what: str) -> Text:
    from onrecord.store.paging import FEW

    if not hits.lines:
        return Text("Nothing was found.", style="dim")
    if hits.total is not None:
        shown = len(hits.lines)
        return Text(
            f"{shown} of {hits.total} {what}" if shown < hits.total else f"{shown} {what}", style="dim"
        )
    if not hits.ranked_all:
        return Text(f"The best of the {FEW:,} matches stored last; ask for more, or by day.", style="dim")
    return Text(f"{len(hits.lines)} {what}", style="dim")


def _known(known: Known) -> Iterator[Sequence[Text]]:
    head = joined([known.name, known.type, known.country], "bold")
    lines = [head]
    for title, counts in (("also", known.aliases), ("as", known.roles)):
        if counts:
            lines.append(joined([f"{title}: {_counted(counts)}"]))
    pages = _number(known.pages, "page") + ("" if known.complete else " or more")
    since = known.first if known.first == known.last else f"{known.first} to {known.last}"
    lines.append(joined([pages, since, known.actor and f"actor {known.actor}"], "dim"))
    lines.append(
        joined([
            f"said {known.said}", f"did {known.did}", f"had {known.met} done to them",
            _number(known.relations, "relation"),
        ])
    )  # fmt: skip
    if known.told_by:
        lines.append(joined([f"told of by: {_counted(known.told_by)}"]))
    yield lines
    for statement in known.statements:
        yield statement_paragraph(statement)
    shown: set[tuple[str, str]] = set()
    for event in (*known.deeds, *known.suffered):
        if (event.page.page_id, event.id) not in shown:
            shown.add((event.page.page_id, event.id))
            yield event_paragraph(event)


def statement_paragraph(line: StatementLine) -> Sequence[Text]:
    """Give a statement's paragraph."""
    speaker = line.speaker.name if line.speaker else None
    first = joined([speaker or "nobody named"], "bold" if speaker else "yellow")
    first.append(f"  {line.attitude}", style="italic")
    words = marked(line.words or f"characters {line.start} to {line.end}")
    return [first, words, joined([line.day or "undated", line.page.outlet, line.page.title], "dim")]


def event_paragraph(line: EventLine) -> Sequence[Text]:
    """Give an event's paragraph: who did what to whom, the words, who says so, then where and when."""
    first = Text()
    first.append_text(joined([", ".join(party.name for party in line.actors) or "somebody"], "bold"))
    first.append(f"  {line.type}", style="cyan")
    if line.mode:
        first.append(f" ({line.mode})", style="cyan")
    if line.recipients:
        first.append("  ").append_text(joined([", ".join(party.name for party in line.recipients)], "bold"))
    first.append(f"  {line.status}", style="italic")
    told = " < ".join(teller.speaker.name if teller.speaker else "nobody named" for teller in line.tellers)
    when = " ".join(part for part in (line.date, line.place) if part)
    return [
        first,
        marked(line.words or f"characters {line.start} to {line.end}"),
        joined([f"according to {told}" if told else "the page's own voice", when], "dim"),
        joined(
            [line.page.published, line.page.outlet, line.page.title, f"{line.page.page_id} {line.id}"], "dim"
        ),
    ]


def _counted(counts: Sequence[Counted]) -> str:
    return ", ".join(f"{one.words} ({one.count})" for one in counts)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
