"""Review: entries that the reader is least sure of, judged one key at a time; and all that was said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from onrecord.errors import OnRecordError, RecordError, StoreError
from onrecord.store import View
from onrecord.store.applying import live
from onrecord.store.candidates import meant
from onrecord.store.corrected import Corrected
from onrecord.store.corrections import Correction, history
from onrecord.store.decisions import all_decisions, decide, in_force, undo
from onrecord.store.gold import gold
from onrecord.store.identity import find_actors
from onrecord.store.tellings import find_tellings
from onrecord.store.uncertain import Doubt, Judged, uncertain
from onrecord.web import audit, trash
from onrecord.web.bench import address, asked, back, bench, page, user, view
from onrecord.web.doors import Door
from onrecord.web.finding import chips, filter_of
from onrecord.web.judging import change_of, entry_of, fields_of, in_sentence, judged, say
from onrecord.web.kept import forget
from onrecord.web.routes.find import Found

SHOWN = 12
_HISTORY = 50
_PAGE = re.compile(r"[0-9a-f]{32}")
KINDS: tuple[Judged, ...] = ("event", "relation", "statement")


@dataclass(frozen=True, slots=True)
class Asked:
    """An entry of the queue: what it is, its line in its sentence, and its page's last correction."""

    doubt: Doubt
    found: Found
    last: str


@dataclass(frozen=True, slots=True)
class Said:
    """A correction as it is listed, and whether it holds."""

    correction: Correction
    change: str
    holds: bool


def review(request: Request) -> Response:
    """Show the queue."""
    seen, asks = view(request), filter_of(request)
    kinds = [kind for kind in KINDS if asked(request, "kind_of") in ("", kind)] or list(KINDS)
    trouble, queue, following = "", [], None
    try:
        doubts = uncertain(seen, asks, limit=SHOWN, after=asked(request, "after") or None, what=kinds)
        hidden = trash.hidden(bench(request).store)
        queue = list(_queue(seen, [d for d in doubts.lines if d.line.page.page_id not in hidden]))
        following = doubts.next
    except StoreError as error:
        trouble = str(error)
    return page(
        request,
        "review.html",
        status=400 if trouble else 200,
        queue=queue,
        trouble=trouble,
        kind_of=asked(request, "kind_of"),
        kinds=[(kind, address(request, kind_of=kind, after=None)) for kind in KINDS],
        chips=chips(request),
        here=address(request),
        next=None if following is None else address(request, after=following),
    )


def correction(request: Request) -> Response:
    """Write one judgement down, and go back to where it was made."""
    form: FormData = request.state.form
    page_id, action, entry = (_field(form, name) for name in ("page", "action", "entry"))
    more: dict[str, Any] = {"why": _field(form, "why")[:2000]}
    if action == "undo":
        more["change"] = {"correction": _field(form, "correction")}
    try:
        _known(page_id)
        if action == "amend":
            done = judged(view(request), page_id)
            at = entry_of(done.record, entry)
            if at is None:
                raise StoreError(f"the page has no entry {entry!r}")
            given = {name: [str(v) for v in form.getlist(name)] for name in form}
            more["change"] = change_of(done.record, at, given)
        written = say(
            bench(request).store, page_id, action, entry or None, who=user(request).name,
            expected=_field(form, "expected") if "expected" in form else None, **more,
        )  # fmt: skip
    except (StoreError, RecordError) as error:
        if action == "amend":
            return _amending(request, page_id, entry, _field(form, "back"), str(error), 400)
        raise HTTPException(400, str(error)) from error
    forget(bench(request).store.name)
    audit.note(request, f"{action} {entry or more.get('change', {}).get('correction', '')} of {page_id}")
    to = _field(form, "back") or f"/page/{page_id}"
    if request.headers.get("x-part") == "1":
        return page(
            request, "parts/judged.html", action=action, page_id=page_id, entry=entry,
            written=written, conflicts=written.conflicts, here=to,
        )  # fmt: skip
    told = "; ".join(conflict.message for conflict in written.conflicts)
    return back(request, _with(to, told)) if told else back(request, to)


def amending(request: Request) -> Response:
    """Show the form that amends an entry."""
    page_id, entry = asked(request, "page"), asked(request, "entry")
    return _amending(request, page_id, entry, asked(request, "back"), "", 200)


def corrections(request: Request) -> Response:
    """List what people said of entries, the latest first, each of which can be undone."""
    page_id, who = asked(request, "page"), asked(request, "who").replace("\0", "")
    begin = int(asked(request, "from") or 0) if asked(request, "from").isdecimal() else 0
    said = list(history(view(request), page_id or None, who=who or None))
    holds = {c.id for c in live(said)}
    shown = list(islice(reversed(said), begin, begin + _HISTORY))
    decisions = [] if page_id else list(reversed(all_decisions(view(request))))[:_HISTORY]
    force = {decision.id for decision in in_force(all_decisions(view(request)))}
    return page(
        request,
        "corrections.html",
        said=[Said(c, _change(c), c.id in holds) for c in shown],
        total=len(said),
        decisions=[(d, d.id in force) for d in decisions],
        page_id=page_id,
        who=who,
        here=address(request),
        next=address(request, **{"from": begin + _HISTORY}) if len(said) > begin + _HISTORY else None,
    )


