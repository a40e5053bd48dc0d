"""Which column of a table says what of a page; the outputs of known tools are recognised by their fields."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The names of a table's columns; one that is None is looked for under the names that are usual for it.

    ``published`` is the date of the article, ``captured`` that of its download. ``id`` names a row for good,
    where its number may change. ``headed`` says whether the title is put above the text; a text that was
    coded by others stays as it is.
    """

    text: str | None = None
    html: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    captured: str | None = None
    id: str | None = None
    headed: bool = True

    @property
    def named(self) -> dict[str, str]:
        """Give what each column that is named says of a page: its field and the column."""
        return {
            field.name: value
            for field in fields(self)
            if field.name != "headed" and (value := getattr(self, field.name)) is not None
        }


_NEWS_PLEASE = Columns(
    text="maintext",
    url="url",
    title="title",
    published="date_publish",
    outlet="source_domain",
    captured="date_download",
)
# Its filedate is the day of extraction, which need not be that of the download.
_TRAFILATURA = Columns(text="text", url="source", title="title", published="date", outlet="source-hostname")
_NGEC = Columns(
    text="event_text", url="url", title="headline", published="pub_date", outlet="publisher", headed=False
)
_USUAL: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "maintext", "article"),
    "html": ("html", "raw_html"),
    "url": ("url", "uri", "link"),
    "title": ("title", "headline"),
    "published": ("published", "date_publish", "pub_date", "publication_date", "date"),
    "outlet": ("outlet", "publisher", "source_domain", "publication"),
    "captured": ("captured", "date_download", "warc_date", "crawled", "downloaded"),
}
USUAL = frozenset(name for names in _USUAL.values() for name in names)


def parse_columns(words: str) -> Columns:
    """Read a mapping as it is written on a command line, ``text=body,url=link``; raise ValueError."""
    known = [field.name for field in fields(Columns) if field.name != "headed"]
    named: dict[str, str] = {}
    for part in words.split(","):
        field, equals, column = part.partition("=")
        if not equals or not column.strip() or field.strip() not in known:
            raise ValueError(f"{part!r} is not FIELD=COLUMN, where FIELD is one of {', '.join(known)}")
        named[field.strip()] = column.strip()
    return Columns(**named)  # type: ignore[arg-type]


def columns_of(names: Collection[str]) -> Columns:
    """Tell by the names of a row's fields what each says: known tools' outputs, else the usual names."""
    held = set(names)
    if {"maintext", "date_download", "date_publish"} <= held:
        return _NEWS_PLEASE
    if "event_text" in held:
        # NGEC makes a row of each event of a story, with the story's own id beside it.
        identity = next((name for name in ("orig_id", "story_id", "id") if name in held), None)
        dated = "pub_date" if "pub_date" in held else "date"
        return Columns(**{**_NGEC.named, "id": identity, "published": dated}, headed=False)
    if {"text", "source", "source-hostname", "fingerprint"} <= held:
        return _TRAFILATURA
    found = {field: next((name for name in usual if name in held), None) for field, usual in _USUAL.items()}
    return Columns(**found)  # type: ignore[arg-type]
