"""Feeds of the three kinds, asked for politely, and ending even where they go round in circles."""

from __future__ import annotations

import json
import threading

import pytest
from sources.site import served

from onrecord.errors import PageError
from onrecord.pages.fetch import Version
from onrecord.sources import Broken, Page, PassedOver, Visits, feed_pages, open_found, pages_in, read_feed

RSS = "application/rss+xml"


def rss(*items: str, more: str = "") -> bytes:
    entries = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>The Ledger</title><link>https://example.org</link>{more}{entries}</channel></rss>"
    ).encode()


def link(address: str, more: str = "") -> str:
    return f"<title>Said</title><link>{address}</link>{more}"


@pytest.fixture
def site():
    with served() as site:
        yield site


@pytest.fixture
def visits():
    return Visits(pause=0.0, allowed=lambda _: True)


def test_rss_gives_addresses_with_the_feeds_dates_and_fetches_none(site, visits):
    dated = "<pubDate>Thu, 10 Sep 2015 23:30:00 -0400</pubDate>"
    address = site.put(
        "/feed", rss(link("https://example.org/1#top", dated), link("https://example.org/2")), RSS
    )
    found = list(feed_pages(address, visits))
    assert found == [
        Page(
            "https://example.org/1",
            uri="https://example.org/1",
            published="2015-09-10T23:30:00-04:00",
            title="Said",
            source=address,
        ),
        Page("https://example.org/2", uri="https://example.org/2", title="Said", source=address),
    ]
    assert site.paths() == ["/robots.txt", "/feed"]


def test_atom_and_json_feeds(site, visits):
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Ledger</title><id>x</id>'
        '<entry><id>1</id><title>A</title><link href="/a"/>'
        "<published>2015-09-10T14:50:00Z</published></entry></feed>"
    )
    (page,) = feed_pages(site.put("/atom", atom.encode(), "application/atom+xml"), visits)
    assert (page.uri, page.published) == (f"{site.address}/a", "2015-09-10T14:50:00Z")
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Ledger",
        "items": [
            {"id": "1", "url": "/b", "date_published": "2015-09-10T14:50:00Z"},
            {"id": "2", "content_html": "<p>He said that it was so, and that he knew.</p>"},
            {"id": "3"},
        ],
    }
    linked, whole, nothing = feed_pages(
        address := site.put("/json", json.dumps(said).encode(), "application/feed+json"), visits
    )
    assert linked.uri == f"{site.address}/b"
    assert (whole.locator, whole.outlet, whole.kind) == (f"{address}#2", "The Ledger", "html")
    assert whole.captured is not None
    assert "it was so" in open_found(whole).text
    assert (nothing.locator, nothing.reason) == (f"{address}#3", "empty")


def test_a_feed_that_has_not_changed_says_so_in_one_request(site, visits):
    address = site.put("/feed", rss(link("https://example.org/1")), RSS, ETag='"v1"', Last_Modified="then")
    first = read_feed(address, visits)
    assert first.version == Version('"v1"', "then")
    again = read_feed(address, visits, first.version)
    assert (again.unchanged, again.entries, again.version) == (True, (), first.version)
    assert site.asked[-1][1]["If-Modified-Since"] == "then"
    assert site.paths() == ["/robots.txt", "/feed", "/feed"]


def test_a_feed_that_loops_or_repeats_its_entries_ends(site, visits):
    def goes_on(path):
        return f'<atom:link rel="next" href="{site.address}{path}"/>'

    one, two = link("https://example.org/1"), link("https://example.org/2")
    address = site.put("/1", rss(one, one, more=goes_on("/2")), RSS)
    site.put("/2", rss(one, two, more=goes_on("/1")), RSS)
    found = list(feed_pages(address, visits))
    assert [page.uri for page in found[:-1]] == ["https://example.org/1", "https://example.org/2"]
    assert found[-1] == PassedOver(address, 2, "given by the feed before")
    site.put("/same", rss(one, more=goes_on("/same?again")), RSS)
    site.put("/same?again", rss(one, more=goes_on("/same?and")), RSS)
    assert len(list(feed_pages(f"{site.address}/same", visits))) == 2
    assert "/same?and" not in site.paths()


def test_a_feed_without_end_is_left_after_some_documents(site, visits):
    for n in range(9):
        more = f'<atom:link rel="next" href="{site.address}/{n + 1}"/>'
        site.put(f"/{n}", rss(link(f"https://example.org/{n}"), more=more), RSS)
    assert len(list(feed_pages(f"{site.address}/0", visits, most=4))) == 4


