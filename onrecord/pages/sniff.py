"""What bytes are, told by the bytes themselves: never by a file's name or a server's word."""

from __future__ import annotations

import re
import zlib

from onrecord.errors import PageTooLarge, PageUnreadable
from onrecord.pages.limits import Limits
from onrecord.record import SourceKind

_GZIP = b"\x1f\x8b"

# First bytes of files that hold no page, each with what a reader of the message knows it as.
_OTHER_FILES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BM6", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"ID3", "an MP3 sound"),
    (b"OggS", "an Ogg sound or video"),
    (b"RIFF", "a RIFF image, sound or video"),
    (b"\x1aE\xdf\xa3", "a Matroska video"),
    (b"{\\rtf", "an RTF document"),
)

_HTML_START = re.compile(
    r"\s*(?:<!--.{0,4000}?-->\s*)*(?:<!doctype\s+html|<html|<head|<body|<title|<meta|<article)", re.I | re.S
)
_XHTML_START = re.compile(
    r"\s*<\?xml[^>]{0,200}>\s*(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html)", re.I | re.S
)
_TAG = re.compile(
    r"</(?:p|div|h[1-6]|a|span|li|td|body|html|article|section|script)\s*>|<(?:br|p|hr)\s*/?>", re.I
)


def unpack(content: bytes, limits: Limits, name: str) -> bytes:
    """Give the bytes of a page that may be gzipped; raise PageTooLarge where it unfolds beyond the limits."""
    if len(content) > limits.bytes:
        raise PageTooLarge(
            f"the page has more than {limits.bytes:,} bytes; raise Limits.bytes to read it", name, "too-large"
        )
    if not content.startswith(_GZIP):
        return content
    bound = min(limits.bytes, limits.ratio * len(content))
    unfolding = zlib.decompressobj(wbits=31)
    try:
        page = unfolding.decompress(content, bound + 1)
    except zlib.error as error:
        raise PageUnreadable(
            f"the gzip file is damaged ({error}); fetch it again", name, "damaged"
        ) from error
    if len(page) > bound:
        raise PageTooLarge(
            f"the gzip file unfolds to more than {bound:,} bytes, its bound by Limits.bytes and Limits.ratio",
            name,
            "unfolds-too-far",
        )
    if not unfolding.eof:
        raise PageUnreadable("the gzip file is cut short; fetch it again", name, "damaged")
    if page.startswith(_GZIP):
        raise PageUnreadable("the page is gzipped twice; unpack it once", name, "damaged")
    return page


def refuse_other_files(content: bytes, name: str) -> None:
    """Raise PageUnreadable for an empty page and for files that are known not to hold text."""
    if not content.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise PageUnreadable("there is nothing in it", name, "empty")
    for start, what in _OTHER_FILES:
        if content.startswith(start):
            raise PageUnreadable(f"this is {what}, not a page; give its text or HTML", name, "not-a-page")
    if content[4:8] == b"ftyp":
        raise PageUnreadable(
            "this is a video or an image, not a page; give its text or HTML", name, "not-a-page"
        )


def kind_of(text: str) -> SourceKind:
    """Tell HTML from plain text by how the text opens, or by how often it closes tags.

    The place where WARC, feeds and tables will be told apart.
    """
    start = text[:20_000]
    if _HTML_START.match(start) or _XHTML_START.match(start):
        return "html"
    # A fragment of a page has no doctype; a text that merely quotes a tag has few of them.
    closed = sum(1 for _ in _TAG.finditer(start))
    return "html" if closed >= 3 and closed * 400 >= len(start) else "text"
