"""Corpora of marked pairs in, examples out: stance, PLOVER types, relations; and how far events are facts."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from onrecord.model.labels import MUTUAL, STANCES
from training.corpora import Example, GoldPair, Stretch, re3d

RE3D_RELATIONS = {
    "FightingAgainst": "fights",
    "AlliesOf": "allied_with",
    "Likes": "supports",
    "Dislikes": "opposes",
    "CommWith": "communicated_with",
    "InChargeOf": "commands",
    "BelongsTo": "member_of",
}
PLAIN = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}


def stances(path: Path) -> Iterator[Example]:
    """Read "Who Blames or Endorses Whom?": a sentence with all its labelled pairs."""
    by_text: dict[str, list[GoldPair]] = defaultdict(list)
    for line in path.read_text(encoding="utf8").splitlines():
        fields = line.split("\t")  # a few fields kept the quotation marks of CSV
        sentence, p, q, label = (re.sub(r'^"(.*)"$', r"\1", x).replace('""', '"') for x in fields)
        text, spans, at = [], [], 0
        for part in re.split(r"(\[[^\[\]]*\])", sentence):
            if part.startswith("[") and part.endswith("]"):
                part = part[1:-1]
                spans.append((part, at, at + len(part)))
            text.append(part)
            at += len(part)
        a = next((s for s in spans if s[0] == p), None)
        b = next((s for s in spans if s[0] == q and s is not a), None)
        if a and b:
            by_text["".join(text)].append(GoldPair(a[1:], b[1:], stance=STANCES[int(label)]))
    for k, (whole, pairs) in enumerate(by_text.items()):
        yield Example(f"stance-{k}", whole, pairs=tuple(pairs))


def deeds(path: Path, *, fold: int | None = None, folds: int = 5) -> Iterator[Example]:
    """Read PLV: a sentence with who did what to whom; YIELD stands for CONCEDE and RETREAT.

    With ``fold``, leave out the sentences of that fold (by sentence, so that all its pairs go together).
    """
    by_text: dict[str, list[GoldPair]] = defaultdict(list)
    with open(path, encoding="utf8", newline="") as f:
        for row in csv.DictReader(f, delimiter="\t"):
            marked = row["marked_sentence"]
            if "<s>" not in marked or "<t>" not in marked:
                continue
            text, spans = unmarked(marked)
            if fold is None or fold_of(text, folds) != fold:
                by_text[text].append(GoldPair(spans["s"], spans["t"], deeds=(row["gold_root"], None)))
    for k, (whole, pairs) in enumerate(by_text.items()):
        yield Example(f"plv-{k}", whole, pairs=tuple(pairs))


def fold_of(sentence: str, folds: int) -> int:
    """Give the fold of a sentence, by its letters alone, so that a sentence told twice stays in one."""
    import hashlib

    letters = re.sub(r"\W+", "", sentence.lower())
    return int(hashlib.sha256(letters.encode()).hexdigest(), 16) % folds


def unmarked(marked: str) -> tuple[str, dict[str, Stretch]]:
    """Take ``<s>`` and ``<t>`` out of a sentence; give it with the stretches of both, trimmed."""
    text: list[str] = []
    at, spans = 0, {}
    for part in re.split(r"(</?[st]>)", marked):
        if re.fullmatch(r"</?[st]>", part):
            if part[1] != "/":
                spans.setdefault(part[1], [at, at])
            elif spans[part[2]][1] == spans[part[2]][0]:
                spans[part[2]][1] = at
        else:
            text.append(part)
            at += len(part)
    whole = "".join(text)

    def bare(start: int, end: int) -> Stretch:
        words = whole[start:end]
        return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())

    return whole, {key: bare(*span) for key, span in spans.items()}


def related(folder: Path) -> Iterator[Example]:
    """Read re3d with its relations; near pairs without any are told as having none."""
    relations: dict[str, list[dict]] = defaultdict(list)
    for path in sorted(folder.glob("*/relations.jsonl")):
        for line in path.read_text(encoding="utf8").splitlines():
            row = json.loads(line)
            if row["type"] in RE3D_RELATIONS:
                relations["re3d-" + row["documentId"]].append(row)
    for example in re3d(folder):
        held: dict[tuple[Stretch, Stretch], tuple[set[str], set[str]]] = {}
        for row in relations[example.key]:
            source, target = (row["sourceBegin"], row["sourceEnd"]), (row["targetBegin"], row["targetEnd"])
            kind = RE3D_RELATIONS[row["type"]]
            a, b = min(source, target), max(source, target)
            if a == b:
                continue
            both = held.setdefault((a, b), (set(), set()))
            both[0 if source == a else 1].add(kind)
            if kind in MUTUAL:
                both[0].add(kind)
                both[1].add(kind)
        pairs = [
            GoldPair(a, b, relations=(frozenset(to), frozenset(back))) for (a, b), (to, back) in held.items()
        ]
        names = [(a, b) for a, b, _ in example.names or ()]
        for i, a in enumerate(names):
            for b in names[i + 1 : i + 4]:
                near = b[1] - a[0] < 300 and "\n" not in example.text[a[0] : b[1]]
                if near and not any(_touch(a, x) and _touch(b, y) for x, y in held):
                    pairs.append(GoldPair(a, b, relations=(frozenset(), frozenset())))
        yield replace(example, pairs=tuple(pairs))


def _touch(a: Stretch, b: Stretch) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def facts(path: Path) -> Iterator[Example]:
    """Read a factuality set: tokenised sentences with predicates from -3 (surely not) to 3 (surely so)."""
    for k, line in enumerate(path.read_text(encoding="utf8").splitlines()):
        row = json.loads(line)
        words = [PLAIN.get(w, w) for w in row["text"].split()]
        starts, at = [], 0
        for word in words:
            starts.append(at)
            at += len(word) + 1
        found = []
        for target in row["targets"]:
            first, last = target["span1"][0], target["span1"][1] - 1
            found.append(((starts[first], starts[last] + len(words[last])), float(target["label"])))
        yield Example(f"{path.stem}-{k}", " ".join(words), facts=tuple(found))
