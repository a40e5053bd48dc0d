"""Names, descriptions and pronouns are gathered into entities, and statements find their speakers."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import Reading

from onrecord.model.found import Found, Labelled, Statement
from onrecord.quotes import quotations
from onrecord.reading.gather import gather
from onrecord.reading.sentences import sentences


def test_a_surname_and_a_title_belong_to_the_full_name() -> None:
    page = Reading(
        "{p:Dean Acheson} met the envoys. {p:Acheson} was blunt. "
        "Mr {p:Acheson} left, and Secretary of State {p:Acheson} flew on."
    )
    entities = page.gathered.entities
    assert [e.name for e in entities if e.type == "person"] == ["Dean Acheson"]
    person = next(e for e in entities if e.type == "person")
    assert [r.title for r in person.roles] == ["Secretary of State"]
    assert (person.country, person.sectors) == ("USA", ("GOV",))


def test_a_title_before_a_name_tells_role_country_and_sector() -> None:
    page = Reading("Soviet Foreign Minister {p:Andrei Gromyko} flew home on Friday.")
    person = next(e for e in page.gathered.entities if e.type == "person")
    assert person.name == "Andrei Gromyko"
    assert [(r.title, r.text) for r in person.roles] == [("Foreign Minister", "Soviet Foreign Minister")]
    assert (person.country, person.sectors) == ("SUN", ("GOV",))
    assert page.entity("Soviet Foreign Minister Andrei Gromyko") == "Andrei Gromyko"


def test_an_apposition_after_a_name_tells_its_role() -> None:
    page = Reading(
        "{p:Ann Lee}, the Canadian defence minister, resigned. {p:Bo Park} (a former Navy officer) stayed."
    )
    person = next(e for e in page.gathered.entities if e.name == "Ann Lee")
    assert [r.text for r in person.roles] == ["Canadian defence minister"]
    assert person.country == "CAN"


def test_a_title_inside_the_models_name_is_parted_from_it() -> None:
    page = Reading("{p:Iraqi President Karim Aziz} spoke.")
    assert [m.text for m in page.gathered.mentions] == ["Iraqi President Karim Aziz", "Iraqi", "Karim Aziz"]
    assert page.entity("Iraqi President Karim Aziz") == "Karim Aziz"


def test_a_title_that_the_model_cut_short_is_no_stumbling_block() -> None:
    assert Reading("The {p:Minister of} trade spoke to {p:Ann Lee}.").entity("Ann Lee") == "Ann Lee"


def test_namesakes_are_told_apart_by_title_and_nearness() -> None:
    page = Reading(
        "{p:John Adams} and {p:Abigail Adams} wrote letters. Mrs {p:Adams} wrote more. Mr. {p:Adams} agreed."
    )
    assert page.entity("Adams", 0) == "Abigail Adams"
    assert page.entity("Adams", 1) == "John Adams"


def test_aliases_in_parentheses_and_acronyms_are_one_body() -> None:
    page = Reading(
        "The {o:Harbour Pilots Association} ({o:HPA}) struck. "
        "{o:Red Dawn} ({o:RD}, formerly {o:Black Dawn}/{o:BD}) did not. {o:HPA} won."
    )
    names = {e.name: e.aliases for e in page.gathered.entities}
    assert names == {
        "Harbour Pilots Association": ("HPA",),
        "Black Dawn": ("Red Dawn", "RD", "BD"),
    } or names == {
        "Harbour Pilots Association": ("HPA",),
        "Red Dawn": ("RD", "Black Dawn", "BD"),
    }


def test_well_known_bodies_have_country_and_sectors() -> None:
    page = Reading("The {o:Pentagon} denied it. The {o:United Nations} did too, and the {o:UN} repeated it.")
    found = {e.name: (e.country, e.sectors) for e in page.gathered.entities}
    assert found == {"Pentagon": ("USA", ("GOV", "MIL")), "United Nations": (None, ("IGO",))}


def test_a_country_is_not_short_for_its_ministry() -> None:
    page = Reading(
        "The {o:US} agreed. The {o:US State Department} did not. {o:Russia} and {o:Russia Government} split."
    )
    assert page.entity("US") == "US"
    assert page.entity("US State Department") == "US State Department"
    assert page.entity("Russia") == "Russia"


def test_demonyms_are_nationality_mentions_of_the_country() -> None:
    page = Reading("{l:Syria} is at war. The {o:Syrian Army} advanced.")
    mention = next(m for m in page.gathered.mentions if m.text == "Syrian")
    assert (mention.kind, mention.type) == ("name", "nationality")
    assert page.entity("Syrian") == "Syria"
    army = next(e for e in page.gathered.entities if e.name == "Syrian Army")
    assert (army.type, army.country, army.sectors) == ("organization", "SYR", ("MIL",))


def test_a_country_known_by_its_demonym_only_has_its_usual_name() -> None:
    page = Reading("A Danish trawler sank.")
    assert [(e.name, e.type, e.country) for e in page.gathered.entities] == [("Denmark", "place", "DNK")]


def test_countries_that_the_model_missed_are_found_but_doubtful_words_are_not() -> None:
    page = Reading("Peru and the US signed. Chad called. JOIN US NOW")
    assert [m.text for m in page.gathered.mentions] == ["Peru", "US"]


def test_a_capital_that_acts_is_its_government_and_one_where_things_happen_is_a_place() -> None:
    page = Reading("{l:Washington} has long wanted this, and {l:America} pays. He was born in {l:Havana}.")
    assert page.entity("Washington") == "America"
    havana = next(e for e in page.gathered.entities if e.name == "Havana")
    assert (havana.type, havana.country) == ("place", "CUB")


def test_a_description_beside_a_name_is_that_names() -> None:
    page = Reading("{p:Ivo Marek} called {P:his US counterpart}, Secretary of State {p:Dean Rusk}, at noon.")
    assert page.entity("his US counterpart") == "Dean Rusk"


def test_an_office_with_its_country_stands_for_its_holder() -> None:
    page = Reading(
        "Russian Foreign Minister {p:Sergei Orlov} spoke. Rain fell.\n\n“No,” the Russian FM said."
    ).says("the Russian FM", "said", "“No,”")
    assert page.entity("the Russian FM") == "Sergei Orlov"
    assert page.speakers() == ["Sergei Orlov"]


def test_an_it_that_stands_for_nothing_is_no_mention() -> None:
    page = Reading(
        "{o:Harbour Board} met. It is clear that it's estimated too high. It seems that all is lost."
    )
    assert "It" not in [m.text for m in page.gathered.mentions]


def test_no_mention_runs_over_the_end_of_a_line() -> None:
    page = Reading("{o:Harbour Board\n\nThe Harbour Board} met.")
    assert [m.text for m in page.gathered.mentions] == ["Harbour Board", "Harbour Board"]
    assert len(page.gathered.entities) == 1


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{p:Prime} Minister {p:Ann Lee} spoke.", ["Prime Minister Ann Lee", "Ann Lee"]),
        ("{o:U} {l:Thant} spoke.", ["U Thant"]),
        ("{o:Russia believes} it.", ["Russia"]),
        ("Senator {p:Richard Hall of Georgia} spoke.", ["Senator Richard Hall", "Richard Hall"]),
        ("Mr. {p:King} spoke.", ["Mr. King", "King"]),
        ("{o:The Harbour Board had told} us.", ["Harbour Board"]),
    ],
)
def test_what_the_model_took_for_a_name_is_put_right(marked: str, expected: list[str]) -> None:
    assert [m.text for m in Reading(marked).gathered.mentions] == expected


def test_a_capital_taken_for_a_person_is_a_place() -> None:
    page = Reading("It is dark in {p:Washington}.")
    assert [(e.name, e.type, e.country) for e in page.gathered.entities] == [("Washington", "place", "USA")]


def test_a_body_named_after_a_place_is_of_no_country() -> None:
    page = Reading("The {o:Warsaw Pact} met a {n:Latin American} delegate.")
    assert {e.name: e.country for e in page.gathered.entities} == {
        "Warsaw Pact": None,
        "Latin American": None,
    }


@pytest.mark.parametrize(
    ("marked", "title"),
    [
        ("{P:The Warsaw Pact's commander}, {p:Ivan Orlov}, left.", "Warsaw Pact's commander"),
        ("{o:Kremlin} spokesman {p:Ivan Orlov} left.", "Kremlin spokesman"),
        ("First Deputy Foreign Minister {p:Ivan Orlov} left.", "First Deputy Foreign Minister"),
        ("{p:Ivan Orlov}, the Leader of the Opposition, left.", "Leader of the Opposition"),
        (
            "{p:Ivan Orlov}, chairman of the Armed Services Committee, left.",
            "chairman of the Armed Services Committee",
        ),
        ("Former President {p:Ivan Orlov} left.", "Former President"),
    ],
)
def test_a_role_is_told_with_its_rank_and_body(marked: str, title: str) -> None:
    person = next(e for e in Reading(marked).gathered.entities if e.name == "Ivan Orlov")
    assert [r.title for r in person.roles] == [title]


def test_a_counterpart_is_no_role() -> None:
    page = Reading("{p:Ivo Marek} called {P:his US counterpart}, Secretary of State {p:Dean Hall}, at noon.")
    person = next(e for e in page.gathered.entities if e.name == "Dean Hall")
    assert [r.title for r in person.roles] == ["Secretary of State"]


def test_a_ministry_is_the_country_of_the_only_such_minister_of_the_page() -> None:
    page = Reading(
        "Russian Foreign Minister {p:Sergei Orlov} met " + "{o:Foreign Ministry} staff. "
        "{P:The Foreign Ministry's spokeswoman}, {p:Maria Ilyina}, said no."
    )
    found = {e.name: e.country for e in page.gathered.entities}
    assert (found["Foreign Ministry"], found["Maria Ilyina"]) == ("RUS", "RUS")
    page = Reading(
        "Russian Foreign Minister {p:Sergei Orlov} and Polish Foreign Minister {p:Jan Nowak} met "
        "{o:Foreign Ministry} staff."
    )
    assert {e.name: e.country for e in page.gathered.entities}["Foreign Ministry"] is None


def test_the_president_is_the_only_one_that_the_page_has_named() -> None:
    page = Reading("President {p:Ann Lee} flew home. Rain fell on {P:the president}.")
    assert page.entity("the president") == "Ann Lee"
    page = Reading(
        "President {p:Ann Lee} met President {p:Bo Park}. Rain fell. It fell on {P:the president} too."
    )
    assert page.entity("the president") not in ("Ann Lee", "Bo Park")


def test_the_department_is_the_only_one_that_the_page_has_named() -> None:
    page = Reading("The {o:Fisheries Department} met. Rain fell. {O:The department} closed.")
    assert page.entity("The department") == "Fisheries Department"


def test_an_office_in_capitals_that_stands_alone_is_a_mention_and_speaks() -> None:
    page = Reading("Foreign Secretary {p:Ann Lee} met envoys. Rain fell. The Foreign Secretary said no.")
    page.says("The Foreign Secretary", "said")
    assert page.speakers() == ["Ann Lee"]


def test_a_name_within_a_longer_one_is_a_mention_where_the_page_names_it_alone() -> None:
    page = Reading("{p:Karim Aziz} fled. {o:Aziz's regime} fell. {o:Counter-ISIS} units rested.")
    assert page.entity("Aziz") == "Karim Aziz"


def test_the_people_of_an_office_are_named_with_it() -> None:
    page = Reading("Then {p:Iraqi Foreign Minister} spoke of a counter-ISIS plan.")
    assert [m.text for m in page.gathered.mentions if m.kind == "name"] == [
        "Iraqi Foreign Minister",
        "Iraqi",
        "ISIS",
    ]


def test_a_surname_that_the_page_gives_a_man_is_not_his_wifes() -> None:
    page = Reading(
        "{p:Adams} wins. President {p:Adams} met {p:Abigail Adams}. "
        "Mr. {p:Adams} spoke, and Mr. {p:Adams} left. Mrs. {p:Adams} stayed."
    )
    assert [page.entity("Adams", n) for n in range(5)] == [
        "Adams",
        "Adams",
        "Adams",
        "Adams",
        "Abigail Adams",
    ]


def test_a_surname_that_is_also_a_country_is_the_persons() -> None:
    page = Reading("Rep. {p:Jim Jordan} spoke. It ended, {l:Jordan} said.").says("Jordan", "said")
    assert page.speakers() == ["Jim Jordan"]


def test_he_said_is_who_spoke_before_where_nobody_else_was_named_between() -> None:
    page = Reading("{p:Ann Lee} said the bridge is safe. Later, she wrote that it was not.")
    page.says("Ann Lee", "said", "the bridge is safe").says("she", "wrote", "that it was not")
    assert page.speakers() == ["Ann Lee", "Ann Lee"]


def _stretches(size: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(0, size), st.integers(0, size)).map(lambda s: (min(s), max(s)))


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_every_mention_quotes_its_text_and_every_id_resolves(data: st.DataObject) -> None:
    words = st.sampled_from(
        [
            "Ann Lee",
            "US",
            "Syrian",
            "U.S.",
            "he",
            "it",
            "I",
            "Mr",
            "President",
            ",",
            "'s",
            "(",
            "\n\n",
            "“",
            "said",
            "\x00",
            "the FM",
            "-led",
        ]
    )
    text = data.draw(st.lists(words | st.text(max_size=5), max_size=25).map(" ".join))
    labels = ["person", "organization", "place", "nationality", "other"]
    cut = _stretches(len(text) + 3)
    names = data.draw(
        st.lists(st.builds(lambda s, x: Labelled(*s, x, 1.0), cut, st.sampled_from(labels)), max_size=6)
    )
    nominals = data.draw(st.lists(st.builds(lambda s: Labelled(*s, "person", 1.0), cut), max_size=6))
    told = st.builds(lambda a, b, c: Statement((a,), (b,), (c,), False, 1.0), cut, cut, cut)
    statements = data.draw(st.lists(told, max_size=4))
    found = gather(
        text, Found(tuple(names), tuple(nominals), ()), statements, sentences(text), quotations(text)
    )
    ids = {e.id for e in found.entities}
    for m in found.mentions:
        assert m.text
        assert text[m.start : m.end] == m.text
        assert m.entity in ids
    for role in (r for e in found.entities for r in e.roles):
        assert text[role.start : role.end] == role.text
    assert len(found.speakers) == len(found.addressees) == len(statements)
    assert {s for s in found.speakers if s} | {k for ks in found.addressees for k in ks} <= ids
    assert {m.entity for m in found.mentions} == ids


@pytest.mark.parametrize("words", ["US ", "he ", "Mr ", "the ", "U.S.-led ", "(", "\x00", "a-", "Ann Lee, "])
def test_long_pages_are_gathered_in_linear_time(words: str) -> None:
    text = words * (60_000 // len(words))
    names = tuple(Labelled(i, i + len(words), "person", 1.0) for i in range(0, 20_000, len(words)))
    began = time.process_time()
    gather(text, Found(names if words[0].isalpha() else (), (), ()), [], [(0, len(text))])
    assert time.process_time() - began < 8


def test_a_nickname_in_quotation_marks_is_part_of_the_name() -> None:
    page = Reading("Said {p:Col. John} “{l:J.D.}” {p:Dorrian} on Monday. {p:Dorrian} denied it.")
    assert [m.text for m in page.gathered.mentions if m.kind == "name"][:2] == [
        "Col. John “J.D.” Dorrian",
        "John “J.D.” Dorrian",
    ]
    assert len(page.gathered.entities) == 1
