"""The workbench over a small store made by hand: ``web_store`` is its path, ``client`` asks it questions.

``page_id("harbor")`` gives the id of a page by its locator ("story", "harbor", "toll-0" to "toll-29",
"hostile"); ``send(path, **fields)`` posts a form with its token.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from handmade_store import page_id, web_store, whole_store
from httpx import Response
from starlette.testclient import TestClient

from onrecord.web.app import create_app
from onrecord.web.settings import Settings

__all__ = ["client", "empty_client", "form_token", "page_id", "send", "web_store", "whole_store"]

SITE = "http://127.0.0.1"


@pytest.fixture
def client(web_store: str) -> Iterator[TestClient]:
    """Ask the workbench as a browser on the same machine does, alone, without following where it is sent."""
    app = create_app(Settings(store=web_store, secret="for tests only" * 3))
    with TestClient(app, base_url=SITE, follow_redirects=False) as asking:
        yield asking


@pytest.fixture
def empty_client(tmp_path: Path) -> Iterator[TestClient]:
    """Ask a workbench that has nothing yet."""
    app = create_app(Settings(store=str(tmp_path / "empty.db"), secret="for tests only" * 3))
    with TestClient(app, base_url=SITE, follow_redirects=False) as asking:
        yield asking


@pytest.fixture
def form_token(client: TestClient) -> str:
    """Give the token of this session's forms, as any page carries it."""
    found = re.search(r'name="token" value="([0-9a-f]+)"', client.get("/about").text)
    assert found
    return found[1]


@pytest.fixture
def send(client: TestClient, form_token: str) -> Callable[..., Response]:
    """Give what posts a form with its token."""
    return lambda path, **fields: client.post(path, data={"token": form_token, **fields})
