"""What the gazetteer has: names in any case and spelling, none for what is no name."""

from __future__ import annotations

import pytest

from onrecord.reading.gazetteer import CITY, COUNTRY, fold, gazetteer


@pytest.mark.parametrize(
    ("words", "folded"),
    [("Köln", "koln"), ("St. John's", "st johns"), ("SAINT-DENIS", "st denis"), ("", ""), ("\x00\ud800", "")],
)
def test_names_are_folded(words: str, folded: str) -> None:
    assert fold(words).strip("\ud800\x00 ") == folded


def test_spelling_and_case_do_not_matter() -> None:
    found = gazetteer().find("reykjavik")
    assert found == gazetteer().find("Reykjavík") == gazetteer().find("REYKJAVIK")
    assert any(s.kind == CITY and s.capital for s in found)


def test_older_names_are_known_as_other_names() -> None:
    assert any(s.country == "IND" and not s.own for s in gazetteer().find("Bombay"))


def test_a_country_is_one() -> None:
    assert [s.geonames_id for s in gazetteer().find("Jordan") if s.kind == COUNTRY] == [248816]


@pytest.mark.parametrize("words", ["", " ", "…", "\x00", "\ud800", "x" * 10_000, "zzzzzz", "\uffff"])
def test_what_is_no_name_is_not_found(words: str) -> None:
    assert gazetteer().find(words) == ()


def test_first_and_last_names_are_found() -> None:
    known = gazetteer()
    assert len(known) > 250_000
    assert any(s.row == 0 for s in known.find(known._name(0)))
    assert any(s.row == len(known) - 1 for s in known.find(known._name(len(known) - 1)))
