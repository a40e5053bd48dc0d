"""What a reading process does with one page: opens it, reads it, and draws the rows that are to be stored."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from onrecord.errors import OnRecordError, PageError
from onrecord.record import Document, Record
from onrecord.sources.found import Page
from onrecord.workers import is_want_of_memory

if TYPE_CHECKING:
    from onrecord.store.rows import Drawn
    from onrecord.store.stored import Failed

_LONGEST_MESSAGE = 500


class ReadsDocuments(Protocol):
    """What reads a page that was opened: an ``onrecord.Reader``, or a stand-in for one."""

    def read(self, source: Document, *, published: str | None = None) -> Record:
        """Put one page on record; raise OnRecordError where it cannot be read."""


def the_reader() -> ReadsDocuments:
    """Load the package's own reader; slow, so only in the processes that read."""
    from onrecord.reading import Reader

    return Reader()


def reading(
    make_reader: Callable[[], ReadsDocuments], words: bool, keep_raw: bool
) -> Callable[[Page], Drawn | Failed]:
    """Load a reader and give what makes a page ready for a store; called in each process."""
    reader = make_reader()
    return lambda page: read_page(reader, page, words=words, keep_raw=keep_raw)


def read_page(reader: ReadsDocuments, page: Page, *, words: bool, keep_raw: bool) -> Drawn | Failed:
    """Read one page; what goes wrong with it is given as Failed, but want of memory is raised."""
    try:
        return _drawn(reader, page, words, keep_raw)
    except PageError as error:
        return failed(page, error.reason, str(error))
    except OnRecordError as error:
        return failed(page, "at-odds", str(error))
    except Exception as error:  # a fault of ours on one page is no reason to lose the others
        if is_want_of_memory(error):
            raise
        return failed(page, "fault", f"please report it ({type(error).__name__}: {error})")


def failed(page: Page, reason: str, message: str) -> Failed:
    """Make the entry of a page that failed; the message does not name the page again."""
    from onrecord.store.stored import Failed

    for name in (page.name, page.locator, page.uri or "", "the page"):
        message = message.removeprefix(f"{name}: ")
    return Failed(page.locator, page.source, reason[:32], message[:_LONGEST_MESSAGE])


def _drawn(reader: ReadsDocuments, page: Page, words: bool, keep_raw: bool) -> Drawn:
    from onrecord.sources.opened import open_found
    from onrecord.store.rows import draw
    from onrecord.store.stored import Stored

    if keep_raw and page.content is None:
        page = replace(page, content=_bytes(page))
    document = open_found(page)
    # An HTML page knows its own date better than the feed that led to it; of a bare text its source does.
    knows = document.source.kind == "html" and document.published.value is not None
    record = reader.read(document, published=None if knows else page.published)
    raw = page.content if keep_raw else None
    return draw(Stored(record, page.locator, page.source, page.captured, raw), words=words)


def _bytes(page: Page) -> bytes | None:
    """Take a file's bytes, at most one more than a page may have; None where opening it is to say why not."""
    from onrecord.pages import Limits

    with suppress(OSError, ValueError), Path(page.name).open("rb") as file:
        return file.read(Limits().bytes + 1)
    return None
