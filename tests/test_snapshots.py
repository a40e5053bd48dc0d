"""What the reader makes of the example pages, whole: a change in any entry is seen and has to be meant.

``make snapshots`` records anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import onrecord

ROOT = Path(__file__).parent.parent
SNAPSHOTS = Path(__file__).parent / "snapshots"
PAGES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".html", ".txt"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_give_the_records_that_were_agreed(
    page: Path, read_example: Callable[[str], onrecord.Record]
) -> None:
    record = onrecord.decode_record(read_example(page.name).to_json())
    found = json.loads(record.to_json())
    found["document"]["uri"] = page.name  # where the repository lies is not what is tested
    del found["reader"]  # a new version alone changes no entry
    for part in ("attributions", "events", "relations"):
        for entry in found[part]:
            entry["score"] = round(entry["score"], 2)  # rounding differs between processors
    for event in found["events"]:
        event["factuality"] = round(event["factuality"], 1)
    kept = SNAPSHOTS / f"{page.stem}.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOTS.mkdir(exist_ok=True)
        kept.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert kept.exists(), "run: make snapshots"
    agreed = json.loads(kept.read_text("utf-8"))
    for part in found:
        assert differences(found[part], agreed[part]) == [], part


def test_every_snapshot_has_its_page() -> None:
    assert {path.stem for path in SNAPSHOTS.glob("*.json")} <= {page.stem for page in PAGES}


def differences(found: Any, agreed: Any) -> list[str]:
    """Say what two JSON values do not share, an entry a line, so that a failure can be read."""
    if isinstance(found, list) and isinstance(agreed, list):
        ours, theirs = ([json.dumps(entry, ensure_ascii=False) for entry in side] for side in (found, agreed))
        return [f"+ {e}" for e in ours if e not in theirs] + [f"- {e}" for e in theirs if e not in ours]
    if isinstance(found, dict) and isinstance(agreed, dict):
        names = sorted({*found, *agreed})
        return [f"{n}: {agreed.get(n)!r} -> {found.get(n)!r}" for n in names if agreed.get(n) != found.get(n)]
    return [] if found == agreed else [f"{agreed!r} -> {found!r}"]
