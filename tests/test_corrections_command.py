"""``onrecord correct``, ``corrections`` and ``gold`` on a terminal and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from people import put

from onrecord.corrections_command import correct_command, corrections_command, gold_command
from onrecord.store import Store

AT = "2026-03-01T12:00:00Z"


@pytest.fixture
def place(tmp_path: Path) -> tuple[str, str]:
    path = str(tmp_path / "c.db")
    with Store.open(path) as store:
        return path, put(store)


def test_a_page_is_corrected_shown_and_made_gold(
    place: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    store, page = place
    assert gold_command(store=store) == 1
    assert corrections_command(store=store) == 1
    sets = ["status=denied", "date=1963", "actors=e5", "trigger=10:15"]
    said = {"action": "amend", "sets": sets, "why": "read it"}
    assert correct_command(page, "v4", store=store, who="ana", at=AT, **said) == 0  # type: ignore[arg-type]
    later = "2026-03-02T12:00:00Z"
    assert correct_command(page, "v4", store=store, who="ben", at=later, action="reject") == 1
    shown = capsys.readouterr().out
    assert "ana and ben disagree on verdict of v4" in " ".join(shown.split())
    assert corrections_command(page, store=store) == 0
    shown = capsys.readouterr().out
    assert "amend v4 · actors = e5, date = 1963, status = denied, trigger = " in shown
    assert corrections_command(page, store=store, form="json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [line["action"] for line in found["lines"]] == ["amend", "reject"]
    assert len(found["conflicts"]) == 1
    assert correct_command(page, None, store=store, who="ben", action="undo", undo=found["lines"][1]["id"],
                           at="2026-03-03T00:00:00Z", form="json") == 0  # fmt: skip
    assert json.loads(capsys.readouterr().out)["new"] is True
    assert gold_command(store=store, text=True) == 0
    (line,) = capsys.readouterr().out.splitlines()
    (event,) = json.loads(line)["judged"]
    assert (event["status"], event["trigger"], event["date"]["value"]) == ("denied", [10, 15], "1963")


def test_what_is_no_assignment_is_a_mistake_of_use(place: tuple[str, str]) -> None:
    with pytest.raises(click.UsageError, match="field=value"):
        correct_command(place[1], "v4", store=place[0], who="ana", action="amend", sets=["denied"])
