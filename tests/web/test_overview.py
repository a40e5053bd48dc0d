"""The fixture itself, first of all: a page opens."""

from __future__ import annotations


def test_a_page_of_the_store_opens(client, page_id):
    for name in ("story", "harbor", "toll-0", "hostile"):
        answer = client.get(f"/page/{page_id(name)}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_a_form_of_this_session_is_told_from_others(client, send):
    assert client.get("/nowhere").status_code == 404
