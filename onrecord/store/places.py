"""Which page stands at a locator, and why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from onrecord.store.bulk import portions
from onrecord.store.schema import failures, ledger, pages
from onrecord.store.stored import place
from onrecord.store.view import View


@dataclass(frozen=True, slots=True)
class At:
    """What came of a locator: the page that was last read there, or why it failed."""

    page_id: str | None
    title: str | None
    message: str | None


def pages_at(view: View, locators: Iterable[str]) -> dict[str, At]:
    """Give what the ledger has of each locator; those that nobody has read yet are left out."""
    wanted = {place(locator): locator for locator in locators}
    joined = ledger.outerjoin(pages, pages.c.id == ledger.c.page_id).outerjoin(
        failures, failures.c.locator == ledger.c.locator
    )
    asks = select(ledger.c.locator, ledger.c.page_id, pages.c.title, failures.c.message).select_from(joined)
    found: dict[str, At] = {}
    for some in portions(list(wanted)):
        with view.store.reading() as connection:
            for locator, page_id, title, message in connection.execute(
                asks.where(ledger.c.locator.in_(some))
            ):
                found[wanted[locator]] = At(page_id, title, message)
    return found
