"""What a store holds as Arrow tables, for pandas, Polars and Parquet: a row an entry, ordered by content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, select

from onrecord.errors import StoreError
from onrecord.store.filter import Filter
from onrecord.store.lines import READERS, EventLine, FigureLine, RelationLine, StatementLine, Teller
from onrecord.store.matches import is_among
from onrecord.store.narrowing import TABLES, What, conditions, on_days
from onrecord.store.paging import few_rows, rows_by_number, worded_rows, words_of
from onrecord.store.query import parse
from onrecord.store.schema import pages, texts
from onrecord.store.view import View

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Tabled = Literal["articles", "statements", "events", "relations", "figures"]

_PORTION = 500  # pages read at once

# Codes, ids and dates are strings: a code such as 0231 or NA is never a number or a gap.
_WHERE = (
    ("page_id", "string"), ("locator", "string"), ("uri", "string"), ("outlet", "string"),
    ("title", "string"), ("published", "string"),
)  # fmt: skip
_TOLD = (("claimants", "strings"), ("chain", "strings"))
_WORDS = (("start", "int32"), ("end", "int32"), ("words", "string"))

COLUMNS: dict[Tabled, tuple[tuple[str, str], ...]] = {
    "articles": (
        *_WHERE, ("text_id", "string"), ("kind", "string"), ("captured", "string"), ("precision", "string"),
        ("day", "string"), ("language", "string"), ("length", "int32"), ("reader", "string"),
        ("model", "string"),
    ),
    "statements": (
        *_WHERE, ("id", "string"), ("kind", "string"), ("attitude", "string"), ("speaker_entity", "string"),
        ("speaker", "string"), ("speaker_country", "string"), ("speaker_actor", "string"),
        ("speaker_reason", "string"), ("within", "string"), ("day", "string"), *_WORDS, ("content", "string"),
        ("score", "float64"),
    ),
    "events": (
        *_WHERE, ("id", "string"), ("happening", "string"), ("type", "string"), ("mode", "string"),
        ("contexts", "strings"), ("quad", "string"), ("status", "string"), ("actors", "strings"),
        ("actor_countries", "strings"), ("actor_ids", "strings"), ("recipients", "strings"),
        ("recipient_countries", "strings"), ("recipient_ids", "strings"), *_TOLD, ("date", "string"),
        ("precision", "string"), ("day", "string"), ("place", "string"), ("country", "string"),
        ("lat", "float64"), ("lon", "float64"), *_WORDS, ("trigger_start", "int32"), ("trigger_end", "int32"),
        ("factuality", "float64"), ("score", "float64"),
    ),
    "relations": (
        *_WHERE, ("id", "string"), ("type", "string"), ("polarity", "string"), ("subject", "string"),
        ("subject_country", "string"), ("subject_id", "string"), ("object", "string"),
        ("object_country", "string"), ("object_id", "string"), *_TOLD, ("date", "string"), ("day", "string"),
        *_WORDS, ("score", "float64"),
    ),
    "figures": (
        *_WHERE, ("id", "string"), ("kind", "string"), ("unit", "string"), ("value", "float64"),
        ("low", "float64"), ("high", "float64"), ("approximate", "bool"), ("event", "string"), *_TOLD,
        ("day", "string"), *_WORDS,
    ),
}  # fmt: skip
"""The columns of each table with their types, in order; in lists an unknown value is an empty string."""


def table(view: View, what: Tabled, filter: Filter = Filter()) -> pyarrow.Table:  # noqa: A002, B008
    """Give what meets a filter as an Arrow table with the columns of ``COLUMNS``, by page id, in page order.

    :func:`pandas_frame` and :func:`polars_frame` give the same as frames. Raises StoreError where pyarrow is
    missing, and for words asked of a store that keeps none.
    """
    arrow = _arrow()
    columns = arrow_schema(what)
    portions = [
        arrow.RecordBatch.from_pylist(rows, schema=columns) for rows in _portions(view, what, filter) if rows
    ]
    return arrow.Table.from_batches(portions, schema=columns)


def arrow_schema(what: Tabled) -> pyarrow.Schema:
    """Give the schema of a table."""
    arrow = _arrow()
    types = {
        "string": arrow.string(), "strings": arrow.list_(arrow.string()), "int32": arrow.int32(),
        "float64": arrow.float64(), "bool": arrow.bool_(),
    }  # fmt: skip
    return arrow.schema([(name, types[kind]) for name, kind in COLUMNS[what]])


def pandas_frame(view: View, what: Tabled, filter: Filter = Filter()) -> pandas.DataFrame:  # noqa: A002, B008
    """Give what meets a filter as a pandas frame; codes stay strings."""
    try:
        import pandas  # noqa: F401
    except ImportError as error:
        raise StoreError("frames need pandas: pip install 'onrecord[tables]'") from error
    return table(view, what, filter).to_pandas()


def polars_frame(view: View, what: Tabled, filter: Filter = Filter()) -> polars.DataFrame:  # noqa: A002, B008
    """Give what meets a filter as a Polars frame; codes stay strings."""
    try:
        import polars
    except ImportError as error:
        raise StoreError("frames need polars: pip install 'onrecord[tables]'") from error
    frame = polars.from_arrow(table(view, what, filter))
    assert isinstance(frame, polars.DataFrame)  # noqa: S101 - a table is never a series
    return frame


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise StoreError("tables need pyarrow: pip install 'onrecord[tables]'") from error
    return pyarrow


def _portions(view: View, what: Tabled, filter: Filter) -> Iterator[list[dict[str, Any]]]:  # noqa: A002
    """Read the rows, some hundred pages at a time."""
    query = parse(filter.words)
    if query and not view.store.words:
        raise StoreError(f"{view.store.name}: kept without words, so it cannot be searched for them")
    with view.store.reading() as connection:
        few = worded_rows(connection, what, query)
        asked = [*conditions(what, filter), *on_days(what, filter)]
        if few is None:
            asked += words_of(connection, what, query)
            few = few_rows(connection, what, filter)
        for rows in (
            _all_rows(connection, what, asked) if few is None else _of_few(connection, what, asked, few)
        ):
            yield _ROWS[what](connection, rows)


def _all_rows(connection: Connection, what: What, asked: list[Any]) -> Iterator[list[int]]:
    """Give the row numbers that meet the conditions, some hundred pages at a time."""
    after = ""
    while True:
        next_pages = select(pages.c.n, pages.c.id).where(pages.c.id > after).order_by(pages.c.id)
        found = [(n, page_id) for n, page_id in connection.execute(next_pages.limit(_PORTION))]
        if not found:
            return
        after = found[-1][1]
        yield _sorted(connection, what, asked, [n for n, _ in found], of_pages=True)


def _of_few(connection: Connection, what: What, asked: list[Any], few: list[int]) -> Iterator[list[int]]:
    rows = _sorted(connection, what, asked, few, of_pages=False)
    yield from (rows[at : at + 10 * _PORTION] for at in range(0, len(rows), 10 * _PORTION))


def _sorted(
    connection: Connection, what: What, asked: list[Any], rows: list[int], *, of_pages: bool
) -> list[int]:
    """Give those rows, or rows of those pages, that meet the conditions: by page, in the record's order."""
    own = TABLES[what]
    page = pages.c.n if what == "articles" else own.c.page_n
    source = own if what == "articles" else own.join(pages, pages.c.n == page)
    of = is_among(connection, page if of_pages else own.c.n, rows)
    found = connection.execute(select(pages.c.id, own.c.n).select_from(source).where(of, *asked))
    return [n for _, n in sorted((page_id, n) for page_id, n in found)]


