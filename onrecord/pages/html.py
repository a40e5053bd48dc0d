"""HTML to what a person would read of it: blocks chosen by an extractor's vote and by their form."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import urljoin

from onrecord.errors import PageTooLarge, PageUnreadable
from onrecord.pages import dates
from onrecord.pages.blocks import Block, blocks_of
from onrecord.pages.compose import Chosen
from onrecord.pages.keep import kept_blocks, kept_lines
from onrecord.pages.limits import Limits
from onrecord.pages.reasons import is_byline, is_dateline, reason_of
from onrecord.pages.stated import Stated, people, stated
from onrecord.pages.votes import votes
from onrecord.record import Date, Dropped, Link, Media

_WORD = re.compile(r"\w+")
_LIKE_TITLE = 0.6
_PARSER_DEPTH = 256  # elements deeper than this the parser does not make
_LOOKED_AT = 100_000  # characters that tell how a page writes its dates
_MOST_LINKS, _MOST_MEDIA = 300, 50


def choose(text: str, *, limits: Limits, name: str, uri: str | None) -> Chosen:
    """Choose the words of an HTML page that are its article; a page without one gives next to nothing."""
    began = time.process_time()
    root = parsed(text, limits, name)
    says = stated(root, uri)
    _strip(root)
    elements = list(root.iter())  # lxml makes an element anew at each visit unless somebody holds it
    blocks = blocks_of(root)
    voted = len(elements) <= limits.elements
    article = extracted(root) if voted else ""
    if time.process_time() - began > limits.seconds:
        raise PageTooLarge(
            f"the page took more than {limits.seconds:g} s; raise Limits.seconds", name, "too-slow"
        )
    lines = [block.text for block in blocks]
    keep = kept_blocks(blocks, votes(lines, article)) if voted else kept_lines(lines)
    at, title = _title(blocks, keep, says)
    paragraphs = [title] if title else []
    kept, dropped, authors = [], [], list(says.authors)
    published = says.published
    body_at = next((i for i, good in enumerate(keep) if good and i != at), len(blocks))
    for i, (block, good) in enumerate(zip(blocks, keep, strict=True)):
        if i == at:
            continue
        repeats_title = bool(title) and block.text == title
        if good and not repeats_title:
            kept.append(block)
            paragraphs.append(block.text)
            continue
        reason = "title again" if repeats_title else reason_of(block.text, block.marks)
        dropped.append(Dropped(block.text, reason))
        if not authors and i <= body_at and is_byline(block.text):
            authors += people([block.text])
        if published.value is None and i <= body_at and is_dateline(block.text):
            day_first = dates.order(" ".join(lines)[:_LOOKED_AT], root.get("lang"))
            published = dates.written(block.text, "dateline", day_first) or published
    base = uri or says.address
    return Chosen(
        paragraphs=tuple(paragraphs),
        title=0 if title else None,
        authors=tuple(dict.fromkeys(authors)),
        outlet=says.outlet,
        published=_earlier_said(published, uri or says.address),
        language=says.language,
        dropped=tuple(dropped),
        links=_links(kept, base),
        media=_media(kept, says, base),
    )


def parsed(text: str, limits: Limits, name: str) -> Any:
    """Parse a page; raise PageTooLarge where it is nested deeper than the limits allow."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(collect_ids=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise PageUnreadable("there is no element in this HTML; is it a page?", name, "empty") from error
    cut = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    if cut or _deeper(min(limits.depth, _PARSER_DEPTH))(root):
        raise PageTooLarge(f"its elements are nested more than {limits.depth} deep", name, "too-deep")
    return root


@cache
def _deeper(depth: int) -> Any:
    """Compile the path that tells whether elements nest more than ``depth`` deep; lxml walks it in C."""
    from lxml import etree

    return etree.XPath(f"boolean({'/*' * (depth + 1)})")


def _strip(root: Any) -> None:
    """Take out what shows no words, but for linked data, which may hold the article; what follows stays."""
    for element in _silent()(root):
        before, parent, tail = element.getprevious(), element.getparent(), element.tail
        if tail and before is not None:
            before.tail = (before.tail or "") + tail
        elif tail:
            parent.text = (parent.text or "") + tail
        parent.remove(element)


@cache
def _silent() -> Any:
    from lxml import etree

    return etree.XPath("/*//*[self::style or self::svg or self::script[not(@type='application/ld+json')]]")


def extracted(root: Any) -> str:
    """Give the article's text by trafilatura, which reads the page's structure; nothing where it
    finds none.
    """
    from trafilatura import bare_extraction

    found = bare_extraction(root, fast=True, include_comments=False)
    return (found.text or "") if found is not None and not isinstance(found, dict) else ""


def _title(blocks: Sequence[Block], keep: Sequence[bool], says: Stated) -> tuple[int | None, str]:
    """Find the headline: the block that says what the metadata calls the page, else its first-rank
    heading.
    """
    named = [set(_WORD.findall(title.lower())) for title in says.titles]
    first = next((i for i, good in enumerate(keep) if good), len(blocks))
    best, best_at = 0.0, None
    for i, block in enumerate(blocks):
        if len(block.text) > 400 or "hidden" in block.marks:
            continue
        words = set(_WORD.findall(block.text.lower()))
        for title in named:
            like = (
                len(words & title) / max(1, len(words | title))
                + 0.2 * ("h1" in block.marks)
                - 0.1 * (i > first + 3)
            )
            if like > max(best, _LIKE_TITLE):
                best, best_at = like, i
    if best_at is None:
        best_at = next((i for i, b in enumerate(blocks[: first + 3]) if "h1" in b.marks), None)
    if best_at is not None:
        return best_at, blocks[best_at].text
    if any(keep) and says.titles:
        return None, says.titles[0]
    return None, ""


def _earlier_said(published: Date, address: str | None) -> Date:
    """Take the address's day where nothing else says one."""
    if published.value is None and address:
        return dates.of_url(address) or published
    return published


def _links(kept: Sequence[Block], base: str | None) -> tuple[Link, ...]:
    """Gather the links of the kept blocks, each address once."""
    links: dict[str, Link] = {}
    for block in kept:
        for anchor in block.element.iter("a") if block.linked else ():
            url = _absolute(anchor.get("href"), base)
            if url and url not in links and len(links) < _MOST_LINKS:
                links[url] = Link(url, " ".join("".join(anchor.itertext()).split())[:500])
    return tuple(links.values())


def _media(kept: Sequence[Block], says: Stated, base: str | None) -> tuple[Media, ...]:
    """Gather the pictures, videos and sounds that stand among the kept blocks, and the page's own picture."""
    media: dict[str, Media] = {}
    if kept and says.image and (url := _absolute(says.image, base)):
        media[url] = Media("image", url)
    holders = dict.fromkeys(parent for block in kept if (parent := block.element.getparent()) is not None)
    for holder in list(holders)[:200]:
        for element in holder.iter("img", "video", "audio") if holder.tag not in ("body", "html") else ():
            url = _absolute(element.get("src"), base)
            if url and url not in media and len(media) < _MOST_MEDIA:
                kind = "image" if element.tag == "img" else "video" if element.tag == "video" else "audio"
                media[url] = Media(kind, url, " ".join((element.get("alt") or "").split())[:500])  # type: ignore[arg-type]
    return tuple(media.values())


def _absolute(address: str | None, base: str | None) -> str | None:
    """Give an http(s) address in full; None for fragments, scripts, inline pictures and the like."""
    if not address or address.startswith(("#", "data:", "javascript:", "mailto:")):
        return None
    try:
        url = urljoin(base or "", address.strip())
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) and len(url) <= 2000 else None
