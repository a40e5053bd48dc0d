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
from onrecord.web import routes
from onrecord.web.accounts import who
from onrecord.web.bench import Bench, page
from onrecord.web.doors import Door
from onrecord.web.guard import Headers, Hosts, guarded
from onrecord.web.settings import Settings
from onrecord.web.tables import prepare

_STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings) -> Starlette:
    """Build the workbench over one store; raise StoreError where it cannot be opened."""
    store = Store.open(settings.store)
    prepare(store)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        store.close()

    app = Starlette(
        routes=_routes(routes.doors()),
        middleware=[
            Middleware(Headers, secure=settings.secure),
            Middleware(Hosts, hosts=settings.hosts),
        ],
        exception_handlers={HTTPException: _missing, 500: _broken},
        lifespan=lifespan,
    )
    app.state.bench = Bench(store, settings)
    return app


def _routes(doors: Sequence[Door]) -> list[BaseRoute]:
    made: list[BaseRoute] = [
        Route(door.path, guarded(door, who), methods=list(door.methods), name=door.name) for door in doors
    ]
    made.append(Mount("/static", StaticFiles(directory=_STATIC), name="static"))
    return made


def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette calls it for nothing else
    return page(request, "missing.html", status=error.status_code, message=error.detail)


def _broken(request: Request, error: Exception) -> Response:
    return page(request, "broken.html", status=500)
