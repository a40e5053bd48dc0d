"""What the sources of an ingestion stand for, each told by its name.

| name | what is read |
|---|---|
| a path, folder or pattern | its files, each by its ending: pages, archives, tables, lists |
| ``https://…`` | that page |
| ``feed:https://…``, ``feed:file.xml`` | the pages that a feed links to |
| ``list:FILE``, ``@FILE``, ``FILE.urls``, ``list:https://…`` | the sources that a list names, one a line |

A list may name anything but lists; empty lines and lines that start with ``#`` are left out, and paths are
as from where the command runs. A list from the web may name addresses only: it has no say over local files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag

from onrecord.errors import PageError
from onrecord.pages.limits import Limits
from onrecord.sources.archives import archive_pages, is_archive
from onrecord.sources.columns import Columns
from onrecord.sources.feeds import feed_pages
from onrecord.sources.files import STANDARD_INPUT, ending, find_files, looks_like_page
from onrecord.sources.found import Broken, Given, Missing, Page, is_address
from onrecord.sources.tables import is_table, table_pages
from onrecord.sources.visits import Visits

_FEED, _LIST, _AT = "feed:", "list:", "@"
_LONGEST_LINE = 8192
_LIMITS = Limits()


class Sources:
    """What reads sources: with which columns, limits, and which door to the web."""

    def __init__(
        self, *, columns: Columns | None = None, visits: Visits | None = None, limits: Limits = _LIMITS
    ) -> None:
        self._columns = columns
        self._visits = visits or Visits(limits=limits)
        self._limits = limits

    def pages(self, names: Iterable[str]) -> Iterator[Given]:
        """Give the pages of each source in turn, in a fixed order, as they are come to.

        A page from the web or of a file comes without its bytes: ``Visits.fetched`` gets the one's politely,
        opening reads the other's. Raises StoreError where a library for a kind of table is missing.
        """
        for name in names:
            listed = _list_of(name)
            if listed is None:
                yield from self._source(name, name)
            else:
                yield from self._list(listed, name)

    def _source(self, name: str, source: str) -> Iterator[Given]:
        if name.startswith(_FEED) and not os.path.exists(name):
            yield from feed_pages(name.removeprefix(_FEED), self._visits, source=source)
        elif is_address(name):
            address = urldefrag(name.strip()).url
            yield Page(address, uri=address, source=source)
        elif name == STANDARD_INPUT:
            yield Page(name, source=source)
        else:
            for found in find_files(name, _is_source):
                if isinstance(found, Page):
                    yield from self._file(found.name, source)
                else:
                    yield found

    def _file(self, path: str, source: str) -> Iterator[Given]:
        if is_archive(path):
            yield from archive_pages(path, limits=self._limits, source=source)
        elif is_table(path):
            yield from table_pages(path, self._columns, limits=self._limits, source=source)
        elif ending(path) == ".urls":
            yield from self._list(path, source)
        else:
            yield Page(path, source=source)

    def _list(self, listed: str, source: str) -> Iterator[Given]:
        try:
            for line in self._lines(listed):
                name = line.strip()
                if not name or name.startswith("#"):
                    continue
                if len(name) > _LONGEST_LINE:
                    yield Missing(listed, f"it has a line of more than {_LONGEST_LINE:,} characters")
                elif _list_of(name) is not None or (ending(name) == ".urls" and not is_address(name)):
                    yield Missing(name, f"a list ({listed}) may not name another")
                elif name == STANDARD_INPUT:
                    yield Missing(name, f"a list ({listed}) may not name standard input")
                elif is_address(listed) and not is_address(name.removeprefix(_FEED)):
                    yield Missing(name, f"a list from the web ({listed}) may name addresses only")
                else:
                    yield from self._source(name, source)
        except PageError as error:
            yield Broken(listed, source, error.reason, str(error).removeprefix(f"{listed}: "))
        except OSError as error:
            yield Missing(listed, f"the list cannot be read: {error.strerror or error}")

    def _lines(self, listed: str) -> Iterator[str]:
        if is_address(listed):
            answer = self._visits.fetch(listed, accept="text/plain")
            yield from answer.content.decode("utf-8-sig", "replace").splitlines()
            return
        with open(listed, encoding="utf-8-sig", errors="replace") as file:
            while line := file.readline(_LONGEST_LINE + 2):
                yield line


def pages_in(
    names: Iterable[str],
    *,
    columns: Columns | None = None,
    visits: Visits | None = None,
    limits: Limits = _LIMITS,
) -> Iterator[Given]:
    """Give the pages of each source in turn: see ``Sources.pages``."""
    return Sources(columns=columns, visits=visits, limits=limits).pages(names)


def _is_source(file: str) -> bool:
    return looks_like_page(file) or is_archive(file) or is_table(file) or ending(file) == ".urls"


def _list_of(name: str) -> str | None:
    """Give the file or address of a list, where this names one; a file that has such a name is that file."""
    for sign in (_LIST, _AT):
        if name.startswith(sign) and not os.path.exists(name):
            return name.removeprefix(sign)
    return None
