"""The fixture store of the workbench's tests: made once, copied for whoever may change it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from handmade_pages import failed_pages, stored_pages

from onrecord.store import Store


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
    return copied(whole_store[0], tmp_path)


@pytest.fixture
def page_id(whole_store: tuple[Path, dict[str, str]]) -> Callable[[str], str]:
    """Give what finds a page's id by its locator."""
    return whole_store[1].__getitem__


def copied(store: Path, folder: Path) -> str:
    """Copy a store into a folder; give the copy's path."""
    to = folder / "onrecord.db"
    for tail in ("", "-wal"):
        beside = Path(f"{store}{tail}")
        if beside.exists():
            shutil.copy(beside, f"{to}{tail}")
    return str(to)
