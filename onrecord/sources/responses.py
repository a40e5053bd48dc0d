"""What a server answered, out of a WARC record: status, type, and content with its codings undone."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from typing import Any

from onrecord.errors import PageTooLarge, PageUnreadable
from onrecord.pages.limits import Limits
from onrecord.sources.records import WarcRecord

_CHUNKED = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]{0,200})?\r\n")
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_LEAST = 1024


@dataclass(frozen=True, slots=True)
class Response:
    """A server's answer."""

    status: int
    kind: str
    charset: str | None
    content: bytes


def response_of(record: WarcRecord, limits: Limits) -> Response:
    """Read the answer that a record holds; raise PageUnreadable or PageTooLarge where it gives none.

    Crawlers keep the headers of a server and not always its codings: Common Crawl's early news says gzip
    over content that was unpacked before. So a coding is undone where the content looks like it.
    """
    import fastwarc.warc as warc

    try:
        # The length is the block's that is at hand: what is too large was cut to its start.
        head = re.sub(
            rb"(?im)^content-length:[^\r\n]*", b"Content-Length: %d" % len(record.block), record.header
        )
        parsed = warc.WarcRecord.from_bytes(head + record.block + b"\r\n\r\n")
        parsed.parse_http()
        http = parsed.http_headers
        if http is None or http.status_code is None:
            raise PageUnreadable("it holds no answer of a server", reason="damaged")
        status, kind, charset = http.status_code, parsed.http_content_type or "", parsed.http_charset
        content = parsed.reader.read()
        headers: Any = http
        transfer, coding = headers.get("Transfer-Encoding"), headers.get("Content-Encoding")
    except (OSError, ValueError, UnicodeError) as error:
        raise PageUnreadable(f"the server's answer cannot be read ({error})", reason="damaged") from error
    kind = kind.strip().lower()
    if record.cut or status != 200:
        return Response(status, kind, charset, content)
    try:
        content = _undone(content, transfer or "", coding or "", limits)
    except (OSError, ValueError) as error:
        raise PageUnreadable(f"the server's compression is damaged ({error})", reason="damaged") from error
    return Response(status, kind, charset, content)


def _undone(content: bytes, transfer: str, coding: str, limits: Limits) -> bytes:
    from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader

    most = limits.bytes + 1
    if "chunked" in transfer.lower() and _CHUNKED.match(content):
        content = _read(ChunkedReader(io.BytesIO(content)), most)
    for name in reversed([part.strip().lower() for part in coding.split(",")]):
        bound = min(most, max(limits.ratio * len(content), _LEAST) + 1)
        if name in ("gzip", "x-gzip") and content.startswith(_GZIP):
            content = _read(GzipReader(io.BytesIO(content)), bound)
        elif name == "zstd" and content.startswith(_ZSTD):
            content = _read(ZstdReader(io.BytesIO(content)), bound)
        elif name == "deflate":
            content = _inflated(content, bound)
        elif name == "br" and content.lstrip()[:1] != b"<":
            content = _read(BrotliReader(io.BytesIO(content)), bound)
        else:
            continue
        if len(content) >= bound:
            raise PageTooLarge(f"the page unfolds to more than {bound - 1:,} bytes", reason="unfolds-too-far")
    return content


def _inflated(content: bytes, most: int) -> bytes:
    for bits in (15, -15):
        try:
            return zlib.decompressobj(wbits=bits).decompress(content, most)
        except zlib.error:
            continue
    return content  # it was unpacked before


def _read(reader: Any, most: int) -> bytes:
    pieces = bytearray()
    while len(pieces) < most and (piece := reader.read(most - len(pieces))):
        pieces += piece
    return bytes(pieces)
