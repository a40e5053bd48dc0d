"""The list of formats: each writes, twice the same, and docs/formats.md tells the truth about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from handmade import story_record
from handmade_events import harbor_record

from onrecord.errors import StoreError
from onrecord.export.formats import FORMATS, Format, format_named, table
from onrecord.export.paged import Paged

DOCS = Path(__file__).parents[2] / "docs" / "formats.md"
PAGES = (Paged(harbor_record(), "a/b.html", "2024-01-01T00:00:00Z"), Paged(story_record(), "w.warc.gz#12"))


def _written(form: Format, folder: Path) -> dict[str, bytes]:
    if form.kind == "text":
        return {"": "".join(form.write(iter(PAGES))).encode()}  # type: ignore[arg-type,call-arg]
    paths = form.write(iter(PAGES), folder)
    return {Path(path).name: Path(path).read_bytes() for path in paths}


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_format_gives_the_same_bytes_each_time(form: Format, tmp_path: Path) -> None:
    first = _written(form, tmp_path / "one")
    assert first == _written(form, tmp_path / "two")
    assert all(first.values())


def test_the_docs_hold_the_list_of_formats_and_what_is_lost() -> None:
    assert table() in DOCS.read_text(encoding="utf-8")


def test_every_format_says_what_is_lost() -> None:
    assert all(form.losses for form in FORMATS)
    assert len({form.name for form in FORMATS}) == len(FORMATS)


def test_an_unknown_format_is_named_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="parquet"):
        format_named("xlsx")


@pytest.mark.parametrize("form", [f for f in FORMATS if f.needs_text], ids=lambda form: form.name)
def test_a_format_of_words_refuses_a_store_without_them(form: Format, tmp_path: Path) -> None:
    from dataclasses import replace

    record = story_record()
    bare = Paged(replace(record, document=replace(record.document, text="")), "x.html")
    with pytest.raises(StoreError, match="keeps no text"):
        list(form.write([bare], *([tmp_path] if form.kind == "folder" else [])))


@pytest.mark.parametrize("name", ["jsonl", "plover", "ftm"])
def test_lines_are_json_each(name: str) -> None:
    lines = "".join(format_named(name).write(PAGES)).splitlines()  # type: ignore[arg-type,call-arg]
    assert all(isinstance(json.loads(line), dict) for line in lines)


@pytest.mark.parametrize("name", ["web-annotation", "label-studio", "quotation"])
def test_documents_are_json(name: str) -> None:
    assert json.loads("".join(format_named(name).write(PAGES)))  # type: ignore[arg-type,call-arg]
