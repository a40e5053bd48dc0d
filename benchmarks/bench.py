"""Measures everything and keeps it:  python -m benchmarks.bench --corpora DIR --scorers DIR [--folds DIR]

Each scorer runs on its split as a process of its own, for us and for each peer, one after the other; then
speed and footprint are measured. The whole is written to benchmarks/results.md, and its table printed. What
cannot be run is told with its reason and stops nothing.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import described
from benchmarks.running import ROOT, Run, run
from benchmarks.splits import hold_out_re3d
from benchmarks.table import Measured, accuracy, costs, every_figure, part, row
from benchmarks.tasks import HELD_RE3D, TASKS, Peer, Task

RESULTS = ROOT / "benchmarks" / "results.md"


class Bench:
    """Where scorers, corpora, folds and the peers' Python are; ``held`` is a folder for splits made here."""

    def __init__(self, options: argparse.Namespace, held: Path) -> None:
        self._corpora: Path = options.corpora.resolve()
        self._scorers: Path = options.scorers.resolve()
        self._folds: Path | None = options.folds.resolve() if options.folds else None
        self._peers_python: Path = options.peers_python
        self._held = held

    def measure(self, task: Task) -> Measured:
        """Run a task's scorer for us and for each of its peers."""
        split = self._split(task)
        if task.split and not split.is_dir():
            missing = Run(failed=f"no {task.split} in the corpora folder")
            return Measured(task, missing, tuple((p.name, missing) for p in task.peers))
        return Measured(task, self._ours(task, split), tuple(self._peer(p, task, split) for p in task.peers))

    def _split(self, task: Task) -> Path:
        if task.split != HELD_RE3D:
            return self._corpora / task.split
        if not self._held.exists() and (self._corpora / "re3d" / "train").is_dir():
            hold_out_re3d(self._corpora / "re3d" / "train", self._held)
        return self._held

    def _ours(self, task: Task, split: Path) -> Run:
        tell(f"{task.scorer}: onrecord")
        if not task.split:
            return run([sys.executable, "-m", task.scorer])
        scorer = str(self._scorers / task.scorer)
        if task.scorer == "plover.py":  # the shipped weights learned from all of it
            if self._folds is None:
                return Run(failed="five folds of weights are needed (--folds)")
            return run([sys.executable, "-m", "benchmarks.peers", f"folds={self._folds}", scorer, str(split)])
        return run([sys.executable, scorer, str(split)])

    def _peer(self, peer: Peer, task: Task, split: Path) -> tuple[str, Run]:
        tell(f"{task.scorer}: {peer.name}")
        python = sys.executable if peer.with_ours else str(self._peers_python)
        name = peer.name
        if not Path(python).exists():
            return name, Run(failed="the peers' environment was not made")
        if peer.package:
            code = f"from importlib.metadata import version; print(version({peer.package!r}))"
            version = run([python, "-c", code])
            if version.failed:
                return name, Run(failed=f"{peer.package} is not installed")
            held = f"{peer.package} {version.printed}"
            name = held if name == peer.package else f"{name} ({held})"
        scorer = str(self._scorers / task.scorer)
        return name, run([python, "-m", "benchmarks.peers", peer.asked, scorer, str(split)])


def speed(corpora: Path) -> str:
    """Measure speed on the corpora's HTML pages and long texts."""
    tell("speed")
    pages, texts = corpora.resolve() / "pages" / "html", corpora.resolve() / "polnear" / "train" / "text"
    folders = [str(f if f.is_dir() else ROOT / "examples") for f in (pages, texts)]
    return _printed(run([sys.executable, str(ROOT / "benchmarks" / "speed.py"), *folders]))


def footprint() -> str:
    """Measure installed size, start-up and memory."""
    tell("footprint")
    return _printed(run([sys.executable, str(ROOT / "benchmarks" / "footprint.py")]))


def document(
    machine: Sequence[tuple[str, str]],
    results: Sequence[Measured],
    fast: str,
    small: str,
    today: datetime.date,
) -> str:
    """Write the whole of results.md."""
    rates, _, profile = fast.partition("\n\n")
    told = "\n".join(["| machine | |", "|---|---|", *map(row, machine)])
    parts = (
        "# Results",
        f"Measured on {today.day} {today:%B %Y} by `make bench` in one run on one machine, one process at a "
        "time, one thread each. [How it is measured](README.md).",
        told,
        "## Accuracy",
        "What says no more was run here, on the same set with the same scorer; “measured on” was so in "
        "November 2026 on another machine of this kind, with programs that no one command installs. "
        "Published figures are on the splits that they name.",
        part("accuracy", accuracy(results)),
        "## Speed",
        part("speed", rates),
        profile,
        "## Footprint",
        small,
        "## What each run took",
        "Time and memory of the whole process: start, weights, reading and scoring. A rate is the scorer's.",
        costs(results),
        "## All figures",
        every_figure(results),
    )
    return "\n\n".join(filter(None, parts)) + "\n"


def _printed(r: Run) -> str:
    return f"not measured: {r.failed}" if r.failed else r.printed


def tell(what: str) -> None:
    """Say on standard error what is being measured now."""
    print(what, file=sys.stderr, flush=True)


def main() -> None:
    """Measure, write, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--scorers", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--folds", type=Path, help="folder with fold0 to fold4, weights for cross-validation")
    parser.add_argument("--peers-python", type=Path, default=ROOT / "build" / "peers" / "bin" / "python")
    parser.add_argument("--only", nargs="*", default=[], help="scorers by name, without .py; neither speed")
    parser.add_argument("--output", type=Path, default=RESULTS)
    options = parser.parse_args()
    chosen = [t for t in TASKS if not options.only or t.scorer.removesuffix(".py") in options.only]
    machine = described()  # before there is any load of ours
    with tempfile.TemporaryDirectory() as made:
        bench = Bench(options, Path(made) / "re3d")
        results = [bench.measure(task) for task in chosen]
    whole = not options.only
    text = document(
        machine,
        results,
        speed(options.corpora) if whole else "not measured",
        footprint() if whole else "not measured",
        datetime.date.today(),
    )
    options.output.write_text(text, encoding="utf8")
    print(accuracy(results))


if __name__ == "__main__":
    main()
