"""A page that means harm, and an address that does: shown as words, on every page, and never run."""

from __future__ import annotations

import pytest
from handmade_pages import HOSTILE
from knocking import come_in, doors, faults, filled, form_token, links, named, team

HARM = (
    HOSTILE,
    "javascript:alert(1)",
    '"><img src=x onerror=alert(1)>',
    "</title><script>alert(1)</script>",
    "{{7*7}}${7*7}",
    "\0\ud800<svg onload=alert(1)>".encode("utf-8", "replace").decode(),
    "'; DROP TABLE pages; --",
)
ASKED = (
    "q", "what", "speaker", "actor", "recipient", "target", "country", "outlet", "type", "quad", "attitude",
    "status", "since", "until", "month", "claimant", "order", "sort", "after", "before", "entry", "layers",
    "dropped", "name", "a", "b", "by", "score", "view", "compare", "told", "then", "who", "reason", "format",
    "page", "tag", "title", "back", "code", "state", "error", "error_description",
)  # fmt: skip
PARAMS = {"entry": "a1", "entity": "e1"}


def _harmless(answer):
    assert answer.status_code < 500
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert faults(answer.text) == []
        assert HOSTILE not in answer.text
        assert "<script>alert" not in answer.text
        assert "49$" not in answer.text
    location = answer.headers.get("location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


@pytest.mark.parametrize("door", doors("GET"), ids=named)
def test_what_an_address_says_is_only_words(client, page_id, door):
    for harm in HARM:
        known = {**PARAMS, "page_id": page_id("hostile")}
        _harmless(client.get(filled(door.path, **known), params=dict.fromkeys(ASKED, harm)))


@pytest.mark.parametrize("door", [d for d in doors("GET") if "{" in d.path], ids=named)
def test_what_a_path_says_is_only_words(client, door):
    for harm in (*HARM, "../../etc/passwd", "%2e%2e%2fetc%2fpasswd", "a" * 3000):
        whole = filled(
            door.path, **dict.fromkeys(("page_id", "entry", "entity", "actor_id", "job", "id"), "X")
        )
        _harmless(client.get(whole.replace("X", harm.replace("/", "%2F").replace("\0", "%00"))))


def test_pages_that_lead_from_one_that_means_harm_are_harmless(client, page_id):
    seen, ahead = set(), ["/", f"/page/{page_id('hostile')}", "/failures"]
    while ahead and len(seen) < 150:
        path = ahead.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        _harmless(answer)
        near = "hostile" in path or page_id("hostile") in path or len(seen) < 5
        if answer.headers.get("content-type", "").startswith("text/html"):
            found = [link for link in links(answer.text) if link not in seen]
            ahead = found + ahead if near else ahead + found
    assert len(seen) > 30


def test_names_and_labels_of_people_are_only_words(web_store):
    with team(web_store) as client:
        come_in(client, "administrator")
        client.headers["user-agent"] = HOSTILE
        token = form_token(client)
        _harmless(client.post("/account/tokens", data={"token": token, "label": HOSTILE, "scope": "read"}))
        for field in ("name", "then", "password"):
            _harmless(client.post("/signin", data={"token": token, "name": "x", field: HOSTILE}))
        come_in(client, "administrator")
        _harmless(client.post("/admin/invite", data={"token": form_token(client), "role": HOSTILE}))
        for path in ("/account", "/admin", "/admin/log", "/signin?then=" + HOSTILE, "/join/" + HOSTILE):
            _harmless(client.get(path))
