"""The pages of tables, a row a page: JSON and JSON Lines, CSV and TSV, Parquet, with a mapping of columns.

Rows are read one at a time; one that cannot be read or holds no page is Broken, and the others go on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any, Literal

from onrecord.errors import PageUnreadable
from onrecord.pages.limits import Limits
from onrecord.sources.columns import USUAL, Columns, columns_of
from onrecord.sources.files import ending
from onrecord.sources.found import Broken, Given, Missing, Page, PassedOver, is_address
from onrecord.sources.moments import captured, published
from onrecord.sources.rows import (
    BadRow,
    Row,
    Rows,
    csv_rows,
    json_line_rows,
    json_rows,
    parquet_names,
    parquet_rows,
)

SUFFIXES = frozenset({".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet"})
_LIMITS = Limits()
_SURROGATES = re.compile("[\ud800-\udfff]")
_NOTHING = frozenset({"", "none", "null", "nan", "n/a"})
_KNOWN = USUAL | {"event_text", "orig_id", "story_id", "id", "source", "source-hostname", "fingerprint"}


def is_table(name: str) -> bool:
    """Whether a file's name says that it is a table."""
    return ending(name) in SUFFIXES


def table_pages(
    path: str, columns: Columns | None = None, *, limits: Limits = _LIMITS, source: str = ""
) -> Iterator[Given]:
    """Give the pages of a table, in its order; without ``columns`` each row's fields tell what they are.

    A page's locator is ``path#<number of the row>``, or ``path#<id>`` where a column holds one. A row whose
    id and text were there before is passed over. Raises StoreError where pyarrow is missing for Parquet.
    """
    source = source or path
    rows = _Rows(path, source, columns, limits)
    try:
        if columns is not None and (absent := _absent(path, columns)):
            yield Missing(path, absent)
            return
        for number, row in _rows_of(path, columns, limits):
            given = rows.page(number, row)
            if given is not None:
                yield given
    except PageUnreadable as error:
        message = str(error).removeprefix(f"{path}: ")
        if os.path.isfile(path):
            yield Broken(path, source, error.reason, message)
        else:
            yield Missing(path, message)
    if rows.repeated:
        yield PassedOver(path, rows.repeated, "with the id and the text of a row before")


def _rows_of(path: str, columns: Columns | None, limits: Limits) -> Rows:
    form = ending(path)
    if form == ".parquet":
        return parquet_rows(path, frozenset(columns.named.values()) if columns else _KNOWN)
    if form in (".csv", ".tsv"):
        return csv_rows(path, limits.bytes)
    return (json_rows if form == ".json" else json_line_rows)(path, limits.bytes)


def _absent(path: str, columns: Columns) -> str | None:
    """Say which named column a Parquet file does not have; other tables tell row by row."""
    if ending(path) != ".parquet":
        return None
    names = parquet_names(path)
    absent = [column for column in columns.named.values() if column not in names]
    return f"it has no column {absent[0]!r}; it has {', '.join(names[:40])}" if absent else None


class _Rows:
    """A table's rows becoming pages; keeps sixteen bytes a row where rows have ids, to tell repeats."""

    def __init__(self, path: str, source: str, columns: Columns | None, limits: Limits) -> None:
        self._path = path
        self._source = source
        self._columns = columns
        self._limits = limits
        self._seen: dict[bytes, bytes] = {}
        self.repeated = 0

    def page(self, number: int, row: Row | BadRow) -> Page | Broken | None:
        """Make a row a page; None where the same was given before."""
        locator = f"{self._path}#{number}"
        if isinstance(row, BadRow):
            return Broken(locator, self._source, row.reason, row.message)
        columns = self._columns or columns_of(row.keys())
        said = {field: row.get(column) for field, column in columns.named.items()}
        try:
            content, kind = _content(said, columns, self._limits)
        except PageUnreadable as error:
            return Broken(locator, self._source, error.reason, str(error))
        identity = _words(said.get("id"))
        if identity is not None:
            key = _short_hash(identity.encode("utf-8", "replace"))
            mark = _short_hash(content if content is not None else b"")
            before = self._seen.get(key)
            if before == mark:
                self.repeated += 1
                return None
            if before is not None:
                message = f"its id {identity!r} was that of another row before; ids have to be a row's own"
                return Broken(locator, self._source, "id", message)
            self._seen[key] = mark
            locator = f"{self._path}#{identity}"
        uri = _words(said.get("url"))
        return Page(
            locator if content is not None or uri is None else uri,
            content,
            locator=locator,
            kind=kind,
            uri=uri,
            captured=captured(said.get("captured")),
            published=published(said.get("published")),
            outlet=_words(said.get("outlet")),
            title=_words(said.get("title")),
            source=self._source,
            charset="utf-8" if content is not None else None,
        )


def _content(
    said: Mapping[str, Any], columns: Columns, limits: Limits
) -> tuple[bytes | None, Literal["html", "text"] | None]:
    """Give a row's page as bytes and what it is; (None, None) where it is to be fetched from its address.

    Raises PageUnreadable where the row holds no page.
    """
    for field in ("html", "text"):
        value = said.get(field)
        if value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING):
            continue
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if not isinstance(value, str):
            raise PageUnreadable(f"the column {columns.named[field]!r} holds no text", reason="damaged")
        if field == "text" and columns.headed:
            value = _headed(value, _words(said.get("title")))
        content = _SURROGATES.sub("\ufffd", value).encode("utf-8")
        if len(content) > limits.bytes:
            raise PageUnreadable(f"the page has more than {limits.bytes:,} bytes", reason="too-large")
        return content, "html" if field == "html" else "text"
    if is_address(_words(said.get("url")) or ""):
        return None, None
    tried = [columns.named[field] for field in ("text", "html", "url") if field in columns.named]
    where = f" in {', '.join(map(repr, tried))}" if tried else "; say which column holds the text"
    raise PageUnreadable(f"the row holds no text and no address of a page{where}", reason="empty")


def _headed(text: str, title: str | None) -> str:
    """Put a title above its text, unless the text opens with it."""
    if title is None or text.lstrip()[: len(title)] == title:
        return text
    return f"{title}\n\n{text}"


def _words(value: object) -> str | None:
    """Give a cell as words; None for the ways in which tables write nothing."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or value.strip().lower() in _NOTHING:
        return None
    return _SURROGATES.sub("\ufffd", value.strip())


def _short_hash(content: bytes) -> bytes:
    return blake2b(content, digest_size=8).digest()
