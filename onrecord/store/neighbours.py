"""The pages before and after one, by day and then by id: how a reader turns from article to article."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from onrecord.store.schema import pages
from onrecord.store.view import View


def neighbours(view: View, page_id: str) -> tuple[str | None, str | None]:
    """Give the ids of the page before (older) and after (newer); None at an end, or for no page at all.

    Pages of unknown day come before all others.
    """
    day = func.coalesce(pages.c.day, "")
    with view.store.reading() as connection:
        here = connection.execute(select(day).where(pages.c.id == page_id)).scalar_one_or_none()
        if here is None:
            return None, None
        older = or_(day < here, and_(day == here, pages.c.id < page_id))
        newer = or_(day > here, and_(day == here, pages.c.id > page_id))
        before = select(pages.c.id).where(older).order_by(day.desc(), pages.c.id.desc()).limit(1)
        after = select(pages.c.id).where(newer).order_by(day, pages.c.id).limit(1)
        return (
            connection.execute(before).scalar_one_or_none(),
            connection.execute(after).scalar_one_or_none(),
        )
