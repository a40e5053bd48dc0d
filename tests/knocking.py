"""Knocking on the workbench's doors: as whom, with what, and whether an answer is one that can do no harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

from starlette.testclient import TestClient

from onrecord.web import people, routes, sessions
from onrecord.web.accounts import session_cookie
from onrecord.web.app import create_app
from onrecord.web.doors import Door
from onrecord.web.settings import Settings

SITE = "http://127.0.0.1"
SECRET = "for tests only" * 3
WRONG = "0" * 64


def team(store: str, **settings: object) -> TestClient:
    """Give a browser before a team's workbench."""
    made = Settings(store=store, secret=SECRET, team=True, **settings)  # type: ignore[arg-type]
    site = "https://127.0.0.1" if made.secure else SITE
    return TestClient(create_app(made), base_url=site, follow_redirects=False, raise_server_exceptions=False)


def again(client: TestClient) -> TestClient:
    """Give another browser before the same workbench."""
    return TestClient(client.app, base_url=SITE, follow_redirects=False, raise_server_exceptions=False)


def come_in(client: TestClient, role: str, name: str | None = None) -> people.Person:
    """Be somebody of a role, without the trouble of a password."""
    opened = client.app.state.bench  # type: ignore[attr-defined]
    person = people.by_name(opened.store, name or role) or people.add(opened.store, name or role, role)
    client.cookies.set(
        session_cookie(secure=opened.settings.secure), sessions.begin(opened.store, person.id),
        domain="127.0.0.1" if opened.settings.secure else "",
    )  # fmt: skip
    return person


def form_token(client: TestClient, path: str = "/about") -> str:
    """Give the token of this session's forms, as any page carries it."""
    found = re.search(r'name="token" value="([0-9a-f]+)"', client.get(path).text)
    assert found
    return found[1]


def doors(method: str) -> list[Door]:
    """Give the doors that take a method."""
    return [door for door in routes.doors() if method in door.methods]


def filled(path: str, **known: str) -> str:
    """Give a door's path with its gaps filled: as known, or with something that is nowhere."""
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda gap: known.get(gap[1], "7"), path)


def named(door: Door) -> str:
    """Name a door in a table of tests."""
    return f"{'+'.join(door.methods)} {door.path}"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.links: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(given) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice: {attrs}")
        self._script = tag == "script"
        if tag == "script" and not (given.get("src") or "").startswith("/static/"):
            self.faults.append(f"a script that is not ours: {attrs}")
        if tag in ("style", "base", "iframe", "object", "embed", "template"):
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "background"):
                self.faults.append(f"<{tag} {name}={value!r}>")
            if name in ("href", "src", "action", "formaction", "xlink:href", "poster", "data", "srcset"):
                self._address(tag, name, (value or "").strip())
        if tag == "meta" and (given.get("http-equiv") or "").lower() == "refresh":
            self.faults.append("a page that leads on by itself")

    def _address(self, tag: str, name: str, value: str) -> None:
        scheme = urlsplit(re.sub(r"[\x00-\x20]", "", value)).scheme.lower()
        if scheme not in ("", "http", "https", "mailto") and not (
            tag == "img" and value.startswith("data:image/")
        ):
            self.faults.append(f"<{tag} {name}={value!r}>")
        if tag == "a" and name == "href" and value.startswith("/") and not value.startswith("//"):
            self.links.append(value)
        if tag == "form" and not value.startswith("/"):
            self.faults.append(f"a form that leads elsewhere: {value!r}")

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self.faults.append(f"a script in the page: {data[:80]!r}")

    def handle_endtag(self, tag: str) -> None:
        self._script = False


def faults(html: str) -> list[str]:
    """List what in a page could run, or lead somewhere it should not."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.faults


def links(html: str) -> Iterator[str]:
    """Give the addresses of ours that a page leads to."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    yield from dict.fromkeys(link.partition("#")[0] for link in reader.links)
