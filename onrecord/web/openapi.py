"""The API as one table: its endpoints, what each takes and gives; doors and OpenAPI are made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord import __version__
from onrecord.web.doors import Door, Role

Schema = Mapping[str, Any]
_REF = "#/components/schemas/{name}"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an address may ask for: its name, its JSON Schema and what it means."""

    name: str
    schema: Schema
    about: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A path of the API: what stands behind it, what it takes, and the schema of what it gives.

    ``body`` is the type of the JSON that it takes; ``status`` that of an answer when all is well.
    """

    path: str
    behind: Callable[[Request], Response]
    about: str
    answer: Schema
    parameters: tuple[Parameter, ...] = ()
    method: str = "GET"
    needs: Role = "reader"
    body: type | None = None
    status: int = 200
    refusals: tuple[int, ...] = (400, 401, 403)

    @property
    def door(self) -> Door:
        """Give the door that the endpoint stands behind."""
        return Door(self.path, self.behind, needs=self.needs, methods=(self.method,), api=True)


def arguments(request: Request, endpoint: Endpoint) -> dict[str, Any]:
    """Give the parameters of an address as they are typed; HTTPException 400 says which is wrong, and why."""
    known = {parameter.name: parameter for parameter in endpoint.parameters}
    found: dict[str, Any] = {}
    for name, words in request.query_params.multi_items():
        if name not in known:
            there = ", ".join(known) or "none"
            raise HTTPException(400, f"there is no parameter {name[:40]!r} here; there are: {there}")
        if name in found:
            raise HTTPException(400, f"{name} is given twice")
        found[name] = _typed(known[name], words)
    for parameter in endpoint.parameters:
        if parameter.needed and parameter.name not in found:
            raise HTTPException(400, f"{parameter.name} is needed: {parameter.about}")
        if "default" in parameter.schema:
            found.setdefault(parameter.name, parameter.schema["default"])
    return found


def document(endpoints: Sequence[Endpoint], types: Sequence[type], *, site: str) -> dict[str, Any]:
    """Give the OpenAPI 3.1 description of the endpoints."""
    bodies = [endpoint.body for endpoint in endpoints if endpoint.body is not None]
    _, components = msgspec.json.schema_components([*types, *bodies], ref_template=_REF)
    components["Error"] = {
        "type": "object", "required": ["error"],
        "properties": {"error": {"type": "string", "description": "What is wrong, in one sentence."}},
    }  # fmt: skip
    paths: dict[str, Any] = {}
    for endpoint in endpoints:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord", "version": __version__,
            "description": "Who said what, and what happened according to whom. The names are the record’s.",
        },
        "servers": [{"url": site or "/"}],
        "security": [{"token": []}, {"session": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "onrecord_session"},
            },
        },
    }  # fmt: skip


def ref(kind: type) -> Schema:
    """Give the schema that points at a type's own."""
    return {"$ref": _REF.format(name=kind.__name__)}


def listed(noun: str, kind: Schema, **more: Schema) -> Schema:
    """Give the schema of a page of a list: its lines under their noun, and the cursor of what follows."""
    properties = {noun: {"type": "array", "items": kind}, "next": {"type": ["string", "null"]}, **more}
    return {"type": "object", "required": list(properties), "properties": properties}


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    told = {200: "What was asked for.", 201: "Written down."}[endpoint.status]
    answers: dict[str, Any] = {str(endpoint.status): _json(told, endpoint.answer)}
    for status in endpoint.refusals:
        answers[str(status)] = _json("Refused, in one sentence.", {"$ref": "#/components/schemas/Error"})
    if endpoint.method == "GET":
        answers["304"] = {"description": "It is as it was (If-None-Match)."}
    gaps = [
        {"name": gap, "in": "path", "required": True, "schema": {"type": "string"}}
        for gap in re.findall(r"\{(\w+)\}", endpoint.path)
    ]
    asked = [
        {
            "name": p.name,
            "in": "query",
            "required": p.needed,
            "description": p.about,
            "schema": dict(p.schema),
        }
        for p in endpoint.parameters
    ]
    operation: dict[str, Any] = {
        "operationId": endpoint.behind.__name__, "summary": endpoint.about, "parameters": gaps + asked,
        "responses": answers,
    }  # fmt: skip
    if endpoint.body is not None:
        content = {"application/json": {"schema": ref(endpoint.body)}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _json(told: str, schema: Schema) -> dict[str, Any]:
    return {"description": told, "content": {"application/json": {"schema": dict(schema)}}}


def _typed(parameter: Parameter, words: str) -> Any:
    schema, name = parameter.schema, parameter.name
    if schema["type"] == "integer":
        low, high = schema["minimum"], schema["maximum"]
        if not re.fullmatch(r"[0-9]{1,9}", words, re.ASCII) or not low <= int(words) <= high:
            raise HTTPException(400, f"{name}: a number from {low} to {high} is needed")
        return int(words)
    if schema["type"] == "boolean":
        if words not in ("true", "false"):
            raise HTTPException(400, f"{name}: true or false is needed")
        return words == "true"
    if len(words) > schema.get("maxLength", 500):
        raise HTTPException(400, f"{name}: it has more than {schema.get('maxLength', 500)} characters")
    if "enum" in schema and words not in schema["enum"]:
        raise HTTPException(400, f"{name}: one of {', '.join(schema['enum'])} is needed")
    if "pattern" in schema and not re.fullmatch(schema["pattern"].strip("^$"), words):
        raise HTTPException(400, f"{name}: {parameter.about}")
    return words
