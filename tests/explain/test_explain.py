"""Why entries exist, said entry by entry from a record made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handmade_events import harbor_record

from onrecord.errors import RecordError
from onrecord.explain import Account, account, explain, explain_all
from onrecord.record import Record


@pytest.fixture(scope="module")
def harbor() -> Record:
    return harbor_record()


def fact(told: Account, label: str) -> list[str]:
    """Give the words of a fact, those that go on with it among them."""
    found: list[str] = []
    here = False
    for one in told.facts:
        here = one.label == label or (here and not one.label)
        if here:
            found.append(one.words)
    return found


EVENT = """\
v2, event: Kelland struck the quay from the air (denied by Kelland, The Harbor
Ledger)
  trigger      “bombing” (209 to 216)
               in: Kelland denied bombing the quay.
  type         ASSAULT, aerial, denied, military, by the trigger's words in
               their sentence
"""


def test_an_event_is_accounted_for_line_by_line(harbor: Record) -> None:
    assert explain(harbor, "v2").startswith(EVENT)


def test_an_event_shows_the_table_s_row(harbor: Record) -> None:
    weight, line = fact(account(harbor, "v9"), "weight")
    assert weight == "material_conflict, PLOVER -7.2, Goldstein -5.0 (CAMEO 173)"
    assert line.startswith("lexicon/plover.tsv, line ")


def test_a_score_that_no_source_has_is_none_with_its_reason(harbor: Record) -> None:
    event = replace(harbor.events[6], mode="resign")
    changed = replace(harbor, events=(*harbor.events[:6], event, *harbor.events[7:]))
    weight, line = fact(account(changed, "v7"), "weight")
    assert weight.endswith("Goldstein none")
    assert "no code of its own" in line


def test_a_chain_is_spelled_out_name_by_name(harbor: Record) -> None:
    assert fact(account(harbor, "v1"), "according to") == [
        "1. the harbor master, in a2 (“had told”: asserts)",
        "2. Ana Brandt, in a1 (“said”: asserts)",
        "3. the page itself, of The Harbor Ledger",
    ]


def test_a_happening_s_other_tellings_are_named(harbor: Record) -> None:
    told = account(harbor, "v1")
    assert fact(told, "told again") == ["as v2: one happening, h1"]
    assert fact(told, "also in")[0] == "“bombing” (209 to 216)"


def test_dates_and_places_say_how_they_are_known(harbor: Record) -> None:
    told = account(harbor, "v1")
    assert fact(told, "date") == ["1962-10-23 (to the day), by the page's words, “Tuesday” (43 to 50)"]
    assert fact(told, "place") == ["“Port Vey” (153 to 161), m12"]
    assert fact(told, "on the map") == ["Port Vey: KEL, 12.50 S, 44.25 E, GeoNames 1234567"]
    untold = account(harbor, "v2")
    assert fact(untold, "date") == ["not known: none stated"]
    assert fact(untold, "place") == ["null: the page does not say"]


def test_a_statement_shows_its_words_speaker_and_the_lexicon_s_line(harbor: Record) -> None:
    told = account(harbor, "a3")
    attitude, line = fact(told, "attitude")
    assert attitude == "denies"
    assert line.startswith("“deny” tells: denies (lexicon/cues.tsv, line ")
    assert fact(told, "cue") == ["“denied” (202 to 208)"]
    assert fact(told, "content")[-1] == "in: Kelland denied bombing the quay."
    assert fact(account(harbor, "a4"), "speaker") == ["null: the source's words meet no entity"]
    assert fact(account(harbor, "a5"), "speaker") == ["null: the page names nobody"]
    assert fact(account(harbor, "a1"), "speaker") == [
        "Ana Brandt (e2), by “Ana Brandt” (m2, a name) in the source"
    ]


def test_an_attitude_that_no_line_tells_says_so(harbor: Record) -> None:
    turned = replace(harbor.attributions[2], attitude="admits")
    changed = replace(harbor, attributions=(*harbor.attributions[:2], turned, *harbor.attributions[3:]))
    assert fact(account(changed, "a3"), "attitude")[-1].startswith("turned by a negation")


def test_a_nested_statement_names_its_holders(harbor: Record) -> None:
    assert [words.split(",")[0] for words in fact(account(harbor, "a2"), "within")] == [
        "1. Ana Brandt", "2. the page itself",
    ]  # fmt: skip


def test_a_relation_names_what_it_was_drawn_from(harbor: Record) -> None:
    assert fact(account(harbor, "r1"), "drawn from") == ["v5: Arden gives military aid to the Free Column"]
    assert fact(account(harbor, "r3"), "drawn from") == ["a7: Ana Brandt added"]
    assert fact(account(harbor, "r2"), "type") == ["fights, negative"]


def test_a_figure_names_its_event_and_period(harbor: Record) -> None:
    told = account(harbor, "f1")
    assert told.said == "12 people, killed, since dawn"
    assert fact(told, "period") == ["“since dawn” (182 to 192)"]
    assert fact(told, "event")[0].startswith("v1: On 23 October 1962, Kelland struck")
    assert "figure_kinds.tsv" in fact(told, "kind")[1]


def test_a_party_and_a_mention_say_where_they_take_part(harbor: Record) -> None:
    told = account(harbor, "e1")
    assert fact(told, "acts in") == ["v1, v2, v7, v8"]
    assert fact(told, "says") == ["a3"]
    assert fact(account(harbor, "m12"), "place of") == ["v1"]
    assert fact(account(harbor, "m12"), "stands for") == ["Port Vey (e11)"]


def test_an_unknown_id_is_told_with_those_that_there_are(harbor: Record) -> None:
    with pytest.raises(RecordError) as error:
        explain(harbor, "v99")
    assert str(error.value) == (
        "this record has no entry 'v99'; it has a1 to a7, v1 to v10, r1 to r3, f1, e1 to e11, m1 to m12"
    )


def test_no_line_is_wider_than_asked_where_words_allow(harbor: Record) -> None:
    for width in (50, 72, 100):
        assert max(map(len, explain_all(harbor, width=width).splitlines())) <= width


def test_all_is_explained_once_and_in_order(harbor: Record) -> None:
    heads = [line.split(",")[0] for line in explain_all(harbor).splitlines() if line[:1].isalpha()]
    ids = [name for name in heads if name[1:].isdigit()]
    assert ids == [*(f"a{n}" for n in range(1, 8)), *(f"v{n}" for n in range(1, 11)), "r1", "r2", "r3", "f1"]


def test_words_of_the_page_cannot_move_the_cursor(harbor: Record) -> None:
    changed = replace(harbor, document=replace(harbor.document, outlet="\x1b[2Jgone"))
    assert "\x1b" not in explain_all(changed)
