"""A browser before the workbench: ``browse(path)`` opens a page of the fixture store, and listens.

Whatever a page says on its console as an error, and whatever it asks of another host, fails the test at its
end. Where there is no Chromium these tests are skipped, each by name; ``make chromium`` installs it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from handmade_store import copied, page_id, web_store, whole_store

CHROMIUM = Path("/usr/bin/chromium")
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

__all__ = ["browse", "browser", "page_id", "site", "web_store", "whole_store"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser, by name, where there is none."""
    if CHROMIUM.exists():
        return
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=f"{CHROMIUM} is missing; make chromium installs it"))


# A module, not a session: Playwright keeps an event loop in this thread as long as it runs.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        yield started
        started.close()


@pytest.fixture(scope="module")
def site(whole_store: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the fixture store; give its address."""
    import uvicorn

    from onrecord.web.app import create_app
    from onrecord.web.settings import Settings

    store = copied(whole_store[0], tmp_path_factory.mktemp("browser"))
    app = create_app(Settings(store=store, secret="for tests only" * 3))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none"))
    running = threading.Thread(target=server.run)
    running.start()
    for _ in range(600):
        if server.started:
            break
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    running.join(30)


@pytest.fixture
def browse(browser: Any, site: str) -> Iterator[Callable[..., Any]]:
    """Give what opens a page, each time as somebody new; afterwards nothing may have gone wrong on it."""
    opened: list[Any] = []
    wrong: list[str] = []

    def say(page: Any, message: Any) -> None:
        if message.type == "error":
            wrong.append(f"{page.url}: {message.text}")

    def ask(page: Any, request: Any) -> None:
        if not request.url.startswith((site, "data:")):
            wrong.append(f"{page.url} asked for {request.url}")

    def listen(page: Any) -> None:
        page.on("console", lambda message: say(page, message))
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        page.on("request", lambda request: ask(page, request))

    def opening(path: str, **options: Any) -> Any:
        context = browser.new_context(base_url=site, **{"locale": "en", **options})
        context.set_default_timeout(20_000)
        opened.append(context)
        page = context.new_page()
        listen(page)
        page.goto(path)
        return page

    yield opening
    for context in opened:
        context.close()
    assert not wrong
