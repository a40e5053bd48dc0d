"""The account of an entry: what it says, and one fact a line that it rests on."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

_LABEL = 13  # columns of a fact's label


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that an entry rests on; an empty label goes on with the one before."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Account:
    """Why an entry exists: its id and kind, what it says in words, and the facts behind that."""

    id: str
    kind: str
    said: str
    facts: tuple[Fact, ...]

    def text(self, width: int = 80) -> str:
        """Give the account as lines of at most this width, where words allow; each ends with a line feed."""
        width = max(width, 40)
        lines = textwrap.wrap(f"{self.id}, {self.kind}: {self.said}", width, break_long_words=False)
        for fact in self.facts:
            first = f"  {fact.label:<{_LABEL - 1}} " if fact.label else " " * (_LABEL + 2)
            lines += textwrap.wrap(
                fact.words,
                width,
                initial_indent=first,
                subsequent_indent=" " * (_LABEL + 2),
                break_long_words=False,
                break_on_hyphens=False,
            )
        return "".join(f"{line.rstrip()}\n" for line in lines)
