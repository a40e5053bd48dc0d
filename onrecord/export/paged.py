"""A record with where its page came from: what every export to a format takes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from onrecord.errors import StoreError
from onrecord.record import Record


@dataclass(frozen=True, slots=True)
class Paged:
    """A record and its page: ``locator`` is a path, address or place in an archive; ``captured`` is UTC.

    ``key`` is the page's id in a store; without a store it is made of locator and text.
    """

    record: Record
    locator: str = ""
    captured: str | None = None
    key: str = ""

    @property
    def id(self) -> str:
        """Give the page's id: the same for the same text at the same place."""
        return self.key or _key(self.locator, self.record.document.id)

    @property
    def address(self) -> str:
        """Give the page's address, or else its locator; empty where neither is known."""
        return self.record.document.uri or self.locator

    @property
    def bare(self) -> bool:
        """Whether the store kept no words."""
        return not self.record.document.text


def _key(locator: str, text_id: str) -> str:
    return hashlib.sha256(f"{locator}\n{text_id}".encode("utf-8", "backslashreplace")).hexdigest()[:32]


def with_text(page: Paged, form: str) -> str:
    """Give the page's text; raise StoreError where the store kept none and the format cannot do without."""
    if page.bare:
        raise StoreError(
            f"{page.address or page.id}: the store keeps no text, and {form} cannot be written without;"
            " choose one of the tables, or export from a store with text"
        )
    return page.record.document.text
