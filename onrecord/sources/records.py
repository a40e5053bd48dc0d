"""The records of a member of a WARC file: one that lies about its length costs no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.sources.members import RECORD_START, Damaged, Member

_CHUNK = 64 * 1024
_MOST_HEADER = 64 * 1024
_MOST_LINE_ENDS = 64
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_NEXT = re.compile(rb"\r?\n\r?\n(?=WARC/1\.[01]\r?\n)")
_NEXT_BYTES = 16  # what of that may stand at the end of a piece, its rest in the next
_FOLD = re.compile(rb"\r?\n[ \t]+")
READ_TYPES = frozenset({"response", "conversion"})
_HEAD = 16 * 1024  # of a record that is too large, enough to tell what it is


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A record: where it starts, its header as bytes and as fields in small letters, and its block.

    ``inside`` is its offset among the member's unpacked bytes. ``cut`` says that the block is only the start
    of one of ``length`` bytes, which is more than was asked for.
    """

    offset: int
    inside: int
    header: bytes
    fields: dict[str, str]
    block: bytes
    length: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class NoRecord:
    """A place where a record should be."""

    offset: int
    inside: int
    reason: str
    message: str


def records(
    member: Member, most: int, *, seek: bool = False, end: int | None = None
) -> Iterator[WarcRecord | NoRecord]:
    """Give the responses and conversions of a member in order, and NoRecord for what is broken.

    Blocks beyond ``most`` bytes are cut. ``seek`` starts at the first record after where the member starts,
    ``end`` is the offset among the unpacked bytes from which on records are another's.
    """
    unpacked = _Unpacked(member)
    if seek:
        unpacked.to_next()
    while True:
        start = unpacked.at
        try:
            unpacked.skip_line_ends()
            start = unpacked.at
            if not unpacked.peek(1) or (end is not None and start >= end):
                return
            found = _record(unpacked, member.offset, most)
        except Damaged as damage:
            yield NoRecord(member.offset, start, "damaged", str(damage))
            return
        if found is not None:
            yield found


def _record(unpacked: _Unpacked, offset: int, most: int) -> WarcRecord | NoRecord | None:
    """Read the next record; None where it is of a type that holds no page."""
    start = unpacked.at
    header = unpacked.header()
    fields = _fields(header)
    stated = fields.get("content-length", "")
    if not header.startswith(RECORD_START) or not re.fullmatch(r"[0-9]{1,18}", stated):
        unpacked.to_next()
        wrong = "its header states no length" if header.startswith(RECORD_START) else "no record starts here"
        return NoRecord(offset, start, "damaged", wrong)
    length = int(stated)
    wanted = fields.get("warc-type", "").lower() in READ_TYPES
    if length > most or not wanted:
        block = unpacked.peek(min(length, _HEAD)) if wanted else b""
        honest = unpacked.skip(length) and unpacked.at_boundary()
    else:
        honest = unpacked.at_boundary(length)
        block = unpacked.take(length) if honest else b""
    if honest:
        return WarcRecord(offset, start, header, fields, block, length, length > most) if wanted else None
    unpacked.to_next()
    return NoRecord(
        offset, start, "length", f"it states a length of {length:,} bytes, at which it does not end"
    )


def _fields(header: bytes) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in _FOLD.sub(b" ", header).split(b"\n")[1:]:
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


class _Unpacked:
    """A member's unpacked bytes with what was read ahead; ``at`` is the offset among them."""

    def __init__(self, member: Member) -> None:
        self._reads = member.reads
        self._ahead = bytearray()
        self.at = 0

    def peek(self, size: int) -> bytes:
        """Give the next bytes and stay; fewer at the end."""
        self._fill(size)
        return bytes(self._ahead[:size])

    def _fill(self, size: int) -> int:
        """Read ahead; give how many bytes there are."""
        while len(self._ahead) < size and (piece := self._reads.read(_CHUNK)):
            self._ahead += piece
        return len(self._ahead)

    def take(self, size: int) -> bytes:
        """Give the next bytes and go past them; fewer at the end."""
        piece = self.peek(size)
        self._go(len(piece))
        return piece

    def header(self) -> bytes:
        """Take what stands before the next empty line, with it; as much as a header may have at most."""
        size = 2048
        while size <= _MOST_HEADER:
            ahead = self.peek(size)
            if found := _HEADER_END.search(ahead):
                return self.take(found.end())
            if len(ahead) < size:
                break
            size *= 2
        return self.take(len(RECORD_START) - 1)  # no header: too short to be taken for one

    def skip(self, size: int) -> bool:
        """Go past so many bytes, or to where a record starts among them; say whether there were so many."""
        while size > 0:
            ahead = self.peek(min(size, _CHUNK) + _NEXT_BYTES)
            step = min(size, len(ahead))
            if not step:
                return False
            found = _NEXT.search(ahead)
            if found and found.start() < step and found.end() < size:
                self._go(found.start())
                return False
            step = min(step, _CHUNK)
            self._go(step)
            size -= step
        return True

    def to_next(self) -> None:
        """Go to where the next record starts, or to the end."""
        while held := self._fill(_CHUNK + _NEXT_BYTES):
            # No name is kept of what was found: it would hold on to bytes that are to go.
            end = next((found.end() for found in _NEXT.finditer(self._ahead)), None)
            self._go(end or max(held - _NEXT_BYTES, min(held, _NEXT_BYTES)))
            if end:
                return

    def at_boundary(self, after: int = 0) -> bool:
        """Whether a record may end so many bytes on: only line ends follow, and then a record or the end."""
        if self._fill(after + _MOST_LINE_ENDS) < after:
            return False
        ahead = bytes(self._ahead[after : after + _MOST_LINE_ENDS])
        rest = ahead.lstrip(b"\r\n")
        if not rest:
            return len(ahead) < _MOST_LINE_ENDS
        return len(rest) < len(ahead) and rest.startswith(RECORD_START)

    def skip_line_ends(self) -> None:
        """Go past the empty lines between records."""
        size = _MOST_LINE_ENDS
        while ahead := self.peek(size):
            size = _CHUNK
            rest = ahead.lstrip(b"\r\n")
            self._go(len(ahead) - len(rest))
            if rest:
                return

    def _go(self, size: int) -> None:
        del self._ahead[:size]
        self.at += size
