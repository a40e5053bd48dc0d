"""From page to record, on the example pages: what a reader of the page would insist on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import onrecord
from onrecord.codec import check
from onrecord.export import FORMATS, export
from onrecord.record import Attribution

ROOT = Path(__file__).parent.parent
missed = partial(pytest.mark.xfail, strict=True)
Examples = Callable[[str], onrecord.Record]
PAGES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".html", ".txt"))


def statement(record: onrecord.Record, words: str) -> Attribution:
    """Find the innermost statement whose content has these words."""
    having = [a for a in record.attributions if words in " ".join(span.text for span in a.content)]
    assert having, f"nobody says {words!r}"
    return min(having, key=lambda a: sum(len(span.text) for span in a.content))


def speaker(record: onrecord.Record, words: str) -> str | None:
    names = {entity.id: entity.name for entity in record.entities}
    named = statement(record, words).speaker
    return names[named] if named else None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_example_is_read_whole_and_shown_in_every_format(page: Path, read_example: Examples) -> None:
    record = read_example(page.name)
    check(record)
    assert len(record.attributions) >= 8
    assert record.document.language == "en"
    assert (record.document.published.value or "").startswith("1962-1")
    for form in FORMATS:
        assert len("".join(export([record], form))) > 1000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_furniture_is_left_out_and_listed(page: Path, read_example: Examples) -> None:
    document = read_example(page.name).document
    for words in (
        "cookies",
        "Subscribe",
        "Advertisement",
        "All rights reserved",
        "READ MORE",
        "Share this story",
    ):
        assert words not in document.text
        if page.suffix == ".txt" and words in page.read_text("utf-8"):
            assert any(words in dropped.text for dropped in document.dropped)


@pytest.mark.parametrize(
    ("page", "words", "name"),
    [
        ("the_harbor_ledger.html", "unmistakable evidence", "Kennedy"),
        ("the_harbor_ledger.html", "pursued solely the purpose", "Gromyko"),
        ("the_harbor_ledger.html", "That statement also was false", "Kennedy"),
        ("capitol_dispatch.html", "about 25 Soviet ships", "McNamara"),
        pytest.param(
            "east_river_review.html",
            "Don’t wait for the translation",
            "Stevenson",
            marks=missed(
                reason="words called out, with no verb of saying that a report would use, are not found"
            ),
        ),
        ("east_river_review.html", "I am not in an American courtroom", "Zorin"),
        ("the_volga_digest.html", "crate and return them", "Khrushchev"),
        ("the_lakeshore_sentinel.txt", "I have today been informed", "Kennedy"),
        ("the_tideway_gazette.txt", "No weapons were found", "Sylvester"),
    ],
)
def test_words_are_given_to_who_said_them(read_example: Examples, page: str, words: str, name: str) -> None:
    assert name in (speaker(read_example(page), words) or "nobody")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("the_northern_beacon.html", "the next two days will decide the matter"),
        ("capitol_dispatch.html", "an invasion would be the better course"),
        ("potomac_evening_call.html", "favor an air strike"),
    ],
)
def test_where_nobody_is_named_nobody_is_guessed(read_example: Examples, page: str, words: str) -> None:
    name = speaker(read_example(page), words)
    assert name is None or "Kennedy" not in name


def test_a_denial_is_a_denial(read_example: Examples) -> None:
    record = read_example("antilles_courier.txt")
    assert statement(record, "that the arms on the island are offensive").attitude == "denies"
