"""A text that was seen once answers for any stretch: which words it touches, and in which window."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model.sight import Seen, Sight
from onrecord.model.tokens import Tokens


def sight_of(text: str, *cuts: int, wide: int = 3) -> Sight:
    """See a text's words, parted by blanks, in windows cut before these; a word's vector is its number."""
    at, starts, ends = 0, [], []
    for word in text.split(" "):
        if word:
            starts.append(at)
            ends.append(at + len(word))
        at += len(word) + 1
    n = len(starts)
    none = np.zeros(n, dtype=np.int64)
    tokens = Tokens(none, none, np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64),
                    np.arange(n + 1), none, none)  # fmt: skip
    bounds = [0, *cuts, n] if n else [0]
    vectors = np.repeat(np.arange(n, dtype=np.float16)[:, None], wide, axis=1)
    return Sight(
        tokens,
        tuple(Seen(a, b, vectors[a:b], np.ones(wide, dtype=np.float16)) for a, b in pairwise(bounds)),
    )


@pytest.mark.parametrize(
    ("stretch", "words"),
    [((0, 3), (0, 1)), ((0, 7), (0, 2)), ((1, 2), (0, 1)), ((2, 5), (0, 2)), ((0, 50), (0, 3))],
)  # fmt: skip
def test_a_stretch_touches_the_words_that_share_a_letter_with_it(
    stretch: tuple[int, int], words: tuple[int, int]
) -> None:
    assert sight_of("one two six").range(stretch) == words


@pytest.mark.parametrize("stretch", [(3, 4), (11, 12), (40, 50), (9, 2)])
def test_a_stretch_without_words_is_an_empty_range(stretch: tuple[int, int]) -> None:
    begin, end = sight_of("one two six ").range(stretch)
    assert begin == end


def test_a_word_lies_in_the_window_that_holds_it() -> None:
    sight = sight_of("a b c d e f", 2, 3)
    assert [sight.window(k) for k in range(6)] == [0, 0, 1, 2, 2, 2]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab ", max_size=30), st.integers(0, 32), st.integers(0, 32))
def test_the_range_of_any_stretch_is_in_order_and_of_words_that_are_there(text: str, a: int, b: int) -> None:
    sight = sight_of(text)
    begin, end = sight.range((a, b))
    assert 0 <= begin <= end <= len(sight.tokens.starts)
