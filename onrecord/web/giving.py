"""What people give to be read: text, addresses and files, as the pages that an ingestion takes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal
from urllib.parse import urldefrag

from onrecord.ingest.unread import guarded
from onrecord.pages.limits import Limits
from onrecord.sources import Visits, archive_pages, feed_pages, is_address, table_pages
from onrecord.sources.archives import is_archive
from onrecord.sources.files import ending
from onrecord.sources.found import Broken, Given, Missing, Page
from onrecord.sources.tables import is_table

MOST_PAGES = 2_000  # of one job: more is for `onrecord ingest`, which a person watches
FEED = "feed:"
_LONGEST_NAME = 120
_FOREIGN = {".parquet": "Parquet files are read by “onrecord ingest” only; write them as JSON Lines"}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing given: a text, an address or a file, with what the person said of it."""

    kind: Literal["text", "address", "file"]
    name: str
    content: bytes | None = None
    title: str = ""
    outlet: str = ""
    published: str = ""


def file_name(given: str) -> str:
    """Give the name of an uploaded file as it is kept: no folders, nothing that cannot be printed."""
    name = given.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if c.isprintable() and c not in '<>:"|?*#').strip(" .")
    stem, dot, tail = name.rpartition(".")
    if len(name) > _LONGEST_NAME and dot and len(tail) < 12:
        name = f"{stem[: _LONGEST_NAME - 13]}.{tail}"
    return name[:_LONGEST_NAME] or "file"


def pages_of(parts: Iterable[Part], folder: Path, visits: Visits) -> Iterator[Given]:
    """Give the pages of all parts in turn, so many at most; ``folder`` is for archives and tables meanwhile.

    Nothing that was given names a file of this machine: addresses are asked through ``visits``, and a page
    without its bytes is an address or nothing.
    """
    count = 0
    for part in parts:
        for given in guarded(part.name, _of(part, folder, visits)):
            if isinstance(given, Page) and given.content is None and not is_address(given.name):
                yield Broken(given.locator, given.source, "address", "only http and https addresses are read")
                continue
            count += isinstance(given, Page)
            if count > MOST_PAGES:
                yield Missing(
                    part.name, f"only the first {MOST_PAGES:,} pages were taken; see “onrecord ingest”"
                )
                return
            yield given


def _of(part: Part, folder: Path, visits: Visits) -> Iterator[Given]:
    if part.kind == "address":
        yield from _address(part, visits)
        return
    content = part.content or b""
    if part.kind == "text":
        words = content.decode("utf-8", "replace")
        words = f"{part.title}\n\n{words}" if part.title else words
        kept = words.encode()
        yield Page(
            part.name, kept, f"pasted:{_short(kept)}", "text", published=part.published or None,
            outlet=part.outlet or None, title=part.title or None, source="pasted", charset="utf-8",
        )  # fmt: skip
        return
    yield from _file(part, content, folder)


def _address(part: Part, visits: Visits) -> Iterator[Given]:
    if part.name.startswith(FEED):
        address = part.name.removeprefix(FEED)
        if is_address(address):  # else it would be a file of ours
            yield from feed_pages(address, visits, source=part.name)
            return
    elif is_address(part.name):
        address = urldefrag(part.name).url
        yield Page(address, uri=address, source=part.name)
        return
    yield Missing(part.name, "this is no address: it begins with http:// or https://")


def _file(part: Part, content: bytes, folder: Path) -> Iterator[Given]:
    locator = f"upload:{_short(content)}/{part.name}"
    if (why := _FOREIGN.get(ending(part.name))) is not None:
        yield Missing(part.name, why)
        return
    if not (is_archive(part.name) or is_table(part.name)):
        outlet, published = part.outlet or None, part.published or None
        yield Page(
            part.name, content, locator, outlet=outlet, published=published, source=f"upload:{part.name}"
        )
        return
    path = folder / f"{_short(content)}{''.join(Path(part.name).suffixes[-2:])[:20]}"
    path.write_bytes(content)
    try:
        limits = Limits()
        reads = archive_pages if is_archive(part.name) else table_pages
        for given in reads(os.fspath(path), limits=limits, source=f"upload:{part.name}"):
            yield _named(given, os.fspath(path), locator, part.name)
    finally:
        path.unlink(missing_ok=True)


def _named(given: Given, path: str, locator: str, name: str) -> Given:
    """Give what stands in an uploaded file under the file's own name, not that of where it lay."""
    if isinstance(given, Page):
        return replace(
            given, name=given.name.replace(path, name), locator=given.locator.replace(path, locator)
        )
    if isinstance(given, Broken):
        at = given.locator.replace(path, locator)
        return Broken(at, given.source, given.reason, given.message.replace(path, name))
    if isinstance(given, Missing):
        return Missing(given.name.replace(path, name), given.message.replace(path, name))
    return replace(given, folder=given.folder.replace(path, name))


def _short(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]
