"""The same pages give the same bytes: in any order, in any number of processes, on another day, twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from onrecord import decode_record

ROOT = Path(__file__).parent.parent
PROGRAM = str(Path(sys.executable).with_name("onrecord"))


def output(*words: str, **environment: str) -> bytes:
    run = subprocess.run(
        [PROGRAM, "read", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
    )
    assert run.stderr == b""
    return run.stdout


def test_bytes_do_not_depend_on_jobs_hashes_locale_or_zone(weights: Path) -> None:
    alone = output("examples/*.txt", "--format", "jsonl", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    together = output(
        "examples/*.txt",
        "--format",
        "jsonl",
        "--jobs",
        "3",
        PYTHONHASHSEED="2",
        TZ="Asia/Tokyo",
        LC_ALL="C.UTF-8",
    )
    assert alone == together
    assert alone.count(b"\n") == 4


def test_events_and_relations_do_not_depend_on_jobs(weights: Path) -> None:
    pages = [f"examples/{name}.txt" for name in ("meridian_wire", "antilles_courier")]
    form = ("--format", "jsonl", "--jobs")
    alone, together = output(*pages, *form, "1"), output(*pages, *form, "2")
    first, second = ([decode_record(line) for line in out.splitlines()] for out in (alone, together))
    for part in ("events", "relations", "figures", "places"):
        assert [getattr(r, part) for r in first] == [getattr(r, part) for r in second]
    assert alone == together


@pytest.mark.parametrize("form", ["terminal", "html"])
def test_renderings_do_not_depend_on_hashes(weights: Path, form: str) -> None:
    page = "examples/the_harbor_ledger.html"
    assert output(page, "--format", form, PYTHONHASHSEED="1") == output(
        page, "--format", form, PYTHONHASHSEED="2"
    )


def test_what_a_page_gives_does_not_depend_on_what_was_read_before(reader: onrecord.Reader) -> None:
    first, second = ROOT / "examples/meridian_wire.txt", ROOT / "examples/east_river_review.html"
    before = reader.read(first).to_json()
    reader.read(second)
    assert reader.read(first).to_json() == before
