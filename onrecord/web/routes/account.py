"""Coming in and going out: signing in and up, links that work once, one's own account, and its API tokens."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.web import audit, clock, invitations, limits, passwords, people, sessions, tokens
from onrecord.web.accounts import client_address, let_in, let_out
from onrecord.web.bench import asked, back, bench, ours, page, translated, user
from onrecord.web.doors import Door
from onrecord.web.guard import signing_in

_DAYS = {"30": 30, "90": 90, "365": 365, "0": None}
TOO_OFTEN = "Too many attempts. Wait a quarter of an hour, then try again."


def signin(request: Request) -> Response:
    """Show the form for signing in."""
    _team(request)
    return page(request, "signin.html", **signing_in(request, ours(asked(request, "then", "/"))))


def sign_in(request: Request) -> Response:
    """Begin a session for a name with its password; whatever is wrong, it takes as long and says the same."""
    _team(request)
    store, settings = bench(request).store, bench(request).settings
    name, then = field(request, "name"), ours(field(request, "then") or "/")
    if not _may_try(request, name):
        return _again(request, then, TOO_OFTEN, 429)
    person = people.by_name(store, name)
    right = passwords.matches(person.password if person is not None else None, field(request, "password"))
    if person is None or person.closed or not right:
        known = person.name if person is not None else ""
        audit.write(
            store, who=known, what="sign_in refused", about="/signin", address=client_address(request)
        )
        return _again(request, then, "The name or the password is wrong.", 401)
    limits.forget(store, settings.secret, names=[people.plain(name)])
    if person.password is not None and passwords.is_weaker(person.password):
        people.keep_stronger(store, person.id, person.password, passwords.hashed(field(request, "password")))
    return _welcome(request, person, then)


def signup(request: Request) -> Response:
    """Show the form for making an account, or whom to ask for one."""
    _team(request)
    return page(request, "signup.html", open=bench(request).settings.open_sign_up, name="", fault="")


def sign_up(request: Request) -> Response:
    """Make an account for a reader, where anybody may."""
    _team(request)
    if not bench(request).settings.open_sign_up:
        raise HTTPException(403, translated(request, "Accounts are made by invitation here."))
    name, password = field(request, "name"), field(request, "password")
    fault = passwords.fault(password, name) if _may_try(request, None) else TOO_OFTEN
    if not fault:
        try:
            made = people.add(bench(request).store, name, "reader", password=passwords.hashed(password))
        except people.NoSuchAccount as error:
            fault = str(error)
        else:
            return _welcome(request, made, "/")
    shown = {"open": True, "name": name, "fault": translated(request, fault)}
    return page(request, "signup.html", status=429 if fault == TOO_OFTEN else 422, **shown)


def joining(request: Request) -> Response:
    """Show what a link that works once is for; looking does not use it up."""
    return _join(request, "")


def join(request: Request) -> Response:
    """Use a link up: make the account or choose the password, and come in."""
    _team(request)
    code = request.path_params["code"]
    known = invitations.known(bench(request).store, code)
    name = (known.name if known is not None else None) or field(request, "name")
    password = field(request, "password")
    fault = passwords.fault(password, name) if _may_try(request, None) else TOO_OFTEN
    if known is None or fault:
        return _join(request, fault or "", status=422)
    try:
        person = invitations.join(bench(request).store, code, name=name, password=passwords.hashed(password))
    except people.NoSuchAccount as error:
        return _join(request, str(error), status=422)
    limits.forget(bench(request).store, bench(request).settings.secret, names=[people.plain(person.name)])
    return _welcome(request, person, "/")


def sign_out(request: Request) -> Response:
    """End this session."""
    answer = back(request, "/signin" if bench(request).settings.team else "/")
    sessions.end(bench(request).store, user(request).session)
    let_out(request, answer)
    return answer


def sign_out_everywhere(request: Request) -> Response:
    """End all sessions of one's account."""
    answer = back(request, "/signin" if bench(request).settings.team else "/")
    sessions.end_all(bench(request).store, user(request).account)
    let_out(request, answer)
    return answer


def account(request: Request) -> Response:
    """Show one's own account: where it is signed in, its password, its tokens."""
    return _account(request)


