"""Label Studio tasks read: a person's annotations, or the predictions where nobody has annotated."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, cast

from onrecord.errors import RecordError
from onrecord.imports.anchoring import anchor
from onrecord.imports.annotation import KINDS, Annotated, Kind
from onrecord.span import Span


def read(content: str | bytes) -> Iterator[Annotated]:
    """Give the annotations of an export in JSON; raise RecordError where it is none.

    Of a task with annotations, the last one that was not cancelled counts; its predictions do not.
    """
    try:
        tasks = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"this is not JSON: {error}") from error
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
        try:
            yield from _task(task)
        except RecordError as error:
            raise RecordError(f"task {number}: {error}") from error
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise RecordError(
                f"task {number} is not Label Studio's ({type(error).__name__}: {error})"
            ) from error


def _task(task: dict[str, Any]) -> Iterator[Annotated]:
    data = task["data"]
    text = data["text"]
    text_id = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    for whole in data.get("entries", ()):
        yield _built(text_id, whole, {}, whole.get("fields", {}), whole["label"])
    done = [a for a in task.get("annotations", ()) if not a.get("was_cancelled")]
    chosen = done[-1:] or task.get("predictions", ())[-1:]
    regions = [r for one in chosen for r in one["result"] if r.get("type") == "labels"]
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for region in regions:
        meta = _meta(region)
        key = (meta["kind"], meta["id"]) if meta else ("", region["id"])
        groups.setdefault(key, []).append(region)
    for group in groups.values():
        yield _entry(text_id, text, group)


def _entry(text_id: str, text: str, group: list[dict[str, Any]]) -> Annotated:
    words: dict[str, list[Span]] = {}
    fields: dict[str, str] = {}
    meta: dict[str, Any] = {}
    label = ""
    for region in group:
        value, ours = region["value"], _meta(region)
        shown = (value.get("labels") or [""])[0]
        kind, _, name = shown.partition(":")
        if not ours:
            ours = {
                "kind": kind if kind in KINDS else "mention",
                "id": "",
                "label": name or shown,
                "part": "words",
            }
        part = ours.get("part", "words")
        span = anchor(text, value.get("text"), int(value["start"]), int(value["end"]))
        words.setdefault(part, []).append(span)
        fields |= ours.get("fields", {})
        meta, label = meta or ours, label or ours["label"]
        if part == "words" and name:
            label = name  # what a person chose stands above what we predicted
    return _built(text_id, meta, words, fields, label)


def _built(
    text_id: str, meta: dict[str, Any], words: dict[str, list[Span]], fields: dict[str, Any], label: str
) -> Annotated:
    if meta["kind"] not in KINDS:
        raise RecordError(f"no kind of entry is called {str(meta['kind'])[:40]!r}")
    parts = tuple((name, tuple(spans)) for name, spans in words.items() if name != "words")
    given = tuple(sorted((str(name), str(value)) for name, value in fields.items()))
    return Annotated(
        text_id,
        cast("Kind", meta["kind"]),
        str(meta["id"]),
        tuple(words.get("words", ())),
        label,
        parts,
        given,
    )


def _meta(region: dict[str, Any]) -> dict[str, Any]:
    ours = (region.get("meta") or {}).get("onrecord")
    return ours if isinstance(ours, dict) else {}
