"""A database that is full, locked, read-only or shared: nothing is lost or doubled, and it is said why."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from standin_ingest import QUICK, apart, exported, run, stand_in, started, write_pages

from onrecord.errors import StoreError
from onrecord.ingest import ingest
from onrecord.sources import pages_in
from onrecord.store import Store, check_store

_PAGES = 24


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_pages(tmp_path_factory.mktemp("pages"), _PAGES)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, folder: str) -> bytes:
    """Give what an unbroken run exports."""
    url = f"sqlite:///{tmp_path_factory.mktemp('whole') / 'whole.db'}"
    run([folder], url)
    return exported(url)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True
    )
    if made.returncode:
        pytest.skip(
            f"A FULL DISK IS NOT TESTED HERE: no tmpfs may be mounted ({made.stderr.decode().strip()})"
        )
    yield disk
    subprocess.run(["/bin/umount", str(disk)], check=True)


def assert_whole(url: str, whole: bytes) -> None:
    assert exported(url) == whole
    with Store.open(url) as store:
        assert check_store(store) == []
        assert len(store.view()) == _PAGES


def test_a_full_disk_ends_the_run_and_the_next_one_goes_on(
    small_disk: Path, folder: str, whole: bytes
) -> None:
    url = f"sqlite:///{small_disk / 'store.db'}"
    Store.open(url).close()
    filler = small_disk / "filler"
    room = os.statvfs(small_disk)
    filler.write_bytes(b"x" * max(0, room.f_bavail * room.f_frsize - 60_000))
    with pytest.raises(StoreError, match="full"):
        run([folder], url)
    filler.unlink()
    subprocess.run(["/bin/mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    assert run([folder], url).seen == _PAGES
    assert_whole(url, whole)


def test_a_file_that_may_not_grow_ends_the_run_and_the_next_one_goes_on(
    tmp_path: Path, folder: str, whole: bytes
) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    Store.open(url).close()
    most = (tmp_path / "store.db").stat().st_size + 40_000
    process = apart(_run_within, most, folder, url)
    process.join()
    assert process.exitcode == 3
    assert run([folder], url).seen == _PAGES
    assert_whole(url, whole)


def _run_within(most: int, folder: str, url: str) -> None:
    """Run where no file may have more bytes than that."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        run([folder], url)
    except StoreError:
        sys.exit(3)


def test_a_lock_that_is_let_go_is_waited_for(tmp_path: Path, folder: str, whole: bytes) -> None:
    path = tmp_path / "store.db"
    Store.open(path).close()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(1.5, other.rollback)
    timer.start()
    assert run([folder], f"sqlite:///{path}").read == _PAGES
    timer.join()
    other.close()
    assert_whole(f"sqlite:///{path}", whole)


@pytest.mark.parametrize(
    ("pragma", "meaning"), [("busy_timeout = 100", "another process"), ("query_only = ON", "only be read")]
)
def test_a_locked_and_a_read_only_database_are_told_and_left_as_they_are(
    tmp_path: Path, folder: str, whole: bytes, pragma: str, meaning: str
) -> None:
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        store.engine.dispose()
        event.listen(store.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA {pragma}"))
        other = sqlite3.connect(path, isolation_level=None)
        if "busy" in pragma:
            other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=meaning):
            ingest(pages_in([folder]), store, QUICK, make_reader=stand_in)
        other.close()
        assert len(store.view()) == 0
    run([folder], f"sqlite:///{path}")
    assert_whole(f"sqlite:///{path}", whole)


def test_two_ingestions_at_once_neither_double_nor_lose(tmp_path: Path, folder: str, whole: bytes) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    runs = [started([folder], url) for _ in range(2)]
    for process, pipe in runs:
        process.join()
        assert process.exitcode == 0
        pipe.close()
    assert_whole(url, whole)
