"""Pages fetched from several sites at once, while others are read."""

from __future__ import annotations

import queue
import threading
from contextlib import suppress

from onrecord.sources.found import Broken, Page
from onrecord.sources.visits import Visits


class Fetching:
    """A few threads that fetch pages through the visits; they end with the process at any time."""

    def __init__(self, visits: Visits, count: int) -> None:
        self._visits, self._count = visits, count
        self._wanted: queue.SimpleQueue[Page | None] = queue.SimpleQueue()
        self._fetched: queue.SimpleQueue[Page | Broken] = queue.SimpleQueue()
        self._started = 0
        self.pending = 0

    def want(self, page: Page) -> None:
        """Ask for a page."""
        self.pending += 1
        if self._started < min(self.pending, self._count):
            threading.Thread(target=self._fetch, daemon=True).start()
            self._started += 1
        self._wanted.put(page)

    def take(self, seconds: float = 0.0) -> list[Page | Broken]:
        """Give what has been fetched by now; where there is nothing yet, wait for it so long."""
        got: list[Page | Broken] = []
        with suppress(queue.Empty):
            while True:
                wait = 0.0 if got else seconds
                got.append(self._fetched.get(timeout=wait) if wait else self._fetched.get_nowait())
                self.pending -= 1
        return got

    def close(self) -> None:
        """Let the threads end."""
        for _ in range(self._started):
            self._wanted.put(None)

    def _fetch(self) -> None:
        while (page := self._wanted.get()) is not None:
            try:
                self._fetched.put(self._visits.fetched(page))
            except Exception as error:  # it must be answered, else the run would wait for it for ever
                message = f"please report it ({type(error).__name__}: {error})"
                self._fetched.put(Broken(page.locator, page.source, "fault", message))
