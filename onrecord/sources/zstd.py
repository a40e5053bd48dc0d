"""Frames of a zstd file (RFC 8878): where each ends, and its bytes unpacked; fastwarc does the unpacking."""

from __future__ import annotations

import io
import os
from typing import BinaryIO

FRAME = b"\x28\xb5\x2f\xfd"
DICTIONARY = b"\x5d\x2a\x4d\x18"
"""Starts the skippable frame that holds the dictionary of all others, by the WARC-in-zstd convention."""

_MOST_DICTIONARY = 16 * 1024 * 1024
_RESERVED = 3


def is_skippable(first: bytes) -> bool:
    """Whether these bytes start a frame that holds no content."""
    return len(first) >= 4 and 0x50 <= first[0] <= 0x5F and first[1:4] == DICTIONARY[1:]


def dictionary_of(file: BinaryIO) -> bytes | None:
    """Give the dictionary that a file starts with, itself unpacked; None where there is none."""
    file.seek(0)
    head = file.read(8)
    length = int.from_bytes(head[4:8], "little")
    if head[:4] != DICTIONARY or length > _MOST_DICTIONARY:
        return None
    words = file.read(length)
    if not words.startswith(FRAME):
        return words
    from fastwarc.stream_io import ZstdReader

    try:
        return ZstdReader(io.BytesIO(words)).read(_MOST_DICTIONARY)
    except OSError:
        return None  # every frame that needs it says so itself


class ZstdFrame:
    """One frame; ``stop`` is where it ends, None where the file's bytes do not say so."""

    def __init__(self, file: BinaryIO, offset: int, size: int, dictionary: bytes | None) -> None:
        from fastwarc.stream_io import ZstdReader

        self.stop = _end(file, offset, size)
        window = _Window(file, offset, size if self.stop is None else self.stop)
        self._reader = ZstdReader(window, dictionary=dictionary)

    def read(self, size: int) -> bytes:
        """Give at most ``size`` bytes, none at the end; raises OSError where they are damaged."""
        return self._reader.read(size)


def _end(file: BinaryIO, offset: int, size: int) -> int | None:
    """Walk over a frame's blocks to its end; None where they lead astray."""
    file.seek(offset + len(FRAME))
    head = file.read(1)
    if not head:
        return None
    single, checked = head[0] >> 5 & 1, head[0] >> 2 & 1
    named = (0, 1, 2, 4)[head[0] & 3]
    sized = (single, 2, 4, 8)[head[0] >> 6]
    at = offset + len(FRAME) + 1 + (1 - single) + named + sized
    last = 0
    while not last:
        file.seek(at)
        block = file.read(3)
        if len(block) < 3:
            return None
        word = int.from_bytes(block, "little")
        last, kind = word & 1, word >> 1 & 3
        if kind == _RESERVED:
            return None
        at += 3 + (1 if kind == 1 else word >> 3)
    at += 4 * checked
    return at if at <= size else None


class _Window:
    """A stretch of a file as a file of its own."""

    def __init__(self, file: BinaryIO, start: int, stop: int) -> None:
        self._file = file
        self._start = self._at = start
        self._stop = stop

    def read(self, size: int = -1) -> bytes:
        left = self._stop - self._at
        self._file.seek(self._at)
        piece = self._file.read(left if size < 0 else min(size, left))
        self._at += len(piece)
        return piece

    def tell(self) -> int:
        return self._at - self._start

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: self._start, os.SEEK_CUR: self._at, os.SEEK_END: self._stop}[whence]
        self._at = min(max(self._start, base + offset), self._stop)
        return self.tell()

    def close(self) -> None:
        """Leave the file open: it is not this stretch's own."""
