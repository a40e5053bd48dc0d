"""The versions of the tables: from nothing to the newest, and what is no store of ours."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from onrecord.errors import StoreError
from onrecord.store import Store, check_store
from onrecord.store.schema import metadata
from onrecord.store.store import VERSION


def test_the_migrations_make_what_the_schema_says(store: Store) -> None:
    def ours(name: str | None, kind: str, of: Any) -> bool:
        return not ("_fts" in str(name) or (kind == "column" and name == "fts"))

    options = {"include_name": ours, "compare_type": True}
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == VERSION
    assert check_store(store) == []


def test_a_store_of_a_newer_version_is_left_alone(store_url: str) -> None:
    with Store.open(store_url) as store, store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer onrecord"):
        Store.open(store_url)


def test_a_database_of_something_else_is_left_alone(store_url: str) -> None:
    with Store.open(store_url) as store, store.writing() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(StoreError, match="something else"):
        Store.open(store_url)


def test_opening_again_changes_nothing(store_url: str) -> None:
    for _ in range(2):
        with Store.open(store_url) as store:
            assert store.view().counts().pages == 0
