"""What ``onrecord import`` does: annotations of a tool, read, tied to their texts and handed on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.errors import RecordError
from onrecord.export.destination import write_text
from onrecord.export.visible import ascii_controls
from onrecord.imports import brat, conll, jsonl, label_studio, web_annotation
from onrecord.imports.annotation import Annotated, Texts, pack

if TYPE_CHECKING:
    from onrecord.store import Store

FORMATS = ("jsonl", "brat", "web-annotation", "label-studio", "conll")
IMPORTED, NOTHING = 0, 1
Keep = Callable[["Store", Iterable[Annotated]], int]
"""Keeps annotations in a store as corrections; gives how many it kept."""


def import_command(
    path: str, *, form: str, store: str | None = None, output: str | None = None, keep: Keep | None = None
) -> int:
    """Read annotations and write them as JSON Lines, or keep them in a store; give the exit code.

    Every entry is read and its words found before anything is written or kept. Raises UsageError where the
    arguments make no sense, RecordError where an annotation is wrong.
    """
    if store is None:
        if form == "web-annotation":
            raise click.UsageError(
                "Web Annotations do not hold their text: name the store that does (--store)"
            )
        entries = list(read(path, form, lambda _: None))
        write_text(_lines(entries), output)
        return IMPORTED if entries else NOTHING
    from onrecord.store import Store

    with Store.open(store, create=False) as opened:
        entries = list(read(path, form, texts_of(opened)))
        if keep is None:
            write_text(_lines(entries), output)
            return IMPORTED if entries else NOTHING
        kept = keep(opened, entries)
    click.echo(f"onrecord: {kept} of {len(entries)} annotations kept as corrections", err=True)
    return IMPORTED if kept else NOTHING


def read(path: str, form: str, texts: Texts) -> Iterator[Annotated]:
    """Give the annotations of a file, or of a folder for brat, in one of FORMATS."""
    where = Path(path)
    try:
        if form == "brat":
            yield from brat.read_folder(where)
        elif form == "web-annotation":
            yield from web_annotation.read(where.read_bytes(), texts)
        elif form == "label-studio":
            yield from label_studio.read(where.read_bytes())
        else:
            # Only "\n" ends a line: words may hold what Python takes for the end of one.
            with open(where, encoding="utf-8", newline="\n") as lines:
                yield from (conll if form == "conll" else jsonl).read(lines)
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RecordError(f"{path}: not UTF-8: {error}") from error


def texts_of(store: Store) -> Texts:
    """Give what finds a text of the store by its SHA-256, its page's address or its locator."""
    from sqlalchemy import or_, select

    from onrecord.store import schema

    pages, texts = schema.pages.c, schema.texts.c
    joined = select(texts.text).select_from(schema.texts).join(schema.pages, pages.text_id == texts.id)

    def find(name: str) -> str | None:
        wanted = joined.where(or_(texts.id == name, pages.uri == name, pages.locator == name))
        with store.reading() as connection:
            text: str | None = connection.execute(wanted.order_by(pages.id).limit(1)).scalar()
        return text

    return find


def _lines(entries: Iterable[Annotated]) -> Iterator[str]:
    for one in entries:
        words = {"text_id": one.text_id, "words": [span.text for span in one.spans]}
        yield ascii_controls(json.dumps({**words, **pack(one)}, ensure_ascii=False)) + "\n"
