"""The front page, failures, about, and the reader's own choices of language and theme."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest


def test_a_page_of_the_store_opens(client, page_id):
    for name in ("story", "harbor", "toll-0", "hostile"):
        answer = client.get(f"/page/{page_id(name)}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_the_overview_counts_and_shows_the_newest_first(client):
    text = client.get("/").text
    assert '<a href="/search?what=articles">pages</a></dt><dd>33</dd>' in text
    days = re.findall(r'<time datetime="(\d{4}-\d\d-\d\d)">', text)
    assert len(days) > 5
    assert days == sorted(days, reverse=True)
    assert "3 pages could not be read" in text


def test_an_empty_store_tells_how_to_begin(empty_client):
    text = empty_client.get("/").text
    assert "Nothing is on record yet" in text
    assert 'href="/add"' in text
    assert "onrecord ingest" in text


def test_failures_say_what_happened_and_can_be_narrowed(client):
    text = client.get("/failures").text
    assert "the site says 404" in text
    assert "this is a PDF" in text
    assert "<script>alert" not in text
    only = client.get("/failures?reason=not-fetched").text
    assert "the site says 404" in only
    assert "this is a PDF" not in only


def test_nothing_failed_is_said(empty_client):
    assert "Every page that was given has been read." in empty_client.get("/failures").text


def test_about_has_the_keys_and_the_promises(client):
    text = client.get("/about").text
    assert 'id="keys"' in text
    assert "<kbd>j</kbd>" in text


def test_a_browser_learns_how_to_search(client):
    answer = client.get("/search.xml")
    assert answer.headers["content-type"].startswith("application/opensearchdescription+xml")
    tree = ElementTree.fromstring(answer.text)  # noqa: S314 - our own words
    found = tree.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert found is not None
    assert found.get("template") == "http://127.0.0.1/search?q={searchTerms}"


def test_theme_and_language_are_kept_and_lead_back(client, send):
    answer = send("/settings", theme="dark", language="ru", back="/search?q=ships")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/search?q=ships"
    assert 'data-theme="dark"' in client.get("/about").text
    assert 'lang="ru"' in client.get("/about").text


def test_what_is_no_theme_or_language_is_not_kept(client, send):
    answer = send("/settings", theme='"><script>', language="../../etc", back="/")
    assert "script" not in answer.headers.get("set-cookie", "")
    assert "etc" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/\t/evil"],
)
def test_settings_lead_nowhere_else(send, to):
    answer = send("/settings", theme="dark", language="en", back=to)
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert where == "/" or (where.startswith("/%09/"))


def test_settings_without_the_token_are_refused(client):
    assert client.post("/settings", data={"theme": "dark"}).status_code == 403
