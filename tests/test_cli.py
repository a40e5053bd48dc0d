"""The commands as a user meets them: output, failures, exit codes, and being cut short."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner
from standins import plain_reader

from onrecord.cli import commands
from onrecord.codec import decode_record
from onrecord.command import read_command

TESTS = Path(__file__).parent
PROGRAM = [sys.executable, str(TESTS / "standin_cli.py")]


@dataclass(frozen=True)
class Run:
    """What a command left behind."""

    returncode: int
    stdout: bytes
    stderr: bytes


def onrecord(*words: str, given: bytes = b"") -> Run:
    """Run a command within this process, with the reader that stands in for the real one."""
    with patch.dict(read_command.__kwdefaults__, make_reader=plain_reader):
        run = CliRunner().invoke(commands, words, input=given)
    if run.exception and not isinstance(run.exception, SystemExit):
        raise run.exception
    return Run(run.exit_code, run.stdout_bytes, run.stderr_bytes)


def onrecord_apart(*words: str, given: bytes = b"") -> Run:
    """Run a command in a process of its own: all of it, and slower."""
    run = subprocess.run([*PROGRAM, *words], input=given, capture_output=True, check=False)
    return Run(run.returncode, run.stdout, run.stderr)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, text in enumerate(
        ("The first page.", "UNREADABLE", "The third page.", "FAULT", "The last page.")
    ):
        (folder / f"{number}.txt").write_text(text)
    return folder


def test_pages_that_fail_are_told_and_the_others_are_shown(pages: Path) -> None:
    run = onrecord("read", str(pages), "--format", "jsonl")
    texts = [decode_record(line).document.text for line in run.stdout.splitlines()]
    assert texts == ["The first page.", "The third page.", "The last page."]
    told = run.stderr.decode().splitlines()
    assert len(told) == 2
    assert told[0] == f"onrecord: {pages / '1.txt'}: this is no page"
    assert "Traceback" not in run.stderr.decode()
    assert run.returncode == 1


def test_output_does_not_depend_on_jobs(pages: Path) -> None:
    alone = onrecord_apart("read", str(pages), "--format", "jsonl")
    together = onrecord_apart("read", str(pages), "--format", "jsonl", "--jobs", "3")
    assert alone == together
    assert alone == onrecord("read", str(pages), "--format", "jsonl")


def test_a_page_that_kills_its_process_is_told(pages: Path) -> None:
    (pages / "2.txt").write_text("DIE")
    run = onrecord("read", str(pages), "--format", "jsonl", "--jobs", "2")
    assert len(run.stdout.splitlines()) == 2
    assert "2.txt: the process that read this page was killed (SIGKILL)" in run.stderr.decode()
    assert run.returncode == 1


def test_one_page_is_an_object_and_several_are_an_array(pages: Path) -> None:
    one = json.loads(onrecord("read", str(pages / "0.txt"), "--format", "json").stdout)
    several = json.loads(
        onrecord("read", str(pages / "0.txt"), str(pages / "2.txt"), "--format", "json").stdout
    )
    none = json.loads(onrecord("read", str(pages / "1.txt"), str(pages / "3.txt"), "--format", "json").stdout)
    assert one["document"]["text"] == "The first page."
    assert one["schema"] == "onrecord/1"
    assert [record["document"]["text"] for record in several] == ["The first page.", "The third page."]
    assert none == []


def test_standard_input_is_a_page() -> None:
    run = onrecord("read", "-", "--format", "json", "--published", "1962-10-25", given=b"From a pipe.")
    record = json.loads(run.stdout)
    assert record["document"]["text"] == "From a pipe."
    assert record["document"]["published"]["value"] == "1962-10-25"
    assert run.returncode == 0


def test_a_date_of_publication_may_be_a_year_or_a_month() -> None:
    for date in ("1962", "1962-10", "1962-10-25T18:00"):
        assert onrecord("read", "-", "--published", date, given=b"x").returncode == 0


def test_files_of_a_folder_that_are_no_pages_are_counted(pages: Path) -> None:
    (pages / "photo.jpg").write_bytes(b"x")
    told = onrecord("read", str(pages)).stderr.decode()
    assert f"onrecord: {pages}: 1 file was passed over" in told


def test_output_goes_to_a_file_whose_ending_says_how(pages: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    run = onrecord("read", str(pages / "0.txt"), "--output", str(target))
    assert run.stdout == b""
    assert target.read_text().startswith("<!doctype html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.html", "pages"]


def test_an_output_that_cannot_be_written_is_a_usage_error(pages: Path, tmp_path: Path) -> None:
    run = onrecord("read", str(pages / "0.txt"), "--output", str(tmp_path / "no" / "where.json"))
    assert run.returncode == 2
    assert b"cannot write" in run.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("read",),
        ("read", "x.txt", "--jobs", "0"),
        ("read", "x.txt", "--format", "xml"),
        ("read", "x.txt", "--published", "yesterday"),
        ("read", "x.txt", "--published", "1962-13"),
        ("read", "x.txt", "--published", "19621025"),
        ("read", "-", "-"),
        ("nonsense",),
    ],
)
def test_calls_that_make_no_sense_end_with_2(words: tuple[str, ...]) -> None:
    run = onrecord(*words)
    assert run.returncode == 2
    assert b"Traceback" not in run.stderr


def test_a_name_that_stands_for_nothing_is_a_failure(tmp_path: Path) -> None:
    run = onrecord("read", str(tmp_path / "nowhere.txt"))
    assert run.returncode == 1
    assert run.stderr.decode() == f"onrecord: {tmp_path / 'nowhere.txt'}: there is no such file or folder\n"


def test_a_reader_that_goes_away_ends_it_quietly(pages: Path) -> None:
    (pages / "0.txt").write_text("long " * 100_000)
    command = [*PROGRAM, "read", str(pages), "--format", "jsonl"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.read(10)
    run.stdout.close()
    told = run.stderr.read().decode()
    run.stderr.close()
    assert run.wait(30) == 141
    assert "Traceback" not in told
    assert "BrokenPipe" not in told


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_it_quietly_and_leaves_no_half_file(tmp_path: Path, jobs: str) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(200):
        (folder / f"{number}.txt").write_text("SLOW")
    target = tmp_path / "out.jsonl"
    command = [*PROGRAM, "read", str(folder), "--jobs", jobs]
    run = subprocess.Popen([*command, "--output", str(target)], stderr=subprocess.PIPE)
    while not list(tmp_path.glob(".out*")):
        time.sleep(0.05)
    time.sleep(0.5)
    os.kill(run.pid, signal.SIGINT)
    assert run.stderr is not None
    told = run.stderr.read().decode()
    run.stderr.close()
    assert run.wait(30) == 130
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == [folder]


def test_hostile_names_and_pages_do_not_reach_the_terminal_raw(tmp_path: Path) -> None:
    name = tmp_path / "bad\x1b[31mname.txt"
    name.write_text("Text\x1b[2J with \x9b31m controls \u202e and \x07 bells")
    missing = str(tmp_path / "none\x1b]0;title\x07.txt")
    for form in ("terminal", "json", "jsonl", "html"):
        run = onrecord("read", str(name), missing, "--format", form)
        shown = (run.stdout + run.stderr).decode()
        assert not {
            c for c in shown if c != "\n" and (ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or c == "\u202e")
        }, form


def test_version_help_and_schema() -> None:
    run = CliRunner()
    assert run.invoke(commands, ["--version"]).output == "onrecord 0.1.0\n"
    assert "Exit codes" in run.invoke(commands, ["read", "--help"]).output
    schema = json.loads(run.invoke(commands, ["schema"]).output)
    assert schema["$ref"] == "#/$defs/Record"


def test_starting_is_quick_because_heavy_libraries_wait() -> None:
    heavy = (
        "numpy",
        "onnxruntime",
        "trafilatura",
        "tokenizers",
        "rich.console",
        "lxml",
        "msgspec",
        "dateparser",
    )
    code = f"import sys, onrecord, onrecord.cli; print([name for name in {heavy!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert run.stdout.decode().strip() == "[]"
