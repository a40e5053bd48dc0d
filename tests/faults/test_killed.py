"""kill -9 at any instant, then the same command again: what is in the store is what an unbroken run gives."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from standin_ingest import exported, run, started, write_pages

from onrecord.store import Store, check_store

_ROUNDS = 20
_PAGES = 300


def kill_after(process: BaseProcess, pipe: Connection, pages: int, seconds: float) -> None:
    """Kill a process when so many pages are done and so many seconds have passed since."""
    with suppress(EOFError):
        for _ in range(pages):
            pipe.recv_bytes()
    time.sleep(seconds)
    process.kill()
    process.join()
    pipe.close()


def test_twenty_kills_and_an_unbroken_run_give_the_same_store(tmp_path: Path) -> None:
    chance = random.Random(1962)  # noqa: S311 - the same instants each time
    folder = write_pages(tmp_path / "pages", _PAGES, {7: "UNREADABLE", 40: "EXIT", 77: "FAULT"})
    broken, whole = f"sqlite:///{tmp_path / 'broken.db'}", f"sqlite:///{tmp_path / 'whole.db'}"
    for _ in range(_ROUNDS):
        pages = chance.choice((0, 1, 4))
        before = len(_ledger(broken)) if pages else 0
        process, pipe = started([folder], broken)
        kill_after(process, pipe, before + pages, chance.uniform(0.0, 0.02 if pages else 0.4))
    left = _PAGES - len(_ledger(broken))
    assert 0 < left < _PAGES, "the kills came before anything was done, or after all of it"
    tally = run([folder], broken)
    assert (tally.seen, tally.there) == (_PAGES, _PAGES - left)
    run([folder], whole)
    assert exported(broken) == exported(whole)
    with Store.open(broken) as store:
        assert check_store(store) == []
        assert store.view().counts().failures == 3


def test_a_dead_run_leaves_no_process_behind(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", 2, {1: "HANG"})
    process, pipe = started([folder], f"sqlite:///{tmp_path / 'one.db'}")
    pipe.recv_bytes()
    children = _children(process.pid)
    assert children
    kill_after(process, pipe, 0, 0.0)
    until = time.monotonic() + 30
    while any(map(_is_alive, children)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(_is_alive, children))


def _ledger(url: str) -> set[str]:
    if not Path(url.removeprefix("sqlite:///")).exists():
        return set()
    with Store.open(url) as store, store.reading() as connection:
        return set(connection.exec_driver_sql("SELECT locator FROM ledger").scalars())


def _children(process: int | None) -> list[int]:
    return [int(n) for n in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
