"""Tables keep codes as strings and come in the order of content, whenever pages came."""

from __future__ import annotations

from pathlib import Path

import pytest
from handmade_notes import fill, note

from onrecord.store import Filter, Store, Stored
from onrecord.store.tables import COLUMNS, Tabled, arrow_schema, pandas_frame, polars_frame, table


@pytest.mark.parametrize("what", list(COLUMNS))
def test_a_table_has_its_columns_and_every_row(store: Store, what: Tabled) -> None:
    fill(store)
    view = store.view()
    whole = table(view, what)
    counts = view.counts()
    assert whole.num_rows == (counts.pages if what == "articles" else getattr(counts, what))
    assert whole.schema == arrow_schema(what)
    ids = whole.column("page_id").to_pylist()
    assert ids == sorted(ids)
    assert table(view, what, Filter(outlet="Outlet 1")).num_rows == (
        6 if what in {"articles", "statements"} else 0
    )
    assert polars_frame(view, what).height == whole.num_rows
    assert list(pandas_frame(view, what).columns) == whole.column_names


def test_the_order_in_which_pages_came_does_not_show(tmp_path: Path) -> None:
    pages = [Stored(note(f"{n} ships sailed", "Ana", day="1962-10-01"), f"p{n}") for n in range(9)]
    found = []
    for name, came in (("one", pages), ("two", pages[::-1])):
        with Store.open(tmp_path / name) as store:
            store.writer().add(came)
            found.append(table(store.view(), "statements"))
    assert found[0].equals(found[1])


def test_a_code_that_looks_like_a_number_or_a_gap_is_a_string(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        store.writer().add([Stored(note("so", "Ana", day=None, outlet="0231", country="NA"), "p")])
        frame = pandas_frame(store.view(), "statements")
    assert frame["outlet"].tolist() == ["0231"]
    assert frame["speaker_country"].tolist() == ["NA"]
