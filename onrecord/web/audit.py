"""The audit log: who changed what, and when. Lines are only ever added.

``onrecord.web.guard`` writes a line for each change that goes through a door; a door says with :func:`note`
what its line is about, where the path does not tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from starlette.requests import Request

from onrecord.store import Store
from onrecord.web import clock
from onrecord.web.tables import audit


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log."""

    n: int
    at: int
    who: str
    what: str
    about: str
    address: str


def note(request: Request, about: str, *, what: str | None = None, who: str | None = None) -> None:
    """Say what the log's line for this request is about; never a secret."""
    request.state.noted = (what, about, who)


def write(store: Store, *, who: str, what: str, about: str, address: str) -> None:
    """Add a line."""
    row = {
        "at": clock.now(),
        "who": who[:80],
        "what": what[:80],
        "about": about[:500],
        "address": address[:64],
    }
    store.write(lambda connection: connection.execute(audit.insert().values(**row)))


def lines(store: Store, *, before: int | None = None, who: str = "", limit: int = 100) -> Sequence[Line]:
    """Give lines, the newest first, from before a line on."""
    asks = select(audit).order_by(audit.c.n.desc()).limit(limit)
    if before is not None:
        asks = asks.where(audit.c.n < before)
    if who:
        asks = asks.where(audit.c.who == who)
    with store.reading() as connection:
        return [Line(*row) for row in connection.execute(asks)]
