"""Sharing by link: made and revoked by editors, read by whoever has the link."""

from __future__ import annotations

import re

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import RecordError, StoreError
from onrecord.export import phrases
from onrecord.web import audit, keeping, sharing
from onrecord.web.bench import back, bench, page, user, view
from onrecord.web.doors import Door
from onrecord.web.judging import judged
from onrecord.web.reading import reading_of

_KEY = re.compile(r"[0-9a-f]{32}")
_DAYS = {"7": 7, "90": 90}


def share_make(request: Request) -> Response:
    """Make a link to a page or to a collection of one's own."""
    form: FormData = request.state.form
    store, asks = bench(request).store, user(request)
    key, page_id = (str(form.get(name, "")).strip() for name in ("collection", "page"))
    days = _DAYS.get(str(form.get("days", "")))
    if key:
        found = keeping.collection(store, key, asks.account) if _KEY.fullmatch(key) else None
        if found is None:
            raise HTTPException(404, "there is no such collection of yours")
        made = sharing.share(store, asks.account, said=found.name, collection=found.id, days=days)
        to = f"/collections/{found.id}"
    else:
        try:
            document = view(request).record(page_id).document if _KEY.fullmatch(page_id) else None
        except (StoreError, RecordError):
            document = None
        if document is None:
            raise HTTPException(404, "there is no such page")
        made = sharing.share(store, asks.account, said=phrases.heading(document), page_id=page_id, days=days)
        to = "/collections#h"
    audit.note(request, f"link {made} to {key or page_id}")
    return back(request, to)


def share_revoke(request: Request) -> Response:
    """Make a link worthless: one's own, or as an administrator anybody's."""
    form: FormData = request.state.form
    asks, key = user(request), str(form.get("share", ""))
    if not sharing.revoke(
        bench(request).store, None if asks.role == "administrator" else asks.account, key[:64]
    ):
        raise HTTPException(404, "there is no such link of yours")
    audit.note(request, f"link {key[:64]}")
    return back(request, str(form.get("back", "")) or "/collections")


def share(request: Request) -> Response:
    """Show what a link shows."""
    found = _shared(request)
    if found.page_id is not None:
        return _page(request, found, found.page_id, inside=False)
    collection = keeping.collection(bench(request).store, found.collection or "")
    if collection is None:
        raise _gone()
    return _told(page(
        request, "share.html", share=found, share_token=request.path_params["token"], collection=collection,
        contents=keeping.contents(bench(request).store, collection.id), inside=False,
    ))  # fmt: skip


def share_page(request: Request) -> Response:
    """Show a page of a collection that was shared."""
    found, page_id = _shared(request), request.path_params["page_id"]
    within = {one.page_id for one in keeping.contents(bench(request).store, found.collection or "")}
    if page_id not in within and page_id != found.page_id:
        raise _gone()
    return _page(request, found, page_id, inside=found.collection is not None)


def _page(request: Request, found: sharing.Share, page_id: str, *, inside: bool) -> Response:
    try:
        record = judged(view(request), page_id).record
    except (StoreError, RecordError) as error:
        raise _gone() from error
    document = record.document
    return _told(page(
        request, "share.html", share=found, share_token=request.path_params["token"], collection=None,
        document=document, heading=phrases.heading(document), published=phrases.published(document.published),
        reading=reading_of(record), inside=inside,
    ))  # fmt: skip


def _shared(request: Request) -> sharing.Share:
    opened = bench(request)
    given = request.path_params["token"]
    found = sharing.shared(opened.store, opened.settings.secret, given, team=opened.settings.team)
    if found is None:
        raise _gone()
    return found


def _told(answer: Response) -> Response:
    # The link is the key: it is not to leave with a click on what it shows, nor into a search engine.
    answer.headers["referrer-policy"] = "no-referrer"
    answer.headers["x-robots-tag"] = "noindex, nofollow"
    return answer


def _gone() -> HTTPException:
    return HTTPException(404, "this link shows nothing: it was revoked, is over, or never was")


DOORS = (
    Door("/share", share_make, needs="editor", methods=("POST",)),
    Door("/share/revoke", share_revoke, methods=("POST",)),
    Door("/share/{token}", share, needs="anyone"),
    Door("/share/{token}/page/{page_id}", share_page, needs="anyone"),
)
