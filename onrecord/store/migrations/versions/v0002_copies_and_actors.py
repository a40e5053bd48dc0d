"""Keys by which copies are found, and why an entity was taken for an actor."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text, text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROW = BigInteger().with_variant(Integer, "sqlite")
TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "buckets",
        Column("key", BigInteger, primary_key=True, autoincrement=False),
        Column("page_n", ROW, ForeignKey("pages.n", ondelete="CASCADE"), primary_key=True),
        Column("words", Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.add_column("entities", Column("block", TEXT))
    op.add_column("entities", Column("joined", TEXT))
    op.create_index("ix_entities_block", "entities", ["block"])
    nobody = text("joined IS NULL")
    op.create_index(
        "ix_entities_unjoined", "entities", ["block"], sqlite_where=nobody, postgresql_where=nobody
    )
