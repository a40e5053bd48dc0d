"""W3C Web Annotations read: ours, and those that people made in tools which write the model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

from onrecord.errors import RecordError
from onrecord.imports.anchoring import anchor
from onrecord.imports.annotation import KINDS, Annotated, Kind, Texts
from onrecord.span import Span

_FOREIGN = "mention"
"""What an annotation of another tool becomes: words with a label."""


def read(content: str | bytes, texts: Texts) -> Iterator[Annotated]:
    """Give the annotations of a page, a collection, a list or a single one.

    ``texts`` gives the text by its SHA-256 or by the page's address. Raises RecordError where the JSON is no
    annotation, its text is not there, or its words are not in it.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"this is not JSON: {error}") from error
    for item in _items(data):
        try:
            yield _read(item, texts)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            if isinstance(error, RecordError):
                raise RecordError(f"{_name(item)}: {error}") from error
            raise RecordError(
                f"{_name(item)} is no Web Annotation ({type(error).__name__}: {error})"
            ) from error


def _items(data: Any) -> list[Any]:
    if isinstance(data, list):
        return data
    if not isinstance(data, dict):
        raise RecordError("this is no Web Annotation")
    if isinstance(first := data.get("first"), dict):
        data = first
    items = data.get("items")
    return items if isinstance(items, list) else [data]


def _name(item: Any) -> str:
    return f"annotation {str(item.get('id'))[:80]!r}" if isinstance(item, dict) else "an annotation"


def _read(item: dict[str, Any], texts: Texts) -> Annotated:
    bodies, targets = _listed(item.get("body")), _listed(item["target"])
    text_id, text = _text(targets[0], texts)
    spans: list[Span] = []
    parts: dict[str, list[Span]] = {}
    for target in targets:
        if isinstance(target, dict) and "selector" in target:
            name = target.get("onrecord:part", "words")
            (spans if name == "words" else parts.setdefault(name, [])).append(_words(target, text))
    entry = next((b for b in bodies if isinstance(b, dict) and b.get("type") == "onrecord:Entry"), {})
    kind = entry.get("onrecord:kind", _FOREIGN)
    if kind not in KINDS:
        raise RecordError(f"no kind of entry is called {str(kind)[:40]!r}")
    fields = {str(name): str(value) for name, value in entry.get("onrecord:fields", {}).items()}
    if not entry and (comment := _comment(bodies)):
        fields["comment"] = comment
    return Annotated(
        text_id, cast("Kind", kind), str(entry.get("onrecord:id", "")), tuple(spans), _label(bodies),
        tuple((name, tuple(found)) for name, found in parts.items()), tuple(sorted(fields.items())),
    )  # fmt: skip


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _label(bodies: list[Any]) -> str:
    """Give the first tag; empty where there is none."""
    for body in bodies:
        if isinstance(body, dict) and body.get("purpose") in ("tagging", "classifying"):
            return str(body["value"])
    return ""


def _comment(bodies: list[Any]) -> str:
    words = (b if isinstance(b, str) else b.get("value", "") for b in bodies if not _is_tag(b))
    return "\n".join(str(word) for word in words if word)


def _is_tag(body: Any) -> bool:
    return isinstance(body, dict) and body.get("purpose") in ("tagging", "classifying")


def _text(target: Any, texts: Texts) -> tuple[str, str]:
    import hashlib

    source = target.get("source", target) if isinstance(target, dict) else target
    names = [source] if isinstance(source, str) else [source.get("onrecord:text"), source.get("id")]
    for name in names:
        if name and (text := texts(str(name).removeprefix("urn:sha256:"))) is not None:
            return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), text
    raise RecordError(f"its text {names[-1]!r} is not here")


def _words(target: dict[str, Any], text: str) -> Span:
    selectors = {s["type"]: s for s in _listed(target["selector"])}
    quote, position = selectors.get("TextQuoteSelector", {}), selectors.get("TextPositionSelector", {})
    if not quote and not position:
        raise RecordError("words are found by a TextPositionSelector or a TextQuoteSelector; it has neither")
    return anchor(
        text, quote.get("exact"), position.get("start"), position.get("end"),
        before=quote.get("prefix", ""), after=quote.get("suffix", ""),
    )  # fmt: skip
