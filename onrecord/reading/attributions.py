"""Attributions: statements made into entries of the record, with kind, attitude and holder."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.model.found import Statement, Stretch
from onrecord.quotes import Quotation, kind_of
from onrecord.reading.attitude import attitude
from onrecord.reading.gather import Gathered
from onrecord.reading.statements import Held
from onrecord.record import Attribution
from onrecord.span import Span

_LABEL = 80  # characters that may stand before a turn's colon


def attributions(
    text: str, held: Sequence[Held], quoted: Sequence[Quotation], gathered: Gathered
) -> tuple[Attribution, ...]:
    """Make the entries, in text order; ``gathered`` knows their speakers and addressees."""
    told = zip(held, gathered.speakers, gathered.reasons, gathered.addressees, strict=True)
    outer = [q for q in quoted if q.level == 0]
    return tuple(
        Attribution(
            id=f"a{i + 1}",
            kind="direct"
            if _verbatim(text, h.statement)
            else kind_of(h.statement.content, _near(outer, h.statement.content), text),
            source=_spans(text, h.statement.source),
            cue=_spans(text, h.statement.cue),
            content=_spans(text, h.statement.content),
            speaker=speaker,
            speaker_reason=reason,
            attitude=attitude(text, h.statement.cue, h.statement.content),
            addressees=addressees,
            within=None if h.holder is None else f"a{h.holder + 1}",
            score=round(h.statement.score, 3),
        )
        for i, (h, speaker, reason, addressees) in enumerate(told)
    )


class Chains:
    """Who says what stands at a place of the text: the holders of a stretch, innermost first."""

    def __init__(self, told: Sequence[Attribution]) -> None:
        self._within = {a.id: a.within for a in told}
        self._contents = sorted((s.start, s.end, a.id) for a in told for s in a.content)
        self._starts = [start for start, _, _ in self._contents]
        # For each content the last before it that reaches further: what lies between cannot hold more.
        self._further: list[int] = []
        open_: list[int] = []
        for k, (_, end, _) in enumerate(self._contents):
            while open_ and self._contents[open_[-1]][1] <= end:
                open_.pop()
            self._further.append(open_[-1] if open_ else -1)
            open_.append(k)

    def over(self, start: int, end: int) -> tuple[str, ...]:
        """Give the chain of attributions whose words hold the stretch; empty means the page's own voice."""
        innermost: tuple[int, str] | None = None
        k = bisect_right(self._starts, start) - 1
        while k >= 0:
            begin, stop, key = self._contents[k]
            if innermost is not None and end - begin >= innermost[0]:
                break  # whatever begins here or before is longer
            if stop < end:
                k = self._further[k]
                continue
            if innermost is None or stop - begin < innermost[0]:
                innermost = stop - begin, key
            k -= 1
        return self.of(innermost[1] if innermost else None)

    def of(self, key: str | None) -> tuple[str, ...]:
        """Give a statement and those that hold it, outwards."""
        chain: list[str] = []
        at = key
        while at is not None:
            chain.append(at)
            at = self._within[at]
        return tuple(chain)


def _verbatim(text: str, s: Statement) -> bool:
    """Whether words stand unmarked after a colon that gives them to somebody: a turn, or "she said:"."""
    start, end = s.cue[-1]
    if text[end - 1 : end] != ":" or not s.content or s.content[0][0] < end:
        return False
    ends_line = text[end : s.content[0][0]].lstrip(" \t")[:1] == "\n"
    opening = text.rfind("\n", max(0, start - _LABEL), start) + 1
    begins_line = end - start == 1 and opening > 0 and len(s.source) < 2
    if begins_line:
        own = text[slice(*s.source[0])] if s.source else "A"
        line = text[opening:start].lstrip(" \t\"“‘'")
        begins_line = line == own if s.source else line in ("Q", "A", "QUESTION", "ANSWER")
    return ends_line or bool(begins_line)


def _near(outer: Sequence[Quotation], content: Sequence[Stretch]) -> Sequence[Quotation]:
    """Give those of some quotations that stand apart, in text order, that meet a content or lie within it."""
    if not content:
        return ()
    begin = bisect_right(outer, min(a for a, _ in content), key=lambda q: q.end)
    return outer[begin : bisect_left(outer, max(b for _, b in content), key=lambda q: q.start)]


def _spans(text: str, stretches: Sequence[Stretch]) -> tuple[Span, ...]:
    return tuple(Span.cut(text, a, b) for a, b in stretches)
