"""A span: a stretch of a document's text, and the only offset arithmetic there is."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import SpanError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words of a page: ``start`` and ``end`` count code points in ``document.text``, ``text`` stands there.

    Build one with :meth:`cut`, which cannot disagree with the text; :meth:`check` proves one from outside.
    """

    start: int
    end: int
    text: str

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> Span:
        """Take ``text[start:end]``; raise SpanError where that is empty or outside the text."""
        if not 0 <= start < end <= len(text):
            size = len(text)
            raise SpanError(f"span {start}:{end} does not lie within a text of {size} characters", start, end)
        return cls(start, end, text[start:end])

    @classmethod
    def trimmed(cls, text: str, start: int, end: int) -> Span | None:
        """Take ``text[start:end]`` without white space at its ends; None where nothing else is there."""
        words = text[start:end]
        left = len(words) - len(words.lstrip())
        right = len(words.rstrip())
        return cls.cut(text, start + left, start + right) if right > left else None

    def check(self, text: str) -> None:
        """Raise SpanError unless these are the words at these offsets of ``text``."""
        if not (0 <= self.start < self.end <= len(text) and text[self.start : self.end] == self.text):
            raise SpanError(f"span {self.start}:{self.end} does not quote its text", self.start, self.end)

    def within(self, other: Span) -> bool:
        """Whether all of this span lies inside the other."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end
