"""What people do in annotation tools is read: moved words, new labels, additions, deletions, and nonsense."""

from __future__ import annotations

import json

import pytest
from handmade import find, story_record
from handmade_events import harbor_record

from onrecord.errors import RecordError
from onrecord.export.brat import standoff
from onrecord.export.label_studio import configuration, task
from onrecord.export.paged import Paged
from onrecord.imports import brat, conll, jsonl, label_studio, web_annotation
from onrecord.imports.anchoring import anchor
from onrecord.imports.annotation import annotated
from onrecord.imports.changes import changes

STORY, HARBOR = story_record(), harbor_record()
TEXT = STORY.document.text


def _changed(lines: str) -> dict[str, tuple[str, ...]]:
    found = changes(annotated(STORY), brat.read(TEXT, lines))
    fates = ((c.before or c.after, c) for c in found if c.action != "confirm")
    return {one.id: (c.action, *c.changed) for one, c in fates if one is not None}


def test_nothing_changed_is_nothing_but_confirmed() -> None:
    assert _changed(standoff(STORY)) == {}


def test_words_moved_in_brat_are_an_amendment() -> None:
    assert _changed(
        standoff(STORY).replace("Person 51 61\tAna Brandt", "Person 40 61\tThe envoy, Ana Brandt")
    ) == {"m1": ("amend", "spans")}


def test_a_label_changed_in_brat_is_an_amendment() -> None:
    assert _changed(standoff(STORY).replace("Says-denies", "Says-doubts")) == {"a2": ("amend", "label")}
    assert _changed(standoff(STORY).replace("T1\tPerson", "T1\tOrganization")) == {"m1": ("amend", "type")}


def test_a_speaker_changed_in_brat_is_an_amendment() -> None:
    assert _changed(standoff(STORY).replace("Speaker:T2", "Speaker:T1")) == {"a2": ("amend", "speaker")}


def test_an_entry_deleted_in_brat_is_rejected_though_its_note_stays() -> None:
    lines = [line for line in standoff(STORY).split("\n") if not line.startswith("E3\t")]
    assert _changed("\n".join(lines))["a3"] == ("reject",)


def test_what_a_person_adds_in_brat_is_added() -> None:
    more = "T90\tPerson 225 232\tsailors\nT91\tASSAULT 117 125\t12 ships\n"
    more += "E90\tASSAULT:T91 Actor:T1 Recipient:T2\n"
    found = changes(annotated(STORY), brat.read(TEXT, standoff(STORY) + more))
    added = {c.after.kind: c.after for c in found if c.action == "add" and c.after}
    assert added["mention"].get("type") == "person"
    assert added["event"].label == "ASSAULT"
    assert json.loads(added["event"].get("actors") or "") == ["e1"]


@pytest.mark.parametrize(
    "lines",
    [
        "T1\tPerson x y\tz", "T1\tPerson 5\tz", "T1\tPerson 0 99999\tz", "E1\tASSAULT:T7", "E1\t",
        "R1\tLoves Arg1:T1", "#1\tAnnotatorNotes T0\tonrecord {", "#1\tAnnotatorNotes T0\tonrecord []",
        "#1\tAnnotatorNotes T0\tonrecord " + '[' * 100_000,
        "T1\tDance 0 5\tShips\nE1\tDance:T1", "T1\tPlace 0 5\tShips\nR1\tLoves Arg1:T1 Arg2:T1",
    ],
)  # fmt: skip
def test_nonsense_in_brat_is_named(lines: str) -> None:
    with pytest.raises(RecordError):
        brat.read(TEXT, lines)


def test_a_persons_annotation_stands_above_the_prediction_in_label_studio() -> None:
    one = task(Paged(STORY))
    mine = json.loads(json.dumps(one["predictions"][0]["result"]))
    region = next(r for r in mine if r.get("meta", {}).get("onrecord", {}).get("id") == "a2")
    region["value"]["labels"] = ["statement:doubts"]
    one["annotations"] = [{"result": [], "was_cancelled": True}, {"result": mine, "was_cancelled": False}]
    found = changes(annotated(STORY), label_studio.read(json.dumps([one])))
    assert [(c.action, c.changed) for c in found if c.action != "confirm"] == [("amend", ("label",))]


def test_label_studio_knows_every_label_that_is_used() -> None:
    labels = configuration()
    for record in (STORY, HARBOR):
        for region in task(Paged(record))["predictions"][0]["result"]:
            for label in region.get("value", {}).get("labels", ()):
                assert f'value="{label}"' in labels


def test_an_annotation_of_another_tool_is_found_by_its_quote() -> None:
    mine = {
        "type": "Annotation", "body": [{"type": "TextualBody", "purpose": "commenting", "value": "Really?"}],
        "target": {"source": "https://example.org/ships", "selector": {
            "type": "TextQuoteSelector", "exact": "said", "prefix": "The minister ", "suffix": " that"}},
    }  # fmt: skip
    (found,) = web_annotation.read(json.dumps(mine), {"https://example.org/ships": TEXT}.get)
    assert found.spans == (find(TEXT, "said", nth=0),)
    assert (found.kind, found.id, found.get("comment")) == ("mention", "", "Really?")


@pytest.mark.parametrize("content", ["", "{", "3", "[1]", '{"target": {"source": "x"}}', "[" * 100_000])
def test_nonsense_in_web_annotations_is_named(content: str) -> None:
    with pytest.raises(RecordError):
        list(web_annotation.read(content, {}.get))


@pytest.mark.parametrize("content", ["", "{", "3", "[1]", '[{"data": {}}]', '[{"data": {"text": 5}}]'])
def test_nonsense_in_label_studio_is_named(content: str) -> None:
    with pytest.raises(RecordError):
        list(label_studio.read(content))


@pytest.mark.parametrize("lines", ["1\ta\n", '# text = "b"\n1\ta\t0\t1\tO\t_\t_\t_\t_\t_\n', "# text = x\n"])
def test_nonsense_in_columns_is_named(lines: str) -> None:
    with pytest.raises(RecordError):
        list(conll.read(lines.splitlines(keepends=True)))


def test_a_wrong_record_is_named_by_its_line() -> None:
    with pytest.raises(RecordError, match="line 2"):
        list(jsonl.read([STORY.to_json(), "{}"]))


def test_utf_16_offsets_are_understood() -> None:
    text = "😀 Ana and Ana"
    assert anchor(text, "Ana", 3, 6).start == 2


def test_words_that_stand_twice_need_their_surroundings() -> None:
    text = "Ana met Ben. Ana left."
    assert anchor(text, "Ana", None, None, after=" left").start == 13
    with pytest.raises(RecordError, match="2 places"):
        anchor(text, "Ana", None, None)
    with pytest.raises(RecordError, match="not in the text"):
        anchor(text, "Eva", 0, 3)
