"""HTML to what a person would read of it."""

from __future__ import annotations

from onrecord.pages.compose import Chosen, squeezed
from onrecord.pages.limits import Limits


def choose(text: str, *, limits: Limits, name: str, uri: str | None) -> Chosen:
    """Choose the words of an HTML page that are its article."""
    import trafilatura

    body = trafilatura.extract(text, include_comments=False, fast=True) or ""
    return Chosen(tuple(words for line in body.split("\n") if (words := squeezed(line))))
