"""What the model found becomes events with parties, date, place, status and a chain of claimants."""

from __future__ import annotations

import re

import pytest
from marked import Told

from onrecord.reading.circumstances import iso
from onrecord.record import Event, Time

BOMBED = "{T1=ASSAULT/aerial/asserted/military bombed}"
MET = "{T1=CONSULT/-/asserted/diplomatic met}"


def only(page: Told) -> Event:
    [event] = page.record.events
    return event


def test_an_event_has_its_type_mode_contexts_quad_and_words() -> None:
    page = Told(f"Rain fell. {{A1,E1=l Russia}} {BOMBED} {{R1 the depot}}. Snow fell.")
    event = only(page)
    assert (event.id, event.type, event.mode, event.contexts) == ("v1", "ASSAULT", "aerial", ("military",))
    assert event.quad == "material_conflict"
    assert event.trigger.text == "bombed"
    assert event.mentions == (event.trigger,)
    assert event.evidence.text == "Russia bombed the depot."
    assert (event.factuality, event.score, event.happening) == (2.5, 0.8, "h1")


def test_a_compound_actor_and_a_compound_recipient_are_several_parties_of_one_event() -> None:
    page = Told(
        f"{{A1,E1=l Russia}} and {{A1,E2=l Iran}} {BOMBED} the {{R1,E3=o Harbour Board}} and "
        "{R1,E4=l Aleppo}."
    )
    assert page.sides(only(page)) == (["Russia", "Iran"], ["Harbour Board", "Aleppo"])


@pytest.mark.parametrize(
    ("marked", "actors", "recipients"),
    [
        (
            f"{{A1,R1,E1=p Ann Lee}} and {{A1,R1,E2=p Bo Park}} {MET}.",
            ["Ann Lee", "Bo Park"],
            ["Ann Lee", "Bo Park"],
        ),
        (f"{{A1,E1=p Ann Lee}} {MET} {{R1,E2=p Bo Park}}.", ["Ann Lee"], ["Bo Park"]),
        (f"{{A1,R1,E1=p Ann Lee}} {MET} nobody else.", ["Ann Lee"], []),
        (f"{{A1,R1 The two sides}} {MET} again.", ["the two sides"], []),
    ],
    ids=["both sides named", "one meets the other", "one side known", "both sides in one phrase"],
)
def test_talks_are_one_event_of_both_sides(marked: str, actors: list[str], recipients: list[str]) -> None:
    page = Told(marked)
    assert page.sides(only(page)) == (actors, recipients)


def test_in_the_passive_the_doer_is_still_the_actor() -> None:
    page = Told("{R1,E1=p Ann Lee} was {T1=COERCE/arrest/asserted/legal arrested} by {A1 gunmen}.")
    assert page.sides(only(page)) == (["gunmen"], ["Ann Lee"])


def test_where_the_page_does_not_say_who_did_it_there_is_no_actor() -> None:
    page = Told("{R1,E1=p Ann Lee} was {T1=COERCE/arrest/asserted/legal arrested}.")
    assert page.sides(only(page)) == ([], ["Ann Lee"])


def test_a_deed_of_nobody_to_nobody_nowhere_is_no_event() -> None:
    assert Told("Guns {T1=ASSAULT/-/asserted/military fired} all night.").record.events == ()


@pytest.mark.parametrize(
    ("marked", "recipient"),
    [
        ("President {E1=p Ann Lee} flew home. Gunmen {T1=T} {R1,E2=P the president}.", "Ann Lee"),
        ("{E1=l Syria} is at war. Gunmen {T1=T} {R1 Syrian} trucks.", "Syria"),
        ("Gunmen {T1=T} {R1 Foreign Minister {E1=p Ann Lee}}.", "Ann Lee"),
        ("Gunmen {T1=T} {R1 the {E1=o Harbour Board}'s offices}.", "the Harbour Board's offices"),
        ("“Gunmen {T1=T} {R1 me},” {E1=p Ann Lee} said.", None),
    ],
)
def test_a_participant_is_the_party_that_its_words_stand_for(marked: str, recipient: str | None) -> None:
    page = Told(marked.replace("T1=T", "T1=ASSAULT/firearms/asserted/- shot at"))
    assert page.sides(only(page))[1] == ([recipient] if recipient else [])


