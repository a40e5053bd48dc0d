"""A found page opened: its Document, with what its source says of it."""

from __future__ import annotations

from dataclasses import replace

from onrecord.pages import Limits, open_page, page_of_text
from onrecord.record import Document
from onrecord.sources.found import Page
from onrecord.span import Span

_LIMITS = Limits()


def open_found(page: Page, *, limits: Limits = _LIMITS) -> Document:
    """Open a page that a source gave; raise PageError. Its bytes are read here where they are not at hand.

    The address and the outlet that the source states go before those that the page states. The date that it
    states is left to ``Reader.read(…, published=page.published)``, which marks it as given.
    """
    if page.content is not None and page.kind == "text" and page.charset == "utf-8":
        # Known to be a text: its first letters are not to be taken for the mark of some other file.
        document = page_of_text(page.content.decode("utf-8", "replace"), uri=page.uri, limits=limits)
    else:
        document = open_page(page.where, kind=page.kind, limits=limits, uri=page.uri, charset=page.charset)
    title = document.title
    if title is None and page.title and document.text.startswith(page.title + "\n"):
        title = Span(0, len(page.title), page.title)
    return replace(document, outlet=page.outlet or document.outlet, title=title)
