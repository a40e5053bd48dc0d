"""The reading view: an article as a person would read it, and in the margin the entry that is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import RecordError, StoreError
from onrecord.explain import Account, account
from onrecord.export import phrases
from onrecord.export.outline import left_out
from onrecord.record import Record
from onrecord.store.corrected import Corrected
from onrecord.store.neighbours import neighbours
from onrecord.web.bench import asked, page, view
from onrecord.web.doors import Door
from onrecord.web.judging import judged
from onrecord.web.keeping import kept_of
from onrecord.web.reading import reading_of

LAYERS = ("statements", "events", "figures", "times")


@dataclass(frozen=True, slots=True)
class Party:
    """A party of the chosen entry, with what it is to the entry."""

    part: str
    entity: str
    name: str


def article(request: Request) -> Response:
    """Show a page for reading; ``entry`` is the entry in the margin, ``layers`` what is marked."""
    page_id = request.path_params["page_id"]
    done = _judged(request, page_id)
    record = done.record
    layers = asked(request, "layers", ",".join(LAYERS)).split(",")
    before, after = neighbours(view(request), page_id)
    document = record.document
    return page(
        request,
        "article.html",
        page_id=page_id,
        document=document,
        heading=phrases.heading(document),
        published=phrases.published(document.published),
        reading=reading_of(record),
        layers={layer: layer in layers for layer in LAYERS},
        left_out=left_out(document),
        dropped=asked(request, "dropped") == "1",
        before=before,
        after=after,
        corrections=len({mark.correction for mark in done.marks}),
        **kept_of(request, page_id),
        **_chosen(done, asked(request, "entry")),
    )


def entry(request: Request) -> Response:
    """Give the margin alone, for a page that has the rest."""
    page_id = request.path_params["page_id"]
    done = _judged(request, page_id)
    chosen = _chosen(done, request.path_params["entry"])
    if chosen["account"] is None:
        raise HTTPException(404, f"{page_id}: the page has no entry {request.path_params['entry']!r}")
    return page(request, "parts/entry.html", page_id=page_id, reading=reading_of(done.record), **chosen)


def _judged(request: Request, page_id: str) -> Corrected:
    try:
        return judged(view(request), page_id)
    except (StoreError, RecordError) as error:
        raise HTTPException(404, str(error)) from error


def _chosen(done: Corrected, name: str) -> dict[str, Any]:
    try:
        found: Account | None = account(done.record, name) if name else None
    except RecordError:
        found = None
    return {
        "entry": name if found else None, "account": found, "parties": _parties(done.record, name),
        "marks": done.marks_of(name), "last": done.last or "",
    }  # fmt: skip


def _parties(record: Record, name: str) -> list[Party]:
    """Give the parties of an entry, so that the margin can lead to their own pages."""
    names = {entity.id: entity.name for entity in record.entities}
    found: list[tuple[str, str]] = []
    for a in record.attributions:
        if a.id == name:
            found += [("speaker", a.speaker)] if a.speaker else []
            found += [("to", other) for other in a.addressees]
    for e in record.events:
        if e.id == name:
            found += [("actor", x) for x in e.actors] + [("recipient", x) for x in e.recipients]
    for r in record.relations:
        if r.id == name:
            found += [("subject", r.subject), ("object", r.object)]
    return [Party(part, entity, names[entity]) for part, entity in dict.fromkeys(found)]


DOORS = (
    Door("/page/{page_id}", article),
    Door("/page/{page_id}/entry/{entry}", entry),
)
