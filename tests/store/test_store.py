"""What holds of every store, in either database."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import STORY, document_of, find, record_of, story_record
from handmade_events import harbor_record

from onrecord.errors import RecordError, StoreError
from onrecord.store import Failed, Store, Stored, check_store

RAW = STORY.encode()
PAGES = [
    Stored(story_record(), "a.html", "folder", "2026-01-01T00:00:00Z", RAW),
    Stored(harbor_record(), "b"),
]


def test_what_goes_in_comes_out(store: Store) -> None:
    failed = Failed("c", "folder", "hung", "it hung")
    assert store.writer().add(PAGES, failures=[failed]) == 2
    view = store.view()
    for page in PAGES:
        assert view.record(page.page_id) == page.record
        assert view.stored(page.page_id) == page
    counts = view.counts()
    assert (counts.pages, counts.texts, counts.statements, counts.failures) == (2, 2, 10, 1)
    assert list(view.failures()) == [failed]
    assert check_store(store) == []


def test_a_page_that_was_never_put_in_is_told(store: Store) -> None:
    with pytest.raises(StoreError, match="no page 'nothing'"):
        store.view().record("nothing")


def test_a_store_without_words_keeps_none(store_url: str) -> None:
    names = {"Ana Brandt", "The minister", "envoy", "she", "R. Vale", "The Harbor Ledger"}
    with Store.open(store_url, text=False) as store:
        store.writer().add(PAGES)
        view, story = store.view(), PAGES[0]
        with pytest.raises(StoreError, match="without its words"):
            view.record(story.page_id)
        with pytest.raises(RecordError, match="not the one"):
            view.record(story.page_id, text="another text")
        record = view.record(story.page_id, text=STORY)
        assert record.attributions == story.record.attributions
        assert record.document.text == STORY
        assert {(d.text, d.reason) for d in record.document.dropped} >= {("", "navigation")}
        assert view.stored(story.page_id, text=STORY).raw is None
        assert check_store(store) == []
        held = _all_that_is_held(store)
    for name in names:
        held = held.replace(name, "")
    for words in ("turned back", "saw no others", "estimated", "READ MORE", "Ships"):
        assert words not in held


def _all_that_is_held(store: Store) -> str:
    import zlib

    from sqlalchemy import select

    from onrecord.store.schema import metadata

    found: list[str] = []
    with store.reading() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                for value in row:
                    packed = isinstance(value, bytes)
                    found.append(zlib.decompress(value).decode() if packed else str(value))
    return "\n".join(found)


def test_a_store_made_without_words_stays_so(store_url: str) -> None:
    Store.open(store_url, text=False).close()
    with Store.open(store_url) as store:
        assert not store.words
        store.writer().add(PAGES)
    with Store.open(store_url) as store, pytest.raises(StoreError, match="without its words"):
        store.view().record(PAGES[0].page_id)


def test_words_that_come_later_are_put_to_their_text(store_url: str) -> None:
    with Store.open(store_url) as store:
        bare = Store(store.engine, name=store.name, words=False)
        bare.writer().add(PAGES)
        same_text = replace(PAGES[0], locator="elsewhere", raw=None)
        store.writer().add([same_text])
        assert store.view().record(PAGES[0].page_id).attributions == PAGES[0].record.attributions
        assert check_store(store) == []


def test_raw_bytes_of_another_page_are_refused(store: Store) -> None:
    with pytest.raises(RecordError, match="raw bytes"):
        store.writer().add([replace(PAGES[0], raw=b"others")])


def test_odd_characters_and_enormous_names_are_kept(store: Store) -> None:
    text = "Nul \0 here.\n\n" + "Näme" * 3000
    document = document_of(text, title=find(text, "Nul \0 here."), outlet="O" * 5000, language="x" * 40)
    page = Stored(record_of(document), "/odd/\udcff" + "l" * 9000, "\udcff")
    writer = store.writer()
    writer.add([page], failures=[Failed("\udcfe", "", "r" * 90, "a \0 b")])
    assert store.view().record(page.page_id) == page.record
    assert writer.done([page.locator, "\udcfe", "other"]) == {page.locator, "\udcfe"}
    writer.forget(page.locator)
    assert writer.done([page.locator]) == set()
    assert check_store(store) == []


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        store.writer().add(PAGES)
        for path in tmp_path.iterdir():
            assert stat.S_IMODE(os.stat(path).st_mode) == 0o600, path


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "empty"),
        ("mysql://host/base", "not in 'mysql'"),
        ("sqlite://", "memory"),
        ("://", "no address"),
        ("no/such/folder/a.db", "cannot be made"),
    ],
)
def test_what_cannot_be_a_store_is_told(name: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        Store.open(name)


def test_a_missing_store_is_not_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        Store.open(tmp_path / "a.db", create=False)
    assert not (tmp_path / "a.db").exists()
    with pytest.raises(StoreError, match="folder"):
        Store.open(tmp_path)


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        Store.open(f"postgresql://postgres:secret@/base?host={tmp_path}")
