"""What holds of every store."""

from __future__ import annotations

from handmade import story_record
from handmade_events import harbor_record

from onrecord.store import Failed, Store, Stored


def test_what_goes_in_comes_out(store: Store) -> None:
    pages = [
        Stored(story_record(), "a.html", "folder", "2026-01-01T00:00:00Z", b"raw"),
        Stored(harbor_record(), "b"),
    ]
    assert store.writer().add(pages, failures=[Failed("c", "folder", "hung", "it hung")]) == 2
    view = store.view()
    for page in pages:
        assert view.record(page.page_id) == page.record
        assert view.stored(page.page_id) == page
    assert [line.id for line in view.pages()] == sorted(page.page_id for page in pages)
    counts = view.counts()
    assert (counts.pages, counts.texts, counts.statements, counts.failures) == (2, 2, 10, 1)
    assert store.writer().done(["a.html", "b", "c", "d"]) == {"a.html", "b", "c"}
    assert store.writer().add(pages) == 0
