"""The door out: records, pages and counts, always ordered by content and never by when they came."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy import text as text_clause

from onrecord.codec import decode_record
from onrecord.errors import RecordError, StoreError
from onrecord.record import Record
from onrecord.store import schema
from onrecord.store.bare import is_bare, with_words
from onrecord.store.filter import Filter, whole_pages
from onrecord.store.query import Query, fts5, parse, tsquery
from onrecord.store.store import Store
from onrecord.store.stored import Failed, Stored

_PORTION = 500  # pages asked for at once
_ALL = Filter()


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page as lists show it; ``day`` is its own date where that is known to the day."""

    id: str
    locator: str
    text_id: str
    uri: str | None
    outlet: str | None
    title: str | None
    kind: str
    captured: str | None
    published: str | None
    precision: str | None
    day: str | None
    reader: str
    model: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a store holds."""

    pages: int
    texts: int
    statements: int
    events: int
    relations: int
    figures: int
    entities: int
    actors: int
    failures: int


class View:
    """Takes what is stored out again."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def record(self, page_id: str, *, text: str | None = None) -> Record:
        """Give a page's record, decoded and checked, every span.

        In a store without words ``text`` is the page's text, from which they are put back. Raises StoreError
        where there is no such page or no text, RecordError where the text is another.
        """
        with self.store.reading() as connection:
            packed, kept = self._packed(connection, page_id)
        return _unpack(packed, page_id, text if text is not None else kept)

    def stored(self, page_id: str, *, text: str | None = None) -> Stored:
        """Give a page as it was put in."""
        pages, raws, ledger = schema.pages.c, schema.raws.c, schema.ledger.c
        with self.store.reading() as connection:
            packed, kept = self._packed(connection, page_id)
            row = connection.execute(
                select(pages.locator, pages.captured, raws.content, ledger.source)
                .select_from(schema.pages)
                .outerjoin(schema.raws, raws.sha256 == pages.raw_sha256)
                .outerjoin(schema.ledger, ledger.locator == pages.locator)
                .where(pages.id == page_id)
            ).one()
        record = _unpack(packed, page_id, text if text is not None else kept)
        raw = None if row.content is None else zlib.decompress(row.content)
        return Stored(record, row.locator, row.source or "", row.captured, raw)

    def pages(
        self,
        filter: Filter = _ALL,  # noqa: A002
        *,
        after: str | None = None,
        limit: int | None = None,
    ) -> Iterator[PageLine]:
        """Give the pages that meet the filter, by id; ``after`` is the last id that was seen."""
        columns = [schema.pages.c[field.name] for field in fields(PageLine)]
        conditions = [*whole_pages(filter), *self._worded(filter.words)]
        left = limit
        while left is None or left > 0:
            size = _PORTION if left is None else min(left, _PORTION)
            wanted = select(*columns).where(*conditions).order_by(schema.pages.c.id).limit(size)
            if after is not None:
                wanted = wanted.where(schema.pages.c.id > after)
            with self.store.reading() as connection:
                lines = [PageLine(*row) for row in connection.execute(wanted)]
            yield from lines
            if len(lines) < size:
                return
            after = lines[-1].id
            left = None if left is None else left - size

    def records(self, filter: Filter = _ALL) -> Iterator[tuple[PageLine, Record]]:  # noqa: A002
        """Give the pages that meet the filter with their records, by id."""
        for line in self.pages(filter):
            yield line, self.record(line.id)

    def __len__(self) -> int:
        with self.store.reading() as connection:
            return connection.execute(select(func.count()).select_from(schema.pages)).scalar_one()

    def counts(self) -> Counts:
        """Count what is there."""
        tables = schema.metadata.tables
        with self.store.reading() as connection:
            return Counts(*(
                connection.execute(select(func.count()).select_from(tables[field.name])).scalar_one()
                for field in fields(Counts)
            ))  # fmt: skip

    def failures(self) -> Iterator[Failed]:
        """Give the pages that failed, by locator."""
        c = schema.failures.c
        wanted = select(c.locator, c.source, c.reason, c.message, c.attempts).order_by(c.locator)
        with self.store.reading() as connection:
            rows = connection.execute(wanted).all()
        yield from (Failed(*row) for row in rows)

    def _worded(self, words: str | None) -> list[ColumnElement[bool]]:
        """Give the condition that a page's text has the words that are asked for."""
        query = parse(words)
        if not query:
            return []
        numbers = "SELECT n FROM texts WHERE fts @@ CAST(:asked AS tsquery)"
        asked = tsquery(query)
        wanted = True
        if self.store.is_sqlite:
            numbers = "SELECT rowid FROM texts_fts WHERE texts_fts MATCH :asked"
            wanted = bool(query.all)  # FTS5 has no query that only says what must not be there
            asked = fts5(query if wanted else Query(all=(query.none,)))
        found = text_clause(f"texts.n IN ({numbers})").bindparams(asked=asked)
        of_text = schema.pages.c.text_id.in_(select(schema.texts.c.id).where(found))
        return [of_text if wanted else ~of_text]

    def _packed(self, connection: Connection, page_id: str) -> tuple[bytes, str | None]:
        pages, texts = schema.pages.c, schema.texts.c
        row = connection.execute(
            select(pages.record, texts.text)
            .join(schema.texts, texts.id == pages.text_id)
            .where(pages.id == page_id)
        ).one_or_none()
        if row is None:
            raise StoreError(f"{self.store.name}: no page {page_id!r}")
        return row.record, row.text


def _unpack(packed: bytes, page_id: str, text: str | None) -> Record:
    try:
        content = zlib.decompress(packed)
    except zlib.error as error:
        raise RecordError(f"page {page_id}: the record is damaged: {error}") from error
    if not is_bare(content):
        return decode_record(content)
    if text is None:
        raise StoreError(f"page {page_id} is kept without its words; give its text, and they are put back")
    return with_words(content, text)
