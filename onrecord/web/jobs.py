"""Reading what people give: jobs in a table, done one after the other, each page in a process apart.

A job survives a restart: what was being read is taken up again, and what is on record is not read twice.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from onrecord.errors import OnRecordError
from onrecord.ingest import Plan, Tally, ingest
from onrecord.ingest.plan import MEGABYTE
from onrecord.ingest.reading import ReadsDocuments, the_reader
from onrecord.sources.found import Broken, Given, Page
from onrecord.sources.visits import Visits
from onrecord.store import Store
from onrecord.store.stored import plain
from onrecord.web import clock
from onrecord.web.giving import Part, pages_of
from onrecord.web.keeping_tables import job_lines, job_parts, jobs
from onrecord.web.kept import forget
from onrecord.web.secrets import new_id

WAITING = 20
"""So many jobs of one person may wait at once, and so many bytes of all."""
WAITING_BYTES = 256 * MEGABYTE

_PLAN = Plan(jobs=1, seconds=60.0, memory=2048 * MEGABYTE, retry=True, batch=8, delay=1.0, fetches=2)
_SILENT = 180  # seconds after which whoever read a job is taken for dead
_TICK = 1.0  # seconds between two notes of how far a job is
_KEPT = 30 * clock.DAY  # jobs that ended are listed for so long
_MESSAGE = 500


class TooMany(OnRecordError):
    """Somebody gives more than can wait."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands; ``total`` is None while nobody knows how many pages there are."""

    id: str
    account: str
    who: str
    state: str
    made: int
    ended: int | None
    total: int | None
    read: int
    there: int
    failed: int
    message: str

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.state in ("done", "stopped", "failed")

    @property
    def seen(self) -> int:
        """How many pages are dealt with."""
        return self.read + self.there + self.failed


@dataclass(frozen=True, slots=True)
class Line:
    """A page of a job: how it was named, where it stands, and why it is not there, where that is known."""

    name: str
    locator: str
    message: str


class Jobs:
    """Takes jobs and has them read, by one thread that runs while there are any."""

    def __init__(
        self,
        store: Store,
        *,
        plan: Plan = _PLAN,
        visits: Visits | None = None,
        make_reader: Callable[[], ReadsDocuments] = the_reader,
    ) -> None:
        self._store, self._plan, self._make_reader = store, plan, make_reader
        self._visits = visits or Visits()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ending = False

    def add(self, account: str, who: str, parts: Sequence[Part]) -> str:
        """Take a job; give its id. Raises TooMany where too much waits already."""
        job, at = new_id(), clock.now()

        def put(connection: Connection) -> None:
            waits = jobs.c.state.in_(("waiting", "reading"))
            asks = select(func.count()).where(waits, jobs.c.account == account)
            size = select(func.sum(func.length(job_parts.c.content)))
            if (connection.execute(asks).scalar() or 0) >= WAITING:
                raise TooMany("Too many jobs of yours wait already; let some end first.")
            more = sum(len(part.content or b"") for part in parts)
            if (connection.execute(size).scalar() or 0) + more > WAITING_BYTES:
                raise TooMany("Too much waits to be read already; try again later.")
            n = (connection.execute(select(func.max(jobs.c.n))).scalar() or 0) + 1
            row = {
                "id": job, "n": n, "account": account, "who": who[:80], "state": "waiting", "stop": False,
                "made": at, "read": 0, "there": 0, "failed": 0, "message": "",
            }  # fmt: skip
            connection.execute(jobs.insert().values(**row))
            connection.execute(job_parts.insert(), [
                {"job": job, "kind": part.kind, "name": plain(part.name), "title": plain(part.title),
                 "outlet": plain(part.outlet), "published": part.published[:40], "content": part.content}
                for part in parts
            ])  # fmt: skip
            connection.execute(jobs.delete().where(jobs.c.ended < at - _KEPT))

        self._store.write(put)
        self.begin()
        return job

    def begin(self) -> None:
        """Have what waits read, in a thread of our own."""
        with self._lock:
            if self._ending or (self._thread is not None and self._thread.is_alive()) or not self._waits():
                return
            self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
            self._thread.start()

    def end(self, seconds: float = 10.0) -> None:
        """Stop; what is being read waits for the next start."""
        with self._lock:
            self._ending = True
            thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def stop(self, job: str) -> None:
        """Ask that a job be left off; what has been read stays."""
        at = clock.now()

        def ask(connection: Connection) -> None:
            this = jobs.c.id == job
            connection.execute(jobs.update().where(this).values(stop=True))
            waits = jobs.update().where(this, jobs.c.state == "waiting")
            if connection.execute(waits.values(state="stopped", ended=at)).rowcount:
                connection.execute(job_parts.delete().where(job_parts.c.job == job))

        self._store.write(ask)

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is being read any more; tell whether that came."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    def _waits(self) -> bool:
        with self._store.reading() as connection:
            return connection.execute(select(jobs.c.id).where(_free()).limit(1)).first() is not None

    def _work(self) -> None:
        while not self._ending:
            # Whoever adds a job either sees this thread alive under the lock, or starts another one.
            with self._lock:
                job = self._claim()
                if job is None:
                    self._thread = None
                    return
            _Run(self._store, job, self._plan, self._visits, self._make_reader, lambda: self._ending).do()

    def _claim(self) -> str | None:
        def claim(connection: Connection) -> str | None:
            asks = select(jobs.c.id).where(_free()).order_by(jobs.c.n).limit(1)
            job: str | None = connection.execute(asks).scalar()
            if job is None:
                return None
            taken = jobs.update().where(jobs.c.id == job, _free()).values(state="reading", beat=clock.now())
            return job if connection.execute(taken).rowcount else None

        return self._store.write(claim)


