"""Search: statements or articles that have the words asked for, the best or the newest first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, select

from onrecord.errors import StoreError
from onrecord.store.filter import Filter
from onrecord.store.matches import among, best, is_among, matching
from onrecord.store.narrowing import TABLES, conditions, on_days
from onrecord.store.paging import FEW, Cursor, by_day, few_rows, rows_by_number, texts_of, these_rows
from onrecord.store.query import Mark, Query, marks, parse
from onrecord.store.schema import pages, statements, texts
from onrecord.store.view import View

Searched = Literal["statements", "articles"]
Order = Literal["rank", "day"]

LONGEST = 400  # code points shown of a hit
_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*\s|\n")


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement or article that was found.

    ``words`` are the page's own, ``text[start:end]`` of it, around what matched; ``marks`` are stretches of
    ``words``, ``words[mark.start:mark.end]``, that the query matched. In a store without words there are
    neither, and ``start`` and ``end`` tell where they stood. An article has no entry, speaker or attitude.
    """

    page_id: str
    entry: str | None
    speaker: str | None
    attitude: str | None
    day: str | None
    outlet: str | None
    title: str | None
    uri: str | None
    start: int
    end: int
    words: str
    marks: tuple[Mark, ...]
    rank: float | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits: ``next`` is the cursor for what follows, None at the end.

    ``total`` counts all hits, where they were all looked at. ``ranked_all`` is False where the words are so
    common that only the matches stored last (10,000) were ranked; by day nothing is ever left out.
    """

    lines: tuple[Hit, ...]
    total: int | None
    next: str | None
    ranked_all: bool = True


def search(
    view: View,
    filter: Filter,  # noqa: A002
    *,
    what: Searched = "statements",
    order: Order = "rank",
    limit: int = 20,
    after: str | None = None,
) -> Hits:
    """Find statements or articles; ``after`` is the ``next`` of the page before.

    By rank the best come first, equals by page and entry; where no words are asked for, or only words that
    must not be there, nothing ranks, and the order is by day whatever was asked: the newest come first.

    Raises StoreError for words asked of a store that keeps none, and for a cursor of another order.
    """
    query = parse(filter.words)
    if query and not view.store.words:
        raise StoreError(f"{view.store.name}: kept without words, so it cannot be searched for them")
    limit = max(1, limit)
    with view.store.reading() as connection:
        if order == "day" or not query.all:
            rows = by_day(connection, what, filter, limit=limit + 1, after=after)
            hits = _hits(connection, what, query, dict.fromkeys(rows[:limit]))
            if len(rows) <= limit or not hits:
                return Hits(tuple(hits), None if after else len(hits), None)
            last = hits[-1]
            return Hits(tuple(hits), None, str(Cursor("day", last.day, last.page_id, last.entry or "")))
        return _by_rank(connection, what, filter, query, limit, after)


def _by_rank(
    connection: Connection,
    what: Searched,
    filter: Filter,  # noqa: A002
    query: Query,
    limit: int,
    after: str | None,
) -> Hits:
    cursor = None if after is None else Cursor.read(after, "rank")
    ranked, complete = _ranked(connection, what, filter, query)
    by_rank = sorted(ranked.items(), key=lambda row: -row[1])
    if cursor is not None:
        by_rank = [row for row in by_rank if row[1] <= float(cursor.key or 0.0)]
    # Rows of one rank come by page and entry: those beyond the limit of the last rank are read too.
    wanted: dict[int, float | None] = {}
    keys: dict[int, tuple[float, str, str]] = {}
    at = 0
    while at < len(by_rank) and len(keys) <= limit:
        end = min(at + limit + 1, len(by_rank))
        while end < len(by_rank) and by_rank[end][1] == by_rank[end - 1][1]:
            end += 1
        part = dict(by_rank[at:end])
        for n, page_id, entry in _content_ids(connection, what, list(part)):
            key = (-part[n], page_id, entry)
            if cursor is None or key > (-float(cursor.key or 0.0), cursor.page_id, cursor.entry):
                keys[n] = key
        at = end
    order = sorted(keys, key=keys.__getitem__)
    wanted = {n: -keys[n][0] for n in order[:limit]}
    hits = _hits(connection, what, query, wanted)
    following = None
    if len(order) > limit and hits:
        last = hits[-1]
        following = str(Cursor("rank", last.rank or 0.0, last.page_id, last.entry or ""))
    return Hits(tuple(hits), len(ranked) if complete else None, following, complete)


def _ranked(
    connection: Connection,
    what: Searched,
    filter: Filter,  # noqa: A002
    query: Query,
) -> tuple[dict[int, float], bool]:
    """Give the rank of every row that matches, and whether all matches were looked at."""
    worded: Any = "statements" if what == "statements" else "texts"
    asked = [*conditions(what, filter), *on_days(what, filter)]
    found: list[tuple[int, float]] | None = None
    if asked and len(matching(connection, worded, query, FEW + 1)) > FEW:
        rows = few_rows(connection, what, filter)
        if rows is not None:
            of_texts = rows if what == "statements" else set(texts_of(connection, rows).values())
            found = among(connection, worded, query, of_texts)
    if complete := found is not None:
        ranks = dict(found or ())
    else:
        last = best(connection, worded, query, FEW + 1)
        complete, ranks = len(last) <= FEW, dict(last[:FEW])
    if what == "statements":
        return (_meeting(connection, what, ranks, asked) if asked else ranks), complete
    c = pages.c
    of = is_among(connection, texts.c.n, ranks)
    wanted = select(c.n, texts.c.n).join(texts, texts.c.id == c.text_id).where(of)
    of_text = {row[0]: ranks[row[1]] for row in connection.execute(wanted)}
    return (_meeting(connection, what, of_text, asked) if asked else of_text), complete


def _meeting(
    connection: Connection, what: Searched, ranks: dict[int, float], asked: list[Any]
) -> dict[int, float]:
    table = TABLES[what]
    wanted = these_rows(connection, [table.c.n], table, ranks).where(*asked)
    return {row[0]: ranks[row[0]] for row in connection.execute(wanted)}


def _content_ids(connection: Connection, what: Searched, rows: list[int]) -> list[tuple[int, str, str]]:
    if what == "articles":
        found = rows_by_number(connection, [pages.c.n, pages.c.id], pages, rows)
        return [(n, page_id, "") for n, page_id in found]
    c = statements.c
    joined = statements.join(pages, pages.c.n == c.page_n)
    return [tuple(row) for row in rows_by_number(connection, [c.n, pages.c.id, c.id], joined, rows)]


def _hits(connection: Connection, what: Searched, query: Query, ranks: dict[int, float | None]) -> list[Hit]:
    """Read what is shown of each row, its words cut from the page's text."""
    p, s, t = pages.c, statements.c, texts.c
    shown = [p.id, p.day, p.outlet, p.title, p.uri, t.text, t.length]
    with_text = pages.join(texts, t.id == p.text_id)
    hits = []
    if what == "articles":
        for n, page_id, day, outlet, title, uri, text, length in rows_by_number(
            connection, [p.n, *shown], with_text, list(ranks)
        ):
            start, end = (0, length) if text is None else _around(query, text, 0, length)
            words = "" if text is None else text[start:end]
            hits.append(
                Hit(page_id, None, None, None, day, outlet, title, uri, start, end, words,
                    marks(query, words), ranks[n])
            )  # fmt: skip
        return hits
    columns = [s.n, s.id, s.speaker, s.attitude, s.start, s.end, *shown]
    joined = with_text.join(statements, s.page_n == p.n)
    for n, entry, speaker, attitude, start, end, page_id, day, outlet, title, uri, text, _ in rows_by_number(
        connection, columns, joined, list(ranks)
    ):
        if text is not None:
            start, end = _around(query, text, start, end)
        words = "" if text is None else text[start:end]
        hits.append(
            Hit(page_id, entry, speaker, attitude, day, outlet, title, uri, start, end, words,
                marks(query, words), ranks[n])
        )  # fmt: skip
    return hits


def _around(query: Query, text: str, start: int, end: int) -> tuple[int, int]:
    """Give a stretch within ``text[start:end]`` that is short enough to show and has the first words matched.

    A stretch that is cut begins at a sentence, where one begins near by, and ends between two words.
    """
    if end - start <= LONGEST:
        return start, end
    found = marks(query, text[start:end])
    first = start + (found[0].start if found else 0)
    left = max(start, first - LONGEST // 2)
    if left > start:
        begins = [left + m.end() for m in _SENTENCE_END.finditer(text[left:first])]
        blank = text.find(" ", left, first)
        left = begins[-1] if begins else blank + 1 if blank >= 0 else left
    right = min(end, left + LONGEST)
    if right < end:
        blank = text.rfind(" ", first + (found[0].end - found[0].start if found else 1), right)
        right = blank if blank > first else right
    while left < right and text[left].isspace():
        left += 1
    while right > left and text[right - 1].isspace():
        right -= 1
    return left, right
