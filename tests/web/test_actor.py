"""An actor's page: its tabs, who is meant, and what is said of it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from handmade_pages import HOSTILE

TABS = ("said", "did", "met", "claims", "spoken", "relations")


def parties(text: str) -> str:
    return text[text.index('class="results"') : text.index("<aside")]


def test_a_party_of_a_page_leads_to_all_pages(client, page_id):
    answer = client.get(f"/page/{page_id('harbor')}/party/e2")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/actor?name=Ana+Brandt")
    text = client.get(answer.headers["location"]).text
    assert "<h1>Ana Brandt</h1>" in text
    assert "Envoy Ana Brandt" in text
    assert client.get(f"/page/{page_id('harbor')}/party/e99").status_code == 404


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens(client, tab):
    for name in ("Ana Brandt", "Kelland", HOSTILE):
        answer = client.get("/actor", params={"name": name, "tab": tab})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert 'href="javascript:' not in answer.text


def test_said_are_its_own_statements(client):
    text = parties(client.get("/actor", params={"name": "Premier Oda"}).text)
    heads = re.findall(r'<p class="head"><a class="party"[^>]*>(.*?)</a>', text)
    assert heads
    assert set(heads) == {"Premier Oda"}


def test_what_was_done_to_it_is_told_with_who_did_it(client):
    text = parties(client.get("/actor", params={"name": "the quay", "type": "other", "tab": "met"}).text)
    assert "ASSAULT" in text
    did = client.get("/actor", params={"name": "the quay", "type": "other", "tab": "did"}).text
    assert "Nothing of this kind is on record." in did


def test_what_others_say_of_it_leaves_its_own_words_out(client):
    text = parties(client.get("/actor", params={"name": "Kelland", "type": "place", "tab": "spoken"}).text)
    heads = re.findall(r'<p class="head"><a class="party"[^>]*>(.*?)</a>', text)
    assert heads
    assert "Kelland" not in heads


def test_roles_stand_with_their_days_and_speakers_with_their_counts(client):
    text = client.get("/actor", params={"name": "Ana Brandt", "type": "person"}).text
    aside = text[text.index('class="offices"') :]
    assert re.search(r"envoy</span> <small>1962-\d\d-\d\d – 1962-\d\d-\d\d", aside)
    kelland = client.get("/actor", params={"name": "Kelland", "type": "place"}).text
    assert "How it is spoken of" in kelland
    assert "Who tells of its deeds" in kelland


def test_tabs_are_paged_without_repeating(client):
    seen: list[str] = []
    to: str | None = "/actor?name=Kelland&type=place&tab=did"
    for _ in range(20):
        text = client.get(to).text
        seen += re.findall(r'href="(/page/[0-9a-f]{32}\?entry=[^"]*)"', parties(text))
        found = re.search(r'rel="next" href="([^"]+)"', text)
        if found is None:
            break
        to = unescape(found[1])
    assert len(seen) == len(set(seen)) > 40


def test_part_of_a_name_offers_whoever_may_be_meant(client):
    text = client.get("/actor", params={"name": "Brandt"}).text
    assert "Who is meant?" in text
    assert ">Ana Brandt</a>" in text


def test_an_unknown_name_or_actor_is_not_found(client):
    answer = client.get("/actor", params={"name": "Nemo <b>"})
    assert answer.status_code == 404
    assert "<b>" not in answer.text
    assert client.get("/actor/" + "0" * 32).status_code == 404
    assert client.get("/actor/nobody").status_code == 404
    assert client.get("/actor").status_code == 200


def test_a_bad_cursor_is_told_plainly(client):
    answer = client.get("/actor", params={"name": "Premier Oda", "after": "garbage"})
    assert answer.status_code == 400
    assert "is no cursor" in answer.text
