"""What people judged, as lines to train and measure with: offsets and labels, the text only where asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from onrecord.record import Record
from onrecord.store import schema
from onrecord.store.amending import as_plain
from onrecord.store.anchors import PARTS, Entries, What
from onrecord.store.corrected import Corrected, apply_all, read_page
from onrecord.store.corrections import of_page
from onrecord.store.view import View

SCHEMA = "onrecord-gold/1"


def gold(view: View, *, text: bool = False) -> Iterator[dict[str, Any]]:
    """Give an object a page that people judged, by page id, the same bytes for the same store.

    ``judged`` holds entries that people confirmed, amended, split or added, ``wrong`` those rejected, and
    ``unjudged`` those that nobody spoke of: a stretch without any of these is judged whole. Spans are [start,
    end], and parties have the ``mentions`` of their entities. Entries in conflict with a newer reading count
    as unjudged. ``text`` adds the words, where the store keeps them.
    """
    for page_id in _pages(view):
        with view.store.reading() as connection:
            machine = read_page(connection, page_id, name=view.store.name)
            found = of_page(connection, page_id)
        line = _line(page_id, machine, apply_all(machine, found))
        if line is None:
            continue
        if text and machine.words:
            line["text"] = machine.record.document.text
        yield line


def _pages(view: View) -> list[str]:
    """Give the pages that are corrected, or stand where a corrected one does."""
    here, there = schema.pages.alias("here"), schema.pages.alias("there")
    joined = schema.corrections.join(there, there.c.id == schema.corrections.c.page_id).join(
        here, here.c.locator == there.c.locator
    )
    wanted = select(here.c.id).select_from(joined).distinct().order_by(here.c.id)
    with view.store.reading() as connection:
        return [row[0] for row in connection.execute(wanted)]


def _line(page_id: str, machine: Entries, done: Corrected) -> dict[str, Any] | None:
    unsure = {key for c in done.conflicts if c.kind == "contradicts" for key in c.corrections}
    said: dict[tuple[What, str], list[Any]] = {}
    for mark in done.marks:
        if mark.action != "confirm" or mark.correction not in unsure:
            said.setdefault((mark.what, mark.entry), []).append(mark)
    wrong = [gone for gone in done.rejected if gone.mark is not None]
    now = Entries(done.record, machine.text_id, words=machine.words)
    judged: list[Any] = []
    unjudged: list[Any] = []
    places = {m.id: [m.start, m.end] for m in done.record.mentions}
    for what in PARTS:
        for entry in now.by[what].values():
            marks = said.get((what, entry.id))
            into = unjudged if marks is None else judged
            line = {**_entry(what, entry), **_who(marks or ())}
            if what == "event":
                line["place_at"] = places.get(line["place"])
            into.append(line)
    if not judged and not wrong:
        return None
    return {
        "schema": SCHEMA, "page_id": page_id, "text_id": machine.text_id,
        "length": len(machine.record.document.text), "model": machine.model,
        "mentions": _mentions(done.record, machine.record), "judged": judged,
        "wrong": [{**_entry(gone.what, gone.content), **_who([gone.mark])} for gone in wrong],
        "unjudged": unjudged, "disputed": sorted(
            {c.entry for c in done.conflicts if c.kind == "disagree" and c.entry is not None}
        ),
    }  # fmt: skip


def _who(marks: Any) -> dict[str, Any]:
    return {"by": sorted({mark.who for mark in marks})} if marks else {}


def _entry(what: What, entry: Any) -> dict[str, Any]:
    fields = as_plain(entry)
    if what == "mention":
        fields = {**fields, "span": [fields.pop("start"), fields.pop("end")]}
        del fields["text"]
    found: dict[str, Any] = {"what": what, **{key: _offsets(value) for key, value in fields.items()}}
    return found


def _offsets(value: Any) -> Any:
    """Give [start, end] for a span; spans are no deeper than an entry's schema."""
    if isinstance(value, dict):
        if set(value) == {"start", "end", "text"}:
            return [value["start"], value["end"]]
        return {key: _offsets(inner) for key, inner in value.items() if key != "text"}
    return [_offsets(inner) for inner in value] if isinstance(value, list) else value


def _mentions(*records: Record) -> dict[str, list[list[int]]]:
    """Give where each entity is named, the rejected among them."""
    found: dict[str, set[tuple[int, int]]] = {}
    for record in records:
        for mention in record.mentions:
            found.setdefault(mention.entity, set()).add((mention.start, mention.end))
    return {entity: [[*stretch] for stretch in sorted(found[entity])] for entity in sorted(found)}
