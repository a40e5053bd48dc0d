"""Anchors: the same words are found again, or it is said that they are not."""

from __future__ import annotations

import time

import pytest
from handmade_events import HARBOR, harbor_record
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.store.anchors import CONTEXT, PARTS, Entries, Found, Lost, anchor_at, locate

_WORDS = st.sampled_from(
    ["the", "envoy", "said", "that", "ships", "had", "turned", "back", "on", "Tuesday", "and", "he", "no",
     "more", "of", "it", "to us,", "12", "them.", "\n\n"]
)  # fmt: skip
_TEXTS = st.lists(_WORDS, min_size=12, max_size=120).map(" ".join)


def test_in_its_own_text_an_anchor_is_at_its_place() -> None:
    at = HARBOR.rindex("Kelland")
    assert locate(HARBOR, anchor_at(HARBOR, at, at + 7), same=True) == Found(at, at + 7, "place")


def test_a_place_without_words_counts_in_its_own_text_alone() -> None:
    blank = anchor_at(HARBOR, 3, 9, words=False)
    assert locate("x" * len(HARBOR), blank, same=True) == Found(3, 9, "place")
    assert isinstance(locate(HARBOR, blank, same=False), Lost)
    assert isinstance(locate("short", anchor_at(HARBOR, 3, 9, words=False), same=True), Lost)


def test_the_quote_with_the_best_context_is_taken() -> None:
    text = "He said it was late. Ana Brandt, the envoy, said that the ships had turned back. They said no."
    at = text.index("said that")
    anchor = anchor_at(text, at, at + 4)
    other = text.replace("He said it was late. ", "").replace("turned back", "gone home")
    found = locate(other, anchor, same=False)
    assert isinstance(found, Found)
    assert other[found.start :].startswith("said that")


def test_words_that_stand_alike_twice_are_found_twice() -> None:
    text = "The minister said so to the press. " * 2
    anchor = anchor_at(text[:35], 13, 17)
    assert locate(text, anchor, same=False).reason == "found twice"  # type: ignore[union-attr]


def test_a_short_quote_in_other_company_is_not_found() -> None:
    anchor = anchor_at(HARBOR, HARBOR.index("said"), HARBOR.index("said") + 4)
    assert locate("Nobody knows what Oda said about ships.", anchor, same=False).reason == "not found"  # type: ignore[union-attr]


@settings(max_examples=100, deadline=None)
@given(text=_TEXTS, data=st.data())
def test_after_changes_elsewhere_the_same_words_are_found_or_said_not_to_be(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, min(len(text), start + 40)))
    anchor = anchor_at(text, start, end)
    left, right = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    before, after = text[:left], text[right:]
    for _ in range(data.draw(st.integers(0, 3))):
        before = _changed(before, data)
        after = _changed(after, data)
    other = before + text[left:right] + after
    true = len(before) + start - left
    found = locate(other, anchor, same=False)
    if isinstance(found, Found):
        assert (found.start, found.end) == (true, true + end - start)
    else:
        assert found.reason in {"not found", "found twice"}


@settings(max_examples=60, deadline=None)
@given(text=_TEXTS, other=_TEXTS, data=st.data())
def test_what_is_found_is_the_quote_in_any_text(text: str, other: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))
    found = locate(other, anchor_at(text, start, end), same=False)
    if isinstance(found, Found):
        assert other[found.start : found.end] == text[start:end]


def _changed(text: str, data: st.DataObject) -> str:
    a = data.draw(st.integers(0, len(text)))
    b = data.draw(st.integers(a, min(len(text), a + 30)))
    return text[:a] + data.draw(st.sampled_from(["", "and ", "he said that ", "\n\nNEW: "])) + text[b:]


@pytest.mark.parametrize("quote", ["a", "ab" * 50])
def test_a_megabyte_of_the_same_letters_takes_no_time(quote: str) -> None:
    text = "a" * 1_000_000
    began = time.process_time()
    assert isinstance(locate(text, anchor_at(quote + "b", 0, len(quote)), same=False), Lost)
    assert time.process_time() - began < 2


def test_every_entry_is_found_again_by_its_words_alone() -> None:
    record = harbor_record()
    entries = Entries(record, record.document.id)
    for what, part in PARTS.items():
        for entry in getattr(record, part):
            target = entries.target(what, entry.id)
            assert entries.resolve(target, record.document.id) == entry.id
            assert entries.resolve(target, "another text's id") == entry.id