@pytest.mark.parametrize("words", ["He", "They"])
def test_a_pronoun_with_nobody_to_stand_for_is_no_participant(words: str) -> None:
    page = Told(f"{{A1 {words}}} {BOMBED} {{R1,E1=l Aleppo}}.")
    assert page.sides(only(page)) == ([], ["Aleppo"])


def test_a_pronoun_is_the_party_before_it() -> None:
    page = Told(
        "{E1=p Ann Lee} left the court on foot, "
        "and {A1 she} {T1=ASSAULT/beat/asserted/- hit} {R1 a policeman}."
    )
    assert page.sides(only(page))[0] == ["Ann Lee"]


@pytest.mark.parametrize(
    ("speaker", "actors"),
    [("the {E1=o Harbour Board}", ["Harbour Board"]), ("{E1=p Ann Lee}", [])],
    ids=["a body", "a person"],
)
def test_we_is_the_body_that_speaks_but_no_person(speaker: str, actors: list[str]) -> None:
    page = Told(f"{{C1 “{{A1 We}} {BOMBED} {{R1 the depot}},”}} {{S1 {speaker}}} {{Q1 said}}.")
    assert page.sides(only(page)) == (actors, ["the depot"])


def test_i_is_who_speaks() -> None:
    page = Told(f"{{C1 “{{A1 I}} {BOMBED} {{R1 the depot}},”}} {{S1,E1=p Ann Lee}} {{Q1 said}}.")
    assert page.sides(only(page))[0] == ["Ann Lee"]


@pytest.mark.parametrize("words", ["a group of women", "masked gunmen", "two officials close to the talks"])
def test_a_participant_that_is_only_described_is_a_party_of_that_name(words: str) -> None:
    page = Told(f"Then {{A1 {words}}} {BOMBED} {{R1,E1=l Aleppo}}.")
    assert page.sides(only(page)) == ([words], ["Aleppo"])


def test_a_description_that_takes_part_twice_is_one_party() -> None:
    page = Told(
        "{A1 The rebels} {T1=COERCE/seize/asserted/- took} {R1,E1=l Aleppo}. "
        "Then {R2 the rebels} were {T2=ASSAULT/aerial/asserted/- bombed}."
    )
    first, second = page.record.events
    assert first.actors == second.recipients != ()


@pytest.mark.parametrize(
    ("words", "value", "precision"),
    [
        ("Tuesday", "2016-05-10", "day"),
        ("Tuesday night", "2016-05-10", "day"),
        ("last week", "2016-W18", "week"),
        ("this quarter", "2016-Q2", "quarter"),
        ("2014", "2014", "year"),
        ("last summer", "2015", "year"),
        ("3 pm on Monday", "2016-05-09T15:00", "minute"),
    ],
)
def test_the_date_is_what_the_pages_words_come_to(words: str, value: str, precision: str) -> None:
    page = Told(f"# published: 2016-05-11\n{{A1,E1=l Russia}} {BOMBED} {{R1,E2=l Aleppo}} {{D1 {words}}}.")
    date = only(page).date
    assert (date.value, date.precision, date.method) == (value, precision, "text")
    assert date.span is not None
    assert date.span.text == words


def test_a_date_that_the_page_ties_to_another_event_is_not_this_ones() -> None:
    page = Told(
        f"# published: 2016-05-11\n{{A1,E1=l Russia}} {BOMBED} {{R1,E2=l Aleppo}}, "
        "and {A2 gunmen} {T2=PROTEST/demo/asserted/- marched} {D2 Tuesday}."
    )
    assert [e.date.value for e in page.record.events] == [None, "2016-05-10"]


