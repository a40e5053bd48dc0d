"""Find statements inside statements with the first stage's reader:  python -m training.find_nested CORPORA RUN WEIGHTS

WEIGHTS is the first stage's export; writes RUN/nested.json, which the second stage learns from. Each content
is read as a text of its own, and so is each content found there.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from onrecord.model.finder import Finder
from onrecord.model.found import Statement, Stretch
from training.corpora import polnear

LEAST = 0.7  # how sure of its cue the reader must be for the statement to teach another
FEWEST = 6  # words in a content worth reading again
OPENERS = "\"'“”‘’«»„ \n"


def inner(text: str, content: Stretch, finder: Finder, depth: int) -> list[Statement]:
    """Give the statements in a content, at their offsets in the whole text."""
    start, end = content
    while start < end and text[start] in OPENERS:
        start += 1
    if text[start:end].startswith("that "):
        start += 5
    words = text[start:end]
    if len(words.split()) < FEWEST:
        return []
    found = []
    for s in finder.find(words[0].upper() + words[1:] if len(words[0].upper()) == 1 else words).statements:
        moved = Statement(
            *(tuple((a + start, b + start) for a, b in role) for role in (s.source, s.cue, s.content)),
            True,
            s.score,
        )
        if s.score >= LEAST and not s.nested:
            found.append(moved)
            if depth:
                for stretch in moved.content:
                    found += inner(text, stretch, finder, depth - 1)
    return found


def main() -> None:
    """Read every content of PolNeAR's training articles."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("weights", type=Path)
    given = parser.parse_args()
    finder = Finder(given.weights)
    finder.card.least["cue"] = LEAST
    silver = {}
    for annotated in polnear(given.corpora / "polnear/train").values():
        for example in annotated:
            found = [
                s
                for gold in example.attributions or ()
                for stretch in gold.content
                for s in inner(example.text, stretch, finder, 1)
            ]
            silver[example.key] = [{"source": s.source, "cue": s.cue, "content": s.content} for s in found]
    (given.run / "nested.json").write_text(json.dumps(silver))
    print(sum(map(len, silver.values())), "statements inside statements in", len(silver), "articles")


if __name__ == "__main__":
    main()
