"""Facets count what meets a filter."""

from __future__ import annotations

import pytest
from handmade_notes import fill

from onrecord.store import Filter, Store
from onrecord.store import facets as counting
from onrecord.store.facets import Facet, facets
from onrecord.store.narrowing import TABLES


def test_facets_agree_with_what_is_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    view = store.view()
    counted = facets(view, Filter(words="sailed"))
    assert (counted.counted, counted.complete) == (12, True)
    assert counted.speakers == tuple(Facet(f"Speaker {n}", 4) for n in range(3))
    assert counted.countries == (Facet("RUS", 4), Facet("USA", 4))
    assert counted.outlets == (Facet("Outlet 0", 6), Facet("Outlet 1", 6))
    assert counted.attitudes == (Facet("asserts", 12),)
    assert counted.months == (Facet("1962-10", 9),)
    events = facets(view, Filter(type="ASSAULT"), "events")
    assert events.types == (Facet("ASSAULT", 2),)
    assert events.statuses == (Facet("asserted", 1), Facet("denied", 1))
    assert events.speakers == (Facet("Kelland", 2),)
    for what in TABLES:
        assert facets(view, what=what).complete
    monkeypatch.setattr(counting, "COUNTED", 5)
    bounded = facets(view)
    assert (bounded.counted, bounded.complete) == (5, False)
