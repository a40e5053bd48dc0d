"""Labels become ranges; the chain keeps them whole."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model.decoding import best_paths, bucket, labelled_ranges, role_ranges, softmax
from onrecord.model.labels import ROLES

LABELS = ("O", "B-person", "I-person", "B-place", "I-place")


def odds(*labels: str) -> np.ndarray:
    rows = np.full((len(labels), len(LABELS)), 0.02, dtype=np.float32)
    for row, label in zip(rows, labels, strict=True):
        row[LABELS.index(label)] = 0.92
    return rows


def test_ranges_begin_at_b_or_where_the_type_changes() -> None:
    read = labelled_ranges(odds("I-person", "I-person", "B-person", "O", "B-place", "I-person"), LABELS)
    assert [(words, kind) for words, kind, _ in read] == [
        ((0, 2), "person"), ((2, 3), "person"), ((4, 5), "place"), ((5, 6), "person"),
    ]  # fmt: skip
    assert all(abs(sure - 0.98) < 1e-6 for _, _, sure in read)


def test_a_higher_bar_reads_less() -> None:
    unsure = np.array([[0.45, 0.55, 0, 0, 0]], dtype=np.float32)
    assert labelled_ranges(unsure, LABELS, 0.5)
    assert not labelled_ranges(unsure, LABELS, 0.6)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_the_best_path_is_the_best_of_all_paths(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores, moves, start = (rng.normal(size=s).astype(np.float32) for s in ((1, 4, 3), (3, 3), (3,)))

    def total(path: tuple[int, ...]) -> float:
        emitted = sum(scores[0, t, x] for t, x in enumerate(path))
        return float(start[path[0]] + emitted + sum(moves[a, b] for a, b in itertools.pairwise(path)))

    best = max(itertools.product(range(3), repeat=4), key=total)
    assert tuple(best_paths(scores, moves, start)[0]) == best


def test_a_role_may_be_split() -> None:
    path = np.array([ROLES.index(x) for x in ("B-content", "I-content", "B-cue", "B-source", "B-content")])
    assert role_ranges(path) == {"source": [(3, 4)], "cue": [(2, 3)], "content": [(0, 2), (4, 5)]}


def test_distances_keep_their_sign_and_order() -> None:
    buckets = bucket(np.arange(-400, 401))
    assert (np.diff(buckets) >= 0).all()
    assert buckets[400] == 24
    assert (buckets.min(), buckets.max()) == (48 - buckets.max(), buckets.max())
    assert np.allclose(softmax(np.zeros((2, 4), dtype=np.float32)), 0.25)
