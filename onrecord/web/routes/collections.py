"""What people keep: bookmarks, collections with notes, tags, saved searches; and the trash."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import RecordError, StoreError
from onrecord.export import phrases
from onrecord.export.visible import one_line
from onrecord.store import Store
from onrecord.web import audit, clock, keeping, sharing, trash
from onrecord.web.bench import asked, back, bench, ours, page, user, view
from onrecord.web.doors import RANK, Door
from onrecord.web.explaining import said_of
from onrecord.web.kept import forget

_T = TypeVar("_T")
_KEY = re.compile(r"[0-9a-f]{32}")
_ENTRY = re.compile(r"[A-Za-z0-9_]{0,80}")
_SAVED = ("/search", "/events", "/dyad", "/network", "/versions", "/review", "/actor")


def collections(request: Request) -> Response:
    """Show what somebody keeps."""
    store, mine = bench(request).store, user(request).account
    word = asked(request, "tag").replace("\0", "").lower()
    return page(
        request,
        "collections.html",
        collections=keeping.collections_of(store, mine),
        starred=keeping.starred(store, mine),
        tags=keeping.tag_counts(store, mine),
        tag=word,
        tagged=keeping.tagged(store, mine, word) if word else [],
        searches=keeping.saved(store, mine),
        shares=[(one, _link(request, one.id)) for one in sharing.shares_of(store, mine)],
        day=clock.told,
    )


def collection(request: Request) -> Response:
    """Show one collection."""
    store, mine = bench(request).store, user(request).account
    found = _mine(request)
    links = [
        (one, _link(request, one.id)) for one in sharing.shares_of(store, mine) if one.collection == found.id
    ]
    return page(
        request, "collection.html", collection=found, contents=keeping.contents(store, found.id),
        shares=links, day=clock.told,
    )  # fmt: skip


def collection_make(request: Request) -> Response:
    """Make a collection, with a page or entry in it where one is named."""
    form: FormData = request.state.form
    key = _tried(
        lambda: keeping.make(
            _store(request), user(request).account, _field(form, "name"), _field(form, "note")
        )
    )
    if _field(form, "page"):
        page_id, entry, said = _named(request)
        _tried(lambda: keeping.collect(_store(request), key, page_id, entry, said))
        return back(request, _field(form, "back") or f"/collections/{key}")
    return back(request, f"/collections/{key}")


def collection_describe(request: Request) -> Response:
    """Change a collection's name and note."""
    form, found = request.state.form, _mine(request)
    name, note = _field(form, "name"), _field(form, "note")
    _tried(lambda: keeping.describe(_store(request), found.account, found.id, name=name, note=note))
    return back(request, f"/collections/{found.id}")


def collection_throw(request: Request) -> Response:
    """Put a collection into the trash."""
    found = _mine(request)
    keeping.throw(_store(request), found.account, found.id, away=True)
    return back(request, "/collections")


def collection_restore(request: Request) -> Response:
    """Take a collection out of the trash."""
    found = _mine(request)
    keeping.throw(_store(request), found.account, found.id, away=False)
    return back(request, f"/collections/{found.id}")


def collection_destroy(request: Request) -> Response:
    """Delete a collection that is in the trash, for good."""
    found = _mine(request)
    keeping.destroy(_store(request), found.account, found.id)
    return back(request, "/trash")


def collect(request: Request) -> Response:
    """Put a page or entry into a collection of one's own."""
    form: FormData = request.state.form
    page_id, entry, said = _named(request)
    found = keeping.collection(_store(request), _field(form, "collection"), user(request).account)
    if found is None:
        raise HTTPException(404, "there is no such collection of yours")
    _tried(lambda: keeping.collect(_store(request), found.id, page_id, entry, said, _field(form, "note")))
    return _returned(request, page_id)


def collected_note(request: Request) -> Response:
    """Change the note of one thing in a collection."""
    form, found = request.state.form, _mine(request)
    keeping.annotate(_store(request), found.id, _field(form, "kept"), _field(form, "note"))
    return back(request, f"/collections/{found.id}")


def collected_drop(request: Request) -> Response:
    """Take one thing out of a collection."""
    found = _mine(request)
    keeping.drop(_store(request), found.id, _field(request.state.form, "kept"))
    return back(request, f"/collections/{found.id}")


def star(request: Request) -> Response:
    """Bookmark a page or entry, or no longer."""
    page_id, entry, said = _named(request)
    _tried(lambda: keeping.star(_store(request), user(request).account, page_id, entry, said))
    return _returned(request, page_id)


def tag(request: Request) -> Response:
    """Tag a page or entry."""
    page_id, entry, said = _named(request)
    words = _field(request.state.form, "tags")
    _tried(lambda: keeping.tag(_store(request), user(request).account, page_id, entry, words, said))
    return _returned(request, page_id)


