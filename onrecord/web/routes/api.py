"""The API: what the pages show, as JSON under the record's names; lists by cursor, answers by ETag."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import dropwhile, islice
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord.errors import OnRecordError
from onrecord.record import Record
from onrecord.store import lists
from onrecord.store.anchors import What
from onrecord.store.conflicts import Conflict
from onrecord.store.corrections import Action, Correction, history
from onrecord.store.facets import Facets
from onrecord.store.facets import facets as count_facets
from onrecord.store.filter import Filter
from onrecord.store.lines import EventLine, FigureLine, RelationLine, StatementLine
from onrecord.store.search import Hit
from onrecord.store.search import search as search_store
from onrecord.store.view import PageLine
from onrecord.store.who import Known, who
from onrecord.web import audit
from onrecord.web.bench import bench, page, user, view
from onrecord.web.doors import Door
from onrecord.web.finding import ASKED, filter_of
from onrecord.web.judging import judged, say
from onrecord.web.kept import forget, kept
from onrecord.web.openapi import Endpoint, Parameter, arguments, document, listed, ref

_KEY = re.compile(r"[0-9a-f]{32}")
_WORDS = {"type": "string", "maxLength": 500}
_NAME = {"type": "string", "minLength": 1, "maxLength": 500}
_WITH_ID = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
_DAY = {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}){0,2}$"}
_DAYS = "a day is written 2026-03-01, a month 2026-03, a year 2026"
_ABOUT = {
    "speaker": "who speaks: a name, or the id of an actor", "actor": "who acts: a name or id",
    "claimant": "who says so: a name or id, or page for the page's own voice",
    "party": "who is part of it, on either side: a name or id", "country": "three letters of ISO 3166-1",
    "type": "the type of an event or relation", "quad": "the quad class of an event",
    "attitude": "the attitude of a statement", "status": "the status of an event",
    "outlet": "the outlet, as it is called", "kind": "text, html, warc, feed or table",
    "since": f"from this day on; {_DAYS}", "until": f"before this day; {_DAYS}", "page_id": "one page only",
}  # fmt: skip

FILTERS = (
    Parameter("q", _WORDS, "words, “a phrase”, -not, this OR that"),
    *(Parameter(name, _DAY if name in ("since", "until") else _WORDS, _ABOUT[name]) for name in ASKED),
    Parameter("month", {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}$"}, "a month is written 2026-03"),
)
PAGING = (
    Parameter("limit", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}, "lines at once"),
    Parameter("after", {"type": "string", "maxLength": 500}, "the “next” of the answer before"),
)
_SEARCHED = {"type": "string", "enum": ["statements", "articles"], "default": "statements"}
_COUNTED = {
    "type": "string", "enum": ["statements", "events", "figures", "relations", "articles"],
    "default": "statements",
}  # fmt: skip
_ORDER = {"type": "string", "enum": ["rank", "day"], "default": "rank"}


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """What somebody says of one entry; ``change`` as in ``onrecord.store.correcting.correct``."""

    page_id: str
    action: Action
    entry: str | None = None
    what: What | None = None
    change: dict[str, Any] = field(default_factory=dict)
    why: str = ""
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenCorrection:
    """A correction that was written; ``added`` is the id of the entry it made, ``new`` whether it is new."""

    id: str
    new: bool
    added: str | None
    conflicts: tuple[Conflict, ...]


def api_pages(request: Request) -> Response:
    """List pages that meet the conditions, by id."""
    given = _given(request)
    after = given.get("after")
    if after is not None and not _KEY.fullmatch(after):
        raise HTTPException(400, "after: this is no cursor; take the “next” of the answer before")
    limit = given["limit"]
    lines = _asked(lambda: list(view(request).pages(filter_of(request), after=after, limit=limit + 1)))
    following = lines[limit - 1].id if len(lines) > limit else None
    return _answer(request, {"pages": lines[:limit], "next": following})


def api_page(request: Request) -> Response:
    """Give a page's record, as people corrected it or as it was read."""
    given, page_id = _given(request), request.path_params["page_id"]
    if not _KEY.fullmatch(page_id):
        raise HTTPException(404, f"there is no page {page_id[:40]!r}")
    seen = view(request)
    try:
        record = judged(seen, page_id).record if given["corrected"] else seen.record(page_id)
    except OnRecordError as error:
        raise HTTPException(404, _without_store(request, error)) from error
    return _answer(request, record)


