"""Pairs are asked of the window that holds both, earlier words first, and answered in the order asked."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model.found import Stretch
from onrecord.model.labels import DEEDS, RELATIONS
from onrecord.model.pairs import BATCH, WIDEST, PairScorer
from onrecord.model.sight import Seen, Sight
from onrecord.model.tokens import Tokens

COLUMNS = 2 + len(DEEDS) + 2 * len(RELATIONS)


def sight_of(words: int, *cuts: int) -> Sight:
    """See words of three letters, in windows cut before these; a word's vector is its number."""
    starts = np.arange(words, dtype=np.int64) * 4
    none = np.zeros(words, dtype=np.int64)
    bounds = [0, *cuts, words]
    vectors = np.repeat(np.arange(words, dtype=np.float16)[:, None], 2, axis=1)
    return Sight(
        Tokens(none, none, starts, starts + 3, np.arange(words + 1), none, none),
        tuple(Seen(a, b, vectors[a:b], np.ones(2, dtype=np.float16)) for a, b in pairwise(bounds)),
    )


def at(word: int, words: int = 1) -> Stretch:
    return word * 4, (word + words) * 4 - 1


class Session:
    """Answers each pair with the numbers of the words of its ends: from a to b, then from b to a."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, int]] = []

    def run(self, names: None, fed: dict[str, Any]) -> list[Any]:
        pairs, length = fed["index"].shape
        self.sizes.append((pairs, length))
        assert fed["words"].dtype == fed["whole"].dtype == np.float32
        assert fed["held"].shape == (pairs, 3, length)
        assert fed["held"].sum(axis=1).max() <= 1  # a word is of a, of b, between them, or of none
        out = np.zeros((pairs, 2, COLUMNS), dtype=np.float32)
        for k in range(pairs):
            rows = [fed["words"][fed["index"][k][fed["held"][k, i] > 0], 0] for i in range(2)]
            assert all(len(r) for r in rows)
            first, second = (float(r[0]) for r in rows)
            assert first < second
            out[k, 0, 0], out[k, 1, 0] = first, second
            out[k, 0, 2 + 1], out[k, 1, 2 + 2] = 9, 9  # a does the first deed to b, b the second to a
            out[k, :, 2 + len(DEEDS) :] = -9
            out[k, 0, 2 + len(DEEDS)] = 9
            out[k, 1, 2 + len(DEEDS) + len(RELATIONS)] = 9
        return [out]


def score(sight: Sight, pairs: list[tuple[Stretch, Stretch]]) -> tuple[list[Any], Session]:
    session = Session()
    return PairScorer(session).score(sight, pairs), session


def test_a_pair_is_read_each_way() -> None:
    [[said], _] = score(sight_of(10), [(at(2), at(5))])
    assert said.stance.shape == (5,)
    assert said.stance.sum() == pytest.approx(1)
    assert said.deeds.argmax(axis=1).tolist() == [1, 2]
    assert (said.relations > 0.5).nonzero() == (np.array([0]), np.array([0]))
    assert (said.denied > 0.5).nonzero() == (np.array([1]), np.array([0]))


def test_a_pair_asked_the_other_way_round_is_answered_the_other_way_round() -> None:
    [[one, other], _] = score(sight_of(10), [(at(2), at(5)), (at(5), at(2))])
    assert (one.deeds == other.deeds[::-1]).all()
    assert (one.relations == other.relations[::-1]).all()
    assert one.stance[[0, 2, 1, 4, 3]].tolist() == pytest.approx(other.stance.tolist())


@pytest.mark.parametrize(
    "pair",
    [
        (at(2), at(2)),
        (at(2, 3), at(3)),
        ((11, 12), at(1)),
        ((900, 901), at(1)),
        (at(0), at(WIDEST)),
        (at(38), at(42)),
    ],
    ids=["itself", "overlap", "no word", "past the end", "too far", "two windows"],
)
def test_a_pair_that_cannot_be_told_is_none(pair: tuple[Stretch, Stretch]) -> None:
    found, session = score(sight_of(200, 40), [pair, pair[::-1]])
    assert found == [None, None]
    assert session.sizes == []


def test_the_widest_pair_is_still_read() -> None:
    found, session = score(sight_of(200), [(at(10), at(10 + WIDEST - 3))])
    assert found[0] is not None
    assert session.sizes[0][1] <= WIDEST


def test_answers_stand_in_the_order_asked_over_windows_and_batches() -> None:
    pairs = [(at(a), at(b)) for a in range(0, 60, 5) for b in range(a + 1, min(a + 9, 60))]
    pairs += [(at(b), at(a)) for a in range(100, 140, 5) for b in range(a + 1, a + 9)]
    found, session = score(sight_of(160, 50, 90), pairs)
    assert len(found) == len(pairs)
    assert max(size for size, _ in session.sizes) <= BATCH
    for (a, b), said in zip(pairs, found, strict=True):
        crosses = a[0] // 4 < 50 <= b[0] // 4
        assert (said is None) == crosses
        if said is not None:
            # The stand-in's stance grows with the number of the word that it runs from.
            assert said.deeds.argmax(axis=1).tolist() == ([1, 2] if a < b else [2, 1])


def test_no_pairs_are_not_asked() -> None:
    assert score(sight_of(5), [])[0] == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_pairs_of_any_windows_are_answered_one_by_one(data: st.DataObject) -> None:
    words = data.draw(st.integers(1, 150))
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, words - 1)), max_size=4)) - {words})
    stretch = st.tuples(st.integers(0, words * 4 + 8), st.integers(0, 60)).map(lambda s: (s[0], s[0] + s[1]))
    pairs = data.draw(st.lists(st.tuples(stretch, stretch), max_size=12))
    found, _ = score(sight_of(words, *cuts), pairs)
    assert len(found) == len(pairs)
    for pair, said in zip(pairs, found, strict=True):
        [[alone], _] = score(sight_of(words, *cuts), [pair])
        assert (alone is None) == (said is None)
        if said is not None:
            assert (alone.deeds == said.deeds).all()
