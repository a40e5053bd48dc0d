"""Opening a page: from bytes, a path, standard input or a URL to a Document."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.errors import PageTooLarge, PageUnreadable
from onrecord.pages import decode, sniff, text
from onrecord.pages.compose import document_of
from onrecord.pages.limits import Limits
from onrecord.record import Document, Source, SourceKind

_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class _Got:
    """Bytes with where they came from: ``name`` for messages, ``charset`` as a server stated it."""

    content: bytes
    name: str
    uri: str | None
    charset: str | None = None


def open_page(
    source: bytes | str | os.PathLike[str],
    *,
    kind: SourceKind | None = None,
    limits: Limits = _LIMITS,
    uri: str | None = None,
    charset: str | None = None,
) -> Document:
    """Open a page: its bytes, a path, ``"-"`` for standard input, or an http(s) URL.

    ``kind`` says what it is where that is known; else the bytes tell. ``uri`` names the page in the
    Document and is what its links are relative to; ``charset`` is what a server said of bytes that are
    given. Raises PageError, whose message says what to do.
    """
    got = _get(source, limits, uri, charset)
    page = sniff.unpack(got.content, limits, got.name)
    sniff.refuse_other_files(page, got.name)
    words = decode.text_of(page, got.name, got.charset)
    kind = kind or sniff.kind_of(words)
    origin = Source(kind, hashlib.sha256(got.content).hexdigest(), len(got.content))
    if kind == "text":
        chosen = text.choose(words)
    elif kind == "html":
        from onrecord.pages import html

        chosen = html.choose(words, limits=limits, name=got.name, uri=got.uri)
    else:
        raise PageUnreadable(f"this version opens HTML and plain text, not {kind}", got.name, "unknown-kind")
    return document_of(chosen, origin, got.uri)


def page_of_text(words: str, *, uri: str | None = None, limits: Limits = _LIMITS) -> Document:
    """Make the Document of a plain text that is at hand as a string: a clean article, or a scraped page.

    The same path as the bytes of a text file take. An empty text gives an empty Document.
    """
    content = words.encode("utf-8", "surrogatepass")
    if len(content) > limits.bytes:
        raise PageTooLarge(
            f"the text has more than {limits.bytes:,} bytes; raise Limits.bytes to read it", uri or ""
        )
    source = Source("text", hashlib.sha256(content).hexdigest(), len(content))
    return document_of(text.choose(decode.clean(words)), source, uri)


def _get(
    source: bytes | str | os.PathLike[str], limits: Limits, uri: str | None, charset: str | None = None
) -> _Got:
    """Fetch or read the bytes of a page, at most one more than the limit."""
    if isinstance(source, bytes | bytearray | memoryview):
        return _Got(bytes(source), uri or "the page", uri, charset)
    if isinstance(source, str) and urlsplit_scheme(source) in ("http", "https"):
        from onrecord.pages.fetch import fetch

        fetched = fetch(source, limits)
        return _Got(fetched.content, source, uri or fetched.url, fetched.charset)
    if source == "-":
        return _Got(sys.stdin.buffer.read(limits.bytes + 1), "standard input", uri)
    path = Path(source)
    try:
        with path.open("rb") as file:
            return _Got(file.read(limits.bytes + 1), str(path), uri)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PageUnreadable(f"the file cannot be read: {reason}", str(path), "no-file") from error


def urlsplit_scheme(address: str) -> str:
    """Give the scheme of an address in small letters; nothing where it has none or is none."""
    try:
        return urlsplit(address.strip()).scheme.lower()
    except ValueError:
        return ""
