"""An event is to come only where the words say so, and not done where they say that."""

from __future__ import annotations

import pytest
from marked import Told

from onrecord.model.found import FoundEvent
from onrecord.reading.status import status as status_of


def status(marked: str, sure: float = 0.9) -> str:
    [event] = Told(marked, sure=sure).record.events
    return event.status


SENDS = "{{A1,E1=l Russia}} {0} {{T1=AID/military/{1}/- {2}}} arms to {{R1,E2=l Syria}}{3}."


@pytest.mark.parametrize(
    ("before", "trigger", "after", "expected"),
    [
        ("also", "provides", "", "asserted"),
        ("is now", "supplying", "", "asserted"),
        ("will", "supply", "", "future"),
        ("plans to", "supply", "", "future"),
        ("has promised that it would soon", "supply", "", "future"),
        ("is", "supplying", " next week", "future"),
        ("may yet", "supply", "", "hypothetical"),
    ],
)
def test_what_is_told_in_the_present_is_not_to_come(
    before: str, trigger: str, after: str, expected: str
) -> None:
    assert status(SENDS.format(before, "future", trigger, after)) == expected


def test_what_is_told_with_its_day_may_be_to_come() -> None:
    deed = "{A1,E1=l Russia} is {T1=CONSULT/visit/future/- visiting} {R1,E2=l Syria} on {D1 Monday}."
    marked = f"# published: 2016-05-11\n{deed}"
    assert status(marked) == "future"


def test_what_somebody_promises_is_to_come() -> None:
    marked = (
        "{S1,E1=p Ann Lee} {Q1 promised} {C1 {A1,E2=l Russia} {T1=AID/-/future/- aid} for {R1,E3=l Syria}}."
    )
    assert status(marked) == "future"


@pytest.mark.parametrize(
    ("before", "model", "expected"),
    [
        ("does not", "hypothetical", "negated"),
        ("did not openly", "asserted", "negated"),
        ("hasn't", "asserted", "negated"),
        ("never", "habitual", "negated"),
        ("cannot", "hypothetical", "hypothetical"),
        ("not only", "asserted", "asserted"),
    ],
)
def test_what_the_words_negate_is_negated(before: str, model: str, expected: str) -> None:
    assert status(SENDS.format(before, model, "supply", "")) == expected


def test_what_would_be_if_something_were_not_done_stays_so() -> None:
    marked = "If {A1,E1=l Russia} does not {T1=AID/military/hypothetical/- arm} {R1,E2=l Syria}, it falls."
    assert status(marked) == "hypothetical"


@pytest.mark.parametrize(
    ("before", "expected"),
    [("attempts to", "hypothetical"), ("is trying to", "hypothetical"), ("will", "future")],
)
def test_what_somebody_tries_is_not_to_come(before: str, expected: str) -> None:
    deed = f"{{A1,E1=l Russia}} {before} {{T1=COOPERATE/-/future/- cooperate}} with {{R1,E2=l Syria}}."
    assert status(deed) == expected


def test_nothing_is_habitual_in_a_headline() -> None:
    told = FoundEvent((5, 10), "SUPPORT", None, "habitual", (), (), 2.0, 0.9, 0.9)
    assert status_of("Oslo backs Lima", told, []) == "habitual"
    assert status_of("Oslo backs Lima", told, [], headline=True) == "asserted"
