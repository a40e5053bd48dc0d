"""The queue of what is worth a look, and what people judged as gold to train with."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from handmade import find
from handmade_events import HARBOR, harbor_record
from people import People, put, reread

from onrecord.errors import StoreError
from onrecord.store import Filter, Store
from onrecord.store.gold import gold
from onrecord.store.uncertain import uncertain
from training.written.gold import examples


@pytest.fixture
def people(store: Store) -> People:
    record = harbor_record()
    record = replace(
        record,
        attributions=tuple(replace(a, score=0.9 - n / 100) for n, a in enumerate(record.attributions)),
        events=tuple(replace(e, score=0.5 + n / 100) for n, e in enumerate(record.events)),
    )
    put(store, replace(record, events=(), relations=(), figures=()), "other.txt")
    return People(store, put(store, record))


def queue(people: People, **asked: Any) -> list[str]:
    found, after = [], None
    while True:
        page = uncertain(people.store.view(), Filter(**asked), limit=4, after=after)
        found += [f"{doubt.line.page.page_id == people.page_id:d}{doubt.line.id}" for doubt in page.lines]
        assert [d.score for d in page.lines] == sorted(d.score for d in page.lines)
        if page.next is None:
            return found
        after = page.next


def test_the_queue_holds_all_by_least_score_once(people: People) -> None:
    found = queue(people)
    assert found[:3] == ["1v1", "1v2", "1v3"]
    assert len(found) == len(set(found)) == 7 + 7 + 10 + 3
    assert found[10] == "1r3"


def test_the_queue_is_filtered(people: People) -> None:
    assert queue(people, type="COERCE", page_id=people.page_id) == ["1v6", "1v9", "1a5"]
    assert set(queue(people, speaker="Premier Oda")) == {"0a6", "1a6", "1v7"}
    assert "1a7" in queue(people, words='"supports Arden"')


def test_what_was_judged_leaves_the_queue_until_it_is_undone(people: People) -> None:
    written = people("ana", "confirm", "v1")
    people.amend("ana", "v2", status="asserted")
    people("ana", "merge", "v3", change={"with": ["v4"]})
    assert queue(people)[0] == "1v5"
    people("ana", "undo", change={"correction": written.correction.id})
    assert queue(people)[0] == "1v1"


def test_reading_again_keeps_judged_what_is_the_same(people: People) -> None:
    people("ana", "confirm", "v1")
    people("ana", "confirm", "v2")
    record = harbor_record()
    events = tuple(replace(e, status="asserted") if e.id == "v2" else e for e in record.events)
    put(people.store, reread(record, events=events))
    found = queue(people)
    assert "1v1" not in found
    assert "1v2" in found  # confirmed as denied, and read as asserted now


def test_a_cursor_of_another_list_is_refused(people: People) -> None:
    from onrecord.store.paging import Cursor

    with pytest.raises(StoreError, match="cursor"):
        uncertain(people.store.view(), after=str(Cursor("rank", 0.5, people.page_id, "v1")))


def test_gold_holds_offsets_and_no_words_unless_asked(people: People) -> None:
    people("ana", "confirm", "a7")
    people.amend("ben", "v10", status="asserted")
    people("ana", "reject", "v9")
    (line,) = gold(people.store.view())
    assert json.loads(json.dumps(line)) == line
    assert "supports Arden" not in json.dumps(line)
    assert (line["page_id"], line["text_id"]) == (people.page_id, hashlib.sha256(HARBOR.encode()).hexdigest())
    assert [(e["what"], e["id"], e["by"]) for e in line["judged"]] == [
        ("statement", "a7", ["ana"]), ("event", "v10", ["ben"]),
    ]  # fmt: skip
    assert [e["id"] for e in line["wrong"]] == ["v9"]
    words = find(HARBOR, "she supports Arden")
    assert line["judged"][0]["content"] == [[words.start, words.end]]
    (with_text,) = gold(people.store.view(), text=True)
    assert with_text == {**line, "text": HARBOR}


def test_gold_becomes_examples_where_all_was_judged(people: People) -> None:
    for key in ("a5", "a6", "a7", "v6", "v7", "v8", "v10", "r3"):
        people("ana", "confirm", key)
    people("ana", "reject", "v9")
    people("ana", "confirm", "a1")  # its part has others that nobody judged
    lines = [json.dumps(line) for line in gold(people.store.view(), text=True)]
    (example,) = examples(lines, {})
    assert example.text == HARBOR.split("\n\n")[-1]
    assert example.attributions is not None
    assert example.events is not None
    contents = [example.text[a:b] for g in example.attributions for a, b in g.content]
    assert contents == [
        "the Free Column seized three trucks", "that Kelland withdraw from Port Vey", "she supports Arden",
    ]  # fmt: skip
    assert [example.text[slice(*e.trigger)] for e in example.events] == [
        "seized", "withdraw", "meet", "supports",
    ]  # fmt: skip
    assert [(r, example.text[slice(*s)]) for r, s in example.events[0].roles] == [
        ("recipient", "three trucks")
    ]  # the actor is named in another part
    bare = [json.dumps({k: v for k, v in json.loads(line).items() if k != "text"}) for line in lines]
    assert list(examples(bare, {})) == []
    text_id = hashlib.sha256(HARBOR.encode()).hexdigest()
    assert list(examples(bare, {text_id: HARBOR})) == [example]
    with pytest.raises(ValueError, match="not the one"):
        list(examples(bare, {text_id: "another text"}))
