"""``onrecord explain`` and ``read --explain`` as a user meets them."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result
from handmade_events import harbor_record
from standins import plain_reader

from onrecord.cli import commands
from onrecord.command import read_command
from onrecord.explain import explain
from onrecord.explain_command import explain_command


def onrecord(*words: str, given: bytes = b"") -> Result:
    with (
        patch.dict(read_command.__kwdefaults__, make_reader=plain_reader),
        patch.dict(explain_command.__kwdefaults__, make_reader=plain_reader),
    ):
        run = CliRunner().invoke(commands, words, input=given)
    if run.exception and not isinstance(run.exception, SystemExit):
        raise run.exception
    return run


@pytest.fixture
def harbor(tmp_path: Path) -> Path:
    path = tmp_path / "harbor.json"
    path.write_text(harbor_record().to_json(), encoding="utf-8")
    return path


def test_a_record_s_entry_is_explained(harbor: Path) -> None:
    run = onrecord("explain", str(harbor), "v3")
    assert run.exit_code == 0
    assert run.stdout == explain(harbor_record(), "v3")


def test_a_record_may_come_on_standard_input(harbor: Path) -> None:
    for given in (harbor.read_bytes(), b"\xef\xbb\xbf\n " + harbor.read_bytes()):
        assert onrecord("explain", "-", "f1", given=given).stdout == explain(harbor_record(), "f1")


def test_a_page_is_read_first(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("[1] All of this is said.")
    run = onrecord("explain", str(page), "a1")
    assert run.exit_code == 0
    assert run.stdout.startswith("a1, statement: ")
    assert onrecord("explain", "-", "a1", given=page.read_bytes()).stdout == run.stdout


def test_an_unknown_id_is_one_sentence(harbor: Path) -> None:
    run = onrecord("explain", str(harbor), "v99")
    assert run.exit_code == 2
    assert not run.stdout
    assert run.stderr.startswith(f"onrecord: {harbor}: this record has no entry 'v99'; it has a1 to a7, ")
    assert run.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("no.json", b'{"schema": "other/1"}', "this is not a record of onrecord/1: "),
        ("no.json", b"plain words", "this is not a record of onrecord/1: "),
        ("two.json", b'[{"schema": 1}, {}]', "this holds several records, or none; "),
        ("two.jsonl", b'{"schema":1}\n{"schema":1}\n', "this holds several records, or none; "),
        ("page.txt", b"UNREADABLE", "this is no page"),
    ],
)
def test_what_is_no_record_is_one_sentence(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    run = onrecord("explain", str(path), "v1")
    assert run.exit_code == 1
    assert run.stderr.startswith(f"onrecord: {path}: {message}")
    assert run.stderr.count("\n") == 1


def test_a_record_that_disagrees_with_itself_is_told(harbor: Path) -> None:
    harbor.write_text(harbor.read_text("utf-8").replace('"trigger":{"start":134', '"trigger":{"start":133'))
    run = onrecord("explain", str(harbor), "v1")
    assert run.exit_code == 1
    assert "does not quote its text" in run.stderr


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    run = onrecord("explain", str(tmp_path / "none.json"), "v1")
    assert run.exit_code == 1
    assert run.stderr == f"onrecord: {tmp_path / 'none.json'}: there is no such file or folder\n"


def test_reading_can_explain_each_entry_below_the_record(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("All of this is said.")
    plain, reasons = onrecord("read", str(page)), onrecord("read", str(page), "--explain")
    assert reasons.stdout.startswith(plain.stdout)
    assert "\na1, statement: " in reasons.stdout


def test_explaining_is_for_the_terminal(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("All of this is said.")
    run = onrecord("read", str(page), "--explain", "--format", "json")
    assert run.exit_code == 2
    assert "--explain is for --format terminal, not for json" in run.stderr
