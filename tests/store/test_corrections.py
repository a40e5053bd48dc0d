"""Corrections: what people say of entries is kept whole, applied by time, and never lost."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from handmade import find
from handmade_events import HARBOR, harbor_record
from hypothesis import given, settings
from hypothesis import strategies as st
from people import People, put, reread

from onrecord.codec import check
from onrecord.errors import StoreError
from onrecord.record import Record
from onrecord.store import Store, check_store
from onrecord.store.anchors import Entries
from onrecord.store.corrected import Corrected, apply_all, corrected
from onrecord.store.corrections import Correction, append, history, moment


@pytest.fixture
def people(store: Store) -> People:
    return People(store, put(store))


@pytest.fixture
def alone(sqlite_url: str) -> Iterator[People]:
    """Give people at work in SQLite only, where the database plays no part."""
    with Store.open(sqlite_url) as store:
        yield People(store, put(store))


def now(people: People) -> Corrected:
    found = corrected(people.store.view(), people.page_id)
    check(found.record)
    return found


def entry(record: Record, part: str, key: str) -> Any:
    return next(one for one in getattr(record, part) if one.id == key)


def stretch(words: str, nth: int = 0) -> list[int]:
    span = find(HARBOR, words, nth=nth)
    return [span.start, span.end]


def test_a_page_without_corrections_is_as_it_was_read(people: People) -> None:
    found = now(people)
    assert found == Corrected(harbor_record(), ())


def test_a_confirmation_changes_nothing_and_says_who(people: People) -> None:
    people("ana", "confirm", "a1", why="I heard it")
    found = now(people)
    assert found.record == harbor_record()
    (mark,) = found.marks
    assert (mark.entry, mark.who, mark.why, mark.at) == (
        "a1",
        "ana",
        "I heard it",
        "2026-03-01T00:01:00.000000Z",
    )


def test_a_rejected_statement_leaves_its_chain_and_is_listed(people: People) -> None:
    people("ana", "reject", "a2")
    found = now(people)
    assert [a.id for a in found.record.attributions] == ["a1", "a3", "a4", "a5", "a6", "a7"]
    assert entry(found.record, "events", "v1").according_to == ("a1",)
    assert entry(found.record, "figures", "f1").according_to == ("a1",)
    (gone,) = found.rejected
    assert (gone.what, gone.entry, gone.mark.who) == ("statement", "a2", "ana")  # type: ignore[union-attr]
    assert gone.content == entry(harbor_record(), "attributions", "a2")


def test_what_cannot_be_without_a_rejected_entity_goes_with_it(people: People) -> None:
    people("ana", "reject", "e7")
    found = now(people)
    assert [r.id for r in found.record.relations] == ["r2"]
    assert entry(found.record, "events", "v8").actors == ("e1",)
    assert {(g.entry, g.why) for g in found.rejected if g.what == "relation"} == {
        ("r1", "between e7 and another"), ("r3", "between e7 and another"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "part", "field", "value", "expected"),
    [
        ("a1", "attributions", "speaker", "e3", "e3"),
        ("a1", "attributions", "speaker", None, None),
        ("a1", "attributions", "attitude", "warns", "warns"),
        ("a7", "attributions", "content", stretch("supports Arden"), (find(HARBOR, "supports Arden"),)),
        ("a3", "attributions", "within", "a1", "a1"),
        ("v3", "events", "actors", ["e5"], ("e5",)),
        ("v4", "events", "status", "hypothetical", "hypothetical"),
        ("v9", "events", "trigger", stretch("was arrested"), find(HARBOR, "was arrested")),
        ("v1", "events", "according_to", "a1", ("a1",)),
        ("v1", "events", "place", None, None),
        ("r1", "relations", "type", "funds", "funds"),
        ("r1", "relations", "subject", "e6", "e6"),
        ("f1", "figures", "value", 13, 13),
        ("e7", "entities", "country", "ARD", "ARD"),
        ("m1", "mentions", "entity", "e7", "e7"),
    ],
)
def test_a_field_is_amended(
    alone: People, key: str, part: str, field: str, value: Any, expected: Any
) -> None:
    alone.amend("ana", key, **{field: value})
    found = now(alone)
    assert getattr(entry(found.record, part, key), field) == expected
    (mark,) = found.marks
    assert [changed.field for changed in mark.fields] == [field]
    assert [e.id for e in getattr(found.record, part)] == [e.id for e in getattr(harbor_record(), part)]


def test_a_chain_follows_when_its_statement_is_put_into_another(people: People) -> None:
    people.amend("ana", "a3", within="a7")
    assert entry(now(people).record, "events", "v2").according_to == ("a3", "a7")


def test_a_type_brings_its_quad_class_and_a_date_its_precision(people: People) -> None:
    people.amend("ana", "v3", type="AID", date="1962-10")
    event = entry(now(people).record, "events", "v3")
    assert (event.quad, event.mode) == ("material_cooperation", None)
    assert (event.date.value, event.date.precision, event.date.method) == ("1962-10", "month", "given")


def test_merged_entities_are_one_wherever_they_are_named(people: People) -> None:
    people("ana", "merge", "e5", change={"with": ["e6"]})
    found = now(people).record
    assert "e6" not in {e.id for e in found.entities}
    assert entry(found, "entities", "e5").aliases == ("Premier Oda",)
    assert entry(found, "events", "v3").actors == ("e5",)
    assert entry(found, "attributions", "a6").speaker == "e5"


def test_merged_statements_hold_what_both_held(people: People) -> None:
    people("ana", "merge", "a1", change={"with": ["a2"]})
    found = now(people).record
    assert entry(found, "events", "v1").according_to == ("a1",)
    assert len(entry(found, "attributions", "a1").content) == 2
    people("ben", "undo", change={"correction": next(history(people.store.view())).id})
    assert now(people).record == harbor_record()


def test_merging_a_statement_into_the_one_that_it_holds_ends(people: People) -> None:
    people("ana", "merge", "a2", change={"with": ["a1"]})
    assert entry(now(people).record, "attributions", "a2").within is None


def test_a_split_entity_shares_its_mentions_out(people: People) -> None:
    written = people("ana", "split", "e11", change={"into": {"name": "Port Vey harbor"}, "mentions": ["m12"]})
    found = now(people).record
    assert entry(found, "mentions", "m12").entity == written.added
    assert entry(found, "mentions", "m11").entity == "e11"
    assert str(written.added).startswith("h")


def test_a_split_event_is_two(people: People) -> None:
    written = people(
        "ana", "split", "v3", change={"keep": {"actors": ["e5"]}, "into": {"actors": ["e6"]}}
    )  # fmt: skip
    found = now(people).record
    assert entry(found, "events", "v3").actors == ("e5",)
    assert entry(found, "events", str(written.added)).actors == ("e6",)


def test_people_add_entries_that_others_build_on(people: People) -> None:
    said = people(
        "ana", "add", what="statement",
        change={"cue": stretch("Allegedly"), "content": stretch("seized three trucks"), "attitude": "doubts"},
    )  # fmt: skip
    deed = people(
        "ben", "add", what="event",
        change={
            "type": "COERCE", "trigger": stretch("seized"), "actors": ["e8"], "according_to": [said.added],
        },
    )  # fmt: skip
    found = now(people).record
    event = entry(found, "events", str(deed.added))
    assert event.according_to == (said.added,)
    assert (event.quad, event.mentions) == ("material_conflict", (event.trigger,))
    people.amend("cem", str(said.added), speaker="e5")
    assert entry(now(people).record, "attributions", str(said.added)).speaker == "e5"


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("relation", {"subject": "e5", "object": "e6", "type": "communicated_with",
                      "evidence": stretch("President Ruiz and Premier Oda spoke by telephone")}),
        ("figure", {"value": 3, "unit": "truck", "evidence": stretch("three trucks")}),
        ("entity", {"name": "The dockers", "type": "group"}),
        ("mention", {"span": stretch("dockers"), "entity": "e3", "kind": "nominal"}),
    ],
)  # fmt: skip
def test_entries_of_each_kind_can_be_added(alone: People, what: Any, change: dict[str, Any]) -> None:
    written = alone("ana", "add", what=what, change=change)
    assert Entries(now(alone).record, "").kind_of(str(written.added)) == what


def test_adding_what_was_read_is_a_confirmation(people: People) -> None:
    written = people(
        "ana", "add", what="statement",
        change={"content": stretch("she supports Arden"), "speaker": "e2"},
    )  # fmt: skip
    found = now(people)
    assert found.record == harbor_record()
    assert [c.kind for c in written.conflicts] == ["already so"]


@pytest.mark.parametrize(
    ("action", "key", "said"),
    [
        ("reject", "a99", {}),
        ("amend", "a1", {"change": {"colour": "red"}}),
        ("amend", "a1", {"change": {"attitude": "sulks"}}),
        ("amend", "a1", {"change": {"speaker": "e99"}}),
        ("amend", "a1", {"change": {"content": [10, 10_000]}}),
        ("amend", "a1", {"change": {"within": "a2"}}),
        ("amend", "v1", {"change": {"date": "last week"}}),
        ("amend", "v1", {"change": {"date": "2015-13-45"}}),
        ("amend", "v1", {"change": {"type": "PICNIC"}}),
        ("amend", "v1", {"change": {}}),
        ("amend", "v1", {"change": {"place": "m1"}}),
        ("merge", "e1", {"change": {"with": ["a1"]}}),
        ("merge", "e1", {"change": {"with": ["e1"]}}),
        ("split", "v1", {"change": {}}),
        ("add", None, {"change": {"name": "x"}}),
        ("add", None, {"what": "event", "change": {"type": "AID"}}),
        ("undo", None, {"change": {"correction": "0" * 32}}),
        ("frown", "a1", {}),
    ],
)
def test_what_makes_no_sense_is_refused_and_not_kept(
    alone: People, action: Any, key: str | None, said: dict[str, Any]
) -> None:
    if key == "v1" and said.get("change") == {"place": "m1"}:
        alone.amend("ana", "e1", type="organization")  # then its mention is no place any more
        kept = 1
    else:
        kept = 0
    with pytest.raises(StoreError):
        alone("ana", action, key, **said)
    assert len(list(history(alone.store.view()))) == kept


def test_who_and_when_must_be_told(people: People) -> None:
    with pytest.raises(StoreError, match="who"):
        people(" ", "confirm", "a1")
    for at in ("yesterday", "2026-03-01T12:00:00"):
        with pytest.raises(StoreError):
            people("ana", "confirm", "a1", at=at)
    assert moment("2026-03-01T13:00:00+01:00") == "2026-03-01T12:00:00.000000Z"


def test_a_correction_written_twice_is_one(people: People) -> None:
    first = people("ana", "confirm", "a1", at="2026-03-01T12:00:00Z")
    again = people("ana", "confirm", "a1", at="2026-03-01T12:00:00Z")
    assert (first.new, again.new) == (True, False)
    assert first.correction.id == again.correction.id
    assert not append(people.store, first.correction).new
    assert len(list(history(people.store.view()))) == 1


def test_undo_of_undo(people: People) -> None:
    wrong = people("ana", "reject", "a1").correction.id
    assert len(now(people).rejected) == 1
    undone = people("ben", "undo", change={"correction": wrong}).correction.id
    assert now(people).record == harbor_record()
    people("ana", "undo", change={"correction": undone[:8]})
    assert [gone.entry for gone in now(people).rejected] == ["a1"]
    assert len(list(history(people.store.view()))) == 3


def test_an_addition_undone_takes_what_builds_on_it_into_conflict(people: People) -> None:
    added = people("ana", "add", what="entity", change={"name": "The aides", "type": "group"})
    people.amend("ben", "a4", speaker=added.added)
    people("ana", "undo", change={"correction": added.correction.id})
    found = now(people)
    assert found.record == harbor_record()
    assert [conflict.kind for conflict in found.conflicts] == ["not found"]


def test_somebody_quicker_is_told_and_nothing_is_lost(people: People) -> None:
    seen = now(people).last or ""
    first = people.amend("ana", "a1", attitude="warns")
    second = people("ben", "amend", "a1", change={"kind": "mixed"}, expected=seen)
    (quicker,) = second.conflicts
    assert (quicker.kind, quicker.corrections) == ("changed meanwhile", (first.correction.id,))
    statement = entry(now(people).record, "attributions", "a1")
    assert (statement.attitude, statement.kind) == ("warns", "mixed")
    third = people("ben", "confirm", "a3", expected=now(people).last)
    assert third.conflicts == ()


def test_bare_pages_are_corrected_by_offsets_and_keep_no_words(store_url: str) -> None:
    with Store.open(store_url, text=False) as store:
        people = People(store, put(store))
        people.amend("ana", "a7", content=stretch("supports Arden"))
        people("ana", "reject", "v1")
        kept = list(history(store.view()))
        assert all("supports" not in str(c.change) and not c.target.anchor.quote for c in kept)  # type: ignore[union-attr]
        given = corrected(store.view(), people.page_id, text=HARBOR)
        assert entry(given.record, "attributions", "a7").content == (find(HARBOR, "supports Arden"),)
        blind = corrected(store.view(), people.page_id)
        assert set(blind.record.document.text) == {"x"}
        assert [m.entry for m in blind.marks] == ["a7", "v1"]


def test_corrections_outlive_reading_again(people: People) -> None:
    people.amend("ana", "a1", attitude="warns")
    record = harbor_record()
    # The newer reading has other ids: its statements are numbered the other way round.
    names = {f"a{n}": f"a{8 - n}" for n in range(1, 8)}

    def turn(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names[key] for key in keys)

    turned = reread(record,
        attributions=tuple(
            replace(a, id=names[a.id], within=names.get(a.within or "")) for a in record.attributions
        ),
        events=tuple(replace(e, according_to=turn(e.according_to)) for e in record.events),
        figures=tuple(replace(f, according_to=turn(f.according_to)) for f in record.figures),
        relations=tuple(
            replace(r, according_to=turn(r.according_to), attributions=turn(r.attributions))
            for r in record.relations
        ),
    )  # fmt: skip
    assert put(people.store, turned) == people.page_id
    assert people.store.view().record(people.page_id) == turned
    found = now(people)
    assert entry(found.record, "attributions", "a7").attitude == "warns"
    assert found.conflicts == ()
    assert check_store(people.store) == []


_ACTS = st.lists(
    st.sampled_from(["confirm", "reject", "amend", "merge", "split", "add", "undo"]), max_size=10
)


def _act(chance: random.Random, action: str, known: list[Correction], people: People) -> None:
    keys = ["a1", "a2", "a3", "v1", "v2", "v3", "r1", "r2", "e1", "e5", "e6", "e7", "f1", "m1", "m12"]
    key = chance.choice(keys)
    fields: dict[str, list[dict[str, Any]]] = {
        "a": [{"speaker": "e5"}, {"within": "a1"}, {"within": None}, {"within": "a3"}, {"attitude": "warns"}],
        "v": [
            {"according_to": ["a2"]},
            {"actors": ["e6"]},
            {"status": "denied"},
            {"trigger": stretch("meet")},
        ],
        "r": [{"subject": "e6"}, {"type": "funds"}],
        "e": [{"name": "Anna"}, {"type": "group"}],
        "f": [{"event": "v2"}, {"value": 5}],
        "m": [{"entity": "e6"}, {"span": stretch("dockers")}],
    }
    change: dict[str, Any] = {}
    what: Any = None
    if action == "amend":
        change = chance.choice(fields[key[0]])
    elif action == "merge":
        change = {"with": [chance.choice([k for k in keys if k[0] == key[0] and k != key] or ["e7"])]}
    elif action == "split":
        change = {"into": chance.choice(fields[key[0]])}
    elif action == "undo":
        change = {"correction": chance.choice(known).id if known else "0"}
    elif action == "add":
        what, change = "event", {"type": "AID", "trigger": stretch("supplies"), "according_to": ["a3"]}
    known.append(
        people("ana" if chance.random() < 0.5 else "ben", action, key, what=what, change=change).correction
    )


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("orders") / "orders.db") as store:
        yield store


@settings(max_examples=20, deadline=None, derandomize=True)
@given(acts=_ACTS, seed=st.integers(0, 10_000))
def test_in_whatever_order_corrections_are_given_the_record_is_one_and_sound(
    one_store: Store, acts: list[str], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311
    page = put(one_store, locator=f"page {len(one_store.view())}")
    people, known = People(one_store, page), list[Correction]()
    for action in acts:
        with suppress(StoreError):  # some make no sense by now
            _act(chance, action, known, people)
    found = now(people)
    machine = Entries(harbor_record(), harbor_record().document.id)
    for _ in range(2):
        chance.shuffle(known)
        assert apply_all(machine, known, last=found.last) == found
    ids = [e.id for part in ("attributions", "events", "entities") for e in getattr(found.record, part)]
    assert len(ids) == len(set(ids))
    undoing = [  # all are undone: the page is as it was read
        replace(c, action="undo", change={"correction": c.id}, who="cem") for c in known if c.action != "undo"
    ]
    undoing += [replace(c, change={"correction": c.id}, who="cem") for c in known if c.action == "undo"]
    assert apply_all(machine, [*known, *undoing]).record == harbor_record()
