"""Review: the queue, one judgement a form, corrections attributed and undone, training data."""

from __future__ import annotations

import json
import re

import pytest


def queue(client, path="/review"):
    text = client.get(path).text
    return re.findall(
        r'name="page" value="([0-9a-f]{32})"><input type="hidden" name="entry" value="(\w+)"', text
    )


def test_the_queue_shows_each_entry_in_its_sentence_with_its_buttons(client):
    text = client.get("/review").text
    assert "<mark>" in text
    assert text.count('value="confirm"') == len(queue(client)) > 5
    assert 'data-amend href="/review/amend?' in text
    assert "<script>alert" not in text


@pytest.mark.parametrize("action", ["confirm", "reject"])
def test_what_is_judged_does_not_come_again_until_it_is_undone(client, send, action):
    page, entry = queue(client)[0]
    answer = send("/review/correct", page=page, entry=entry, action=action, back="/review?kind_of=event")
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?kind_of=event")
    assert (page, entry) not in queue(client)
    text = client.get("/review/corrections").text
    assert "local" in text
    key = re.search(r'name="correction" value="([0-9a-f]{32})"', text)[1]
    assert send("/review/correct", page=page, correction=key, action="undo").status_code == 303
    assert (page, entry) in queue(client)
    assert "undone" in client.get("/review/corrections").text


def test_the_queue_is_paged_to_its_end(client):
    seen, path = [], "/review?kind_of=relation"
    for _ in range(20):
        text = client.get(path).text
        seen += queue(client, path)
        found = re.search(r'rel="next" id="next" href="([^"]+)"', text)
        if not found:
            break
        path = found[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) > 12


def test_an_amended_entry_shows_who_amended_it_and_why(client, send, page_id):
    page = page_id("story")
    form = client.get(f"/review/amend?page={page}&entry=a1&back=/page/{page}").text
    assert '<option value="asserts"' in form
    answer = send(
        "/review/correct", page=page, entry="a1", action="amend", attitude="doubts", why="<b>tone</b>"
    )
    assert answer.status_code == 303
    text = client.get(f"/page/{page}?entry=a1").text
    assert "amended · local" in text
    assert "&lt;b&gt;tone" in text
    assert "attitude: doubts" in client.get("/review/corrections").text


def test_words_that_are_not_on_the_page_are_told_in_the_form(client, send, page_id):
    page = page_id("harbor")
    entry = next(a.id for a in client.app.state.bench.view().record(page).attributions if len(a.content) == 1)
    answer = send("/review/correct", page=page, entry=entry, action="amend", content="never said")
    assert answer.status_code == 400
    assert "these words are not on the page" in answer.text
    assert 'value="never said"' in answer.text


@pytest.mark.parametrize(
    "fields",
    [
        {"page": "x", "entry": "a1", "action": "confirm"},
        {"page": "0" * 32, "entry": "a1", "action": "confirm"},
        {"page": "P", "entry": "zz", "action": "confirm"}, {"page": "P", "entry": "a1", "action": "burn"},
        {"page": "P", "entry": "", "action": "reject"}, {"page": "P", "action": "undo", "correction": "1"},
        {"page": "P", "action": "merge", "entry": "a1"}, {},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(send, page_id, fields):
    fields = {name: page_id("story") if value == "P" else value for name, value in fields.items()}
    assert send("/review/correct", **fields).status_code in (400, 404)


def test_a_judgement_leads_nowhere_else(send, page_id):
    answer = send(
        "/review/correct", page=page_id("story"), entry="a1", action="confirm", back="//evil.example"
    )
    assert answer.headers["location"] == "/"


def test_a_script_gets_its_part_alone(client, form_token, page_id):
    asks = {
        "token": form_token,
        "page": page_id("story"),
        "entry": "a1",
        "action": "confirm",
        "back": "/review",
    }
    answer = client.post("/review/correct", data=asks, headers={"x-part": "1"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'value="undo"' in answer.text


def test_training_data_is_what_people_judged(client, send, page_id):
    assert client.get("/review/gold.jsonl").text == ""
    send("/review/correct", page=page_id("story"), entry="a1", action="reject")
    answer = client.get("/review/gold.jsonl")
    assert "attachment" in answer.headers["content-disposition"]
    (line,) = map(json.loads, answer.text.splitlines())
    assert [wrong["id"] for wrong in line["wrong"]] == ["a1"]
    assert "text" not in line
    assert "text" in json.loads(client.get("/review/gold.jsonl?text=1").text)


def test_one_who_is_quicker_is_told_of_and_nothing_is_lost(client, send, page_id):
    page = page_id("story")
    send("/review/correct", page=page, entry="a1", action="confirm", expected="")
    answer = send("/review/correct", page=page, entry="a2", action="confirm", expected="", back="/review")
    assert "told=" in answer.headers["location"]
    assert client.get("/review/corrections").text.count('name="correction"') == 2


def test_two_actors_are_merged_for_a_reason_and_parted_again(client, send):
    from onrecord.store.candidates import actors_named
    from onrecord.store.identity import find_actors

    store = client.app.state.bench.store
    find_actors(store)
    one, other = (actors_named(store.view(), name)[0].id for name in ("Premier Oda", "Ana Brandt"))
    assert "They are one" in client.get(f"/actor/{one}").text
    assert send("/actor/merge", one=one, other=other, why="").status_code == 400
    assert send("/actor/merge", one=one, other="Nobody At All", why="so").status_code == 400
    done = send("/actor/merge", one=one, other=other, why="a pen name", back="/review")
    assert done.status_code == 303
    listed = client.get("/review/corrections").text
    assert "a pen name" in listed
    key = re.search(r'name="decision" value="([0-9a-f]{32})"', listed)[1]
    assert send("/actor/undo", decision=key).status_code == 303
