"""Label Studio tasks with our entries as predictions, and the labelling configuration that shows them.

Offsets count code points, as Label Studio's do since 1.6 (HumanSignal/label-studio-frontend#308). A region a
stretch of words: those of one entry share its id in ``meta``, and relations of type "part" tie them together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from onrecord.export.paged import Paged, with_text
from onrecord.export.visible import ascii_controls
from onrecord.imports.annotation import KINDS, Annotated, annotated
from onrecord.lexicon.load import rows
from onrecord.record import Attitude, EventType, MentionKind, RelationType, TimeType

FROM, TO = "label", "text"
CONFIG = """<View>
  <Relations>
    <Relation value="part"/>
  </Relations>
  <Labels name="label" toName="text" choice="multiple">
{labels}
  </Labels>
  <Text name="text" value="$text" granularity="word"/>
</View>
"""


def label_studio(pages: Iterable[Paged]) -> Iterator[str]:
    """Give the tasks as one JSON array, a task a page."""
    before = "[\n"
    for page in pages:
        yield before + ascii_controls(json.dumps(task(page), ensure_ascii=False))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def configuration() -> str:
    """Give the labelling configuration (XML) with every label that a record can have."""
    kinds = {kind for _, kind, *_ in rows("figure_kinds")} | {"number"}
    sets: tuple[tuple[str, Iterable[str]], ...] = (
        ("mention", get_args(MentionKind)), ("statement", (*get_args(Attitude), "source", "cue")),
        ("event", (*get_args(EventType), "evidence", "date", "mentions")),
        ("relation", (*get_args(RelationType), "date")), ("figure", (*sorted(kinds), "period")),
        ("time", get_args(TimeType)), ("entity", ("role",)),
    )  # fmt: skip
    labels = (f'    <Label value="{kind}:{name}"/>' for kind, names in sets for name in names)
    return CONFIG.format(labels="\n".join(labels))


def label_of(one: Annotated, part: str) -> str:
    """Give a region's label: kind and label of its entry, or kind and name of the part."""
    return f"{one.kind}:{one.label if part == 'words' else part}"


def task(page: Paged) -> dict[str, Any]:
    """Give a page as a task."""
    text, document = with_text(page, "Label Studio"), page.record.document
    entries = annotated(page.record)
    result: list[dict[str, Any]] = []
    whole: list[dict[str, Any]] = []  # entries that no words stand for: entities
    for one in entries:
        regions = list(_regions(one))
        if not regions:
            whole.append({"kind": one.kind, "id": one.id, "label": one.label, "fields": dict(one.fields)})
        result += regions
        result += [
            {"type": "relation", "from_id": regions[0]["id"], "to_id": region["id"], "direction": "right",
             "labels": ["part"]}
            for region in regions[1:]
        ]  # fmt: skip
    reader = page.record.reader
    return {
        "data": {
            "text": text, "text_id": document.id, "page_id": page.id, "address": page.address,
            "outlet": document.outlet, "published": document.published.value, "entries": whole,
        },
        "predictions": [{"model_version": f"onrecord {reader.version} {reader.model}", "result": result}],
    }  # fmt: skip


def _regions(one: Annotated) -> Iterator[dict[str, Any]]:
    number = 0
    for part, spans in (("words", one.spans), *one.parts):
        for span in spans:
            meta: dict[str, Any] = {"id": one.id, "kind": one.kind, "part": part, "label": one.label}
            if number == 0:
                meta["fields"] = dict(one.fields)
            yield {
                "id": f"{KINDS.index(one.kind)}-{one.id}-{number}", "from_name": FROM, "to_name": TO,
                "type": "labels", "meta": {"onrecord": meta, "text": [one.id]},
                "value": {"start": span.start, "end": span.end, "text": span.text,
                          "labels": [label_of(one, part)]},
            }  # fmt: skip
            number += 1
