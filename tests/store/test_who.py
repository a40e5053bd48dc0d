"""Who somebody is, over all pages."""

from __future__ import annotations

from handmade_notes import fill

from onrecord.store import Store
from onrecord.store.who import Counted, who


def test_a_name_an_alias_or_a_surname_finds_whom_it_means(store: Store) -> None:
    fill(store)
    view = store.view()
    (known,) = who(view, "ANA brandt")
    assert (known.name, known.type, known.pages) == ("Ana Brandt", "person", 3)
    assert (known.said, known.did, known.met, known.relations) == (4, 1, 0, 1)
    assert known.roles == (Counted("envoy", 2),)
    assert (known.first, known.last) == ("1962-10-24", "1962-10-24")
    assert len(known.statements) == 3
    assert [event.type for event in known.deeds] == ["SUPPORT"]
    assert who(view, "Brandt") == who(view, "Ana B") == (known,)
    (she,) = who(view, "she")  # an alias, of two pages
    assert (she.name, she.pages) == ("Ana Brandt", 2)
    (kelland,) = who(view, "Kelland")
    assert {one.words for one in kelland.told_by} >= {"Ana Brandt", "the harbor master"}
    assert [one.name for one in who(view, "speaker", limit=2)] == ["Speaker 0", "Speaker 1"]
    assert who(view, "nobody at all") == who(view, "") == who(view, "%") == ()
