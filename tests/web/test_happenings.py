"""Events as a list and over time, and dyads: what is on the pages, and that every mark leads to words."""

from __future__ import annotations

import re
from html import unescape

import pytest

DYAD = "/dyad?a=Kelland&b=the+quay"


def links(text: str) -> list[str]:
    """Give the addresses of the marks of charts and networks."""
    drawn = "".join(re.findall(r"<svg.*?</svg>", text, flags=re.DOTALL))
    return [unescape(to) for to in re.findall(r' href="([^"]+)"', drawn)]


def test_events_are_listed_and_narrowed(client):
    everything = client.get("/events").text
    assert "bombed" in everything
    assert "bombed" in client.get("/events?party=Kelland&type=ASSAULT&status=denied").text
    assert "No event on record meets this" in client.get("/events?party=Nobody").text
    assert "toll" not in client.get("/events?since=1800-01-01&until=1801-01-01").text.split("<main")[1]


def test_each_bar_leads_to_the_list_narrowed_to_it(client):
    answer = client.get("/events?view=timeline&by=month&party=Kelland")
    marks = links(answer.text)
    assert len(marks) > 1
    for to in marks:
        assert "party=Kelland" in to
        assert "quad=" in to
        assert "view=" not in to
        listed = client.get(to)
        assert listed.status_code == 200
        assert '<li class="line">' in listed.text


def test_charts_carry_no_style_and_no_script(client):
    for path in ("/events?view=timeline", DYAD, "/versions?a=Ana+Brandt&b=Premier+Oda", "/network"):
        text = client.get(path).text
        assert "<svg" in text
        assert " style=" not in text
        assert not re.search(r"\son\w+=", text)
        assert "vega" not in text


def test_each_mark_of_a_dyad_leads_to_its_words(client):
    text = client.get(DYAD).text
    marks = links(text)
    assert marks
    for to in marks:
        behind = client.get(to.split("#")[0]).text.split('id="behind"')[1]
        assert '<li class="line">' in behind
    assert "mean score" in text
    assert "<table" in text


def test_what_has_no_date_is_said_and_read(client):
    text = client.get("/dyad?a=President+Ruiz&b=Premier+Oda").text
    assert "no date that is known closely enough" in text
    read = client.get("/dyad?a=President+Ruiz&b=Premier+Oda&way=ab&period=undated").text
    assert '<li class="line">' in read.split('id="behind"')[1]


@pytest.mark.parametrize("choice", ["count=reports", "voices=page", "voices=outlets", "voices=disputed",
                                    "dated=page", "planned=1", "score=goldstein", "by=week", "by=year",
                                    "since=nonsense", "period=x&way=ab"])  # fmt: skip
def test_every_choice_of_what_counts_gives_a_page(client, choice):
    assert client.get(f"{DYAD}&{choice}").status_code == 200


def test_harm_in_names_and_addresses_comes_out_harmless(client):
    harm = "<script>alert(1)</script>\"'&"
    for path in ("/dyad?a={0}&b={0} quay&dated=page", "/events?party={0}", "/network?party={0}",
                 "/versions?q={0}&a={0}&b=Kelland", "/network?claimant={0}&compare={0}"):  # fmt: skip
        from urllib.parse import quote

        answer = client.get(path.format(quote(harm)))
        assert answer.status_code in (200, 400)
        assert "<script>alert" not in answer.text


def test_an_empty_store_has_all_pages(empty_client):
    for path in ("/events", "/events?view=timeline", "/dyad", DYAD, "/network", "/versions",
                 "/versions?a=One&b=Other", "/network?claimant=One&compare=Other"):  # fmt: skip
        assert empty_client.get(path).status_code == 200


def test_a_cursor_that_is_none_is_told(client):
    assert client.get("/events?after=nonsense").status_code == 400
