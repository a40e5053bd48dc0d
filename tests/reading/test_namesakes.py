"""Two people of one surname stay two, and a bare surname goes to one of them by a rule."""

from __future__ import annotations

from marked import Reading


def test_a_bare_surname_is_the_last_named_in_full_in_its_paragraph() -> None:
    page = Reading(
        "{p:Ann Harker} won. {p:Ann Harker} spoke, and {p:Ann Harker} left.\n\n"
        "Her husband {p:Tom Harker} stayed. {p:Harker} said so."
    )
    assert page.entity("Harker") == "Tom Harker"


def test_a_bare_surname_in_a_paragraph_of_its_own_is_whom_the_page_is_about() -> None:
    page = Reading(
        "{p:Ann Harker} won. {p:Ann} spoke, and {p:Ann Harker} left.\n\n"
        "Her husband {p:Tom Harker} stayed.\n\n{p:Harker} said so."
    )
    assert page.entity("Harker") == "Ann Harker"


def test_a_surname_with_an_office_is_whose_office_the_page_tells() -> None:
    page = Reading(
        "Governor {p:Ann Harker} won, and {p:Ann Harker} spoke.\n\n"
        "Mayor {p:Tom Harker} stayed.\n\nRain fell. {p:Ann Harker} slept. Mayor {p:Harker} did not."
    )
    assert page.entity("Harker") == "Tom Harker"


def test_a_surname_used_from_the_start_is_not_the_one_named_in_full_much_later() -> None:
    page = Reading(
        "{p:Harker} wins\n\n{p:Harker} won on Monday.\n\n{p:Harker} spoke.\n\n{p:Harker} left. "
        "{p:Harker} slept.\n\nThe guests saw {p:Tom Harker}."
    )
    assert page.entity("Harker", 1) == "Harker"
    assert page.entity("Tom Harker") == "Tom Harker"


def test_a_surname_in_a_headline_is_the_full_name_of_the_body() -> None:
    page = Reading("{o:De Vries} wins\n\nMayor {p:Jan de Vries} won on Monday. {p:De Vries} spoke.")
    assert [e.name for e in page.gathered.entities] == ["Jan de Vries"]