def new_password(request: Request) -> Response:
    """Change one's password; other sessions end, and this one begins anew."""
    _team(request)
    store = bench(request).store
    person = people.by_id(store, user(request).account)
    if person is None:
        raise HTTPException(404)
    password = field(request, "password")
    if not _may_try(request, person.name):
        return _account(request, TOO_OFTEN, 429)
    if person.password is not None and not passwords.matches(person.password, field(request, "current")):
        return _account(request, "The present password is wrong.", 422)
    fault = passwords.fault(password, person.name)
    if fault:
        return _account(request, fault, 422)
    people.set_password(store, person.id, passwords.hashed(password))
    limits.forget(store, bench(request).settings.secret, names=[people.plain(person.name)])
    answer = back(request, "/account")
    let_in(request, answer, person.id)
    return answer


def new_token(request: Request) -> Response:
    """Make an API token and show it, this once."""
    label = field(request, "label").strip() or "API"
    writes = field(request, "scope") == "write"
    days = _DAYS.get(field(request, "days"), 90)
    made = tokens.make(bench(request).store, user(request).account, label, writes=writes, days=days)
    audit.note(request, f"{label} ({'read, write' if writes else 'read'})")
    return once(request, made, kind="token", to="/account")


def revoke_token(request: Request) -> Response:
    """Make one of one's own tokens worthless."""
    if not tokens.revoke(bench(request).store, user(request).account, request.path_params["token"]):
        raise HTTPException(404, translated(request, "There is no such token."))
    return back(request, "/account")


def field(request: Request, name: str) -> str:
    """Give a field of the form; a file is no field."""
    value = request.state.form.get(name, "")
    return value if isinstance(value, str) else ""


def once(request: Request, secret: str, *, kind: str, to: str) -> Response:
    """Show a secret for the only time."""
    answer = page(request, "once.html", secret=secret, kind=kind, to=to)
    answer.headers["cache-control"] = "no-store"
    return answer


def _account(request: Request, fault: str = "", status: int = 200) -> Response:
    opened, asks = bench(request), user(request)
    return page(
        request,
        "account.html",
        status=status,
        fault=translated(request, fault) if fault else "",
        sessions=sessions.of_account(opened.store, asks.account, opened.settings),
        tokens=tokens.of_account(opened.store, asks.account),
        person=people.by_id(opened.store, asks.account),
        day=clock.told,
    )


def _join(request: Request, fault: str, *, status: int = 200) -> Response:
    _team(request)
    code = request.path_params["code"]
    known = invitations.known(bench(request).store, code)
    answer = page(
        request, "reset.html", status=status if known is not None else 404, known=known, code=code,
        fault=translated(request, fault) if fault else "", openid=bench(request).settings.openid,
    )  # fmt: skip
    answer.headers["cache-control"] = "no-store"
    return answer


def _welcome(request: Request, person: people.Person, then: str) -> Response:
    answer = back(request, then)
    let_in(request, answer, person.id)
    audit.note(request, "/signin" if request.url.path == "/signin" else "new", who=person.name)
    return answer


def _again(request: Request, then: str, fault: str, status: int) -> Response:
    shown = signing_in(request, then, translated(request, fault))
    answer = page(request, "signin.html", status=status, **shown)
    if status == 429:
        answer.headers["retry-after"] = str(limits.WINDOW)
    return answer


def _may_try(request: Request, name: str | None) -> bool:
    opened = bench(request)
    return limits.may_try(
        opened.store, opened.settings.secret, name=people.plain(name) if name is not None else None,
        address=client_address(request),
    )  # fmt: skip


def _team(request: Request) -> None:
    if not bench(request).settings.team:
        raise HTTPException(404, translated(request, "There are no accounts here: you work alone."))


DOORS = (
    Door("/signin", signin, needs="anyone"),
    Door("/signin", sign_in, needs="anyone", methods=("POST",)),
    Door("/signup", signup, needs="anyone"),
    Door("/signup", sign_up, needs="anyone", methods=("POST",)),
    Door("/join/{code}", joining, needs="anyone"),
    Door("/join/{code}", join, needs="anyone", methods=("POST",)),
    Door("/signout", sign_out, methods=("POST",)),
    Door("/signout/everywhere", sign_out_everywhere, methods=("POST",)),
    Door("/account", account),
    Door("/account/password", new_password, methods=("POST",)),
    Door("/account/tokens", new_token, methods=("POST",)),
    Door("/account/tokens/{token}/revoke", revoke_token, methods=("POST",)),
)
