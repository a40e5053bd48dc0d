"""Indexes by which lists of a country and the newest relations and figures are read, not sorted."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes."""
    op.create_index("ix_entities_country", "entities", ["country"])
    op.create_index("ix_events_country_day", "events", ["country", "day"])
    op.create_index("ix_relations_day", "relations", ["day"])
    op.create_index("ix_figures_day", "figures", ["day"])
