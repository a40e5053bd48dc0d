"""Many pages: their order, their failures, and the processes that read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from standins import dying_reader, no_reader, plain_reader

from onrecord.batch import Failure, read_pages
from onrecord.errors import ModelError
from onrecord.record import Record
from onrecord.sources import Page


def write_pages(folder: Path, texts: list[str]) -> list[Page]:
    pages = []
    for number, text in enumerate(texts):
        path = folder / f"{number:02}.txt"
        path.write_text(text)
        pages.append(Page(str(path)))
    return pages


def read_all(pages: list[Page], jobs: int) -> list[Record | Failure]:
    return list(read_pages(pages, jobs=jobs, make_reader=plain_reader))


def test_order_and_bytes_do_not_depend_on_jobs(tmp_path: Path) -> None:
    pages = write_pages(
        tmp_path, [f"page {n} {'SLOW' if n % 5 == 0 else ''} UNREADABLE"[: 60 - n] for n in range(20)]
    )
    alone, together = read_all(pages, 1), read_all(pages, 3)
    assert alone == together
    assert len(alone) == 20


def test_a_failing_page_costs_only_itself(tmp_path: Path) -> None:
    pages = write_pages(tmp_path, ["first", "UNREADABLE", "FAULT", "last"])
    first, unreadable, fault, last = read_all(pages, 1)
    assert isinstance(first, Record)
    assert isinstance(last, Record)
    assert unreadable == Failure(pages[1].name, "this is no page")
    assert isinstance(fault, Failure)
    assert "ValueError: a fault" in fault.message


def test_a_page_that_kills_its_process_costs_only_itself(tmp_path: Path) -> None:
    pages = write_pages(tmp_path, ["first", "DIE", "second", "EXIT", "third", "fourth"])
    outcomes = read_all(pages, 2)
    assert [isinstance(outcome, Record) for outcome in outcomes] == [True, False, True, False, True, True]
    killed, ended = outcomes[1], outcomes[3]
    assert isinstance(killed, Failure)
    assert isinstance(ended, Failure)
    assert "SIGKILL" in killed.message
    assert "exit code 7" in ended.message


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_reader_is_told_at_once(tmp_path: Path, jobs: int) -> None:
    pages = write_pages(tmp_path, ["one", "two"])
    with pytest.raises(ModelError, match="no weights"):
        list(read_pages(pages, jobs=jobs, make_reader=no_reader))


def test_processes_that_cannot_start_end_the_run(tmp_path: Path) -> None:
    pages = write_pages(tmp_path, ["one", "two"])
    with pytest.raises(ModelError, match="could not start"):
        list(read_pages(pages, jobs=2, make_reader=dying_reader))


def test_stopping_early_leaves_no_process_behind(tmp_path: Path) -> None:
    import multiprocessing

    pages = write_pages(tmp_path, ["first"] + ["SLOW"] * 6)
    outcomes = read_pages(pages, jobs=2, make_reader=plain_reader)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


def test_nothing_to_read_loads_nothing() -> None:
    assert list(read_pages([], jobs=4, make_reader=no_reader)) == []
