"""Check written passages, and count them:  python -m training.written.check FILE..."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from training.written.inline import MarkupError, passages
from training.written.scenes import LETTERS, scene


def main() -> None:
    """Print every passage that is not sound, by line, then counts."""
    for name in sys.argv[1:]:
        text = Path(name).read_text(encoding="utf-8")
        found, bad, begins = [], 0, 1
        for block in text.split("\n---"):
            try:
                found += [scene(p) for p in passages("\n" * (begins - 1) + block, LETTERS)]
            except MarkupError as error:
                bad += 1
                print(f"{name}: {error}")
            begins += block.count("\n") + 1
        events = [e for s in found for e in s.events]
        print(
            f"{name}: {len(found)} passages sound, {bad} not; {len(events)} events,"
            f" {sum(len(s.attributions) for s in found)} statements"
        )
        for title, counted in (
            ("types", Counter(e.type for e in events)),
            ("status", Counter(e.status for e in events)),
            ("relations", Counter(r.type for s in found for r in s.relations)),
        ):
            print("  " + title, dict(counted.most_common()))


if __name__ == "__main__":
    main()
