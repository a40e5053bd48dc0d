"""Lists give every entry once, names in place, in few questions to the database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from handmade_events import harbor_record
from handmade_notes import fill
from sqlalchemy import event

from onrecord.lists_command import lists_command
from onrecord.store import Filter, Store, View, lists

LISTS = (lists.statements, lists.events, lists.relations, lists.figures)


@pytest.fixture
def view(store: Store) -> View:
    fill(store)
    return store.view()


@pytest.mark.parametrize("listed", LISTS)
def test_pages_join_to_the_whole(view: View, listed: Any) -> None:
    whole = listed(view, limit=100)
    assert whole.next is None
    parts, after = [], None
    while True:
        part = listed(view, limit=2, after=after)
        parts += part.lines
        after = part.next
        if after is None:
            break
    assert tuple(parts) == whole.lines
    days = [line.day or "" for line in parts]
    assert days == sorted(days, reverse=True)


def test_an_event_has_its_parties_and_tellers_by_name(view: View) -> None:
    (line,) = lists.events(view, Filter(type="ASSAULT", status="asserted", actor="kelland")).lines
    record = harbor_record()
    (own,) = [e for e in record.events if e.id == line.id]
    names = {entity.id: entity.name for entity in record.entities}
    speakers = {a.id: a.speaker for a in record.attributions}
    assert [party.name for party in line.actors] == [names[key] for key in own.actors] == ["Kelland"]
    assert [party.name for party in line.recipients] == [names[key] for key in own.recipients]
    assert [teller.statement for teller in line.tellers] == list(own.according_to)
    told = [teller.speaker.entity if teller.speaker else None for teller in line.tellers]
    assert told == [speakers[key] for key in own.according_to]
    assert line.words == own.evidence.text
    assert record.document.text[line.trigger_start : line.trigger_end] == own.trigger.text


@pytest.mark.parametrize(
    ("listed", "asked", "ids"),
    [
        (lists.events, {"claimant": "Ana Brandt", "type": "ASSAULT"}, {"v1"}),
        (lists.events, {"party": "Kelland", "status": "denied"}, {"v2"}),
        (lists.events, {"country": "KEL", "type": "ASSAULT"}, {"v1"}),
        (lists.events, {"attitude": "denies"}, {"v2"}),
        (lists.events, {"words": '"port vey"', "quad": "verbal_conflict"}, set()),
        (lists.relations, {"actor": "Arden"}, {"r1"}),
        (lists.relations, {"party": "the free column"}, {"r1"}),
        (lists.relations, {"claimant": "page"}, {"r1"}),
        (lists.relations, {"status": "denied"}, set()),
        (lists.figures, {"type": "ASSAULT"}, {"f1"}),
        (lists.figures, {"country": "KEL"}, {"f1"}),
        (lists.figures, {"claimant": "The minister"}, {"f1"}),
        (lists.statements, {"speaker": "Premier Oda"}, {"a6"}),
        (lists.statements, {"kind": "html"}, set()),
        (lists.statements, {"page_id": "0" * 32}, set()),
    ],
)
def test_filters_narrow_lists(view: View, listed: Any, asked: dict[str, str], ids: set[str]) -> None:
    assert {line.id for line in listed(view, Filter(**asked), limit=100).lines} == ids


@pytest.mark.parametrize("listed", LISTS)
def test_a_page_takes_as_many_questions_however_long_it_is(view: View, listed: Any) -> None:
    asked: list[str] = []
    engine = view.store.engine
    event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    listed(view, limit=1)
    few = len(asked)
    listed(view, limit=100)
    assert (
        len(asked) - few <= few + 1
    )  # the days and what has no day, the lines, their parties, their tellers
    assert few <= 6


def test_the_command_lists_lines_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "a.db")
    with Store.open(path) as store:
        fill(store)
    for what in ("events", "figures", "relations", "statements"):
        assert lists_command(what, store=path, form="jsonl", limit=1) == 0
        line = json.loads(capsys.readouterr().out)
        assert {"id", "page", "words", "start", "end"} <= set(line)
        assert lists_command(what, store=path, limit=3) == 0
        assert capsys.readouterr().out.strip()
        assert lists_command(what, store=path, asked={"outlet": "none"}) == 1
        assert f"There are no such {what}." in capsys.readouterr().out