def _articles(connection: Connection, rows: list[int]) -> list[dict[str, Any]]:
    c = pages.c
    columns = [
        c.n, c.id.label("page_id"), c.locator, c.uri, c.outlet, c.title, c.published, c.text_id, c.kind,
        c.captured, c.precision, c.day, texts.c.language, texts.c.length, c.reader, c.model,
    ]  # fmt: skip
    found = rows_by_number(connection, columns, pages.join(texts, texts.c.id == c.text_id), rows)
    return [dict(row._mapping) for row in found]


def _entries(what: What, own: Callable[[Any], dict[str, Any]]) -> Callable[..., list[dict[str, Any]]]:
    columns = [name for name, _ in COLUMNS[what]]

    def read(connection: Connection, rows: list[int]) -> list[dict[str, Any]]:
        found = []
        for line in READERS[what](connection, rows):
            values = own(line)
            whole = {name: getattr(line.page, name) for name, _ in _WHERE} | values
            found.append({name: whole[name] if name in whole else getattr(line, name) for name in columns})
        return found

    return read


def _statement(line: StatementLine) -> dict[str, Any]:
    speaker = line.speaker
    return {
        "speaker_entity": speaker and speaker.entity, "speaker": speaker and speaker.name,
        "speaker_country": speaker and speaker.country, "speaker_actor": speaker and speaker.actor,
    }  # fmt: skip


def _event(line: EventLine) -> dict[str, Any]:
    sides: dict[str, Any] = {}
    for side, parties in (("actor", line.actors), ("recipient", line.recipients)):
        sides[f"{side}s"] = [party.name for party in parties]
        sides[f"{side}_countries"] = [party.country or "" for party in parties]
        sides[f"{side}_ids"] = [party.actor or party.entity for party in parties]
    return {**sides, "contexts": list(line.contexts), **_told(line.tellers)}


def _relation(line: RelationLine) -> dict[str, Any]:
    ends: dict[str, Any] = {}
    for end, party in (("subject", line.subject), ("object", line.object)):
        ends |= {end: party.name, f"{end}_country": party.country, f"{end}_id": party.actor or party.entity}
    return {**ends, **_told(line.tellers)}


def _figure(line: FigureLine) -> dict[str, Any]:
    return _told(line.tellers)


def _told(tellers: tuple[Teller, ...]) -> dict[str, Any]:
    """Give the chain as two lists: the speakers' names, empty where none is known, and the statements."""
    names = [teller.speaker.name if teller.speaker else "" for teller in tellers]
    return {"claimants": names, "chain": [teller.statement for teller in tellers]}


_ROWS: dict[Tabled, Callable[..., list[dict[str, Any]]]] = {
    "articles": _articles,
    "statements": _entries("statements", _statement),
    "events": _entries("events", _event),
    "relations": _entries("relations", _relation),
    "figures": _entries("figures", _figure),
}
