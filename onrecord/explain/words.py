"""Words in their place: spans quoted with their offsets and the sentences that they stand in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.explain.account import Fact
from onrecord.export.visible import one_line
from onrecord.reading.sentences import sentences
from onrecord.record import Date
from onrecord.span import Span

_LONGEST = 240  # characters shown of a passage
_METHODS = {
    "metadata": "by the page's metadata",
    "url": "by the page's address",
    "dateline": "by the page's dateline",
    "text": "by the page's words",
    "given": "as the caller gave it",
}


class Places:
    """Knows the sentences of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentences = sentences(text)
        self._starts = [start for start, _ in self._sentences]

    def quoted(self, label: str, spans: Sequence[Span]) -> list[Fact]:
        """Quote each span with its offsets, and after them the sentences that hold their beginnings."""
        facts = [Fact("" if n else label, quote(span)) for n, span in enumerate(spans)]
        return facts + self.sentences(spans)

    def sentences(self, spans: Sequence[Span]) -> list[Fact]:
        """Quote the sentences that the spans begin in, each once, and none that is itself among them."""
        whole = dict.fromkeys(self.sentence(span.start) for span in sorted(spans))
        known = {one_line(span.text) for span in spans}
        return [Fact("", f"in: {shortened(words)}") for words in whole if words not in known]

    def sentence(self, at: int) -> str:
        """Give the sentence that stands at an offset, as one line."""
        start, end = self._sentences[max(bisect_right(self._starts, at) - 1, 0)]
        return one_line(self._text[start:end])


def quote(span: Span) -> str:
    """Quote a span with its offsets: "“shelled” (105 to 112)"."""
    return f"“{shortened(one_line(span.text))}” ({span.start} to {span.end})"


def shortened(words: str) -> str:
    """Give at most as many of the words as are worth reading."""
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"


def dated(date: Date) -> str:
    """Say a date with its precision and how it is known, or why it is not."""
    if date.value is None:
        return f"not known: {one_line(date.method)}"
    how = _METHODS.get(date.method, one_line(date.method))
    words = f", {quote(date.span)}" if date.span else ""
    precision = f" (to the {one_line(date.precision)})" if date.precision else ""
    return f"{one_line(date.value)}{precision}, {how}{words}"
