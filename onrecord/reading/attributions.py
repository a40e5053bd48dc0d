"""Attributions: statements made into entries of the record, with kind, attitude and holder."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.model.found import Stretch
from onrecord.quotes import Quotation, kind_of
from onrecord.reading.attitude import attitude
from onrecord.reading.figures import Reported
from onrecord.reading.gather import Gathered
from onrecord.reading.statements import Held
from onrecord.record import Attribution, Figure
from onrecord.span import Span


def attributions(
    text: str, held: Sequence[Held], quoted: Sequence[Quotation], gathered: Gathered
) -> tuple[Attribution, ...]:
    """Make the entries, in text order; ``gathered`` knows their speakers and addressees."""
    told = zip(held, gathered.speakers, gathered.reasons, gathered.addressees, strict=True)
    return tuple(
        Attribution(
            id=f"a{i + 1}",
            kind=kind_of(h.statement.content, quoted, text),
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


def reported(text: str, found: Sequence[Reported], told: Sequence[Attribution]) -> tuple[Figure, ...]:
    """Make the entries of figures, each with the chain of those who give it."""
    chains = Chains(told)
    return tuple(
        Figure(
            id=f"f{i + 1}",
            value=f.value,
            low=f.low,
            high=f.high,
            approximate=f.approximate,
            unit=f.unit,
            kind=f.kind,
            evidence=Span.cut(text, f.start, f.end),
            according_to=chains.over(f.start, f.end),
        )
        for i, f in enumerate(found)
    )


class Chains:
    """Who says what stands at a place of the text: the holders of a stretch, innermost first."""

    def __init__(self, told: Sequence[Attribution]) -> None:
        self._within = {a.id: a.within for a in told}
        self._contents = sorted((s.start, s.end, a.id) for a in told for s in a.content)
        self._starts = [start for start, _, _ in self._contents]
        # Contents nest or stand apart, but for a reader's slip; how far one reaches bounds the look back.
        self._reach = max((end - start for start, end, _ in self._contents), default=0)

    def over(self, start: int, end: int) -> tuple[str, ...]:
        """Give the chain of attributions whose words hold the stretch; empty means the page's own voice."""
        innermost: tuple[int, str] | None = None
        for k in range(bisect_right(self._starts, start) - 1, -1, -1):
            begin, stop, key = self._contents[k]
            if begin < start - self._reach:
                break
            if end <= stop and (innermost is None or stop - begin < innermost[0]):
                innermost = stop - begin, key
        chain: list[str] = []
        at = innermost[1] if innermost else None
        while at is not None:
            chain.append(at)
            at = self._within[at]
        return tuple(chain)


def _spans(text: str, stretches: Sequence[Stretch]) -> tuple[Span, ...]:
    return tuple(Span.cut(text, a, b) for a, b in stretches)
