"""CoNLL-like columns read: the spans and labels of mentions, statements, events, figures and times."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import cast

from onrecord.errors import RecordError, SpanError
from onrecord.imports.annotation import Annotated, Kind
from onrecord.span import Span

_TAG = re.compile(r"([BI])-([^:|]*):([a-z]+)(?:\+(\d+))?:(.*)")
_KINDS = ("mention", "statement", "event", "figure", "time")
_PARTS = ("source", "cue")
_WIDTH = 5 + len(_KINDS)


def read(lines: Iterable[str]) -> Iterator[Annotated]:
    """Give the entries of every document; raise RecordError, which names the line, where one is wrong.

    The text is the comment's at the head of each document, and every token must quote it.
    """
    text: str | None = None
    tokens: list[list[str]] = []
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\n")
        if line.startswith("# newdoc"):
            yield from _document(text, tokens)
            text, tokens = None, []
        elif line.startswith("# text = "):
            try:
                text = str(json.loads(line.removeprefix("# text = ")))
            except ValueError as error:
                raise RecordError(f"line {number}: the text is no JSON string: {error}") from error
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            if len(cells) != _WIDTH or text is None:
                raise RecordError(f"line {number}: {_WIDTH} columns below a '# text = ' comment are expected")
            if not (
                cells[2].isdecimal()
                and cells[3].isdecimal()
                and text[int(cells[2]) : int(cells[3])] == cells[1]
            ):
                raise RecordError(f"line {number}: {cells[1][:40]!r} does not stand at {cells[2]}:{cells[3]}")
            tokens.append(cells)
    yield from _document(text, tokens)


def _document(text: str | None, tokens: list[list[str]]) -> Iterator[Annotated]:
    if text is None:
        return
    text_id = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    for column, kind in enumerate(_KINDS, 5):
        entries: dict[str, tuple[str, dict[tuple[str, int], tuple[int, int]]]] = {}
        for cells in tokens:
            for tag in cells[column].split("|") if cells[column] != "_" else ():
                match = _TAG.fullmatch(tag)
                if match is None:
                    raise RecordError(f"token {cells[0]}: {tag[:40]!r} is no tag such as B-m1:words:name")
                _, key, name, part, label = match.groups()
                _, stretches = entries.setdefault(key, (label, {}))
                place = (name, int(part or 0))
                start = stretches[place][0] if place in stretches else int(cells[2])
                stretches[place] = (start, int(cells[3]))
        for key, (label, stretches) in entries.items():
            yield _entry(text_id, text, cast("Kind", kind), key, label, stretches)


def _entry(
    text_id: str,
    text: str,
    kind: Kind,
    key: str,
    label: str,
    stretches: dict[tuple[str, int], tuple[int, int]],
) -> Annotated:
    words: dict[str, list[Span]] = {}
    try:
        for (name, _), (start, end) in sorted(stretches.items(), key=lambda pair: pair[0]):
            words.setdefault(name, []).append(Span.cut(text, start, end))
    except SpanError as error:
        raise RecordError(f"{kind} {key}: {error}") from error
    own = next((name for name in words if name not in _PARTS), None)
    parts = tuple((name, tuple(words[name])) for name in _PARTS if name in words)
    return Annotated(text_id, kind, key, tuple(words[own]) if own else (), label, parts)
