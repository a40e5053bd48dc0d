"""WARC files written by hand, a record at a time, so that each fault can be put where it is wanted."""

from __future__ import annotations

import gzip
import io

DATE = "2016-08-26T12:45:20Z"


def html(words: str) -> bytes:
    return f"<html><head><title>{words}</title></head><body><p>{words}</p></body></html>".encode()


def record(
    uri: str,
    content: bytes,
    *,
    warc_type: str = "response",
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    http: str = "",
    length: int | None = None,
) -> bytes:
    """Give one record; ``length`` is a lie."""
    block = content
    content_type = "text/plain"
    if warc_type == "response":
        block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{http}\r\n".encode() + content
        content_type = "application/http; msgtype=response"
    header = (
        f"WARC/1.0\r\nWARC-Type: {warc_type}\r\nWARC-Date: {DATE}\r\nWARC-Target-URI: {uri}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


def info() -> bytes:
    return record("", b"software: a test\r\n", warc_type="warcinfo")


def gzipped(*records: bytes) -> list[bytes]:
    return [gzip.compress(one, mtime=0) for one in records]


def frames(*records: bytes, dictionary: bytes | None = None) -> list[bytes]:
    """Give a zstd frame a record; with a dictionary its own frame is the first."""
    from fastwarc.stream_io import ZstdWriter

    found = []
    for one in records:
        file = io.BytesIO()
        writer = ZstdWriter(file, dictionary=dictionary)
        writer.write(one)
        writer.close()
        found.append(file.getvalue())
    if dictionary is not None:
        start = found[0].index(b"\x28\xb5\x2f\xfd")
        found = [found[0][:start], *(one[one.index(b"\x28\xb5\x2f\xfd") :] for one in found)]
    return found
