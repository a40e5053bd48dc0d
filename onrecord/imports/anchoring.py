"""Words found again in a text: by their offsets, or by what stands around them."""

from __future__ import annotations

from onrecord.errors import RecordError
from onrecord.span import Span

CONTEXT = 32
"""How many characters before and after its words an anchor keeps."""


def around(text: str, span: Span) -> tuple[str, str]:
    """Give what stands before and after a span, at most CONTEXT characters each."""
    return text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]


def anchor(
    text: str, words: str | None, start: int | None, end: int | None, *, before: str = "", after: str = ""
) -> Span:
    """Tie words to a text: where the offsets quote them, else where they stand with the same words around.

    Offsets are tried as code points, then as UTF-16 units, which some tools count in. Raises RecordError
    where the words stand nowhere, or in several places and nothing tells which.
    """
    if start is not None and end is not None and 0 <= start < end:
        for first, last in ((start, end), (_point(text, start), _point(text, end))):
            if 0 <= first < last <= len(text) and words in (None, text[first:last]):
                return Span.cut(text, first, last)
    if not words:
        raise RecordError(f"no words stand at {start}:{end} of a text of {len(text)} characters")
    return _by_quote(text, words, before, after, start)


def _point(text: str, units: int) -> int:
    """Give the code point at a count of UTF-16 units; -1 past the end."""
    if text.isascii():
        return units
    data = text.encode("utf-16-le", "surrogatepass")
    if units * 2 > len(data):
        return -1
    return len(data[: units * 2].decode("utf-16-le", "replace"))


def _by_quote(text: str, words: str, before: str, after: str, start: int | None) -> Span:
    best: list[tuple[int, int]] = []
    at = text.find(words)
    while at >= 0 and len(best) < 10_000:
        left, right = text[max(0, at - len(before)) : at], text[at + len(words) :][: len(after)]
        best.append((_same_end(left, before) + _same_start(right, after), at))
        at = text.find(words, at + 1)
    if not best:
        raise RecordError(f"the words {words[:40]!r} are not in the text")
    most = max(score for score, _ in best)
    places = [at for score, at in best if score == most]
    if len(places) > 1 and start is None:
        raise RecordError(f"the words {words[:40]!r} stand in {len(places)} places, and nothing tells which")
    chosen = min(places, key=lambda place: abs(place - (start or 0)))
    return Span.cut(text, chosen, chosen + len(words))


def _same_start(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _same_end(one: str, other: str) -> int:
    return _same_start(one[::-1], other[::-1])
