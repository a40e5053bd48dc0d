"""How fast reading is, beside its floor:  python benchmarks/speed.py [FOLDER of .txt]

The floor is one forward pass of the encoder over every token; machines differ by a factor of two, so the
ratio to the floor, measured in the same run, says more than the rate. One process, one thread, CPU time.
Without a folder it reads the pages of examples/, over and over.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import onrecord
from onrecord.model.card import FOLDER
from onrecord.model.finder import Finder
from onrecord.model.tokens import load_tokenizer, tokenize
from onrecord.model.windows import windows
from onrecord.quotes import quotations
from onrecord.reading.attributions import attributions, reported
from onrecord.reading.figures import figures
from onrecord.reading.gather import gather
from onrecord.reading.sentences import sentences
from onrecord.reading.statements import statements
from onrecord.reading.times import times

ROUNDS = 3


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Give what the work gives, and the CPU seconds it took."""
    began = time.process_time()
    return work(), time.process_time() - began


def main() -> None:
    """Print a table: stage, seconds, share, tokens a second."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "examples"
    paths = sorted(p for p in folder.rglob("*") if p.suffix in {".txt", ".html"})
    documents = [onrecord.open_page(p) for p in paths] * (1 if len(sys.argv) > 1 else ROUNDS)
    texts = [d.text for d in documents]
    tokenizer, finder, reader = load_tokenizer(FOLDER / "tokenizer.json"), Finder(), onrecord.Reader()
    reader.read(documents[0])

    cut = [tokenize(text, tokenizer) for text in texts]
    pieces, words = sum(len(t.ids) for t in cut), sum(len(text.split()) for text in texts)
    spans = [(t, a, b) for t in cut for a, b in windows(t)]
    spent = {}
    _, spent["tokens"] = timed(lambda: [tokenize(text, tokenizer) for text in texts])
    _, spent["encoder"] = timed(lambda: [finder.score(t, a, b) for t, a, b in spans])
    found, whole = timed(lambda: [finder.find(text) for text in texts])
    spent["decoding"] = max(0.0, whole - spent["tokens"] - spent["encoder"])
    bounds, spent["sentences"] = timed(lambda: [sentences(text) for text in texts])
    quoted, spent["quotation marks"] = timed(lambda: [quotations(text) for text in texts])
    held, spent["statements"] = timed(
        lambda: [statements(x, f.statements, q) for x, f, q in zip(texts, found, quoted, strict=True)]
    )
    gathered, spent["entities"] = timed(
        lambda: [
            gather(x, f, [h.statement for h in s], b, q)
            for x, f, s, b, q in zip(texts, found, held, bounds, quoted, strict=True)
        ]
    )
    told, spent["attributions"] = timed(
        lambda: [attributions(*parts) for parts in zip(texts, held, quoted, gathered, strict=True)]
    )
    moments, spent["times"] = timed(
        lambda: [times(d.text, d.published.value, b) for d, b in zip(documents, bounds, strict=True)]
    )
    _, spent["figures"] = timed(
        lambda: [
            reported(x, figures(x, b, [(t.start, t.end) for t in m]), a)
            for x, b, m, a in zip(texts, bounds, moments, told, strict=True)
        ]
    )
    _, everything = timed(lambda: [reader.read(d) for d in documents])

    print(f"{len(texts)} texts, {words:,} words, {pieces:,} tokens; CPU seconds in one process")
    for stage, seconds in [*spent.items(), ("all of reading", everything)]:
        rate = pieces / max(seconds, 1e-9)
        print(f"{stage:16} {seconds:8.2f} s {seconds / everything:6.1%} {rate:12,.0f} tokens/s")
    print(f"words a second: {words / everything:,.0f}; the encoder alone: {words / spent['encoder']:,.0f}; "
          f"reading takes {everything / spent['encoder']:.2f} times its floor")  # fmt: skip


if __name__ == "__main__":
    main()
