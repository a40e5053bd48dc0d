"""What ``onrecord events``, ``figures``, ``relations`` and ``statements`` do: list a store, by day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from onrecord.search_command import event_paragraph, statement_paragraph
from onrecord.shown import FOUND, NOTHING, as_json, as_text, joined, marked, tell_more, write

if TYPE_CHECKING:
    from onrecord.store.lines import FigureLine, RelationLine


def lists_command(
    what: str,
    *,
    store: str,
    limit: int = 50,
    after: str | None = None,
    form: str = "terminal",
    asked: Mapping[str, str | None] | None = None,
) -> int:
    """List "events", "figures", "relations" or "statements"; give the exit code: 1 where there are none.

    ``asked`` are the conditions of a Filter, by name. Raises StoreError where the store cannot be opened.
    """
    from onrecord.store import lists
    from onrecord.store.filter import Filter
    from onrecord.store.store import Store

    with Store.open(store, create=False) as opened:
        view, wanted = opened.view(), Filter(**(asked or {}))
        listing: Any = getattr(lists, what)(view, wanted, limit=limit, after=after)
    if form != "terminal":
        text = as_json(listing.lines, form, {"next": listing.next})
    elif listing.lines:
        text = as_text([_paragraph(what)(line) for line in listing.lines])
    else:
        text = as_text([[Text(f"There are no such {what}.", style="dim")]])
    code = write(text, FOUND if listing.lines else NOTHING)
    if form != "json":
        tell_more(listing.next)
    return code


def _paragraph(what: str) -> Callable[[Any], Sequence[Text]]:
    paragraphs: dict[str, Callable[[Any], Sequence[Text]]] = {
        "events": event_paragraph, "figures": _figure, "relations": _relation,
        "statements": statement_paragraph,
    }  # fmt: skip
    return paragraphs[what]


def _figure(line: FigureLine) -> Sequence[Text]:
    from onrecord.export.phrases import amount

    return [joined([amount(line)], "bold"), *_below(line)]


def _relation(line: RelationLine) -> Sequence[Text]:
    first = joined([line.subject.name], "bold")
    negative = "not " if line.polarity == "negative" else ""
    first.append(f"  {negative}{line.type}  ", style="cyan").append_text(joined([line.object.name], "bold"))
    return [first, *_below(line)]


def _below(line: FigureLine | RelationLine) -> Sequence[Text]:
    """Give what stands below: the words, who says so, where and when."""
    told = " < ".join(teller.speaker.name if teller.speaker else "nobody named" for teller in line.tellers)
    return [
        marked(line.words or f"characters {line.start} to {line.end}"),
        joined([f"according to {told}" if told else "the page's own voice", line.day], "dim"),
        joined([line.page.outlet, line.page.title, f"{line.page.page_id} {line.id}"], "dim"),
    ]
