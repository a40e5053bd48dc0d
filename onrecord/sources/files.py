"""Which pages a list of paths, folders, patterns and addresses stands for, always in the same order."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator

from onrecord.sources.found import Found, Missing, Page, PassedOver, is_address

SUFFIXES = frozenset({"", ".htm", ".html", ".shtml", ".text", ".txt", ".xhtml"})
"""Endings by which a file of a folder is taken for a page, before an optional ``.gz``; a file named by itself
is always opened, and what it holds is told by its content."""

STANDARD_INPUT = "-"


def is_single(names: tuple[str, ...]) -> bool:
    """Whether these names ask for one page, whatever the file system holds: one file, address or ``-``."""
    return len(names) == 1 and not (os.path.isdir(names[0]) or is_pattern(names[0]))


def find_pages(names: Iterable[str]) -> Iterator[Found]:
    """Find the pages behind each name in turn; a folder's and a pattern's are sorted by path."""
    for name in names:
        if name == STANDARD_INPUT or is_address(name):
            yield Page(name)
        else:
            yield from find_files(name)


def is_pattern(name: str) -> bool:
    """Whether this is a pattern of file names, and not itself the name of a file."""
    return not is_address(name) and glob.has_magic(name) and not os.path.exists(name)


def looks_like_page(file: str) -> bool:
    """Whether a file's name ends as those of pages do."""
    return ending(file) in SUFFIXES


def ending(file: str) -> str:
    """Give the ending of a file's name in small letters, before an optional ``.gz``."""
    stem = file[:-3] if file.lower().endswith(".gz") else file
    return os.path.splitext(stem)[1].lower()


def find_files(name: str, wanted: Callable[[str], bool] = looks_like_page) -> Iterator[Found]:
    """Find the files behind a path, a folder or a pattern; of a folder those that are ``wanted``."""
    if os.path.isdir(name):
        yield from _in_folder(name, wanted)
    elif os.path.exists(name):
        yield Page(name)  # perhaps a pipe or a device: opening it says what it is
    elif is_pattern(name):
        paths = sorted(glob.glob(name, recursive=True))
        yield from (Page(path, source=name) for path in paths if not os.path.isdir(path))
        if not paths:
            yield Missing(name, "no file has such a name")
    else:
        yield Missing(name, "there is no such file or folder")


def _in_folder(folder: str, wanted: Callable[[str], bool]) -> Iterator[Found]:
    passed_over = 0
    pages = 0
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(files):
            if file.startswith("."):
                continue
            if wanted(file):
                pages += 1
                yield Page(os.path.join(parent, file), source=folder)
            else:
                passed_over += 1
    if passed_over:
        yield PassedOver(folder, passed_over)
    elif not pages:
        yield Missing(folder, "the folder is empty")
