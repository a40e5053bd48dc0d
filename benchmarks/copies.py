"""How well copies and identities are found:  python -m benchmarks.copies

Pairs are built from the example pages, which are all on one topic: copied, retitled, lightly edited, flowed
anew, rewritten in half, cut, added to, and five collected in a digest. Recall is over the pairs that a layer
is to find, precision over those that it finds, of which the ones of one story are right. Identity is asked
of parties sketched with names, countries, offices and times, of which we know who is who.
"""

from __future__ import annotations

import hashlib
import random
import re
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from sqlalchemy import select

from benchmarks.recombine import samples
from onrecord.codec import decode_record
from onrecord.record import Date, Document, Entity, Mention, ReaderCard, Record, Role, Source
from onrecord.store import Store, Stored
from onrecord.store.copies import LAYERS, find_copies
from onrecord.store.identity import find_actors
from onrecord.store.schema import actors, copies, entities, pages

SYNONYMS = {
    "said": "declared", "told": "informed", "ships": "vessels", "talks": "negotiations", "because": "since",
    "began": "started", "after": "following", "but": "yet", "people": "persons", "would": "should",
    "big": "large", "said that": "stated that", "also": "too", "many": "numerous", "before": "ahead of",
    "near": "close to",
    "against": "opposing", "men": "crew", "government": "administration", "day": "date", "letter": "note",
}  # fmt: skip
OWN = (
    "Our correspondent adds that the streets around the square were quiet in the evening, that shops closed "
    "at their usual hour, and that the buses ran as they do on any other day of the week."
)
CARD = ReaderCard("0.1.0", "sketched", "0" * 64)
_WORD = re.compile(r"\w+")

PEOPLE = [  # who, name, country, office, sectors, day: one person a number
    (1, "Sergei Lavrov", "RUS", "foreign minister", "GOV", "2015-03-01"),
    (1, "Sergey Lavrov", "RUS", "Foreign Minister", "GOV", "2015-09-01"),
    (1, "Lavrov", "RUS", "Russian Foreign Minister", "GOV", "2014-05-01"),
    (1, "S. Lavrov", "RUS", "", "", "2015-01-01"),
    (1, "Sergei Lavrov", "", "", "", "2016-01-01"),
    (2, "Viktor Lavrov", "RUS", "coach", "", "2015-03-01"),
    (3, "John Smith", "USA", "senator", "GOV", "2015-03-01"),
    (3, "John Smith", "USA", "Senator", "GOV", "2012-03-01"),
    (3, "Smith", "USA", "senator", "GOV", "2014-03-01"),
    (4, "John Smith", "GBR", "mayor", "GOV", "2015-03-01"),
    (5, "John Smith", "USA", "chief executive", "BUS", "2015-03-01"),
    (5, "John Smith", "USA", "banker", "BUS", "2015-04-01"),
    (6, "George W. Bush", "USA", "president", "GOV", "2003-03-01"),
    (6, "George W Bush", "USA", "President", "GOV", "2005-03-01"),
    (7, "George H. W. Bush", "USA", "president", "GOV", "1990-03-01"),
    (7, "Bush", "USA", "president", "GOV", "1990-08-01"),
    (8, "Volodymyr Zelensky", "UKR", "president", "GOV", "2022-03-01"),
    (8, "Volodymyr Zelenskyy", "UKR", "president", "GOV", "2022-04-01"),
    (8, "Zelenskiy", "UKR", "president", "GOV", "2022-05-01"),
    (8, "President Volodymyr Zelensky", "UKR", "", "", "2022-05-01"),
    (9, "Olena Zelenska", "UKR", "first lady", "", "2022-05-01"),
    (10, "Bashar al-Assad", "SYR", "president", "GOV", "2015-01-01"),
    (10, "Bashar Assad", "SYR", "President", "GOV", "2015-02-01"),
    (10, "Assad", "SYR", "president", "GOV", "2015-03-01"),
    (11, "Hafez al-Assad", "SYR", "president", "GOV", "1990-03-01"),
    (12, "Maria Lopez", "ESP", "minister", "GOV", "2015-01-01"),
    (13, "Maria Lopez", "MEX", "minister", "GOV", "2015-01-01"),
    (14, "Maria Lopez", "ESP", "singer", "MED", "2015-01-01"),
    (15, "Ahmed Ali", "EGY", "", "", "2013-01-01"),
    (16, "Ahmed Ali", "SOM", "", "", "2013-01-01"),
    (17, "Angela Merkel", "DEU", "chancellor", "GOV", "2015-01-01"),
    (17, "Merkel", "", "chancellor", "GOV", "2015-06-01"),
    (17, "Angela Merkel", "", "", "", "2015-06-01"),
    (18, "Wilhelm Merkel", "DEU", "", "", "1962-06-01"),
]  # fmt: skip


