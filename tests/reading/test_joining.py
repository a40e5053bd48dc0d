"""Names that the model cut in two, or cut short, are whole in the record."""

from __future__ import annotations

import re
import time
from itertools import accumulate

import pytest
from marked import Reading

from onrecord.model.found import Found, Labelled, Statement
from onrecord.reading.entities import _fullest
from onrecord.reading.gather import gather


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{p:J}{o:. Joe Harker} gave a million.", ["J. Joe Harker"]),
        ("The founder, {o:S.} {p:Daniel Moss}, gave more.", ["S. Daniel Moss"]),
        ("The plan of {p:John} F. Keller was read.", ["John F. Keller"]),
        ("The plan of {p:George W}. Barlow was read.", ["George W. Barlow"]),
        ("They heard of {p:Hamid} bin {o:Sadek} again.", ["Hamid bin Sadek"]),
        ("Then {p:Lee Harvey} {p:Osgood} came in.", ["Lee Harvey Osgood"]),
        ("Then {p:Mark} {p:Culver} came in.", ["Mark Culver"]),
        ("They left {o:New} {l:Carlow} at dawn.", ["New Carlow"]),
        ("The {l:Marlow} {o:Police Department} closed.", ["Marlow Police Department"]),
        (
            "The {o:Clean} {x:Rivers Plan} failed. The {o:Clean Rivers Plan} passed.",
            ["Clean Rivers Plan"] * 2,
        ),
    ],
)
def test_a_name_in_pieces_is_one(marked: str, expected: list[str]) -> None:
    assert [m.text for m in Reading(marked).gathered.mentions] == expected


def test_a_given_name_takes_the_surname_after_it_that_the_page_knows() -> None:
    page = Reading("{p:Helen Carver} spoke. Then {p:Helen} Carver left.")
    assert [m.text for m in page.gathered.mentions] == ["Helen Carver", "Helen Carver"]
    assert len(page.gathered.entities) == 1


@pytest.mark.parametrize(
    "marked",
    [
        "{n:Polish} {x:Americans} voted.",
        "It is {p:Marek} – {p:Orlov} knows it.",
        "They saw {l:Cuba}. {p:Orlov} left.",
        "The bank of {l:Carlow}, {p:Orlov} said, closed.",
        "The {l:Cuban} {o:Police Department} closed.",
    ],
)
def test_two_names_stay_two(marked: str) -> None:
    labelled = set(re.findall(r"\{\w:([^}]*)\}", marked))
    assert labelled <= {m.text for m in Reading(marked).gathered.mentions}


def test_a_members_party_and_state_name_nobody() -> None:
    page = Reading("Sen. {p:Ann Lee} ({p:R}{o:-Utah}) met Rep. {p:Bo Park} ({p:D}{o:-}{l:N.C.}).")
    assert [m.text for m in page.gathered.mentions] == ["Sen. Ann Lee", "Ann Lee", "Rep. Bo Park", "Bo Park"]


def test_a_title_and_a_known_surname_are_a_persons_whatever_they_were_taken_for() -> None:
    page = Reading("{x:President Harker} left. {p:Harker} came back.")
    assert [(e.name, e.type) for e in page.gathered.entities] == [("Harker", "person")]


@pytest.mark.parametrize("words", ["J. ", "Ann ", "New ", "R-Utah ", "Ann bin ", "Ann F. ", "U", "D-"])
def test_many_labels_are_joined_in_linear_time(words: str) -> None:
    size = len(words.rstrip())
    text = words * 4_000
    names = tuple(Labelled(i * len(words), i * len(words) + size, "person", 1.0) for i in range(4_000))
    began = time.process_time()
    gather(text, Found(names, (), ()), [], [(0, len(text))])
    assert time.process_time() - began < 4


def test_a_page_of_twenty_thousand_names_is_gathered_in_time() -> None:
    words = [f"Person{n} Harker{n}" if n % 2 else "Peru" for n in range(20_000)]
    text = ", ".join(words)
    ends = list(accumulate(len(w) + 2 for w in words))
    stretches = [(end - len(w) - 2, end - 2) for end, w in zip(ends, words, strict=True)]
    names = tuple(Labelled(a, b, "person", 1.0) for a, b in stretches)
    told = [Statement((s,), (), (), False, 1.0) for s in stretches]
    began = time.process_time()
    gather(text, Found(names, (), ()), told, [(0, len(text))])
    assert time.process_time() - began < 30


def test_a_party_of_twenty_thousand_forms_has_its_fullest_name_in_time() -> None:
    forms = [f"Harbour {n} Board" for n in range(20_000)]
    began = time.process_time()
    assert _fullest([*forms, "HB"], "organization") == "Harbour 10000 Board"
    assert time.process_time() - began < 5
