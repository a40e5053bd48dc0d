"""Adding to the record: text, addresses and files are taken as a job, and its page shows how far it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.sources import is_address
from onrecord.store.places import pages_at
from onrecord.web import audit, clock, jobs
from onrecord.web.bench import back, bench, page, translated, user, view
from onrecord.web.doors import Door
from onrecord.web.giving import FEED, Part, file_name
from onrecord.web.jobs import Job, Jobs, TooMany

ADDRESSES = 200
_LONGEST_ADDRESS = 4_000
_SHOWN = 500
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A page of a job as it is shown: ``page_id`` once it is on record, ``message`` where it cannot be."""

    name: str
    page_id: str | None
    title: str
    message: str


def adding(request: Request) -> Response:
    """Show the form, and the jobs of before."""
    return _form(request)


def add(request: Request) -> Response:
    """Take what a form gives, as one job."""
    form: FormData = request.state.form
    parts, fault = _parts(form)
    if not fault and not parts:
        fault = "Nothing was given: paste a text, name an address or choose a file."
    if fault:
        return _form(request, fault, status=400)
    asks = user(request)
    try:
        job = jobs_of(request).add(asks.account, asks.name, parts)
    except TooMany as error:
        return _form(request, str(error), status=429)
    audit.note(request, ", ".join(part.name for part in parts)[:300])
    return back(request, f"/add/{job}")


def job(request: Request) -> Response:
    """Show how far a job is; the page asks again by itself until it has ended."""
    found = _job(request)
    return page(request, "job.html", job=found, outcomes=_outcomes(request, found), shown=_SHOWN)


def job_state(request: Request) -> Response:
    """Give a job's part of the page alone, for the script that asks again."""
    found = _job(request)
    answer = page(request, "parts/job.html", job=found, outcomes=_outcomes(request, found), shown=_SHOWN)
    answer.headers["x-job"] = found.state
    return answer


def job_stop(request: Request) -> Response:
    """Leave the rest of a job off."""
    found = _job(request)
    jobs_of(request).stop(found.id)
    return back(request, f"/add/{found.id}")


def jobs_of(request: Request) -> Jobs:
    """Give who reads what is added."""
    found: Jobs = request.app.state.jobs
    return found


def _form(request: Request, fault: str = "", status: int = 200) -> Response:
    form: FormData = getattr(request.state, "form", FormData())
    words = {name: _field(form, name) for name in ("text", "title", "outlet", "published", "addresses")}
    seen = bench(request)
    return page(
        request,
        "add.html",
        status=status,
        fault=translated(request, fault) if fault else "",
        given=words,
        most=seen.settings.upload_bytes // 2**20,
        day=clock.told,
        recent=jobs.recent(
            seen.store, None if user(request).role == "administrator" else user(request).account
        ),
    )


def _parts(form: FormData) -> tuple[list[Part], str]:
    """Read the form; give what is wrong with it, in one sentence, where something is."""
    published = _field(form, "published")
    if published and not _is_day(published):
        return [], "The day of publication is written as 2026-03-01."
    said = {"outlet": _field(form, "outlet")[:200], "published": published}
    parts = []
    text = _field(form, "text")
    if text:
        title = " ".join(_field(form, "title").split())[:300]
        name = title or " ".join(text.split())[:60]
        content = text.replace("\r\n", "\n").encode("utf-8", "replace")
        parts.append(Part("text", name, content, title=title, **said))
    addresses = _field(form, "addresses").split()
    if len(addresses) > ADDRESSES:
        return [], "More than 200 addresses at once are for “onrecord ingest list:FILE”."
    for address in dict.fromkeys(addresses):
        if not is_address(address.removeprefix(FEED)) or len(address) > _LONGEST_ADDRESS:
            return [], "An address begins with http:// or https://; one a line, please."
        parts.append(Part("address", address))
    for file in form.getlist("files"):
        if isinstance(file, UploadFile) and file.filename:
            file.file.seek(0)
            content = file.file.read()
            if not content:
                return [], "A file is empty."
            parts.append(Part("file", file_name(file.filename), content, **said))
    return parts, ""


def _outcomes(request: Request, found: Job) -> list[Outcome]:
    listed = jobs.lines(bench(request).store, found.id)
    at = pages_at(view(request), [line.locator for line in listed])
    outcomes = []
    for line in listed:
        there = at.get(line.locator)
        if there is not None and there.page_id:
            outcomes.append(Outcome(line.name, there.page_id, there.title or line.name, ""))
        else:
            why = line.message or (there.message if there is not None else "") or ""
            outcomes.append(Outcome(line.name, None, line.name, why))
    # What failed first: that is what somebody has to look at.
    return sorted(outcomes, key=lambda outcome: not outcome.message)


def _job(request: Request) -> Job:
    key, asks = request.path_params["job"], user(request)
    found = jobs.job(bench(request).store, key) if _KEY.fullmatch(key) else None
    if found is None or (found.account != asks.account and asks.role != "administrator"):
        raise HTTPException(404, "there is no such job, or it is another's")
    return found


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _is_day(words: str) -> bool:
    try:
        return date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


DOORS = (
    Door("/add", adding, needs="editor"),
    Door("/add", add, needs="editor", methods=("POST",)),
    Door("/add/{job}", job, needs="editor"),
    Door("/add/{job}/state", job_state, needs="editor"),
    Door("/add/{job}/stop", job_stop, needs="editor", methods=("POST",)),
)
