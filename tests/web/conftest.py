"""The workbench over a small store made by hand: ``web_store`` is its path, ``client`` asks it questions.

``page_id("harbor")`` gives the id of a page by its locator ("story", "harbor", "toll-0" to "toll-29",
"hostile"); ``send(path, **fields)`` posts a form with its token.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from handmade_pages import failed_pages, stored_pages
from httpx import Response
from starlette.testclient import TestClient

from onrecord.store import Store
from onrecord.web.app import create_app
from onrecord.web.settings import Settings

SITE = "http://127.0.0.1"


@pytest.fixture(scope="session")
def whole_store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Make the store once; give its path and its pages' ids by locator."""
    path = tmp_path_factory.mktemp("web") / "whole.db"
    pages = list(stored_pages())
    with Store.open(path) as store:
        store.writer().add(pages, failures=list(failed_pages()))
    ids = {page.locator.split(" ")[0]: page.page_id for page in pages}
    return path, ids


@pytest.fixture
def web_store(whole_store: tuple[Path, dict[str, str]], tmp_path: Path) -> str:
    """Give the path of a store that this test may change."""
    to = tmp_path / "onrecord.db"
    for tail in ("", "-wal"):
        beside = Path(f"{whole_store[0]}{tail}")
        if beside.exists():
            shutil.copy(beside, f"{to}{tail}")
    return str(to)


@pytest.fixture
def page_id(whole_store: tuple[Path, dict[str, str]]) -> Callable[[str], str]:
    """Give what finds a page's id by its locator."""
    return whole_store[1].__getitem__


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
