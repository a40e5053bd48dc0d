"""What the tests share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from handmade import document_of, record_of, story_record
from hypothesis import settings

import onrecord
from onrecord.record import Record

# The suite tries the same cases each time, so that it fails for a change and not for luck;
# `pytest --hypothesis-profile=search` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile("same")


@pytest.fixture
def story() -> Record:
    """Give the hand-made record."""
    return story_record()


@pytest.fixture
def make_record() -> Callable[..., Record]:
    """Give the maker of records with chosen parts from a text."""
    return lambda text, **parts: record_of(document_of(text, **parts.pop("document", {})), **parts)


@pytest.fixture(scope="session")
def weights() -> Path:
    """Give the folder of the weights; without them, what needs them is skipped."""
    from onrecord.model.card import FOLDER

    if not (FOLDER / "card.json").exists():
        pytest.skip("no weights yet")
    return FOLDER


@pytest.fixture(scope="session")
def read_example(reader: onrecord.Reader) -> Callable[[str], Record]:
    """Give what reads an example page by its file's name, each only once."""
    folder = Path(__file__).parent.parent / "examples"
    return cache(lambda name: reader.read(folder / name))


@pytest.fixture(scope="session")
def reader(weights: Path) -> onrecord.Reader:
    """Give one reader to all tests: its weights are loaded once."""
    return onrecord.Reader(weights)
