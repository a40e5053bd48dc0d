"""Running, timing and describing: what the bench stands on."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import onrecord
from benchmarks import machine
from benchmarks.long_page import long_text
from benchmarks.running import run
from benchmarks.speed import Profile, profile_lines
from benchmarks.splits import hold_out_re3d
from benchmarks.stages import Stages, steps
from training.corpora import held_out


def test_a_run_keeps_the_last_lines_figures_and_what_it_cost() -> None:
    done = run([sys.executable, "-c", "print('hello'); print('{\"f1\": 3}')"])
    assert done.figures == {"f1": 3}
    assert done.printed.startswith("hello")
    assert not done.failed
    assert done.cpu_seconds > 0
    assert done.peak_mb > 1


def test_a_run_that_fails_says_why_in_a_line() -> None:
    assert run([sys.executable, "-c", "raise ValueError('no folder')"]).failed == "ValueError: no folder"
    assert run([sys.executable, "-c", "raise SystemExit(3)"]).failed == "exit code 3"


def test_a_stage_has_the_time_that_is_its_own() -> None:
    stages = Stages()
    inner = stages.timed("inner", lambda: sum(range(300_000)))
    stages.timed("outer", lambda: inner())()
    assert stages.spent["inner"] > stages.spent["outer"] >= 0


def test_the_readers_steps_are_timed_and_put_back(weights: Path) -> None:
    from onrecord.reading import reader as reading

    reader, stages = onrecord.Reader(), Stages()
    before = dict(vars(reading)), dict(vars(reader._finder))
    with stages.within(reader):
        record = reader.read("The mayor of Paris said on Monday that it rained.", kind="text")
    assert (dict(vars(reading)), dict(vars(reader._finder))) == before
    assert "encoder" in stages.spent
    assert {"entities", "times", "places"} <= set(stages.spent)
    assert record.to_json() == reader.read(record.document.text, kind="text").to_json()
    assert "gather" in steps()


def test_a_profile_says_its_rate_and_its_ratio_to_the_floor() -> None:
    lines = profile_lines(Profile(2, 1200, {"pages": 0.1, "encoder": 0.3}, 0.25))
    assert "**5.0 articles of 600 words a second**" in lines[0]
    assert "1.60 times its floor" in lines[0]
    assert lines[4:] == ["| encoder | 0.30 | 75.0% | 150.00 |", "| pages | 0.10 | 25.0% | 50.00 |"]


def test_a_long_text_has_the_words_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one two three\nfour five\n")
    assert len(long_text(tmp_path, 12).split()) == 13


def test_a_processor_and_memory_are_described() -> None:
    info = "model name\t: AMD EPYC\nflags\t\t: fpu avx2 avx512_vnni\n"
    assert machine.processor(info) == "AMD EPYC (avx2, avx512_vnni)"
    assert machine.memory("MemTotal:       24000000 kB\n") == "23 GiB"
    assert machine.memory("") == "unknown"
    assert all(how for _, how in machine.described())


def test_only_held_out_documents_come_into_the_split(tmp_path: Path) -> None:
    part = tmp_path / "re3d" / "BBC"
    part.mkdir(parents=True)
    names = [f"d{i}" for i in range(20)]
    part.joinpath("documents.jsonl").write_text("\n".join(json.dumps({"_id": n, "text": "x"}) for n in names))
    part.joinpath("entities.jsonl").write_text("{}\n")
    count = hold_out_re3d(tmp_path / "re3d", tmp_path / "held")
    written = (tmp_path / "held" / "BBC" / "documents.jsonl").read_text()
    kept = [json.loads(line)["_id"] for line in written.splitlines()]
    assert kept == [n for n in names if held_out("re3d-" + n)]
    assert count == len(kept) > 0
