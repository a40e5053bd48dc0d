"""What each format says of a record, and that its own tools take it."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import document_of, record_of, story_record
from handmade_events import harbor_record
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from odd_records import LETTERS, records

from onrecord.export.bibtex import bibtex
from onrecord.export.columns import COLUMNS, rows
from onrecord.export.days import days
from onrecord.export.follow_the_money import follow_the_money
from onrecord.export.graphs import gexf, graph, graphml
from onrecord.export.paged import Paged
from onrecord.export.plover_json import plover_json
from onrecord.export.polecat import OURS, POLECAT, polecat
from onrecord.export.quotations import quotations
from onrecord.export.spreadsheet import guard, unguard
from onrecord.export.tables import csv_tables, parquet_tables, read_csv
from onrecord.record import Date, Entity, Record

HARBOR = Paged(harbor_record(), "harbor.html", "2024-01-01T00:00:00Z")


def _coded() -> Record:
    """A record whose codes look like numbers, nulls and formulas."""
    entities = (
        Entity("e1", "=cmd|' /C calc'!A0", "organization", "NA", ("001",), (), ("@x", "'=y"), None),
        Entity("e2", "-5", "person", "007"),
    )
    return record_of(document_of("One, two.", outlet="+1", authors=("=A", "B")), entities=entities)


def test_plover_has_the_codebooks_fields_and_our_claimants() -> None:
    events = {e["id"][-2:]: e for e in map(json.loads, plover_json([HARBOR]))}
    strike, denied, visit = events["v1"], events["v2"], events["v4"]
    assert (strike["event"], strike["mode"], strike["quad_code"]) == (["ASSAULT"], ["aerial"], 4)
    assert strike["size"] == {"dead": 12}
    assert [c["actor_text"] for c in strike["claimants"]] == ["the harbor master", "Ana Brandt"]
    assert (denied["status"], denied["claimants"][0]["attitude"]) == ("denied", "denies")
    assert (visit["date"], visit["enddate"]) == ("1963-05-01", "1963-05-31")
    assert "future" in visit["context"]


def test_an_undated_event_takes_the_day_of_publication_and_says_so() -> None:
    record = harbor_record()
    dated = replace(
        record, document=replace(record.document, published=Date("1962-10-24T08:00", "minute", "given"))
    )
    found = [json.loads(line) for line in plover_json([Paged(dated)])]
    assert {e["date"] for e in found if e["date_method"] == "published"} == {"1962-10-24"}


def test_polecat_has_its_forty_columns_first_and_a_line_an_event() -> None:
    lines = "".join(polecat([HARBOR])).split("\n")
    assert lines[0].split("\t") == [*POLECAT, *OURS]
    assert len(POLECAT) == 40
    cells = [dict(zip((*POLECAT, *OURS), line.split("\t"), strict=True)) for line in lines[1:-1]]
    assert len(cells) == len(HARBOR.record.events)
    assert cells[0]["Quad Code"] == "MATERIAL CONFLICT"
    assert cells[0]["Claimant Chain"] == "the harbor master; Ana Brandt"
    assert cells[2]["Claimant Name"] == "page"
    assert cells[2]["Actor Name"].count("; ") == cells[2]["Actor Country"].count("; ") == 1


@settings(max_examples=15)
@given(record=records())
def test_odd_words_break_no_line_of_separated_values(record: Record) -> None:
    for spreadsheet in (False, True):
        text = "".join(polecat([Paged(record)], spreadsheet=spreadsheet))
        lines = text.removeprefix("\ufeff").split("\n")[:-1]
        assert {line.count("\t") for line in lines} == {len(POLECAT) + len(OURS) - 1}
        assert len(lines) == len(record.events) + 1


@given(st.text(alphabet=LETTERS))
def test_a_guarded_cell_starts_no_formula_and_comes_back(cell: str) -> None:
    assert not guard(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguard(guard(cell)) == cell


@pytest.mark.parametrize("spreadsheet", [False, True])
def test_csv_keeps_codes_as_they_are(tmp_path: Path, spreadsheet: bool) -> None:
    csv_tables([Paged(_coded())], tmp_path, spreadsheet=spreadsheet)
    found = read_csv(tmp_path / "entities.csv", spreadsheet=spreadsheet)
    assert [(e["country"], e["sectors"]) for e in found] == [("NA", "001"), ("007", None)]
    assert found[0]["name"] == "=cmd|' /C calc'!A0"
    raw = list(csv.reader(io.StringIO((tmp_path / "entities.csv").read_text("utf-8-sig"))))
    assert raw[1][2].startswith("'=" if spreadsheet else "=")


@settings(max_examples=10)
@given(record=records())
def test_csv_gives_back_every_row(tmp_path_factory: pytest.TempPathFactory, record: Record) -> None:
    folder = tmp_path_factory.mktemp("csv")
    csv_tables([Paged(record)], folder, spreadsheet=True)
    for name in COLUMNS:
        assert read_csv(folder / f"{name}.csv", spreadsheet=True) == [
            r for n, r in rows(Paged(record)) if n == name
        ]


def test_parquet_gives_back_every_row_with_strings_for_codes(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    pages = [HARBOR, Paged(story_record()), Paged(_coded(), "c")]
    parquet_tables(pages, tmp_path)
    for name, columns in COLUMNS.items():
        table = parquet.read_table(tmp_path / f"{name}.parquet")
        assert table.column_names == list(columns)
        assert table.to_pylist() == [r for page in pages for n, r in rows(page) if n == name]
    entities = parquet.read_table(tmp_path / "entities.parquet")
    assert str(entities.schema.field("country").type) == "string"
    assert "NA" in entities.column("country").to_pylist()


def test_follow_the_money_takes_every_entity_and_finds_every_one_named() -> None:
    model = pytest.importorskip("followthemoney").model
    found = [json.loads(line) for line in follow_the_money([HARBOR, Paged(story_record(), "s")])]
    ids = {entity["id"] for entity in found}
    for entity in found:
        proxy = model.get_proxy(entity)
        proxy.schema.validate(entity)
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value)
            if prop.type.name == "entity":
                assert value in ids
                target = next(e for e in found if e["id"] == value)
                assert model.get(target["schema"]).is_a(prop.range)


def test_graphs_are_read_back_with_signs_dates_and_claimants(tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    made = graph([HARBOR])
    for write, read, name in (
        (graphml, networkx.read_graphml, "g.graphml"),
        (gexf, networkx.read_gexf, "g.gexf"),
    ):
        (tmp_path / name).write_text("".join(write([HARBOR])), encoding="utf-8")
        found = read(tmp_path / name)
        assert found.is_directed()
        assert (set(found), found.number_of_edges()) == (set(made), made.number_of_edges())
        edges = {d["words"]: d for _, _, d in found.edges(data=True)}
        assert (edges["bombed"]["sign"], edges["bombed"]["date"]) == (-1, "1962-10-23")
        assert (edges["bombing"]["status"], edges["bombing"]["claimant"]) == ("denied", "Kelland")
        assert edges["supplies"]["claimant"] == "page"


def test_graphs_take_odd_names(tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    record = harbor_record()
    odd = tuple(replace(e, name=f'{e.name}\x00\x0b\ufffe<&>"\U0001f600') for e in record.entities)
    (tmp_path / "g.gexf").write_text("".join(gexf([Paged(replace(record, entities=odd))])), encoding="utf-8")
    assert networkx.read_gexf(tmp_path / "g.gexf").number_of_nodes()


def test_quotations_are_told_from_claims_and_point_to_their_article() -> None:
    nodes = json.loads("".join(quotations([Paged(story_record(), "s")])))["@graph"]
    article, first, second, third = nodes
    assert (first["@type"], first["spokenByCharacter"]["name"]) == ("Quotation", "Ana Brandt")
    assert (second["@type"], second["citation"]["@id"]) == ("Claim", first["@id"])
    assert "author" not in third
    assert first["isPartOf"]["@id"] == article["@id"]


@settings(max_examples=40)
@given(title=st.text(alphabet=LETTERS, min_size=1), author=st.text(alphabet=LETTERS, min_size=1))
def test_bibtex_has_even_braces_and_no_bare_sign(title: str, author: str) -> None:
    document = document_of(
        title, outlet=author, authors=(author, "A and B, Inc."), uri="https://x.org/{a}?b=1%20#c"
    )
    from onrecord.span import Span

    text = "".join(bibtex([Paged(record_of(replace(document, title=Span(0, len(title), title))))]))
    bare = re.sub(r"\\[{}$&#%_]", "", text)
    assert bare.count("{") == bare.count("}")
    field = next((line for line in bare.split("\n") if line.startswith("  title = ")), "")
    assert not re.search(r"[$&#%_^~]", field)
    assert text.count("\n@misc") == 0


def test_bibtex_dates_are_as_precise_as_known() -> None:
    text = "".join(bibtex([Paged(story_record(), "w.warc.gz#12", "2024-02-03T04:05:06Z")]))
    assert "year = {1962}" in text
    assert "month = oct," in text
    assert "urldate = {2024-02-03}" in text
    assert "note = {w.warc.gz\\#12}" in text


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2015", "2015-01-01", "2015-12-31"), ("2015-Q3", "2015-07-01", "2015-09-30"),
        ("2016-02", "2016-02-01", "2016-02-29"), ("2015-W01", "2014-12-29", "2015-01-04"),
        ("2015-09-10T14:50", "2015-09-10", "2015-09-10"),
    ],
)  # fmt: skip
def test_a_date_is_its_first_and_last_day(value: str, first: str, last: str) -> None:
    assert days(value) == (first, last)


@pytest.mark.parametrize("value", [None, "", "2015-13", "2015-02-30", "2015-W60", "soon", "0000"])
def test_what_is_no_date_has_no_days(value: str | None) -> None:
    assert days(value) is None
