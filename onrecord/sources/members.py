"""The members of an archive: its stretches that can be unpacked by themselves, each at its own offset.

A WARC file is best written as one gzip member or zstd frame a record, so that a damaged one costs only
itself; the next is found by its first bytes. A file that isn't compressed is one member.
"""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from onrecord.sources.zstd import DICTIONARY, FRAME, ZstdFrame, dictionary_of, is_skippable

RECORD_START = b"WARC/"
_GZIP = b"\x1f\x8b\x08"
_CHUNK = 64 * 1024
_FIRST_CHUNK = 1024  # bytes that only look like a member are found out soon
_SCAN = 1024 * 1024


class Damaged(Exception):
    """Bytes that cannot be unpacked; its words say how."""


class Unpacks(Protocol):
    """What gives the unpacked bytes of a member, none at its end; raises Damaged.

    ``stop`` is where the member ends in the file, known when all was read; None where it is damaged.
    """

    stop: int | None

    def read(self, size: int) -> bytes:
        """Give at most ``size`` bytes."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member at its offset in the file, and its bytes unpacked as they are read."""

    offset: int
    reads: Unpacks
    plain: bool = False


@dataclass(frozen=True, slots=True)
class NoMember:
    """Bytes between members that belong to none, and why."""

    offset: int
    message: str


def members(file: BinaryIO, start: int = 0, end: int | None = None) -> Iterator[Member | NoMember]:
    """Give the members that start in ``start <= offset < end``; read each before the next is asked for."""
    size = file.seek(0, os.SEEK_END)
    end = size if end is None else min(end, size)
    file.seek(0)
    first = file.read(4)
    if first.startswith(_GZIP):
        yield from _packed(file, lambda at: _GzipMember(file, at), _GZIP, start, end)
    elif first in (FRAME, DICTIONARY) or is_skippable(first):
        words = dictionary_of(file)
        yield from _packed(file, lambda at: _ZstdMember(file, at, size, words), FRAME, start, end)
    elif start < end:
        before = max(0, start - 4)  # the line ends that tell a record at ``start`` from one that is quoted
        yield Member(before, _Plain(file, before, size), plain=True)


def _packed(
    file: BinaryIO, opened: Callable[[int], Unpacks], magic: bytes, start: int, end: int
) -> Iterator[Member | NoMember]:
    at = start if start == 0 else _next(file, opened, magic, start)
    while at is not None and at < end:
        file.seek(at)
        first = file.read(8)
        if is_skippable(first) and magic == FRAME:
            at += 8 + int.from_bytes(first[4:8], "little")
        elif first.startswith(magic):
            member = Member(at, opened(at))
            yield member
            stop = _read_out(member.reads)
            at = _next(file, opened, magic, at + 1) if stop is None else stop
        else:
            if first.strip(b"\x00"):  # zeros are padding
                yield NoMember(at, "these bytes belong to no record")
            at = _next(file, opened, magic, at + 1)


def _read_out(reads: Unpacks) -> int | None:
    try:
        while reads.read(_CHUNK):
            pass
    except Damaged:
        return None
    return reads.stop


def _next(file: BinaryIO, opened: Callable[[int], Unpacks], magic: bytes, start: int) -> int | None:
    """Find the next member from ``start`` on: first bytes that unpack to the start of a record."""
    while True:
        file.seek(start)
        piece = file.read(_SCAN)
        at = piece.find(magic)
        while at >= 0:
            if _starts_record(opened(start + at)):
                return start + at
            at = piece.find(magic, at + 1)
        if len(piece) < _SCAN:
            return None
        start += len(piece) - len(magic) + 1


def _starts_record(reads: Unpacks) -> bool:
    begins = b""
    try:
        while len(begins) < len(RECORD_START) and (piece := reads.read(512)):
            begins += piece
    except Damaged:
        return False
    return begins.startswith(RECORD_START)


class _Plain:
    """A file that isn't compressed, from an offset to its end."""

    def __init__(self, file: BinaryIO, offset: int, size: int) -> None:
        self._file = file
        self._at = offset
        self.stop: int | None = size

    def read(self, size: int) -> bytes:
        self._file.seek(self._at)
        piece = self._file.read(size)
        self._at += len(piece)
        return piece


class _GzipMember:
    """One member of a gzip file; its checksum is proved when its end is reached."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self._file = file
        self._at = offset
        self._chunk = _FIRST_CHUNK
        self._unpacking = zlib.decompressobj(wbits=31)
        self.stop: int | None = None

    def read(self, size: int) -> bytes:
        while self.stop is None:
            packed = self._unpacking.unconsumed_tail
            if not packed:
                self._file.seek(self._at)
                packed = self._file.read(self._chunk)
                self._chunk = _CHUNK
                self._at += len(packed)
            if not packed:
                raise Damaged("the file ends in the middle of a gzip member")
            try:
                piece = self._unpacking.decompress(packed, size)
            except zlib.error as error:
                raise Damaged(f"the gzip member is damaged ({error})") from error
            if self._unpacking.eof:
                self.stop = self._at - len(self._unpacking.unused_data)
            if piece:
                return piece
        return b""


class _ZstdMember:
    """One frame of a zstd file."""

    def __init__(self, file: BinaryIO, offset: int, size: int, dictionary: bytes | None) -> None:
        self._frame = ZstdFrame(file, offset, size, dictionary)
        self.stop: int | None = None

    def read(self, size: int) -> bytes:
        try:
            piece = self._frame.read(size)
        except OSError as error:
            raise Damaged(f"the zstd frame is damaged ({error})") from error
        if not piece:
            if self._frame.stop is None:
                raise Damaged("the file ends in the middle of a zstd frame")
            self.stop = self._frame.stop
        return piece


def open_archive(path: str) -> BinaryIO:
    """Open an archive so that steps back within what was just read cost nothing."""
    return io.open(path, "rb", buffering=_SCAN)  # noqa: UP020 - the name `open` says too little here
