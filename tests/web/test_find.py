"""Finding: words, facets, chips, orders, cursors, and a page that means harm."""

from __future__ import annotations

import re
from html import unescape

import pytest

TABS = ("statements", "events", "figures", "relations", "articles")


def entries(text: str) -> list[str]:
    return re.findall(r'href="(/page/[0-9a-f]{32}[^"]*)"', text.split('<ol class="entries">')[-1])


def test_words_are_marked_in_their_sentence_and_lead_to_the_reading_view(client, page_id):
    text = client.get("/search", params={"q": "turned back"}).text
    assert "<mark>turned</mark> <mark>back</mark>" in text
    assert f'href="/page/{page_id("story")}?entry=a2#entry"' in text
    assert 'href="/actor?name=The+minister"' in text or 'href="/actor?name=The%20minister"' in text
    assert "The Harbor Ledger" in text


@pytest.mark.parametrize("what", TABS)
def test_every_tab_opens_with_and_without_words(client, what):
    for q in ("", "bombed", "nothing has this word", "-quay", '"'):
        answer = client.get("/search", params={"what": what, "q": q})
        assert answer.status_code == 200, q
        assert "<script>alert" not in answer.text
        assert 'href="javascript:' not in answer.text
        assert " onerror" not in answer.text


@pytest.mark.parametrize("what", TABS)
def test_every_facet_leads_to_as_many_as_it_says(client, what):
    text = client.get("/search", params={"what": what}).text
    aside = text[text.index('id="facets"') :]
    links = re.findall(r'href="([^"]+)" rel="nofollow"><span>.*?</span><span>([\d,]+)</span>', aside)
    assert links
    for to, count in links:
        answer = client.get(unescape(to))
        assert answer.status_code == 200
        if "country=" not in to:  # of events it is also where they were and whom they met
            assert f"{count} found" in answer.text, to
        assert 'class="chips"' in answer.text


def test_a_condition_is_taken_away_by_its_chip(client):
    text = client.get("/search", params={"speaker": "Ana Brandt", "outlet": "Arden Wire"}).text
    chips = re.findall(r'<li><a href="([^"]+)"><small>(.*?)</small>', text)
    assert {name for _, name in chips} == {"who speaks", "outlet"}
    to = unescape(next(to for to, name in chips if name == "outlet"))
    assert to == "/search?speaker=Ana+Brandt"


def test_lists_are_paged_to_the_end_without_repeating(client):
    seen: list[str] = []
    to: str | None = "/search?what=events&type=ASSAULT"
    for _ in range(20):
        text = client.get(to).text
        seen += entries(text)
        found = re.search(r'rel="next" href="([^"]+)"', text)
        if found is None:
            break
        to = unescape(found[1])
    assert len(seen) == len(set(seen)) == 63


def test_best_first_and_newest_first(client):
    text = client.get("/search", params={"q": "quay", "order": "day"}).text
    days = re.findall(r'<time datetime="(\d{4}-\d\d-\d\d)">', text)
    assert days == sorted(days, reverse=True)
    assert "best first</a>" in text
    assert "newest first</a>" in client.get("/search", params={"q": "quay"}).text


def test_a_month_and_days_narrow(client):
    text = client.get("/search", params={"month": "1962-11", "what": "articles"}).text
    days = set(re.findall(r'<time datetime="(\d{4}-\d\d)', text))
    assert days == {"1962-11"}
    none = client.get("/search", params={"since": "1999-01-01", "what": "articles"})
    assert "Nothing on record has this" in none.text


def test_events_and_figures_say_who_says_so(client):
    events = client.get("/search", params={"what": "events", "status": "denied", "q": "bombed"}).text
    assert re.search(r"according to <a class=\"party\"[^>]*>Kelland</a>", events)
    figures = client.get("/search", params={"what": "figures"}).text
    assert "40 people, killed" in figures
    assert "according to" in figures


@pytest.mark.parametrize("after", ["garbage", "W10", "..", "WyJyYW5rIiwxLCIiLCIiXQ", "\0", "é" * 400])
def test_what_is_no_cursor_is_told_plainly(client, after):
    answer = client.get("/search", params={"what": "events", "after": after})
    assert answer.status_code in (200, 400)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("name", ["speaker", "outlet", "country", "type", "since", "q", "month", "what"])
def test_what_is_asked_comes_back_harmless(client, name):
    bad = "<script>alert(1)</script>\"'&\0"
    answer = client.get("/search", params={name: bad})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "\"'&" not in answer.text
