"""The table: results as Markdown, in parts that a document can take over by name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.running import Run
from benchmarks.tasks import Task

_RATES = (
    ("words_per_second_one_process", "words/s"),
    ("pairs_per_second", "pairs/s"),
    ("pages_per_second", "pages/s"),
)
_PART = re.compile(r"<!-- part: ([\w ]+) -->\n(.*?)\n<!-- end part -->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Measured:
    """A task with our run, and each peer's name, version included, with its run."""

    task: Task
    ours: Run
    peers: tuple[tuple[str, Run], ...] = ()


def accuracy(results: Iterable[Measured]) -> str:
    """Write the table of accuracy: each task with its figure, the peers' and the best that is published."""
    lines = [
        "| what | measured on | onrecord | peers, on the same set | published best |",
        "|---|---|---|---|---|",
    ]
    for r in results:
        where = r.task.measured_on + (f" ({r.task.known})" if r.task.known else "")
        beside = [f"{name} {figure(r.task, run)}" for name, run in r.peers if not run.failed]
        if r.task.measured:
            beside.append(r.task.measured)
        ours = f"not measured: {r.ours.failed}" if r.ours.failed else f"**{figure(r.task, r.ours)}**"
        lines.append(row((r.task.what, where, ours, "; ".join(beside), r.task.published)))
    return "\n".join(lines)


def figure(task: Task, run: Run) -> str:
    """Write a run's figures as the task's table shows them; what a peer does not give is told so."""
    try:
        return task.figure(run.figures)
    except (KeyError, TypeError):
        return "no figure"


def costs(results: Iterable[Measured]) -> str:
    """Write what each run took: CPU and wall time, memory, and the scorer's own rate where it has one."""
    lines = ["| scorer | reader | CPU seconds | wall | peak memory | rate |", "|---|---|---|---|---|---|"]
    for r in results:
        for name, run in (("onrecord", r.ours), *r.peers):
            if run.failed:
                lines.append(row((r.task.scorer, name, f"not run: {run.failed}", "", "", "")))
                continue
            lines.append(
                row(
                    (
                        r.task.scorer,
                        name,
                        f"{run.cpu_seconds:.1f}",
                        f"{run.wall_seconds:.1f}",
                        f"{run.peak_mb:.0f} MB",
                        rate(run),
                    )
                )
            )
    return "\n".join(lines)


def rate(run: Run) -> str:
    """Give the rate that the scorer itself measured, without what starts up."""
    return ", ".join(f"{run.figures[key]:,} {unit}" for key, unit in _RATES if key in run.figures)


def every_figure(results: Iterable[Measured]) -> str:
    """Write all that the scorers printed, a line of JSON a run, so that nothing is lost to the table."""
    lines = [
        f"{json.dumps({'reader': name, **run.figures}, ensure_ascii=False)}"
        for r in results
        for name, run in (("onrecord", r.ours), *r.peers)
        if run.figures
    ]
    return "\n".join(["```json", *lines, "```"])


def row(cells: Sequence[str]) -> str:
    """Write a row; what would break the table is made harmless."""
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def part(name: str, content: str) -> str:
    """Mark a part that other documents may take."""
    return f"<!-- part: {name} -->\n{content}\n<!-- end part -->"


def part_of(document: str, name: str) -> str:
    """Give a part of a document by its name; raise KeyError where there is none."""
    found: dict[str, str] = dict(_PART.findall(document))
    return found[name]
