"""GUM documents as the reader would meet them: text, names, nominals, and the entity on each head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.model.found import Labelled

KINDS = ("person", "organization", "place")
_JOINING = frozenset({"of", "the", "and", "for", "de", "von", "van", "al", "-", "&", "'s", "’s", "."})


@dataclass(frozen=True, slots=True)
class Passage:
    """A document: ``heads`` are (start, end, entity) of the mentions; names and nominals as a model's."""

    key: str
    text: str
    names: tuple[Labelled, ...]
    nominals: tuple[Labelled, ...]
    heads: tuple[tuple[int, int, str], ...]


def passages(folder: Path) -> Iterator[Passage]:
    """Read a folder of CoNLL-U files in the order of their names."""
    for path in sorted(folder.glob("*.conllu")):
        yield _passage(path)


def _passage(path: Path) -> Passage:
    text = ""
    words: list[tuple[int, int, str, str]] = []  # start, end, word, part of speech
    opened: dict[str, list[tuple[str, int, str]]] = {}
    mentions: list[tuple[str, str, int, int, str]] = []  # entity, type, first and last word, heads
    skip, whole = 0, (0, 0)
    for line in path.read_text(encoding="utf8").splitlines():
        if line.startswith("# newpar") and text:
            text = text.rstrip() + "\n\n"
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if "." in cells[0]:
            continue
        space = "" if "SpaceAfter=No" in cells[9] else " "
        if "-" in cells[0]:
            skip = int(cells[0].split("-")[1])
            whole = (len(text), len(text) + len(cells[1]))
            text += cells[1] + space
            continue
        if int(cells[0]) <= skip:
            span = whole
            skip = 0 if int(cells[0]) == skip else skip
        else:
            span = (len(text), len(text) + len(cells[1]))
            text += cells[1] + space
        words.append((*span, cells[1], cells[3]))
        found = re.search(r"(?:^|\|)Entity=([^|]*)", cells[9])
        for mark in re.findall(r"\([^()]*\)?|[^()]+\)", found.group(1)) if found else ():
            key = mark.strip("()").split("-")[0]
            if mark.startswith("("):
                told = mark.strip("()").split("-")
                opened.setdefault(key, []).append((told[1], len(words) - 1, told[5]))
            if mark.endswith(")"):
                kind, first, minimal = opened[key].pop()
                mentions.append((key, kind, first, len(words) - 1, minimal))
    return _gold(path.stem, text, words, mentions)


def _gold(
    key: str,
    text: str,
    words: list[tuple[int, int, str, str]],
    mentions: list[tuple[str, str, int, int, str]],
) -> Passage:
    names: list[Labelled] = []
    nominals: list[Labelled] = []
    heads: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for entity, kind, first, last, minimal in sorted(mentions, key=lambda m: (m[2], -m[3])):
        at = [first + int(i) - 1 for i in minimal.split(",") if i.isdigit()] or [last]
        at = [h for h in at if first <= h <= last] or [last]
        if kind in KINDS:
            heads.append((words[at[0]][0], words[at[-1]][1], entity))
        proper = [h for h in at if words[h][3] == "PROPN"]
        if proper and proper[0] - at[0] < 3:
            a = b = proper[0]
            while a > first and (
                words[a - 1][3] == "PROPN" or (words[a - 1][2] in _JOINING and a - 1 > first)
            ):
                a -= 1
            while b < last and (words[b + 1][3] == "PROPN" or (words[b + 1][2] in _JOINING and b + 1 < last)):
                b += 1
            while a < b and words[a][2].lower() in _JOINING:
                a += 1
            while b > a and words[b][2].lower() in _JOINING:
                b -= 1
            if taken.isdisjoint(range(a, b + 1)):
                taken.update(range(a, b + 1))
                names.append(Labelled(words[a][0], words[b][1], kind if kind in KINDS else "other", 1.0))
        elif kind in KINDS and words[at[-1]][3] != "PRON" and at[-1] - first < 8:
            nominals.append(Labelled(words[first][0], words[at[-1]][1], kind, 1.0))
    return Passage(
        key, text, tuple(sorted(names, key=_place)), tuple(sorted(nominals, key=_place)), tuple(heads)
    )


def _place(label: Labelled) -> tuple[int, int]:
    return label.start, -label.end
