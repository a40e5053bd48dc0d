"""Corpora in, examples out: each reader gives texts with the labels that its corpus has, as offsets.

What a corpus does not mark is None and trains nothing. The model card names the corpora; none is kept here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gold:
    """One attribution: stretches of each role, and whether it lies within another's content."""

    source: tuple[Stretch, ...]
    cue: tuple[Stretch, ...]
    content: tuple[Stretch, ...]
    nested: bool = False


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One event: its trigger, what it is, and (role, stretch) for each party, place, date and figure.

    ``type`` alone is always known; ``status`` is None where the corpus marks triggers and types only.
    """

    trigger: Stretch
    type: str
    mode: str | None = None
    status: str | None = None
    contexts: tuple[str, ...] = ()
    roles: tuple[tuple[str, Stretch], ...] = ()


@dataclass(frozen=True, slots=True)
class GoldPair:
    """How two stretches stand to each other; None is what the corpus does not say.

    ``stance`` is one of STANCES; ``deeds`` what a does to b, and b to a, of DEEDS; ``relations`` those of
    RELATIONS from a to b, and from b to a; ``negative`` those of them that the page says are not so.
    """

    a: Stretch
    b: Stretch
    stance: str | None = None
    deeds: tuple[str | None, str | None] = (None, None)
    relations: tuple[frozenset[str], frozenset[str]] | None = None
    negative: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Example:
    """A text with what one annotator marked in it.

    ``names`` and ``nominals``: (start, end, label). ``nested_known``: whether statements inside statements
    are marked too. ``facts``: a predicate's stretch, and how far it is presented as a fact, -3 to 3.
    """

    key: str
    text: str
    attributions: tuple[Gold, ...] | None = None
    names: tuple[tuple[int, int, str], ...] | None = None
    nominals: tuple[tuple[int, int, str], ...] | None = None
    nested_known: bool = False
    events: tuple[GoldEvent, ...] | None = None
    pairs: tuple[GoldPair, ...] = ()
    facts: tuple[tuple[Stretch, float], ...] = ()


def polnear(folder: Path) -> dict[str, list[Example]]:
    """Read PolNeAR: by article, an example for each annotator."""
    found: dict[str, list[Example]] = {}
    for path in sorted((folder / "text").glob("*.txt")):
        with open(path, encoding="utf8", newline="") as f:
            text = f.read()
        for ann in sorted((folder / "attributions").glob(path.stem + "_????.ann")):
            found.setdefault(path.stem, []).append(Example(ann.stem, text, _brat(ann)))
    return found


def _brat(path: Path) -> tuple[Gold, ...]:
    spans: dict[str, list[Stretch]] = {}
    golds = []
    for line in path.read_text(encoding="utf8").splitlines():
        parts = line.split("\t")
        if parts[0].startswith("T") and len(parts) > 1:
            rest = parts[1].partition(" ")[2]
            spans[parts[0]] = [(int(a), int(b)) for a, b in (s.split() for s in rest.split(";"))]
        elif parts[0].startswith("E") and len(parts) > 1:
            roles: dict[str, list[Stretch]] = defaultdict(list)
            for link in parts[1].split():
                role, _, target = link.partition(":")
                roles[re.sub(r"\d+$", "", role)] += spans.get(target, [])
            if roles["Cue"]:
                golds.append(Gold(*(tuple(sorted(set(roles[r]))) for r in ("Source", "Cue", "Content"))))
    return tuple(golds)


LABELS = {"PER": "person", "ORG": "organization", "LOC": "place", "MISC": "other"}


def conll(path: Path, *, document_sentences: int = 12) -> Iterator[Example]:
    """Read CoNLL columns (word first, BIO last), about a dozen sentences an example, a line a sentence."""
    text, names, count, part = "", [], 0, 0
    open_label, before = "", ""
    for line in [*path.read_text(encoding="utf8").splitlines(), "", "-DOCSTART-"]:
        if line.startswith("-DOCSTART-") or (not line and count >= document_sentences):
            if text.strip():
                yield Example(f"{path.stem}-{part}", text.rstrip(), names=tuple(names), attributions=None)
            text, names, count, part = "", [], 0, part + 1
            continue
        if not line:
            if text and not text.endswith("\n"):
                text, count = text.rstrip() + "\n", count + 1
            open_label, before = "", ""
            continue
        columns = line.split()
        word, tag = columns[0], columns[-1]
        if word in {".", ",", ";", ":", "?", "!", ")", "]", "%", "'s", "n't", "''"} or before in {
            "(",
            "[",
            "$",
            "``",
        }:
            text = text.removesuffix(" ")
        before = word
        word = {"``": '"', "''": '"'}.get(word, word)
        start = len(text)
        text += word + " "
        label = LABELS.get(tag[2:], "")
        if label == "other" and _demonym(word, columns[1] if len(columns) > 2 else ""):
            label = "nationality"
        if label and tag[0] == "I" and open_label and names:
            joined = names[-1][2]
            if (
                joined == "nationality"
                and label != joined
                and text[names[-1][0] : start].strip() not in PARTS
            ):
                joined = "other"
            names[-1] = (names[-1][0], start + len(word), label if label == "nationality" else joined)
        elif label:
            names.append((start, start + len(word), label))
        open_label = label


PARTS = {"South", "North", "West", "East", "New", "Sri", "Saudi", "Puerto", "Costa", "El"}
SHORT_DEMONYMS = frozenset(
    [
        "thai",
        "serb",
        "croat",
        "arab",
        "kurd",
        "turk",
        "dane",
        "swede",
        "finn",
        "pole",
        "czech",
        "slovak",
        "greek",
        "swiss",
        "dutch",
        "french",
        "chechen",
    ]
)
NOT_DEMONYMS = frozenset(
    ["olympic", "olympics", "republican", "republicans", "democratic", "christian", "european-style"]
)


def _demonym(word: str, tag: str) -> bool:
    """Whether a miscellaneous name is that of a people; the corpus files those with events and works."""
    lower = word.lower().removesuffix("s")
    if lower in NOT_DEMONYMS or word.lower() in NOT_DEMONYMS or not word[:1].isupper():
        return False
    shaped = lower.endswith(("an", "ish", "ese", "i", "ch", "ic")) and tag in {
        "JJ",
        "NNPS",
        "NNP",
        "NN",
        "NNS",
    }
    return (
        lower in SHORT_DEMONYMS
        or word.lower() in SHORT_DEMONYMS
        or (shaped and len(lower) > 3)
        or tag == "JJ"
    )


RE3D = {"Person": "person", "Organisation": "organization", "Location": "place", "Nationality": "nationality",
        "MilitaryPlatform": "other", "Weapon": "other", "DocumentReference": "other"}  # fmt: skip


PRONOUNS = frozenset(
    [
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
        "who",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "them",
        "us",
        "him",
        "this",
        "that",
        "these",
        "those",
    ]
)


def re3d(folder: Path) -> Iterator[Example]:
    """Read re3d: names where the words begin with a capital, outermost and most confident first."""
    for part in sorted(p for p in folder.iterdir() if p.is_dir()):
        by_document = defaultdict(list)
        for line in (part / "entities.jsonl").read_text(encoding="utf8").splitlines():
            entity = json.loads(line)
            if entity["type"] in RE3D:
                by_document[entity["documentId"]].append(entity)
        for line in (part / "documents.jsonl").read_text(encoding="utf8").splitlines():
            document = json.loads(line)
            text, taken, names = document["text"], [], []
            order = sorted(
                by_document[document["_id"]],
                key=lambda e: (-e["confidence"], e["begin"] - e["end"], e["type"]),
            )
            for e in order:
                start, end = e["begin"], e["end"]
                if article := re.match(r"(the|a|an)\s+", text[start:end], re.I):
                    start += article.end()
                words = text[start:end]
                if (
                    words.lower() in PRONOUNS
                    or not (words[:1].isupper() or words.startswith("al-"))
                    or any(start < b and a < end for a, b in taken)
                ):
                    continue
                if e["type"] not in {"Person", "Organisation", "Location", "Nationality"}:
                    continue
                taken.append((start, end))
                names.append((start, end, RE3D[e["type"]]))
            yield Example("re3d-" + document["_id"], text, names=tuple(sorted(names)))


def gum(folder: Path) -> Iterator[Example]:
    """Read GUM: nominals of people, organisations and places, from the phrase's start to its head."""
    for path in sorted(folder.glob("*.conllu")):
        text, nominals = _gum_document(path)
        yield Example(path.stem, text, nominals=tuple(nominals))


