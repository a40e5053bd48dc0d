"""Labels of ours over the corpora's own lines, kept as offsets and a hash of the line, without its words.

    python -m training.written.standing MARKED OUT.jsonl  makes rows of lines marked as EVENTS.md says

A row holds what a passage's marks say; the line is found again in the corpora by its SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from training import corpora, pairs
from training.written.scenes import Event, Relation, Scene, scenes


def key_of(line: str) -> str:
    """Give the SHA-256 of a line without the white space at its ends."""
    return hashlib.sha256(line.strip().encode()).hexdigest()


def lines(root: Path) -> Iterator[str]:
    """Give every line that may be marked: PLV's sentences, re3d's and PolNeAR's training lines."""
    for example in pairs.deeds(root / "plover/train.tsv"):
        yield example.text.strip()
    for example in corpora.re3d(root / "re3d/train"):
        if not corpora.held_out(example.key):
            yield from (line.strip() for line in example.text.split("\n"))
    for annotated in corpora.polnear(root / "polnear/train").values():
        yield from (line.strip() for line in annotated[0].text.split("\n"))


def marked(path: Path, root: Path) -> Iterator[Scene]:
    """Give the scenes of a file of rows, each with its line's words out of the corpora."""
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    wanted = {row["sha256"] for row in rows}
    texts = {key: line for line in lines(root) if (key := key_of(line)) in wanted}
    for row in rows:
        if row["sha256"] in texts:
            yield _scene(row, texts[row["sha256"]])


def _scene(row: dict, text: str) -> Scene:
    events = [Event(**{k: _stretches(v) for k, v in e.items()}) for e in row["events"]]
    told = [{k: _stretches(v) for k, v in a.items()} for a in row["attributions"]]
    entities = {int(k): _stretches(v) for k, v in row["entities"].items()}
    return Scene(text, {}, 0, told, events, entities, [Relation(**r) for r in row["relations"]])  # type: ignore[arg-type]


def _stretches(value: object) -> object:
    """Make pairs of numbers tuples again, as JSON has no tuples."""
    if isinstance(value, list):
        pair = len(value) == 2 and all(isinstance(x, int) for x in value)
        return tuple(value) if pair else [_stretches(v) for v in value]
    return value


def main() -> None:
    """Write the rows of a marked file."""
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        for scene in scenes(sys.argv[1]):
            row = {"sha256": key_of(scene.text), "attributions": scene.attributions,
                   "events": [asdict(e) for e in scene.events], "entities": scene.entities,
                   "relations": [asdict(r) for r in scene.relations]}  # fmt: skip
            out.write(json.dumps(row, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