def main() -> None:
    """Measure, and print Markdown."""
    texts = [sample["document"]["text"] for sample in samples()]
    given = list(_pages(texts))
    print("| layer | pairs to find | found | recall | precision |\n|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "copies.db") as store:
        store.writer().add(stored for stored, _ in given)
        began = time.process_time()
        find_copies(store)
        took = time.process_time() - began
        found = _clusters(store)
        missed: dict[str, int] = {}
        for layer in LAYERS:
            wanted = _wanted(given, layer)
            pairs = set(_pairs(found[layer]))
            print(_line(layer, wanted, pairs, _wanted(given, "syndicated")))
            for one, other in wanted - pairs:
                key = f"{layer}: {' and '.join(sorted({one.split('/')[1], other.split('/')[1]}))}"
                missed[key] = missed.get(key, 0) + 1
        print(_identity(folder))
    print(f"\n{len(given)} pages, {1000 * took / len(given):.1f} ms of CPU a page")
    for kind, count in sorted(missed.items()):
        print(f"missed, {kind}: {count}")


def _pages(texts: list[str]) -> Iterator[tuple[Stored, dict[str, str]]]:
    """Give pages with the family that each belongs to, by the first layer that is to find it."""
    chance = random.Random(3)  # noqa: S311
    for n, text in enumerate(texts):
        title, *paragraphs = [part for part in text.split("\n\n") if part.strip()]
        long = [part for part in paragraphs if len(part) > 60]
        half = max(2, len(long) // 2)
        changed = [_edited(part, chance, 0.5) if k % 2 else part for k, part in enumerate(paragraphs)]
        shapes = {
            "original": ("exact", text),
            "copied": ("exact", text),
            "retitled": ("near", "\n\n".join([f"What we know so far {n}", *paragraphs])),
            "edited": ("near", "\n\n".join([title, *(_edited(part, chance, 0.06) for part in paragraphs)])),
            "reflowed": ("near", "\n".join([title, " ".join(paragraphs)])),
            "cut": ("syndicated", "\n\n".join([f"In brief {n}", *long[:half]])),
            "end": ("syndicated", "\n\n".join([f"And then {n}", *long[-half:]])),
            "added": ("syndicated", "\n\n".join([f"Here too {n}", *long, f"{n}. {OWN}"])),
            "rewritten": ("syndicated", "\n\n".join([f"Seen otherwise {n}", *changed])),
        }  # fmt: skip
        for shape, (layer, words) in shapes.items():
            family = {"exact": f"{n} exact", "near": f"{n} {shape}", "syndicated": f"{n} {shape}"}
            if shape not in {"original", "copied"}:
                family["exact"] = f"{n} {shape}"
            if layer != "syndicated":
                family["near"] = str(n)
            family["syndicated"] = str(n)
            yield _stored(words, f"{n}/{shape}"), family
    for n in range(0, len(texts) - 5, 5):  # five stories on one page
        leads = ["\n\n".join(text.split("\n\n")[:3]) for text in texts[n : n + 5]]
        locator = f"{n}/digest"
        yield _stored("\n\n".join(["The day in brief", *leads]), locator), dict.fromkeys(LAYERS, locator)


def _edited(text: str, chance: random.Random, share: float) -> str:
    """Put other words for some, and leave some out."""

    def change(match: re.Match[str]) -> str:
        word = match[0]
        if word in SYNONYMS and chance.random() < max(share, 0.3):
            return SYNONYMS[word]
        return f"{word} indeed" if chance.random() < share * 0.5 else word

    return _WORD.sub(change, text)


def _stored(text: str, locator: str) -> Stored:
    return Stored(Record(_document(text), (), (), (), (), (), (), (), (), CARD), locator)


def _document(text: str, day: str | None = None) -> Document:
    key = hashlib.sha256(text.encode()).hexdigest()
    published = Date(day, "day", "given") if day else Date(None, None, "sketched")
    source = Source("text", key, len(text.encode()))
    return Document(key, None, None, text, None, (), "en", published, (), (), (), source)


def _wanted(given: list[tuple[Stored, dict[str, str]]], layer: str) -> set[tuple[str, str]]:
    families: dict[str, list[str]] = {}
    for stored, family in given:
        families.setdefault(family[layer], []).append(stored.locator)
    return set(_pairs(families.values()))


def _clusters(store: Store) -> dict[str, list[list[str]]]:
    found: dict[str, dict[str, list[str]]] = {layer: {} for layer in LAYERS}
    wanted = select(copies.c.layer, copies.c.cluster, pages.c.locator).join(
        pages, pages.c.n == copies.c.page_n
    )
    with store.reading() as connection:
        for layer, cluster, locator in connection.execute(wanted):
            found[layer].setdefault(cluster, []).append(locator)
    return {layer: list(clusters.values()) for layer, clusters in found.items()}


def _pairs(clusters: Iterable[list[str]]) -> Iterator[tuple[str, str]]:
    for cluster in clusters:
        yield from combinations(sorted(cluster), 2)


def _identity(folder: str) -> str:
    """Give the line of identities: pairs of pages whose person is one."""
    with Store.open(Path(folder) / "people.db") as store:
        store.writer().add(_person(n, *party[1:]) for n, party in enumerate(PEOPLE))
        find_actors(store)
        wanted = select(actors.c.id, pages.c.locator).select_from(
            entities.join(actors, actors.c.n == entities.c.actor_n).join(
                pages, pages.c.n == entities.c.page_n
            )
        )
        found: dict[str, list[str]] = {}
        with store.reading() as connection:
            for actor, locator in connection.execute(wanted):
                found.setdefault(actor, []).append(locator)
    truth: dict[int, list[str]] = {}
    for n, party in enumerate(PEOPLE):
        truth.setdefault(party[0], []).append(f"{n:03}")
    wanted_pairs, pairs = set(_pairs(truth.values())), set(_pairs(found.values()))
    said = [
        " and ".join(f"{PEOPLE[int(n)][1]} ({PEOPLE[int(n)][5]})" for n in pair)
        for pair in sorted(wanted_pairs - pairs)
    ]
    line = _line("identity (people)", wanted_pairs, pairs, wanted_pairs)
    return "\n".join([line, *(f"missed, identity: {pair}" for pair in said)])


def _person(n: int, name: str, country: str, office: str, sectors: str, day: str) -> Stored:
    text = f"{office or 'Somebody'} {name} spoke on the quay, page {n}."
    start = text.index(name)
    roles = (Role(office, 0, len(office), office),) if office else ()
    entity = Entity("e1", name, "person", country or None, tuple(sectors.split()), roles)
    mention = Mention("m1", start, start + len(name), name, "name", "e1")
    record = Record(_document(text, day), (mention,), (entity,), (), (), (), (), (), (), CARD)
    return Stored(decode_record(record.to_json()), f"{n:03}")


def _line(
    what: str, wanted: set[tuple[str, str]], found: set[tuple[str, str]], right: set[tuple[str, str]]
) -> str:
    recall = len(wanted & found) / len(wanted) if wanted else 1.0
    precision = len(right & found) / len(found) if found else 1.0
    return f"| {what} | {len(wanted)} | {len(found)} | {recall:.3f} | {precision:.3f} |"


if __name__ == "__main__":
    main()
