"""Relations come from events and from pairs, with polarity and the chain that both parties share."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import Told, paired

from onrecord.model.labels import MODES, MUTUAL, RELATIONS
from onrecord.reading.relations import least

ARMS = "{A1,E1=l Russia} {T1=AID/military/STATUS/military arms} {R1,E2=l Syria}"
TWO = "{E1=l Russia} and {E2=l Syria} share a border."


def asked(page: Told) -> list[tuple[str, str]]:
    """Give the words of the pairs that the reader asked the model about."""
    assert page.record
    return page.finder.asked


@pytest.mark.parametrize(
    ("kind", "mode", "relation"),
    [
        ("CONSULT", "visit", "communicated_with"),
        ("SUPPORT", "-", "supports"),
        ("ACCUSE", "disapprove", "opposes"),
        ("THREATEN", "-", "opposes"),
        ("SANCTION", "expel", "opposes"),
        ("AID", "military", "supports"),
        ("AID", "economic", "funds"),
        ("COOPERATE", "military", "allied_with"),
        ("AID", "humanitarian", None),
        ("COERCE", "arrest", None),
    ],
)
def test_an_event_makes_the_relation_of_its_type_and_mode(kind: str, mode: str, relation: str | None) -> None:
    page = Told(f"{{A1,E1=l Russia}} {{T1={kind}/{mode}/asserted/- dealt}} with {{R1,E2=l Syria}}.")
    assert page.relations() == ([("Russia", relation, "Syria", "positive")] if relation else [])
    for r in page.record.relations:
        assert (r.events, r.attributions, r.score) == (("v1",), (), 0.8)
        assert r.evidence.text == page.text


@pytest.mark.parametrize(
    ("status", "polarity"),
    [("asserted", "positive"), ("habitual", "positive"), ("denied", "negative"), ("negated", "negative")],
)
def test_polarity_is_whether_the_event_took_place(status: str, polarity: str) -> None:
    page = Told(ARMS.replace("STATUS", status) + ".")
    assert page.relations() == [("Russia", "arms", "Syria", polarity)]


@pytest.mark.parametrize("status", ["future", "hypothetical", "requested"])
def test_what_is_only_planned_or_wanted_is_no_relation(status: str) -> None:
    assert Told("Soon " + ARMS.replace("STATUS", status) + ".").relations() == []


def test_each_actor_is_related_to_each_recipient() -> None:
    page = Told(
        "{A1,E1=l Russia} and {A1,E2=l Iran} {T1=AID/military/asserted/- arm} "
        "{R1,E3=l Syria} and {R1,E4=l Yemen}."
    )
    found = [(a, b) for a, _, b, _ in page.relations()]
    assert sorted(found) == [("Iran", "Syria"), ("Iran", "Yemen"), ("Russia", "Syria"), ("Russia", "Yemen")]


def test_talks_of_three_are_told_once_a_pair() -> None:
    page = Told(
        "{A1,R1,E1=l Russia}, {A1,R1,E2=l Iran} and {A1,R1,E3=l Syria} {T1=CONSULT/-/asserted/- met}."
    )
    assert sorted({frozenset((a, b)) for a, _, b, _ in page.relations()}, key=sorted) == [
        {"Iran", "Russia"},
        {"Iran", "Syria"},
        {"Russia", "Syria"},
    ]
    assert len(page.relations()) == 3


def test_a_relation_from_an_event_has_its_chain_and_its_date() -> None:
    page = Told(
        "# published: 2016-05-11\n{S1,E3=p Ann Lee} {Q1 said} {C1 that "
        + ARMS.replace("STATUS", "asserted")
        + " since {D1 Tuesday}}."
    )
    [relation] = page.record.relations
    assert page.tellers(relation.according_to) == ["Ann Lee"]
    assert relation.date.value == "2016-05-10"


def test_what_the_page_tells_and_what_a_speaker_denies_are_two_relations() -> None:
    page = Told(
        ARMS.replace("STATUS", "asserted") + ". {S1,E3=p Ann Lee} {Q1 denied} "
        "{C1 that {A2,E4=l Russia} {T2=AID/military/denied/military arms} {R2,E5=l Syria}}."
    )
    chains = [page.tellers(r.according_to) for r in page.record.relations]
    assert [(*r, c) for r, c in zip(page.relations(), chains, strict=True)] == [
        ("Russia", "arms", "Syria", "positive", []),
        ("Russia", "arms", "Syria", "negative", ["Ann Lee"]),
    ]  # fmt: skip


def test_events_that_say_the_same_make_one_relation_of_both() -> None:
    page = Told(
        "# published: 2016-05-11\n{A1,E1=l Russia} {T1=ACCUSE/allege/asserted/- blamed} {R1,E2=l Syria}. "
        "{A2,E3=l Russia} {T2=THREATEN/-/asserted/- threatened} {R2,E4=l Syria} {D2 on Tuesday}."
    )
    [relation] = page.record.relations
    assert relation.events == ("v1", "v2")
    assert relation.date.value == "2016-05-10"
    assert relation.evidence.text.startswith("Russia blamed")


BETWEEN = tuple(kind for kind in RELATIONS if kind not in ("commands", "member_of", "located_in"))


@pytest.mark.parametrize("kind", BETWEEN)
def test_a_pair_makes_the_relation_that_the_model_is_sure_of(kind: str) -> None:
    page = Told(TWO, {("Russia", "Syria"): paired(to=[kind])})
    assert page.relations() == [("Russia", kind, "Syria", "positive")]
    [relation] = page.record.relations
    assert (relation.events, relation.according_to, relation.score) == ((), (), 0.9)
    assert relation.evidence.text == page.text


@pytest.mark.parametrize("kind", BETWEEN)
def test_a_relation_may_run_from_the_later_words_to_the_earlier(kind: str) -> None:
    page = Told(TWO, {("Russia", "Syria"): paired(back=[kind])})
    assert page.relations() == ([] if kind in MUTUAL else [("Syria", kind, "Russia", "positive")])


@pytest.mark.parametrize(
    ("kind", "ends", "told"),
    [
        ("commands", ("p Ann Lee", "l Tartus"), False),
        ("commands", ("p Ann Lee", "l Syria"), False),
        ("commands", ("p Ann Lee", "o Sea Brigade"), True),
        ("member_of", ("p Ann Lee", "p Bo Reed"), False),
        ("member_of", ("p Ann Lee", "l Tartus"), False),
        ("member_of", ("p Ann Lee", "o Sea Brigade"), True),
        ("opposes", ("p Ann Lee", "l Tartus"), False),
        ("opposes", ("p Ann Lee", "l Syria"), True),
        ("opposes", ("p Ann Lee", "x Big Bridge"), False),
        ("located_in", ("o Sea Brigade", "l Tartus"), True),
        ("located_in", ("o Sea Brigade", "p Ann Lee"), False),
    ],
)
def test_a_town_takes_no_side_and_nobody_belongs_to_a_person(
    kind: str, ends: tuple[str, str], told: bool
) -> None:
    one, other = ends
    page = Told(f"{{E1={one}}} and {{E2={other}}} were named.", {(one[2:], other[2:]): paired(to=[kind])})
    assert bool(page.relations()) == told


@pytest.mark.parametrize("who", ["those who shoot", "11"])
def test_who_has_no_name_and_no_description_is_no_party(who: str) -> None:
    page = Told(f"{{A1,E1=l Russia}} {{T1=SUPPORT/-/asserted/- backed}} {{R1,E2=P {who}}}.")
    assert page.relations() == []


@pytest.mark.parametrize(
    ("marked", "kind", "told"),
    [
        ("{E1=p Ann Lee}, president of {E2=o Sea Union}, left.", "commands", True),
        ("{E1=p Ann Lee}, a cook at {E2=o Sea Union}, left.", "commands", False),
        ("{E1=p Ann Lee}, a cook at {E2=o Sea Union}, left.", "member_of", True),
        ("{E1=p Ann Lee} left after {E2=o Sea Union} met.", "member_of", False),
        ("{E2=o Sea Union} commander {E1=p Ann Lee} left.", "commands", True),
        ("{E2=o Sea Union} commander {E1=p Ann Lee} left.", "member_of", True),
        ("{E2=o Sea Union} was left by {E1=p Ann Lee}.", "member_of", False),
        ("{E1=p Ann Lee} slept in a crowded {E2=l Tartus} inn.", "located_in", True),
        ("{E1=p Ann Lee} thinks {E2=l Tartus} is cold.", "located_in", False),
    ],
)
def test_a_half_sure_relation_wants_the_words_between_to_tell_of_it(
    marked: str, kind: str, told: bool
) -> None:
    half = {"to": [kind], "sure": 0.65}, {"back": [kind], "sure": 0.65}
    scored = {
        ("Ann Lee", "Sea Union"): paired(**half[0]),  # type: ignore[arg-type]
        ("Sea Union", "Ann Lee"): paired(**half[1]),  # type: ignore[arg-type]
        ("Sea Union", "commander Ann Lee"): paired(**half[1]),  # type: ignore[arg-type]
        ("Ann Lee", "Tartus"): paired(**half[0]),  # type: ignore[arg-type]
    }
    assert bool(Told(marked, scored).relations()) == told


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("{S1,E1=p Ann Lee} {Q1 said} {C1 that {E2=p Bo Reed} slept}.", False),
        ("{S1,E1=p Ann Lee} {Q1 criticized} {C1 {E2=p Bo Reed} for sleeping}.", True),
        ("{A1,E1=p Ann Lee} {T1=ACCUSE/-/asserted/- sued} {R1,E2=p Bo Reed}.", True),
        ("{E1=p Ann Lee} slept, and {E2=p Bo Reed} left.", False),
        ("{E1=p Ann Lee} woke when {E2=p Bo Reed} left.", False),
        ("{E1=p Ann Lee} resents {E2=p Bo Reed}.", True),
    ],
)
def test_who_only_speaks_of_somebody_takes_no_side_nor_who_stands_in_another_clause(
    marked: str, told: bool
) -> None:
    page = Told(marked, {("Ann Lee", "Bo Reed"): paired(to=["opposes"], sure=0.9)})
    assert page.relations() == ([("Ann Lee", "opposes", "Bo Reed", "positive")] if told else [])


def test_a_deed_of_one_against_the_other_ties_two_who_stand_in_two_clauses() -> None:
    marked = (
        "{A1,E1=p Ann Lee}, who woke when bells rang, {T1=PROTEST/-/asserted/- jeered} {R1,E2=p Bo Reed}."
    )
    page = Told(marked, {("Ann Lee", "Bo Reed"): paired(to=["opposes"], sure=0.65)})
    assert page.relations() == [("Ann Lee", "opposes", "Bo Reed", "positive")]


def test_of_support_and_opposition_in_one_pair_the_likelier_is_read() -> None:
    both = paired(to=["supports", "opposes"])
    both.relations[0, RELATIONS.index("opposes")] = 0.95
    page = Told("{E1=p Ann Lee} resents {E2=p Bo Reed}.", {("Ann Lee", "Bo Reed"): both})
    assert page.relations() == [("Ann Lee", "opposes", "Bo Reed", "positive")]


def test_training_is_military_help_and_no_weapons() -> None:
    page = Told("{A1,E1=l Russia} {T1=AID/military/asserted/military trains} {R1,E2=l Syria}.")
    assert page.relations() == [("Russia", "supports", "Syria", "positive")]


def test_a_relation_below_its_bar_is_not_read() -> None:
    page = Told(TWO, {("Russia", "Syria"): paired(to=BETWEEN, sure=min(least()[k] for k in BETWEEN) - 0.01)})
    assert page.relations() == []


def test_a_pair_that_the_page_says_is_not_so_is_negative() -> None:
    page = Told(TWO, {("Russia", "Syria"): paired(to=["arms"], denied=True)})
    assert page.relations() == [("Russia", "arms", "Syria", "negative")]


@pytest.mark.parametrize(
    ("stance", "expected"),
    [
        ("a_supports_b", [("Russia", "supports", "Syria", "positive")]),
        ("b_supports_a", [("Syria", "supports", "Russia", "positive")]),
        ("a_opposes_b", [("Russia", "opposes", "Syria", "positive")]),
        ("b_opposes_a", [("Syria", "opposes", "Russia", "positive")]),
        ("none", []),
    ],
)
def test_a_clear_stance_is_a_relation(stance: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert Told(TWO, {("Russia", "Syria"): paired(stance)}).relations() == expected
    assert Told(TWO, {("Russia", "Syria"): paired(stance, sure=0.55)}).relations() == []


def test_a_pair_and_an_event_that_say_the_same_are_one_relation() -> None:
    page = Told(
        ARMS.replace("STATUS", "asserted") + ".", {("Russia", "Syria"): paired(to=["arms"], sure=0.9)}
    )
    [relation] = page.record.relations
    assert (relation.events, relation.score) == (("v1",), 0.9)


def test_a_mutual_relation_is_one_whichever_way_it_is_told() -> None:
    page = Told(
        "{E1=l Russia} and {E2=l Syria} fight. {E3=l Syria} and {E4=l Russia} fight.",
        {("Russia", "Syria"): paired(to=["fights"]), ("Syria", "Russia"): paired(to=["fights"], sure=0.95)},
    )
    [relation] = page.record.relations
    assert (relation.type, relation.score) == ("fights", 0.95)
    assert relation.evidence.text == "Syria and Russia fight."


def test_a_pair_has_the_chain_that_holds_both_its_ends() -> None:
    page = Told(
        "{S1,E1=p Ann Lee} {Q1 said} {C1 that {S2,E2=p Bo Park} {Q2 claimed} "
        "{C2 that {E3=l Russia} and {E4=l Syria} were at war}}.",
        {
            ("Ann Lee", "Bo Park"): paired(to=["opposes"], sure=0.99),
            ("Bo Park", "Russia"): paired(to=["opposes"], sure=0.99),
            ("Russia", "Syria"): paired(to=["fights"]),
        },
    )
    tellers = {
        f"{r.type}-{page.names([r.object])[0]}": page.tellers(r.according_to) for r in page.record.relations
    }
    assert tellers == {
        "opposes-Bo Park": [],
        "opposes-Russia": ["Ann Lee"],
        "fights-Syria": ["Bo Park", "Ann Lee"],
    }


def test_pairs_are_asked_within_a_sentence_outermost_first_and_of_two_parties() -> None:
    page = Told("{E1=l Russia} met {E2=l Russia} and {E3=l Iran}. {E4=o The Syrian Army} left {E5=l Homs}.")
    assert ("Russia", "Iran") in asked(page)
    assert not {("Russia", "Russia"), ("Iran", "Syrian Army"), ("Syrian", "Syrian Army")} & set(asked(page))
    assert ("Syrian Army", "Homs") in asked(page) or ("The Syrian Army", "Homs") in asked(page)


def test_a_list_of_names_is_not_paired_name_by_name() -> None:
    words = ", ".join(f"{{E{n + 1}=p Ann Lee{chr(97 + n % 26) * (n // 26 + 1)}}}" for n in range(200))
    assert len(asked(Told(f"{words} left."))) <= 16 * 6


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(MODES)), min_size=1, max_size=4),
    st.sampled_from(["asserted", "denied", "negated", "habitual"]),
    st.permutations(["Russia", "Iran", "Syria", "Yemen"]),
)
def test_no_relation_is_told_twice_or_of_a_party_with_itself(
    kinds: list[str], status: str, names: list[str]
) -> None:
    marked = " ".join(
        f"{{A{n},R{n},E{4 * n}=l {names[0]}}} and {{A{n},R{n},E{4 * n + 1}=l {names[n % 2 + 1]}}} "
        f"{{T{n}={kind}/-/{status}/- met}} {{R{n},E{4 * n + 2}=l {names[3]}}}."
        for n, kind in enumerate(kinds, 1)
    )
    found = Told(marked).record.relations
    keys = [
        (
            tuple(sorted((r.subject, r.object))) if r.type in MUTUAL else (r.subject, r.object),
            r.type,
            r.polarity,
            r.according_to,
        )
        for r in found
    ]
    assert len(set(keys)) == len(keys)
    assert all(r.subject != r.object for r in found)
