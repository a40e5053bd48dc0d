"""The API: the record's names, cursors, ETags, one sentence for what is wrong, and never a server error."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

HOST = {"host": "127.0.0.1"}
LISTS = ("statements", "events", "relations", "figures", "pages")


@pytest.mark.parametrize("noun", LISTS)
def test_a_list_is_paged_to_its_end_without_repeating(client, noun):
    seen, after = [], None
    for _ in range(60):
        asked = {"limit": 7, **({"after": after} if after else {})}
        answer = client.get(f"/api/{noun}", params=asked)
        assert answer.status_code == 200, answer.text
        found = answer.json()
        seen += [(line.get("page", {}).get("page_id"), line["id"]) for line in found[noun]]
        after = found["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) > 30


def test_what_is_asked_twice_is_not_sent_twice(client):
    first = client.get("/api/events")
    tag = first.headers["etag"]
    again = client.get("/api/events", headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/events", headers={"if-none-match": '"other"'}).status_code == 200


def test_a_page_is_its_record(client, page_id):
    found = client.get(f"/api/pages/{page_id('story')}").json()
    assert found["schema"] == "onrecord/1"
    assert found["attributions"]
    assert client.get("/api/pages/" + "0" * 32).status_code == 404
    assert client.get("/api/pages/x").json() == {"error": "there is no page 'x'"}


@pytest.mark.parametrize(
    "path",
    [
        "/api/events?limit=0", "/api/events?limit=many", "/api/events?since=yesterday",
        "/api/events?spekaer=x", "/api/search?what=songs", "/api/events?after=garbage", "/api/actors",
        "/api/events?limit=5&limit=6", "/api/pages?after=zz", "/api/corrections?after=zz",
        "/api/events?q=" + "x" * 600, "/api/pages/1?corrected=maybe",
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_sentence(client, path):
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert list(answer.json()) == ["error"]
    assert "Traceback" not in answer.text
    assert ".db" not in answer.text


def test_unknown_endpoints_are_told_in_json(client):
    assert client.get("/api/nothing/here").json()["error"].startswith("there is no such endpoint")


def test_a_correction_is_written_shown_and_undone(client, page_id, form_token):
    headers, page = {"x-form-token": form_token}, page_id("story")
    asks = {"page_id": page, "action": "amend", "entry": "a1", "change": {"attitude": "doubts"}, "why": "so"}
    assert client.post("/api/corrections", json=asks).status_code == 403
    answer = client.post("/api/corrections", json=asks, headers=headers)
    assert answer.status_code == 201, answer.text
    key = answer.json()["id"]
    first = client.get(f"/api/pages/{page}").json()["attributions"][0]
    assert first["attitude"] == "doubts"
    assert client.get(f"/api/pages/{page}?corrected=false").json()["attributions"][0]["attitude"] != "doubts"
    assert [c["id"] for c in client.get("/api/corrections").json()["corrections"]] == [key]
    undo = {"page_id": page, "action": "undo", "change": {"correction": key}}
    assert client.post("/api/corrections", json=undo, headers=headers).status_code == 201
    assert client.get(f"/api/pages/{page}").json()["attributions"][0]["attitude"] != "doubts"


@pytest.mark.parametrize(
    "asks",
    [
        {}, {"page_id": 1}, {"page_id": "x", "action": "confirm"}, {"page_id": "P", "action": "burn"},
        {"page_id": "P", "action": "confirm"}, {"page_id": "P", "action": "confirm", "entry": "zz"},
        {"page_id": "P", "action": "amend", "entry": "a1", "change": {"content": [[0, 10**30]]}},
        {"page_id": "P", "action": "amend", "entry": "a1", "change": {"content": {"start": None}}},
        {"page_id": "P", "action": "amend", "entry": "a1", "change": {"attitude": {"x": [1]}}},
        {"page_id": "P", "action": "amend", "entry": "v1", "change": {"date": {"value": 5}}},
        {"page_id": "P", "action": "split", "entry": "e1", "change": {"into": 5}},
        {"page_id": "P", "action": "split", "entry": "e1", "change": {"mentions": 5}},
        {"page_id": "P", "action": "merge", "entry": "e1", "change": {"with": 5}},
        {"page_id": "P", "action": "add", "what": "event", "change": {"type": "ASSAULT", "trigger": "x"}},
        {"page_id": "P", "action": "undo", "change": {"correction": ["x"]}},
    ],
)  # fmt: skip
def test_a_correction_that_makes_no_sense_is_refused(client, page_id, form_token, asks):
    asks = {key: page_id("story") if value == "P" else value for key, value in asks.items()}
    answer = client.post("/api/corrections", json=asks, headers={"x-form-token": form_token})
    assert answer.status_code in (400, 404), answer.text
    assert list(answer.json()) == ["error"]
    assert client.get(f"/page/{page_id('story')}").status_code == 200


def test_every_endpoint_is_described_and_shown(client):
    from onrecord.web.routes.api import ENDPOINTS

    described = client.get("/api/openapi.json").json()
    text = client.get("/api").text
    for endpoint in ENDPOINTS:
        assert endpoint.method.lower() in described["paths"][endpoint.path]
        assert endpoint.path in text


QUICKLY = settings(
    max_examples=6, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


def test_whatever_is_asked_there_is_no_server_error(client, form_token):
    described = schemathesis.openapi.from_asgi("/api/openapi.json", client.app, headers=HOST)
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 10
    for operation in operations:
        for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:
            strategy = operation.as_strategy(generation_mode=mode)

            @QUICKLY
            @given(case=strategy)
            def ask(case):
                answer = case.call(headers={**HOST, "x-form-token": form_token})
                assert answer.status_code < 500, (case, answer.text)

            ask()
