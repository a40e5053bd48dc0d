"""The largest place of a name: names looked up in the gazetteer, the most populous place taken each time.

With the setting ``ours`` the names are those that our reader takes for places; without, every run of
capitalised words that the gazetteer knows.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator

from benchmarks.peers.reading import Entry, Reading
from onrecord.reading.gazetteer import Spot, gazetteer
from onrecord.reading.reader import Reader as Ours

_LONGEST = 4  # words
_WORD = re.compile(r"[^\W\d_](?:[\w'’.-]*\w)?")


class Reader:
    """``setting``: "ours" for our names, else empty."""

    def __init__(self, setting: str) -> None:
        self._ours = Ours() if setting == "ours" else None

    def read(self, text: str, kind: str = "text", published: str | None = None) -> Reading:
        """Read the places of a text."""
        if self._ours is None:
            return _placed(text, names(text))
        record = json.loads(self._ours.read(text, kind="text").to_json())
        kinds = {e["id"]: e["type"] for e in record["entities"]}
        named = (
            (m["start"], m["end"])
            for m in record["mentions"]
            if m["kind"] == "name" and (m.get("type") or kinds[m["entity"]]) == "place"
        )
        return _placed(record["document"]["text"], named)


def names(text: str) -> Iterator[tuple[int, int]]:
    """Give the longest runs of capitalised words that are names of places, from left to right.

    A word that the text has in small letters too is no name by itself: "In", "The".
    """
    words = [m.span() for m in _WORD.finditer(text)]
    small = {text[a:b] for a, b in words if text[a:b].islower()}
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            run = words[at : at + length]
            start, end = run[0][0], run[-1][1]
            between = [text[b:c] for (_, b), (c, _) in itertools.pairwise(run)]
            capital = all(text[a].isupper() for a, _ in run) and all(gap == " " for gap in between)
            alone = length == 1 and text[start:end].lower() in small
            if capital and not alone and gazetteer().find(text[start:end]):
                yield start, end
                at += length
                break
        else:
            at += 1


def _placed(text: str, stretches: Iterator[tuple[int, int]]) -> Reading:
    mentions: list[Entry] = []
    places: list[Entry] = []
    for start, end in stretches:
        spots = gazetteer().find(text[start:end])
        if spots:
            spot = largest(spots)
            mention = f"m{len(mentions)}"
            mentions.append({"id": mention, "start": start, "end": end})
            places.append(
                {"mention": mention, "geonames_id": spot.geonames_id, "lat": spot.lat, "lon": spot.lon}
            )
    return Reading(text, mentions=mentions, places=places)


def largest(spots: tuple[Spot, ...]) -> Spot:
    """Give the most populous place; of two alike, the one that the gazetteer has first."""
    return max(spots, key=lambda s: (s.people, -s.row))
