"""A store of hand-made pages for counting, and one of a page with whatever a test says happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from handmade import find
from handmade_events import Builder
from handmade_pages import stored_pages

from onrecord.record import Date, Record
from onrecord.store import Store
from onrecord.store.stored import Stored
from onrecord.store.view import View

Deed = tuple[str, str, str, str | None, str]  # who, type, whom, date, status


@pytest.fixture(scope="session")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    """Give the pages of the workbench's tests."""
    with Store.open(tmp_path_factory.mktemp("analysis") / "pages.db") as store:
        store.writer().add(list(stored_pages()))
        yield store.view()


def page_of(number: int, outlet: str, deeds: list[Deed], published: str = "1962-12-01") -> Record:
    """Make a page that tells these deeds in its own voice, a sentence each."""
    sentences = [f"{who} did thing {n} to {whom}." for n, (who, _, whom, _, _) in enumerate(deeds)]
    text = f"Page {number}\n\n" + " ".join(sentences)
    b = Builder(text)
    parties: dict[str, str] = {}
    for n, (who, kind, whom, date, status) in enumerate(deeds):
        for name in (who, whom):
            if name not in parties:
                parties[name] = b.party(name, "place")
        precision = None if date is None else {4: "year", 7: "month", 10: "day"}[len(date)]
        b.happens(
            kind, find(text, f"did thing {n}"), parties[who], parties[whom], status=status,
            date=Date(date, precision, "text" if date else "none stated"),
        )  # fmt: skip
    return b.record(
        document={
            "outlet": outlet,
            "title": find(text, f"Page {number}"),
            "published": Date(published, "day", "metadata"),
        }
    )


@pytest.fixture
def told(tmp_path) -> Iterator[Callable[..., View]]:
    """Give what makes a store of pages: each an outlet and its deeds."""
    stores: list[Store] = []

    def make(*pages: tuple[str, list[Deed]]) -> View:
        store = Store.open(tmp_path / f"told{len(stores)}.db")
        stores.append(store)
        store.writer().add(
            [Stored(page_of(n, outlet, deeds), f"p{n}") for n, (outlet, deeds) in enumerate(pages)]
        )
        return store.view()

    yield make
    for store in stores:
        store.close()
