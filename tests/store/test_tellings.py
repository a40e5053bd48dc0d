"""Events of many pages that are one happening are found, and two days' events stay two."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sketches import deed, read_again
from sqlalchemy import select

from onrecord.store import Store, Stored
from onrecord.store.copies import find_copies
from onrecord.store.identity import find_actors
from onrecord.store.schema import events, pages, tellings
from onrecord.store.tellings import count_happenings, find_tellings, happenings_of, told_most


def _found(store: Store, given: list[Stored]) -> dict[str, str]:
    store.writer().add(given)
    find_actors(store)
    find_tellings(store)
    wanted = select(pages.c.locator, tellings.c.happening).select_from(
        tellings.join(events, events.c.n == tellings.c.event_n).join(pages, pages.c.n == events.c.page_n)
    )
    with store.reading() as connection:
        return dict(connection.execute(wanted).all())


def test_outlets_tell_one_happening(store: Store) -> None:
    given = [
        deed("a", day="2015-03-02", outlet="Ledger"), deed("b", day="2015-03-02", outlet="Beacon"),
        deed("c", published="2015-03-03", outlet="Gazette"), deed("d", day="2015-03-02", status="denied"),
        deed("e", day="2015-03-02", status="future"), deed("f", day="2015-03-02", type="AID"),
        deed("g", day="2015-03-02", recipient="Norland"), deed("h", day="2015-06-02"),
        deed("i", published=None),
    ]  # fmt: skip
    found = _found(store, given)
    assert found["a"] == found["b"] == found["c"] == found["d"]
    assert "e" not in found
    assert len({found[n] for n in "afghi"}) == 5
    find_copies(store)
    told = happenings_of(store.view(), (given[0].page_id, "v1"))
    assert told is not None
    assert (told.day, told.reports, told.outlets) == (
        "2015-03-02",
        4,
        ("Beacon", "Gazette", "Ledger", "The Ledger"),
    )
    assert told_most(store.view(), limit=1) == (told,)
    counted = count_happenings(store.view())
    assert (counted.entries, counted.happenings, counted.told_twice) == (8, 5, 1)
    assert happenings_of(store.view(), (given[4].page_id, "v1")) is None


def test_what_recurs_daily_is_no_chain(store: Store) -> None:
    days = [f"2015-03-{day:02}" for day in range(1, 11)]
    found = _found(store, [deed(day, day=day, published=day) for day in days])
    assert len(set(found.values())) == 10


def test_copies_are_reports_and_not_independent(store: Store) -> None:
    more = " " + "The quay was full of people who had come to see the ships leave for the north. " * 3
    same = [deed("same", day="2015-03-02", more=more), deed("same", day="2015-03-02", more=more)]
    same[1] = Stored(same[1].record, "elsewhere")
    _found(store, same)
    find_copies(store)
    (told,) = told_most(store.view())
    assert (told.reports, told.independent) == (2, 1)


@pytest.mark.parametrize("seed", [1, 2])
def test_happenings_are_the_same_in_any_order(store: Store, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    given = [
        deed(
            str(n), actor=chance.choice(["Kelland", "Norland"]), recipient=chance.choice(["Arden", "Osmere"]),
            day=chance.choice([None, "2015-03-01", "2015-03-02", "2015-03-03"]),
            published=chance.choice(["2015-03-02", "2015-03-03", "2015-03-04"]),
        )
        for n in range(40)
    ]  # fmt: skip
    whole = _found(store, given)
    chance.shuffle(given)
    with Store.open(tmp_path / "other.db") as other:
        for start in range(0, 40, 6):
            found = _found(other, given[start : start + 6])
        assert found == whole
        assert find_tellings(other) == 0
        find_tellings(other, anew=True)
        assert _found(other, []) == whole


def test_reading_again_finds_the_same(store: Store) -> None:
    given = [deed("a", day="2015-03-02"), deed("b", day="2015-03-02")]
    before = _found(store, given)
    assert _found(store, [read_again(given[0])]) == before


def test_a_day_of_no_calendar_stands_alone(store: Store) -> None:
    found = _found(
        store, [deed("a", day="0000-00-00", published=None), deed("b", day="9999-12-31", published=None)]
    )
    assert len(set(found.values())) == 2
