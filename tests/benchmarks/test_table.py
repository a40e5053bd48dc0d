"""The table says what was run, what was not and why, and other documents can take its parts."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from benchmarks import table
from benchmarks.bench import document
from benchmarks.running import Run
from benchmarks.table import Measured
from benchmarks.tasks import TASKS, Task

TASK = Task("stance", "stance.py", "stance", lambda f: f"{f['micro']}", "dev", published="85", known="seen")


def test_a_row_has_our_figure_the_peers_and_the_published_one() -> None:
    measured = Measured(TASK, Run({"micro": 80.5}), (("VADER 3", Run({"micro": 40})),))
    assert (
        table.accuracy([measured]).splitlines()[2] == "| stance | dev (seen) | **80.5** | VADER 3 40 | 85 |"
    )


def test_what_was_not_run_is_told_with_its_reason() -> None:
    failed = Run(failed="no weights | in a folder")
    rows = table.accuracy([Measured(TASK, failed, (("VADER", Run(failed="not installed")),))]).splitlines()
    assert rows[2] == r"| stance | dev (seen) | not measured: no weights \| in a folder |  | 85 |"
    costs = table.costs([Measured(TASK, failed, (("VADER", Run(failed="not installed")),))])
    assert "| stance.py | VADER | not run: not installed |" in costs


def test_figures_of_another_form_do_not_stop_the_table() -> None:
    assert table.figure(TASK, Run({"macro": 1})) == "no figure"
    assert table.figure(TASK, Run()) == "no figure"


def test_costs_have_time_memory_and_the_scorers_own_rate() -> None:
    run = Run({"micro": 1, "pairs_per_second": 1234}, "", 2.04, 3.06, 199.6)
    assert table.costs([Measured(TASK, run)]).splitlines()[2] == (
        "| stance.py | onrecord | 2.0 | 3.1 | 200 MB | 1,234 pairs/s |"
    )


def test_every_figure_is_kept_as_json() -> None:
    text = table.every_figure([Measured(TASK, Run({"micro": 1}), (("none", Run(failed="x")),))])
    assert [json.loads(line) for line in text.splitlines()[1:-1]] == [{"reader": "onrecord", "micro": 1}]


def test_a_part_comes_back_as_it_was_put_in() -> None:
    document = f"# Results\n\n{table.part('speed', 'fast')}\n\n{table.part('accuracy', '| a |')}\n"
    assert table.part_of(document, "accuracy") == "| a |"
    with pytest.raises(KeyError):
        table.part_of(document, "price")


def test_every_task_writes_its_scorers_figures() -> None:
    prf = {"p": 1.0, "r": 2.0, "f1": 3.0}
    figures: dict[str, dict[str, Any]] = {
        "polnear.py": {"exact": dict.fromkeys(("Source", "Cue", "Content"), prf), "whole": prf},
        "training.measure_written": {"nested": prf},
        "plover.py": {"root_macro_f1": 3.0},
        "stance.py": {"micro_f1": 3.0, "macro_f1": 2.0},
        "factuality.py": {"scorer": "factuality", "uw": {"r": 0.8, "mae": 0.3}},
        "re3d.py": {"mentions": prf, "relations": prf},
        "places.py": {"right_of_found": 3.0, "found": prf},
        "timeml.py": {"span": prf, "value": prf},
        "coreference.py": {"all": prf},
        "pages.py": prf,
        "scraped.py": prf,
    }
    for task in TASKS:
        assert task.figure(figures[task.scorer]), task.what


def test_the_document_has_its_parts_and_the_machine() -> None:
    fast = "5 articles a second\n\n| stage | s |"
    text = document([("cpu", "small")], [], fast, "| import | 14 ms |", datetime.date(2026, 11, 2))
    assert "2 November 2026" in text
    assert "| cpu | small |" in text
    assert table.part_of(text, "speed") == "5 articles a second"
    assert table.part_of(text, "accuracy").startswith("| what |")
    assert "| stage | s |" in text
