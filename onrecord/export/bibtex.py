"""BibTeX of the sources: an entry a page, for a reference list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from onrecord.export.days import days
from onrecord.export.paged import Paged
from onrecord.export.visible import one_line

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%",
    "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
}  # fmt: skip
_ESCAPE = str.maketrans(_SPECIAL)
_URL = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}
_KEY = re.compile(r"[^a-z0-9]")
_AND = re.compile(r"\band\b|,", re.IGNORECASE)


def bibtex(pages: Iterable[Paged]) -> Iterator[str]:
    """Give an ``@misc`` a page: classic BibTeX and biblatex both print it, with its address and dates."""
    for page in pages:
        document = page.record.document
        found = days(document.published.value)
        year, month = (document.published.value or "")[:4], ""
        if found and found[0][:7] == found[1][:7]:
            month = _MONTHS[int(found[0][5:7]) - 1]
        day = found[0][8:] if found and found[0] == found[1] else ""
        title = document.title.text if document.title else ""
        fields = (
            ("author", " and ".join(filter(None, map(_author, document.authors)))),
            # Braces within the braces keep BibTeX from making capitals small.
            ("title", f"{{{escape(title)}}}" if title else ""),
            ("howpublished", escape(document.outlet or "")),
            ("year", year if found else ""),
            ("month", month),
            ("day", str(int(day)) if day else ""),
            ("url", _url(document.uri or "")),
            ("urldate", (page.captured or "")[:10]),
            ("language", escape(document.language or "")),
            ("note", escape("" if page.locator == document.uri else page.locator)),
            ("keywords", f"sha256:{document.id}"),
        )
        lines = (
            f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields if value
        )
        yield "\n".join((f"@misc{{{_key(page, year if found else '')},", *lines, "}", "", ""))


def escape(words: str) -> str:
    """Give words as LaTeX prints them; line breaks and controls become blanks."""
    return one_line(words).translate(_ESCAPE)


def _author(name: str) -> str:
    """Give a name so that "and" and commas in it part nothing."""
    escaped = escape(name)
    return f"{{{escaped}}}" if _AND.search(name) else escaped


def _url(address: str) -> str:
    return "".join(_URL.get(char, char) for char in one_line(address))


def _key(page: Paged, year: str) -> str:
    plain = unicodedata.normalize("NFKD", page.record.document.outlet or "page").casefold()
    return f"{_KEY.sub('', plain)[:24] or 'page'}{year}-{page.id[:10]}"
