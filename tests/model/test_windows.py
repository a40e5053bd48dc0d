"""Windows cover a text once, in order, and are cut where lines are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model.card import FOLDER
from onrecord.model.tokens import Tokens, load_tokenizer, tokenize
from onrecord.model.windows import windows


def cut(text: str) -> Tokens:
    return tokenize(text, load_tokenizer(FOLDER / "tokenizer.json"))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 60), max_size=40), st.integers(20, 80), st.none() | st.integers(5, 80))
def test_every_word_is_read_once_and_no_window_is_too_long(
    lines: list[int], longest: int, opening: int | None
) -> None:
    tokens = cut("\n".join("word " * n for n in lines))
    found = list(windows(tokens, longest, opening))
    assert [w for a, b in found for w in range(a, b)] == list(range(len(tokens.starts)))
    assert all(tokens.first[b] - tokens.first[a] <= longest for a, b in found)


def test_a_quotation_is_not_cut_from_the_line_that_announces_it() -> None:
    plain = "Rain fell on the harbour all night long.\n"
    text = plain * 6 + "The minister said:\n“We shall not leave.”\n" + plain * 4
    starts = [text[cut(text).starts[a] :][:12] for a, _ in windows(cut(text), 70)]
    assert len(starts) > 1
    assert not any(start.startswith("“") for start in starts)


@pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
def test_a_text_without_words_has_no_window_that_fails(text: str) -> None:
    assert [w for a, b in windows(cut(text)) for w in range(a, b)] == list(range(len(cut(text).starts)))
