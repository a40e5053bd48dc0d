"""Tables: each row a page by a mapping of columns, and a poisoned row costs no other."""

from __future__ import annotations

import csv
import datetime
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import StoreError
from onrecord.pages import Limits
from onrecord.sources import (
    Broken,
    Columns,
    Missing,
    Page,
    PassedOver,
    open_found,
    parse_columns,
    table_pages,
)


@pytest.fixture(autouse=True)
def own_limit() -> Iterator[None]:
    """Give Python's own limit on a field: followthemoney raises it for everybody when it is imported."""
    before = csv.field_size_limit(131072)
    yield
    csv.field_size_limit(before)


def json_lines(path: Path, *rows) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
    return path


def pages(path: Path, columns: Columns | None = None, **more) -> list:
    return list(table_pages(str(path), columns, **more))


def test_a_mapping_says_which_column_is_what(tmp_path):
    path = json_lines(
        tmp_path / "a.jsonl",
        {
            "key": "n7",
            "body": "He said so.",
            "head": "A word",
            "when": "2015-09-10",
            "got": "2016-01-02T03:04:05+01:00",
            "by": "The Ledger",
            "at": "https://example.org/1",
        },
    )
    columns = parse_columns("text=body,title=head,published=when,captured=got,outlet=by,url=at,id=key")
    (page,) = pages(path, columns, source="*.jsonl")
    assert page == Page(
        f"{path}#n7",
        b"A word\n\nHe said so.",
        kind="text",
        uri="https://example.org/1",
        captured="2016-01-02T02:04:05Z",
        published="2015-09-10",
        outlet="The Ledger",
        title="A word",
        source="*.jsonl",
        charset="utf-8",
    )
    document = open_found(page)
    assert (document.uri, document.outlet) == ("https://example.org/1", "The Ledger")
    assert document.title is not None
    assert document.title.text == "A word"


@pytest.mark.parametrize("words", ["text", "text=", "=body", "colour=red", ""])
def test_a_mapping_that_is_none_is_refused(words):
    with pytest.raises(ValueError, match="FIELD=COLUMN"):
        parse_columns(words)


def test_a_poisoned_row_is_told_with_its_number_and_the_others_go_on(tmp_path):
    path = json_lines(
        tmp_path / "a.jsonl",
        {"text": "One."},
        "{no json",
        "[1, 2]",
        "",
        {"text": 5},
        {"text": "  "},
        "[" * 100_000,
        '{"text": "\\ud800 stands alone."}',
        {"title": "No text"},
        {"text": "b" * 3000},
        {"text": "Last."},
    )
    found = pages(path, limits=Limits(bytes=2000))
    assert [page.locator for page in found if isinstance(page, Page)] == [f"{path}#{n}" for n in (1, 8, 11)]
    assert [(one.locator.rpartition("#")[2], one.reason) for one in found if isinstance(one, Broken)] == [
        ("2", "damaged"), ("3", "damaged"), ("5", "damaged"), ("6", "empty"), ("7", "too-large"),
        ("9", "empty"), ("10", "too-large"),
    ]  # fmt: skip


def test_deep_json_is_a_fault_of_its_row(tmp_path):
    path = json_lines(tmp_path / "a.jsonl", "[" * 100_000, '{"text": ' * 50_000, {"text": "Last."})
    found = pages(path)
    assert [type(one) for one in found] == [Broken, Broken, Page]


def test_html_and_addresses_are_rows_too(tmp_path):
    path = json_lines(
        tmp_path / "a.jsonl",
        {"html": "<html><body><p>Said here, at length, and in one paragraph.</p></body></html>"},
        {"url": "https://example.org/2", "date": "2015-09-10"},
        {"url": "file:///etc/hostname"},
    )
    page, address, refused = pages(path)
    assert page.kind == "html"
    assert (address.where, address.locator, address.published) == (
        "https://example.org/2", f"{path}#2", "2015-09-10",
    )  # fmt: skip
    assert refused.reason == "empty"


