"""What a database complains of, told as one StoreError: where, what is wrong, and what to do."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from onrecord.errors import StoreError

_SQLITE = (
    ("database is locked", "another process is writing to it and does not let go; try again when it is done"),
    (
        "database or disk is full",
        "the disk is full; make room and start again, nothing done is lost",
    ),
    ("disk I/O error", "the disk fails or is full; make room or look after it, then start again"),
    ("readonly database", "it may only be read; give write permission to the file and its folder"),
    ("file is not a database", "this is no SQLite file; name another"),
    ("database disk image is malformed", "the file is damaged; restore it from a copy"),
    ("unable to open database file", "the file cannot be opened; look at its folder and its permissions"),
)

_PASSING = {"40001", "40P01", "57P01", "57P02", "57P03", "08000", "08003", "08006", "08001", "08004"}
"""PostgreSQL's codes for what a second try mends: deadlocks, a server that stops or starts."""


class _Passing(StoreError):
    """Trouble that a second try may mend."""


def told(error: SQLAlchemyError, name: str) -> StoreError:
    """Give what happened as a StoreError."""
    words = str(getattr(error, "orig", None) or error).strip()
    for sign, meaning in _SQLITE:
        if sign in words:
            return StoreError(f"{name}: {meaning}")
    code = getattr(getattr(error, "orig", None), "sqlstate", None)
    if code == "53100":
        return StoreError(f"{name}: the server's disk is full; make room, then start again")
    if code == "25006":
        return StoreError(f"{name}: it may only be read; connect as a user who may write")
    first = words.splitlines()[0] if words else type(error).__name__
    gone = isinstance(error, DBAPIError) and error.connection_invalidated
    if code in _PASSING or gone or "connection" in first:
        return _Passing(f"{name}: the database cannot be reached or gave up: {first}")
    return StoreError(f"{name}: {first}")


def is_passing(error: StoreError) -> bool:
    """Whether a second try may mend it."""
    return isinstance(error, _Passing)
