"""W3C Web Annotations (JSON-LD): an annotation an entry, its words by position and by quote.

Positions count code points of the record's text, which is what ``source`` names by its hash; quotes with what
stands before and after find the words on the page itself as well. The model is
https://www.w3.org/TR/annotation-model/; what it has no word for stands under ``onrecord:``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.export.paged import Paged, with_text
from onrecord.export.visible import ascii_controls
from onrecord.imports.anchoring import around
from onrecord.imports.annotation import Annotated, annotated
from onrecord.record import Document
from onrecord.span import Span

CONTEXT: list[Any] = ["http://www.w3.org/ns/anno.jsonld", {"onrecord": "urn:onrecord:1:"}]
_MOTIVATIONS = {
    "entity": "identifying", "mention": "identifying", "statement": "classifying", "event": "classifying",
    "relation": "linking", "figure": "classifying", "time": "classifying",
}  # fmt: skip


def web_annotation(pages: Iterable[Paged]) -> Iterator[str]:
    """Give one AnnotationPage with every entry of every record."""
    context = json.dumps(CONTEXT)
    yield f'{{"@context": {context}, "id": "urn:onrecord:page:1", "type": "AnnotationPage", "items": ['
    before = "\n"
    for page in pages:
        text = with_text(page, "Web Annotation")
        for one in annotated(page.record):
            item = annotation(page, text, one)
            yield before + ascii_controls(json.dumps(item, ensure_ascii=False))
            before = ",\n"
    yield "\n]}\n"


def annotation(page: Paged, text: str, one: Annotated) -> dict[str, Any]:
    """Give one entry as an annotation; an entity, which has no words of its own, is of the whole text."""
    source = _source(page, page.record.document)
    targets = [_target(source, text, span, "words") for span in one.spans]
    targets += [_target(source, text, span, name) for name, spans in one.parts for span in spans]
    body = [
        {"type": "TextualBody", "purpose": "tagging", "value": one.label},
        {"type": "onrecord:Entry", "onrecord:kind": one.kind, "onrecord:id": one.id,
         "onrecord:fields": dict(one.fields)},
    ]  # fmt: skip
    return {
        "id": f"urn:onrecord:{page.id}:{one.kind}:{one.id}",
        "type": "Annotation",
        "motivation": _MOTIVATIONS[one.kind],
        "generator": {"id": "urn:onrecord:reader", "type": "Software", "name": _generator(page)},
        "body": body,
        "target": targets or [source],
    }


def _generator(page: Paged) -> str:
    reader = page.record.reader
    return f"onrecord {reader.version} {reader.model}"


def _source(page: Paged, document: Document) -> dict[str, Any]:
    text = f"urn:sha256:{document.id}"
    source: dict[str, Any] = {"id": page.address or text, "type": "Text", "onrecord:text": text}
    if document.language:
        source["language"] = document.language
    return source


def _target(source: dict[str, Any], text: str, span: Span, part: str) -> dict[str, Any]:
    prefix, suffix = around(text, span)
    return {
        "type": "SpecificResource",
        "source": source,
        "onrecord:part": part,
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {"type": "TextQuoteSelector", "exact": span.text, "prefix": prefix, "suffix": suffix},
        ],
    }
