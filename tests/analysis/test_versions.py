"""Versions: who asserts, denies and leaves out what; and tolls."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from onrecord.analysis.versions import stance_of, versions
from onrecord.store.filter import Filter
from onrecord.store.tables import pandas_frame
from onrecord.store.version_rows import Link


@pytest.mark.parametrize(
    ("status", "chain", "stance"),
    [
        ("asserted", [(True, "asserts")], "asserts"),
        ("denied", [(True, "denies")], "denies"),
        ("denied", [(True, "asserts"), (False, "denies")], "asserts"),  # A's version, which another denies
        ("negated", [(True, "asserts")], "denies"),  # "she said that no jet bombed it"
        ("asserted", [(True, "doubts")], "doubts"),
        ("future", [(True, "promises")], "supposes"),
        ("denied", [], "denies"),  # the page's own voice
    ],
)
def test_stances(status, chain, stance):
    told = SimpleNamespace(line=SimpleNamespace(status=status), chain=tuple(Link(*link) for link in chain))
    assert stance_of(told) == stance


def test_one_asserts_what_the_other_denies(view):
    found = versions(view, ["Ana Brandt", "Kelland"])
    contested = [m for m in found.matters if m.contested]
    assert contested
    for matter in contested:
        assert [t.stance for t in matter.tellings] == ["asserts", "denies"]
        assert matter.line.day is not None


def test_what_one_leaves_out_is_seen(view):
    found = versions(view, ["Ana Brandt", "Premier Oda"])
    strikes = [m for m in found.matters if m.line.type == "ASSAULT" and m.line.mode == "aerial"]
    assert any(m.tellings[0] and m.tellings[1] is None and m.omitted == 1 for m in strikes)


def test_tolls_are_those_of_the_figures(view):
    found = versions(view, ["Ana Brandt", "Premier Oda"])
    frame = pandas_frame(view, "figures")
    for number, name in enumerate(found.parties):
        expected = frame[frame.claimants.map(lambda told, name=name: name in told) & (frame.kind == "killed")]
        assert sorted(t.value for t in found.tolls if t.party == number) == sorted(expected.value)


def test_statements_are_aligned_by_day(view):
    found = versions(view, ["Ana Brandt", "Kelland"], Filter(words="quay"))
    assert [d.day for d in found.days] == [*sorted(d.day for d in found.days if d.day), None]
    for day in found.days:
        assert len(day.said) == 2
        assert all("quay" in line.words for lines in day.said for line in lines)
        assert all(line.day == day.day for lines in day.said for line in lines)
    assert found.complete
    assert not versions(view, ["Ana Brandt", "Kelland"], most=2).complete


def test_the_pages_themselves_are_a_party(view):
    found = versions(view, ["page", "Ana Brandt"])
    own = [m for m in found.matters if m.tellings[0]]
    assert own
    assert all(not line.tellers for m in own for line in m.tellings[0].lines)
