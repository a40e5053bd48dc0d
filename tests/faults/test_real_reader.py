"""The real reader in the processes of an ingestion: what is stored is what it reads by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.ingest_command import ingest_command
from onrecord.store import Store, check_store

_EXAMPLES = Path(__file__).parents[2] / "examples"


def test_two_examples_are_stored_as_they_are_read(
    tmp_path: Path, reader: onrecord.Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    names = tuple(str(_EXAMPLES / name) for name in ("the_harbor_ledger.html", "meridian_wire.txt"))
    url = str(tmp_path / "store.db")
    assert ingest_command(names, store=url, jobs=1, keep_raw=True) == 0
    assert "2 pages put on record" in capsys.readouterr().err
    with Store.open(url) as store:
        view = store.view()
        for line in view.pages():
            stored = view.stored(line.id)
            assert stored.record == reader.read(Path(line.locator))
            assert stored.raw == Path(line.locator).read_bytes()
        assert check_store(store) == []
