"""Series of two parties: against pandas, and the choices of what counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.analysis.periods import Period, fitting, period_of
from onrecord.analysis.scope import Scope, cases, independent
from onrecord.analysis.series import QUADS, dyad, timeline
from onrecord.lexicon.plover import scores
from onrecord.store.filter import Filter
from onrecord.store.series_rows import Report, lines
from onrecord.store.tables import pandas_frame

A, B = "Arden", "Kelland"
STRIKE = (A, "ASSAULT", B, "1962-10-03", "asserted")


@pytest.mark.parametrize("scale", ["plover", "goldstein"])
@pytest.mark.parametrize("by", ["day", "month"])
def test_a_dyad_is_what_pandas_counts(view, by, scale):
    frame = pandas_frame(view, "events")
    there = frame.apply(lambda row: B in row.actors and "the quay" in row.recipients, axis=1)
    frame = frame[there & frame.status.isin(["asserted", "habitual"])].copy()
    undated = frame.day.isna().sum()
    frame["period"] = frame.day.str[: 10 if by == "day" else 7]
    frame["weight"] = [getattr(scores(r.type, r.mode), scale) for r in frame.itertuples()]
    expected = frame.groupby("period").agg(count=("id", "size"), mean=("weight", "mean"))

    series = dyad(view, B, "the quay", by=by, scale=scale, scope=Scope(count="reports")).forward
    found = {cell.period.since[: 10 if by == "day" else 7]: cell for cell in series.cells}
    assert series.total > 20
    assert {key: cell.total for key, cell in found.items()} == expected["count"].to_dict()
    assert {key: cell.mean for key, cell in found.items()} == pytest.approx(expected["mean"].to_dict())
    assert len(series.undated) == undated
    assert series.mean == pytest.approx(frame.weight[frame.period.notna()].mean())


def test_the_timeline_is_what_pandas_counts(view):
    frame = pandas_frame(view, "events")
    expected = frame[frame.day.notna()].groupby([frame.day.str[:7], "quad"]).size().to_dict()
    found = timeline(view, by="month")
    counted = {
        (bar.period.since[:7], quad): n
        for bar in found.bars
        for quad, n in zip(QUADS, bar.counts, strict=True)
        if n
    }
    assert counted == expected
    assert found.undated == frame.day.isna().sum()


def test_every_number_has_its_entries_behind_it(view):
    for cell in dyad(view, B, "the quay").forward.cells:
        read = lines(view, "events", cell.keys)
        assert [(line.page.page_id, line.id) for line in read] == list(cell.keys)
        assert all(cell.period.since <= line.day < cell.period.until for line in read)


def test_each_way_is_counted_for_itself(told):
    found = dyad(told(("Wire", [STRIKE, (B, "THREATEN", A, "1962-10-04", "asserted")])), A, B)
    assert [cell.counts for cell in found.forward.cells] == [(0, 0, 0, 1)]
    assert [cell.counts for cell in found.backward.cells] == [(0, 0, 1, 0)]


def test_a_month_holds_what_is_known_to_the_month_and_a_day_does_not(told):
    seen = told(("Wire", [(A, "AID", B, "1962-10", "asserted"), (A, "AID", B, "1962", "asserted")]))
    by_month, by_day = dyad(seen, A, B, by="month").forward, dyad(seen, A, B, by="day").forward
    assert (by_month.total, len(by_month.undated)) == (1, 1)
    assert (by_day.total, len(by_day.undated)) == (0, 2)


def test_the_day_of_the_page_stands_in_only_where_asked(told):
    seen = told(("Wire", [(A, "AID", B, None, "asserted")]))
    assert len(dyad(seen, A, B).forward.undated) == 1
    standing_in = dyad(seen, A, B, scope=Scope(dated="page")).forward
    assert [cell.period.since for cell in standing_in.cells] == ["1962-12-01"]


def test_what_is_denied_never_counts_and_what_is_planned_only_where_asked(told):
    deeds = [(A, "AID", B, "1962-10-03", status) for status in ("denied", "negated", "future", "asserted")]
    seen = told(("Wire", deeds))
    assert dyad(seen, A, B).forward.total == 1
    assert dyad(seen, A, B, scope=Scope(planned=True)).forward.total == 2


def test_days_of_the_filter_are_half_open(told):
    deeds = [(A, "AID", B, f"1962-10-0{n}", "asserted") for n in (1, 2, 3)]
    asked = Filter(since="1962-10-02", until="1962-10-03")
    assert [c.period.since for c in dyad(told(("Wire", deeds)), A, B, asked, by="day").forward.cells] == [
        "1962-10-02"
    ]


def test_meeting_side_by_side_goes_both_ways(told, tmp_path):
    from handmade import find
    from handmade_events import Builder

    from onrecord.record import Date
    from onrecord.store import Store
    from onrecord.store.stored import Stored

    b = Builder("Meeting\n\nArden and Kelland met on Monday.")
    one, other = b.party(A, "place"), b.party(B, "place")
    b.happens("CONSULT", "met", f"{one} {other}", date=Date("1962-10-01", "day", "text"))
    record = b.record(document={"title": find(b.text, "Meeting")})
    with Store.open(tmp_path / "met.db") as store:
        store.writer().add([Stored(record, "met")])
        found = dyad(store.view(), A, B)
    assert found.forward.total == found.backward.total == 1


REPORT = Report("p1", "v1", "Wire", frozenset({"t1"}), "h", "ASSAULT", None, "material_conflict", "asserted",
                0, "1962-10-03", "day", "1962-10-03", None)  # fmt: skip


def test_one_happening_told_twice_counts_once_or_twice():
    twice = [REPORT, replace(REPORT, page_id="p2", origins=frozenset({"t2"}))]
    assert len(cases(twice, Scope(count="happenings"))) == 1
    assert len(cases(twice, Scope(count="reports"))) == 2


def test_two_outlets_that_copy_each_other_are_one():
    other = replace(REPORT, page_id="p2", outlet="Ledger", origins=frozenset({"t2"}))
    assert independent([REPORT, other])
    assert not independent([REPORT, replace(other, outlet="Wire")])
    copied = frozenset({"c"})
    assert not independent(
        [replace(REPORT, origins=copied | {"t1"}), replace(other, origins=copied | {"t2"})]
    )


def test_voices_choose_happenings():
    claimed = replace(REPORT, entry="v2", chain=1)
    denied = replace(REPORT, entry="v3", chain=1, status="denied")
    assert len(cases([claimed], Scope(voices="page"))) == 0
    assert len(cases([claimed, REPORT], Scope(voices="page"))) == 1
    assert len(cases([claimed], Scope(voices="disputed"))) == 0
    (case,) = cases([claimed, denied], Scope(voices="disputed"))
    assert case.keys == (("p1", "v2"),)


def test_reports_that_differ_are_settled_by_most_and_by_the_closest_date():
    reports = [
        replace(REPORT, entry="v1", date="1962-10", precision="month"),
        replace(REPORT, entry="v2", date="1962-10-05"),
        replace(REPORT, entry="v3", date="1962-10", precision="month", type="COERCE"),
    ]
    (case,) = cases(reports)
    assert (case.type, case.date) == ("ASSAULT", "1962-10-05")


def test_periods():
    assert period_of("2015-09-10T14:50", "minute", "week") == Period("2015-09-07", "2015-09-14")
    assert period_of("2015-W37", "week", "week") == Period("2015-09-07", "2015-09-14")
    assert period_of("2015-12-31", "day", "month") == Period("2015-12-01", "2016-01-01")
    assert period_of("9999-12-31", "day", "day") is None
    assert period_of("not a day", "day", "day") is None
    assert fitting(["1962-10-01", "1962-10-20"]) == "day"
    assert fitting(["1962-10-01", "1964-10-20", ""]) == "month"
