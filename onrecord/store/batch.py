"""A batch of pages and failures on its way into the database, in one transaction.

Rows are written as tuples with row numbers taken beforehand, which is several times quicker than asking
for each number. In PostgreSQL other writers may be at work in the same moment: keys are written in sorted
order, so that two batches never wait for each other, and a page that another writer put in first is taken
as found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, update

from onrecord.store import schema
from onrecord.store.bulk import Tables, portions
from onrecord.store.rows import COLUMNS, PAGE_COLUMNS, Drawn, Reading, Row
from onrecord.store.stored import Failed, place, plain

_TEXT_COLUMNS = ("n", "id", "text", "length", "language")
_RAW_COLUMNS = ("sha256", "size", "content")


class Batch:
    """Pages and failures to be written together; :meth:`put` may be called again where it was undone."""

    def __init__(self, pages: Iterable[Drawn], failures: Iterable[Failed] = ()) -> None:
        chosen: dict[str, Drawn] = {}
        for page in pages:
            there = chosen.get(page.page_id)
            if there is None or page.reading.supersedes(there.reading):
                chosen[page.page_id] = page
        self._pages = [chosen[key] for key in sorted(chosen)]
        read = {page.locator for page in self._pages}
        failed = {place(failure.locator): failure for failure in failures}
        self._failures = [failed[key] for key in sorted(failed) if key not in read]

    def put(self, connection: Connection) -> int:
        """Write all of it; give how many pages are new or were replaced."""
        tables = Tables(connection)
        self._put_texts(tables)
        tables.insert("raws", _RAW_COLUMNS, sorted({p.raw for p in self._pages if p.raw}), anew=False)
        numbered = self._put_pages(tables)
        _put_rows(tables, numbered)
        self._put_ledger(tables)
        return len(numbered)

    def _put_texts(self, tables: Tables) -> None:
        texts = {page.text[0]: page.text for page in self._pages}
        for page in self._pages:  # with its words, where one has them and another has not
            if page.text[1] is not None:
                texts[page.text[0]] = page.text
        c = schema.texts.c
        known = {
            row.id: row for row in tables.find((c.n, c.id, c.text.is_(None).label("bare")), sorted(texts))
        }
        fresh = [texts[key] for key in sorted(texts) if key not in known]
        numbers = tables.take("texts", len(fresh))
        tables.insert(
            "texts", _TEXT_COLUMNS, [(n, *row) for n, row in zip(numbers, fresh, strict=True)], anew=False
        )
        tables.index("texts", "text", numbers)
        for key in sorted(known):
            words = texts[key][1]
            if known[key].bare and words is not None:
                tables.give_words(known[key].n, words)

    def _put_pages(self, tables: Tables) -> list[tuple[int, Drawn]]:
        """Write the pages' own rows; give those that are new or replaced, with their row numbers."""
        c = schema.pages.c
        columns = (c.n, c.id, *(c[name] for name in Reading._fields))
        keys = [page.page_id for page in self._pages]
        known = {row.id: row for row in tables.find(columns, keys)}
        fresh = [page for page in self._pages if page.page_id not in known]
        numbers = tables.take("pages", len(fresh))
        mine = {page.page_id: n for n, page in zip(numbers, fresh, strict=True)}
        tables.insert("pages", ("n", *PAGE_COLUMNS), [(mine[p.page_id], *p.page) for p in fresh], anew=False)
        if mine and not tables.alone:
            for row in tables.find(columns, sorted(mine)):
                if row.n != mine[row.id]:  # another writer was first
                    known[row.id] = row
                    del mine[row.id]
        numbered = [(mine[page.page_id], page) for page in fresh if page.page_id in mine]
        for page in self._pages:
            there = known.get(page.page_id)
            if there is not None and page.reading.supersedes(Reading._make(there[2:])):
                tables.clear(there.n)
                values = dict(zip(PAGE_COLUMNS, page.page, strict=True))
                tables.connection.execute(
                    update(schema.pages).where(schema.pages.c.n == there.n).values(values)
                )
                numbered.append((there.n, page))
        return numbered

    def _put_ledger(self, tables: Tables) -> None:
        """Write what was done; a failure takes the place of no page that was read."""
        latest = {page.locator: page for page in self._pages}
        lines: list[Row] = [
            (key, plain(page.source), page.page_id, page.page[PAGE_COLUMNS.index("raw_sha256")])
            for key, page in latest.items()
        ]
        lines += [(place(f.locator), plain(f.source), None, None) for f in self._failures]
        tables.upsert(
            "ledger", ("locator", "source", "page_id", "sha256"), sorted(lines, key=lambda row: str(row[0])),
            "source = excluded.source, page_id = excluded.page_id, sha256 = excluded.sha256 "
            "WHERE ledger.page_id IS NULL OR excluded.page_id IS NOT NULL",
        )  # fmt: skip
        ledger, failures = schema.ledger, schema.failures
        for some in portions(sorted(latest)):
            tables.connection.execute(delete(failures).where(failures.c.locator.in_(some)))
        if not self._failures:
            return
        keys = [place(failure.locator) for failure in self._failures]
        lines_now = tables.find((ledger.c.page_id, ledger.c.locator), keys)
        read = {line.locator for line in lines_now if line.page_id}
        tables.upsert(
            "failures", ("locator", "source", "reason", "message", "attempts"),
            [
                (key, plain(f.source), f.reason[:32], plain(f.message), f.attempts)
                for key, f in zip(keys, self._failures, strict=True) if key not in read
            ],
            "source = excluded.source, reason = excluded.reason, message = excluded.message, "
            "attempts = failures.attempts + 1",
        )  # fmt: skip


def _put_rows(tables: Tables, numbered: Sequence[tuple[int, Drawn]]) -> None:
    """Write the rows drawn from these pages, their references counted from where each page's begin."""
    written: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    entities = iter(tables.take("entities", sum(len(page.rows["entities"]) for _, page in numbered)))
    events = iter(tables.take("events", sum(len(page.rows["events"]) for _, page in numbered)))
    for page_n, page in numbered:
        rows = page.rows
        parties = [next(entities) for _ in rows["entities"]]
        deeds = [next(events) for _ in rows["events"]]
        written["entities"] += [(n, page_n, *row) for n, row in zip(parties, rows["entities"], strict=True)]
        written["events"] += [(n, page_n, *row) for n, row in zip(deeds, rows["events"], strict=True)]
        written["names"] += [(parties[e], name) for e, name in rows["names"]]  # type: ignore[call-overload]
        written["parties"] += [(deeds[v], parties[e], role) for v, e, role in rows["parties"]]  # type: ignore[call-overload]
        for table in ("statements", "tellers"):
            written[table] += [
                (page_n, None if row[0] is None else parties[row[0]], *row[1:])  # type: ignore[call-overload]
                for row in rows[table]
            ]
        written["relations"] += [
            (page_n, parties[row[0]], parties[row[1]], *row[2:])  # type: ignore[call-overload]
            for row in rows["relations"]
        ]
        written["figures"] += [(page_n, *row) for row in rows["figures"]]
    for table, lines in written.items():
        if table in {"entities", "events", "names"}:
            tables.insert(table, COLUMNS[table], lines)
        else:
            numbers = tables.take(table, len(lines))
            tables.insert(table, COLUMNS[table], [(n, *line) for n, line in zip(numbers, lines, strict=True)])
            if table == "statements":
                tables.index(table, "content", numbers)
