"""What Alembic runs: the versions over the connection it was handed."""

from __future__ import annotations

from alembic import context

from onrecord.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
