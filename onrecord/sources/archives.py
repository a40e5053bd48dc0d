"""The pages of WARC and WET files: HTML that a server gave with status 200, and plain text made of pages.

Each record is by itself: a damaged one, or one that lies about its length, is given as Broken and the next
is read. Common Crawl News is read as it is published.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.errors import PageError
from onrecord.pages.limits import Limits
from onrecord.sources.found import Broken, Given, Missing, Page, PassedOver
from onrecord.sources.members import Member, NoMember, members, open_archive
from onrecord.sources.moments import captured
from onrecord.sources.records import NoRecord, WarcRecord, records
from onrecord.sources.responses import Response, response_of

SUFFIXES = tuple(
    f".{form}{packed}" for form in ("warc", "wet", "warc.wet") for packed in ("", ".gz", ".zst", ".zstd")
)
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_LIMITS = Limits()


def is_archive(name: str) -> bool:
    """Whether a file's name says that it is a WARC or WET file."""
    return name.lower().endswith(SUFFIXES)


def archive_pages(
    path: str,
    start_offset: int = 0,
    end_offset: int | None = None,
    *,
    limits: Limits = _LIMITS,
    source: str = "",
) -> Iterator[Given]:
    """Give the pages of an archive whose members start in ``start_offset <= offset < end_offset``.

    Any cut of a file into such stretches gives every page once. A page's locator is ``path#offset``, with
    ``+offset`` among the unpacked bytes where the member holds more records than one.
    """
    source = source or path
    passed_over = 0
    try:
        with open_archive(path) as file:
            for member in members(file, start_offset, end_offset):
                if isinstance(member, NoMember):
                    yield Broken(f"{path}#{member.offset}", source, "damaged", member.message)
                    continue
                seek = member.plain and start_offset > 0
                end = end_offset - member.offset if member.plain and end_offset is not None else None
                for record in records(member, limits.bytes, seek=seek, end=end):
                    given = _given(record, _locator(path, member, record), source, limits)
                    if given is None:
                        passed_over += 1
                    else:
                        yield given
    except OSError as error:
        yield Missing(path, f"the file cannot be read: {error.strerror or error}")
    if passed_over:
        yield PassedOver(path, passed_over, "not HTML that a server gave with status 200")


def _locator(path: str, member: Member, record: WarcRecord | NoRecord) -> str:
    if member.plain:
        return f"{path}#{member.offset + record.inside}"
    return f"{path}#{member.offset}" + (f"+{record.inside}" if record.inside else "")


def _given(record: WarcRecord | NoRecord, locator: str, source: str, limits: Limits) -> Page | Broken | None:
    """Make a record a page; None where it is a response of another kind."""
    if isinstance(record, NoRecord):
        return Broken(locator, source, record.reason, record.message)
    fields = record.fields
    uri = fields.get("warc-target-uri", "").strip("<>") or None
    if fields.get("warc-type", "").lower() == "conversion":
        kind = fields.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "text/plain":
            return None
        found = Response(200, kind, "utf-8", record.block)
    else:
        try:
            found = response_of(record, limits)
        except PageError as error:
            return Broken(locator, source, error.reason, str(error))
        if found.status != 200 or found.kind not in _HTML:
            return None
    if record.cut:
        large = f"the page has more than {limits.bytes:,} bytes; raise Limits.bytes to read it"
        return Broken(locator, source, "too-large", large)
    return Page(
        locator,
        found.content,
        kind="html" if found.kind in _HTML else "text",
        uri=uri,
        captured=captured(fields.get("warc-date")),
        source=source,
        charset=found.charset,
    )
