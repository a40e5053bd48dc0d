"""Statements find their speakers: titles, pronouns, descriptions, reports, and where nobody can be told."""

from __future__ import annotations

import pytest
from marked import Reading


def test_the_speaker_is_the_person_and_not_the_body_in_the_title() -> None:
    page = Reading("{o:Kremlin} spokesman {p:Oleg Titov} told journalists it would rain.").says(
        "Kremlin spokesman Oleg Titov", "told journalists", "it would rain"
    )
    assert page.speakers() == ["Oleg Titov"]
    assert page.addressees() == [["journalists"]]


def test_a_relative_pronoun_speaks_for_the_name_before_it() -> None:
    page = Reading("He wrote to {p:John Kerr}, who expressed concern over the dam.").says(
        "who", "expressed concern"
    )
    assert page.speakers() == ["John Kerr"]


def test_she_added_is_the_woman_who_spoke() -> None:
    page = Reading(
        "The ministry’s spokeswoman, {p:Maria Ilyina}, said work goes on.\n\n“All is well,” she added."
    ).says("she", "added", "“All is well,”")
    assert page.speakers() == ["Maria Ilyina"]


def test_i_in_quoted_words_is_their_speaker() -> None:
    page = Reading("“I will not go,” {p:Ann Lee} said. {p:Bo Park} nodded.").says(
        "Ann Lee", "said", "“I will not go,”"
    )
    assert page.entity("I") == "Ann Lee"


def test_we_in_an_organisations_words_is_the_organisation() -> None:
    page = Reading("“We regret this,” the {o:Harbour Board} said.").says(
        "the Harbour Board", "said", "“We regret this,”"
    )
    assert page.entity("We") == "Harbour Board"


def test_a_source_that_is_only_described_is_an_entity_with_that_name() -> None:
    page = Reading("Two officials close to the talks said it would rain. A group of women disagreed.")
    page.says("Two officials close to the talks", "said").says("A group of women", "disagreed")
    assert page.speakers() == ["two officials close to the talks", "a group of women"]
    assert {e.type for e in page.gathered.entities} == {"group"}


def test_a_report_speaks_as_a_document() -> None:
    page = Reading("The investigation concluded that the pump failed.").says("The investigation", "concluded")
    assert [(e.name, e.type) for e in page.gathered.entities] == [("the investigation", "document")]


@pytest.mark.parametrize("source", ["they", "it", "some", "everyone"])
def test_a_source_that_cannot_be_told_has_no_speaker(source: str) -> None:
    page = Reading(f"Rain fell, {source} said.").says(source, "said")
    assert page.speakers() == [None]


def test_a_phrase_with_a_hyphen_is_one_source() -> None:
    page = Reading("The US-led mission said no.").says("The US-led mission", "said")
    assert page.speakers() == ["the US-led mission"]


def test_a_given_name_that_the_model_left_out_is_taken_in() -> None:
    page = Reading("Then Barbara {p:Stone} sat down.")
    assert [m.text for m in page.gathered.mentions] == ["Barbara Stone"]


@pytest.mark.parametrize(
    "source",
    [
        "{p:Ann Lee} and {p:Bo Park}",
        "{l:Brazil}, {l:Mexico} and {l:Bolivia}",
        "Only two states, {l:Russia} and {l:Iran},",
        "all of the Arab world and particularly {O:the Gulf monarchies}",
        "{p:Ann Lee} and his advisers",
        "The family, protesters and civic leaders",
    ],
)
def test_several_speakers_at_once_are_nobody_in_particular(source: str) -> None:
    page = Reading(f"{source} said no.")
    page.says(page.text[: page.text.index(" said")], "said")
    assert page.speakers() == [None]
    assert page.gathered.reasons == ("several named",)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Secretary of Defense {p:Robert Hall}", "Robert Hall"),
        ("the Chairman of the {o:Council of Ministers}, {p:Nikita Orlov},", "Nikita Orlov"),
        ("Its delegate at the {o:United Nations}, {p:Mario Ruiz},", "Mario Ruiz"),
        ("{p:Arthur Hill}, the {o:Pentagon}'s spokesman", "Arthur Hill"),
        ("{p:Rodion Petrov}, the Soviet minister of trade and defence,", "Rodion Petrov"),
        ("{P:His running mate}, Ohio Gov. {p:Ann Lee},", "Ann Lee"),
        ("{p:Hall}'s running mate, Ohio Gov. {p:Ann Lee},", "Ann Lee"),
        ("a spokesman for {l:Peru} and {l:Chile}", "a spokesman for Peru and Chile"),
        ("the {o:Board of Trade and Shipping}", "Board of Trade and Shipping"),
        ("one source in the room", "one source in the room"),
        ("My underwriter", "My underwriter"),
    ],
)
def test_what_stands_in_or_beside_a_title_is_not_who_speaks(source: str, name: str) -> None:
    page = Reading(f"{source} said no.")
    page.says(page.text[: page.text.index(" said")], "said")
    assert page.speakers() == [name]


def test_a_nationality_within_a_source_does_not_speak() -> None:
    page = Reading("Rain fell on {P:the Syrian}. The Syrian-held said no.").says("The Syrian-held", "said")
    assert page.speakers() != ["Syria"]


def test_a_source_that_runs_from_the_headline_into_the_lead_is_its_last_line() -> None:
    page = Reading("{p:Orlov}\n\nForeign Minister {p:Sergei Orlov} said no.")
    page.says("Orlov\n\nForeign Minister Sergei Orlov", "said")
    assert page.speakers() == ["Sergei Orlov"]
