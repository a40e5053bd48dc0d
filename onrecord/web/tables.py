"""The workbench's own tables, beside the record's in the same database: who may come in, and what they did.

They have a metadata of their own and are made by :func:`prepare` when the workbench starts; whatever a
newer workbench needs besides is added to :data:`STEPS`. Times are whole seconds since 1970. Secrets (session
ids, tokens, codes of invitations) are kept as SHA-256, never as they were given out.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    inspect,
    select,
    text,
)

from onrecord.errors import StoreError
from onrecord.store import Store

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

STEPS: Sequence[Sequence[str]] = ()
"""Statements that bring tables from version n to n + 1, in order; new tables need none."""

VERSION = 1 + len(STEPS)

_MAKING = 7_310_914_623  # the number of PostgreSQL's advisory lock for making these tables

ROW = BigInteger().with_variant(Integer, "sqlite")
KEY = String(32)  # random, in hexadecimal
DIGEST = String(64)  # SHA-256, in hexadecimal
MOMENT = BigInteger()  # seconds since 1970

version = Table("web_version", metadata, Column("version", Integer, primary_key=True, autoincrement=False))

accounts = Table(
    "web_accounts",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("plain", String(160), nullable=False),  # the name as it is compared: no case, one form
    Column("role", String(16), nullable=False),
    Column("password", Text),  # argon2id; none until somebody chose one
    Column("subject", DIGEST),  # who this is to an OpenID provider
    Column("closed", Boolean, nullable=False, default=False),
    Column("made", MOMENT, nullable=False),
    UniqueConstraint("plain"),
    UniqueConstraint("subject"),
)

sessions = Table(
    "web_sessions",
    metadata,
    Column("digest", DIGEST, primary_key=True),
    Column("account", KEY, ForeignKey("web_accounts.id", ondelete="CASCADE"), nullable=False),
    Column("begun", MOMENT, nullable=False),
    Column("seen", MOMENT, nullable=False),
    Column("agent", String(200), nullable=False),
    Index(None, "account"),
)

tokens = Table(
    "web_tokens",
    metadata,
    Column("id", KEY, primary_key=True),
    Column("digest", DIGEST, nullable=False),
    Column("account", KEY, nullable=False),  # "local" where the workbench is used alone
    Column("label", String(80), nullable=False),
    Column("writes", Boolean, nullable=False),
    Column("made", MOMENT, nullable=False),
    Column("until", MOMENT),
    UniqueConstraint("digest"),
    Index(None, "account"),
)

invitations = Table(
    "web_invitations",
    metadata,
    Column("digest", DIGEST, primary_key=True),
    # With an account: to choose a (new) password. Without: to make an account of that role.
    Column("account", KEY, ForeignKey("web_accounts.id", ondelete="CASCADE")),
    Column("role", String(16), nullable=False),
    Column("made", MOMENT, nullable=False),
    Column("until", MOMENT, nullable=False),
)

attempts = Table(
    "web_attempts",
    metadata,
    Column("n", ROW, primary_key=True, autoincrement=True),
    Column("digest", DIGEST, nullable=False),  # of a name or an address, keyed with the workbench's secret
    Column("at", MOMENT, nullable=False),
    Index(None, "digest", "at"),
    Index(None, "at"),
)

audit = Table(
    "web_audit",
    metadata,
    Column("n", ROW, primary_key=True, autoincrement=True),
    Column("at", MOMENT, nullable=False),
    Column("who", String(80), nullable=False),
    Column("what", String(80), nullable=False),
    Column("about", String(500), nullable=False),
    Column("address", String(64), nullable=False),
    Index(None, "who"),
)


def prepare(store: Store) -> None:
    """Make the tables that are missing; raise StoreError where a newer workbench made them."""
    if _is_ready(store):
        return
    with store.writing() as connection:
        if not store.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _MAKING})
        had = inspect(connection).has_table(version.name)
        now = connection.execute(select(version.c.version)).scalar() if had else None
        if now is not None:
            for step in STEPS[now - 1 :]:
                for statement in step:
                    connection.execute(text(statement))
        metadata.create_all(connection)
        connection.execute(version.delete())
        connection.execute(version.insert().values(version=VERSION))


def _is_ready(store: Store) -> bool:
    with store.reading() as connection:
        there = set(inspect(connection).get_table_names())
        if version.name not in there:
            return False
        now = connection.execute(select(version.c.version)).scalar() or 0
    if now > VERSION:
        raise StoreError(
            f"{store.name}: made by a newer workbench (version {now}, this one knows {VERSION}); "
            "update onrecord"
        )
    return now == VERSION and there >= set(metadata.tables)
