"""What one worker makes of splits, without a cluster: files, failures, and the store that they load into."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster.deadly import bytes_of, setup, splits_into, write_archive
from standin_ingest import exported, run, stand_in

from onrecord.cluster import Output, Piece, Split, SplitReader, load
from onrecord.errors import StoreError
from onrecord.ingest.reading import reading
from onrecord.sources import Page
from onrecord.store import Store, check_store

pytest.importorskip("pyarrow", reason="CLUSTERS ARE NOT TESTED HERE: pyarrow is not installed")

_WORDS = {3: "FAULT", 9: "UNREADABLE", 17: "EXIT"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_archive(tmp_path_factory.mktemp("pages") / "news.warc.gz", 40, _WORDS)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, archive: str) -> Path:
    """Give the folder of one worker's run over all splits."""
    folder = tmp_path_factory.mktemp("written") / "out"
    worker = SplitReader(setup(folder, keep_raw=True))
    for split in splits_into(folder, [archive]):
        assert worker.read(split).missing == 0
    worker.close()
    return folder


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[SplitReader]:
    made = SplitReader(setup(tmp_path / "out"))
    yield made
    made.close()


def test_a_store_loaded_from_the_files_is_what_one_machine_would_have_made(
    tmp_path: Path, archive: str, written: Path
) -> None:
    from onrecord.ingest import Plan

    whole, loaded = f"sqlite:///{tmp_path / 'whole.db'}", f"sqlite:///{tmp_path / 'loaded.db'}"
    run([archive], whole, Plan(keep_raw=True))
    with Store.open(loaded) as store:
        tally = load(written, store)
        assert (tally.read, tally.total) == (37, 40)
        assert tally.failed == {"fault": 1, "unreadable": 1, "died": 1}
        assert check_store(store) == []
        again = load(written, store)
        assert (again.read, again.failures, again.there) == (0, 0, 40)
    assert exported(loaded) == exported(whole)


def test_a_store_without_words_is_loaded_without_them(tmp_path: Path, written: Path) -> None:
    with Store.open(tmp_path / "bare.db", text=False) as store:
        load(written, store)
        assert len(store.view()) == 37
        assert check_store(store) == []
    assert b"told reporters" not in (tmp_path / "bare.db").read_bytes()


def test_failures_are_kept_apart_with_their_reasons(written: Path) -> None:
    import pyarrow.parquet as parquet

    rows = [
        row
        for path in sorted(written.glob("split=*/failures.parquet"))
        for row in parquet.read_table(path, partitioning=None).to_pylist()
    ]
    assert [row["reason"] for row in rows] == ["fault", "unreadable", "died"]
    assert all(row["locator"].partition("#")[0] == row["source"] and row["message"] for row in rows)
    counts = [manifest.failures for _, manifest in Output(written).splits()]
    assert sum(sum(count.values()) for count in counts) == 3


def test_a_finished_split_is_never_written_again(written: Path, archive: str) -> None:
    before = {path: path.stat().st_ino for path in written.rglob("*")}
    assert splits_into(written, [archive]) == []
    reader = SplitReader(setup(written))
    for _, manifest in Output(written).splits():
        assert reader.read(Split(manifest.pieces)).read == 0
    reader.close()
    assert {path: path.stat().st_ino for path in written.rglob("*")} == before


def test_a_source_that_is_gone_leaves_its_split_to_the_next_run(tmp_path: Path, worker: SplitReader) -> None:
    gone = str(tmp_path / "gone.warc.gz")
    done = worker.read(Split((Piece(gone, 0, 10, 10, gone),)))
    assert (done.missing, done.read) == (1, 0)
    assert "cannot be read" in done.told[0][1]
    assert list((tmp_path / "out").iterdir()) == []


def test_damaged_and_foreign_folders_are_told(tmp_path: Path, written: Path) -> None:
    with Store.open(tmp_path / "store.db") as store, pytest.raises(StoreError, match="no finished split"):
        load(tmp_path, store)
    copy = tmp_path / "copy"
    for name, content in bytes_of(written).items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes(content)
    first = next(iter(sorted(copy.iterdir())))
    manifest = first / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"onrecord": "', '"onrecord": "9'))
    with pytest.raises(StoreError, match=r"was read by onrecord 9.*another folder"):
        Output(copy).finished()
    (first / "records.parquet").write_bytes(b"PAR1")
    with Store.open(tmp_path / "store.db") as store, pytest.raises(StoreError, match="cannot be read"):
        load(copy, store)
    manifest.write_text("{")
    with pytest.raises(StoreError, match="no finished split"):
        Output(copy).finished()


def test_any_engine_that_moves_arrow_tables_can_do_the_reading() -> None:
    from onrecord.cluster.arrow import outcomes_of, page_table, read_table
    from onrecord.store import Failed, Stored

    read = reading(stand_in, True, False)
    pages = [
        Page("a.txt", b"Envoy Brandt spoke.", kind="text", charset="utf-8", captured="2026-01-02T00:00:00Z"),
        Page("odd-\udcff.txt", b"UNREADABLE", kind="text", charset="utf-8", source="folder"),
    ]
    result = read_table(read, page_table(pages))
    one, other = outcomes_of(result)
    assert isinstance(one, Stored)
    assert (one.record.document.text, one.captured, one.locator) == (
        "Envoy Brandt spoke.",
        "2026-01-02T00:00:00Z",
        "a.txt",
    )
    assert isinstance(other, Failed)
    assert (other.reason, other.source) == ("unreadable", "folder")


def test_a_cluster_without_ray_and_workers_on_sqlite_are_refused_in_a_sentence(
    tmp_path: Path, archive: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.cluster import Setup
    from onrecord.cluster import run as run_on_cluster

    splits = splits_into(tmp_path, [archive])
    with pytest.raises(StoreError, match="workers write into PostgreSQL"):
        run_on_cluster(splits, Setup(store="onrecord.db"))
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(StoreError, match=r"needs Ray: pip install 'onrecord\[cluster\]'"):
        run_on_cluster(splits, setup(tmp_path))
