"""What a peer gives: a record's JSON as far as the scorers look at it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as a peer read it."""

    text: str
    attributions: list[Entry] = field(default_factory=list)
    mentions: list[Entry] = field(default_factory=list)
    entities: list[Entry] = field(default_factory=list)
    times: list[Entry] = field(default_factory=list)
    places: list[Entry] = field(default_factory=list)

    def to_json(self) -> str:
        """Give it as a record would be written."""
        return json.dumps(
            {
                "document": {"text": self.text},
                "attributions": self.attributions,
                "mentions": self.mentions,
                "entities": self.entities,
                "times": self.times,
                "places": self.places,
                "events": [],
                "relations": [],
            }
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """What a peer says of a pair."""

    stance: str = "none"
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The article that a peer found in a page; its title is not set apart."""

    text: str

    def to_json(self) -> str:
        """Give it as a Document would be written."""
        return json.dumps({"text": self.text, "title": None})
