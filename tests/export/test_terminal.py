"""A record on a terminal: readable aloud, with and without colour, at any width."""

from __future__ import annotations

import re
from collections.abc import Callable

from handmade import find

from onrecord.export.terminal import terminal
from onrecord.record import Attribution, Entity, Record, Role

EXPECTED = """\
Ships turn back, says envoy
The Harbor Ledger · R. Vale · 24 October 1962 (by its dateline)
https://example.org/ships?a=1&b=2

Ana Brandt (envoy) told reporters: “The minister said that 12 ships had turned
back. ¶ “We saw no others,” … “and we looked.”

  ↳ The minister said, denies: that 12 ships had turned back

— nobody named (“It is estimated”) believes: that about 300 sailors are aboard

Parties
Ana Brandt · envoy, person, GOV · 1 statement · also she
The minister · person · 1 statement

Figures
12 ships · The minister, according to Ana Brandt · “12 ships”
about 300 people · nobody named · “about 300 sailors”

Times
Tuesday · 23 October 1962

Left out
1 navigation, 1 related link

"""


def test_a_record_reads_as_statements_with_their_speakers_first(story: Record) -> None:
    assert "".join(terminal([story])) == EXPECTED


def test_colour_adds_nothing_but_colour(story: Record) -> None:
    coloured = "".join(terminal([story], colour=True))
    assert "\x1b[32m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == EXPECTED.split()


def test_no_line_is_wider_than_the_screen(story: Record) -> None:
    for width in (40, 57, 100):
        lines = "".join(terminal([story], width=width)).splitlines()
        assert max(map(len, lines)) <= width


def test_dates_within_a_statement_are_resolved(make_record: Callable[..., Record]) -> None:
    from onrecord.record import Time

    text = "Brandt: We sail on Tuesday at noon."
    day = find(text, "Tuesday")
    said = Attribution(
        "a1",
        "indirect",
        (find(text, "Brandt"),),
        (),
        (find(text, "We sail on Tuesday at noon."),),
        "e1",
        None,
        "asserts",
    )
    record = make_record(
        text,
        entities=(Entity("e1", "Brandt", "person"),),
        attributions=(said,),
        times=(Time(day.start, day.end, day.text, "DATE", "1962-10-23"),),
    )
    assert "Brandt asserts: We sail on Tuesday [23 October 1962] at noon." in "".join(terminal([record]))


def test_according_to_comes_before_its_speaker(make_record: Callable[..., Record]) -> None:
    text = "Food is let through, according to Ana Brandt."
    name = find(text, "Ana Brandt")
    said = Attribution(
        "a1",
        "indirect",
        (name,),
        (find(text, "according to"),),
        (find(text, "Food is let through"),),
        "e1",
        None,
        "asserts",
    )
    envoy = Entity("e1", "Ana Brandt", "person", roles=(Role("envoy", name.start, name.end, name.text),))
    record = make_record(text, entities=(envoy,), attributions=(said,))
    assert "According to Ana Brandt (envoy): Food is let through" in "".join(terminal([record]))


def test_a_speaker_that_is_not_resolved_is_shown_in_the_page_s_words(
    make_record: Callable[..., Record],
) -> None:
    text = "Some of them denied it."
    said = Attribution(
        "a1",
        "indirect",
        (find(text, "Some of them"),),
        (find(text, "denied"),),
        (find(text, "it"),),
        None,
        "not resolved",
        "denies",
    )
    record = make_record(text, attributions=(said,))
    assert "— “Some of them” (not resolved) denied: it" in "".join(terminal([record]))


def test_a_page_without_statements_says_so(make_record: Callable[..., Record]) -> None:
    assert "Nobody is quoted on this page." in "".join(terminal([make_record("Rain.")]))


def test_long_lists_are_cut_and_counted(make_record: Callable[..., Record]) -> None:
    entities = tuple(Entity(f"e{n}", f"Party {n}", "group") for n in range(30))
    assert "and 18 more" in "".join(terminal([make_record("Rain.", entities=entities)]))


def test_what_happened_and_how_they_stand_are_told_as_sentences() -> None:
    from handmade_events import harbor_record

    shown = "".join(terminal([harbor_record()], width=100))
    assert EVENTS in shown
    assert "\nRelations\nArden supplies weapons to the Free Column (The Harbor Ledger)\n" in shown
    assert "\nPlaces\nPort Vey · KEL, 12.50 S, 44.25 E, GeoNames 1234567\n" in shown
    assert "12 people, killed, since dawn · the harbor master, according to Ana Brandt" in shown


def test_reasons_stand_after_each_record(story: Record) -> None:
    shown = "".join(terminal([story, story], explain=lambda record, width: f"because of {width}\n"))
    assert shown.count("because of 80\n\n") == 2


EVENTS = """
Events
On 23 October 1962, Kelland struck the quay from the air in Port Vey (the harbor master, Ana
  Brandt, The Harbor Ledger) · ASSAULT, aerial, military · “bombed”
↳ Kelland struck the quay from the air (denied by Kelland, The Harbor Ledger) · ASSAULT, aerial,
  denied, military · “bombing”
President Ruiz and Premier Oda spoke by telephone (The Harbor Ledger) · CONSULT, phone,
  diplomatic · “spoke by telephone”
"""
