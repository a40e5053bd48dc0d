"""The door in: pages with their rows and their lines of the ledger, a batch a transaction."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select

from onrecord.store.batch import Batch
from onrecord.store.bulk import portions
from onrecord.store.rows import Drawn, draw
from onrecord.store.schema import ledger
from onrecord.store.store import Store
from onrecord.store.stored import Failed, Stored, place


class Writer:
    """Puts pages into a store; any number of writers, in any number of processes, may be at work."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, pages: Iterable[Stored], *, failures: Iterable[Failed] = ()) -> int:
        """Put pages and failures in, all or none of them; give how many pages are new or were replaced.

        A page that is there already is replaced where another model or reader read it now; else the earlier
        capture stays. What people decided of it is not touched. Raises RecordError where a record disagrees
        with itself, StoreError where the database will not have them.
        """
        return self.put([draw(page, words=self._store.words) for page in pages], failures=failures)

    def put(self, pages: Iterable[Drawn], *, failures: Iterable[Failed] = ()) -> int:
        """Put in pages that were drawn already, as :meth:`add` does (in the process that read them, say)."""
        return self._store.write(Batch(pages, failures).put)

    def done(self, locators: Iterable[str]) -> set[str]:
        """Give those of these locators that are in the ledger: read, or failed."""
        names = {place(locator): locator for locator in locators}
        found: set[str] = set()
        with self._store.reading() as connection:
            for some in portions(list(names)):
                rows = connection.execute(select(ledger.c.locator).where(ledger.c.locator.in_(some)))
                found.update(names[locator] for (locator,) in rows)
        return found

    def forget(self, locator: str) -> None:
        """Strike a locator from the ledger so that it is read again; what is stored of it stays."""

        def strike(connection: Connection) -> None:
            connection.execute(delete(ledger).where(ledger.c.locator == place(locator)))

        self._store.write(strike)
