"""Our own JSON of an annotation, carried through other tools' notes: read back and tied to its text."""

from __future__ import annotations

from typing import Any, cast

from onrecord.errors import RecordError, SpanError
from onrecord.imports.annotation import KINDS, Annotated, Kind
from onrecord.span import Span


def unpack(text_id: str, text: str, packed: Any) -> Annotated:
    """Give the annotation that `pack` gave as JSON; raise RecordError where it is none of ours."""
    try:
        if packed["kind"] not in KINDS:
            raise RecordError(f"no kind of entry is called {str(packed['kind'])[:40]!r}")
        return Annotated(
            text_id,
            cast("Kind", packed["kind"]),
            str(packed["id"]),
            _spans(text, packed["spans"]),
            str(packed["label"]),
            tuple((str(name), _spans(text, spans)) for name, spans in packed["parts"].items()),
            tuple(sorted((str(name), str(value)) for name, value in packed["fields"].items())),
        )
    except (KeyError, TypeError, ValueError, AttributeError, SpanError) as error:
        raise RecordError(f"this is no annotation of onrecord: {error}") from error


def _spans(text: str, pairs: Any) -> tuple[Span, ...]:
    return tuple(Span.cut(text, int(start), int(end)) for start, end in pairs)
