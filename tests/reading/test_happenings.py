"""One happening told twice is one entry; told by two it is two entries under one key, denials too."""

from __future__ import annotations

import pytest
from marked import Told

BOMBED = "{A1,E1=l Russia} {T1=ASSAULT/aerial/asserted/- bombed} {R1,E2=l Aleppo}"
AGAIN = "{A2,E3=l Russia} {T2=ASSAULT/aerial/asserted/- bombed} {R2,E4=l Aleppo}"


def told(page: Told) -> list[tuple[str, str, list[str], list[str | None]]]:
    """Give each event's key, status, mentions and tellers."""
    return [
        (e.happening, e.status, [m.text for m in e.mentions], page.tellers(e.according_to))
        for e in page.record.events
    ]


def test_one_teller_twice_is_one_entry_with_two_mentions() -> None:
    page = Told(f"{BOMBED}. Rain fell. {AGAIN}.")
    assert told(page) == [("h1", "asserted", ["bombed", "bombed"], [])]
    [event] = page.record.events
    assert event.trigger == event.mentions[0]
    assert event.mentions[0].start < event.mentions[1].start


def test_one_speaker_in_two_statements_is_one_teller() -> None:
    page = Told(
        f"{{S1,E5=p Ann Lee}} {{Q1 said}} {{C1 that {BOMBED}}}. "
        f"{{S2,E6=p Lee}} {{Q2 added}} {{C2 that {AGAIN}}}."
    )
    assert told(page) == [("h1", "asserted", ["bombed", "bombed"], ["Ann Lee"])]


def test_two_tellers_are_two_entries_of_one_happening() -> None:
    page = Told(
        f"{{S1,E5=p Ann Lee}} {{Q1 said}} {{C1 that {BOMBED}}}. "
        f"{{S2,E6=p Bo Park}} {{Q2 said}} {{C2 that {AGAIN}}}."
    )
    assert told(page) == [
        ("h1", "asserted", ["bombed"], ["Ann Lee"]),
        ("h1", "asserted", ["bombed"], ["Bo Park"]),
    ]


def test_the_page_and_a_speaker_are_two_tellers() -> None:
    page = Told(f"{BOMBED}. {{S1,E6=p Bo Park}} {{Q1 said}} {{C1 that {AGAIN}}}.")
    assert [(key, tellers) for key, _, _, tellers in told(page)] == [("h1", []), ("h1", ["Bo Park"])]


def test_two_statements_without_a_source_are_two_tellers() -> None:
    page = Told(f"{{Q1 Reportedly}}, {{C1 {BOMBED}}}. {{Q2 Allegedly}}, {{C2 {AGAIN}}}.")
    assert [key for key, *_ in told(page)] == ["h1", "h1"]


def test_a_denial_in_its_own_words_is_of_the_same_happening() -> None:
    page = Told(
        f"{BOMBED}. {{S1,E6=p Bo Park}} {{Q1 denied}} "
        "{C1 that {A2,E3=l Russia} had {T2=ASSAULT/aerial/denied/- bombed} {R2,E4=l Aleppo}}."
    )
    assert told(page) == [
        ("h1", "asserted", ["bombed"], []),
        ("h1", "denied", ["bombed"], ["Bo Park"]),
    ]


def test_other_days_are_other_happenings() -> None:
    page = Told(f"# published: 2016-05-11\n{BOMBED} {{D1 on Tuesday}}. {AGAIN} {{D2 on Monday}}.")
    assert [e.happening for e in page.record.events] == ["h1", "h2"]


def test_a_telling_with_a_date_lends_it_to_the_one_without() -> None:
    page = Told(f"# published: 2016-05-11\n{BOMBED}. {AGAIN} {{D2 on Tuesday}}.")
    [event] = page.record.events
    assert event.date.value == "2016-05-10"


@pytest.mark.parametrize(
    "second",
    [
        "{A2,E3=l Iran} {T2=ASSAULT/aerial/asserted/- bombed} {R2,E4=l Aleppo}",
        "{A2,E3=l Russia} {T2=ASSAULT/aerial/asserted/- bombed} {R2,E4=l Homs}",
        "{A2,E3=l Russia} {T2=COERCE/seize/asserted/- seized} {R2,E4=l Aleppo}",
        "{A2,E3=l Russia} will {T2=ASSAULT/aerial/future/- bomb} {R2,E4=l Aleppo}",
        "{A2,E3=l Russia} {T2=ASSAULT/torture/asserted/- tortured} {R2 prisoners}",
    ],
    ids=["other actor", "other recipient", "other type", "a plan", "nothing in common but who"],
)
def test_what_differs_is_another_happening(second: str) -> None:
    assert [e.happening for e in Told(f"{BOMBED}. {second}.").record.events] == ["h1", "h2"]


def test_a_later_noun_points_back_to_what_is_known() -> None:
    page = Told(f"{BOMBED}. The {{T2=ASSAULT/aerial/asserted/- bombing}} of {{R2,E4=l Aleppo}} went on.")
    assert told(page) == [("h1", "asserted", ["bombed", "bombing"], [])]