def test_csv_with_quoted_lines_and_a_header(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(
            [
                ["text", "date"],
                ["One,\n\ntwo “three”.", "20150910"],
                ["a" * 200_000, ""],
                ["Last.", "nonsense"],
            ]
        )
    found = pages(path)
    assert [page.locator for page in found] == [f"{path}#{n}" for n in (1, 2, 3)]
    assert found[0].content.decode() == "One,\n\ntwo “three”."
    assert [page.published for page in found] == ["2015-09-10", None, None]
    assert csv.field_size_limit() == 131072


def test_csv_rows_with_faults(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"text;url\nOne.;\nshort\n\xff\xfe;\nToo;many;cells\nLast.;\n")
    found = pages(path)
    assert [(type(one), getattr(one, "reason", None)) for one in found] == [
        (Page, None), (Broken, "damaged"), (Broken, "encoding"), (Broken, "damaged"), (Page, None),
    ]  # fmt: skip


def test_a_quote_that_never_ends_is_bounded(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text\nOne.\n" + '"' + "never ends\n" * 1000)
    found = pages(path, limits=Limits(bytes=200_000))
    assert isinstance(found[0], Page)
    path.write_text("text\nOne.\n" + '"' + "never ends\n" * 40_000)
    found = pages(path, limits=Limits(bytes=200_000))
    assert isinstance(found[0], Page)
    assert found[1].reason == "damaged"


def test_a_gzipped_table_cut_short_gives_its_rows_and_the_fault(tmp_path):
    whole = gzip.compress(
        b"".join(b'{"text": "Row %d, %d."}\n' % (n, n * 7919 % 10007) for n in range(20_000))
    )
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 2])
    found = pages(path)
    assert len(found) > 1000
    assert all(isinstance(one, Page) for one in found[:-1])
    assert found[-1].reason == "damaged"


def test_rows_with_ids_keep_their_place_and_repeats_are_told(tmp_path):
    rows = [
        {"id": 1, "text": "One."},
        {"id": 2, "text": "Two."},
        {"id": 1, "text": "One."},
        {"id": 2, "text": "Other."},
    ]
    path = json_lines(tmp_path / "a.jsonl", *rows)
    found = pages(path, Columns(text="text", id="id"))
    assert [page.locator for page in found[:2]] == [f"{path}#1", f"{path}#2"]
    assert (found[2].locator, found[2].reason) == (f"{path}#4", "id")
    assert found[3] == PassedOver(str(path), 1, "with the id and the text of a row before")


def parquet(path: Path, rows: list[dict], **more) -> Path:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(rows), path, **more)
    return path


def test_parquet(tmp_path):
    day = datetime.datetime(2015, 9, 10, 14, 50)
    rows = [{"text": f"Row {n}.", "published": day, "other": n} for n in range(200)]
    path = parquet(tmp_path / "a.parquet", rows, row_group_size=60)
    found = pages(path)
    assert [page.locator for page in found] == [f"{path}#{n}" for n in range(1, 201)]
    assert (found[9].content, found[9].published) == (b"Row 9.", "2015-09-10T14:50:00")
    (absent,) = pages(path, Columns(text="body"))
    assert absent == Missing(str(path), "it has no column 'body'; it has text, published, other")


def test_a_damaged_row_group_costs_only_itself(tmp_path):
    rows = [{"text": f"Row {n} {n * 7919 % 10007}."} for n in range(300)]
    path = parquet(tmp_path / "a.parquet", rows, row_group_size=100, compression="zstd", use_dictionary=False)
    import pyarrow.parquet as pq

    column = pq.ParquetFile(path).metadata.row_group(1).column(0)
    content = bytearray(path.read_bytes())
    at = column.data_page_offset
    content[at + 40 : at + column.total_compressed_size] = bytes(column.total_compressed_size - 40)
    path.write_bytes(bytes(content))
    found = pages(path)
    numbers = [int(page.locator.rpartition("#")[2]) for page in found if isinstance(page, Page)]
    assert numbers == [*range(1, 101), *range(201, 301)]
    assert [one.locator for one in found if isinstance(one, Broken)] == [f"{path}#101"]


def test_without_pyarrow_the_extra_is_named(tmp_path, monkeypatch):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(StoreError, match=r"onrecord\[tables\]"):
        pages(path)


def test_no_parquet_and_no_file_are_told(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"nothing of the kind")
    assert pages(path)[0].reason == "damaged"
    assert isinstance(pages(tmp_path / "nowhere.csv")[0], Missing)
    (tmp_path / "empty.csv").write_bytes(b"")
    assert pages(tmp_path / "empty.csv")[0].reason == "empty"


def test_rows_are_read_as_they_are_asked_for(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "One."}\n' * 2 + b"\xff" * 10_000_000)
    found = table_pages(str(path))
    assert isinstance(next(found), Page)