def test_what_is_no_feed_is_told(site, visits, tmp_path):
    for content in (
        b"<html><body><p>Only a page.</p></body></html>",
        b"",
        b'{"a": 1}',
        b"[" * 99_999,
        b"{" * 99_999,
    ):
        (fault,) = feed_pages(site.put("/feed", content), visits)
        assert isinstance(fault, Broken)
        assert fault.reason == "not-a-feed"
    (gone,) = feed_pages(f"{site.address}/gone", visits)
    assert gone.reason == "status"
    with pytest.raises(PageError):
        read_feed(str(tmp_path / "nowhere.xml"), visits)


def test_a_feed_of_entities_and_one_that_names_files_gain_nothing(visits, tmp_path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (ord("a") + n, b"&%c;" % (ord("a") + n - 1) * 10) for n in range(1, 12)
    )
    path = tmp_path / "feed.xml"
    path.write_bytes(bomb + b"]>" + rss("<title>&l;</title><link>/etc/hostname</link>").partition(b"?>")[2])
    assert all(not isinstance(one, Page) for one in feed_pages(str(path), visits))


def test_pages_are_fetched_with_their_time_and_encoding_or_told(site, visits):
    address = site.put("/page", "<p>Łódź</p>".encode("iso-8859-2"), "text/html; charset=iso-8859-2")
    page = visits.fetched(Page(address, source="feed:x"))
    assert (page.uri, page.charset, page.source) == (address, "iso-8859-2", "feed:x")
    assert page.captured.endswith("Z")
    fault = visits.fetched(Page(f"{site.address}/gone", source="feed:x"))
    assert (fault.reason, fault.source) == ("status", "feed:x")
    assert fault.message == "the server answered 404; check the address"
    site.put("/robots.txt", b"User-agent: *\nDisallow: /\n", "text/plain")
    assert Visits(allowed=lambda _: True).fetched(Page(address)).reason == "robots"
    assert Visits().fetched(Page(address)).reason == "private"


def test_one_request_at_a_time_to_a_host_and_a_pause_between(site):
    site.put("/robots.txt", b"User-agent: *\nCrawl-delay: 5\n", "text/plain")
    address = site.put("/page", b"<p>So.</p>")
    now, slept = [0.0], []

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    visits = Visits(pause=2.0, allowed=lambda _: True, clock=lambda: now[0], sleep=sleep)
    for _ in range(2):
        visits.fetched(Page(address))
    assert slept == [5.0, 5.0]  # robots.txt, asked first, wants more than we would wait
    threads = [threading.Thread(target=visits.fetched, args=(Page(address),)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert site.paths().count("/robots.txt") == 1
    assert slept[2:] == [5.0] * 3


def test_sources_are_told_by_their_names(site, visits, tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "rows.jsonl").write_text('{"text": "One."}\n')
    (tmp_path / "x.jpg").write_text("x")
    feed = site.put("/feed", rss(link("https://example.org/1")), RSS)
    (tmp_path / "more.urls").write_text(
        f"# mine\n\nhttps://example.org/2#part\r\nfeed:{feed}\n@other\n-\n{tmp_path}/gone\n"
    )
    found = list(pages_in([str(tmp_path), f"feed:{feed}"], visits=visits))
    assert [one.locator for one in found if isinstance(one, Page)] == [
        f"{tmp_path}/a.txt",
        "https://example.org/2",
        "https://example.org/1",
        f"{tmp_path}/rows.jsonl#1",
        "https://example.org/1",
    ]
    assert PassedOver(str(tmp_path), 1) in found
    assert found[1].source == str(tmp_path)
    for name in (f"@{tmp_path}/more.urls", f"list:{tmp_path}/more.urls"):
        listed = list(pages_in([name], visits=visits))
        assert [one.source for one in listed if isinstance(one, Page)] == [name, name]
        assert sum(type(one).__name__ == "Missing" for one in listed) == 3


def test_a_list_from_the_web_names_no_local_file(site, visits, tmp_path):
    (tmp_path / "a.txt").write_text("x")
    names = f"{tmp_path}/a.txt\nfeed:{tmp_path}/a.txt\nhttps://example.org/1\n"
    found = list(pages_in([f"list:{site.put('/list', names.encode(), 'text/plain')}"], visits=visits))
    assert [one.name for one in found if isinstance(one, Page)] == ["https://example.org/1"]
    assert len(found) == 3
