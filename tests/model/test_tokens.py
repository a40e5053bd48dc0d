"""Tokens carry the text's own offsets, whatever the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model.card import FOLDER
from onrecord.model.tokens import (
    BROKEN,
    CAPITAL,
    DIGIT,
    LOWER,
    MARK,
    MIXED,
    UPPER,
    case_of,
    load_tokenizer,
    tie,
    tokenize,
)

TOKENIZER = FOLDER / "tokenizer.json"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def words(text: str) -> list[str]:
    tokens = tokenize(text, load_tokenizer(TOKENIZER))
    return [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]


def test_words_are_cut_at_spaces_and_marks_and_keep_their_letters() -> None:
    assert words("“We’ll see,” said Ms Ólafsdóttir.") == [
        "“", "We", "’", "ll", "see", ",", "”", "said", "Ms", "Ólafsdóttir", ".",
    ]  # fmt: skip


def test_a_line_begins_with_a_break_and_only_there() -> None:
    tokens = tokenize("One two.\n\nThree.", load_tokenizer(TOKENIZER))
    assert [int(b) for b in tokens.breaks == BROKEN] == [1, 0, 0, 1, 0]


@settings(deadline=None, max_examples=60)
@given(texts)
def test_any_text_gives_words_in_order_that_lie_in_it(text: str) -> None:
    tokens = tokenize(text, load_tokenizer(TOKENIZER))
    assert len(tokens.first) == len(tokens.starts) + 1
    assert tokens.first[-1] == len(tokens.ids) == len(tokens.shapes)
    assert (tokens.starts < tokens.ends).all()
    assert (tokens.starts[1:] >= tokens.ends[:-1]).all()
    assert not len(tokens.ends) or tokens.ends[-1] <= len(text)


def test_letter_case_is_told_apart() -> None:
    cases = {
        "said": LOWER,
        "Kerry": CAPITAL,
        "A": CAPITAL,
        "NATO": UPPER,
        "McCain": MIXED,
        "1962": DIGIT,
        "…": MARK,
    }
    assert {word: case_of(word) for word in cases} == cases


def test_a_line_is_tied_to_the_one_that_announces_it() -> None:
    assert tie("The minister said:", "“We never left.”") == 3
    assert tie("He spoke for an hour.", "She left.") == 1
    assert tie("He spoke for an hour.", "Rain fell.") == 0
