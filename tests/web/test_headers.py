"""What every answer carries, and what no page holds: nothing inline, nothing from elsewhere."""

from __future__ import annotations

import pytest
from knocking import come_in, doors, faults, filled, named, team

from onrecord.web.guard import HEADERS, POLICY

PARAMS = {
    "page_id": lambda page_id: page_id("harbor"), "entry": lambda _: "a1", "entity": lambda _: "e1",
}  # fmt: skip


def _path(door, page_id):
    return filled(door.path, **{name: give(page_id) for name, give in PARAMS.items()})


@pytest.mark.parametrize("door", doors("GET"), ids=named)
def test_every_page_has_the_headers_and_nothing_inline(client, page_id, door):
    for path in (_path(door, page_id), filled(door.path)):
        answer = client.get(path)
        assert answer.status_code < 500
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
        assert "no-store" in answer.headers["cache-control"] or "private" in answer.headers["cache-control"]
        if answer.headers.get("content-type", "").startswith("text/html"):
            assert faults(answer.text) == []


@pytest.mark.parametrize("door", doors("GET"), ids=named)
def test_a_teams_pages_too(web_store, page_id, door):
    with team(web_store, open_sign_up=True) as client:
        come_in(client, "administrator")
        answer = client.get(_path(door, page_id))
        assert answer.status_code < 500
        if answer.headers.get("content-type", "").startswith("text/html"):
            assert faults(answer.text) == []


def test_the_policy_lets_nothing_run_that_is_not_ours():
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["script-src"] == rules["style-src"] == rules["default-src"] == "'self'"
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in POLICY


@pytest.mark.parametrize("path", ["/nowhere", "/page/nothing", "/static/nothing.css", "/static/onrecord.css"])
def test_what_is_not_there_has_them_too(client, path):
    answer = client.get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_fault_of_ours_has_them_too_and_tells_nothing(web_store, monkeypatch):
    def breaks(*_, **__):
        raise RuntimeError("the secret is 4711")

    monkeypatch.setattr("onrecord.web.routes.overview.search", breaks)
    with team(web_store) as client:
        come_in(client, "reader")
        answer = client.get("/")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == POLICY
    assert "4711" not in answer.text


def test_over_https_browsers_are_told_to_stay_there(web_store):
    with team(web_store, secure=True) as client:
        assert "max-age=31536000" in client.get("/about").headers["strict-transport-security"]


def test_the_server_says_nothing_of_itself(client):
    assert "server" not in client.get("/about").headers
    assert "x-powered-by" not in client.get("/about").headers
