"""Records in any number, made from a few: words changed for others of their length, dates shifted.

Offsets hold because no length changes, so every span is cut again from the changed text and the record is
as sound as the one it was made from. Names recur from page to page as names do: a few often, most seldom.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.codec import decode_record
from onrecord.store.stored import Stored

SNAPSHOTS = Path(__file__).parent.parent / "tests" / "snapshots"
CARD = {"version": "0.1.0", "model": "recombined", "model_sha256": "0" * 64}
SHARE = 0.35  # of the words of a text that are changed
DAYS = 3650
OUTLETS = 40

_WORD = re.compile(r"[^\W\d_]{3,}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SYLLABLES = (
    "ka",
    "lo",
    "mir",
    "ten",
    "va",
    "sor",
    "bel",
    "an",
    "du",
    "ri",
    "chov",
    "esk",
    "ham",
    "iya",
    "os",
)


def samples(path: Path | None = None) -> list[dict[str, Any]]:
    """Give the JSON of the records to begin with: of a file of JSON Lines, or the example pages'."""
    if path is not None:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [{**json.loads(p.read_text("utf-8")), "reader": CARD} for p in sorted(SNAPSHOTS.glob("*.json"))]


def recombined(count: int, base: list[dict[str, Any]], *, seed: int = 0) -> Iterator[Stored]:
    """Make so many records, the same ones each time."""
    pools = _pools(base)
    for number in range(count):
        chance = random.Random(f"{seed} {number}")  # noqa: S311
        yield _made(number, base[number % len(base)], pools, chance)


def _made(
    number: int, sample: dict[str, Any], pools: dict[tuple[int, bool], list[str]], chance: random.Random
) -> Stored:
    changed: dict[str, str] = {}

    def change(match: re.Match[str]) -> str:
        word = match[0]
        if word not in changed:
            pool = pools.get((len(word), word[0].isupper()))
            # The square makes the first of a pool come often and the last seldom.
            changed[word] = (
                pool[int(len(pool) * chance.random() ** 2)] if pool and chance.random() < SHARE else word
            )
        return changed[word]

    fields = json.loads(json.dumps(sample))
    text = _WORD.sub(change, sample["document"]["text"])
    shift = timedelta(days=chance.randrange(DAYS))
    _walk(fields, text, lambda words: _WORD.sub(change, words), shift)
    document = fields["document"]
    document.update(
        text=text, id=hashlib.sha256(text.encode()).hexdigest(), outlet=f"Outlet {chance.randrange(OUTLETS)}"
    )
    document["uri"] = f"https://example.org/{number}"
    document["source"]["sha256"] = hashlib.sha256(f"{number}".encode()).hexdigest()
    return Stored(decode_record(json.dumps(fields)), document["uri"], "recombined", "2026-01-01T00:00:00Z")


def _walk(value: Any, text: str, change: Any, shift: timedelta) -> None:
    """Cut every span anew, change the names and shift the dates under this value."""
    if isinstance(value, list):
        for inner in value:
            _walk(inner, text, change, shift)
    if not isinstance(value, dict):
        return
    if "start" in value and "end" in value:
        value["text"] = text[value["start"] : value["end"]]
    for key in ("name", "title"):
        if isinstance(value.get(key), str):
            value[key] = change(value[key])
    if "aliases" in value:
        value["aliases"] = [change(alias) for alias in value["aliases"]]
    if isinstance(value.get("value"), str):
        value["value"] = _DATE.sub(lambda found: str(_shifted(found[0], shift)), value["value"])
    for inner in value.values():
        _walk(inner, text, change, shift)


@cache
def _shifted(day: str, shift: timedelta) -> date | str:
    try:
        return date.fromisoformat(day) + shift
    except ValueError:
        return day


def _pools(base: list[dict[str, Any]]) -> dict[tuple[int, bool], list[str]]:
    """Give the words to change for, by length and capital: seen ones, then made ones."""
    words = sorted({word for sample in base for word in _WORD.findall(sample["document"]["text"])})
    chance = random.Random(7)  # noqa: S311
    pools: dict[tuple[int, bool], list[str]] = {}
    for word in words:
        pools.setdefault((len(word), word[0].isupper()), []).append(word)
    for (length, upper), pool in sorted(pools.items()):
        chance.shuffle(pool)
        for _ in range(2000 if length > 4 else 100):
            made = "".join(chance.choice(_SYLLABLES) for _ in range(length))[:length]
            pool.append(made.capitalize() if upper else made)
    return pools
