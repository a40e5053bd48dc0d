"""Setting: the words, sentences and quotations around a mention, looked up by offset."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model.found import Stretch

# Initials with stops; a possessive; the name in "US-led" and "anti-US"; words; marks.
_WORD = re.compile(
    r"[^\W\d_](?:\.[^\W\d_])+\.?|['’]s\b|(?:anti|counter|pro|non|ex|post|pre|then)(?=-[A-Z])"
    r"|[A-Z][^\W_]*(?=-(?:led|held|run|born|made|wide|style|owned|backed|based|[a-z]{2,12}(?:ed|ing))\b)"
    r"|[^\W_]+(?:[-&][^\W_]+)*|[^\w\s]|_+"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark of the text, by offset; ``low`` is it in small letters with straight apostrophes."""

    start: int
    end: int
    text: str
    low: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A text with its words, sentences and quotations; build one with :func:`set_out`."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[Stretch, ...]
    sentence_starts: tuple[int, ...]
    quotations: tuple[Stretch, ...]  # outermost, in order
    quotation_starts: tuple[int, ...]

    def first(self, start: int) -> int:
        """Give the index of the first word that ends after an offset; len(words) where none does."""
        return bisect_right(self.ends, start)

    def past(self, end: int) -> int:
        """Give the index of the first word that starts at or after an offset."""
        return bisect_left(self.starts, end)

    def before(self, start: int) -> str:
        """Give the word before an offset, in small letters; "" at the head of a sentence."""
        at = bisect_right(self.ends, start) - 1
        if at < 0 or self.sentence(self.words[at].start) != self.sentence(start):
            return ""
        return self.words[at].low

    def after(self, end: int) -> str:
        """Give the word after an offset, in small letters; "" at the end of a sentence."""
        at = self.past(end)
        if at >= len(self.words) or end == 0 or self.sentence(self.words[at].start) != self.sentence(end - 1):
            return ""
        return self.words[at].low

    def within(self, start: int, end: int) -> tuple[Word, ...]:
        """Give the words that lie wholly within a stretch."""
        return self.words[bisect_left(self.starts, start) : bisect_right(self.ends, end)]

    def sentence(self, offset: int) -> int:
        """Give the index of the sentence that an offset lies in or follows."""
        return bisect_right(self.sentence_starts, offset) - 1

    def quotation(self, offset: int) -> int | None:
        """Give the index of the quotation around an offset, None outside of any."""
        at = bisect_right(self.quotation_starts, offset) - 1
        return at if at >= 0 and offset < self.quotations[at][1] else None


_LONGEST = 4_000  # characters; a sentence that is longer is none, and what it tells must not repeat it all


def around(sentences: Sequence[Stretch], start: int, end: int) -> Stretch:
    """Give the sentence that a stretch begins in, made longer to hold it all.

    Of an enormous one, which a page without stops is, give only what stands near the stretch.
    """
    at = max(0, bisect_right(sentences, start, key=lambda s: s[0]) - 1)
    first, last = sentences[at] if sentences else (start, end)
    first, last = min(first, start), max(last, end)
    if last - first > _LONGEST:
        first, last = max(first, start - _LONGEST // 2), min(last, max(end, start + _LONGEST // 2))
    return first, last


def set_out(text: str, sentences: Sequence[Stretch], quotations: Sequence[Stretch] = ()) -> Setting:
    """Cut a text into words and index its sentences and quotations."""
    words = tuple(
        Word(m.start(), m.end(), m.group(), m.group().lower().replace("’", "'")) for m in _WORD.finditer(text)
    )
    outer: list[Stretch] = []
    for start, end in sorted(quotations, key=lambda q: (q[0], -q[1])):
        if not outer or start >= outer[-1][1]:
            outer.append((start, end))
    return Setting(
        text,
        words,
        tuple(w.start for w in words),
        tuple(w.end for w in words),
        tuple(sentences),
        tuple(start for start, _ in sentences),
        tuple(outer),
        tuple(start for start, _ in outer),
    )
