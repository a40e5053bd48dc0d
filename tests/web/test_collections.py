"""What people keep: bookmarks, collections, tags, searches; the trash and what it hides."""

from __future__ import annotations

import re

import pytest
from handmade_pages import HOSTILE


def test_a_star_is_turned_on_and_off(client, send, page_id):
    page = page_id("story")
    send("/keep/star", page=page)
    assert "★" in client.get(f"/page/{page}").text
    assert f'href="/page/{page}"' in client.get("/collections").text
    send("/keep/star", page=page)
    assert f'href="/page/{page}"' not in client.get("/collections").text


def test_an_entry_is_kept_by_what_it_says(client, send, page_id):
    page = page_id("story")
    assert send("/keep/star", page=page, entry="a2").status_code == 303
    assert f'href="/page/{page}?entry=a2#entry"' in client.get("/collections").text
    assert send("/keep/star", page=page, entry="zz").status_code == 404


def test_a_collection_holds_pages_and_entries_with_notes(client, send, page_id):
    page = page_id("story")
    to = send("/collections", name=HOSTILE, note="for <b>Friday</b>").headers["location"]
    key = to.rsplit("/", 1)[1]
    send("/keep/collect", page=page, entry="a1", collection=key, note="see this")
    send("/keep/collect", page=page, entry="a1", collection=key)  # twice is once
    text = client.get(to).text
    assert "<script>alert" not in text
    assert "&lt;b&gt;Friday" in text
    (kept,) = set(re.findall(r'name="kept" value="([0-9a-f]{32})"', text))
    send(f"/collections/{key}/note", kept=kept, note="or that")
    assert "or that" in client.get(to).text
    send(f"/collections/{key}/describe", name="Tolls", note="")
    assert "<h1>Tolls</h1>" in client.get(to).text
    send(f"/collections/{key}/drop", kept=kept)
    assert "Nothing is in it yet" in client.get(to).text


def test_a_collection_goes_into_the_trash_and_back_and_only_from_there_for_good(client, send):
    to = send("/collections", name="Tolls").headers["location"]
    send(f"{to}/destroy")
    assert client.get(to).status_code == 200
    send(f"{to}/throw")
    assert "Tolls" not in client.get("/collections").text
    assert "Tolls" in client.get("/trash").text
    send(f"{to}/restore")
    assert "Tolls" in client.get("/collections").text
    send(f"{to}/throw")
    send(f"{to}/destroy")
    assert client.get(to).status_code == 404


def test_tags_are_found_again(client, send, page_id):
    page = page_id("story")
    send("/keep/tag", page=page, tags="Tolls, <b>x</b>,, tolls")
    text = client.get("/collections?tag=tolls").text
    assert f'href="/page/{page}"' in text
    assert "<b>x</b>" not in text
    send("/keep/untag", page=page, tag="tolls")
    assert "Nothing has this tag" in client.get("/collections?tag=tolls").text


def test_a_search_is_saved_and_shown_on_the_front_page(client, send):
    address = "/search?q=ships&what=events"
    assert send("/keep/search", address=address, name="Ships").status_code == 303
    assert "Ships" in client.get("/").text
    text = client.get("/collections").text
    assert 'href="/search?q=ships&amp;what=events"' in text
    key = re.search(r'name="search" value="([0-9a-f]{32})"', text)[1]
    send("/keep/unsearch", search=key)
    assert "Ships" not in client.get("/collections").text


@pytest.mark.parametrize(
    "address", ["https://evil.example", "//evil", "javascript:alert(1)", "/signout", "/add", ""]
)
def test_only_searches_of_ours_are_saved(send, address):
    assert send("/keep/search", address=address, name="x").status_code == 400


def test_a_page_in_the_trash_is_hidden_where_it_is_said_and_comes_back(client, send, page_id):
    page = page_id("story")
    key = send("/collections", name="Tolls", page=page).headers["location"]
    listed = client.get("/review").text
    assert send("/trash", page=page).status_code == 303
    assert f'href="/page/{page}"' in client.get("/trash").text
    assert f'href="/page/{page}"' not in client.get("/").text
    assert f'href="/page/{page}"' not in client.get(key).text
    assert page not in client.get("/review").text or page not in listed
    assert "is in the trash" in client.get(f"/page/{page}").text
    send("/trash", page=page)  # twice is once
    send("/trash/restore", page=page)
    assert f'href="/page/{page}"' in client.get(key).text


@pytest.mark.parametrize("path", ["/keep/star", "/keep/tag", "/trash", "/keep/collect"])
def test_what_is_no_page_cannot_be_kept(send, path):
    assert send(path, page="x").status_code == 400
    assert send(path, page="0" * 32).status_code == 404
