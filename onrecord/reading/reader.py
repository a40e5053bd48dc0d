"""The reader: holds the weights, and takes a page through the steps of reading, in order, on one screen."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from onrecord._version import __version__
from onrecord.codec import check
from onrecord.model.at_once import at_once
from onrecord.model.card import FOLDER
from onrecord.model.deadline import in_time, within
from onrecord.model.finder import Finder
from onrecord.model.found import Stretch
from onrecord.pages import open_page, page_of_text
from onrecord.quotes import quotations
from onrecord.reading.attributions import attributions
from onrecord.reading.counted import counted
from onrecord.reading.dating import dated
from onrecord.reading.events import Page, events
from onrecord.reading.figures import figures
from onrecord.reading.gather import gather
from onrecord.reading.gazetteer import gazetteer
from onrecord.reading.headlines import headline
from onrecord.reading.introduced import with_introduced
from onrecord.reading.participants import in_their_sentence
from onrecord.reading.places import places, with_countries
from onrecord.reading.relate import PairReading, factuality, relate
from onrecord.reading.relations import Parties, relations
from onrecord.reading.sentences import sentences
from onrecord.reading.statements import statements
from onrecord.reading.times import times
from onrecord.reading.turns import with_turns
from onrecord.record import Document, ReaderCard, Record, SourceKind

LIMIT_SECONDS = 300.0


class Reader:
    """Reads pages. Build it once, it loads the weights; ``read`` may be called as often as wished.

    ``weights`` is a folder with other weights of the same form. ``limit_seconds`` is how much processor time
    one page may take once it is opened: an article takes less than a second, a page of 100,000 words about a
    minute or two. Raises ModelError where the weights are missing.
    """

    def __init__(
        self, weights: str | os.PathLike[str] = FOLDER, *, limit_seconds: float = LIMIT_SECONDS
    ) -> None:
        self._limit_seconds = limit_seconds
        _, self._finder = at_once(gazetteer, lambda: Finder(Path(weights)))
        card = self._finder.card
        self._card = ReaderCard(__version__, card.name, card.sha256)

    def read(
        self,
        source: bytes | str | os.PathLike[str] | Document,
        kind: SourceKind | None = None,
        published: str | datetime.date | None = None,
    ) -> Record:
        """Read a page: bytes, a path, a URL, a Document, or with ``kind``, a str that is the page itself.

        ``published`` is the date of publication where the caller knows it, ISO 8601. The record is checked
        before it is given: every span quotes its text, every id resolves. Raises PageError for no page, and
        ReadError for one that takes longer than the reader's ``limit_seconds``; no part of it is given then.
        """
        document = dated(_document(source, kind), published)
        with within(self._limit_seconds):
            return self._record(document)

    def relate(self, text: str, pairs: Sequence[tuple[Stretch, Stretch]]) -> list[PairReading]:
        """Read how the two stretches of each pair stand to each other: stance, and what a does to b.

        Raises ValueError for a stretch that is not in the text.
        """
        return relate(self._finder, text, pairs)

    def factuality(self, text: str, predicates: Sequence[Stretch]) -> list[float]:
        """Say how far each predicate is presented as a fact, -3 (surely not) to 3 (surely so).

        Raises ValueError for a stretch that is not in the text.
        """
        return factuality(self._finder, text, predicates)

    def _record(self, document: Document) -> Record:
        text = document.text
        found = self._finder.find(text)
        bounds = sentences(text)
        found = with_turns(text, with_introduced(text, found))
        found = replace(found, events=tuple(in_their_sentence(found.events, bounds)))
        quoted = quotations(text)
        in_time()
        told_in = headline(text, document.title, found.names, found.statements)
        held = statements(text, told_in, quoted, document.title)
        in_time()
        gathered = gather(text, found, [h.statement for h in held], bounds, quoted)
        in_time()
        told = attributions(text, held, quoted, gathered)
        moments = times(text, document.published.value, bounds)
        in_time()
        placed = places(text, gathered.mentions, gathered.entities, told)
        known = with_countries(gathered.entities, gathered.mentions, placed)
        gathered = replace(gathered, entities=known)
        in_time()
        done = events(Page(text, bounds, gathered, told, moments, placed, document.title), found.events)
        in_time()
        parties = Parties(text, bounds, gathered.mentions, gathered.entities, told, done)
        numbers = figures(text, bounds, [(t.start, t.end) for t in moments])
        record = Record(
            document=document,
            mentions=gathered.mentions,
            entities=gathered.entities,
            attributions=told,
            events=done,
            relations=relations(parties, self._finder, found.sight) if found.sight else (),
            figures=counted(text, numbers, told, done, found.events, moments, bounds),
            times=moments,
            places=placed,
            reader=self._card,
        )
        in_time()
        check(record)
        return record


def _document(source: bytes | str | os.PathLike[str] | Document, kind: SourceKind | None) -> Document:
    if isinstance(source, Document):
        return source
    if kind is None or not isinstance(source, str):
        return open_page(source, kind=kind)
    return (
        page_of_text(source)
        if kind == "text"
        else open_page(source.encode("utf-8", "surrogatepass"), kind=kind)
    )