def api_statements(request: Request) -> Response:
    """List statements, the newest first."""
    return _listing(request, "statements", lists.statements)


def api_events(request: Request) -> Response:
    """List events, the newest first."""
    return _listing(request, "events", lists.events)


def api_relations(request: Request) -> Response:
    """List relations, the newest first."""
    return _listing(request, "relations", lists.relations)


def api_figures(request: Request) -> Response:
    """List figures, the newest first."""
    return _listing(request, "figures", lists.figures)


def api_search(request: Request) -> Response:
    """Find statements or articles by their words, the best or the newest first."""
    given = _given(request)
    hits = _asked(lambda: search_store(
        view(request), filter_of(request), what=given["what"], order=given["order"], limit=given["limit"],
        after=given.get("after"),
    ), request)  # fmt: skip
    return _answer(request, {
        "hits": hits.lines, "next": hits.next, "total": hits.total, "ranked_all": hits.ranked_all
    })  # fmt: skip


def api_actors(request: Request) -> Response:
    """Tell who bears a name, over all pages, or who an actor's id stands for."""
    given, seen = _given(request), view(request)
    name = given["name"].replace("\0", "")
    key = (seen.store.name, "who", name)
    found = _asked(lambda: kept(key, lambda: who(seen, name, limit=20, examples=1)), request)
    return _answer(request, {"actors": found, "next": None})


def api_facets(request: Request) -> Response:
    """Count what meets the conditions by speaker, country, outlet, type, attitude, status and month."""
    given, seen, asks = _given(request), view(request), filter_of(request)
    what = given["what"]
    return _answer(request, _asked(
        lambda: kept((seen.store.name, "facets", what, asks), lambda: count_facets(seen, asks, what)), request
    ))  # fmt: skip


def api_corrections(request: Request) -> Response:
    """List what people corrected, by time."""
    given = _given(request)
    after, limit = given.get("after"), given["limit"]
    page_id, name = given.get("page_id"), given.get("who")
    said = history(view(request), _plain(page_id), who=_plain(name))
    if after is not None:
        said = dropwhile(lambda c: c.id != after, said)
        if next(said, None) is None:
            raise HTTPException(400, "after: this is no cursor; take the “next” of the answer before")
    lines = _asked(lambda: list(islice(said, limit + 1)), request)
    following = lines[limit - 1].id if len(lines) > limit else None
    shown = [{"id": c.id, **msgspec.to_builtins(c)} for c in lines[:limit]]
    return _answer(request, {"corrections": shown, "next": following})


def api_correct(request: Request) -> Response:
    """Correct an entry: confirm, reject, amend, merge, split, add or undo; nothing is overwritten."""
    given = getattr(request.state, "json", None)
    if given is None:
        raise HTTPException(415, "send JSON, as application/json")
    try:
        asks = msgspec.convert(given, NewCorrection)
    except msgspec.ValidationError as error:
        raise HTTPException(400, str(error)) from error
    if not _KEY.fullmatch(asks.page_id):
        raise HTTPException(404, f"there is no page {asks.page_id[:40]!r}")
    written = _asked(lambda: say(
        bench(request).store, asks.page_id, asks.action, asks.entry, who=user(request).name,
        why=asks.why[:2000], what=asks.what, change=asks.change, expected=asks.expected,
    ), request)  # fmt: skip
    forget(bench(request).store.name)
    audit.note(request, f"{asks.action} {asks.entry or ''} of {asks.page_id}"[:400], what="correction")
    done = WrittenCorrection(written.correction.id, written.new, written.added, written.conflicts)
    return Response(msgspec.json.encode(done), 201, media_type="application/json")


