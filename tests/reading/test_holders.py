"""A definite description goes to the one party whose office, seat, country or body the page gives."""

from __future__ import annotations

import pytest
from marked import Reading


@pytest.mark.parametrize(
    ("marked", "described", "name"),
    [
        ("Sen. {p:Ann Lee} ({p:R}{o:-}{l:Vt.}) won. Rain fell on {P:the Vermont senator}.", None, "Ann Lee"),
        ("Vermont Sen. {p:Ann Lee} won. Rain fell on {P:the Vermont senator}.", None, "Ann Lee"),
        (
            "Sen. {p:Ann Lee} won. Then came Sen. {p:Bo Park}, D-Ohio. {P:The Ohio senator} left.",
            None,
            "Bo Park",
        ),
        ("Rep. {p:Ann Lee} won. Rain fell on {P:the congresswoman}.", None, "Ann Lee"),
        (
            "Republican nominee {p:Ann Lee} met Democratic nominee {p:Bo Park}."
            " {P:The Democratic nominee} sat.",
            None,
            "Bo Park",
        ),
        ("Sen. {p:Ann Lee} won. Rain fell on {P:the senator}. Later Sen. {p:Bo Park} came.", None, "Ann Lee"),
        (
            "Russian Energy Minister {p:Ivan Orlov} won. Rain fell on {P:the Russian minister}.",
            None,
            "Ivan Orlov",
        ),
    ],
)
def test_a_description_that_one_holder_fits_is_that_persons(
    marked: str, described: str | None, name: str
) -> None:
    words = described or marked.rpartition("{P:")[2].partition("}")[0]
    assert Reading(marked).entity(words) == name


@pytest.mark.parametrize(
    "marked",
    [
        "Sen. {p:Ann Lee} met Sen. {p:Bo Park}. Rain fell. It fell on {P:the senator}.",
        "Ohio Sen. {p:Ann Lee} won. Rain fell. It fell on {P:the Vermont senator}.",
        "Republican nominee {p:Ann Lee} won. Rain fell. It fell on {P:the Democratic nominee}.",
        "Russian Energy Minister {p:Ivan Orlov} met Russian Health Minister {p:Oleg Titov}. "
        "Rain fell. It fell on {P:the Russian minister}.",
    ],
)
def test_a_description_that_fits_nobody_or_several_is_nobodys(marked: str) -> None:
    words = marked.rpartition("{P:")[2].partition("}")[0]
    assert Reading(marked).entity(words) not in ("Ann Lee", "Bo Park", "Ivan Orlov", "Oleg Titov")


def test_a_ministrys_spokesman_beside_a_name_is_its_role_and_speaks() -> None:
    page = Reading("Tea is safe, {p:the Harbour Ministry’s spokesman}, {p:Bo Park}, said.")
    page.says("the Harbour Ministry’s spokesman, Bo Park,", "said")
    assert page.speakers() == ["Bo Park"]


def test_he_who_added_is_not_whom_his_own_words_name() -> None:
    page = Reading(
        "{p:Ivan Orlov} met {p:Tom Hall} and {p:Tom Hall} met him. “Yes,” {p:Ivan Orlov} said. "
        "“{l:Peru} believes this,” he added."
    )
    page.says("Ivan Orlov", "said", "“Yes,”", nth=1).says("Peru", "believes", "this")
    page.says("he", "added", "“Peru believes this,”")
    assert page.speakers()[2] == "Ivan Orlov"
