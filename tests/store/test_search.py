"""Search finds the same in both databases, in pages that join, with the words marked where they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from handmade import STORY, story_record
from handmade_notes import fill

from onrecord.errors import StoreError
from onrecord.search_command import search_command, who_command
from onrecord.store import Filter, Store, Stored, View, paging
from onrecord.store import search as searching
from onrecord.store.search import Hit, search


@pytest.fixture
def view(store: Store) -> View:
    fill(store)
    return store.view()


def found(view: View, words: str | None = None, **asked: str) -> set[tuple[str | None, str]]:
    hits = search(view, Filter(words=words, **asked), limit=100)
    assert hits.next is None
    return {(hit.speaker, hit.words) for hit in hits.lines}


def test_every_condition_narrows_and_words_are_marked(view: View) -> None:
    hits = search(view, Filter(words="SHIPS -sailed"))
    assert hits.total == len(hits.lines) == 4
    assert {(h.entry, h.speaker, h.attitude) for h in hits.lines} == {
        ("a1", "Ana Brandt", "asserts"), ("a2", "The minister", "denies"),
    }  # fmt: skip
    for hit in hits.lines:
        assert STORY[hit.start : hit.end] == hit.words
        assert {hit.words[m.start : m.end] for m in hit.marks} == {"ships"}
    assert len(found(view, "cafe sail*")) == 12
    assert len(found(view, '"ships sailed" OR "had turned back"')) == 14
    assert found(view, '"sailed ships"') == set()
    assert len(found(view, "café", speaker="speaker 1")) == 4
    assert len(found(view, "ships", country="RUS")) == 4
    assert len(found(view, "ships", outlet="Outlet 1", since="1962-10-03", until="1962-10-07")) == 2
    assert len(found(view, speaker="The minister", attitude="denies")) == 1
    assert found(view, "ships", attitude="denies") == found(view, speaker="the MINISTER")
    assert found(view, type="ASSAULT", speaker="Kelland") == {("Kelland", "Kelland denied bombing the quay")}
    assert found(view, claimant="page") == set()
    assert len(found(view, "-ships")) == 8


def test_articles_are_found_by_their_text(view: View) -> None:
    hits = search(view, Filter(words='"port vey" OR reporters'), what="articles", order="day")
    assert [hit.title for hit in hits.lines] == [
        "Ships turn back, says envoy", "Ships turn back, says envoy",
        "Kelland jets bomb Port Vey, says envoy",
    ]  # fmt: skip
    assert all(hit.entry is None and hit.marks for hit in hits.lines)
    assert all(len(hit.words) <= searching.LONGEST for hit in hits.lines)
    assert len(search(view, Filter(speaker="Ana Brandt"), what="articles").lines) == 3


@pytest.mark.parametrize("what", ["statements", "articles"])
@pytest.mark.parametrize("order", ["rank", "day"])
@pytest.mark.parametrize("words", ["ships", None, "-minister"])
def test_pages_join_to_the_whole(
    view: View, what: searching.Searched, order: searching.Order, words: str
) -> None:
    whole = search(view, Filter(words=words), what=what, order=order, limit=100).lines
    parts: list[Hit] = []
    after: str | None = None
    while True:
        part = search(view, Filter(words=words), what=what, order=order, limit=3, after=after)
        parts += part.lines
        after = part.next
        if after is None:
            break
    assert tuple(parts) == whole
    assert len({(hit.page_id, hit.entry) for hit in parts}) == len(parts) > 3
    if order == "day":
        days = [hit.day for hit in parts]
        assert days == sorted(days, key=lambda day: day or "", reverse=True)
    elif words == "ships":
        keys = [(-(hit.rank or 0), hit.page_id, hit.entry or "") for hit in parts]
        assert keys == sorted(keys)


def test_common_words_and_conditions_take_the_other_ways_to_the_same_end(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [
        Filter(words="ships"), Filter(words="ships", speaker="Speaker 1"),
        Filter(words="ships", country="USA"), Filter(speaker="Speaker 2", since="1962-10-02"),
        Filter(words="-ships", outlet="Outlet 1"),
        Filter(words="ships", type="ASSAULT"),
    ]  # fmt: skip
    ways = [(what, order) for what in ("statements", "articles") for order in ("rank", "day")]
    before = [search(view, f, what=w, order=o, limit=50) for f in asked for w, o in ways]  # type: ignore[arg-type]
    monkeypatch.setattr(paging, "FEW", 0)
    after = [search(view, f, what=w, order="day", limit=50) for f in asked for w, _ in ways]  # type: ignore[arg-type]
    for few, many in zip(before, after, strict=True):
        assert {(h.page_id, h.entry) for h in few.lines} == {(h.page_id, h.entry) for h in many.lines}
    monkeypatch.setattr(searching, "FEW", 4)
    assert not search(view, Filter(words="ships")).ranked_all
    monkeypatch.setattr(paging, "FEW", 5)
    rare = search(view, Filter(words="ships", speaker="The minister"))
    assert rare.ranked_all
    assert rare.total == 2


@pytest.mark.parametrize(
    "words", ['"', "(", "a AND", "NEAR(a b)", "a:b", "*", "'; --", "\x00\ud800", "-", "OR", "é & | ! <->"]
)
def test_no_words_are_an_error(view: View, words: str) -> None:
    for what in ("statements", "articles"):
        search(view, Filter(words=words), what=what)  # type: ignore[arg-type]


@pytest.mark.parametrize("cursor", ["", "x", "é", "W10", "WyJkYXkiLDEsMiwzXQ", "[" * 1000])
def test_what_is_no_cursor_is_refused(view: View, cursor: str) -> None:
    for order in ("rank", "day"):
        with pytest.raises(StoreError, match="cursor"):
            search(view, Filter(words="ships"), order=order, after=cursor)  # type: ignore[arg-type]


def test_a_store_without_words_gives_hits_without_words(sqlite_url: str) -> None:
    with Store.open(sqlite_url, text=False) as store:
        store.writer().add([Stored(story_record(), "a")])
        hits = search(store.view(), Filter(speaker="The minister"))
        assert [(h.entry, h.start, h.words, h.marks) for h in hits.lines] == [("a2", 91, "", ())]
        with pytest.raises(StoreError, match="without words"):
            search(store.view(), Filter(words="ships"))


def test_the_commands_show_what_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "a.db")
    with Store.open(path) as store:
        fill(store)
    assert search_command(("ships", "turned"), store=path, limit=1) == 0
    out, err = capsys.readouterr()
    assert "The minister said that 12 [ships] had [turned] back" in " ".join(out.split())
    assert "1 of 4 statements" in out
    after = err.rpartition(" ")[2].strip()
    assert search_command(("ships", "turned"), store=path, form="jsonl", after=after) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["entry"] for line in lines] == ["a2", "a1", "a1"]
    assert search_command(("minister",), store=path, form="json", asked={"speaker": "nobody"}) == 1
    assert json.loads(capsys.readouterr().out) == {"total": 0, "next": None, "ranked_all": True, "lines": []}
    assert who_command("Brandt", store=path) == 0
    assert "Ana Brandt · person" in capsys.readouterr().out
    assert who_command("zzz", store=path, form="jsonl") == 1
