"""Doubts: when a name that some small town bears is rather something else, by what the page says of it.

The gazetteer has a town for most words: White House in Tennessee, Arab in Alabama, Wall in New Jersey, Kim in
India. A town of the page's own state, or one whose state is said, is believed; so is a large one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.lexicon.load import word_set
from onrecord.reading.gazetteer import ADMIN2, CITY, Spot
from onrecord.reading.toponyms import Toponym

_BIG = 50  # people of a town that nobody takes for a word or a surname: 100,000
_HUGE = 60  # one that may be meant where the model sees a body or a thing: a million
_THE = re.compile(r"\bthe[ \t]\Z", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|at|near|from)[ \t]\Z")
_INSIDE = re.compile(r"[\w,][ \t]\Z")  # not where a sentence begins
_NOUN = re.compile(r"[ -][a-z]{3,}")
_GOES_ON = re.compile(r" [A-Z]")
_NEAR = 24  # characters looked at on each side


def surnames(found: Sequence[Toponym]) -> frozenset[str]:
    """Give the last names of the persons that a page names in full."""
    names = (t.mention.text.split() for t in found if t.type == "person")
    return frozenset(words[-1] for words in names if len(words) > 1)


def described(text: str, found: Sequence[Toponym]) -> frozenset[str]:
    """Give the names that a page uses with "the" and no noun after them: no town is called so."""
    return frozenset(t.key for t in found if t.spots and _described(text, t))


def _described(text: str, toponym: Toponym) -> bool:
    before = text[max(0, toponym.start - _NEAR) : toponym.start]
    after = text[toponym.end : toponym.end + _NEAR]
    own_noun = toponym.key.split()[-1].islower()  # "the Umemger village"
    return _THE.search(before) is not None and not own_noun and not _noun_follows(after)


def _noun_follows(after: str) -> bool:
    found = _NOUN.match(after)
    noun = found is not None and found[0][1:] not in word_set("after places")
    return noun or after.startswith(("/", "-")) or _GOES_ON.match(after) is not None


def doubted(
    text: str, toponym: Toponym, spot: Spot, *, backed: bool, people: frozenset[str], things: frozenset[str]
) -> bool:
    """Whether a name is rather no town; ``backed`` where its state is said with it, or towns beside it."""
    if spot.kind not in (CITY, ADMIN2) or spot.capital or backed:
        return False
    before = text[max(0, toponym.start - _NEAR) : toponym.start]
    if toponym.type not in ("place", "person") and spot.people < _HUGE and not _IN.search(before):
        return True
    if toponym.key in things and spot.kind == CITY and not spot.name.startswith("The "):
        return True
    if spot.people >= _BIG:
        return False
    if toponym.key in people:
        return True
    goes_on = _GOES_ON.match(text, toponym.end, toponym.end + _NEAR)
    return goes_on is not None and spot.kind == CITY and _INSIDE.search(before) is not None
