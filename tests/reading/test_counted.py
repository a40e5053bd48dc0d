"""Figures have the chain of who gives them, the event that they belong to, and the time that they cover."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import Told, reading_of

from onrecord.model.found import Found

BOMBED = "{A1,E1=l Russia} {T1=ASSAULT/aerial/asserted/- bombed} {R1,E2=l Aleppo}"


def test_a_strike_that_killed_and_injured_is_one_event_with_two_figures() -> None:
    page = Told(f"{BOMBED}, killing {{F1 20 people}} and injuring {{F1 50}}.")
    assert [e.id for e in page.record.events] == ["v1"]
    assert [(f.value, f.unit, f.kind, f.event) for f in page.record.figures] == [
        (20, "person", "killed", "v1"),
        (50, "person", "injured", "v1"),
    ]


def test_a_figure_whose_words_hold_the_trigger_is_that_events() -> None:
    page = Told("{A1,E1=l Russia} {T1=ASSAULT/-/asserted/- killed} {R1 12 civilians} in {E2=l Aleppo}.")
    assert [(f.value, f.event) for f in page.record.figures] == [(12, "v1")]


def test_a_figure_that_belongs_to_nothing_has_no_event() -> None:
    page = Told(f"{BOMBED}. The bridge cost $3 million.")
    assert [(f.unit, f.event) for f in page.record.figures] == [("USD", None)]


def test_a_figure_of_an_event_told_twice_is_of_the_one_entry() -> None:
    page = Told(
        f"{BOMBED}. {{A2,E3=l Russia}} {{T2=ASSAULT/aerial/asserted/- bombed}} {{R2,E4=l Aleppo}}, "
        "killing {F2 20 people}."
    )
    assert [e.id for e in page.record.events] == ["v1"]
    assert [f.event for f in page.record.figures] == ["v1"]


def test_a_figure_is_of_the_telling_that_gives_it_and_not_of_its_denial() -> None:
    page = Told(
        "{S1,E1=l Moscow} {Q1 said} {C1 that {A1,E2=o Ukrainian forces} "
        "{T1=ASSAULT/-/asserted/- shelled} {R1,E3=l Donetsk}, killing {F1 20 people}}. "
        "{S2,E4=l Kyiv} {Q2 denied} {C2 the charge}."
    )
    assert len(page.record.events) == 2
    [figure] = page.record.figures
    assert figure.event == "v1"
    assert page.tellers(figure.according_to) == page.tellers(page.record.events[0].according_to)


def test_a_figure_has_the_whole_chain() -> None:
    page = Told(
        "{S1,E1=p Ann Lee} {Q1 said} {C1 that the {S2,E2=o Harbour Board} {Q2 claims} "
        "{C2 that 300 people were killed}}."
    )
    [figure] = page.record.figures
    assert page.tellers(figure.according_to) == ["Harbour Board", "Ann Lee"]


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("They killed 20 people since Monday.", "since Monday"),
        ("They killed 20 people in two weeks.", "in two weeks"),
        ("They killed 20 people over the past two years.", "over the past two years"),
        ("They killed 20 people on Monday.", None),
        ("They killed 20 people. It rained for two weeks.", None),
        ("They killed 20 people.", None),
    ],
)
def test_the_period_is_the_time_that_a_figure_is_counted_over(words: str, period: str | None) -> None:
    page = Told(f"# published: 2016-05-11\n{words}")
    [figure] = page.record.figures
    assert (figure.period.text if figure.period else None) == period


def test_letters_that_grow_when_made_small_do_not_shift_the_period() -> None:
    page = Told("# published: 2016-05-11\nThey killed 20 people in İİİİİİİİİİİİİİİİİİİİİ since Monday.")
    [figure] = page.record.figures
    assert figure.period is not None
    assert figure.period.text == "since Monday"


PIECES = st.sampled_from(
    ["20", "people", "killed", "since", "Since", "Monday", "for two weeks", "İ", "$3 million", ".", ",", "\n",
     "in", "at least", "between", "\x00", "ß", "ŉ"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_every_period_follows_its_figure_in_its_sentence(text: str) -> None:
    for figure in reading_of(text, Found((), (), ()), published="2016-05-11").figures:
        if figure.period is not None:
            assert figure.evidence.end <= figure.period.start
            assert figure.period.text.split()[0].isalpha()


def test_whom_a_deed_befell_is_also_its_figure() -> None:
    page = Told("{A1,E1=l Russia} {T1=ASSAULT/-/asserted/- left} {R1,E2=P 12 wounded soldiers} behind.")
    assert [f.event for f in page.record.figures] == ["v1"]
