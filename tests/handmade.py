"""Records made by hand, so that what is tested with them needs no weights."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from onrecord.codec import check
from onrecord.record import (
    Attribution,
    Date,
    Document,
    Dropped,
    Entity,
    Figure,
    Link,
    Mention,
    ReaderCard,
    Record,
    Role,
    Source,
    Time,
)
from onrecord.span import Span

STORY = """Ships turn back, says envoy

WEDNESDAY: The envoy, Ana Brandt, told reporters on Tuesday: “The minister said that 12 ships had turned back.

“We saw no others,” she added, “and we looked.”

It is estimated that about 300 sailors are aboard."""


def document_of(text: str, **fields: object) -> Document:
    """Make a document whose id and source agree with its text."""
    encoded = text.encode()
    plain = Document(
        id=hashlib.sha256(encoded).hexdigest(),
        uri=None,
        outlet=None,
        text=text,
        title=None,
        authors=(),
        language="en",
        published=Date(None, None, "the page does not say"),
        dropped=(),
        links=(),
        media=(),
        source=Source("text", hashlib.sha256(encoded).hexdigest(), len(encoded)),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def record_of(document: Document, **fields: object) -> Record:
    """Make a record with nothing in it but what is given."""
    empty = Record(document, (), (), (), (), (), (), (), (), ReaderCard("0.1.0", "by-hand", "0" * 64))
    record = replace(empty, **fields)  # type: ignore[arg-type]
    check(record)
    return record


def find(text: str, words: str, *, nth: int = 0) -> Span:
    """Cut the nth occurrence of these words."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span.cut(text, start, start + len(words))


def story_record() -> Record:
    """Make a small record with every shape that the renderings must handle."""
    text = STORY
    envoy, minister = find(text, "The envoy, Ana Brandt,"), find(text, "The minister")
    outer = find(text, "“The minister said that 12 ships had turned back.\n\n“We saw no others,”")
    inner = find(text, "that 12 ships had turned back")
    office = find(text, "The envoy", nth=0)
    number, day = find(text, "12 ships"), find(text, "Tuesday")
    return record_of(
        document_of(
            text,
            uri="https://example.org/ships?a=1&b=2",
            outlet="The Harbor Ledger",
            title=find(text, "Ships turn back, says envoy"),
            authors=("R. Vale",),
            published=Date("1962-10-24", "day", "dateline", find(text, "WEDNESDAY")),
            dropped=(Dropped("Home | News", "navigation"), Dropped("READ MORE: Wind", "related link")),
            links=(Link("https://example.org/other", "other"), Link("javascript:alert(1)", "bad")),
        ),
        mentions=(
            Mention("m1", *_ends(find(text, "Ana Brandt")), "name", "e1"),
            Mention("m2", *_ends(minister), "nominal", "e2"),
        ),
        entities=(
            Entity("e1", "Ana Brandt", "person", None, ("GOV",), (Role("envoy", *_ends(office)),), ("she",)),
            Entity("e2", "The minister", "person"),
        ),
        attributions=(
            Attribution(
                "a1", "direct", (envoy,), (find(text, "told reporters"),),
                (outer, find(text, "“and we looked.”")), "e1", None, "asserts",
            ),
            Attribution(
                "a2", "indirect", (minister,), (find(text, "said"),),
                (inner,), "e2", None, "denies", (), "a1",
            ),
            Attribution(
                "a3", "indirect", (), (find(text, "It is estimated"),),
                (find(text, "that about 300 sailors are aboard"),), None, "none named", "believes",
            ),
        ),
        figures=(
            Figure("f1", 12, None, None, False, "ship", None, number, ("a2", "a1")),
            Figure("f2", 300, None, None, True, "person", None, find(text, "about 300 sailors"), ("a3",)),
        ),
        times=(Time(*_ends(day), "DATE", "1962-10-23"),),
    )  # fmt: skip


def _ends(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.text
