"""Splits: what one worker reads at a time, a stretch of an archive, a table, or some files.

Archives are cut every so many bytes; a stretch holds the members that start in it, so any cut gives every
page once. Tables are never cut, as their rows are told apart by what was there before them.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.errors import StoreError
from onrecord.ingest.plan import MEGABYTE
from onrecord.sources import Broken, Columns, Given, Missing, Page, PassedOver, is_address
from onrecord.sources.archives import archive_pages, is_archive
from onrecord.sources.files import ending, find_files, looks_like_page
from onrecord.sources.tables import is_table, table_pages

SIZE = 32 * MEGABYTE
"""Bytes of a split: some hundreds of articles, a minute or two of one worker."""

_MOST_FILES = 256  # of one split
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file of ``size`` bytes; ``source`` is the argument that it was found by."""

    path: str
    start: int
    end: int
    size: int
    source: str

    def pages(self, columns: Columns | None = None) -> Iterator[Given]:
        """Give the pages of this stretch, in a fixed order."""
        if is_archive(self.path):
            yield from archive_pages(self.path, self.start, self.end, source=self.source)
        elif is_table(self.path):
            yield from table_pages(self.path, columns, source=self.source)
        else:
            yield Page(self.path, source=self.source)


@dataclass(frozen=True, slots=True)
class Split:
    """Pieces that are read together, and are finished together."""

    pieces: tuple[Piece, ...]

    @property
    def key(self) -> str:
        """Give a name for this split's folder: readable, and the same in every run."""
        first = self.pieces[0]
        told = "\n".join(f"{piece.path}\t{piece.start}\t{piece.end}\t{piece.size}" for piece in self.pieces)
        name = _ODD.sub("-", os.path.basename(first.path))[:80]
        digest = hashlib.sha256(told.encode(errors="surrogateescape")).hexdigest()[:12]
        return f"{name}-{first.start:012d}-{digest}"


Finished = Mapping[str, list[Piece]]
"""By path, the pieces that need not be read again."""


def planned(
    names: Iterable[str], *, size: int = SIZE, finished: Finished | None = None
) -> tuple[list[Split], list[Missing | PassedOver | Broken]]:
    """Cut what these sources name into splits, without what is finished; give them, and what is no source.

    Raises StoreError where a file is not the one any more that a finished split was read from.
    """
    plan = _Plan(size, finished or {})
    for name in names:
        if name.startswith(("@", "list:")) and not os.path.exists(name):
            plan.listed(name.removeprefix("@").removeprefix("list:"), name)
        else:
            plan.source(name, name)
    plan.close()
    return plan.splits, plan.others


class _Plan:
    """Splits as they are made, and the small files that wait for company."""

    def __init__(self, size: int, finished: Finished) -> None:
        self.splits: list[Split] = []
        self.others: list[Missing | PassedOver | Broken] = []
        self._size, self._finished = size, finished
        self._seen: set[str] = set()
        self._small: list[Piece] = []

    def listed(self, path: str, name: str) -> None:
        try:
            with open(path, encoding="utf-8-sig", errors="surrogateescape") as file:
                for line in map(str.strip, file):
                    if line and not line.startswith("#"):
                        self.source(line, name)
        except OSError as error:
            self.others.append(Missing(path, f"the list cannot be read: {error.strerror or error}"))

    def source(self, name: str, source: str) -> None:
        if is_address(name) or name.startswith("feed:") or ending(name) == ".urls":
            message = (
                "a cluster reads files; pages from the web are for one machine, which is polite to sites"
            )
            self.others.append(Missing(name, message))
            return
        for found in find_files(name, _is_source):
            if isinstance(found, Page):
                self._file(found.name, source)
            else:
                self.others.append(found)

    def close(self) -> None:
        if self._small:
            self.splits.append(Split(tuple(self._small)))
            self._small = []

    def _file(self, path: str, source: str) -> None:
        if path in self._seen:
            return
        self._seen.add(path)
        try:
            size = os.path.getsize(path)
        except OSError as error:
            self.others.append(Missing(path, f"the file cannot be read: {error.strerror or error}"))
            return
        done = self._finished.get(path, [])
        if any(piece.size != size for piece in done):
            raise StoreError(f"{path} has changed since it was read into this folder; name another folder")
        if is_archive(path):
            for start, end in _open_stretches(size, done):
                for at in range(start, end, self._size):
                    piece = Piece(path, at, min(at + self._size, end), size, source)
                    self.splits.append(Split((piece,)))
        elif not done:
            piece = Piece(path, 0, size, size, source)
            if is_table(path):
                self.splits.append(Split((piece,)))
            else:
                self._small.append(piece)
                if len(self._small) >= _MOST_FILES or sum(p.size for p in self._small) >= self._size:
                    self.close()


def _open_stretches(size: int, done: list[Piece]) -> Iterator[tuple[int, int]]:
    """Give the stretches of a file that no finished piece covers."""
    at = 0
    for start, end in sorted((piece.start, piece.end) for piece in done):
        if at < start:
            yield at, start
        at = max(at, end)
    if at < size:
        yield at, size


def _is_source(file: str) -> bool:
    return looks_like_page(file) or is_archive(file) or is_table(file)
