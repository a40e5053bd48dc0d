"""Windows: the stretches of a text that the encoder reads at once; no word is read twice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from onrecord.model.tokens import BROKEN, Tokens

LONGEST = 320  # pieces; longer windows cost more a piece and gained nothing on the development articles


def windows(tokens: Tokens, longest: int = LONGEST, opening: int | None = None) -> Iterator[tuple[int, int]]:
    """Give word ranges that cover the text in order, each at most ``longest`` pieces, cut between lines.

    Windows are evened out, so that no short rest is left over. A line longer than a window is cut between
    words. ``opening`` bounds the first window (training varies it, so that cuts fall elsewhere each time).
    """
    words = len(tokens.starts)
    if not words:
        return
    line_starts = np.flatnonzero(tokens.breaks == BROKEN)
    at = 0
    while at < words:
        begin = int(tokens.first[at])
        left = int(tokens.first[words]) - begin
        share = longest if left > 4 * longest else -(-left // (-(-left // longest)))
        goal = min(longest, share + longest // 8) if opening is None or at else min(opening, longest)
        fits = int(np.searchsorted(tokens.first, begin + goal, side="right")) - 1
        if fits >= words:
            yield at, words
            return
        k = int(np.searchsorted(line_starts, fits, side="right")) - 1
        nearest = int(np.searchsorted(tokens.first, begin + goal * 2 // 3, side="left"))
        j = int(np.searchsorted(line_starts, nearest, side="left"))
        # Of the lines that begin in the last third, cut before the one least tied to the line above.
        cut = int(line_starts[k]) if k >= 0 else 0
        if j < k:
            choices = line_starts[j : k + 1]
            cut = int(choices[len(choices) - 1 - int(tokens.ties[choices][::-1].argmin())])
        if cut <= at:
            fits = int(np.searchsorted(tokens.first, begin + longest, side="right")) - 1
            k = int(np.searchsorted(line_starts, at, side="right"))
            following = int(line_starts[k]) if k < len(line_starts) else words
            cut = following if following <= fits else max(fits, at + 1)
        yield at, cut
        at = cut
