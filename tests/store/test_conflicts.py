"""Conflicts: where people, readings and texts disagree, it is shown and nothing is dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handmade import find
from handmade_events import HARBOR, harbor_record
from people import People, put, reread

from onrecord.errors import StoreError
from onrecord.record import Record
from onrecord.store import Store
from onrecord.store.conflicts import Conflict
from onrecord.store.corrected import Corrected, corrected
from onrecord.store.corrections import history


@pytest.fixture
def people(store: Store) -> People:
    return People(store, put(store))


def now(people: People) -> Corrected:
    return corrected(people.store.view(), people.page_id)


def kinds(people: People) -> list[str]:
    return [conflict.kind for conflict in now(people).conflicts]


def read_again(people: People, **fields: object) -> None:
    assert put(people.store, reread(harbor_record(), **fields)) == people.page_id


def without(part: str, key: str) -> dict[str, object]:
    return {part: tuple(e for e in getattr(harbor_record(), part) if e.id != key)}


def test_two_people_who_say_different_things_of_a_field_are_shown_and_the_last_is_taken(
    people: People,
) -> None:
    first = people.amend("ana", "a1", attitude="warns").correction.id
    written = people.amend("ben", "a1", attitude="denies")
    found = now(people)
    assert found.record.attributions[0].attitude == "denies"
    (conflict,) = found.conflicts
    assert isinstance(conflict, Conflict)
    assert (conflict.kind, conflict.field, conflict.entry) == ("disagree", "attitude", "a1")
    assert conflict.says == (("ana", '"warns"'), ("ben", '"denies"'))
    assert conflict.corrections == (first, written.correction.id)
    assert written.conflicts == (conflict,)


def test_who_thinks_better_of_it_disagrees_with_nobody(people: People) -> None:
    people.amend("ana", "a1", attitude="warns")
    people.amend("ben", "a1", attitude="denies")
    people.amend("ana", "a1", attitude="denies")
    assert kinds(people) == []


def test_different_fields_are_no_disagreement(people: People) -> None:
    people.amend("ana", "a1", attitude="warns")
    people.amend("ben", "a1", kind="mixed")
    assert kinds(people) == []


def test_what_one_rejects_another_may_confirm(people: People) -> None:
    people("ana", "reject", "v1")
    people("ben", "confirm", "v1")
    (conflict,) = now(people).conflicts
    assert (conflict.kind, conflict.field) == ("disagree", "verdict")
    assert "v1" in {e.id for e in now(people).record.events}


def test_whoever_confirmed_said_what_it_was(people: People) -> None:
    people("ana", "confirm", "a1")
    people.amend("ben", "a1", attitude="denies")
    (conflict,) = now(people).conflicts
    assert conflict.says == (("ana", '"asserts"'), ("ben", '"denies"'))
    people("ana", "confirm", "a1")
    assert kinds(people) == []


def test_a_newer_reading_that_says_so_already_is_shown(people: People) -> None:
    people.amend("ana", "v4", status="hypothetical")
    events = tuple(replace(e, status="hypothetical") if e.id == "v4" else e for e in harbor_record().events)
    read_again(people, events=events)
    assert kinds(people) == ["already so"]


def test_a_newer_reading_that_says_a_third_thing_is_shown_and_people_prevail(people: People) -> None:
    people.amend("ana", "v4", status="hypothetical")
    events = tuple(replace(e, status="requested") if e.id == "v4" else e for e in harbor_record().events)
    read_again(people, events=events)
    assert kinds(people) == ["contradicts"]
    assert next(e.status for e in now(people).record.events if e.id == "v4") == "hypothetical"


def test_what_was_confirmed_and_is_read_otherwise_now_is_shown(people: People) -> None:
    people("ana", "confirm", "v9")
    events = tuple(
        replace(e, type="ASSAULT", mode=None, quad="material_conflict") if e.id == "v9" else e
        for e in harbor_record().events
    )
    read_again(people, events=events)
    assert {c.field for c in now(people).conflicts} == {"type", "mode"}
    assert set(kinds(people)) == {"contradicts"}


def test_what_was_rejected_and_is_not_read_any_more_is_said_to_be_so(people: People) -> None:
    people("ana", "reject", "v10")
    people("ana", "confirm", "r3")
    read_again(people, **without("events", "v10"), **without("relations", "r3"))
    assert kinds(people) == ["already so", "not found"]


def test_a_relation_is_not_taken_for_another_in_the_same_words(people: People) -> None:
    people("ana", "reject", "r1")
    relations = tuple(
        replace(r, id="r9", object="e2") if r.id == "r1" else r for r in harbor_record().relations
    )
    read_again(people, relations=relations)
    assert kinds(people) == ["already so"]
    assert len(now(people).record.relations) == 3


def _of_text(text: str) -> Record:
    """Read another text of the place: its one statement."""
    from handmade_events import Builder

    b = Builder(text)
    oda = b.party("Premier Oda", "person")
    b.says(
        "Oda",
        "demanded",
        "that Kelland withdraw from Port Vey",
        oda,
        nth=text.count("Oda") - 1,
        attitude="orders",
    )
    return b.record()


def test_corrections_are_found_again_in_another_text_of_the_place(people: People) -> None:
    people.amend("ana", "a6", attitude="warns", content=[*_ends("Kelland withdraw from Port Vey")])
    people("ana", "confirm", "a1")
    later = "CORRECTED.\n\nPremier Oda spoke. Oda demanded that Kelland withdraw from Port Vey. Kelland and"
    page = put(people.store, _of_text(later))
    assert page != people.page_id
    found = corrected(people.store.view(), page)
    (statement,) = found.record.attributions
    assert (statement.attitude, statement.content[0].text) == ("warns", "Kelland withdraw from Port Vey")
    assert [c.kind for c in found.conflicts] == ["not found"]
    assert len(list(history(people.store.view()))) == 2


def test_words_that_are_there_twice_are_shown(people: People) -> None:
    people("ana", "confirm", "a6")
    line = HARBOR.split("\n")[6]
    page = put(people.store, _of_text(f"Premier Oda.\n\n{line}\n\n{line}"))
    assert [c.kind for c in corrected(people.store.view(), page).conflicts] == ["found twice"]


def test_what_another_correction_makes_impossible_is_shown_and_kept(people: People) -> None:
    one = people.amend("ana", "a3", within="a7")
    undone = people("ana", "undo", change={"correction": one.correction.id})
    other = people.amend("ben", "a7", within="a3")
    assert kinds(people) == []
    with pytest.raises(StoreError, match="holds itself"):
        people.amend("ben", "a3", within="a7")
    again = people("ana", "undo", change={"correction": undone.correction.id})
    found = now(people)  # with both, each would hold the other: the earlier is taken
    (conflict,) = found.conflicts
    assert (conflict.kind, conflict.corrections) == ("unsound", (other.correction.id,))
    assert again.conflicts == ()
    assert {a.id: a.within for a in found.record.attributions}["a3"] == "a7"


def _ends(words: str) -> tuple[int, int]:
    span = find(HARBOR, words)
    return span.start, span.end
