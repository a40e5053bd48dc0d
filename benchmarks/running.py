"""Running one measurement: a process of its own, its last line's JSON, and what it cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Run:
    """What a process printed and cost; ``failed`` says in a line why there are no figures."""

    figures: dict[str, Any] = field(default_factory=dict)
    printed: str = ""
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    peak_mb: float = 0.0
    failed: str = ""


def run(command: Sequence[str]) -> Run:
    """Run a command at the root of the repository, on one thread; the last line it prints is its figures."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NO_COLOR": "1"}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        printed = out.read().decode("utf-8", "replace").rstrip()
        told = err.read().decode("utf-8", "replace").strip()
    last = printed.splitlines()[-1] if printed else ""
    failed = ""
    if process.returncode:
        failed = told.splitlines()[-1] if told else f"exit code {process.returncode}"
    return Run(
        _figures(last),
        printed,
        usage.ru_utime + usage.ru_stime,
        wall,
        usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3 / 1.024),
        failed,
    )


def _figures(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
