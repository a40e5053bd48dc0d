"""What happens to what is put in: resumed, read again, put in twice, by two at once."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from typing import Any

import pytest
from handmade import document_of, record_of, story_record
from handmade_events import harbor_record
from sqlalchemy import insert, select, text

from onrecord.errors import RecordError
from onrecord.record import ReaderCard, Record
from onrecord.store import Failed, Store, Stored, check_store
from onrecord.store.schema import corrections, figures, pages, statements

NEWER = ReaderCard("0.2.0", "newer", "1" * 64)


def small(number: int) -> Stored:
    text = f"Page {number} says that nothing happened."
    return Stored(record_of(document_of(text)), f"https://example.org/{number}", "list")


def dump(store: Store) -> list[Any]:
    """Give all that could be exported: records and pages, failures, ledger."""
    view = store.view()
    lines: list[Any] = [(line, record.to_json()) for line, record in view.records()]
    with store.reading() as connection:
        ledger = connection.execute(text("SELECT * FROM ledger ORDER BY locator")).all()
    return [*lines, *view.failures(), *map(tuple, ledger)]


def test_the_ledger_says_what_is_done(store: Store) -> None:
    writer = store.writer()
    writer.add([small(1)], failures=[Failed("x", "list", "hung", "it hung")])
    assert writer.done(["https://example.org/1", "x", "y"]) == {"https://example.org/1", "x"}
    assert writer.done([]) == set()


def test_a_failure_tried_again_goes_when_it_is_read_and_is_counted_when_not(store: Store) -> None:
    writer = store.writer()
    failed = Failed("https://example.org/1", "list", "hung", "it hung")
    writer.add([], failures=[failed])
    writer.forget(failed.locator)
    writer.add([], failures=[replace(failed, reason="died")])
    assert [(f.reason, f.attempts) for f in store.view().failures()] == [("died", 2)]
    writer.forget(failed.locator)
    writer.add([small(1)])
    assert list(store.view().failures()) == []
    writer.add([], failures=[failed])  # of another ingestion: the page is read all the same
    assert list(store.view().failures()) == []
    assert check_store(store) == []


def test_a_page_put_in_again_is_kept_as_it_is(store: Store) -> None:
    writer = store.writer()
    assert writer.add([small(1), small(1)]) == 1
    assert writer.add([small(1)]) == 0
    assert len(store.view()) == 1


def test_reading_again_replaces_what_was_read_by_machine_alone(store: Store) -> None:
    first = Stored(harbor_record(), "a")
    store.writer().add([first, Stored(story_record(), "b")])
    with store.writing() as connection:
        said = {"id": "c", "page_id": first.page_id, "text_id": first.record.document.id, "what": "figure"}
        rest = {"action": "reject", "anchor": "{}", "change": "{}", "who": "me", "at": "now", "why": ""}
        connection.execute(insert(corrections).values(**said, **rest))
    again = replace(
        first.record, figures=(), attributions=first.record.attributions[:4], events=(), relations=()
    )
    assert store.writer().add([Stored(replace(again, reader=NEWER), "a")]) == 1
    assert store.view().record(first.page_id).reader == NEWER
    with store.reading() as connection:
        page_n = connection.execute(select(pages.c.n).where(pages.c.id == first.page_id)).scalar()
        of_page = [t.c.page_n == page_n for t in (statements, figures)]
        assert len(connection.execute(select(statements).where(of_page[0])).all()) == 4
        assert connection.execute(select(figures).where(of_page[1])).all() == []
        assert len(connection.execute(select(corrections)).all()) == 1
    assert check_store(store) == []


def test_the_order_in_which_pages_come_shows_nowhere(store: Store) -> None:
    early = replace(small(3), captured="2026-01-01T00:00:00Z")
    late = replace(small(3), captured="2026-01-02T00:00:00Z")
    several = [
        small(1),
        late,
        small(2),
        small(3),
        early,
        Stored(story_record(), "b"),
        Stored(story_record(), "c"),
    ]
    store.writer().add(several)
    found = dump(store)
    for page in several:
        with store.writing() as connection:
            for table in ("pages", "texts", "ledger"):
                connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608
            if store.is_sqlite:
                for table in ("texts", "statements"):
                    connection.execute(text(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')"))  # noqa: S608
        for other in [page, *reversed(several)]:
            store.writer().add([other])
        assert dump(store) == found
    assert check_store(store) == []


def test_one_bad_record_and_nothing_of_the_batch_is_in(store: Store) -> None:
    bad: Record = replace(story_record(), entities=())
    with pytest.raises(RecordError):
        store.writer().add([small(1), Stored(bad, "bad")])
    assert len(store.view()) == 0
    assert store.writer().done([small(1).locator]) == set()


def _put(url: str, numbers: list[int], start: Any) -> None:
    with Store.open(url) as store:
        start.wait()
        for number in numbers:
            store.writer().add([small(number), small(number + 1), Stored(harbor_record(), "same")])


def test_writers_at_work_at_once_all_succeed(store_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(3)
    orders = [list(range(12)), list(range(12, -1, -1)), list(range(6, 18))]
    writers = [context.Process(target=_put, args=(store_url, numbers, start)) for numbers in orders]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with Store.open(store_url, create=False) as store:
        assert len(store.view()) == 20
        assert check_store(store) == []
