"""Tokens: a text cut into the encoder's word pieces, with the words, case and quotation they stand in.

The encoder is uncased and reads no white space, so what it would miss is given beside the pieces as one
small number a piece, its *shape*: letter case, what stands before it, and whether quotation marks are open.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from onrecord.quotes import inside

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = npt.NDArray[np.int64]

SHAPES = 36  # 6 letter cases x 3 breaks x outside or inside quotation marks
LOWER, CAPITAL, UPPER, MIXED, DIGIT, MARK = range(6)
JOINED, SPACED, BROKEN = range(3)

_MARKS = tuple("\"'“”‘«„")
_PRONOUNS = frozenset({"He", "She", "They", "It", "We", "I"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """A whole text's pieces and words; all arrays of one kind have one length.

    Pieces: ``ids``, ``shapes``. Words: ``starts`` and ``ends`` (code points in the text), ``first`` (index of
    the word's first piece; one more at the end), ``breaks`` (BROKEN where a line begins), ``ties`` (where a
    line begins: how closely it belongs to the line before; 0 elsewhere).
    """

    ids: Ints
    shapes: Ints
    starts: Ints
    ends: Ints
    first: Ints
    breaks: Ints
    ties: Ints


def case_of(word: str) -> int:
    """Give the letter case of a word."""
    if word.islower():
        return LOWER
    if not word.isalnum():
        return MARK if not any(c.isalnum() for c in word) else MIXED
    if word[0].isdigit():
        return DIGIT
    if word.isupper():
        return UPPER if len(word) > 1 else CAPITAL
    return CAPITAL if word[0].isupper() and word[1:].islower() else MIXED


def tie(above: str, line: str) -> int:
    """Tell how closely a line belongs to the one above: quoted words and "he" need the speaker there."""
    announced = 2 if above.rstrip().endswith((":", ",", ";")) else 0
    opens = line.lstrip()
    following = opens.startswith(_MARKS) or opens.split(" ", 1)[0] in _PRONOUNS
    return announced + int(following)


@cache
def load_tokenizer(path: Path) -> Tokenizer:
    """Load a tokenizer file, with its own truncation and padding off."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def tokenize(text: str, tokenizer: Tokenizer) -> Tokens:
    """Cut a text into pieces and words, a line at a time."""
    quoted = inside(text)
    ids: list[int] = []
    shapes: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    first: list[int] = []
    breaks: list[int] = []
    ties: list[int] = []
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, line))
        at += len(line) + 1
    encoded = tokenizer.encode_batch([line for _, line in lines], add_special_tokens=False)
    above = ""
    for (at, line), encoding in zip(lines, encoded, strict=True):
        before: int | None = -1
        end = -1
        tied, above = tie(above, line), line
        for piece, word, (left, right) in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True):
            if word != before:
                gap = (JOINED if left == end else SPACED) if end >= 0 else BROKEN
                before = word
                first.append(len(ids))
                starts.append(at + left)
                ends.append(at + right)
                breaks.append(gap)
                ties.append(tied if gap == BROKEN else 0)
            else:
                ends[-1] = at + right
            end = right
            ids.append(piece)
            shapes.append(0)
    # Shapes want the whole word, which is only known once its last piece is.
    for k, start in enumerate(starts):
        shape = (case_of(text[start : ends[k]]) * 3 + breaks[k]) * 2 + quoted[start]
        last = first[k + 1] if k + 1 < len(first) else len(ids)
        shapes[first[k]] = shape
        for piece in range(first[k] + 1, last):
            shapes[piece] = shape - breaks[k] * 2
    first.append(len(ids))
    return Tokens(*(np.array(x, dtype=np.int64) for x in (ids, shapes, starts, ends, first, breaks, ties)))