def training_data(request: Request) -> Response:
    """Give what people judged as lines to train with; with ``text=1`` the words too."""
    lines = gold(view(request), text=asked(request, "text") == "1")

    def pieces() -> Iterator[bytes]:
        for line in lines:
            yield json.dumps(line, separators=(",", ":")).encode() + b"\n"

    named = {"content-disposition": 'attachment; filename="gold.jsonl"'}
    return StreamingResponse(pieces(), media_type="application/x-ndjson", headers=named)


def merge(request: Request) -> Response:
    """Decide that two actors are one."""
    return _decide(request, "merge")


def split(request: Request) -> Response:
    """Decide that two actors are not one."""
    return _decide(request, "split")


def undecide(request: Request) -> Response:
    """Take a decision on actors back."""
    form: FormData = request.state.form
    store = bench(request).store
    try:
        undo(store, _field(form, "decision"), why=_field(form, "why") or "undone", who=user(request).name)
    except StoreError as error:
        raise HTTPException(400, str(error)) from error
    return _followed(request, _field(form, "back") or "/review/corrections")


def _decide(request: Request, action: str) -> Response:
    form: FormData = request.state.form
    store, why = bench(request).store, _field(form, "why")
    try:
        one, other = (meant(view(request), _field(form, name).replace("\0", "")) for name in ("one", "other"))
        decision = decide(
            store, "merge" if action == "merge" else "split", one, other, why=why, who=user(request).name
        )
    except OnRecordError as error:
        raise HTTPException(400, str(error)) from error
    audit.note(request, f"{action} {_field(form, 'one')} and {_field(form, 'other')}: {why}"[:400])
    return _followed(request, _field(form, "back") or "/", decision.id)


def _followed(request: Request, to: str, decision: str = "") -> Response:
    store = bench(request).store
    find_actors(store)
    find_tellings(store)
    forget(store.name)
    return back(
        request, _with(to, "Decided; it can be undone under Review, Corrections." if decision else "")
    )


def _amending(request: Request, page_id: str, entry: str, to: str, fault: str, status: int) -> Response:
    try:
        _known(page_id)
        done: Corrected = judged(view(request), page_id)
    except (StoreError, RecordError) as error:
        raise HTTPException(404, str(error)) from error
    at = entry_of(done.record, entry)
    if at is None:
        raise HTTPException(404, f"the page has no entry {entry!r} that can be amended")
    start, end = _extent(at)
    return page(
        request, "amend.html", status=status, page_id=page_id, entry=entry, fault=fault, back=to,
        what=type(at).__name__, fields=fields_of(done.record, at), last=done.last or "",
        words=in_sentence(done.record.document.text, start, end), given=getattr(request.state, "form", None),
    )  # fmt: skip


def _extent(entry: Any) -> tuple[int, int]:
    spans = (*entry.source, *entry.cue, *entry.content) if hasattr(entry, "content") else (entry.evidence,)
    return min(s.start for s in spans), max(s.end for s in spans)


def _queue(seen: View, doubts: list[Doubt]) -> Iterator[Asked]:
    pages: dict[str, Corrected] = {}
    for doubt in doubts:
        line = doubt.line
        if not seen.store.words:
            yield Asked(doubt, Found(line, []), "")
            continue
        if line.page.page_id not in pages:
            pages[line.page.page_id] = judged(seen, line.page.page_id)
        done = pages[line.page.page_id]
        words = in_sentence(done.record.document.text, line.start, line.end)
        yield Asked(doubt, Found(line, words), done.last or "")


def _change(c: Correction) -> str:
    if c.action == "undo":
        return str(c.change.get("correction", ""))
    fields = c.change.get("fields") or c.change.get("entry") or {}
    said = []
    for name, value in fields.items():
        to = value.get("to") if isinstance(value, dict) and "to" in value else value
        said.append(f"{name.replace('_', ' ')}: {_told(to)}")
    said += [_told(other) for other in c.change.get("with", ())]
    return "; ".join(said)


def _told(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_told, value)) or "none"
    if isinstance(value, dict):
        anchor = value.get("anchor") or {}
        found = value.get("quote") or anchor.get("quote") or value.get("entry") or value.get("value")
        return str(found) if found is not None else "none"
    return "none" if value is None else str(value)


def _with(to: str, told: str) -> str:
    if not told:
        return to
    path, mark, anchor = to.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{urlencode({'told': told[:200]})}{mark}{anchor}"


def _known(page_id: str) -> None:
    if not _PAGE.fullmatch(page_id):
        raise StoreError(f"there is no page {page_id[:40]!r}")


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip()[:4000] if isinstance(value, str) else ""


DOORS = (
    Door("/review", review),
    Door("/review/corrections", corrections),
    Door("/review/amend", amending, needs="editor"),
    Door("/review/gold.jsonl", training_data),
    Door("/review/correct", correction, needs="editor", methods=("POST",)),
    Door("/actor/merge", merge, needs="editor", methods=("POST",)),
    Door("/actor/split", split, needs="editor", methods=("POST",)),
    Door("/actor/undo", undecide, needs="editor", methods=("POST",)),
)
