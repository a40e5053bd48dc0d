"""Copies are found in layers, the same in whatever order pages came."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sketches import page
from sqlalchemy import select

from onrecord.store import Store, Stored, check_store
from onrecord.store.copies import Distinct, copies_of, count_distinct, find_copies
from onrecord.store.schema import copies, pages
from onrecord.store.signatures import jaccard, shingles, signed, unpacked
from onrecord.store.syndication import are_syndicated, credits_of

PARAGRAPHS = [
    "PORT VEY (Reuters) - Dockers in the northern harbor of Port Vey walked out on Monday after talks over "
    "night pay collapsed, leaving eleven freighters waiting outside the breakwater.",
    "The union said that its members had been promised a higher rate since the spring and had lost patience "
    "with a company that answers letters with leaflets and questions with silence.",
    "A spokeswoman for the harbor company said the demand would cost more than the quay earns in a year, "
    "and that no further meeting had been arranged before the end of the week.",
    "Grain for three inland provinces passes through the port, and millers there said that they had stores "
    "for nine days at most before bread grew dearer in the villages upriver.",
    "The governor of the province appealed to both sides to return to the table, recalling the long strike "
    "of eleven years ago, when ships turned to other ports and half of them never came back.",
]
WIRE = "\n\n".join(["Dockers walk out in Port Vey", *PARAGRAPHS])
RETITLED = "\n\n".join(["Harbor strike leaves ships waiting", *PARAGRAPHS])
CUT = "\n\n".join(["Strike in Port Vey", *PARAGRAPHS[:2]])
ADDED = "\n\n".join([
    "Will bread grow dearer?", *PARAGRAPHS[:3],
    "Our own bakers told this newspaper on Tuesday that they had bought flour ahead, enough for a month, and "
    "that nobody in the city need fear for the price of a loaf before the autumn fair has come and gone.",
    "The city council will hear them on Thursday evening in the old customs house, where anybody may come.",
])  # fmt: skip
SAME_TOPIC = (
    "Port Vey dockers on strike\n\nA walkout by dockers has shut the harbor at Port Vey. Their union wants "
    "more pay for work at night, and the company that runs the quays says it has no money.\n\nMillers "
    "inland have flour for little more than a week, and the governor wants both parties to talk again soon."
)
UNRELATED = (
    "Choir wins at the autumn fair\n\nThe choir of the fishermen's chapel took the silver bowl at the fair "
    "on Sunday with three songs of the islands, before a crowd that stood in the rain for most of an hour."
)


def _store(store: Store, given: list[Stored]) -> dict[str, str]:
    store.writer().add(given)
    return {stored.locator: stored.page_id for stored in given}


def _given() -> list[Stored]:
    return [
        page(WIRE, "wire"), page(WIRE, "wire again"), page(RETITLED, "retitled"), page(CUT, "cut"),
        page(ADDED, "added"), page(SAME_TOPIC, "topic"), page(UNRELATED, "choir"), page("", "nothing"),
        page("", "nothing too"), page("Access denied", "short"), page("Access denied", "short too"),
    ]  # fmt: skip


def _clusters(store: Store) -> list[tuple[str, str, str]]:
    wanted = select(copies.c.layer, copies.c.cluster, pages.c.id).join(pages, pages.c.n == copies.c.page_n)
    with store.reading() as connection:
        return sorted((layer, cluster, key) for layer, cluster, key in connection.execute(wanted))


def test_each_layer_holds_the_one_before(store: Store) -> None:
    ids = _store(store, _given())
    assert find_copies(store) == 11
    found = copies_of(store.view(), ids["wire"])
    assert found["exact"] == (ids["wire again"],)
    assert set(found["near"]) == {ids["wire again"], ids["retitled"]}
    assert set(found["syndicated"]) == {ids[n] for n in ("wire again", "retitled", "cut", "added")}
    for alone in ("topic", "choir", "nothing"):
        assert copies_of(store.view(), ids[alone]) == {"exact": (), "near": (), "syndicated": ()}
    assert copies_of(store.view(), ids["short"])["exact"] == (ids["short too"],)
    assert count_distinct(store.view()) == Distinct(11, 9, 8, 6)
    assert check_store(store) == []


def test_a_cluster_is_named_by_its_smallest_page(store: Store) -> None:
    ids = _store(store, _given())
    find_copies(store)
    family = [ids[n] for n in ("wire", "wire again", "retitled", "cut", "added")]
    named = {cluster for layer, cluster, key in _clusters(store) if layer == "syndicated" and key in family}
    assert named == {min(family)}


@pytest.mark.parametrize("seed", [1, 2])
def test_pages_in_any_order_and_any_portions_give_the_same(store: Store, tmp_path: Path, seed: int) -> None:
    given = _given()
    _store(store, given)
    find_copies(store)
    random.Random(seed).shuffle(given)  # noqa: S311
    with Store.open(tmp_path / "other.db") as other:
        for stored in given:
            other.writer().add([stored])
            assert find_copies(other) == 1
        assert find_copies(other) == 0
        assert _clusters(other) == _clusters(store)


def test_where_texts_are_signed_otherwise_now_all_is_done_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    _store(store, _given())
    find_copies(store)
    before = _clusters(store)
    assert find_copies(store) == 0
    monkeypatch.setattr("onrecord.store.copies.scheme", lambda: "another")
    assert find_copies(store) == 11
    assert _clusters(store) == before


def test_without_words_only_the_same_text_is_a_copy(store_url: str) -> None:
    with Store.open(store_url, text=False) as bare:
        ids = _store(bare, _given())
        find_copies(bare)
        found = copies_of(bare.view(), ids["wire"])
        assert found == dict.fromkeys(("exact", "near", "syndicated"), (ids["wire again"],))


def test_a_signature_is_read_as_it_was_written() -> None:
    signature = signed(WIRE)
    read = unpacked(signature.packed())
    assert (read.digest, read.length, read.agencies) == (
        signature.digest,
        signature.length,
        signature.agencies,
    )
    assert len(signature.bands()) == 32


@pytest.mark.parametrize(
    "text", ["", "\0", "\ud800 half", "." * 100_000, '."' * 50_000, "a " * 100_000, "(" * 100_000]
)
def test_odd_texts_are_signed(text: str) -> None:
    assert signed(text) == signed(text)


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("VEY (Reuters) - Ships", True), ("VEY, May 3 /TASS/. Ships", True),
        ("VEY, May 3 (AP) — Ships", True),
        ("Ships\n\nBy The Associated Press\n\nVEY", True), ("Ships left.\n\n© AFP", True),
        ("Ships\n\nAFP — Ships left", True),
        ("He told Reuters that ships left", False), ("Ships left", False),
    ],
)  # fmt: skip
def test_agencies_are_credited_in_their_forms(text: str, credited: bool) -> None:
    assert bool(credits_of(text)) is credited


def test_a_digest_of_many_stories_is_no_copy_of_one() -> None:
    assert are_syndicated(200, 200, 400, credited=False)
    assert not are_syndicated(200, 200, 2000, credited=True)
    assert are_syndicated(80, 200, 250, credited=True)
    assert not are_syndicated(80, 200, 250, credited=False)
    assert not are_syndicated(20, 20, 20, credited=True)


def test_the_jaccard_is_of_runs_of_words() -> None:
    assert jaccard(shingles("one two three four"), shingles("One, two three: four!")) == 1
    assert jaccard(set(), set()) == 0
