"""A real cluster of two worker processes: one is killed, the driver is killed, and the result is the same."""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster.deadly import bytes_of, kills, setup, splits_into, write_archive
from standin_ingest import exported
from standin_ingest import run as run_here
from store.conftest import postgres_server, postgres_url

from onrecord.cluster import Setup, SplitReader, run
from onrecord.cluster.engine import cluster
from onrecord.errors import ModelError
from onrecord.store import Store, check_store

__all__ = ["postgres_server", "postgres_url"]  # fixtures

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("ray") is None,
        reason="CLUSTERS ARE NOT TESTED HERE: ray is not installed (pip install 'onrecord[cluster]')",
    ),
    # Ray leaves its processes and sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

_PAGES = 40
_WORDS = {5: "FAULT", 31: "UNREADABLE"}


@pytest.fixture(scope="module")
def two_workers() -> Iterator[None]:
    """Start a cluster of two workers on this machine, for all tests."""
    with cluster(2, None):
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], dict[str, bytes]]:
    """Give the sources, and what one process without a cluster writes for them."""
    base = tmp_path_factory.mktemp("whole")
    note = base / "killed"
    words = {**_WORDS, 18: kills(note)}
    names = [write_archive(base / f"{name}.warc.gz", _PAGES, words) for name in "ab"]
    note.touch()  # nobody is killed in this run
    worker = SplitReader(setup(base / "out"))
    for split in splits_into(base / "out", names):
        worker.read(split)
    worker.close()
    note.unlink()
    return names, bytes_of(base / "out")


@pytest.mark.usefixtures("two_workers")
def test_a_worker_killed_midway_costs_nothing_but_time(
    tmp_path: Path, whole: tuple[list[str], dict[str, bytes]]
) -> None:
    names, expected = whole
    splits = splits_into(tmp_path / "out", names)
    assert len(splits) > 4
    tally = run(splits, setup(tmp_path / "out"), workers=2)
    assert (Path(names[0]).parent / "killed").exists(), "no worker was killed"
    assert (tally.read, tally.missing) == (2 * (_PAGES - len(_WORDS)), 0)
    assert tally.failed == {"fault": 2, "unreadable": 2}
    assert bytes_of(tmp_path / "out") == expected


@pytest.mark.usefixtures("two_workers")
def test_workers_write_into_postgresql_what_one_machine_writes(tmp_path: Path, postgres_url: str) -> None:
    words = {**_WORDS, 18: kills(tmp_path / "killed")}
    archive = write_archive(tmp_path / "news.warc.gz", _PAGES, words)
    Store.open(postgres_url).close()
    into = Setup(store=postgres_url, make_reader=setup(tmp_path).make_reader)
    tally = run(splits_into(tmp_path, [archive]), into, workers=2)
    assert (tmp_path / "killed").exists()
    assert tally.seen == _PAGES
    again = run(splits_into(tmp_path, [archive]), into, workers=1)
    assert (again.read, again.failures, again.there) == (0, 0, _PAGES)
    here = f"sqlite:///{tmp_path / 'here.db'}"
    run_here([archive], here)
    assert exported(postgres_url) == exported(here)
    with Store.open(postgres_url) as store:
        assert check_store(store) == []


@pytest.mark.usefixtures("two_workers")
def test_weights_that_cannot_be_loaded_end_the_run(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "news.warc.gz", 2)
    from standins import no_reader

    with pytest.raises(ModelError, match="no weights"):
        run(splits_into(tmp_path, [archive]), Setup(output=str(tmp_path), make_reader=no_reader), workers=1)


@pytest.mark.usefixtures("two_workers")
def test_the_driver_killed_midway_is_started_again_where_it_was(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "news.warc.gz", _PAGES, {**_WORDS, 20: "DAWDLE", 39: "DAWDLE"})
    out, expected = tmp_path / "out", tmp_path / "expected"
    worker = SplitReader(setup(expected))
    for split in splits_into(expected, [archive]):
        worker.read(split)
    worker.close()
    driver = multiprocessing.get_context("spawn").Process(target=_drive, args=(out, archive))
    driver.start()
    while not list(out.glob("split=*")):
        assert driver.is_alive()
        time.sleep(0.02)
    assert driver.pid
    os.kill(driver.pid, signal.SIGKILL)
    driver.join()
    before = {path: path.stat().st_ino for path in out.glob("split=*/*")}
    left = splits_into(out, [archive])
    assert 0 < len(left) < len(splits_into(tmp_path / "none", [archive]))
    (out / ".unfinished-left-behind").mkdir()
    run(left, setup(out), workers=2)
    assert {path: path.stat().st_ino for path in before} == before
    assert bytes_of(out) == bytes_of(expected)


def _drive(out: Path, archive: str) -> None:
    shutil.rmtree(out, ignore_errors=True)
    run(splits_into(out, [archive]), setup(out), workers=2)
