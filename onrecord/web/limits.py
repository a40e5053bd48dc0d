"""How often one may try, by name and by address; counted in the database, so a restart forgives nobody."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address

from sqlalchemy import Connection, func, select, text

from onrecord.store import Store
from onrecord.web import clock
from onrecord.web.secrets import signed
from onrecord.web.tables import attempts

WINDOW = 15 * clock.MINUTE
BY_NAME = 10
BY_ADDRESS = 60

_COUNTING = 7_310_914_624  # the number of PostgreSQL's advisory lock for counting


def may_try(store: Store, secret: str, *, name: str | None, address: str) -> bool:
    """Count an attempt before it is made; False where there were too many, and then it must not be made."""
    keys = [(_key(secret, "address", _network(address)), BY_ADDRESS)]
    keys += [(_key(secret, "name", name), BY_NAME)] if name is not None else []
    at = clock.now()

    def work(connection: Connection) -> bool:
        if (
            not store.is_sqlite
        ):  # where SQLite lets one in at a time; else a burst would count itself too late
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _COUNTING})
        connection.execute(attempts.delete().where(attempts.c.at <= at - WINDOW))
        if any(_tried(connection, key) >= most for key, most in keys):
            return False
        connection.execute(attempts.insert(), [{"digest": key, "at": at} for key, _ in keys])
        return True

    return store.write(work)


def forget(store: Store, secret: str, *, names: Sequence[str]) -> None:
    """Forget the attempts on these names: somebody got it right. What the address tried still counts."""
    keys = [_key(secret, "name", name) for name in names]
    store.write(lambda connection: connection.execute(attempts.delete().where(attempts.c.digest.in_(keys))))


def _tried(connection: Connection, key: str) -> int:
    return int(connection.execute(select(func.count()).where(attempts.c.digest == key)).scalar() or 0)


def _key(secret: str, kind: str, words: str) -> str:
    # Keyed: people type passwords into the box for names, and addresses are nobody's business.
    return signed(secret, f"attempt {kind}", words)


def _network(address: str) -> str:
    """Give what one person has of addresses: one of IPv4, a /64 of IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return found.exploded[:19]
    return str(found)
