"""What a source gives: pages, and beside them whatever is no page, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["html", "text"]


def is_address(name: str) -> bool:
    """Whether this is the address of a page on the web."""
    return name.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be read: where it is, its bytes where they are at hand, and what its source says of it.

    ``locator`` is where it stands for good: a path, an address, ``file.warc.gz#<offset of the record>``,
    ``rows.csv#<row>``; ``source`` is the argument that it was found by. ``kind`` and ``charset`` are None
    where the bytes are to tell. ``captured`` is when the bytes were taken (UTC where the source says so),
    ``published`` the article's own date as the source states it: they are never taken for each other.
    """

    name: str
    content: bytes | None = None
    locator: str = ""
    kind: Kind | None = None
    uri: str | None = None
    captured: str | None = None
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    source: str = ""
    charset: str | None = None

    def __post_init__(self) -> None:
        """Let the name be the locator, and the source, where nothing else is given."""
        object.__setattr__(self, "locator", self.locator or self.name)
        object.__setattr__(self, "source", self.source or self.name)

    @property
    def where(self) -> Path | str | bytes:
        """Give what ``Reader.read`` takes."""
        if self.content is not None:
            return self.content
        return self.name if is_address(self.name) else Path(self.name)


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that stands for no page, and why."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What a folder, archive, table or feed holds besides pages: how many, so that none leaves unseen."""

    folder: str
    count: int
    reason: str = "not looking like a page"


@dataclass(frozen=True, slots=True)
class Broken:
    """A place in a source where a page should be and is not to be had; ``reason`` is one word for tables."""

    locator: str
    source: str
    reason: str
    message: str


Found = Page | Missing | PassedOver
"""What the names of files stand for."""

Given = Page | Missing | PassedOver | Broken
"""What any source gives."""
