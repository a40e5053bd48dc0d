"""Feeds followed: each asked now and then for what is new, and what it links to ingested.

A feed's version (its ETag and Last-Modified) is kept only when all of its pages are in the store, so that a
crash between the two makes the feed be read again, and its pages once.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select, text

from onrecord.errors import PageError
from onrecord.ingest import Plan, Tally, ingest
from onrecord.ingest.reading import ReadsDocuments, the_reader
from onrecord.ingest.writing import patiently
from onrecord.pages.fetch import Version
from onrecord.sources import Broken, Feed, Page, Visits, pages_of, read_feed
from onrecord.store import schema

if TYPE_CHECKING:
    from onrecord.store import Store

_TICK = 0.5  # seconds after which a wait is broken off to ask whether to stop
_LONGEST_WAIT = 24 * 3600.0  # for a feed that fails again and again
_PUT = """
INSERT INTO feeds (url, etag, modified, checked, wait_until)
VALUES (:url, :etag, :modified, :checked, :wait_until)
ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, modified = excluded.modified,
checked = excluded.checked, wait_until = excluded.wait_until
"""
_FORM = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Followed:
    """What is known of a feed: its version when it was last read, when that was, and until when it rests."""

    url: str
    version: Version = Version()  # noqa: RUF009 - frozen
    checked: str | None = None
    wait_until: str | None = None


@dataclass(slots=True)
class Round:
    """What came of asking the feeds once."""

    read: int = 0
    unchanged: int = 0
    resting: int = 0
    failed: int = 0


def watch(
    feeds: Sequence[str],
    store: Store,
    plan: Plan = Plan(),  # noqa: B008 - frozen
    *,
    every: float = 600.0,
    once: bool = False,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[str, str], None] = lambda _name, _message: None,
    told: Callable[[Round, Tally], None] = lambda _round, _tally: None,
    visits: Visits | None = None,
    make_reader: Callable[[], ReadsDocuments] = the_reader,
    now: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
) -> bool:
    """Follow the feeds until ``stop`` says so, or ``once``; give whether every feed could be read last.

    ``every`` is in seconds, from the start of one round to the start of the next. A feed that cannot be read
    rests for as long, and twice as long each further time, a day at most. ``told`` hears of each round.
    """
    visits = visits or Visits()
    failures: dict[str, int] = {}
    while True:
        began = time.monotonic()
        asked, tally = Round(), Tally()
        following = _Following(feeds, store, visits, asked, tell, failures, every, now)
        ingest(
            following.pages(),
            store,
            plan,
            tally=tally,
            stop=stop,
            tell=tell,
            visits=visits,
            make_reader=make_reader,
        )
        if not tally.stopped:
            following.keep()
        told(asked, tally)
        while not (once or stop()) and time.monotonic() - began < every:
            time.sleep(min(_TICK, max(0.0, began + every - time.monotonic())))
        if once or stop():
            return not asked.failed


class _Following:
    """One round: which feeds are asked, what they give, and what to remember of them afterwards."""

    def __init__(
        self,
        feeds: Sequence[str],
        store: Store,
        visits: Visits,
        asked: Round,
        tell: Callable[[str, str], None],
        failures: dict[str, int],
        every: float,
        now: Callable[[], datetime.datetime],
    ) -> None:
        self._feeds, self._store, self._visits = feeds, store, visits
        self._asked, self._tell, self._failures = asked, tell, failures
        self._every, self._now = every, now
        self._learnt: list[Followed] = []

    def pages(self) -> Iterator[Page | Broken]:
        """Give the pages of the feeds that have something new."""
        for url in dict.fromkeys(self._feeds):
            known = followed(self._store, url)
            moment = self._now().strftime(_FORM)
            if known.wait_until is not None and moment < known.wait_until:
                self._asked.resting += 1
                continue
            try:
                feed = read_feed(url, self._visits, known.version)
            except PageError as error:
                self._fail(known, moment, error)
                continue
            self._failures.pop(url, None)
            self._learnt.append(Followed(url, feed.version, moment))
            if feed.unchanged:
                self._asked.unchanged += 1
            else:
                self._asked.read += 1
                yield from _with_content(feed, url)

    def keep(self) -> None:
        """Remember what was learnt, now that the pages are in the store."""
        for known in self._learnt:
            remember(self._store, known)

    def _fail(self, known: Followed, moment: str, error: PageError) -> None:
        self._asked.failed += 1
        times = self._failures[known.url] = self._failures.get(known.url, 0) + 1
        rest = min(self._every * 2 ** min(times - 1, 20), _LONGEST_WAIT) if times > 1 else 0.0
        until = (self._now() + datetime.timedelta(seconds=rest)).strftime(_FORM) if rest else None
        self._learnt.append(replace(known, checked=moment, wait_until=until))
        self._tell(known.url, str(error).removeprefix(f"{known.url}: "))


def _with_content(feed: Feed, url: str) -> Iterator[Page | Broken]:
    seen: set[str] = set()
    for given in pages_of(feed, url):
        if given.locator not in seen:
            seen.add(given.locator)
            yield given


def followed(store: Store, url: str) -> Followed:
    """Give what the store knows of a feed."""
    c = schema.feeds.c

    def ask() -> Followed:
        with store.reading() as connection:
            row = connection.execute(
                select(c.etag, c.modified, c.checked, c.wait_until).where(c.url == url)
            ).one_or_none()
        if row is None:
            return Followed(url)
        return Followed(url, Version(row.etag, row.modified), row.checked, row.wait_until)

    return patiently(ask)


def remember(store: Store, known: Followed) -> None:
    """Put down what is known of a feed."""

    values = {
        "url": known.url,
        "etag": known.version.etag,
        "modified": known.version.modified,
        "checked": known.checked,
        "wait_until": known.wait_until,
    }
    store.write(lambda connection: connection.execute(text(_PUT), values))
