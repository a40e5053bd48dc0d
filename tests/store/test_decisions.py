"""What people decide of identities holds, survives a re-reading, and can be taken back; nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sketches import person, read_again
from sqlalchemy import select

from onrecord.errors import StoreError
from onrecord.identity_command import (
    actors_command,
    decide_command,
    decisions_command,
    join_command,
    undo_command,
)
from onrecord.store import Store, check_store
from onrecord.store.candidates import candidates, meant
from onrecord.store.decisions import Party, all_decisions, decide, in_force, party_named, undo
from onrecord.store.identity import find_actors
from onrecord.store.schema import actors, entities, pages


def _actors(store: Store) -> dict[str, str | None]:
    wanted = select(pages.c.locator, actors.c.id).select_from(
        entities.join(pages, pages.c.n == entities.c.page_n).outerjoin(
            actors, actors.c.n == entities.c.actor_n
        )
    )
    with store.reading() as connection:
        return dict(connection.execute(wanted).all())


SMITHS = [
    person("John Smith", "us", country="USA", sectors=("GOV",)),
    person("John Smith", "uk", country="GBR", sectors=("GOV",)),
    person("Jack Smythe", "jack", country="USA"),
    person("Smith", "alone"),
]
US = party_named("John Smith", type="person", country="USA")
UK = party_named("john  SMITH", type="person", country="GBR")
JACK = party_named("Jack Smythe", type="person", country="USA")


def _filled(store: Store) -> None:
    store.writer().add(SMITHS)
    find_actors(store)


def test_a_merge_holds_until_it_is_undone(store: Store) -> None:
    _filled(store)
    before = _actors(store)
    one = decide(store, "merge", US, UK, why="one man, two passports", who="ana")
    decide(store, "merge", UK, JACK, why="his pen name")
    assert find_actors(store).unresolved == ()
    found = _actors(store)
    assert found["us"] == found["uk"] == found["jack"] is not None
    assert list(candidates(store.view(), "John Smith")) == []
    store.writer().add([read_again(stored) for stored in SMITHS])
    find_actors(store)
    assert _actors(store) == found
    undo(store, one.id[:8], why="they met")
    find_actors(store)
    found = _actors(store)
    assert found["us"] == before["us"]
    assert found["uk"] == found["jack"]
    assert len(all_decisions(store.view())) == 3
    assert check_store(store) == []


def test_an_entity_of_one_page_is_merged_and_set_apart(store: Store) -> None:
    _filled(store)
    alone = meant(store.view(), f"{SMITHS[3].page_id}:e1")
    decide(store, "merge", US, alone, why="the page is of Washington")
    find_actors(store)
    assert _actors(store)["alone"] == _actors(store)["us"]
    store.writer().add([read_again(stored) for stored in SMITHS])
    find_actors(store)
    assert _actors(store)["alone"] == _actors(store)["us"]
    decide(store, "split", US, alone, why="no, of Leeds")
    find_actors(store)
    assert _actors(store)["alone"] not in {None, _actors(store)["us"]}
    for decision in all_decisions(store.view()):
        undo(store, decision.id, why="begin anew")
    find_actors(store)
    assert _actors(store)["alone"] is None


def test_a_description_can_be_merged(store: Store) -> None:
    _filled(store)
    store.writer().add([minister := person("the tall envoy", "envoy")])
    find_actors(store)
    assert _actors(store)["envoy"] is None
    decide(store, "merge", US, party_named("the tall envoy", page_id=minister.page_id), why="he is")
    find_actors(store)
    assert _actors(store)["envoy"] == _actors(store)["us"]


def test_a_page_is_set_apart_from_its_namesake(store: Store) -> None:
    store.writer().add([person("Ana Brandt", "a"), other := person("Ana Brandt", "b")])
    find_actors(store)
    assert _actors(store)["a"] == _actors(store)["b"]
    decide(
        store, "split", party_named("Ana Brandt", type="person"),
        party_named("Ana Brandt", page_id=other.page_id),
        why="a singer",
    )  # fmt: skip
    find_actors(store)
    assert _actors(store)["a"] != _actors(store)["b"]


def test_who_is_not_there_any_more_is_told_not_dropped(store: Store) -> None:
    _filled(store)
    decision = decide(store, "merge", US, party_named("Nobody Known", type="person"), why="so I heard")
    assert find_actors(store).unresolved == (decision,)
    store.writer().add([person("Nobody Known", "late", country="FRA")])
    assert find_actors(store).unresolved == ()
    assert _actors(store)["late"] == _actors(store)["us"]


def test_a_decision_needs_its_reason(store: Store) -> None:
    with pytest.raises(StoreError, match="say why"):
        decide(store, "merge", US, UK, why=" ")


def test_the_last_on_the_same_two_holds(store: Store) -> None:
    first = decide(store, "merge", US, UK, why="one", at="2026-01-01")
    second = decide(store, "split", UK, US, why="two", at="2026-01-02")
    assert in_force(all_decisions(store.view())) == (second,)
    back = undo(store, second.id, why="hm", at="2026-01-03")
    assert in_force(all_decisions(store.view())) == (first,)
    undo(store, back.id, why="yes, two", at="2026-01-04")
    assert in_force(all_decisions(store.view())) == (second,)
    assert decide(store, "merge", US, UK, why="one", at="2026-01-01") == first
    assert len(all_decisions(store.view())) == 4


def test_parties_are_read_as_they_were_written() -> None:
    for party in (US, replace(US, page_id="0" * 32, walk="state"), Party(decision="1"), Party(wikidata="Q1")):
        assert Party.of(party.to_json()) == party


def test_the_commands_join_merge_split_and_undo(store_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(store_url) as store:
        store.writer().add(SMITHS)
        key = SMITHS[3].page_id
    assert join_command(store=store_url) == 0
    assert "4 reports, 4 of them new" in capsys.readouterr().out
    with pytest.raises(StoreError, match="2 actors are called"):
        decide_command("merge", "John Smith", "Jack Smythe", store=store_url, why="one")
    assert actors_command("John Smith", store=store_url) == 0
    assert "may be one: John Smith" in capsys.readouterr().out
    assert actors_command("Nobody", store=store_url) == 1
    assert decide_command("merge", "Jack Smythe", f"{key}:e1", store=store_url, why="he signed it") == 0
    decision = capsys.readouterr().out.splitlines()[-1].split()[1].rstrip(":")
    assert undo_command(decision, store=store_url, why="forged") == 0
    assert decisions_command(store=store_url) == 0
    assert "no longer in force" in capsys.readouterr().out
    for form in ("json", "jsonl"):
        assert decisions_command(store=store_url, form=form) == 0
        assert actors_command("John Smith", store=store_url, form=form) == 0
    with pytest.raises(StoreError, match="no entity"):
        decide_command("merge", "Jack Smythe", f"{key}:e9", store=store_url, why="?")
    with pytest.raises(StoreError, match="onrecord join"):
        decide_command("merge", "Jack Smythe", "Who", store=store_url, why="?")
