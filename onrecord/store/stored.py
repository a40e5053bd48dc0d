"""What goes into a store: a record with where it came from, and a page that failed with its reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from onrecord.record import Record

_LONGEST = 2000  # bytes of a locator: PostgreSQL's indexes take no key beyond 2,704 bytes


def plain(words: str) -> str:
    """Give words as a database takes them: no NUL, and no half of a character (from a file's odd name)."""
    return words.replace("\0", "\N{REPLACEMENT CHARACTER}").encode(errors="backslashreplace").decode()


def place(locator: str) -> str:
    """Give a locator as it is kept: plain, an enormous one shortened and told from others by its hash."""
    locator = plain(locator)
    if len(locator) * 4 <= _LONGEST or len(locator.encode()) <= _LONGEST:
        return locator
    return f"{locator[: _LONGEST // 8]}…{hashlib.sha256(locator.encode()).hexdigest()}"


def page_key(locator: str, text_id: str) -> str:
    """Give the id of a page: one text at one place."""
    return hashlib.sha256(f"{place(locator)}\n{text_id}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Stored:
    """A record with its place: ``locator`` is a path, an address or a record of an archive.

    ``source`` is what the user named (a folder, a feed); ``captured`` when the bytes were taken, ISO 8601 in
    UTC; ``raw`` the bytes themselves, where they are to be kept.
    """

    record: Record
    locator: str
    source: str = ""
    captured: str | None = None
    raw: bytes | None = None

    @property
    def page_id(self) -> str:
        """Give the page's id, the same in every store."""
        return page_key(self.locator, self.record.document.id)


@dataclass(frozen=True, slots=True)
class Failed:
    """A page that gave no record: ``reason`` is one short word for tables, ``message`` says what happened."""

    locator: str
    source: str
    reason: str
    message: str
    attempts: int = 1
