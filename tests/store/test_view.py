"""What comes out: pages by filter and cursor."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handmade import document_of, record_of, story_record
from handmade_events import harbor_record

from onrecord.record import Date
from onrecord.store import Filter, Store, Stored


def report(number: int) -> Stored:
    day = Date(f"2026-03-{number + 1:02}T10:00", "minute", "metadata")
    document = document_of(
        f"Café number {number} opened.", published=day, outlet="Odd" if number % 2 else "Even"
    )
    return Stored(record_of(document), f"p{number}")


@pytest.fixture
def filled(store: Store) -> Store:
    pages = [report(number) for number in range(20)]
    store.writer().add([*pages, Stored(story_record(), "story"), Stored(harbor_record(), "harbor")])
    return store


def locators(store: Store, **asked: str) -> set[str]:
    return {line.locator for line in store.view().pages(Filter(**asked))}


def test_pages_come_by_id_and_go_on_after_a_cursor(filled: Store) -> None:
    view = filled.view()
    every = [line.id for line in view.pages()]
    assert every == sorted(every)
    assert len(every) == len(view) == 22
    first = [line.id for line in view.pages(limit=9)]
    assert first + [line.id for line in view.pages(after=first[-1])] == every
    assert list(view.pages(limit=0)) == []
    assert len([record for _, record in view.records()]) == 22


def test_pages_of_some_days_and_outlet(filled: Store) -> None:
    assert locators(filled, since="2026-03-03", until="2026-03-05") == {"p2", "p3"}
    assert locators(filled, since="2026-03-03", until="2026-03-05", outlet="Odd") == {"p3"}
    assert locators(filled, page_id=report(4).page_id) == {"p4"}
    assert locators(filled, kind="html") == set()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "cafe -3"}, {f"p{n}" for n in range(20) if n != 3}),
        ({"words": "CAFÉ 3"}, {"p3"}),
        ({"words": '"turn back"'}, {"story"}),
        ({"words": "-cafe"}, {"story", "harbor"}),
        ({"speaker": "ana brandt"}, {"story", "harbor"}),
        ({"speaker": "she"}, {"story"}),
        ({"speaker": "ana brandt", "attitude": "denies"}, set()),
        ({"attitude": "denies"}, {"story", "harbor"}),
        ({"type": "ASSAULT", "status": "denied"}, {"harbor"}),
        ({"type": "arms"}, {"harbor"}),
        ({"actor": "Kelland", "type": "ASSAULT"}, {"harbor"}),
        ({"actor": "the quay", "type": "ASSAULT"}, set()),
        ({"party": "the quay", "type": "ASSAULT"}, {"harbor"}),
        ({"claimant": "the harbor master"}, {"harbor"}),
        ({"claimant": "page"}, {"harbor"}),
        ({"claimant": "a" * 32}, set()),
        ({"country": "KEL"}, set()),
    ],
    ids=str,
)
def test_pages_by_what_they_tell(filled: Store, asked: dict[str, str], found: set[str]) -> None:
    assert locators(filled, **asked) == found


def test_a_text_at_two_places_is_two_pages_and_one_text(filled: Store) -> None:
    filled.writer().add([replace(report(1), locator="elsewhere")])
    assert filled.view().counts().pages == 23
    assert filled.view().counts().texts == 22
