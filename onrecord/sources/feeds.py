"""RSS, Atom and JSON feeds: a feed read once, and the pages that it links to.

A page of a feed is given by its address alone, so that what was read before need not be fetched again; an
entry without a link is a page by its own content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag

from onrecord.errors import PageError, PageUnreadable
from onrecord.pages.fetch import Version
from onrecord.pages.limits import Limits
from onrecord.sources.entries import Entry, entries_of
from onrecord.sources.found import Broken, Given, Page, PassedOver, is_address
from onrecord.sources.moments import now
from onrecord.sources.visits import Visits

FEEDS = "application/rss+xml, application/atom+xml, application/feed+json, application/json, text/xml"
MOST_PARTS = 50
"""Documents of one feed that are followed, one to the next: an archived feed has some, a trap no end."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's document as it was read: its entries in order, and where the feed goes on, if it does."""

    address: str
    title: str | None = None
    entries: tuple[Entry, ...] = ()
    following: str | None = None
    version: Version = field(default_factory=Version)
    unchanged: bool = False
    captured: str | None = None


def read_feed(address: str, visits: Visits, known: Version | None = None) -> Feed:
    """Read a feed from an address or a file; raise PageError. ``known`` is its version as last read."""
    if not is_address(address):
        return _feed(address, _file(address), None)
    fetched = visits.fetch(address, accept=FEEDS, known=known)
    if fetched.unchanged:
        return Feed(address, version=known or Version(), unchanged=True)
    return _feed(address, fetched.content, fetched.url, fetched.charset, fetched.version)


def feed_pages(address: str, visits: Visits, *, most: int = MOST_PARTS, source: str = "") -> Iterator[Given]:
    """Give the pages of a feed in its order, each address once, and of the documents in which it goes on.

    It ends where the feed does, where it comes back to what it has given, or after ``most`` documents.
    """
    seen: set[str] = set()
    read: set[str] = set()
    repeated = 0
    at: str | None = address
    while at is not None and at not in read and len(read) < most:
        read.add(at)
        try:
            feed = read_feed(at, visits)
        except PageError as error:
            yield Broken(at, source or address, error.reason, str(error).removeprefix(f"{at}: "))
            break
        fresh = 0
        for given in pages_of(feed, source or address):
            locator = given.locator
            if locator in seen:
                repeated += 1
                continue
            seen.add(locator)
            fresh += 1
            yield given
        at = feed.following if fresh else None
    if repeated:
        yield PassedOver(address, repeated, "given by the feed before")


def pages_of(feed: Feed, source: str = "") -> Iterator[Page | Broken]:
    """Give the pages that a feed's document links to, in its order."""
    source = source or feed.address
    for number, entry in enumerate(feed.entries, 1):
        link = urldefrag(entry.link or "").url
        locator = f"{feed.address}#{entry.id or number}"
        if is_address(link):
            yield Page(link, uri=link, published=entry.published, title=entry.title, source=source)
        elif entry.content:
            yield Page(
                locator,
                entry.content.encode("utf-8", "replace"),
                kind="html",
                charset="utf-8",
                uri=feed.address if is_address(feed.address) else None,
                captured=feed.captured,
                published=entry.published,
                outlet=entry.outlet or feed.title,
                title=entry.title,
                source=source,
            )
        else:
            yield Broken(locator, source, "empty", "the entry has neither a link to a page nor content")


def _feed(
    address: str,
    content: bytes,
    base: str | None,
    charset: str | None = None,
    version: Version | None = None,
) -> Feed:
    title, entries, following = entries_of(content, base, charset, name=address)
    return Feed(
        address, title, entries, following, version or Version(), captured=now() if base is not None else None
    )


def _file(path: str) -> bytes:
    most = Limits().bytes
    try:
        with Path(path).open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PageUnreadable(f"the file cannot be read: {reason}", path, "no-file") from error
    if len(content) > most:
        raise PageUnreadable(f"the feed has more than {most:,} bytes", path, "too-large")
    return content