@pytest.mark.parametrize(
    ("header", "words", "reason"),
    [
        ("", "", "none stated"),
        ("", " {D1 Tuesday}", "no date of publication"),
        ("# published: 2016-05-11\n", " {D1 now}", "no day of the calendar"),
        ("# published: 2016-05-11\n", " {D1 in the 1990s}", "no day of the calendar"),
        ("# published: 2016-05-11\n", " {D1 when the rains came}", "no day of the calendar"),
    ],
)
def test_a_date_that_is_not_known_is_null_with_the_reason(header: str, words: str, reason: str) -> None:
    page = Told(f"{header}{{A1,E1=l Russia}} {BOMBED} {{R1,E2=l Aleppo}}{words}.")
    date = only(page).date
    assert (date.value, date.precision, date.method) == (None, None, reason)
    assert (date.span is None) == (words == "")


def test_the_place_is_a_mention_that_is_on_the_map() -> None:
    page = Told(f"{{A1,E1=l Russia}} {BOMBED} a depot in {{P1 the suburbs of {{E2=l Aleppo}}}}.")
    event = only(page)
    mention = next(m for m in page.record.mentions if m.id == event.place)
    assert mention.text == "Aleppo"
    assert event.place in {p.mention for p in page.record.places}


def test_a_place_that_is_no_name_is_left_open() -> None:
    page = Told(f"{{A1,E1=l Russia}} {BOMBED} a depot near {{P1 the bridge}}.")
    assert only(page).place is None


@pytest.mark.parametrize(
    ("cue", "sure", "status"),
    [
        ("denied", 0.8, "denied"),
        ("denied", 0.95, "asserted"),
        ("demanded", 0.5, "requested"),
        ("promised", 0.5, "future"),
        ("promised", 0.7, "asserted"),
        ("said", 0.1, "asserted"),
    ],
)
def test_whoever_denies_asks_or_promises_outweighs_a_doubtful_status(
    cue: str, sure: float, status: str
) -> None:
    page = Told(
        f"{{S1,E1=p Ann Lee}} {{Q1 {cue}}} {{C1 that {{A1,E2=l Russia}} {BOMBED} {{R1,E3=l Aleppo}}}}.",
        sure=sure,
    )
    assert only(page).status == status


@pytest.mark.parametrize("status", ["future", "hypothetical", "requested"])
def test_a_plan_that_is_denied_keeps_the_status_that_the_model_gave_it(status: str) -> None:
    page = Told(
        "{S1,E1=p Ann Lee} {Q1 denied} "
        f"{{C1 that {{A1,E2=l Russia}} would {{T1=ASSAULT/-/{status}/- bomb}} {{R1,E3=l Aleppo}}}}.",
        sure=0.3,
    )
    assert only(page).status == status


def test_only_the_nearest_claimant_changes_the_status() -> None:
    page = Told(
        "{S1,E1=p Ann Lee} {Q1 denied} {C1 that {S2,E2=p Bo Park} had {Q2 said} "
        f"{{C2 that {{A1,E3=l Russia}} {BOMBED} {{R1,E4=l Aleppo}}}}}}.",
        sure=0.3,
    )
    assert only(page).status == "asserted"


def test_an_event_outside_of_all_statements_is_in_the_pages_own_voice() -> None:
    page = Told(
        f"{{S1,E1=p Ann Lee}} {{Q1 said}} {{C1 that it rained}}. "
        f"{{A1,E2=l Russia}} {BOMBED} {{R1,E3=l Aleppo}}."
    )
    assert only(page).according_to == ()


def test_a_chain_of_three_is_told_innermost_first() -> None:
    page = Told(
        "{S1,E1=p Ann Lee} {Q1 said} {C1 that {S2,E2=p Bo Park} had {Q2 told} her {C2 that "
        "the {S3,E3=o Harbour Board} {Q3 believed} "
        f"{{C3 that {{A1,E4=l Russia}} {BOMBED} {{R1,E5=l Aleppo}}}}}}}}."
    )
    event = only(page)
    assert page.tellers(event.according_to) == ["Harbour Board", "Bo Park", "Ann Lee"]
    for key in event.according_to:
        told = next(a for a in page.record.attributions if a.id == key)
        assert any(event.trigger.within(span) for span in told.content)


