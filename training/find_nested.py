"""Find statements inside statements:  python -m training.find_nested CORPORA RUN WEIGHTS

WEIGHTS is the first stage's export; writes RUN/nested.json, which the second stage learns from. Each content
is read as a text of its own, and so is each content found there.
"""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from onrecord.model.finder import Finder
from onrecord.model.found import Statement, Stretch
from training.corpora import Example, polnear

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


_finders: list[Finder] = []


def _open(weights: Path) -> None:
    _finders.append(Finder(weights))
    _finders[0].card.least["cue"] = LEAST


def _read(example: Example) -> tuple[str, list[dict[str, object]]]:
    contents = [stretch for gold in example.attributions or () for stretch in gold.content]
    found = [s for stretch in contents for s in inner(example.text, stretch, _finders[0], 1)]
    return example.key, [{"source": s.source, "cue": s.cue, "content": s.content} for s in found]


def main() -> None:
    """Read every content of PolNeAR's training articles."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    articles = [e for annotated in polnear(given.corpora / "polnear/train").values() for e in annotated]
    with ProcessPoolExecutor(given.jobs, initializer=_open, initargs=(given.weights,)) as pool:
        silver = dict(pool.map(_read, articles, chunksize=20))
    (given.run / "nested.json").write_text(json.dumps(silver))
    print(sum(map(len, silver.values())), "statements inside statements in", len(silver), "articles")


if __name__ == "__main__":
    main()
