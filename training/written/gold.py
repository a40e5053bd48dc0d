"""What people corrected in a store, as examples: ``onrecord gold`` writes the lines, this reads them.

A page is cut where no entry goes across, between paragraphs. Of a part all of whose statements people judged
its statements are known, and likewise its events; what is not judged whole trains nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from training.corpora import Example, Gold, GoldEvent, GoldPair, Stretch

SCHEMA = "onrecord-gold/1"


def read(path: Path | str, texts: Mapping[str, str] | None = None) -> Iterator[Example]:
    """Read a file of gold; ``texts`` gives, by SHA-256, the texts that its lines do not hold."""
    with open(path, encoding="utf-8") as lines:
        yield from examples(lines, texts or {})


def examples(lines: Iterable[str], texts: Mapping[str, str]) -> Iterator[Example]:
    """Read lines of gold; those whose text is nowhere are passed over.

    Raise ValueError at a line that is no gold, or whose text is not the one that was judged.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        page = json.loads(line)
        if page.get("schema") != SCHEMA:
            raise ValueError(f"line {number}: this is not gold of {SCHEMA}")
        text = page.get("text", texts.get(page["text_id"]))
        if text is None:
            continue
        if hashlib.sha256(text.encode()).hexdigest() != page["text_id"]:
            raise ValueError(f"line {number}: the text is not the one that was judged")
        yield from _page(page, text)


def _page(page: dict[str, Any], text: str) -> Iterator[Example]:
    judged = [e for e in page["judged"] if e["id"] not in page["disputed"]]
    open_ones = [*page["unjudged"], *(e for e in page["judged"] if e["id"] in page["disputed"])]
    wrong = page["wrong"]
    statements = [e for e in judged if e["what"] == "statement"]
    hulls = [_hull(e) for e in (*judged, *open_ones, *wrong) if e["what"] in _HOLDING]
    for part in _parts(text, [hull for hull in hulls if hull]):
        here = [e for e in judged if _within(e, part)]
        waiting = {e["what"] for e in open_ones if _within(e, part)}
        known = {e["what"] for e in (*here, *(w for w in wrong if _within(w, part)))}
        told = "statement" in known and "statement" not in waiting
        happened = "event" in known and "event" not in waiting
        pairs = tuple(_pairs(page, part, here, [w for w in wrong if _within(w, part)], open_ones))
        if not (told or happened or pairs):
            continue
        start, end = part
        yield Example(
            f"{page['page_id']}-{start}", text[start:end],
            attributions=tuple(_gold(e, start) for e in statements if _within(e, part)) if told else None,
            nested_known=told,
            events=tuple(_event(e, page, part) for e in here if e["what"] == "event") if happened else None,
            pairs=pairs,
        )  # fmt: skip


_HOLDING = ("statement", "event", "relation")


def _hull(entry: dict[str, Any]) -> Stretch | None:
    """Give the stretch that all of an entry's own words lie in."""
    spans: list[list[int]] = []
    if entry["what"] == "statement":
        spans = [*entry["source"], *entry["cue"], *entry["content"]]
    elif entry["what"] == "event":
        spans = [entry["trigger"], entry["evidence"]]
    elif entry["what"] == "relation":
        spans = [entry["evidence"]]
    return (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None


def _parts(text: str, hulls: list[Stretch]) -> Iterator[Stretch]:
    """Cut a text between its lines, where no stretch goes across; white space at the ends left out."""
    begin = at = 0
    reach = 0
    waiting = sorted(hulls)
    for line in text.split("\n"):
        end = at + len(line)
        while waiting and waiting[0][0] < end:
            reach = max(reach, waiting.pop(0)[1])
        if reach <= end:
            words = text[begin:end]
            left = begin + len(words) - len(words.lstrip())
            if words.strip():
                yield left, begin + len(words.rstrip())
            begin = end + 1
        at = end + 1


def _within(entry: dict[str, Any], part: Stretch) -> bool:
    hull = _hull(entry)
    return hull is not None and part[0] <= hull[0] and hull[1] <= part[1]


def _moved(stretch: list[int], start: int) -> Stretch:
    return stretch[0] - start, stretch[1] - start


def _gold(entry: dict[str, Any], start: int) -> Gold:
    source, cue, content = (
        tuple(_moved(s, start) for s in entry[role]) for role in ("source", "cue", "content")
    )
    return Gold(source, cue, content, nested=entry["within"] is not None)


def _event(entry: dict[str, Any], page: dict[str, Any], part: Stretch) -> GoldEvent:
    actors, recipients = entry["actors"], entry["recipients"]
    roles: list[tuple[str, Stretch]] = []
    for entity in dict.fromkeys([*actors, *recipients]):
        role = "both" if entity in actors and entity in recipients else "actor"
        role = role if entity in actors else "recipient"
        place = _named(page, entity, entry["evidence"], entry["trigger"])
        if place is not None and part[0] <= place[0] and place[1] <= part[1]:
            roles.append((role, _moved(place, part[0])))
    told = [("place", entry.get("place_at")), ("date", entry["date"].get("span"))]
    figures = (f for f in (*page["judged"], *page["unjudged"]) if f["what"] == "figure")
    told += [("figure", f["evidence"]) for f in figures if f["event"] == entry["id"]]
    roles += [(r, _moved(s, part[0])) for r, s in told if s and part[0] <= s[0] and s[1] <= part[1]]
    return GoldEvent(
        _moved(entry["trigger"], part[0]), entry["type"], entry["mode"], entry["status"],
        tuple(entry["contexts"]), tuple(roles),
    )  # fmt: skip


def _named(page: dict[str, Any], entity: str, evidence: list[int], trigger: list[int]) -> list[int] | None:
    """Give the mention of an entity that is nearest to a trigger, one in the evidence before all others."""
    mentions: list[list[int]] = page["mentions"].get(entity, [])
    inside = [m for m in mentions if evidence[0] <= m[0] and m[1] <= evidence[1]]
    near = inside or mentions
    return min(near, key=lambda m: (abs(m[0] - trigger[0]), m), default=None)


def _pairs(
    page: dict[str, Any],
    part: Stretch,
    right: list[dict[str, Any]],
    wrong: list[dict[str, Any]],
    waiting: list[dict[str, Any]],
) -> Iterator[GoldPair]:
    """Give pairs of parties all of whose relations in one evidence are judged."""
    unsure = {_pair(e) for e in waiting if e["what"] == "relation"}
    judged = [e for e in (*right, *wrong) if e["what"] == "relation"]
    for key in sorted({_pair(e) for e in judged} - unsure):
        evidence, one, other = [*key[0]], *key[1]
        a, b = (_named(page, e, evidence, evidence) for e in (one, other))
        inside = [m for m in (a, b) if m is not None and part[0] <= m[0] and m[1] <= part[1]]
        if a is None or b is None or len(inside) < 2:
            continue
        sides: tuple[set[str], set[str]] = (set(), set())
        nots: tuple[set[str], set[str]] = (set(), set())
        for e in (e for e in right if e["what"] == "relation" and _pair(e) == key):
            (nots if e["polarity"] == "negative" else sides)[e["subject"] != one].add(e["type"])
        yield GoldPair(
            _moved(a, part[0]), _moved(b, part[0]),
            relations=(frozenset(sides[0]), frozenset(sides[1])),
            negative=(frozenset(nots[0]), frozenset(nots[1])),
        )  # fmt: skip


def _pair(entry: dict[str, Any]) -> tuple[Stretch, tuple[str, str]]:
    one, other = sorted((entry["subject"], entry["object"]))
    return (entry["evidence"][0], entry["evidence"][1]), (one, other)