def test_a_trigger_that_runs_out_of_a_statement_is_not_told_by_it() -> None:
    page = Told(
        "{C1 {A1,E1=l Russia} {T1=THREATEN/violence/asserted/- threatened} to leave} and "
        "{T2=ASSAULT/-/asserted/- bombed} {R2,E3=l Aleppo}, {S1,E2=p Ann Lee} {Q1 said}."
    )
    assert [len(e.according_to) for e in page.record.events] == [1, 0]


def test_a_statement_without_a_source_stands_in_the_chain() -> None:
    page = Told(f"{{A1,E1=l Russia}} {{Q1 reportedly}} {{C1 {BOMBED} {{R1,E2=l Aleppo}}}}.")
    event = only(page)
    assert page.tellers(event.according_to) == [None]
    assert page.record.attributions[0].speaker_reason == "none named"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2016-05-10T14:20:05", ("2016-05-10T14:20:05", "second")),
        ("2016-05-10T14", ("2016-05-10T14", "hour")),
        ("2016-05-10TNI", ("2016-05-10", "day")),
        ("2016-W18-WE", ("2016-W18", "week")),
        ("2016-05", ("2016-05", "month")),
        ("2015-SU", ("2015", "year")),
        ("199", (None, None)),
        ("199X", (None, None)),
        ("18", (None, None)),
        ("PAST_REF", (None, None)),
        ("XXXX-05-10", (None, None)),
        ("", (None, None)),
    ],
)
def test_a_value_is_cut_to_what_iso_8601_can_write(value: str, expected: tuple[str, str]) -> None:
    assert iso(value) == expected


def test_whatever_the_pages_times_come_to_is_a_date_or_none() -> None:
    page = Told("# published: 2016-05-11\nOn Monday, in March, at 3 pm, last year, in the 1980s, now, soon.")
    values = [t.value for t in page.record.times if isinstance(t, Time) and t.value]
    assert len(values) > 4
    for value in values:
        dated, precision = iso(value)
        assert (dated is None) == (precision is None)
        assert dated is None or re.match(r"\d{4}", dated)


def test_whom_a_friendly_deed_is_against_is_no_partner_in_it() -> None:
    page = Told(
        "{A1,E1=l Syria} and {A1,E2=l Iraq} {T1=COOPERATE/-/asserted/- unite} against {R1,E3=l Iran}."
    )
    [event] = page.record.events
    assert page.sides(event) == (["Syria", "Iraq"], ["Syria", "Iraq"])


@pytest.mark.parametrize("trigger", ["the case", "it clear", "together", "said"])
def test_what_can_be_no_deed_makes_no_event(trigger: str) -> None:
    assert Told(f"{{A1,E1=l Russia}} {{T1=AGREE/-/asserted/- {trigger}}}.").record.events == ()


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("A deal was {T1=ASSAULT/-/asserted/- struck} between {R1,E1=l Syria} and {R1,E2=l Iran}.", 0),
        ("{A1,E1=l Syria} {T1=ASSAULT/-/asserted/- struck} a bargain with {R1,E2=l Iran}.", 0),
        ("Treaties that were {T1=ASSAULT/-/asserted/- struck} between {R1,E1=l Syria} and Iran.", 0),
        ("{A1,E1=l Syria} {T1=ASSAULT/-/asserted/- struck} a camp in {R1,E2=l Iran}.", 1),
    ],
)
def test_who_strikes_a_deal_strikes_nobody(marked: str, told: int) -> None:
    assert len(Told(marked).record.events) == told


@pytest.mark.parametrize(
    ("after", "mode"),
    [(" on the phone with", "phone"), (" by telephone with", "phone"), (" with", None)],
)
def test_a_talk_is_a_call_where_the_words_say_so(after: str, mode: str | None) -> None:
    told = Told(f"{{A1,E1=p Ann Lee}} {{T1=CONSULT/-/asserted/- spoke}}{after} {{R1,E2=p Bo Park}}.")
    [event] = told.record.events
    assert event.mode == mode
