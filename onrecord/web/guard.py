"""What stands before every door: host, headers, language, user, form token, role; and the log behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web import audit
from onrecord.web.accounts import client_address
from onrecord.web.bench import User, bench, page, token
from onrecord.web.bodies import form_of, json_of
from onrecord.web.doors import RANK, Door
from onrecord.web.language import chosen
from onrecord.web.secrets import new_secret, same

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; media-src https:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "x-frame-options": "DENY",
    "x-permitted-cross-domain-policies": "none",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Headers:
    """ASGI: the security headers on every answer; pages are not kept by anybody between."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app, self.secure = app, secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if self.secure:
                    headers.setdefault("strict-transport-security", "max-age=31536000")
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "private, no-cache")
                    headers.add_vary_header("Cookie")
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class Hosts:
    """ASGI: only the names that the workbench goes by, so that no foreign name can be rebound to it."""

    def __init__(self, app: ASGIApp, *, hosts: tuple[str, ...]) -> None:
        self.app, self.hosts = app, frozenset(h.lower() for h in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        if scope["type"] == "http":
            given = [value for name, value in scope["headers"] if name == b"host"]
            host = given[0].decode("latin-1").lower() if len(given) == 1 else ""
            name = host if host.endswith("]") else host.rsplit(":", 1)[0]
            if not name or ("*" not in self.hosts and name not in self.hosts):
                refusal = PlainTextResponse(f"onrecord does not go by the name {name!r} here\n", 421)
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


def guarded(door: Door, who: Callable[[Request], User]) -> Callable[[Request], object]:
    """Give the door's endpoint behind its checks; ``who`` tells who asks (see ``onrecord.web.accounts``).

    Behind it a door finds ``request.state.form``, or for the API's doors ``request.state.json`` where a
    body says that it is JSON.
    """

    async def endpoint(request: Request) -> Response:
        request.state.api = door.api
        await run_in_threadpool(know, request, who)
        try:
            answer = await _answer(door, request)
        except HTTPException as error:
            if not door.api:
                raise
            answer = JSONResponse({"error": error.detail}, error.status_code, error.headers)
        finally:
            form = getattr(request.state, "form", None)
            if isinstance(form, FormData):
                await form.close()
        if request.method in SAFE and not door.api:
            _keep_visit(request, answer)
        return answer

    endpoint.__name__ = door.name
    return endpoint


def know(request: Request, who: Callable[[Request], User]) -> None:
    """Find the language and who asks, and the browser's own mark where nobody has signed in with it."""
    if hasattr(request.state, "user"):
        return
    settings = bench(request).settings
    accepted = request.headers.get("accept-language", "")
    request.state.language = chosen(request.cookies.get("language"), accepted, settings.language)
    request.state.user = who(request)
    if settings.team and request.state.user.role == "anyone":
        known = request.cookies.get(visit_cookie(secure=settings.secure), "")
        request.state.visit = known[:100] or new_secret()


def visit_cookie(*, secure: bool) -> str:
    """Give the name of the cookie that forms are bound to before anybody has signed in."""
    return "__Host-onrecord_visit" if secure else "onrecord_visit"


def _keep_visit(request: Request, answer: Response) -> None:
    name = visit_cookie(secure=bench(request).settings.secure)
    visit = getattr(request.state, "visit", None)
    if visit is not None and not request.cookies.get(name):
        secure = bench(request).settings.secure
        answer.set_cookie(name, visit, path="/", httponly=True, samesite="lax", secure=secure)


async def _answer(door: Door, request: Request) -> Response:
    refusal = await _refused(door, request)
    if refusal is not None:
        return refusal
    answer = await run_in_threadpool(door.behind, request)
    if request.method not in SAFE and answer.status_code < 400:
        await run_in_threadpool(_log, door, request)
    return answer


async def _refused(door: Door, request: Request) -> Response | None:
    asks: User = request.state.user
    if RANK[asks.role] < RANK[door.needs]:
        return _not_allowed(door, request, asks)
    if request.method in SAFE:
        return None
    bearer = getattr(request.state, "bearer", False)
    if not bearer and not _is_ours(request):
        return _refusal(door, request, "a form of this site")
    settings = bench(request).settings
    if door.api and request.headers.get("content-type", "").split(";")[0].strip() == "application/json":
        request.state.form = FormData()
        request.state.json = await json_of(request, settings.json_bytes)
    else:
        known = door.needs != "anyone"
        request.state.form = await form_of(request, settings.upload_bytes if known else 0)
    given = request.headers.get("x-form-token") or request.state.form.get("token", "")
    if bearer or (isinstance(given, str) and same(given, token(request))):
        return None
    return _refusal(door, request, "a form of this session")


def _is_ours(request: Request) -> bool:
    """Whether the browser says that a page of ours sent this, or says nothing: then the token decides."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    # "null" comes from sandboxes and from pages that hide where they are; ours do not.
    return urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()


def _not_allowed(door: Door, request: Request, asks: User) -> Response:
    if door.api:
        if asks.role == "anyone":
            says = {"www-authenticate": 'Bearer realm="onrecord"'}
            return JSONResponse({"error": "not allowed", "needs": door.needs}, 401, says)
        return JSONResponse({"error": "not allowed", "needs": door.needs}, 403)
    if asks.role == "anyone" and bench(request).settings.team:
        then = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        then = then if request.method in SAFE else "/"
        return page(request, "signin.html", status=401, **signing_in(request, then))
    return _refusal(door, request, door.needs)


def _refusal(door: Door, request: Request, needs: str) -> Response:
    if door.api:
        return JSONResponse({"error": "not allowed", "needs": needs}, 403)
    return page(request, "refused.html", status=403, needs=needs)


def signing_in(request: Request, then: str, fault: str = "") -> dict[str, Any]:
    """Give what the page for signing in shows."""
    settings = bench(request).settings
    return {"then": then, "fault": fault, "openid": settings.openid, "open_sign_up": settings.open_sign_up}


def _log(door: Door, request: Request) -> None:
    """Write the log's line for a change; what anybody may do to their own browser is none."""
    what, about, name = getattr(request.state, "noted", None) or (None, None, None)
    if about is None and door.needs == "anyone":
        return
    asks: User = request.state.user
    audit.write(
        bench(request).store,
        who=name or asks.name,
        what=what or door.name,
        about=about if about is not None else request.url.path,
        address=client_address(request),
    )
