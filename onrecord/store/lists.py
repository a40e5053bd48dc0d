"""Lists of what a store holds, by day: statements, events, relations and figures with all names in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from onrecord.errors import StoreError
from onrecord.store.filter import Filter
from onrecord.store.lines import READERS, EventLine, FigureLine, Line, RelationLine, StatementLine
from onrecord.store.narrowing import What
from onrecord.store.paging import Cursor, by_day
from onrecord.store.query import parse
from onrecord.store.view import View

LineT = TypeVar("LineT", bound=Line)


@dataclass(frozen=True, slots=True)
class Listing(Generic[LineT]):
    """A page of a list; ``next`` is the cursor for what follows, None at the end."""

    lines: tuple[LineT, ...]
    next: str | None


def statements(
    view: View,
    filter: Filter = Filter(),  # noqa: A002, B008
    *,
    limit: int = 50,
    after: str | None = None,
) -> Listing[StatementLine]:
    """List statements that meet a filter, by the day of their page, the newest first, the undated last.

    ``after`` is the ``next`` of the page before. Raises StoreError for words asked of a store that keeps
    none, and for what is no cursor.
    """
    return cast("Listing[StatementLine]", _listing(view, "statements", filter, limit, after))


def events(
    view: View,
    filter: Filter = Filter(),  # noqa: A002, B008
    *,
    limit: int = 50,
    after: str | None = None,
) -> Listing[EventLine]:
    """List events that meet a filter, by their own day, the newest first, those of no known day last."""
    return cast("Listing[EventLine]", _listing(view, "events", filter, limit, after))


def relations(
    view: View,
    filter: Filter = Filter(),  # noqa: A002, B008
    *,
    limit: int = 50,
    after: str | None = None,
) -> Listing[RelationLine]:
    """List relations that meet a filter, by their own day or else their page's, the newest first."""
    return cast("Listing[RelationLine]", _listing(view, "relations", filter, limit, after))


def figures(
    view: View,
    filter: Filter = Filter(),  # noqa: A002, B008
    *,
    limit: int = 50,
    after: str | None = None,
) -> Listing[FigureLine]:
    """List figures that meet a filter, by the day of their page, the newest first."""
    return cast("Listing[FigureLine]", _listing(view, "figures", filter, limit, after))


def _listing(view: View, what: What, filter: Filter, limit: int, after: str | None) -> Listing[Line]:  # noqa: A002
    if parse(filter.words) and not view.store.words:
        raise StoreError(f"{view.store.name}: kept without words, so it cannot be searched for them")
    limit = max(1, limit)
    with view.store.reading() as connection:
        rows = by_day(connection, what, filter, limit=limit + 1, after=after)
        lines = tuple(READERS[what](connection, rows[:limit]))
    if len(rows) <= limit:
        return Listing(lines, None)
    last = lines[-1]
    return Listing(lines, str(Cursor("day", last.day, last.page.page_id, last.id)))
