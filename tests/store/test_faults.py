"""What can go wrong with a store: what its check finds, and what is told of locks, disks and servers."""

from __future__ import annotations

import os
import sqlite3
import zlib
from pathlib import Path

import pytest
from handmade import STORY, story_record
from handmade_events import harbor_record
from sqlalchemy import event, text

from onrecord.errors import StoreError
from onrecord.store import Failed, Store, Stored, check_store
from onrecord.store import store as store_module

PAGES = [Stored(story_record(), "a", raw=STORY.encode()), Stored(harbor_record(), "b")]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("DELETE FROM figures", "rows in figures"),
        ("UPDATE statements SET attitude = 'asserts'", "rows in statements"),
        ("UPDATE statements SET speaker_n = NULL", "rows in statements"),
        ("DELETE FROM parties", "rows in parties"),
        ("UPDATE names SET folded = folded || 'x'", "rows in names"),
        ("UPDATE tellers SET statement = 'a9'", "rows in tellers"),
        ("UPDATE pages SET outlet = 'Other'", "its outlet is"),
        ("UPDATE pages SET locator = locator || 'x'", "the id is not that"),
        ("UPDATE texts SET text = text || ' '", "the text kept"),
        ("UPDATE ledger SET page_id = 'gone' WHERE locator = 'a'", "names a page"),
        ("DELETE FROM failures", "no failure does"),
        ("INSERT INTO failures SELECT 'a', '', 'hung', '', 1", "a failure is there"),
        ("INSERT INTO texts (n, id, length) VALUES (99, 'x', 1)", "no page has"),
        ("UPDATE raws SET size = 1", "these are others"),
    ],
)
def test_the_check_finds_damage(store: Store, damage: str, told: str) -> None:
    store.writer().add(PAGES, failures=[Failed("c", "", "hung", "it hung")])
    assert check_store(store) == []
    with store.writing() as connection:
        connection.execute(text(damage))
    assert any(told in fault for fault in check_store(store)), check_store(store)


@pytest.mark.parametrize(
    "packed", [b"no zlib", zlib.compress(b"{}"), zlib.compress(b'{"words":false,"x":1}')]
)
def test_the_check_finds_records_that_do_not_decode(store: Store, packed: bytes) -> None:
    store.writer().add(PAGES)
    with store.writing() as connection:
        connection.execute(text("UPDATE pages SET record = :packed WHERE locator = 'a'"), {"packed": packed})
    assert [fault for fault in check_store(store) if "does not hold" in fault]


def test_the_check_finds_words_that_are_not_indexed(sqlite_url: str) -> None:
    with Store.open(sqlite_url) as store:
        store.writer().add(PAGES)
        with store.writing() as connection:
            connection.execute(text("INSERT INTO statements_fts(statements_fts) VALUES ('delete-all')"))
        assert any("full text of statements" in fault for fault in check_store(store))


def test_a_file_that_is_no_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"not a database, whatever its name says" * 100)
    with pytest.raises(StoreError, match="no SQLite file"):
        Store.open(tmp_path / "a.db")


def test_a_locked_file_is_waited_for_and_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(tmp_path / "a.db").close()
    monkeypatch.setattr(store_module, "PATIENCE", 0.2)
    with Store.open(tmp_path / "a.db") as store:
        other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process is writing"):
            store.writer().add(PAGES)
        assert len(store.view()) == 0  # readers are not kept out
        other.execute("COMMIT")
        other.close()
        assert store.writer().add(PAGES) == 2


def test_a_full_disk_is_told_and_nothing_is_half_done(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        writer = store.writer()
        writer.add(PAGES[:1])
        event.listen(store.engine, "begin", lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1"))
        with pytest.raises(StoreError, match="disk is full"):
            writer.add([Stored(harbor_record(), f"b{n}") for n in range(200)])
    with Store.open(tmp_path / "a.db") as store:
        assert check_store(store) == []
        assert len(store.view()) == 1
        assert store.writer().add(PAGES[1:]) == 1


def test_a_file_that_may_only_be_read_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(tmp_path / "a.db") as store:
        store.writer().add(PAGES)
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: False if mode == os.W_OK else may(path, mode))
    with Store.open(tmp_path / "a.db") as store:
        assert store.view().record(PAGES[0].page_id) == PAGES[0].record
        assert check_store(store) == []
        with pytest.raises(StoreError, match="only be read"):
            store.writer().add([Stored(story_record(), "c")])


def test_a_server_that_goes_away_for_a_moment_is_waited_for(postgres_url: str) -> None:
    with Store.open(postgres_url) as store:
        writer, cut = store.writer(), [0]

        def cut_off(connection: object, *_: object) -> None:
            if cut[0] < 2:
                cut[0] += 1
                with store.engine.connect() as other:
                    own = other.execute(text("SELECT pg_backend_pid()")).scalar()
                    others = "pid <> :own AND datname = current_database()"
                    ask = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"  # noqa: S608
                    other.execute(text(ask), {"own": own})

        event.listen(store.engine, "commit", cut_off)
        assert writer.add(PAGES) == 2
        assert cut[0] == 2
        assert check_store(store) == []
