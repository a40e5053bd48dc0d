"""What an HTML page states about itself: headline, authors, outlet and date, from its metadata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.pages import dates
from onrecord.pages.compose import NO_DATE, squeezed
from onrecord.record import Date

_ARTICLES = frozenset(
    ("Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
     "BackgroundNewsArticle", "ReviewNewsArticle", "BlogPosting", "LiveBlogPosting", "Report", "TechArticle",
     "ScholarlyArticle", "WebPage")
)  # fmt: skip
_TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "headline",
    "parsely-title",
    "sailthru.title",
)
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date",
    "article.published", "published_time", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date",
    "publish-date", "publish_date", "publication_date", "pubdate", "article_date_original",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate", "date",
)  # fmt: skip
_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
)
_BY = re.compile(r"^(?:written\s+|posted\s+|reported\s+|story\s+)?by[:\s]\s*", re.I)
_BETWEEN = re.compile(r"\s*(?:,(?!\s*(?:jr|sr|ph\.?d|md)\b)|;|\band\b|&|\|)\s*", re.I)
_HALF_LETTER = re.compile("[\ud800-\udfff]")
_NO_NAME = re.compile(r"https?:|www\.|@|\d{3}|[<>{}]")
_LOOKED_AT = 10_000  # characters of the dates that a page states
_MOST_WORDS, _MOST_AUTHORS, _MOST_NODES = 6, 20, 5000


@dataclass(frozen=True, slots=True)
class Stated:
    """A page's own account of itself; ``titles`` from the most to the least telling."""

    titles: tuple[str, ...]
    authors: tuple[str, ...]
    outlet: str | None
    published: Date
    address: str | None
    image: str | None
    language: str | None


def stated(root: Any, uri: str | None) -> Stated:
    """Gather what a page's head and its linked data state; ``uri`` is where the page was found."""
    metas = _metas(root)
    articles = list(_articles(root))
    titles = [str(a["headline"]) for a in articles if isinstance(a.get("headline"), str)]
    titles += [metas[name] for name in _TITLES if name in metas]
    title = root.find(".//head/title")
    if title is not None and title.text:
        titles.append(title.text)
    canonical = root.find(".//head/link[@rel='canonical']")
    address = metas.get("og:url") or (canonical.get("href") if canonical is not None else None)
    authors = [name for a in articles for name in _names(a.get("author"))]
    authors = authors or [metas[name] for name in _AUTHORS if name in metas]
    outlets = [name for a in articles for name in _names(a.get("publisher"))]
    outlet = metas.get("og:site_name") or next(iter(outlets), None) or metas.get("application-name")
    return Stated(
        titles=tuple(dict.fromkeys(words for t in titles if (words := squeezed(_whole(t))))),
        authors=people(authors),
        outlet=squeezed(_whole(outlet or ""))[:200].lstrip("@") or None,
        published=_published(root, metas, articles, uri or address),
        address=address if address and address.startswith(("http://", "https://")) else None,
        image=metas.get("og:image"),
        language=(root.get("lang") or "")[:2].lower() or None,
    )


@cache
def _path(expression: str) -> Any:
    """Compile a path; lxml walks it in C."""
    from lxml import etree

    return etree.XPath(expression)


def _whole(words: str) -> str:
    """Give words without the half letters that escapes in linked data can spell."""
    return _HALF_LETTER.sub("\ufffd", words)


def people(bylines: list[str]) -> tuple[str, ...]:
    """Give the names of bylines ("By Ann Lee and Bo Ek"), each once; what cannot be a name is left out."""
    names: dict[str, None] = {}
    for byline in bylines[:_MOST_AUTHORS]:
        for part in _BETWEEN.split(_BY.sub("", squeezed(_whole(byline))[:300])):
            name = part.strip(" .,-–—|•·")
            if name and not _NO_NAME.search(name) and len(name.split()) <= _MOST_WORDS and name[0].isalpha():
                names[name] = None
    return tuple(names)[:_MOST_AUTHORS]


def _metas(root: Any) -> dict[str, str]:
    """Give the page's meta elements by name, property or itemprop in small letters; the first of a
    name counts.
    """
    metas: dict[str, str] = {}
    for element in _path("//meta[@content]")(root):
        content = squeezed(element.get("content"))
        for key in ("property", "name", "itemprop"):
            if content and (name := element.get(key)):
                metas.setdefault(name.strip().lower(), content)
    return metas


def _articles(root: Any) -> Iterator[dict[str, Any]]:
    """Give the articles of the page's linked data; damaged or endlessly nested data is passed over."""
    for script in _path("//script[@type='application/ld+json']")(root):
        try:
            held = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        waiting, seen = [held], 0
        while waiting and seen < _MOST_NODES:
            node, seen = waiting.pop(0), seen + 1
            if isinstance(node, list):
                waiting += node[:100]
            elif isinstance(node, dict):
                kinds = node.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and kind in _ARTICLES for kind in kinds):
                    yield node
                waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]


def _names(value: Any) -> list[str]:
    """Give the names in a person or organisation of linked data, however it is written."""
    values = value if isinstance(value, list) else [value]
    names = []
    for one in values[:_MOST_AUTHORS]:
        name = one.get("name") if isinstance(one, dict) else one
        names += [n for n in (name if isinstance(name, list) else [name]) if isinstance(n, str) and n.strip()]
    return names


def _published(root: Any, metas: dict[str, str], articles: list[dict[str, Any]], address: str | None) -> Date:
    """Find the date of first publication: linked data, meta elements, marked-up times, then the address."""
    candidates = [a["datePublished"] for a in articles if isinstance(a.get("datePublished"), str)]
    candidates += [metas[name] for name in _DATES if name in metas]
    candidates += [e.get("datetime") or "" for e in _path("//time[@pubdate]")(root)]
    candidates += [
        e.get("datetime") or e.get("content") or "" for e in _path("//*[@itemprop='datePublished']")(root)
    ]
    day_first = dates.order(" ".join(candidates)[:_LOOKED_AT], root.get("lang"))
    read = [found for words in candidates if (found := dates.written(words, "metadata", day_first))]
    certain = next((found for found in read if found.value), None)
    return certain or (dates.of_url(address) if address else None) or next(iter(read), NO_DATE)
