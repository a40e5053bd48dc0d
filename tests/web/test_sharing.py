"""Sharing: a link that only reads, without an account, until it is revoked or its sharer may no more."""

from __future__ import annotations

import re

import pytest
from knocking import again, come_in, form_token, team

from onrecord.web import people

LINK = re.compile(r"/share/[0-9a-f]{64}")


def test_a_page_is_shared_by_a_link_and_by_mail_until_it_is_revoked(client, send, page_id):
    send("/share", page=page_id("story"))
    text = client.get("/collections").text
    link = LINK.search(text)[0]
    assert 'href="mailto:?subject=' in text
    answer = client.get(link)
    assert answer.status_code == 200
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert 'method="post"' not in answer.text.split("<main")[1].split("</main")[0]
    assert client.get(f"{link}/page/{page_id('harbor')}").status_code == 404
    key = re.search(r'name="share" value="([0-9a-f]{32})"', text)[1]
    assert send("/share/revoke", share=key).status_code == 303
    assert client.get(link).status_code == 404


def test_a_collection_shows_its_own_pages_and_no_other(client, send, page_id):
    to = send("/collections", name="Tolls", page=page_id("hostile")).headers["location"]
    send("/share", collection=to.rsplit("/", 1)[1], days="7")
    link = LINK.search(client.get(to).text)[0]
    assert "Tolls" in client.get(link).text
    shown = client.get(f"{link}/page/{page_id('hostile')}")
    assert shown.status_code == 200
    assert "<script>alert" not in shown.text
    assert client.get(f"{link}/page/{page_id('story')}").status_code == 404
    send(f"{to}/throw")
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 64, "0" * 32, "é" * 64, "a" * 500])
def test_a_made_up_link_shows_nothing(client, token):
    assert client.get(f"/share/{token}").status_code == 404


def test_a_stranger_reads_by_the_link_only_while_its_sharer_may_share(web_store, page_id):
    with team(web_store) as editor:
        person = come_in(editor, "editor")
        token = form_token(editor)
        page = page_id("story")
        editor.post("/share", data={"token": token, "page": page})
        link = LINK.search(editor.get("/collections").text)[0]
        stranger = again(editor)
        assert stranger.get(f"/page/{page}").status_code == 401
        assert stranger.get(link).status_code == 200
        reader = again(editor)
        come_in(reader, "reader")
        assert reader.post("/share", data={"token": form_token(reader), "page": page}).status_code == 403
        assert LINK.search(reader.get("/collections").text) is None
        people.set_role(editor.app.state.bench.store, person.id, "reader")
        assert stranger.get(link).status_code == 404


def test_what_is_kept_is_its_owners_alone(web_store, page_id):
    with team(web_store) as one:
        come_in(one, "editor")
        sent = {"token": form_token(one), "name": "Mine", "page": page_id("story")}
        to = one.post("/collections", data=sent).headers["location"]
        other = again(one)
        come_in(other, "administrator")
        assert other.get(to).status_code == 404
        assert other.post(f"{to}/throw", data={"token": form_token(other)}).status_code == 404
        assert "Mine" not in other.get("/collections").text
