"""What other tools write is known by its fields."""

from __future__ import annotations

import json

import pytest

from onrecord.sources import Page, PassedOver, table_pages

NEWS_PLEASE = {
    "authors": ["A. Writer"],
    "date_download": "2016-08-26 12:45:20",
    "date_modify": "None",
    "date_publish": "2016-08-25 00:00:00",
    "description": "What was said.",
    "filename": "a.html.json",
    "image_url": None,
    "language": "en",
    "localpath": None,
    "maintext": "The minister said so.",
    "source_domain": "example.org",
    "title": "Minister speaks",
    "title_page": None,
    "title_rss": None,
    "url": "https://example.org/a",
}


@pytest.mark.parametrize("wrap", [lambda one: one, lambda one: [one]])
def test_news_please(tmp_path, wrap):
    path = tmp_path / "a.html.json"
    path.write_text(json.dumps(wrap(NEWS_PLEASE)))
    assert list(table_pages(str(path))) == [
        Page(
            f"{path}#1",
            b"Minister speaks\n\nThe minister said so.",
            kind="text",
            uri="https://example.org/a",
            captured="2016-08-26T12:45:20",
            published="2016-08-25",
            outlet="example.org",
            title="Minister speaks",
            source=str(path),
            charset="utf-8",
        )
    ]


def test_trafilatura_as_the_installed_one_writes_it(tmp_path):
    import trafilatura

    words = "".join(
        f"<p>The minister said for the {n}th time that the bridge would be built.</p>" for n in range(9)
    )
    html = (
        '<html><head><title>Bridge</title><meta property="og:site_name" content="The Ledger"></head>'
        f"<body><article><h1>Bridge</h1>{words}</article></body></html>"
    )
    path = tmp_path / "a.json"
    path.write_text(
        trafilatura.extract(
            html, url="https://example.org/2015/09/10/a", output_format="json", with_metadata=True
        )
    )
    (page,) = table_pages(str(path))
    assert (page.uri, page.published, page.outlet, page.captured) == (
        "https://example.org/2015/09/10/a", "2015-09-10", "The Ledger", None,
    )  # fmt: skip
    assert page.content.startswith(b"Bridge\n")


def test_ngec_gives_each_story_once_and_its_text_as_it_was_coded(tmp_path):
    story = {
        "event_text": "Delegates resumed talks on Wednesday.",
        "headline": "Conversaciones",
        "pub_date": "2019-08-01",
        "publisher": "wire-es",
        "story_id": "S1",
    }
    rows = [
        {**story, "id": "s1_CONSULT_", "orig_id": "s1", "event_type": "CONSULT"},
        {**story, "id": "s1_RETREAT_", "orig_id": "s1", "event_type": "RETREAT"},
        {**story, "id": "s2_AID_", "orig_id": "s2", "event_text": "Other."},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    *found, repeated = table_pages(str(path))
    assert [page.locator for page in found] == [f"{path}#s1", f"{path}#s2"]
    assert (found[0].content, found[0].published, found[0].outlet) == (
        b"Delegates resumed talks on Wednesday.", "2019-08-01", "wire-es",
    )  # fmt: skip
    assert isinstance(repeated, PassedOver)
