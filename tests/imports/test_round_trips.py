"""What is exported for annotation and imported again has equal words and labels."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from handmade import story_record
from handmade_events import harbor_record
from hypothesis import given, settings

sys.path.insert(0, str(Path(__file__).parent.parent / "export"))
from odd_records import records

from onrecord.export.brat import brat, standoff
from onrecord.export.conll import conll
from onrecord.export.label_studio import label_studio
from onrecord.export.paged import Paged
from onrecord.export.web_annotation import web_annotation
from onrecord.imports import brat as from_brat
from onrecord.imports import conll as from_conll
from onrecord.imports import jsonl as from_jsonl
from onrecord.imports import label_studio as from_label_studio
from onrecord.imports import web_annotation as from_web_annotation
from onrecord.imports.annotation import Annotated, annotated
from onrecord.record import Record


def _by_web(record: Record) -> Iterator[Annotated]:
    return from_web_annotation.read(
        "".join(web_annotation([Paged(record)])), {record.document.id: record.document.text}.get
    )


def _by_label_studio(record: Record) -> Iterator[Annotated]:
    return from_label_studio.read("".join(label_studio([Paged(record)])))


def _by_brat(record: Record) -> Iterable[Annotated]:
    return from_brat.read(record.document.text, standoff(record))


def _by_jsonl(record: Record) -> Iterator[Annotated]:
    return from_jsonl.read([record.to_json()])


WHOLE = {"brat": _by_brat, "web": _by_web, "label studio": _by_label_studio, "jsonl": _by_jsonl}


def _order(entries: Iterable[Annotated]) -> list[Annotated]:
    """Order by content, parts by name: tools keep neither."""
    plain = [
        Annotated(e.text_id, e.kind, e.id, e.spans, e.label, tuple(sorted(e.parts)), e.fields)
        for e in entries
    ]
    return sorted(plain, key=repr)


@pytest.mark.parametrize("way", WHOLE.values(), ids=WHOLE)
@pytest.mark.parametrize("make", [story_record, harbor_record])
def test_every_entry_comes_back_whole(
    way: Callable[[Record], Iterable[Annotated]], make: Callable[[], Record]
) -> None:
    record = make()
    assert _order(way(record)) == _order(annotated(record))


@pytest.mark.parametrize("way", WHOLE.values(), ids=WHOLE)
@settings(max_examples=15)
@given(record=records())
def test_odd_text_comes_back_whole(way: Callable[[Record], Iterable[Annotated]], record: Record) -> None:
    assert _order(way(record)) == _order(annotated(record))


def _conll(record: Record) -> list[Annotated]:
    lines = "".join(conll([Paged(record)])).split("\n")
    return list(from_conll.read(f"{line}\n" for line in lines))


def _kept_by_conll(record: Record) -> list[Annotated]:
    """What docs/formats.md says that columns keep: no fields, no white space at the ends of a span."""
    kept = []
    for e in annotated(record):
        if e.kind in ("entity", "relation"):
            continue
        parts = tuple((name, _trimmed(record, spans)) for name, spans in e.parts if name in ("source", "cue"))
        one = Annotated(
            e.text_id, e.kind, e.id, _trimmed(record, e.spans), e.label, tuple(p for p in parts if p[1])
        )
        if one.spans or one.parts:
            kept.append(one)
    return kept


def _trimmed(record: Record, spans: tuple) -> tuple:  # type: ignore[type-arg]
    from onrecord.span import Span

    found = (Span.trimmed(record.document.text, s.start, s.end) for s in spans)
    return tuple(s for s in found if s is not None)


@settings(max_examples=25)
@given(record=records())
def test_columns_keep_words_and_labels(record: Record) -> None:
    assert _order(_conll(record)) == _order(_kept_by_conll(record))


def test_a_nested_statement_keeps_its_own_column_entry() -> None:
    found = {e.id: e for e in _conll(story_record()) if e.kind == "statement"}
    assert len(found["a1"].spans) == 2
    assert found["a2"].spans[0].within(found["a1"].spans[0])


def test_a_folder_of_brat_comes_back(tmp_path: Path) -> None:
    made = [story_record(), harbor_record()]
    brat([Paged(record, f"{n}.html") for n, record in enumerate(made)], tmp_path)
    expected = [one for record in made for one in annotated(record)]
    assert _order(from_brat.read_folder(tmp_path)) == _order(expected)


def test_several_pages_in_one_file_come_back() -> None:
    made = [story_record(), harbor_record()]
    pages = [Paged(record) for record in made]
    texts = {record.document.id: record.document.text for record in made}
    expected = _order(one for record in made for one in annotated(record))
    assert _order(from_web_annotation.read("".join(web_annotation(pages)), texts.get)) == expected
    assert _order(from_label_studio.read("".join(label_studio(pages)))) == expected
    lines = "".join(conll(pages)).splitlines(keepends=True)
    assert {one.text_id for one in from_conll.read(lines)} == set(texts)


def test_no_pages_are_valid_json_too() -> None:
    assert json.loads("".join(label_studio([]))) == []
    assert json.loads("".join(web_annotation([])))["items"] == []
