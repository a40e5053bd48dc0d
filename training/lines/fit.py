"""Fit the line weights: ``python -m training.lines.fit CORPORA [lines|blocks]`` fits on all pages,
then cross-validates.

CORPORA is the corpora folder (``pages``, ``polnear``). Needs scikit-learn, for training only. Takes a minute
or two on one core and writes ``onrecord/pages/weights/lines.npz`` and ``blocks.npz``.
"""

from __future__ import annotations

import random
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from onrecord.pages.keep import LEAST_FOR_BLOCKS, LEAST_FOR_LINES
from onrecord.pages.net import Net
from training.lines.examples import (
    Example,
    clean_articles,
    f1,
    marked_up,
    run_together,
    scraped,
    with_some_furniture,
)

WEIGHTS = Path(__file__).parents[2] / "onrecord" / "pages" / "weights"
FOLDS, UNITS, DECAY, ROUNDS = 5, 16, 3.0, 25
CLEAN_SHARE = 0.3  # how much a line of a clean article weighs beside one of a page


def fitted(examples: Sequence[Example], clean: Sequence[Example], networks: int) -> Net:
    """Fit networks on resampled lines: long lines count by the square root of their words, pages
    about alike.
    """
    if clean:
        chance = random.Random(0)
        furnished = [with_some_furniture(text, chance.choice(examples), chance) for text in clean[::2]]
        examples = [*examples, *(run_together(page, chance) for page in examples)]
        clean = [*clean, *furnished]
    everything = [*examples, *clean]
    rows = np.concatenate([e.rows for e in everything])
    good = np.concatenate([e.good for e in everything]).astype(int)
    weight = np.concatenate(
        [_weights(e) / np.sqrt(len(e.lines) / 100) for e in examples]
        + [_weights(e) * CLEAN_SHARE for e in clean]
    )
    scaler = StandardScaler().fit(rows, sample_weight=weight)
    scale = scaler.scale_.astype(np.float32)
    standard = np.clip((rows - scaler.mean_) / scale, -4, 4)
    parts: list[list[Any]] = [[], [], [], []]
    for seed in range(networks):
        chance = np.random.RandomState(seed)
        drawn = chance.choice(len(rows), len(rows), p=weight / weight.sum())
        model = MLPClassifier(
            (UNITS,),
            alpha=DECAY,
            max_iter=ROUNDS,
            random_state=seed,
            learning_rate_init=0.003,
            batch_size=128,
        ).fit(standard[drawn], good[drawn])
        values = (model.coefs_[0], model.intercepts_[0], model.coefs_[1][:, 0], model.intercepts_[1][0])
        for part, value in zip(parts, values, strict=True):
            part.append(np.asarray(value, dtype=np.float32))
    return Net(scaler.mean_.astype(np.float32), scale, *(np.stack(part) for part in parts))


def cross_validated(
    examples: dict[str, Example], clean: Sequence[Example], least: float, networks: int
) -> dict[str, np.ndarray[Any, Any]]:
    """Choose the lines of each page by networks that saw neither it nor the pages of its fold."""
    order = sorted(examples)
    random.Random(0).shuffle(order)
    kept = {}
    for fold in range(FOLDS):
        unseen = order[fold::FOLDS]
        model = fitted([examples[key] for key in order if key not in unseen], clean, networks)
        for key in unseen:
            kept[key] = model.probability(examples[key].rows) >= least
    return kept


def _weights(example: Example) -> np.ndarray[Any, Any]:
    return np.sqrt([len(line.split()) + 1 for line in example.lines])


def _words_kept(model: Net, examples: Sequence[Example], least: float) -> float:
    kept = total = 0
    for example in examples:
        likely = model.probability(example.rows)
        words = [len(line.split()) for line in example.lines]
        kept += sum(n for n, p in zip(words, likely, strict=True) if p >= least)
        total += sum(words)
    return 100 * kept / total


def main() -> None:
    """Fit both sets of weights, and say by cross-validation what they are worth on pages not seen."""
    warnings.simplefilter("ignore", ConvergenceWarning)
    corpora = Path(sys.argv[1])
    clean = clean_articles(corpora / "polnear" / "train" / "text", every=6)
    unseen = clean_articles(corpora / "polnear" / "dev" / "text", every=1)
    WEIGHTS.mkdir(exist_ok=True)
    made: dict[str, Callable[[], tuple[dict[str, Example], Sequence[Example], float]]] = {
        "lines": lambda: (scraped(corpora / "pages"), clean, LEAST_FOR_LINES),
        "blocks": lambda: (marked_up(corpora / "pages"), [], LEAST_FOR_BLOCKS),
    }
    for name in sys.argv[2:] or made:
        examples, texts, least = made[name]()
        model = fitted(list(examples.values()), texts, networks=5)
        if texts:
            print(f"words of unseen clean articles kept: {_words_kept(model, unseen, least):.3f} %")
        arrays = {part: getattr(model, part) for part in Net.__dataclass_fields__}
        np.savez_compressed(WEIGHTS / f"{name}.npz", **arrays)
        kept = cross_validated(examples, texts, least, networks=3)
        precision, recall, score = f1(examples, kept)
        print(f"{name}: on unseen pages P {precision:.1f} R {recall:.1f} F1 {score:.1f}", flush=True)


if __name__ == "__main__":
    main()
