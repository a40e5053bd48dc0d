"""What the tests share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from handmade import document_of, record_of, story_record

from onrecord.record import Record


@pytest.fixture
def story() -> Record:
    """Give the hand-made record."""
    return story_record()


@pytest.fixture
def make_record() -> Callable[..., Record]:
    """Give the maker of records with chosen parts from a text."""
    return lambda text, **parts: record_of(document_of(text, **parts.pop("document", {})), **parts)
