"""How two stretches stand to each other is read of any pair, and never refused for where they lie."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marked import StandInFinder, paired

from onrecord import Reader
from onrecord.model.found import Found, Stretch
from onrecord.model.labels import EVENT_TYPES, STANCES
from onrecord.reading.relate import PairReading, relate

TEXT = "Russia arms the Syrian Army, and Syria thanks Russia. "
NOTHING = PairReading("none", 0.0, None, 0.0)


def read(text: str, pairs: list[tuple[Stretch, Stretch]], **scored: object) -> list[PairReading]:
    known = {("Russia", "Syrian Army"): paired(**scored)}  # type: ignore[arg-type]
    return relate(StandInFinder(text, Found((), (), ()), known), text, pairs)  # type: ignore[arg-type]


def test_a_pair_has_its_stance_and_what_the_first_does_to_the_second() -> None:
    assert read(TEXT, [((0, 6), (16, 27))], stance="a_supports_b", deed="AID", sure=0.95) == [
        PairReading("a_supports_b", 0.95, "AID", 0.95)
    ]


@pytest.mark.parametrize("pair", [((0, 7), (15, 27)), ((0, 7), (16, 27)), ((0, 6), (15, 27))])
def test_white_space_at_the_ends_is_left_out(pair: tuple[Stretch, Stretch]) -> None:
    [reading] = read(TEXT, [pair], stance="a_supports_b", deed="AID")
    assert (reading.stance, reading.event) == ("a_supports_b", "AID")


@pytest.mark.parametrize(("sure", "event"), [(0.95, None), (0.8, "AGREE")])
def test_what_is_surely_nothing_is_none(sure: float, event: str | None) -> None:
    [reading] = read(TEXT, [((0, 6), (16, 27))], deed="none", sure=sure)
    assert reading.event == event


def test_a_pair_that_the_model_cannot_tell_is_none_of_all() -> None:
    assert read(TEXT, [((33, 38), (0, 6)), ((6, 7), (0, 6))]) == [NOTHING, NOTHING]


@pytest.mark.parametrize("stretch", [(5, 5), (6, 0), (-1, 3), (0, 1000), (len(TEXT), len(TEXT) + 1)])
def test_a_stretch_that_is_none_is_refused_whichever_it_is(stretch: Stretch) -> None:
    for pair in ((stretch, (0, 6)), ((0, 6), stretch)):
        with pytest.raises(ValueError, match="is no stretch of a text of"):
            read(TEXT, [((0, 6), (16, 27)), pair])


def test_no_pairs_give_no_readings() -> None:
    assert read(TEXT, []) == []
    assert read("", []) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_shipped_weights_read_any_pair_anywhere(reader: Reader, data: st.DataObject) -> None:
    word = st.sampled_from(["Russia", " ", "\n\n", "arms", "Syria.", "\x00", "\u2028", "\ud800", "the"])
    text = " " + "".join(data.draw(st.lists(word, max_size=30)))
    stretch = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 40)).map(
        lambda s: (s[0], min(len(text), s[0] + s[1]))
    )
    pairs = data.draw(st.lists(st.tuples(stretch, stretch), max_size=6))
    readings = reader.relate(text, pairs)
    assert len(readings) == len(pairs)
    for reading in readings:
        assert reading.stance in STANCES
        assert reading.event is None or reading.event in EVENT_TYPES
        assert 0 <= reading.stance_score <= 1
        assert 0 <= reading.event_score <= 1


def test_stretches_that_overlap_or_lie_far_apart_are_none_of_all(reader: Reader) -> None:
    far = "Russia " + "spoke of the weather and of the harvest that year. " * 200 + "Syria left."
    last = (len(far) - 11, len(far) - 6)
    assert reader.relate(far, [((0, 6), (0, 6)), ((0, 6), (3, 12)), ((0, 6), last)]) == [NOTHING] * 3


def test_a_pair_turned_round_is_read_the_same_the_other_way(reader: Reader) -> None:
    one, other = reader.relate(TEXT, [((0, 6), (16, 27)), ((16, 27), (0, 6))])
    assert one.stance_score == pytest.approx(other.stance_score, abs=1e-3)
    turned = {"a_supports_b": "b_supports_a", "a_opposes_b": "b_opposes_a"}
    turned |= {b: a for a, b in turned.items()}
    assert turned.get(one.stance, one.stance) == other.stance


def test_a_reading_does_not_depend_on_what_else_is_asked(reader: Reader) -> None:
    pairs = [((0, 6), (16, 27)), ((33, 38), (46, 52)), ((0, 6), (33, 38))]
    together = reader.relate(TEXT, pairs)
    for pair, reading in zip(pairs, together, strict=True):
        [alone] = reader.relate(TEXT, [pair])
        assert (alone.stance, alone.event) == (reading.stance, reading.event)
        assert alone.stance_score == pytest.approx(reading.stance_score, abs=2e-3)


def test_factuality_is_one_number_a_predicate_from_minus_three_to_three(reader: Reader) -> None:
    stretches = [(7, 11), (39, 45), (0, 6), (6, 7), (0, len(TEXT)), (7, 11)]
    found = reader.factuality(TEXT, stretches)
    assert len(found) == len(stretches)
    assert all(-3 <= value <= 3 for value in found)
    assert found[0] == found[-1]
    assert found[3] == 0.0
    assert reader.factuality(TEXT, []) == []
    assert reader.factuality("", []) == []
