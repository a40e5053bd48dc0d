"""One long page in a process of its own:  python benchmarks/long_page.py WORDS [FOLDER of .txt]

Prints a line of JSON: how many words were read, the CPU seconds, and the most memory the process held.
"""

from __future__ import annotations

import itertools
import json
import resource
import sys
import time
from pathlib import Path

import onrecord

EXAMPLES = Path(__file__).parent.parent / "examples"


def long_text(folder: Path, words: int) -> str:
    """Give the texts of a folder one after the other, over again where they are too few, cut to a length."""
    paths = sorted(folder.rglob("*.txt"))
    if not paths:
        raise SystemExit(f"no .txt files in {folder}")
    lines: list[str] = []
    count = 0
    for path in itertools.cycle(paths):
        for line in path.read_text(encoding="utf8", errors="replace").splitlines():
            lines.append(line)
            count += len(line.split())
            if count >= words:
                return "\n".join(lines)
    raise AssertionError("a cycle has no end")


def main() -> None:
    """Read one page and print what it took."""
    text = long_text(Path(sys.argv[2]) if len(sys.argv) > 2 else EXAMPLES, int(sys.argv[1]))
    reader = onrecord.Reader()
    reader.read("The minister said it rained in Paris on Monday.", kind="text")
    began = time.process_time()
    record = reader.read(text, kind="text")
    size = len(record.to_json())
    seconds = time.process_time() - began
    unit = 1e6 if sys.platform == "darwin" else 1e3 / 1.024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(
        json.dumps(
            {
                "words": len(record.document.text.split()),
                "seconds": round(seconds, 3),
                "peak_mb": round(peak),
                "json_bytes": size,
            }
        )
    )


if __name__ == "__main__":
    main()
