"""Headlines that name their speaker at an end: "X backs Y – Lavrov", "Lavrov: X backs Y".

The form is a headline's own and its cue a mark, which the model, used to sentences, often passes over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model.found import Labelled, Statement, Stretch
from onrecord.span import Span

_AT_END = re.compile(r"\s(?P<cue>[–—-])\s+(?P<name>[^–—:]{2,40})$")
_AT_START = re.compile(r"^(?P<name>[^–—:]{2,40})(?P<cue>:)\s")
_SPEAKERS = frozenset({"person", "organization", "place"})
_FEWEST = 4  # words that a statement in a headline has at least: "Syria: the war" is a heading
_SCORE = 0.5  # a form, not a likelihood


def headline(
    text: str, title: Span | None, names: Sequence[Labelled], found: Sequence[Statement]
) -> tuple[Statement, ...]:
    """Give what was found, with the headline's own statement first where it has one that was not found.

    The words beside the mark must end in a name, and be nothing more than that name and what leads to it.
    """
    for form in (_AT_END, _AT_START):
        match = form.search(title.text) if title else None
        if title is None or match is None:
            continue
        source, cue = (_placed(title, match.span(part)) for part in ("name", "cue"))
        content = (title.start, cue[0] - 1) if form is _AT_END else (cue[1] + 1, title.end)
        named = any(n.label in _SPEAKERS and source[0] <= n.start and n.end == source[1] for n in names)
        known = any(a <= cue[0] < b for s in found for a, b in s.cue)
        words = Span.trimmed(text, *content)
        if named and not known and words is not None and len(words.text.split()) >= _FEWEST:
            told = Statement((source,), (cue,), ((words.start, words.end),), False, _SCORE)
            return (told, *found)
    return tuple(found)


def _placed(title: Span, stretch: Stretch) -> Stretch:
    return title.start + stretch[0], title.start + stretch[1]
