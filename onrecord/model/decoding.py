"""Scores in, stretches out: how labels by word become names, cues and roles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from onrecord.model.labels import ROLES

Floats = npt.NDArray[np.float32]
Words = tuple[int, int]
"""A range of words: first and one past the last."""


def softmax(scores: Floats) -> Floats:
    """Give probabilities along the last axis."""
    grown = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=-1, keepdims=True), dtype=np.float32)


def labelled_ranges(
    odds: Floats, labels: Sequence[str], least: float = 0.5
) -> list[tuple[Words, str, float]]:
    """Read BIO probabilities [words, labels] into (range, type, mean probability of not being O).

    A word belongs to something where its O is below 1 - least; a range ends at a B or where the type changes.
    """
    something = odds[:, 0] < 1 - least
    best = odds[:, 1:].argmax(axis=1) + 1
    found: list[tuple[Words, str, float]] = []
    begin = -1
    for i in np.append(np.flatnonzero(something), len(odds)):
        here = labels[best[i]] if i < len(odds) else "O"
        if begin >= 0:
            ended, kind = found[-1][0][1], found[-1][1]
            if i == ended and here[0] == "I" and here[2:] == kind:
                found[-1] = ((begin, int(i) + 1), kind, 0.0)
                continue
        if i < len(odds):
            begin = int(i)
            found.append(((begin, begin + 1), here[2:], 0.0))
    return [((a, b), kind, float(1 - odds[a:b, 0].mean())) for (a, b), kind, _ in found]


def best_paths(scores: Floats, moves: Floats, start: Floats) -> npt.NDArray[np.int64]:
    """Give the best label sequence of each row by the linear chain (Viterbi).

    scores: [rows, words, labels]; moves: [before, after]; start: [labels] -> [rows, words].
    """
    rows, words, labels = scores.shape
    by_word = np.ascontiguousarray(scores.transpose(1, 0, 2))
    totals = np.empty_like(by_word)
    totals[0] = by_word[0] + start
    through = np.empty((rows, labels, labels), dtype=by_word.dtype)
    for t in range(1, words):
        np.add(totals[t - 1][:, :, None], moves, out=through)
        np.maximum.reduce(through, axis=1, out=totals[t])
        totals[t] += by_word[t]
    # Where a path came from is asked along the best path only: the same sums, a row of them a word.
    into = np.ascontiguousarray(moves.T)
    paths = np.empty((words, rows), dtype=np.int64)
    paths[-1] = totals[-1].argmax(axis=1)
    for t in range(words - 1, 0, -1):
        paths[t - 1] = (totals[t - 1] + into[paths[t]]).argmax(axis=1)
    return paths.T


def role_ranges(path: npt.NDArray[np.int64]) -> dict[str, list[Words]]:
    """Read one row of role labels: the word ranges of source, cue and content."""
    found: dict[str, list[Words]] = {"source": [], "cue": [], "content": []}
    for i in np.flatnonzero(path):
        role = ROLES[path[i]][2:]
        ranges = found[role]
        if ranges and ranges[-1][1] == i:
            ranges[-1] = ranges[-1][0], int(i) + 1
        else:
            ranges.append((int(i), int(i) + 1))
    return found


REACH = 24


def bucket(distance: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Map a signed distance in words to one of 2 * REACH + 1 buckets: exact to 8, then by half octaves."""
    size = np.abs(distance)
    far = 9 + np.floor(2 * np.log2(np.maximum(size, 8) / 8)).astype(np.int64)
    step = np.where(size <= 8, size, np.minimum(far, REACH))
    return np.where(distance < 0, -step, step) + REACH
