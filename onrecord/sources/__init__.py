"""Sources: which pages files, addresses, feeds, archives and tables hold, one by one in a fixed order.

What opens pages is imported when it is first used: a command that only lists files needs none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from onrecord.sources.files import STANDARD_INPUT, SUFFIXES, find_pages, is_single
from onrecord.sources.found import Broken, Found, Given, Missing, Page, PassedOver, is_address

if TYPE_CHECKING:
    from onrecord.sources.archives import archive_pages
    from onrecord.sources.columns import Columns, parse_columns
    from onrecord.sources.feeds import Feed, feed_pages, pages_of, read_feed
    from onrecord.sources.named import pages_in
    from onrecord.sources.opened import open_found
    from onrecord.sources.tables import table_pages
    from onrecord.sources.visits import Visits

__all__ = [
    "STANDARD_INPUT",
    "SUFFIXES",
    "Broken",
    "Columns",
    "Feed",
    "Found",
    "Given",
    "Missing",
    "Page",
    "PassedOver",
    "Visits",
    "archive_pages",
    "feed_pages",
    "find_pages",
    "is_address",
    "is_single",
    "open_found",
    "pages_in",
    "pages_of",
    "parse_columns",
    "read_feed",
    "table_pages",
]

_MODULES = {
    "Columns": "columns",
    "Feed": "feeds",
    "Visits": "visits",
    "archive_pages": "archives",
    "feed_pages": "feeds",
    "open_found": "opened",
    "pages_in": "named",
    "pages_of": "feeds",
    "parse_columns": "columns",
    "read_feed": "feeds",
    "table_pages": "tables",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value