def untag(request: Request) -> Response:
    """Take a tag away."""
    form: FormData = request.state.form
    page_id, entry = _field(form, "page"), _field(form, "entry")
    keeping.untag(_store(request), user(request).account, page_id, entry, _field(form, "tag"))
    return _returned(request, page_id)


def save(request: Request) -> Response:
    """Save a search by its address."""
    form: FormData = request.state.form
    address = ours(_field(form, "address"))
    if urlsplit(address).path not in _SAVED and not address.startswith("/actor/"):
        raise HTTPException(400, "only searches and lists of the workbench can be saved")
    name = _field(form, "name") or address
    _tried(lambda: keeping.save(_store(request), user(request).account, name, address))
    return back(request, address)


def unsave(request: Request) -> Response:
    """Forget a saved search."""
    keeping.unsave(_store(request), user(request).account, _field(request.state.form, "search"))
    return back(request, "/collections")


def trash_page(request: Request) -> Response:
    """Put a page into the trash."""
    page_id, _, said = _named(request)
    trash.put(_store(request), page_id, who=user(request).name, said=said)
    forget(_store(request).name)
    audit.note(request, page_id, what="page into the trash")
    return back(request, "/trash")


def restore_page(request: Request) -> Response:
    """Take a page out of the trash."""
    page_id = _field(request.state.form, "page")
    trash.restore(_store(request), page_id)
    forget(_store(request).name)
    audit.note(request, page_id, what="page out of the trash")
    return _returned(request, page_id, "/trash")


def trash_list(request: Request) -> Response:
    """Show the trash."""
    store, asks = _store(request), user(request)
    away = keeping.collections_of(store, asks.account, trashed=True)
    edits = RANK[asks.role] >= RANK["editor"]
    return page(
        request, "trash.html", pages=trash.trashed(store), collections=away, edits=edits, day=clock.told
    )


def _mine(request: Request) -> keeping.Collection:
    key = request.path_params["collection"]
    found = keeping.collection(_store(request), key, user(request).account) if _KEY.fullmatch(key) else None
    if found is None:
        raise HTTPException(404, "there is no such collection of yours")
    return found


def _named(request: Request) -> tuple[str, str, str]:
    """Give the page and entry that a form names, and how it is called."""
    form: FormData = request.state.form
    page_id, entry = _field(form, "page"), _field(form, "entry")
    if not _KEY.fullmatch(page_id) or not _ENTRY.fullmatch(entry):
        raise HTTPException(400, "name a page, by its id")
    try:
        record = view(request).record(page_id)
    except (StoreError, RecordError) as error:
        raise HTTPException(404, str(error)) from error
    said = said_of(record, entry) if entry else phrases.heading(record.document)
    if said is None:
        raise HTTPException(404, f"the page has no entry {entry!r}")
    return page_id, entry, one_line(said)


def _returned(request: Request, page_id: str, default: str = "") -> Response:
    return back(request, _field(request.state.form, "back") or default or f"/page/{page_id}")


def _tried(work: Callable[[], _T]) -> _T:
    try:
        return work()
    except StoreError as error:
        raise HTTPException(400, str(error)) from error


def _store(request: Request) -> Store:
    return bench(request).store


def _link(request: Request, key: str) -> str:
    settings = bench(request).settings
    site = settings.site or str(request.base_url).rstrip("/")
    return f"{site}/share/{sharing.token(settings.secret, key)}"


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip()[:20_000] if isinstance(value, str) else ""


DOORS = (
    Door("/collections", collections),
    Door("/collections", collection_make, methods=("POST",)),
    Door("/collections/{collection}", collection),
    Door("/collections/{collection}/describe", collection_describe, methods=("POST",)),
    Door("/collections/{collection}/throw", collection_throw, methods=("POST",)),
    Door("/collections/{collection}/restore", collection_restore, methods=("POST",)),
    Door("/collections/{collection}/destroy", collection_destroy, methods=("POST",)),
    Door("/collections/{collection}/note", collected_note, methods=("POST",)),
    Door("/collections/{collection}/drop", collected_drop, methods=("POST",)),
    Door("/keep/collect", collect, methods=("POST",)),
    Door("/keep/star", star, methods=("POST",)),
    Door("/keep/tag", tag, methods=("POST",)),
    Door("/keep/untag", untag, methods=("POST",)),
    Door("/keep/search", save, methods=("POST",)),
    Door("/keep/unsearch", unsave, methods=("POST",)),
    Door("/trash", trash_list),
    Door("/trash", trash_page, needs="editor", methods=("POST",)),
    Door("/trash/restore", restore_page, needs="editor", methods=("POST",)),
)
