"""Ingestion without processes: what is still to be read, what is written together, what is said of it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import pytest
from standin_ingest import apart, exported, run, stand_in, write_pages

from onrecord.check_command import check_command
from onrecord.errors import StoreError
from onrecord.ingest import Plan, Tally
from onrecord.ingest.progress import last_line, so_far
from onrecord.ingest.reading import read_page
from onrecord.ingest.unread import Unread, guarded
from onrecord.ingest.writing import Batches
from onrecord.ingest_command import how_many, ingest_command
from onrecord.sources import Broken, Given, Missing, Page, PassedOver
from onrecord.store import Failed, Store, check_store
from onrecord.store.rows import PAGE_COLUMNS, Drawn
from onrecord.watch_command import period

_STORY = "Envoy {} told reporters that the sea had turned the ships back.\n\nNobody else saw it, he added."


def drawn(name: str) -> Drawn:
    page = Page(name, _STORY.format(name).encode(), kind="text")
    outcome = read_page(stand_in(), page, words=True, keep_raw=False)
    assert isinstance(outcome, Drawn)
    return outcome


def unread(
    given: list[Given], plan: Plan, done: set[str], failed: set[str] = frozenset()
) -> tuple[list[str], Tally]:  # type: ignore[assignment]
    tally = Tally()
    found = Unread(
        given,
        plan,
        tally,
        done=lambda locators: done & set(locators),
        failed=lambda locator: locator in failed,
        tell=lambda *_: None,
    )
    return [page.locator for chunk in found for page in chunk], tally


def test_pages_of_the_ledger_are_passed_by_and_no_page_is_at_work_twice() -> None:
    given: list[Given] = [
        Page("a"),
        Page("b"),
        Page("a"),
        Broken("c", "s", "damaged", "…"),
        PassedOver("f", 3),
    ]
    assert unread(given, Plan(), {"b"})[0] == ["a", "c"]
    tally = unread(given, Plan(), {"b"})[1]
    assert (tally.there, tally.passed_over, tally.missing) == (2, 3, 0)


def test_again_reads_all_and_retry_what_failed_but_each_once() -> None:
    given: list[Given] = [Page("a"), Page("b"), Page("a")]
    assert unread(given, Plan(again=True), {"a", "b"})[0] == ["a", "b"]
    assert unread(given, Plan(retry=True), {"a", "b"}, {"b"})[0] == ["b"]


def test_a_source_that_cannot_be_had_is_told_and_is_no_page() -> None:
    given: list[Given] = [Missing("x", "none"), Broken("https://x/feed", "feed:https://x/feed", "busy", "…")]
    found, tally = unread(given, Plan(), set())
    assert (found, tally.missing) == ([], 2)


def test_a_source_that_breaks_off_is_told() -> None:
    def breaking() -> Iterator[Given]:
        yield Page("a")
        raise RuntimeError("a fault")

    first, last = guarded("source", breaking())
    assert first == Page("a")
    assert isinstance(last, Missing)
    assert "please report it (RuntimeError: a fault)" in last.message


def test_a_page_that_the_database_refuses_costs_only_itself(tmp_path: Path) -> None:
    tally, finished = Tally(), list[str]()
    with Store.open(tmp_path / "store.db") as store:
        batches = Batches(store, Plan(batch=3), tally, finished.append)
        bad = drawn("two")
        values = list(bad.page)
        values[PAGE_COLUMNS.index("kind")] = None
        for page in (drawn("one"), replace(bad, page=tuple(values)), drawn("three")):
            batches.put(page)
        assert not batches
        (refused,) = store.view().failures()
        assert (refused.locator, refused.reason) == ("two", "refused")
        assert (tally.read, tally.failed) == (2, {"refused": 1})
        assert sorted(finished) == ["one", "three", "two"]
        assert check_store(store) == []


def test_failures_are_put_down_with_the_pages(tmp_path: Path) -> None:
    tally = Tally()
    with Store.open(tmp_path / "store.db") as store:
        batches = Batches(store, Plan(), tally, lambda _: None)
        batches.put(drawn("one"))
        batches.put(Failed("two", "source", "hung", "too long"))
        assert len(store.view()) == 0
        batches.write()
        assert len(store.view()) == 1
        assert [failure.locator for failure in store.view().failures()] == ["two"]


def test_a_store_without_words_gets_none(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", 2)
    url = f"sqlite:///{tmp_path / 'bare.db'}"
    run([folder], url, text=False)
    with Store.open(url) as store:
        assert len(store.view()) == 2
        assert check_store(store) == []
    assert b"told reporters" not in (tmp_path / "bare.db").read_bytes()


def test_the_store_does_not_depend_on_jobs(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", 12, {5: "FAULT"})
    one, three = f"sqlite:///{tmp_path / 'one.db'}", f"sqlite:///{tmp_path / 'three.db'}"
    run([folder], one, Plan(jobs=1, batch=5))
    run([folder], three, Plan(jobs=3, batch=2))
    assert exported(one) == exported(three)


def test_ctrl_c_writes_what_was_read_and_the_next_run_goes_on(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", 6, {3: "HANG"})
    path, said = str(tmp_path / "store.db"), tmp_path / "said"
    process = apart(_command, folder, path, str(said))
    with Store.open(path) as store:
        while len(store.view()) < 3:  # written after a while, though the fourth page hangs
            assert process.is_alive()
            time.sleep(0.1)
    assert process.pid
    os.kill(process.pid, signal.SIGINT)
    process.join()
    assert process.exitcode == 130
    assert "stopped; the same command goes on from here" in said.read_text()
    write_pages(tmp_path / "pages", 6)
    assert ingest_command((folder,), store=path, make_reader=stand_in) == 0
    with Store.open(path) as store:
        assert len(store.view()) == 6
        assert check_store(store) == []


def _command(folder: str, path: str, said: str) -> None:
    with open(said, "w") as err:
        sys.stderr = err
        code = ingest_command((folder, "nowhere"), store=path, make_reader=stand_in)
    sys.exit(code)


def test_arguments_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    path = str(tmp_path / "store.db")
    with pytest.raises(click.UsageError, match="name what to ingest"):
        ingest_command((), store=path)
    with pytest.raises(click.UsageError, match="standard input"):
        ingest_command(("-",), store=path)
    with pytest.raises(click.UsageError, match="--keep-raw"):
        ingest_command(("a",), store=path, text=False, keep_raw=True)
    with pytest.raises(click.BadParameter, match="FIELD=COLUMN"):
        ingest_command(("a",), store=path, columns="text")
    assert not Path(path).exists()


def test_the_total_is_known_where_sources_are_files_only(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", 3)
    (tmp_path / "pages" / "notes.pdf").write_bytes(b"%PDF")
    assert how_many([folder, f"{folder}/0001.txt", "https://example.org/a"]) == 5
    (tmp_path / "pages" / "news.warc.gz").write_bytes(b"")
    assert how_many([folder]) is None
    assert how_many(["feed:https://example.org/feed"]) is None


def test_what_is_said_of_a_run() -> None:
    tally = Tally(total=10, read=3, there=2)
    tally.failed.update(["hung", "hung", "died"])
    tally.began -= 6.0
    assert so_far(tally).startswith("8 of 10 pages, 3 failed, 1.0 a second, 2 s left")
    line = last_line(tally, "store.db")
    assert line.startswith("onrecord: 3 pages put on record in store.db; 3 failed (1 died, 2 hung); 2 there")


def test_periods_are_read_and_none_is_impolite() -> None:
    assert [period(words) for words in ("90s", "10m", "2h", "1d", "5")] == [90, 600, 7200, 86400, 300]
    for words in ("10s", "soon", ""):
        with pytest.raises(click.BadParameter):
            period(words)


def test_check_tells_faults_by_its_exit_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "store.db")
    with pytest.raises(StoreError, match="no store here"):
        check_command(store=path)
    Store.open(path).close()
    assert check_command(store=path) == 0
    monkeypatch.setattr("onrecord.check_command.check_store", lambda _: ["page 1: a fault"])
    assert check_command(store=path) == 1
