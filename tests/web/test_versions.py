"""Versions side by side: stances, silence and tolls are on the page."""

from __future__ import annotations

PAIR = "/versions?a=Ana+Brandt&b=Kelland"


def test_assertions_denials_and_omissions_stand_side_by_side(client):
    text = client.get(PAIR).text
    assert "contested" in text
    assert "denies it" in text
    assert "says nothing of it" in text


def test_only_what_is_contested(client):
    assert "says nothing of it" not in client.get(f"{PAIR}&only=contested").text


def test_tolls_are_on_one_chart_and_in_numbers(client):
    text = client.get("/versions?a=Ana+Brandt&b=Premier+Oda&q=dockers").text
    assert 'id="tolls"' in text
    assert "fill-p-0" in text
    assert "fill-p-1" in text
    assert "dockers</a>" in text


def test_a_matter_alone_suggests_who_speaks_of_it(client):
    text = client.get("/versions?q=quay").text
    assert "a=Ana+Brandt" in text


def test_pages_of_days(client):
    for odd in ("from=99", "from=x", "only=x", "c=page&d=General+Sollis"):
        assert client.get(f"{PAIR}&{odd}").status_code == 200
