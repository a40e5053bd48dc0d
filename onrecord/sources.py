"""Which pages a list of paths, folders, patterns and addresses stands for, always in the same order."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = frozenset({"", ".htm", ".html", ".shtml", ".text", ".txt", ".xhtml"})
"""Endings by which a file of a folder is taken for a page, before an optional ``.gz``; a file named by itself
is always opened, and what it holds is told by its content."""

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be read: where it is, and its bytes where only this process can have them."""

    name: str
    content: bytes | None = None

    @property
    def where(self) -> Path | str | bytes:
        """Give what ``Reader.read`` takes."""
        if self.content is not None:
            return self.content
        return self.name if is_address(self.name) else Path(self.name)


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that stands for no page, and why."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Files of a folder that do not look like pages: how many, so that nothing is left out unseen."""

    folder: str
    count: int


Found = Page | Missing | PassedOver


def is_address(name: str) -> bool:
    """Whether this is the address of a page on the web."""
    return name.lower().startswith(("http://", "https://"))


def is_single(names: tuple[str, ...]) -> bool:
    """Whether these names ask for one page, whatever the file system holds: one file, address or ``-``."""
    return len(names) == 1 and not (os.path.isdir(names[0]) or _is_pattern(names[0]))


def find_pages(names: Iterable[str]) -> Iterator[Found]:
    """Find the pages behind each name in turn; a folder's and a pattern's are sorted by path."""
    for name in names:
        if name == STANDARD_INPUT or is_address(name) or os.path.isfile(name):
            yield Page(name)
        elif os.path.isdir(name):
            yield from _in_folder(name)
        elif os.path.exists(name):
            yield Page(name)  # a pipe or a device: opening it says what it is
        elif _is_pattern(name):
            paths = sorted(glob.glob(name, recursive=True))
            yield from (Page(path) for path in paths if not os.path.isdir(path))
            if not paths:
                yield Missing(name, "no file has such a name")
        else:
            yield Missing(name, "there is no such file or folder")


def _is_pattern(name: str) -> bool:
    return not is_address(name) and glob.has_magic(name) and not os.path.exists(name)


def _in_folder(folder: str) -> Iterator[Found]:
    passed_over = 0
    pages = 0
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(files):
            if file.startswith("."):
                continue
            stem = file[:-3] if file.lower().endswith(".gz") else file
            if os.path.splitext(stem)[1].lower() in SUFFIXES:
                pages += 1
                yield Page(os.path.join(parent, file))
            else:
                passed_over += 1
    if passed_over:
        yield PassedOver(folder, passed_over)
    elif not pages:
        yield Missing(folder, "the folder is empty")
