"""Events and relations in plain English: who did what, when, where, and who says so."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from handmade_events import UNKNOWN, Builder, harbor_record

from onrecord.export.outline import chains, happenings, outline
from onrecord.export.sentences import Sentence, Teller
from onrecord.lexicon.telling import event_phrases, relation_phrases, voice_phrases
from onrecord.record import Attitude, Date, EventType, Record, RelationType, Status

HARBOR = {
    "v1": "On 23 October 1962, Kelland struck the quay from the air in Port Vey "
    "(the harbor master, Ana Brandt, The Harbor Ledger)",
    "v2": "Kelland struck the quay from the air (denied by Kelland, The Harbor Ledger)",
    "v3": "President Ruiz and Premier Oda spoke by telephone (The Harbor Ledger)",
    "v4": "In May 1963, President Ruiz will visit Arden (“aides”, The Harbor Ledger)",
    "v5": "Arden gives military aid to the Free Column (The Harbor Ledger)",
    "v6": "The Free Column seized three trucks (unnamed: “Allegedly”, The Harbor Ledger)",
    "v7": "Kelland should withdraw from Port Vey (ordered by Premier Oda, The Harbor Ledger)",
    "v8": "Kelland and Arden did not hold talks (The Harbor Ledger)",
    "v9": "The mayor was arrested (The Harbor Ledger)",
    "v10": "Ana Brandt supports Arden (Ana Brandt, The Harbor Ledger)",
    "r1": "Arden supplies weapons to the Free Column (The Harbor Ledger)",
    "r2": "Kelland does not fight the quay (Kelland, The Harbor Ledger)",
    "r3": "Ana Brandt supports Arden, as of 23 October 1962 (Ana Brandt, The Harbor Ledger)",
}


def teller(record: Record) -> Teller:
    return Teller(record, chains(outline(record)))


def told(name: str, **fields: object) -> str:
    """Say an event of the harbor record, changed."""
    record = harbor_record()
    event = next(event for event in record.events if event.id == name)
    return str(teller(record).event(replace(event, **fields)))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", HARBOR)
def test_entries_are_sentences_with_their_claimants(name: str) -> None:
    record = harbor_record()
    said: dict[str, Sentence] = {event.id: teller(record).event(event) for event in record.events}
    said |= {relation.id: teller(record).relation(relation) for relation in record.relations}
    assert str(said[name]) == HARBOR[name]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("asserted", "The mayor was arrested (The Harbor Ledger)"),
        ("denied", "The mayor was arrested (denied, The Harbor Ledger)"),
        ("negated", "The mayor was not arrested (The Harbor Ledger)"),
        ("future", "The mayor will be arrested (The Harbor Ledger)"),
        ("hypothetical", "The mayor might be arrested (The Harbor Ledger)"),
        ("requested", "The mayor should be arrested (demanded, The Harbor Ledger)"),
        ("habitual", "The mayor is arrested (The Harbor Ledger)"),
    ],
)
def test_a_status_is_heard(status: Status, words: str) -> None:
    assert told("v9", status=status) == words


def test_a_denial_beside_a_negation_is_not_told_twice() -> None:
    assert told("v2", status="negated") == (
        "Kelland did not strike the quay from the air (Kelland, The Harbor Ledger)"
    )


def test_what_is_denied_by_nobody_s_attitude_is_denied_by_the_innermost() -> None:
    assert "(denied by the harbor master, Ana Brandt, The Harbor Ledger)" in told("v1", status="denied")


def test_nobody_at_all_is_an_unnamed_party() -> None:
    assert told("v9", actors=(), recipients=()) == "An unnamed party made arrests (The Harbor Ledger)"


def test_one_who_is_both_beside_others_is_told_once() -> None:
    assert told("v3", actors=("e5", "e6"), recipients=("e6",)).startswith(
        "President Ruiz and Premier Oda tele"
    )
    assert told("v3", actors=("e5",), recipients=("e5", "e6")).startswith(
        "President Ruiz telephoned Premier Oda"
    )


def test_dates_are_as_exact_as_they_are_known() -> None:
    for value, precision, words in (
        ("1962", "year", "In 1962, the mayor"),
        ("1962-10", "month", "In October 1962, the mayor"),
        ("1962-W43", "week", "In the week of 22 October 1962, the mayor"),
        ("1962-10-23T14:50", "minute", "On 23 October 1962, 14:50, the mayor"),
    ):
        assert told("v9", date=Date(value, precision, "text")).startswith(words)


def test_a_page_without_an_outlet_is_this_page() -> None:
    record = harbor_record()
    record = replace(record, document=replace(record.document, outlet=None))
    assert str(teller(record).event(record.events[8])) == "The mayor was arrested (this page)"


def test_a_party_that_is_the_place_is_not_told_twice() -> None:
    assert told("v4", date=UNKNOWN, place="m12", recipients=("e11",)).startswith(
        "President Ruiz will visit Port Vey (“aides”"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("United States", "the United States"),
        ("US", "the US"),
        ("Syrian government", "the Syrian government"),
        ("The minister", "the minister"),
        ("its government", "its government"),
        ("Army", "the Army"),
        ("Kelland", "Kelland"),
        ("Bank", "Bank"),
    ],
)
def test_names_have_their_article(name: str, words: str) -> None:
    record = harbor_record()
    mayor = replace(record.entities[9], name=name)
    record = replace(record, entities=(*record.entities[:9], mayor, record.entities[10]))
    event = replace(record.events[8], actors=("e1",))
    assert teller(record).event(event).said == f"Kelland arrested {words}"


def test_the_page_s_own_article_is_kept() -> None:
    b = Builder("Tanks of the Gray Front left the Bay of Reeds. The Gray Front left. Now Gray fell.")
    front = b.party("Gray Front", "organization")
    b.party("Bay of Reeds", "place")
    b.mention(front, "Gray Front", nth=1)
    gray = b.party("Gray", "place", "Gray")
    b.happens("RETREAT", "left", front, gray, mode="withdraw", place=b.mentions[1].id)
    record = b.record()
    said = teller(record).event(record.events[0]).said
    assert said == "The Gray Front withdrew from Gray in the Bay of Reeds"


def test_names_cannot_upset_a_sentence() -> None:
    b = Builder("{} hit \x1b[31m{0}")
    one, other = b.party("{}", "other"), b.party("\x1b[31m{0}", "other")
    b.happens("ASSAULT", "hit", one, other, mode="aerial")
    record = b.record()
    words = str(teller(record).event(record.events[0]))
    assert words == "() struck ␛[31m(0) from the air (this page)"


def test_every_type_relation_and_attitude_has_its_words() -> None:
    for kind in get_args(EventType):
        phrases = event_phrases(kind, None)
        assert "{}" in phrases.both.rest
        assert "{}" not in phrases.actor.rest + phrases.recipient.rest + phrases.mutual.rest
    assert set(relation_phrases()) == set(get_args(RelationType))
    assert set(voice_phrases()) < set(get_args(Attitude))


def test_tellings_of_one_happening_stand_together_the_page_s_own_first() -> None:
    record = harbor_record()
    groups = [[event.id for event in group] for group in happenings(record)]
    assert groups[0] == ["v1", "v2"]
    assert sorted(name for group in groups for name in group) == sorted(e.id for e in record.events)
    own = replace(record.events[1], according_to=())
    groups = [[e.id for e in g] for g in happenings(replace(record, events=(record.events[0], own)))]
    assert groups == [["v2", "v1"]]
