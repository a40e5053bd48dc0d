"""Peers are small and fair: each does what it says, on words written here."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.peers import constant, largest_place, marked_quotes


def told(text: str) -> list[dict[str, Any]]:
    record = json.loads(marked_quotes.Reader("").read(text).to_json())
    return [
        {role: [text[s["start"] : s["end"]] for s in a[role]] for role in ("source", "cue", "content")}
        for a in record["attributions"]
    ]


def test_a_quote_goes_to_the_nearest_verb_and_the_name_beside_it() -> None:
    text = "It rained.\n“The dam will hold for a week,” Mayor Ada Finch said. “After that, nobody can know.”"
    assert told(text) == [
        {
            "source": ["Mayor Ada Finch"],
            "cue": ["said"],
            "content": ["“The dam will hold for a week,”", "“After that, nobody can know.”"],
        }
    ]


def test_an_apposition_may_stand_between_name_and_verb() -> None:
    [one] = told('Ada Finch, who runs the town, said: "The dam will hold for a week."')
    assert (one["source"], one["cue"]) == (["Ada Finch"], ["said"])


def test_words_in_marks_that_nobody_tells_are_no_quote() -> None:
    assert told("The so-called “iron river” froze, and “all that we had was gone”.") == []


def test_a_megabyte_of_marks_takes_no_time() -> None:
    assert told('"' * 200_000 + " said He " * 1000) == []


def test_capitalised_names_are_looked_up_longest_first() -> None:
    text = "The train left New York City for Paris. In the morning it rained in the city."
    assert [text[a:b] for a, b in largest_place.names(text)] == ["New York City", "Paris"]


def test_of_two_places_of_a_name_the_larger_is_taken() -> None:
    reading = json.loads(largest_place.Reader("").read("They met near Paris.").to_json())
    [place] = reading["places"]
    assert 48 < place["lat"] < 49


def test_a_constant_says_the_same_of_all() -> None:
    pairs: list[object] = [((0, 1), (2, 3))] * 2
    assert [p.event for p in constant.Reader("YIELD").relate("", pairs)] == ["YIELD", "YIELD"]
    assert [p.stance for p in constant.Reader("").relate("", pairs)] == ["none", "none"]
    assert constant.Reader("").factuality("", [1, 2]) == [3.0, 3.0]
