"""Attributions: statements made into entries of the record, with kind, attitude and holder."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model.found import Stretch
from onrecord.reading.attitude import attitude
from onrecord.quotes import Quotation, kind_of
from onrecord.reading.statements import Held
from onrecord.record import Attribution
from onrecord.span import Span


def attributions(text: str, held: Sequence[Held], quoted: Sequence[Quotation]) -> tuple[Attribution, ...]:
    """Make the entries, in text order."""
    return tuple(
        Attribution(
            id=f"a{i + 1}",
            kind=kind_of(h.statement.content, quoted, text),
            source=_spans(text, h.statement.source),
            cue=_spans(text, h.statement.cue),
            content=_spans(text, h.statement.content),
            speaker=None,
            speaker_reason="not resolved" if h.statement.source else "none named",
            attitude=attitude(text, h.statement.cue, h.statement.content),
            within=None if h.holder is None else f"a{h.holder + 1}",
            score=round(h.statement.score, 3),
        )
        for i, h in enumerate(held)
    )


def _spans(text: str, stretches: Sequence[Stretch]) -> tuple[Span, ...]:
    return tuple(Span.cut(text, a, b) for a, b in stretches)
