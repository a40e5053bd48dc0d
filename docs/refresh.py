"""Runs the commands that a document shows and puts their output into it: what it shows is what happens.

    python docs/refresh.py README.md

A block is a comment, what the command printed, and a closing comment:

    <!-- shows: make demo -->          output that is always the same; a test compares it
    <!-- measured: make footprint -->  output that differs between machines and runs
    <!-- last line: make test -->      the same, and only its end
    <!-- taken: FILE PART -->          no command: a part of a file that one of ours wrote; a test compares it
    <!-- end -->

With --taken, only those of the last kind.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# What is shown comes first: `make test`, whose last line is wanted too, compares it.
KINDS = ("taken", "shows", "measured", "last line")
_BLOCK = re.compile(r"(<!-- (shows|measured|last line|taken): (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def refreshed(text: str, kinds: tuple[str, ...] = KINDS) -> str:
    """Give the document with the output of every command of these kinds in place."""

    def block(match: re.Match[str]) -> str:
        opening, kind, command, closing = match.groups()
        if kind not in kinds:
            return match[0]
        if kind == "taken":
            taken = part(command)
            return match[0] if taken is None else f"{opening}{taken}\n{closing}"
        shown = output_of(command)
        if kind == "last line":
            shown = shown.splitlines()[-1]
        fence = "" if shown.startswith("|") else "```"
        return f"{opening}{fence and fence + 'text' + chr(10)}{shown}\n{fence and fence + chr(10)}{closing}"

    return _BLOCK.sub(block, text)


def part(named: str) -> str | None:
    """Give a part of a file, "FILE PART"; None where the file was not written yet."""
    name, _, title = named.partition(" ")
    path = ROOT / name
    if not path.exists():
        return None
    held = rf"<!-- part: {re.escape(title)} -->\n(.*?)\n<!-- end part -->"
    found = re.search(held, path.read_text("utf-8"), re.DOTALL)
    if found is None:
        raise SystemExit(f"{name} has no part {title}; run: make bench")
    return found[1]


def output_of(command: str) -> str:
    """Run a command of ours at the root of the repository and give what it printed, without colours."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # A make of its own: one that knows it runs under another announces every folder it enters.
    inherited = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    environment = {**inherited, "PATH": path, "NO_COLOR": "1"}
    run = subprocess.run(
        command,
        shell=True,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode:
        raise SystemExit(f"{command} failed with {run.returncode}: {run.stderr.strip()[-500:]}")
    return run.stdout.rstrip()


if __name__ == "__main__":
    only_taken = sys.argv[1:2] == ["--taken"]
    for name in sys.argv[1 + only_taken :]:
        document = Path(name)
        for kind in KINDS[:1] if only_taken else KINDS:
            document.write_text(refreshed(document.read_text("utf-8"), (kind,)), "utf-8")
