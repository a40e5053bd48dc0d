"""CoNLL-like columns: a token a line, names in BIO, and who says what in brackets of the token's own.

Columns, parted by tabs: number, token, start, end, name (BIO of the outermost names), mentions, statements,
events, figures, times. The last five hold every entry that covers the token, parted by "|":
``B-m1:name``, ``I-a2:content:denies``, ``B-v1:trigger:ASSAULT``; "_" is none. An empty line parts paragraphs;
tokens are cut where an entry begins or ends, so that no span is rounded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from onrecord.export.paged import Paged, with_text
from onrecord.imports.annotation import Annotated, annotated
from onrecord.record import Record
from onrecord.span import Span

COLUMNS = ("number", "token", "start", "end", "name", "mention", "statement", "event", "figure", "time")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_KINDS = ("mention", "statement", "event", "figure", "time")
_OWN = {"mention": "words", "statement": "content", "event": "trigger", "figure": "evidence", "time": "words"}
_PARTS = frozenset({"source", "cue"})


def conll(pages: Iterable[Paged]) -> Iterator[str]:
    """Give every page as a block of lines, its text in a comment at the head as a JSON string."""
    yield f"# global.columns = {' '.join(COLUMNS)}\n"
    for page in pages:
        text = with_text(page, "CoNLL")
        yield f"# newdoc id = {page.id}\n# text_id = {page.record.document.id}\n# text = {json.dumps(text)}\n"
        yield "".join(_lines(text, page.record))
        yield "\n"


def _lines(text: str, record: Record) -> Iterator[str]:
    entries = [one for one in annotated(record) if one.kind in _KINDS]
    marks = [(kind, span, tag) for one in entries for kind, span, tag in _marks(one)]
    tokens = list(_tokens(text, {edge for _, span, _ in marks for edge in (span.start, span.end)}))
    tags: dict[str, list[list[str]]] = {kind: [[] for _ in tokens] for kind in _KINDS}
    starts = {start: number for number, (start, _) in enumerate(tokens)}
    for kind, span, tag in marks:
        at = _first(starts, span, text)
        number, head = at, "B"
        while number is not None and number < len(tokens) and tokens[number][1] <= span.end:
            tags[kind][number].append(f"{head}-{tag}")
            number, head = number + 1, "I"
    names = _names(record, tokens)
    last = 0
    for number, (start, end) in enumerate(tokens):
        if number and text[last:start].count("\n") > 1:
            yield "\n"
        last = end
        cells = ("|".join(tags[kind][number]) or "_" for kind in _KINDS)
        yield (
            "\t".join((str(number + 1), text[start:end], str(start), str(end), names[number], *cells)) + "\n"
        )


def _marks(one: Annotated) -> Iterator[tuple[str, Span, str]]:
    parts = [(_OWN[one.kind], one.spans), *((name, spans) for name, spans in one.parts if name in _PARTS)]
    for name, spans in parts:
        for number, span in enumerate(spans):
            again = f"+{number}" if number else ""  # the later stretches of a split span
            yield one.kind, span, f"{one.id}:{name}{again}:{one.label}"


def _tokens(text: str, edges: set[int]) -> Iterator[tuple[int, int]]:
    for match in _TOKEN.finditer(text):
        cuts = [at for at in range(match.start() + 1, match.end()) if at in edges]
        yield from zip((match.start(), *cuts), (*cuts, match.end()), strict=True)


def _first(starts: dict[int, int], span: Span, text: str) -> int | None:
    """Give the first token within a span; None for white space."""
    at = span.start
    while at < span.end and at not in starts:
        at += 1
    return starts.get(at) if at < span.end else None


def _names(record: Record, tokens: list[tuple[int, int]]) -> list[str]:
    """Give BIO tags of the outermost names, by the type of what they name."""
    types = {e.id: e.type for e in record.entities}
    names = sorted((m for m in record.mentions if m.kind == "name"), key=lambda m: (m.start, -m.end))
    tags, at, end = ["O"] * len(tokens), 0, -1
    for name in names:
        if name.start < end:
            continue
        end, head = name.end, "B"
        while at < len(tokens) and tokens[at][0] < name.start:
            at += 1
        while at < len(tokens) and tokens[at][1] <= name.end:
            tags[at] = f"{head}-{name.type or types[name.entity]}"
            at, head = at + 1, "I"
    return tags
