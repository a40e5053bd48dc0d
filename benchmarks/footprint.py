"""What onrecord costs before it reads: installed size, import time, time to the first record, peak memory.

    make footprint

Prints a Markdown table. Times are medians of processes started afresh.
"""

from __future__ import annotations

import os
import platform
import re
import statistics
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "examples" / "meridian_wire.txt"
IMPORT = "import time; t = time.perf_counter(); import onrecord; print((time.perf_counter() - t) * 1000)"
OPEN = (
    "import time; t = time.perf_counter(); import onrecord; "
    f"onrecord.open_page({str(PAGE)!r}); print((time.perf_counter() - t) * 1000)"
)
TIMES = 5


def main() -> None:
    """Measure and print."""
    packages = sorted(closure("onrecord"))
    sizes = {name: installed_bytes(name) for name in packages}
    ours = sum(path.stat().st_size for path in (ROOT / "onrecord").rglob("*") if kept(path))
    largest = sorted(sizes, key=lambda name: -sizes[name])[:3]
    named = ", ".join(f"{name} {sizes[name] / 1e6:.0f}" for name in largest)
    seconds, memory = first_record()
    rows = (
        ("installed, onrecord with its weights", f"{ours / 1e6:.1f} MB"),
        (
            f"installed, the {len(packages)} packages it needs",
            f"{sum(sizes.values()) / 1e6:.0f} MB ({named})",
        ),
        ("`import onrecord`", f"{median_of(IMPORT):.0f} ms"),
        ("`import onrecord`, first page opened", f"{median_of(OPEN):.0f} ms"),
        ("from command to first record", f"{seconds:.1f} s"),
        ("peak memory of that command", f"{memory / 1e6:.0f} MB"),
    )
    print(f"| measured on Python {platform.python_version()}, {platform.system()} {platform.machine()} | |")
    print("|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")


def closure(root: str) -> set[str]:
    """Give the names of all installed packages that one needs to run, without itself."""
    needed: set[str] = set()
    waiting = [root]
    while waiting:
        try:
            lines = metadata.requires(waiting.pop()) or []
        except metadata.PackageNotFoundError:
            continue
        for line in lines:
            match = re.match(r"[A-Za-z0-9._-]+", line)
            if match is None or "extra ==" in line:
                continue
            name = re.sub(r"[-_.]+", "-", match[0]).lower()
            if name not in needed and installed(name):
                needed.add(name)
                waiting.append(name)
    return needed - {root}


def installed(name: str) -> bool:
    """Whether a package is there; what other systems need is not."""
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def installed_bytes(name: str) -> int:
    """Give the size of a package's files on disk, without compiled caches."""
    files = (Path(str(file.locate())) for file in metadata.files(name) or [])
    return sum(path.stat().st_size for path in files if kept(path))


def kept(path: Path) -> bool:
    """Whether a file counts: it exists, and Python did not make it itself."""
    return path.is_file() and path.suffix != ".pyc"


def median_of(code: str) -> float:
    """Run code that prints a number in fresh processes and give the median."""
    runs = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True) for _ in range(TIMES)
    )
    return statistics.median(float(run.stdout) for run in runs)


def first_record() -> tuple[float, int]:
    """Give the median seconds of reading one page from the shell, and the most bytes of memory it held."""
    program = str(Path(sys.executable).with_name("onrecord"))
    seconds, memory = [], 0
    for _ in range(TIMES):
        start = time.perf_counter()
        process = subprocess.Popen(
            [program, "read", str(PAGE), "--format", "jsonl"], stdout=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit("onrecord could not read the example page; run `onrecord doctor`")
        seconds.append(time.perf_counter() - start)
        memory = max(memory, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
    return statistics.median(seconds), memory


if __name__ == "__main__":
    main()
