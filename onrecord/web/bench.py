"""What every page of the workbench stands on: the store, the user, the templates, the token of a form."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.store import Store, View
from onrecord.web.called import called
from onrecord.web.language import LANGUAGES, translations
from onrecord.web.secrets import signed
from onrecord.web.settings import Settings

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class User:
    """Who asks: a name to sign changes with, and a role of ``onrecord.web.doors``."""

    name: str
    role: str
    session: str  # what the form's token is bound to
    account: str = ""


NOBODY = User("", "anyone", "")


@dataclass(frozen=True, slots=True)
class Bench:
    """What an app holds for all requests."""

    store: Store
    settings: Settings

    def view(self) -> View:
        """Give a door for reading the store."""
        return self.store.view()


def bench(request: Request) -> Bench:
    """Give the app's bench."""
    found: Bench = request.app.state.bench
    return found


def view(request: Request) -> View:
    """Give a door for reading the store."""
    return bench(request).view()


def user(request: Request) -> User:
    """Give who asks."""
    found: User = getattr(request.state, "user", NOBODY)
    return found


def token(request: Request) -> str:
    """Give the token that a form of this session must carry."""
    bound = user(request).session or f"visit {getattr(request.state, 'visit', '')}"
    return signed(bench(request).settings.secret, "form", bound)


def asked(request: Request, name: str, default: str = "") -> str:
    """Give a parameter of the address, trimmed and cut to what a person would type."""
    return request.query_params.get(name, default).strip()[:500]


def address(request: Request, **changed: str | int | None) -> str:
    """Give this page's address with some parameters changed; None takes one away."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in changed]
    kept += [(k, str(v)) for k, v in changed.items() if v not in (None, "")]
    return request.url.path + ("?" + urlencode(kept) if kept else "")


@cache
def _styled(language: str) -> jinja2.Environment:
    # One for each language: an overlay would share its globals, and the last language would hold for all.
    loader = jinja2.FileSystemLoader(_HERE / "templates")
    made = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.i18n"],
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    return made


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """Render a template with what all of them use."""
    language: str = getattr(request.state, "language", "en")
    shared: Mapping[str, Any] = {
        "request": request,
        "path": request.url.path,
        "user": user(request),
        "team": bench(request).settings.team,
        "language": language,
        "languages": LANGUAGES,
        "theme": request.cookies.get("theme", "")
        if request.cookies.get("theme") in ("light", "dark")
        else "",
        "token": token(request),
        "called": lambda value: called(language, value),
        "address": lambda **changed: address(request, **changed),
        "static": lambda name: f"/static/{name}?{_version(name)}",
    }
    text = _styled(language).get_template(template).render({**shared, **context})
    return HTMLResponse(text, status_code=status)


@cache
def _version(name: str) -> str:
    """Give a mark of a static file's content, so that browsers may keep it for ever."""
    return hashlib.sha256((_HERE / "static" / name).read_bytes()).hexdigest()[:10]


def back(request: Request, to: str, *, status: int = 303) -> Response:
    """Send the browser on, to a path of ours only."""
    return RedirectResponse(ours(to), status_code=status)


def ours(to: str) -> str:
    """Give a path of ours as it is, and the front page for anything that could lead elsewhere."""
    # Browsers read a backslash as a slash and skip tabs: "/\\there" and "/\t/there" are elsewhere.
    plain = to.startswith("/") and not to.startswith("//") and "\\" not in to and to.isprintable()
    return to if plain else "/"


def translated(request: Request, text: str) -> str:
    """Give a sentence of the interface in the reader's language."""
    return translations(getattr(request.state, "language", "en")).gettext(text)
