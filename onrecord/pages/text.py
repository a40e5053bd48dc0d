"""Plain text to what a person would read of it: scraped pages without furniture, clean articles whole."""

from __future__ import annotations

from onrecord.pages.compose import Chosen
from onrecord.pages.lines import lines_of


def choose(text: str) -> Chosen:
    """Choose the words of a plain text that are its article."""
    return Chosen(tuple(line.text for line in lines_of(text)))
