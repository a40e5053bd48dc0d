"""`onrecord export` and `onrecord import` over a real store."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from handmade import story_record
from handmade_events import harbor_record

from onrecord.errors import StoreError
from onrecord.export_command import export_command
from onrecord.import_command import import_command
from onrecord.imports.annotation import annotated
from onrecord.store import Store
from onrecord.store.stored import Stored


@pytest.fixture
def store(tmp_path: Path) -> str:
    """Give the address of a store with two pages."""
    url = str(tmp_path / "two.db")
    with Store.open(url) as opened:
        opened.writer().add([
            Stored(harbor_record(), "harbor.html", captured="2024-01-01T00:00:00Z"),
            Stored(story_record(), "story.html"),
        ])  # fmt: skip
    return url


def test_records_leave_as_they_came(store: str, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert export_command(store, form="jsonl", output=str(out)) == 0
    assert set(out.read_text("utf-8").splitlines()) == {harbor_record().to_json(), story_record().to_json()}


def test_a_filter_chooses_the_pages(store: str, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert export_command(store, form="plover", output=str(out), asked={"type": "ASSAULT"}) == 0
    assert {json.loads(line)["cite_info"]["url"] for line in out.read_text("utf-8").splitlines()} == {
        "harbor.html"
    }
    assert export_command(store, form="plover", output=str(out), asked={"outlet": "nobody"}) == 1


def test_the_ids_are_the_stores(store: str, tmp_path: Path) -> None:
    out = tmp_path / "tables"
    assert export_command(store, form="csv", output=str(out)) == 0
    with Store.open(store) as opened:
        ids = {line.id for line in opened.view().pages()}
    assert {line.split(",")[0] for line in (out / "pages.csv").read_text("utf-8").splitlines()[1:]} >= ids


def test_a_folder_that_holds_something_is_left_alone(store: str, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="is there already"):
        export_command(store, form="csv", output=str(tmp_path / "mine"))
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes"]
    with pytest.raises(click.UsageError, match="--output"):
        export_command(store, form="csv")
    with pytest.raises(click.UsageError, match="spreadsheet"):
        export_command(store, form="jsonl", spreadsheet=True)


def test_nothing_is_left_of_a_failed_export(tmp_path: Path) -> None:
    url = str(tmp_path / "bare.db")
    with Store.open(url, text=False) as opened:
        opened.writer().add([Stored(story_record(), "story.html")])
    with pytest.raises(StoreError):
        export_command(url, form="brat", output=str(tmp_path / "out"))
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]


@pytest.mark.parametrize("form", ["jsonl", "brat", "web-annotation", "label-studio"])
def test_what_was_exported_is_imported(store: str, tmp_path: Path, form: str) -> None:
    out, back = tmp_path / "out", tmp_path / "back.jsonl"
    assert export_command(store, form=form, output=str(out)) == 0
    assert import_command(str(out), form=form, store=store, output=str(back)) == 0
    found = [json.loads(line) for line in back.read_text("utf-8").splitlines()]
    expected = [one for record in (harbor_record(), story_record()) for one in annotated(record)]
    assert sorted((e["text_id"], e["kind"], e["id"], e["label"], tuple(e["words"])) for e in found) == sorted(
        (e.text_id, e.kind, e.id, e.label, tuple(s.text for s in e.spans)) for e in expected
    )


def test_web_annotations_need_the_store_that_has_their_text(tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match="--store"):
        import_command(str(tmp_path / "a.jsonld"), form="web-annotation")


def test_annotations_are_handed_to_whoever_keeps_them(store: str, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    export_command(store, form="label-studio", output=str(out))
    kept: list[object] = []
    assert (
        import_command(
            str(out), form="label-studio", store=store, keep=lambda _, e: len(kept.extend(e) or kept)
        )
        == 0
    )
    assert len(kept) == len(annotated(harbor_record())) + len(annotated(story_record()))
