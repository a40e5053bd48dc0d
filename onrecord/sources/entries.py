"""The entries of a feed's document: RSS and Atom by feedparser, JSON Feed by its own form."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import msgspec

from onrecord.errors import PageUnreadable
from onrecord.sources.found import is_address
from onrecord.sources.moments import published

_JSON_FEED = "https://jsonfeed.org/version/"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed as it stands there."""

    id: str | None
    link: str | None
    title: str | None
    published: str | None
    content: str | None
    outlet: str | None = None


Document = tuple[str | None, tuple[Entry, ...], str | None]
"""The feed's title, its entries, and the address where it goes on."""


def entries_of(content: bytes, base: str | None, charset: str | None, *, name: str) -> Document:
    """Read a feed's bytes, links relative to ``base``; raise PageUnreadable where they are no feed."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json(content.removeprefix(b"\xef\xbb\xbf"), base, name)
    return _xml(content, base, charset, name)


def _xml(content: bytes, base: str | None, charset: str | None, name: str) -> Document:
    import feedparser

    headers = {"content-type": f"application/xml; charset={charset}" if charset else "application/xml"}
    if base:
        headers["content-location"] = base
    try:
        # In a stream: feedparser takes bytes and strings for addresses and paths too, and would open them.
        parsed = feedparser.parse(io.BytesIO(content), response_headers=headers)
    except Exception as error:  # a feed built to break the parser breaks only itself
        raise PageUnreadable(f"the feed cannot be read ({error})", name, "not-a-feed") from error
    if not parsed.get("version") and not parsed.entries:
        raise PageUnreadable("this is no RSS, Atom or JSON feed; check the address", name, "not-a-feed")
    entries = tuple(_entry(entry) for entry in parsed.entries)
    following = next(
        (link.get("href") for link in parsed.feed.get("links", ()) if link.get("rel") == "next"), None
    )
    return _text(parsed.feed.get("title")), entries, _address(following, base)


def _entry(entry: Any) -> Entry:
    contents = entry.get("content") or ()
    content = next((part.get("value") for part in contents if part.get("value")), None) or entry.get(
        "summary"
    )
    return Entry(
        id=_text(entry.get("id")),
        link=_text(entry.get("feedburner_origlink") or entry.get("link")),
        title=_text(entry.get("title")),
        # As it is written, with its zone: the day is the writer's own.
        published=published(entry.get("published")),
        content=_text(content),
        outlet=_text((entry.get("source") or {}).get("title")),
    )


def _json(content: bytes, base: str | None, name: str) -> Document:
    try:
        feed = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError) as error:
        raise PageUnreadable(f"the JSON feed cannot be read ({error})", name, "not-a-feed") from error
    version, entries = feed.get("version"), feed.get("items")
    if not isinstance(version, str) or not version.startswith(_JSON_FEED) or not isinstance(entries, list):
        raise PageUnreadable("this JSON is no feed; check the address", name, "not-a-feed")
    found = tuple(_json_entry(entry, base) for entry in entries if isinstance(entry, dict))
    return _text(feed.get("title")), found, _address(feed.get("next_url"), base)


def _json_entry(entry: dict[str, Any], base: str | None) -> Entry:
    identity = entry.get("id")
    return Entry(
        id=_text(str(identity) if isinstance(identity, int | float) else identity),
        link=_address(entry.get("url"), base) or _address(entry.get("external_url"), base),
        title=_text(entry.get("title")),
        published=published(entry.get("date_published")),
        content=_text(entry.get("content_html")) or _text(entry.get("content_text")),
    )


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _address(value: object, base: str | None) -> str | None:
    """Give a web address in full; None where it is none."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        address = urljoin(base or "", value.strip())
    except ValueError:
        return None
    return address if is_address(address) else None
