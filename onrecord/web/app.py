"""The workbench as one ASGI application: doors, guards, static files, and the store that they share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord.store import Store
from onrecord.web import passwords, routes
from onrecord.web.accounts import who
from onrecord.web.bench import Bench, page
from onrecord.web.bodies import Bodies
from onrecord.web.doors import Door
from onrecord.web.guard import HEADERS, Headers, Hosts, guarded, know
from onrecord.web.jobs import Jobs
from onrecord.web.settings import Settings
from onrecord.web.tables import prepare

_STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings) -> Starlette:
    """Build the workbench over one store; raise StoreError where it cannot be opened."""
    doors = _routes(routes.doors())
    if settings.team:
        passwords.make_ready()
    store = Store.open(settings.store)
    try:
        prepare(store)
    except BaseException:
        store.close()
        raise

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.jobs.begin()
        yield
        app.state.jobs.end()
        store.close()

    app = Starlette(
        routes=doors,
        middleware=[
            Middleware(Headers, secure=settings.secure),
            Middleware(Hosts, hosts=settings.hosts),
            Middleware(Bodies, most=settings.upload_bytes, seconds=settings.body_seconds),
        ],
        exception_handlers={HTTPException: _missing, 500: _broken},
        lifespan=lifespan,
    )
    app.state.bench = Bench(store, settings)
    app.state.jobs = Jobs(store)
    return app


def _routes(doors: Sequence[Door]) -> list[BaseRoute]:
    made: list[BaseRoute] = [
        Route(door.path, guarded(door, who), methods=list(door.methods), name=door.name) for door in doors
    ]
    made.append(Mount("/static", StaticFiles(directory=_STATIC), name="static"))
    return made


def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette calls it for nothing else
    know(request, who)
    template = "missing.html" if error.status_code == 404 else "unfit.html"
    answer = page(request, template, status=error.status_code, message=error.detail)
    answer.headers.update(error.headers or {})
    return answer


def _broken(request: Request, error: Exception) -> Response:
    # It stands before everything else, the headers too.
    answer = page(request, "broken.html", status=500)
    answer.headers.update({**HEADERS, "cache-control": "no-store"})
    return answer
