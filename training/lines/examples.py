"""Pages as examples: lines or blocks with a label each, told by aligning them with the article's own text."""

from __future__ import annotations

import difflib
import gzip
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.pages.block_form import block_forms
from onrecord.pages.blocks import blocks_of
from onrecord.pages.compose import squeezed
from onrecord.pages.decode import clean, text_of
from onrecord.pages.form import forms
from onrecord.pages.html import extracted, parsed
from onrecord.pages.limits import Limits
from onrecord.pages.lines import lines_of
from onrecord.pages.votes import votes

_WORD = re.compile(r"\w+")
# Scrapers put a line where a page has a block element: the usual inline ones, and what shows no text.
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
        "label",
        "button",
        "img",
    )
)
_SILENT = frozenset(("script", "style", "noscript", "template", "head", "svg", "iframe"))


@dataclass(frozen=True, slots=True)
class Example:
    """One page: its lines, how each is described, which are the article's, and the article as people
    copied it.
    """

    lines: tuple[str, ...]
    rows: np.ndarray[Any, Any]
    good: np.ndarray[Any, Any]
    article: str


def scraped(folder: Path) -> dict[str, Example]:
    """Give the pages of the article-extraction benchmark flattened to lines, as scrapers leave them."""
    return {key: _example(_flat(page), article) for key, page, article in _pages(folder)}


def marked_up(folder: Path) -> dict[str, Example]:
    """Give the same pages as blocks with their marks and the extractor's votes."""
    found = {}
    for key, page, article in _pages(folder):
        root = parsed(text_of(page, key), Limits(), key)
        blocks = blocks_of(root)
        lines = tuple(block.text for block in blocks)
        rows = block_forms(blocks, votes(lines, extracted(root)))
        found[key] = Example(lines, rows, _aligned(lines, article), article)
    return found


def clean_articles(folder: Path, every: int) -> list[Example]:
    """Give texts that are articles and nothing else: each line of them is to be kept."""
    found = []
    for path in sorted(folder.glob("*"))[::every]:
        lines = tuple(line.text for line in lines_of(clean(path.read_text(encoding="utf-8"))))
        if len(lines) > 1:
            found.append(Example(lines, forms(lines), np.ones(len(lines), dtype=bool), "\n".join(lines)))
    return found


def run_together(example: Example, chance: random.Random) -> Example:
    """Give a page as other scrapers leave it: stretches of its furniture put on one line."""
    lines: list[str] = []
    good: list[bool] = []
    at = 0
    while at < len(example.lines):
        end = at + 1
        if not example.good[at] and chance.random() < 0.1:
            most = at + chance.randint(3, 40)
            while end < min(most, len(example.lines)) and not example.good[end]:
                end += 1
        lines.append(chance.choice((" ", " ", "")).join(example.lines[at:end]))
        good.append(bool(example.good[at]))
        at = end
    return Example(tuple(lines), forms(lines), np.array(good), example.article)


def with_some_furniture(clean: Example, page: Example, chance: random.Random) -> Example:
    """Give a clean article with a little of a page's furniture around it, on few lines."""
    furniture = [line for line, good in zip(page.lines, page.good, strict=True) if not good]
    above, below = [], []
    for side in (above, below):
        for _ in range(chance.randint(0, 2)):
            start = chance.randrange(max(1, len(furniture)))
            side.append(" ".join(furniture[start : start + chance.randint(1, 30)]))
    above, below = [line for line in above if line], [line for line in below if line]
    lines = (*above, *clean.lines, *below)
    good = np.array([False] * len(above) + list(clean.good) + [False] * len(below))
    return Example(lines, forms(lines), good, clean.article)


def f1(examples: dict[str, Example], kept: dict[str, np.ndarray[Any, Any]]) -> tuple[float, float, float]:
    """Give precision, recall and F1 over runs of four words, averaged over pages, as the benchmark does."""
    from collections import Counter

    def runs(text: str) -> Counter[tuple[str, ...]]:
        words = _WORD.findall(text)
        return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()

    precision = recall = 0.0
    for key, example in examples.items():
        gold = runs(example.article)
        found = runs("\n".join(line for line, good in zip(example.lines, kept[key], strict=True) if good))
        both = sum((gold & found).values())
        precision += both / sum(found.values()) if found else float(not gold)
        recall += both / sum(gold.values()) if gold else 1.0
    precision, recall = precision / len(examples), recall / len(examples)
    return 100 * precision, 100 * recall, 200 * precision * recall / (precision + recall)


def _pages(folder: Path) -> list[tuple[str, bytes, str]]:
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = []
    for key, truth in gold.items():
        page = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        pages.append((key, page, truth["articleBody"]))
    return pages


def _example(text: str, article: str) -> Example:
    lines = tuple(words for line in clean(text).split("\n") if (words := squeezed(line)))
    return Example(lines, forms(lines), _aligned(lines, article), article)


def _flat(page: bytes) -> str:
    """Flatten a page to a line a block element, all its visible text kept."""
    from lxml import html

    lines: list[str] = []
    pieces: list[str] = []

    def flush() -> None:
        lines.append(squeezed("".join(pieces)))
        pieces.clear()

    stack: list[tuple[Any, bool]] = [(html.document_fromstring(page), False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else None
        if tag is not None and tag not in _SILENT:
            if tag not in _INLINE:
                flush()
            if not leaving:
                pieces.append(element.text or "")
                stack.append((element, True))
                stack.extend((child, False) for child in reversed(element))
                continue
        pieces.append(element.tail or "")
    flush()
    return "\n".join(line for line in lines if line)


def _aligned(lines: Sequence[str], article: str) -> np.ndarray[Any, Any]:
    """Tell which lines have most of their words in the article, in its order."""
    words = [_WORD.findall(line) for line in lines]
    flat = [word for line in words for word in line]
    owner = [i for i, line in enumerate(words) for _ in line]
    hits = [0] * len(lines)
    matcher = difflib.SequenceMatcher(None, flat, _WORD.findall(article), autojunk=False)
    for start, _, size in matcher.get_matching_blocks():
        for at in range(start, start + size):
            if size > 1 or len(words[owner[at]]) == 1:
                hits[owner[at]] += 1
    return np.array([bool(w) and h / len(w) > 0.5 for h, w in zip(hits, words, strict=True)])