class _Run:
    """One job being read."""

    def __init__(
        self,
        store: Store,
        job: str,
        plan: Plan,
        visits: Visits,
        make_reader: Callable[[], ReadsDocuments],
        ending: Callable[[], bool],
    ) -> None:
        self._store, self._job, self._plan = store, job, plan
        self._visits, self._make_reader, self._ending = visits, make_reader, ending
        self._tally = Tally()
        self._lines: list[dict[str, str]] = []
        self._asked = False
        self._noted = time.monotonic()

    def do(self) -> None:
        """Read it, and write down what came of it."""
        state, message = "done", ""
        try:
            parts = self._parts()
            if all(part.kind != "file" and not part.name.startswith("feed:") for part in parts):
                self._tally.total = len(parts)
            with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
                ingest(
                    self._listed(pages_of(parts, Path(folder), self._visits)), self._store, self._plan,
                    tally=self._tally, stop=lambda: self._asked or self._ending(), tell=self._tell,
                    advance=self._advance, visits=self._visits, make_reader=self._make_reader,
                )  # fmt: skip
        except OnRecordError as error:
            state, message = "failed", str(error)
        except Exception as error:  # whatever it is, the next job is to be read
            state, message = (
                "failed",
                f"onrecord failed here, please report it ({type(error).__name__}: {error})",
            )
        if self._tally.stopped:
            state = "stopped" if self._asked else "waiting"
        self._note(state, message)
        forget(self._store.name)

    def _parts(self) -> list[Part]:
        def clear(connection: Connection) -> None:  # of a run before, which was cut off
            connection.execute(job_lines.delete().where(job_lines.c.job == self._job))

        self._store.write(clear)
        c = job_parts.c
        asks = select(c.kind, c.name, c.content, c.title, c.outlet, c.published)
        with self._store.reading() as connection:
            rows = connection.execute(asks.where(c.job == self._job).order_by(c.n)).all()
        return [Part(*row) for row in rows]

    def _listed(self, given: Iterator[Given]) -> Iterator[Given]:
        for one in given:
            if isinstance(one, (Page, Broken)):
                name = one.name if isinstance(one, Page) else one.locator
                self._line(name, one.locator, "")
            yield one

    def _tell(self, name: str, message: str) -> None:
        self._line(name, name, message)

    def _line(self, name: str, locator: str, message: str) -> None:
        words = (plain(part)[:2000] for part in (name, locator, message))
        self._lines.append(dict(zip(("name", "locator", "message"), words, strict=True)))

    def _advance(self) -> None:
        if time.monotonic() - self._noted >= _TICK:
            self._note("reading", "")

    def _note(self, state: str, message: str) -> None:
        lines, self._lines = self._lines, []
        tally, at = self._tally, clock.now()
        values = {
            "state": state, "beat": at, "message": plain(message)[:_MESSAGE], "read": tally.read,
            "there": tally.there, "failed": tally.failures + tally.missing, "total": tally.total,
            "ended": at if state in ("done", "stopped", "failed") else None,
        }  # fmt: skip

        def put(connection: Connection) -> bool:
            if lines:
                connection.execute(job_lines.insert(), [{"job": self._job, **line} for line in lines])
            connection.execute(jobs.update().where(jobs.c.id == self._job).values(**values))
            if values["ended"] is not None:
                connection.execute(job_parts.delete().where(job_parts.c.job == self._job))
            return bool(connection.execute(select(jobs.c.stop).where(jobs.c.id == self._job)).scalar())

        self._asked = self._store.write(put)
        self._noted = time.monotonic()


def job(store: Store, key: str) -> Job | None:
    """Give a job by its id."""
    with store.reading() as connection:
        row = connection.execute(_JOBS.where(jobs.c.id == key)).first()
    return None if row is None else _job(row)


def recent(store: Store, account: str | None, limit: int = 20) -> list[Job]:
    """Give somebody's jobs, or everybody's, the newest first."""
    asks = _JOBS if account is None else _JOBS.where(jobs.c.account == account)
    with store.reading() as connection:
        return [_job(row) for row in connection.execute(asks.order_by(jobs.c.n.desc()).limit(limit))]


def lines(store: Store, key: str) -> list[Line]:
    """Give the pages of a job, each once, as they were come to."""
    c = job_lines.c
    with store.reading() as connection:
        rows = connection.execute(
            select(c.name, c.locator, c.message).where(c.job == key).order_by(c.n)
        ).all()
    found: dict[str, Line] = {}
    for name, locator, message in rows:
        before = found.get(locator)
        found[locator] = Line(before.name if before else name, locator, message)
    return list(found.values())


_JOBS = select(*(jobs.c[name] for name in Job.__dataclass_fields__))


def _job(row: Row[Any]) -> Job:
    values: tuple[Any, ...] = tuple(row)
    return Job(*values)


def _free() -> ColumnElement[bool]:
    """Give the condition that a job waits for somebody to read it."""
    silent = jobs.c.beat < clock.now() - _SILENT
    return or_(jobs.c.state == "waiting", (jobs.c.state == "reading") & silent)
