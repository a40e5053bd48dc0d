"""Where the place names of a page are: which place is meant, and whether it is a place at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.places import places, with_countries
from onrecord.record import Attribution, Entity, EntityType, Mention, Place
from onrecord.span import Span

_TYPES: dict[str, EntityType] = {
    "l": "place", "o": "organization", "p": "person", "n": "nationality", "x": "other",
}  # fmt: skip


def read(marked: str, *sources: str) -> dict[str, Place]:
    """Give the places of a text whose names are marked {l:Paris}, by the words of their mentions."""
    text, mentions, entities, at = "", [], [], 0
    for i, mark in enumerate(re.finditer(r"\{(\w):([^{}]*)\}", marked), 1):
        text += marked[at : mark.start()] + mark[2]
        at = mark.end()
        mentions.append(Mention(f"m{i}", len(text) - len(mark[2]), len(text), mark[2], "name", f"e{i}"))
        entities.append(Entity(f"e{i}", mark[2], _TYPES[mark[1]]))
    text += marked[at:]
    told = [
        Attribution(
            f"a{i}", "indirect", (Span.cut(text, text.index(s), text.index(s) + len(s)),), (), (), None,
            "not resolved", "asserts",
        )
        for i, s in enumerate(sources)
    ]  # fmt: skip
    words = {m.id: m.text for m in mentions}
    return {words[p.mention]: p for p in places(text, mentions, entities, told)}


def test_a_city_is_put_where_it_is() -> None:
    place = read("The talks were held in {l:Damascus}.")["Damascus"]
    assert place.name == "Damascus"
    assert place.country == "SYR"
    assert place.geonames_id == 170654
    assert place.lat == pytest.approx(33.5, abs=0.1)
    assert place.lon == pytest.approx(36.3, abs=0.1)


@pytest.mark.parametrize(
    ("words", "name", "country", "geonames"),
    [
        ("Syria", "Syria", "SYR", 163843),
        ("the United States", "United States", "USA", 6252001),
        ("Mexico", "Mexico", "MEX", 3996063),
        ("Bavaria", "Bayern", "DEU", 2951839),
        ("England", "England", "GBR", 6269131),
        ("northern Syria", "Syria", "SYR", 163843),
        ("Europe", "Europe", None, 6255148),
        ("the Black Sea", "Black Sea", None, None),
    ],
)
def test_countries_regions_and_seas_are_known(words: str, name: str, country: str, geonames: int) -> None:
    place = next(iter(read(f"He spent ten years in {{l:{words}}}.").values()))
    assert (place.name, place.country, place.geonames_id) == (name, country, geonames)


def test_a_name_alone_is_the_place_that_most_would_mean() -> None:
    assert read("They met in {l:Paris}.")["Paris"].country == "FRA"


def test_a_state_after_a_comma_says_which_town() -> None:
    place = read("They met in {l:Paris}, {l:Texas}.")["Paris"]
    assert (place.country, place.geonames_id) == ("USA", 4717560)


def test_a_shortened_state_is_the_state() -> None:
    found = read("Fire broke out in {l:Fresno}, {l:Calif.} on Monday.")
    assert found["Calif."].name == "California"
    assert found["Fresno"].country == "USA"


def test_other_places_of_the_page_say_which_is_meant() -> None:
    alone = read("They stopped in {l:Tripoli}.")["Tripoli"]
    told = read(
        "In {l:Lebanon}, they drove from {l:Beirut} to {l:Tripoli}; {l:Lebanon} was calm in {l:Sidon}."
    )
    assert alone.country == "LBY"
    assert told["Tripoli"].country == "LBN"


def test_who_speaks_for_a_place_is_no_place() -> None:
    found = read("{o:Moscow} said it would answer. Rain fell in {l:Moscow}.", "Moscow")
    text_places = read("{o:Moscow} said it would answer.", "Moscow")
    assert text_places == {}
    assert found["Moscow"].country == "RUS"


def test_a_people_is_no_place() -> None:
    assert read("{n:Turkish} soldiers crossed the border.") == {}


def test_two_places_joined_by_a_hyphen_are_two() -> None:
    text = "The flight to {l:Amsterdam-London} was late."
    m = Mention("m1", 14, 30, text[17:33], "name", "e1")
    plain = text.replace("{l:", "").replace("}", "")
    found = places(plain, [m], [Entity("e1", "Amsterdam-London", "place")], [])
    assert [p.country for p in found] == ["NLD", "GBR"]


def test_a_name_that_was_cut_in_two_is_one_place() -> None:
    found = read("Crews came to {l:Collier} {l:County} in {l:Florida}.")
    assert found["Collier"].geonames_id == 4151550


def test_a_street_is_in_the_town_of_the_page() -> None:
    found = read("In {l:Winnipeg}, a house burned on {l:Assiniboine Avenue}.")
    assert found["Assiniboine Avenue"].name == "Winnipeg"


def test_a_place_that_nobody_knows_is_left_out() -> None:
    assert read("They met in {l:Qwxzyville}.") == {}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("lopnx"), st.text(max_size=12)), max_size=8), st.text(max_size=5))
def test_any_text_is_read(names: list[tuple[str, str]], between: str) -> None:
    parts = [(kind, re.sub(r"[{}]", "", words)) for kind, words in names]
    joint = re.sub(r"[{}]", "", between)
    read(joint.join(f"{{{kind}:{words}}}" for kind, words in parts))


def test_a_place_takes_the_country_of_where_it_is() -> None:
    mention = Mention("m1", 0, 5, "Homs", "name", "e1")
    entities = (Entity("e1", "Homs", "place"), Entity("e2", "Homs", "organization"))
    placed = (Place("m1", "Homs", "SYR", 34.7, 36.7, 169577),)
    assert [e.country for e in with_countries(entities, [mention], placed)] == ["SYR", None]
