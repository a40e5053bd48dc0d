"""The JSON Schema, and records against it."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest

from onrecord.codec import decode_record, json_schema
from onrecord.record import Record


def test_the_schema_has_every_field_of_a_record() -> None:
    schema = json_schema()
    record = schema["$defs"]["Record"]
    assert set(record["properties"]) == {field.name for field in fields(Record)}
    assert "document" in record["required"]


def test_a_record_keeps_to_the_schema(story: Record) -> None:
    schema = json_schema()
    keeps(json.loads(story.to_json()), schema, schema["$defs"])


def test_what_breaks_the_schema_is_seen(story: Record) -> None:
    schema = json_schema()
    broken = json.loads(story.to_json())
    broken["attributions"][0]["kind"] = "telepathic"
    with pytest.raises(AssertionError):
        keeps(broken, schema, schema["$defs"])


def test_a_record_survives_its_json(story: Record) -> None:
    assert decode_record(story.to_json()) == story
    assert decode_record(story.to_json()).to_json() == story.to_json()


def keeps(value: Any, schema: dict[str, Any], known: dict[str, Any]) -> None:
    """Check a value against the part of JSON Schema that ours uses."""
    if "$ref" in schema:
        schema = known[schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        assert any(fits(value, choice, known) for choice in schema["anyOf"]), (value, schema)
        return
    if "enum" in schema:
        assert value in schema["enum"], (value, schema)
        return
    kinds = {
        "object": dict, "array": list, "string": str, "integer": int, "number": (int, float),
        "boolean": bool, "null": type(None),
    }  # fmt: skip
    if kind := schema.get("type"):
        assert isinstance(value, kinds[kind]), (value, schema)
    if isinstance(value, dict):
        assert set(schema.get("required", ())) <= set(value)
        assert set(value) <= set(schema["properties"])
        for name, part in value.items():
            keeps(part, schema["properties"][name], known)
    if isinstance(value, list):
        for part in value:
            keeps(part, schema.get("items", {}) or {}, known)


def fits(value: Any, schema: dict[str, Any], known: dict[str, Any]) -> bool:
    try:
        keeps(value, schema, known)
    except AssertionError:
        return False
    return True
