"""The store's own check: every page's record decodes and quotes, and all that was drawn from it agrees."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, exists, select, text

from onrecord.codec import decode_record
from onrecord.errors import RecordError, StoreError
from onrecord.record import Record
from onrecord.store import schema
from onrecord.store.bare import is_bare, outlined, with_words
from onrecord.store.drawn import rows_said, rows_there
from onrecord.store.rows import PAGE_COLUMNS, Drawn, draw
from onrecord.store.store import Store
from onrecord.store.stored import Stored, page_key, plain

_PORTION = 100  # pages looked at together
_MOST = 1000  # faults told; a store with more is best read anew


def check_store(store: Store) -> list[str]:
    """Give what is wrong, a sentence a fault; nothing is wrong where the list is empty."""
    found: list[str] = []
    for fault in _faults(store):
        found.append(fault)
        if len(found) == _MOST:
            found.append("there is more; this much is shown")
            break
    return found


def _faults(store: Store) -> Iterator[str]:
    with store.reading() as connection:
        if store.is_sqlite:
            yield from _of_file(connection)
        yield from _of_ledger(connection)
        yield from _of_raws(connection)
    after = ""
    while True:
        with store.reading() as connection:
            pages = connection.execute(_some_pages(after)).all()
            yield from _of_pages(connection, pages)
        if len(pages) < _PORTION:
            break
        after = pages[-1].id
    if store.is_sqlite:
        yield from _of_words(store)


def _some_pages(after: str) -> Any:
    texts = schema.texts.c
    joined = schema.pages.outerjoin(schema.texts, texts.id == schema.pages.c.text_id)
    wanted = select(schema.pages, texts.id.label("has_text"), texts.text, texts.length).select_from(joined)
    return wanted.where(schema.pages.c.id > after).order_by(schema.pages.c.id).limit(_PORTION)


def _of_file(connection: Connection) -> Iterator[str]:
    for (line,) in connection.execute(text("PRAGMA integrity_check(20)")):
        if line != "ok":
            yield f"the file: {line}"
    for line in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"row {line[1]} of {line[0]} refers to a row of {line[2]} that is not there"


def _of_ledger(connection: Connection) -> Iterator[str]:
    """Say where ledger, pages and failures disagree; a page may have no line, when it is to be read again."""
    ledger, pages, failures, texts = schema.ledger.c, schema.pages.c, schema.failures.c, schema.texts.c
    page = exists().where(pages.id == ledger.page_id, pages.locator == ledger.locator)
    failure = exists().where(failures.locator == ledger.locator)
    read = ledger.page_id.is_not(None)
    for what, wanted in (
        ("the ledger names a page that is not there", select(ledger.locator).where(read, ~page)),
        ("the ledger says it failed, and no failure does", select(ledger.locator).where(~read, ~failure)),
        ("the ledger says it was read, and a failure is there", select(ledger.locator).where(read, failure)),
        ("a text that no page has", select(texts.id).where(~exists().where(pages.text_id == texts.id))),
    ):
        for (name,) in connection.execute(wanted.limit(_MOST)):
            yield f"{name}: {what}"


def _of_raws(connection: Connection) -> Iterator[str]:
    c = schema.raws.c
    wanted = select(c.sha256, c.size, c.content).execution_options(yield_per=20)
    for sha256, size, content in connection.execute(wanted):
        try:
            raw = zlib.decompress(content)
        except zlib.error as error:
            yield f"raw bytes {sha256}: damaged: {error}"
            continue
        if hashlib.sha256(raw).hexdigest() != sha256 or len(raw) != size:
            yield f"raw bytes {sha256}: these are others"


def _of_pages(connection: Connection, pages: Sequence[Row[Any]]) -> Iterator[str]:
    kept = rows_there(connection, [page.n for page in pages])
    for page in pages:
        if page.has_text is None:
            yield f"page {page.id}: its text is not there"
            continue
        try:
            record, words = _record(page)
            drawn = draw(Stored(record, page.locator, captured=page.captured), words=words)
        except (RecordError, zlib.error, ValueError, KeyError, TypeError) as error:
            yield f"page {page.id}: the record does not hold: {error}"
            continue
        yield from _of_page(page, drawn)
        whole = page.text is not None
        if whole and (record.document.id != page.text_id or page.text != plain(record.document.text)):
            yield f"page {page.id}: the text kept is not its record's"
        for table, rows in rows_said(drawn).items():
            if sorted(rows, key=repr) != sorted(kept[table].get(page.n, []), key=repr):
                yield f"page {page.id}: its rows in {table} are not what its record says"


def _record(page: Row[Any]) -> tuple[Record, bool]:
    """Give a page's record, and whether it is kept with its words."""
    content = zlib.decompress(page.record)
    if not is_bare(content):
        return decode_record(content), True
    return (outlined(content, page.length) if page.text is None else with_words(content, page.text)), False


def _of_page(page: Row[Any], drawn: Drawn) -> Iterator[str]:
    if page.id != page_key(page.locator, page.text_id):
        yield f"page {page.id}: the id is not that of its place and text"
    for name, says in zip(PAGE_COLUMNS, drawn.page, strict=True):
        there = getattr(page, name)
        if name not in {"id", "text_id", "record"} and says != there:
            yield f"page {page.id}: its {name} is {there!r}, and its record says {says!r}"


def _of_words(store: Store) -> Iterator[str]:
    """Ask SQLite whether what is found by words is what is there."""
    for table in ("statements", "texts"):
        ask = f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)"  # noqa: S608
        try:
            with store.writing() as connection:
                connection.exec_driver_sql(ask)
        except StoreError as error:
            if "read" not in str(error):  # a store that may only be read is not asked
                yield f"full text of {table} is not what {table} holds; {error}"
