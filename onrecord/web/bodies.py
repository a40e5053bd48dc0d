"""Bodies of requests: never more bytes than allowed, whatever the headers say, and never for longer."""

from __future__ import annotations

import time
from collections.abc import Mapping

import anyio
import msgspec
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FILES, FIELDS = 100, 400
_SHORT = 16 * 2**10


class Bodies:
    """ASGI: stops a body that is too long or too slow: 413, 408."""

    def __init__(self, app: ASGIApp, *, most: int, seconds: float) -> None:
        self.app, self.most, self.seconds = app, most, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        said = [value for name, value in scope["headers"] if name == b"content-length"]
        if any(not value.isdigit() or len(value) > 18 or int(value) > self.most for value in said):
            too_long = PlainTextResponse("the body is longer than allowed\n", 413, {"connection": "close"})
            await too_long(scope, receive, send)
            return
        until, had, whole = time.monotonic() + self.seconds, 0, False

        async def measured() -> Message:
            nonlocal had, whole
            if whole:
                return await receive()
            with anyio.move_on_after(max(until - time.monotonic(), 0)):
                message = await receive()
                if message["type"] == "http.request":
                    had += len(message.get("body", b""))
                    whole = not message.get("more_body", False)
                if had > self.most:
                    raise HTTPException(413, "The body is longer than allowed.", {"connection": "close"})
                return message
            raise HTTPException(408, "The body took too long to come.", {"connection": "close"})

        await self.app(scope, measured, send)


async def form_of(request: Request, most: int) -> FormData:
    """Read a form; what is no form is an empty one. Without ``most`` it may hold a few short fields only."""
    try:
        if not most:
            return await request.form(max_files=0, max_fields=20, max_part_size=_SHORT)
        return await request.form(max_files=FILES, max_fields=FIELDS, max_part_size=most)
    except ClientDisconnect as error:
        raise HTTPException(400, "The body broke off.") from error


async def json_of(request: Request, most: int) -> Mapping[str, object]:
    """Read a JSON object; raise HTTPException where the body is none, is too long or too deep."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                raise HTTPException(413, "The body is longer than allowed.")
        found = msgspec.json.decode(bytes(body)) if body else {}
    except ClientDisconnect as error:
        raise HTTPException(400, "The body broke off.") from error
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise HTTPException(400, f"The body is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise HTTPException(400, "The body is no JSON object.")
    return found