def test_talks_told_from_either_side_are_one_happening() -> None:
    page = Told(
        "{A1,E1=p Ann Lee} {T1=CONSULT/-/asserted/- met} {R1,E2=p Bo Park}. "
        "{A2,E3=p Bo Park} {T2=CONSULT/-/asserted/- met} {R2,E4=p Ann Lee}."
    )
    assert len(page.record.events) == 1


def test_ids_count_entries_and_keys_count_happenings() -> None:
    page = Told(
        f"{BOMBED}. {{S1,E6=p Bo Park}} {{Q1 said}} {{C1 that {AGAIN}}}. "
        "{A3 Workers} {T3=PROTEST/strike/asserted/- struck}."
    )
    assert [(e.id, e.happening) for e in page.record.events] == [("v1", "h1"), ("v2", "h1"), ("v3", "h2")]


CHARGE = (
    "{S1,E1=l Moscow} {Q1 said} {C1 that {A1,E2=o Ukrainian forces} "
    "{T1=ASSAULT/heavy-weapons/asserted/military shelled} {R1,E3=l Donetsk}}. "
)


@pytest.mark.parametrize(
    "words", ["the charge", "any involvement", "that", "this", "having done it", "“the allegations”"]
)
def test_a_denial_that_points_back_is_tied_to_what_was_said(words: str) -> None:
    page = Told(f"{CHARGE}{{S2,E4=l Kyiv}} {{Q2 denied}} {{C2 {words}}}.")
    said, denied = page.record.events
    assert (said.status, denied.status) == ("asserted", "denied")
    assert said.happening == denied.happening
    assert (denied.actors, denied.recipients, denied.type) == (said.actors, said.recipients, said.type)
    assert denied.trigger == said.trigger
    assert page.tellers(denied.according_to) == page.names([page.record.attributions[1].speaker])
    assert denied.evidence.text.startswith("Kyiv denied")


@pytest.mark.parametrize(
    "rest",
    [
        "{S2,E4=l Peru} {Q2 denied} {C2 the charge}.",
        "{S2,E4=l Kyiv} {Q2 confirmed} {C2 the charge}.",
        "{S2,E4=l Kyiv} {Q2 denied} {C2 that it had rained}.",
        "It rained. It snowed. It blew. It hailed. {S2,E4=l Kyiv} {Q2 denied} {C2 the charge}.",
        "{S2,E4=l Moscow} {Q2 denied} {C2 the charge}.",
    ],
    ids=["not its deed", "no denial", "tells something", "too far", "who said it"],
)
def test_a_denial_is_not_tied_to_what_it_cannot_mean(rest: str) -> None:
    assert [e.status for e in Told(CHARGE + rest).record.events] == ["asserted"]


def test_a_denial_that_tells_its_own_event_denies_that_and_nothing_before() -> None:
    page = Told(
        CHARGE + "{S2,E4=l Kyiv} {Q2 denied} {C2 that it "
        "{T2=THREATEN/-/denied/- threatened} {R2,E5=l Donetsk}}."
    )
    assert [(e.trigger.text, e.status) for e in page.record.events] == [
        ("shelled", "asserted"),
        ("threatened", "denied"),
    ]


def test_a_denial_within_a_statement_has_the_whole_chain() -> None:
    page = Told(
        f"{CHARGE}{{S2,E5=p Bo Park}} {{Q2 said}} "
        "{C2 that {S3,E4=l Kyiv} {Q3 denied} {C3 the charge}}."
    )
    denied = page.record.events[1]
    assert page.tellers(denied.according_to)[1] == "Bo Park"


def test_the_chain_of_a_denial_is_that_of_its_holders_even_where_contents_cross() -> None:
    # The content around the cue is shorter than what is denied, so that it holds the cue and is no holder.
    page = Told(
        f"{CHARGE}{{C2 {{S3,E4=l Kyiv}} {{Q3 denied}}}} {{C3 the charge with all its might}}, "
        "{S2,E5=p Bo Park} {Q2 said}."
    )
    denied = page.record.events[1]
    of = {a.id: a for a in page.record.attributions}
    assert [of[key].cue[0].text for key in denied.according_to] == ["denied"]


def test_a_denial_among_many_claims_is_of_the_last_of_them_only() -> None:
    claims = "".join(
        f"{{S{k},E{4 * k}=l Iran}} {{Q{k} said}} {{C{k} {{A{k},E{4 * k + 1}=l Russia}} "
        f"{{T{k}=AID/-/asserted/- aided}} {{R{k},E{4 * k + 2}=p Ann L{'e' * k}}}}}; "
        for k in range(1, 31)
    )
    page = Told(claims + "{S31,E140=l Russia} {Q31 denied} {C31 the charge}.")
    denied = [e for e in page.record.events if e.status == "denied"]
    assert 0 < len(denied) <= 12
    assert denied[-1].recipients == page.record.events[-2].recipients
