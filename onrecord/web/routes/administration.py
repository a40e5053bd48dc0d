"""What administrators do: invite, give roles, close accounts, help with lost passwords, and read the log."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.web import audit, clock, invitations, people, sessions
from onrecord.web.bench import asked, back, bench, page, translated
from onrecord.web.doors import Door
from onrecord.web.routes.account import field, once

_LINES = 100


def administration(request: Request) -> Response:
    """List the accounts."""
    return _administration(request)


def log(request: Request) -> Response:
    """Show who changed what, and when, the newest first."""
    given, who = asked(request, "before"), asked(request, "who")
    before = int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None
    lines = audit.lines(bench(request).store, before=before, who=who, limit=_LINES + 1)
    after = lines[_LINES - 1].n if len(lines) > _LINES else None
    return page(request, "log.html", lines=lines[:_LINES], after=after, who=who, day=clock.told)


def invite(request: Request) -> Response:
    """Make a link that lets somebody make an account, and show it, this once."""
    _team(request)
    role = field(request, "role")
    try:
        code = invitations.invite(bench(request).store, role)
    except people.NoSuchAccount as error:
        return _administration(request, str(error))
    audit.note(request, role)
    return once(request, f"{site(request)}/join/{code}", kind="invitation", to="/admin")


def give_role(request: Request) -> Response:
    """Give an account another role; it holds from its next request on."""
    person, role = _person(request), field(request, "role")
    try:
        people.set_role(bench(request).store, person.id, role)
    except people.NoSuchAccount as error:
        return _administration(request, str(error))
    audit.note(request, f"{person.name}: {person.role} → {role}")
    return back(request, "/admin")


def close_account(request: Request) -> Response:
    """Close an account or open it again; closing ends its sessions and takes its tokens away."""
    person, closed = _person(request), field(request, "closed") == "1"
    try:
        people.set_closed(bench(request).store, person.id, closed)
    except people.NoSuchAccount as error:
        return _administration(request, str(error))
    audit.note(request, person.name, what="close_account" if closed else "open_account")
    return back(request, "/admin")


def end_sessions(request: Request) -> Response:
    """Sign somebody out everywhere."""
    person = _person(request)
    sessions.end_all(bench(request).store, person.id)
    audit.note(request, person.name)
    return back(request, "/admin")


def reset_password(request: Request) -> Response:
    """Make a link with which somebody chooses a new password, and show it, this once."""
    person = _person(request)
    try:
        code = invitations.reset(bench(request).store, person.id)
    except people.NoSuchAccount as error:
        return _administration(request, str(error))
    audit.note(request, person.name)
    return once(request, f"{site(request)}/join/{code}", kind="reset", to="/admin")


def site(request: Request) -> str:
    """Give the address under which people reach the workbench; the request's own only where none is set."""
    return bench(request).settings.site.rstrip("/") or str(request.base_url).rstrip("/")


def _administration(request: Request, fault: str = "") -> Response:
    return page(
        request,
        "admin.html",
        status=422 if fault else 200,
        fault=translated(request, fault) if fault else "",
        everybody=people.everybody(bench(request).store),
        roles=people.ROLES,
        open_sign_up=bench(request).settings.open_sign_up,
        day=clock.told,
    )


def _person(request: Request) -> people.Person:
    _team(request)
    found = people.by_id(bench(request).store, request.path_params["account"])
    if found is None:
        raise HTTPException(404, translated(request, "There is no such account."))
    return found


def _team(request: Request) -> None:
    if not bench(request).settings.team:
        raise HTTPException(404, translated(request, "There are no accounts here: you work alone."))


DOORS = (
    Door("/admin", administration, needs="administrator"),
    Door("/admin/log", log, needs="administrator"),
    Door("/admin/invite", invite, needs="administrator", methods=("POST",)),
    Door("/admin/account/{account}/role", give_role, needs="administrator", methods=("POST",)),
    Door("/admin/account/{account}/closed", close_account, needs="administrator", methods=("POST",)),
    Door("/admin/account/{account}/signout", end_sessions, needs="administrator", methods=("POST",)),
    Door("/admin/account/{account}/reset", reset_password, needs="administrator", methods=("POST",)),
)
