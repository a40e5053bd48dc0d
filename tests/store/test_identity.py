"""One person over many pages is one actor, two of one name are two, and each entity keeps the reason."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sketches import person, read_again
from sqlalchemy import select

from onrecord.store import Store, Stored, check_store
from onrecord.store.candidates import actors_named, candidates, evidence
from onrecord.store.identity import find_actors
from onrecord.store.naming import block_of, initials, is_common, person_name, role_key, skeleton
from onrecord.store.schema import actors, entities, pages

STATE = ("GOV",)


def _actors(store: Store) -> dict[str, str | None]:
    """Give the actor of each page's party, by locator."""
    wanted = select(pages.c.locator, actors.c.id).select_from(
        entities.join(pages, pages.c.n == entities.c.page_n).outerjoin(
            actors, actors.c.n == entities.c.actor_n
        )
    )
    with store.reading() as connection:
        return dict(connection.execute(wanted).all())


def _found(store: Store, given: list[Stored]) -> dict[str, str | None]:
    store.writer().add(given)
    find_actors(store)
    return _actors(store)


def test_one_minister_over_many_pages(store: Store) -> None:
    found = _found(store, [
        person("Sergei Lavrov", "a", country="RUS", role="Foreign Minister", sectors=STATE),
        person("Sergey Lavrov", "b", country="RUS", role="foreign minister", sectors=STATE),
        person("Lavrov", "c", country="RUS", role="Russian Foreign Minister", sectors=STATE),
        person("S. Lavrov", "d", country="RUS"),
        person("Sergei Lavrov", "e"),
        person("Lavrov", "f"),
        person("Sergei Lavrov", "g", country="RUS", role="former foreign minister"),
        person("S. Lavrov", "h", aliases=("Sergei Lavrov",)),
    ])  # fmt: skip
    assert len({found[n] for n in "abcdegh"}) == 1
    assert found["a"] is not None
    assert found["f"] is None
    (line,) = actors_named(store.view(), "sergey lavrov")
    assert (line.name, line.country, line.pages, line.roles) == (
        "Sergei Lavrov",
        "RUS",
        7,
        ("foreign minister",),
    )
    why = {e.name: e.why for e in evidence(store.view(), line.id)}
    assert why["Sergey Lavrov"] == "Sergei Lavrov in another spelling, RUS"
    assert why["Lavrov"] == "the surname, and foreign minister at that time"
    assert check_store(store) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"country": "USA"}, {"country": "GBR"}),
        ({"country": "USA", "sectors": ("GOV",)}, {"country": "USA", "sectors": ("BUS",)}),
        ({"country": "USA", "day": "1931-02-01"}, {"country": "USA", "day": "2015-02-01"}),
    ],
)
def test_two_of_one_name_stay_two(store: Store, one: dict[str, object], other: dict[str, object]) -> None:
    found = _found(store, [person("John Smith", "a", **one), person("John Smith", "b", **other)])  # type: ignore[arg-type]
    assert None not in found.values()
    assert found["a"] != found["b"]
    (pair,) = candidates(store.view(), "John Smith")
    assert pair.because[0] == "the same full name"


def test_middle_initials_part_father_and_son(store: Store) -> None:
    found = _found(store, [
        person("George W. Bush", "son", country="USA", role="President", sectors=STATE),
        person("George H. W. Bush", "father", country="USA", role="President", sectors=STATE),
        person("Bush", "which", country="USA", role="President", sectors=STATE),
    ])  # fmt: skip
    assert found["son"] != found["father"]
    assert found["which"] is None


def test_an_office_passes_on(store: Store) -> None:
    found = _found(store, [
        person("Ana Brandt", "a", country="DEU", role="Chancellor", day="1950-01-01"),
        person("Brandt", "b", country="DEU", role="Chancellor", day="1990-01-01"),
    ])  # fmt: skip
    assert found["a"] != found["b"]


def test_bodies_are_one_by_name_acronym_and_country(store: Store) -> None:
    body = {"kind": "organization"}
    found = _found(store, [
        person("Harbor Workers Union", "a", aliases=("HWU",), **body), person("HWU", "b", **body),
        person("United Nations", "c", **body), person("UN", "d", **body),
        person("Foreign Ministry", "e", country="RUS", **body),
        person("Foreign Ministry", "f", country="UKR", **body),
        person("Foreign Ministry", "g", **body), person("the Foreign Ministry", "h", country="RUS", **body),
    ])  # type: ignore[arg-type]  # fmt: skip
    assert found["a"] == found["b"]
    assert found["c"] == found["d"]
    assert found["e"] == found["h"] != found["f"]
    assert found["g"] is None


@pytest.mark.parametrize("seed", [1, 2])
def test_actors_are_the_same_in_any_order(store: Store, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    given = [
        person(
            chance.choice(["John Smith", "J. Smith", "Smith", "Jon Smith", "Sergei Lavrov", "Sergey Lavrov"]),
            str(n),
            country=chance.choice([None, "USA", "GBR", "RUS"]),
            role=chance.choice([None, "minister", "mayor"]),
            sectors=chance.choice([(), ("GOV",), ("BUS",)]),
            day=chance.choice([None, "2014-01-01", "1960-01-01"]),
        )
        for n in range(40)
    ]  # fmt: skip
    whole = _found(store, given)
    chance.shuffle(given)
    with Store.open(tmp_path / "other.db") as other:
        for start in range(0, 40, 7):
            found = _found(other, given[start : start + 7])
        assert found == whole
        assert find_actors(other).changed == 0


def test_reading_again_leaves_the_actor(store: Store) -> None:
    stored = person("Ana Brandt", "a", country="DEU")
    before = _found(store, [stored])
    assert _found(store, [read_again(stored)]) == before


@pytest.mark.parametrize(
    ("kind", "name", "block"),
    [
        ("person", "Bashar al-Assad", "person asad"), ("person", "Mr Assad", "person asad"),
        ("person", "Volodymyr Zelenskyy", "person zelenski"), ("person", "the minister", ""),
        ("organization", "HWU", "organization hwu"), ("organization", "a group of women", ""),
        ("organization", "International Harbor Guard", "organization ihg"), ("place", "U.S.", "country USA"),
        ("place", "Port Vey", "place port vey"), ("group", "the men", ""), ("person", "", ""),
        ("place", "The ", ""),
        ("person", "President Dean Rusk", "person rusk"),
    ],
)  # fmt: skip
def test_blocks(kind: str, name: str, block: str) -> None:
    assert block_of(kind, name) == block


def test_names_are_taken_apart() -> None:
    name = person_name("Dr. Ana M. von Brandt, Jr.")
    assert name is not None
    assert (name.given, name.middle, name.surname) == ("ana", "m", "brandt")
    assert skeleton("yatsenyuk") == skeleton("iatseniuk")
    assert initials("the Union of Harbor Workers") == "uhw"
    assert role_key("former Russian Foreign Minister") == "foreign minister"
    assert is_common("Parliament")
    assert not is_common("Harbor Workers Union")
