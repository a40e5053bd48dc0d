"""Exports: what is on screen, one page or a collection, in every format that the store offers."""

from __future__ import annotations

import re
import tempfile
import threading
import zipfile
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from onrecord.errors import OnRecordError, RecordError, StoreError
from onrecord.export import phrases
from onrecord.export.formats import FORMATS, NAMES, Format, format_named
from onrecord.export.paged import Paged
from onrecord.store import Filter, View
from onrecord.web import keeping
from onrecord.web.bench import asked, bench, page, user, view
from onrecord.web.doors import Door
from onrecord.web.finding import chips, filter_of

_AT_ONCE = 2  # folders are written to the disk first: so many at a time
_KEY = re.compile(r"[0-9a-f]{32}")
_NEEDS = {"parquet": "pyarrow", "ftm": "followthemoney", "graphml": "networkx", "gexf": "networkx"}
_UNSAFE = re.compile(r"[^a-z0-9]+")
_folders = threading.BoundedSemaphore(_AT_ONCE)


def export(request: Request) -> Response:
    """Export the pages that meet the conditions of the address; without a format, show the formats."""
    asks, form = filter_of(request), asked(request, "format")
    conditions = [(chip.name, chip.value) for chip in chips(request)]
    if asks.words:
        conditions.insert(0, ("q", asks.words))
    if not form:
        kept = f"?{request.url.query}" if request.url.query else ""
        return _choice(request, f"/export{kept}", what="filter", conditions=conditions)
    return _written(form, _paged(view(request), asks), "-".join(value for _, value in conditions))


def export_page(request: Request) -> Response:
    """Export one page."""
    page_id, form = request.path_params["page_id"], asked(request, "format")
    paged = _one(view(request), page_id) if _KEY.fullmatch(page_id) else None
    if paged is None:
        raise HTTPException(404, "there is no such page")
    said = phrases.heading(paged.record.document)
    if not form:
        return _choice(request, f"/page/{page_id}/export", what="page", page_id=page_id, said=said)
    return _written(form, iter([paged]), said)


def export_collection(request: Request) -> Response:
    """Export the pages of a collection of one's own."""
    key, form = request.path_params["collection"], asked(request, "format")
    store = bench(request).store
    found = keeping.collection(store, key, user(request).account) if _KEY.fullmatch(key) else None
    if found is None:
        raise HTTPException(404, "there is no such collection of yours")
    if not form:
        return _choice(
            request, f"/collections/{key}/export", what="collection", collection=key, said=found.name
        )
    ids = dict.fromkeys(kept.page_id for kept in keeping.contents(store, key))
    pages = (paged for page_id in ids if (paged := _one(view(request), page_id)) is not None)
    return _written(form, pages, found.name)


def _choice(request: Request, base: str, **more: Any) -> Response:
    absent = {name for name, module in _NEEDS.items() if find_spec(module) is None}
    return page(request, "export.html", formats=FORMATS, base=base, absent=absent, **{"said": "", **more})


def _written(form: str, pages: Iterator[Paged], said: str) -> Response:
    if form not in NAMES:
        raise HTTPException(400, f"there is no format {form[:40]!r}; there are {', '.join(NAMES)}")
    chosen = format_named(form)
    name = _name(said, chosen)
    options = {"spreadsheet": True} if chosen.spreadsheet else {}  # a cell is never a formula
    try:
        if chosen.kind == "folder":
            return _folder(chosen, pages, name, options)
        pieces = iter(chosen.write(pages, **options))
        first = next(pieces, "")  # what cannot be written at all is told before anything is sent
    except (OnRecordError, ImportError) as error:
        raise HTTPException(400, str(error)) from error
    return StreamingResponse(
        (str(piece).encode("utf-8", "replace") for piece in chain([first], pieces)),
        media_type=chosen.media_type, headers={"content-disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


def _folder(chosen: Format, pages: Iterable[Paged], name: str, options: dict[str, Any]) -> Response:
    if not _folders.acquire(blocking=False):
        raise HTTPException(
            503, "two exports are being written; try again in a minute", {"retry-after": "60"}
        )
    held = tempfile.TemporaryDirectory(prefix="onrecord-export-")
    try:
        folder, packed = Path(held.name) / "files", Path(held.name) / "export.zip"
        folder.mkdir()
        chosen.write(pages, folder, **options)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    archive.write(file, file.relative_to(folder))
    except BaseException:
        held.cleanup()
        raise
    finally:
        _folders.release()
    return FileResponse(
        packed, media_type="application/zip", filename=name, background=BackgroundTask(held.cleanup)
    )


def _name(said: str, chosen: Format) -> str:
    """Name the file by what is in it: small letters, digits and hyphens, whatever the words are."""
    words = _UNSAFE.sub("-", said.lower()).strip("-")[:60].strip("-")
    tail = ".zip" if chosen.kind == "folder" else chosen.suffix
    return f"onrecord-{words}-{chosen.name}{tail}" if words else f"onrecord-{chosen.name}{tail}"


def _paged(seen: View, asks: Filter) -> Iterator[Paged]:
    for line, record in seen.records(asks):
        yield Paged(record, line.locator, line.captured, line.id)


def _one(seen: View, page_id: str) -> Paged | None:
    try:
        stored = seen.stored(page_id)
    except (StoreError, RecordError):
        return None
    return Paged(stored.record, stored.locator, stored.captured, page_id)


DOORS = (
    Door("/export", export),
    Door("/page/{page_id}/export", export_page),
    Door("/collections/{collection}/export", export_collection),
)
