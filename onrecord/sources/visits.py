"""Visits to sites: one request at a time to each, with a pause between, and robots.txt asked once a day."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from urllib.robotparser import RobotFileParser

from onrecord.errors import PageError
from onrecord.pages.fetch import USER_AGENT, AddressCheck, Asking, Fetched, Version, fetch, is_public
from onrecord.pages.limits import Limits
from onrecord.sources.found import Broken, Page, is_address
from onrecord.sources.moments import now

PAGES = "text/html, text/plain"
_DAY = 24 * 3600.0
_LONGEST_PAUSE = 60.0  # a site's robots.txt may ask for more; a run that it could hold for ever is no run


@dataclass(slots=True)
class _Site:
    """A host: the lock that one request holds, and when the last one ended."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    left: float | None = None


class Visits:
    """The one door to the web of an ingestion: build one, and fetch everything through it, from any thread.

    ``pause`` is the time in seconds between two requests to a host; a longer Crawl-delay of the site counts.
    ``allowed`` judges the IP addresses, ``clock`` and ``sleep`` are for tests.
    """

    def __init__(
        self,
        *,
        pause: float = 1.0,
        limits: Limits | None = None,
        allowed: AddressCheck = is_public,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._pause = pause
        self._limits = limits or Limits()
        self._allowed = allowed
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._sites: dict[str, _Site] = {}
        self._permits: dict[str, RobotFileParser | None] = {}
        self._permits_since = clock()

    def fetch(self, url: str, *, accept: str = PAGES, known: Version | None = None) -> Fetched:
        """Fetch one address; raise PageError. With ``known`` the answer may be that nothing has changed."""
        with self._lock:
            if self._clock() - self._permits_since > _DAY:
                self._permits, self._permits_since = {}, self._clock()
            asking = Asking(accept, known or Version(), self._turn, self._permits)
        return fetch(url, self._limits, allowed=self._allowed, asking=asking)

    def fetched(self, page: Page) -> Page | Broken:
        """Give the page with its bytes and the time at which they were taken, or why there are none."""
        if page.content is not None or not is_address(page.name):
            return page
        try:
            answer = self.fetch(page.name)
        except PageError as error:
            message = str(error).removeprefix(f"{page.name}: ")
            return Broken(page.locator, page.source, error.reason, message)
        return replace(page, content=answer.content, uri=answer.url, captured=now(), charset=answer.charset)

    @contextmanager
    def _turn(self, host: str) -> Iterator[None]:
        with self._lock:
            site = self._sites.setdefault(host, _Site())
        with site.lock:
            if site.left is not None:
                wait = site.left + self._pause_of(host) - self._clock()
                if wait > 0:
                    self._sleep(wait)
            try:
                yield
            finally:
                site.left = self._clock()

    def _pause_of(self, host: str) -> float:
        asked = [
            float(permit.crawl_delay(USER_AGENT) or 0)
            for origin, permit in list(self._permits.items())
            if permit is not None and origin.partition("://")[2].rpartition("@")[2].split(":")[0] == host
        ]
        return max(self._pause, min(max(asked, default=0.0), _LONGEST_PAUSE))
