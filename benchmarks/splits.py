"""Splits that are made when they are wanted: what of re3d the shipped weights never saw."""

from __future__ import annotations

import json
from pathlib import Path

from training.corpora import held_out


def hold_out_re3d(source: Path, target: Path) -> int:
    """Write a folder like re3d's with the held out documents only; give how many there are."""
    kept = 0
    for part in sorted(p for p in source.iterdir() if p.is_dir()):
        lines = (part / "documents.jsonl").read_text(encoding="utf8").splitlines()
        held = [line for line in lines if held_out("re3d-" + json.loads(line)["_id"])]
        if not held:
            continue
        (target / part.name).mkdir(parents=True)
        (target / part.name / "documents.jsonl").write_text("\n".join(held) + "\n", encoding="utf8")
        for name in ("entities.jsonl", "relations.jsonl"):
            if (part / name).exists():
                (target / part.name / name).write_bytes((part / name).read_bytes())
        kept += len(held)
    return kept
