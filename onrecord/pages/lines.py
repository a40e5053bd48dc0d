"""Lines: plain text cut where its writer cut it, wrapped paragraphs put together again."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from onrecord.pages.compose import squeezed

_NARROWEST, _WIDEST = 40, 100  # columns that texts are wrapped at: mail 72, terminals 80
_FEWEST_BREAKS = 4
_SHARE_OF_WRAPS = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, white space normalised; ``gap`` tells whether a blank line stands before it."""

    text: str
    gap: bool


def lines_of(text: str) -> list[Line]:
    """Cut a text into its lines; where it is evidently hard-wrapped, a line is a whole paragraph."""
    found: list[Line] = []
    gap = False
    for raw in text.split("\n"):
        words = squeezed(raw)
        if words:
            found.append(Line(words, gap))
        gap = not words
    return _unwrapped(found)


def _unwrapped(lines: list[Line]) -> list[Line]:
    """Join the lines that a fixed width broke, if a fixed width breaks most of this text's lines."""
    width = max((len(line.text) for line in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return lines
    breaks = [_is_wrap(a.text, b.text, width) for a, b in itertools.pairwise(lines) if not b.gap]
    if len(breaks) < _FEWEST_BREAKS or sum(breaks) < _SHARE_OF_WRAPS * len(breaks):
        return lines
    paragraphs: list[list[str]] = []
    gaps: list[bool] = []
    for i, line in enumerate(lines):
        if i and not line.gap and _is_wrap(lines[i - 1].text, line.text, width):
            paragraphs[-1].append(line.text)
        else:
            paragraphs.append([line.text])
            gaps.append(line.gap)
    return [Line(" ".join(parts), gap) for parts, gap in zip(paragraphs, gaps, strict=True)]


def _is_wrap(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word had no more room on this line, give or take a little."""
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width - 4
