"""Who asks: alone, the one local user; in a team, whoever the session or the bearer token stands for."""

from __future__ import annotations

from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import Response

from onrecord.web import sessions, tokens
from onrecord.web.bench import NOBODY, User, bench
from onrecord.web.people import LOCAL


def who(request: Request) -> User:
    """Tell who asks; NOBODY where a team's workbench does not know them.

    A bearer token is looked at on the API's doors only, and then nothing else is: a wrong one is nobody's.
    """
    settings, store = bench(request).settings, bench(request).store
    given = request.headers.get("authorization", "")
    if given and getattr(request.state, "api", False):
        kind, _, secret = given.partition(" ")
        found = tokens.bearer(store, secret.strip(), team=settings.team) if kind.lower() == "bearer" else None
        if found is None:
            return NOBODY
        request.state.bearer = True
        return User(found.name, found.role, f"token {found.token}", found.account)
    if not settings.team:
        return User(LOCAL, "administrator", LOCAL, LOCAL) if _is_here(request) else NOBODY
    cookie = request.cookies.get(session_cookie(secure=settings.secure), "")
    session = sessions.held(store, cookie, settings) if cookie else None
    return NOBODY if session is None else User(session.name, session.role, session.digest, session.account)


def session_cookie(*, secure: bool) -> str:
    """Give the cookie's name; over HTTPS it is one that no neighbouring host can set."""
    return "__Host-onrecord_session" if secure else "onrecord_session"


def let_in(request: Request, answer: Response, account: str) -> None:
    """Begin a new session with this answer; the one that asked, if any, ends. No id is ever taken over."""
    settings, store = bench(request).settings, bench(request).store
    before = request.cookies.get(session_cookie(secure=settings.secure), "")
    if before and (held := sessions.held(store, before, settings)) is not None:
        sessions.end(store, held.digest)
    sessions.clear_ended(store, settings)
    secret = sessions.begin(store, account, agent=request.headers.get("user-agent", ""))
    answer.set_cookie(
        session_cookie(secure=settings.secure), secret, max_age=settings.session_seconds, path="/",
        httponly=True, samesite="lax", secure=settings.secure,
    )  # fmt: skip
    answer.headers["cache-control"] = "no-store"


def let_out(request: Request, answer: Response) -> None:
    """Take the session's cookie away with this answer, and what the browser keeps of pages."""
    secure = bench(request).settings.secure
    answer.delete_cookie(
        session_cookie(secure=secure), path="/", httponly=True, samesite="lax", secure=secure
    )
    answer.headers["clear-site-data"] = '"cache"'


def client_address(request: Request) -> str:
    """Give the address of who asks, as the server knows it."""
    return request.client.host if request.client is not None else "local"


def _is_here(request: Request) -> bool:
    """Whether the question comes from this machine; what has no address came through a file or a test."""
    try:
        return ip_address(client_address(request)).is_loopback
    except ValueError:
        return True
