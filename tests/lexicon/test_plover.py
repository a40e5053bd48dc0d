"""The table of PLOVER's scales: whole, signed as its quad classes say, and open about what it lacks."""

from __future__ import annotations

from typing import get_args

import pytest

from onrecord.lexicon.plover import scores, table
from onrecord.record import EventType, QuadClass


def test_every_type_has_a_row_of_its_own() -> None:
    assert {kind for kind, mode in table() if not mode} == set(get_args(EventType))


def test_quad_classes_are_the_records() -> None:
    assert {row.quad for row in table().values()} == set(get_args(QuadClass))


def test_conflict_is_negative_and_cooperation_positive() -> None:
    for row in table().values():
        assert (row.plover > 0) == row.quad.endswith("cooperation"), row
        assert row.goldstein is None or (row.goldstein > 0) == (row.plover > 0), row


def test_a_mode_keeps_its_types_quad_class_and_plover_score() -> None:
    for (kind, mode), row in table().items():
        assert (row.quad, row.plover) == (scores(kind).quad, scores(kind).plover), mode


def test_a_number_that_is_missing_has_its_reason() -> None:
    for row in table().values():
        assert (row.goldstein is None) == (not row.cameo), row
        assert row.goldstein is not None or row.note, row


def test_a_mode_without_a_row_has_its_types() -> None:
    assert scores("PROTEST", "demo") == scores("PROTEST")
    assert scores("PROTEST", "riot").goldstein == -7.5
    assert scores("CONSULT", None).goldstein == 1.0


def test_contradictions_of_the_codebook_are_settled() -> None:
    assert scores("SANCTION").quad == "material_conflict"
    assert "quad class" in scores("SANCTION").note
    assert scores("ACCUSE").plover == -2.0


def test_an_unknown_type_is_an_error() -> None:
    with pytest.raises(KeyError):
        scores("DANCE")
