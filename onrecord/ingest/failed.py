"""The pages that failed before, for those who want to try them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.store.store import Store


def forgiven(store: Store) -> dict[str, str]:
    """Give the locators of all pages that failed, each with the source that it was found in."""
    return {failure.locator: failure.source for failure in store.view().failures()}
