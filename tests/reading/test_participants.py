"""A participant is tied by the head of its words; what no mention covers is described."""

from __future__ import annotations

import pytest

from onrecord.model.found import Found, FoundEvent, Labelled, Party
from onrecord.reading.gather import gather
from onrecord.reading.participants import head_of, participants
from onrecord.reading.setting import set_out


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("a member of the council", "a member"),
        ("two officials close to the talks", "two officials close"),
        ("the Iran-backed rebels", "the Iran-backed rebels"),
        ("Russia's defence ministry", "Russia's defence ministry"),
        ("Ann Lee, the mayor", "Ann Lee"),
        ("of the council", "of the council"),
        ("rebels", "rebels"),
        ("Ohio Sen. Ann Lee, who", "Ohio Sen. Ann Lee"),
    ],
)
def test_a_head_ends_before_what_says_more_of_it(words: str, head: str) -> None:
    start, end = head_of(set_out(words, [(0, len(words))]), (0, len(words)))
    assert words[start:end] == head


def test_a_stretch_without_a_whole_word_is_its_own_head() -> None:
    assert head_of(set_out("rebels", [(0, 6)]), (1, 3)) == (1, 3)


def test_participants_are_actors_and_recipients_each_once_in_order() -> None:
    parties = (Party("recipient", 9, 12), Party("place", 3, 5), Party("both", 0, 2), Party("date", 6, 7))
    event = FoundEvent((13, 15), "AID", None, "asserted", (), parties, 2.0, 0.9, 0.9)
    assert participants([event, event]) == [(0, 2), (9, 12)]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("{l:Peru}'s envoy resigned.", "Peru's envoy"),
        ("{l:Peru}'s navy resigned.", "Peru"),
    ],
)
def test_the_owner_of_an_envoy_is_not_who_acts(marked: str, name: str) -> None:
    words = marked.replace("{l:", "").replace("}", "")
    label = "person" if "envoy" in words else "organization"
    found = Found(
        (Labelled(0, 4, "place", 1.0),),
        (Labelled(0, words.index(" resigned"), label, 1.0),),
        (),
        (FoundEvent((12, 20), "CONCEDE", None, "asserted", (), (Party("actor", 0, 4),), 2.0, 0.9, 0.9),),
    )
    gathered = gather(words, found, [], [(0, len(words))])
    names = {e.id: e.name for e in gathered.entities}
    assert [names[k] for k in gathered.participants[0, 4]] == [name]
