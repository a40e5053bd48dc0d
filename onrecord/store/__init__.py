"""Records kept in SQLite or PostgreSQL: ``Store.open(url)``, then ``store.writer()`` and ``store.view()``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.store.faults import check_store
    from onrecord.store.filter import Filter
    from onrecord.store.store import Store
    from onrecord.store.stored import Failed, Stored
    from onrecord.store.view import View
    from onrecord.store.writer import Writer

_HOMES = {
    "Failed": "onrecord.store.stored",
    "Filter": "onrecord.store.filter",
    "Store": "onrecord.store.store",
    "Stored": "onrecord.store.stored",
    "View": "onrecord.store.view",
    "Writer": "onrecord.store.writer",
    "check_store": "onrecord.store.faults",
}

__all__ = ["Failed", "Filter", "Store", "Stored", "View", "Writer", "check_store"]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: SQLAlchemy takes a while to load."""
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord.store' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