def _gum_document(path: Path) -> tuple[str, list[tuple[int, int, str]]]:
    text, spans, opened, nominals = "", [], {}, []
    skip, whole = 0, (0, 0)

    def close(key: str) -> None:
        kind, first, minspan = opened[key].pop()
        if kind not in {"person", "organization", "place"}:
            return
        heads = [first + int(i) - 1 for i in minspan.split(",") if i.isdigit()] or [len(spans) - 1]
        heads = [h for h in heads if first <= h < len(spans)] or [len(spans) - 1]
        if any(spans[h][2] == "PROPN" for h in heads) or spans[heads[-1]][2] == "PRON":
            return
        if heads[-1] - first < 8:
            nominals.append((spans[first][0], spans[heads[-1]][1], kind))

    for line in path.read_text(encoding="utf8").splitlines():
        if line.startswith("# newpar") and text:
            text = text.rstrip() + "\n\n"
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if "." in fields[0]:
            continue
        space = "" if "SpaceAfter=No" in fields[9] else " "
        if "-" in fields[0]:
            skip = int(fields[0].split("-")[1])
            whole = (len(text), len(text) + len(fields[1]))
            text += fields[1] + space
            continue
        if int(fields[0]) <= skip:
            span = whole
            if int(fields[0]) == skip:
                skip = 0
        else:
            span = (len(text), len(text) + len(fields[1]))
            text += fields[1] + space
        spans.append((*span, fields[3]))
        found = re.search(r"(?:^|\|)Entity=([^|]*)", fields[9])
        for mark in re.findall(r"\([^()]*\)?|[^()]+\)", found.group(1)) if found else ():
            if mark.startswith("("):
                parts = mark.strip("()").split("-")
                opened.setdefault(parts[0], []).append((parts[1], len(spans) - 1, parts[5]))
                if mark.endswith(")"):
                    close(parts[0])
            else:
                close(mark.rstrip(")"))
    return text, sorted(set(nominals))


def held_out(key: str) -> bool:
    """Whether a text is kept for measuring: one in three, by the hash of its key."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 3 == 0
