"""A reader that kills the worker it reads for, archives for it to read, and what a run leaves as bytes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

from sources.warcs import gzipped, html, info, record
from standin_ingest import StandIn

from onrecord.cluster import Output, Setup, Split, planned
from onrecord.record import Document, Record
from onrecord.sources import Page

SPLIT = 4096
"""Bytes of a split: a dozen pages of the archives here."""

_KILLS = "KILLS-WORKER:"


class Deadly(StandIn):
    """Kills, once, the worker that it reads for, at a page that says where to note that it was done."""

    def read(self, source: Document, *, published: str | None = None) -> Record:
        for word in source.text.split():
            if word.startswith(_KILLS):
                kill_once(Path(word.removeprefix(_KILLS)), os.getppid())
        if "DAWDLE" in source.text:
            time.sleep(0.2)
        return super().read(source, published=published)


def deadly() -> Deadly:
    return Deadly()


def kill_once(note: Path, process: int) -> None:
    try:
        note.touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(process, signal.SIGKILL)
    time.sleep(60)  # until this process hears that the other is gone, and ends


def kills(note: Path) -> str:
    """Give the word of a page that kills its worker once."""
    return f"{_KILLS}{note} "


def write_archive(path: Path, count: int, words: dict[int, str] | None = None) -> str:
    """Write an archive of pages, no two alike, some of them with words that the stand-in heeds."""
    members = [info()]
    for number in range(count):
        word = (words or {}).get(number, "calm")
        story = (
            f"Envoy {number} told reporters at the harbor on Tuesday that the {word} sea had turned ship "
            f"{number} back. Nobody else on the quay saw it, the envoy added, and all of them looked."
        )
        members.append(record(f"https://example.org/{path.stem}/{number}", html(story)))
    path.write_bytes(b"".join(gzipped(*members)))
    return str(path)


def splits_into(folder: Path, names: Iterable[str], size: int = SPLIT) -> list[Split]:
    """Plan what a folder does not have yet."""
    splits, others = planned(names, size=size, finished=Output(folder).finished())
    assert others == []
    return splits


def setup(folder: Path, **more: object) -> Setup:
    return Setup(output=str(folder), make_reader=deadly, **more)  # type: ignore[arg-type]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Give every file of an output by its place in it."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def pages_of(splits: Iterable[Split]) -> list[str]:
    return [p.locator for s in splits for piece in s.pieces for p in piece.pages() if isinstance(p, Page)]
