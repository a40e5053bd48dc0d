"""The first tables."""

from __future__ import annotations

from alembic import op

from onrecord.store.schema import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_FOLDED = r"regexp_replace(normalize({}, NFD), '[\u0300-\u036f]', '', 'g')"


def upgrade() -> None:
    """Make the tables, and what finds words in them."""
    metadata.create_all(op.get_bind())
    for table, column in (("statements", "content"), ("texts", "text")):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE VIRTUAL TABLE {table}_fts USING fts5({column}, content='{table}', content_rowid='n', "
                "tokenize='unicode61 remove_diacritics 2')"
            )
        else:
            folded = _FOLDED.format(f"coalesce({column}, '')")
            op.execute(
                f"ALTER TABLE {table} ADD COLUMN fts tsvector "
                f"GENERATED ALWAYS AS (to_tsvector('simple', {folded})) STORED"
            )
            op.execute(f"CREATE INDEX ix_{table}_fts ON {table} USING gin (fts)")
