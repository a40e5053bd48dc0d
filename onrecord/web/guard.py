"""What stands before every door: host, headers, language, user, form token, role."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web.bench import NOBODY, User, bench, page, token
from onrecord.web.doors import RANK, Door
from onrecord.web.language import chosen

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
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SESSION = "onrecord_session"


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
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class Hosts:
    """ASGI: only the names that the workbench goes by, so that no foreign name can be rebound to it."""

    def __init__(self, app: ASGIApp, *, hosts: tuple[str, ...]) -> None:
        self.app, self.hosts = app, frozenset(h.lower() for h in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        if scope["type"] == "http":
            host = Request(scope).headers.get("host", "").lower()
            name = host if host.endswith("]") else host.rsplit(":", 1)[0]
            if "*" not in self.hosts and name not in self.hosts:
                refusal = PlainTextResponse(f"onrecord does not go by the name {name!r} here\n", 421)
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


def guarded(door: Door, who: Callable[[Request], User]) -> Callable[[Request], object]:
    """Give the door's endpoint behind its checks; ``who`` tells who asks (see ``onrecord.web.accounts``)."""

    async def endpoint(request: Request) -> Response:
        accepted = request.headers.get("accept-language", "")
        request.state.language = chosen(
            request.cookies.get("language"), accepted, bench(request).settings.language
        )
        request.state.user = await run_in_threadpool(who, request)
        refusal = await _refused(door, request)
        return refusal if refusal is not None else await run_in_threadpool(door.behind, request)

    endpoint.__name__ = door.name
    return endpoint


async def _refused(door: Door, request: Request) -> Response | None:
    asks: User = request.state.user
    if RANK[asks.role] < RANK[door.needs]:
        if door.api:
            return JSONResponse({"error": "not allowed", "needs": door.needs}, 401 if asks == NOBODY else 403)
        if asks == NOBODY and request.method in SAFE:
            return page(request, "signin.html", status=401, then=str(request.url.path), failed=False)
        return page(request, "refused.html", status=403, needs=door.needs)
    if request.method in SAFE or getattr(request.state, "bearer", False):
        return None
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return page(request, "refused.html", status=403, needs="a form of this site")
    given = request.headers.get("x-form-token") or str((await _form(request)).get("token", ""))
    if not hmac.compare_digest(given.encode(), token(request).encode()):
        return page(request, "refused.html", status=403, needs="a form of this session")
    return None


async def _form(request: Request) -> Mapping[str, object]:
    """Read the form once; doors find it as ``request.state.form``."""
    limit = bench(request).settings.upload_bytes
    if int(request.headers.get("content-length") or 0) > limit:
        request.state.form = {}
        return {}
    form = await request.form(max_files=100, max_fields=200, max_part_size=limit)
    request.state.form = form
    return form
