"""Training of onrecord/reading/metonymy.json: ``python -m training.gazetteer.metonymy CORPORA/places/train``.

A logistic regression with L2 penalty over the signs of onrecord.reading.metonymy, on the names of GeoWebNews
that the reader finds: those that overlap a toponym of sense Literal, Literal_Modifier or Mixed stand for a
place, all others do not. Prints five-fold cross-validated figures, folds by article, then writes the weights.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np

from onrecord import Reader
from onrecord.reading.metonymy import signs_of
from onrecord.reading.spotting import spotted
from onrecord.reading.toponyms import toponyms

OUT = Path(__file__).parents[2] / "onrecord" / "reading" / "metonymy.json"
SENSES = ("Literal", "Literal_Modifier", "Mixed")
FOLDS = 5
PENALTY = 1.0


def gold(path: Path) -> list[tuple[int, int, str]]:
    """Give the annotations of an article: start, end and sense."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if line.startswith("T"):
            kind = fields[1].split(" ")[0]
            start, end = (int(n) for n in re.findall(r"\d+", fields[1].partition(" ")[2])[:2])
            found.append((start, end, kind))
    return found


def examples(folder: Path) -> list[list[tuple[list[str], int]]]:
    """Give the signs and the label of each name, a list an article; articles read as they stand."""
    reader = Reader()
    found = []
    for path in sorted(folder.glob("*.txt"), key=lambda p: int(p.stem)):
        with open(path, encoding="utf-8", newline="") as f:
            text = f.read()
        record = reader.read(text, kind="text")
        page = record.document.text
        at = aligned(text, page)
        marks = gold(path.with_suffix(".ann"))
        names = toponyms(page, record.mentions, {e.id: e.type for e in record.entities})
        spots = spotted(page, names, [e.country for e in record.entities if e.country])
        article = []
        for name, signs in zip(names, signs_of(page, names, spots, record.attributions), strict=True):
            a, b = at.get(name.start, -1), at.get(name.end - 1, -1)
            if a < 0 or b < 0 or text.startswith("TITLE:", text.rfind("\n", 0, a) + 1):
                continue  # the corpus leaves its title lines unmarked
            senses = {kind for start, end, kind in marks if start <= b and a < end}
            if "Embedded_Literal" not in senses:
                article.append((signs, int(not senses.isdisjoint(SENSES))))
        found.append(article)
    return found


def aligned(source: str, page: str) -> dict[int, int]:
    """Map offsets of the page to those of its source, which differ in white space."""
    found: dict[int, int] = {}
    at = 0
    for i, c in enumerate(page):
        if c.isspace():
            continue
        j = source.find(c, at, at + 400)
        if j >= 0:
            found[i], at = j, j + 1
    return found


def fitted(rows: list[tuple[list[str], int]]) -> dict[str, float]:
    """Fit by Newton's method; a sign seen fewer than three times has no weight."""
    counts: dict[str, int] = {}
    for signs, _ in rows:
        for sign in signs:
            counts[sign] = counts.get(sign, 0) + 1
    names = sorted(s for s, n in counts.items() if n > 2)
    column = {s: i for i, s in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for i, (signs, _) in enumerate(rows):
        for sign in signs:
            if sign in column:
                x[i, column[sign]] = 1.0
    y = np.array([label for _, label in rows], dtype=float)
    w = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + PENALTY * w
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + PENALTY * np.eye(len(names)), gradient)
    return {s: round(float(v), 3) for s, v in zip(names, w, strict=True)}


def chance(weights: dict[str, float], signs: list[str]) -> float:
    """Tell how likely a name with these signs stands for a place."""
    return float(1 / (1 + np.exp(-sum(weights.get(s, 0.0) for s in signs))))


def main() -> None:
    """Cross-validate, then train on everything and write the weights."""
    articles = examples(Path(sys.argv[1]))
    hits = said = right = total = 0
    for fold in range(FOLDS):
        weights = fitted([r for i, a in enumerate(articles) if i % FOLDS != fold for r in a])
        for signs, label in (r for i, a in enumerate(articles) if i % FOLDS == fold for r in a):
            guess = chance(weights, signs) >= 0.5
            hits, said = hits + (guess and label), said + guess
            right, total = right + (guess == label), total + 1
    true = sum(label for a in articles for _, label in a)
    figures = {
        "names": total,
        "stand for a place": true,
        "accuracy": round(100 * right / total, 1),
        "precision": round(100 * hits / said, 1),
        "recall": round(100 * hits / true, 1),
    }
    print(json.dumps({"five-fold": figures}))
    weights = fitted([r for a in articles for r in a])
    note = "Weights of onrecord/reading/metonymy.py; trained on GeoWebNews by training/gazetteer/metonymy.py"
    OUT.write_text(
        json.dumps({"note": note, "five-fold": figures, "weights": weights}, indent=1) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()