ENDPOINTS = (
    Endpoint("/api/pages", api_pages, "Pages, by id", listed("pages", ref(PageLine)), (*FILTERS, *PAGING)),
    Endpoint(
        "/api/pages/{page_id}", api_page, "One page’s record, schema onrecord/1", ref(Record),
        (Parameter("corrected", {"type": "boolean", "default": True}, "with what people corrected"),),
        refusals=(400, 401, 403, 404),
    ),
    Endpoint(
        "/api/statements", api_statements, "Statements, the newest first",
        listed("statements", ref(StatementLine)), (*FILTERS, *PAGING),
    ),
    Endpoint(
        "/api/events", api_events, "Events, the newest first", listed("events", ref(EventLine)),
        (*FILTERS, *PAGING),
    ),
    Endpoint(
        "/api/relations", api_relations, "Relations, the newest first",
        listed("relations", ref(RelationLine)),
        (*FILTERS, *PAGING),
    ),
    Endpoint(
        "/api/figures", api_figures, "Figures, the newest first", listed("figures", ref(FigureLine)),
        (*FILTERS, *PAGING),
    ),
    Endpoint(
        "/api/search", api_search, "Statements or articles that have the words",
        listed("hits", ref(Hit), total={"type": ["integer", "null"]}, ranked_all={"type": "boolean"}),
        (
            *FILTERS, Parameter("what", _SEARCHED, "what is searched"),
            Parameter("order", _ORDER, "best or newest first"), *PAGING,
        ),
    ),
    Endpoint(
        "/api/actors", api_actors, "Who bears a name, over all pages", listed("actors", ref(Known)),
        (Parameter("name", _NAME, "a name, or the id of an actor", needed=True),),
    ),
    Endpoint(
        "/api/facets", api_facets, "Counts of what meets the conditions", ref(Facets),
        (*FILTERS, Parameter("what", _COUNTED, "what is counted")),
    ),
    Endpoint(
        "/api/corrections", api_corrections, "What people corrected, by time",
        listed("corrections", {"allOf": [ref(Correction), _WITH_ID]}),
        (Parameter("page_id", _WORDS, "of one page"), Parameter("who", _WORDS, "of one person"), *PAGING),
    ),
    Endpoint(
        "/api/corrections", api_correct, "Correct an entry; nothing is overwritten, all can be undone",
        ref(WrittenCorrection), method="POST", needs="editor", body=NewCorrection, status=201,
        refusals=(400, 401, 403, 404, 413, 415),
    ),
)  # fmt: skip

TYPES = (
    Record, PageLine, StatementLine, EventLine, RelationLine, FigureLine, Hit, Known, Facets, Correction,
    WrittenCorrection,
)  # fmt: skip
_BY_BEHIND = {endpoint.behind.__name__: endpoint for endpoint in ENDPOINTS}


def api_description(request: Request) -> Response:
    """Describe the API as OpenAPI 3.1."""
    return _answer(request, document(ENDPOINTS, TYPES, site=bench(request).settings.site))


def api(request: Request) -> Response:
    """Describe the API to people."""
    site = bench(request).settings.site or str(request.base_url).rstrip("/")
    return page(request, "api.html", endpoints=ENDPOINTS, filters=FILTERS, paging=PAGING, site=site)


def api_nothing(request: Request) -> Response:
    """Say that there is no such endpoint."""
    return JSONResponse({"error": "there is no such endpoint; /api lists those that there are"}, 404)


def _listing(request: Request, noun: str, of: Callable[..., lists.Listing[Any]]) -> Response:
    given = _given(request)
    asks: Filter = filter_of(request)
    found = _asked(lambda: of(view(request), asks, limit=given["limit"], after=given.get("after")), request)
    return _answer(request, {noun: found.lines, "next": found.next})


def _given(request: Request) -> dict[str, Any]:
    return arguments(request, _BY_BEHIND[request.scope["endpoint"].__name__])


def _asked(find: Callable[[], Any], request: Request | None = None) -> Any:
    try:
        return find()
    except OnRecordError as error:
        raise HTTPException(400, _without_store(request, error) if request else str(error)) from error


def _without_store(request: Request, error: OnRecordError) -> str:
    """Say what is wrong without saying where on this machine the store is."""
    return str(error).removeprefix(f"{bench(request).store.name}: ")


def _plain(words: str | None) -> str | None:
    return words.replace("\0", "") or None if words else None


def _answer(request: Request, found: Any) -> Response:
    body = msgspec.json.encode(found)
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    known = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if "*" in known or tag.removeprefix("W/") in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


DOORS = (
    Door("/api", api),
    Door("/api/openapi.json", api_description, needs="anyone", api=True),
    *(endpoint.door for endpoint in ENDPOINTS),
    Door("/api/{rest:path}", api_nothing, needs="anyone", api=True),
)
