"""Blocks: an HTML page cut at its block elements, each with the words it shows and what it stands in.

The words of a Document come from here and nowhere else, so they are the page's, in the page's order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from onrecord.pages.compose import squeezed

Element = Any  # lxml's elements carry no types of their own

_SILENT = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "iframe",
        "object",
        "math",
        "select",
        "option",
        "textarea",
        "canvas",
        "audio",
        "video",
    )
)
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "button",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "picture",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    )
)
# What an element's name says of all that it holds.
_NAMED = {
    "nav": "nav",
    "footer": "footer",
    "header": "header",
    "aside": "aside",
    "form": "form",
    "figure": "figure",
    "figcaption": "caption",
    "caption": "caption",
    "li": "list",
    "table": "table",
    "blockquote": "quote",
    "article": "article",
    "main": "main",
    "button": "button",
    "label": "button",
    "p": "paragraph",
    "pre": "paragraph",
    "h1": "h1",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
}
# What its class or id says, by the words that page authors use for it.
_CLASSED = tuple(
    (mark, re.compile(words, re.I))
    for mark, words in (
        ("comments", r"comment|disqus|reply|respond"),
        ("share", r"shar(?:e|ing)|social|follow|tweet|sticky-?bar"),
        (
            "related",
            r"relat|recommend|popular|trending|most-?(?:read|viewed)|more-?(?:from|on|stories)|teaser|"
            r"read-?(?:more|next)|outbrain|taboola|carousel|widget|sidebar|promo|recirc",
        ),
        ("notice", r"cookie|consent|gdpr|newsletter|subscri|sign-?up|paywall|login|modal|popup|banner"),
        ("advert", r"(?:^|[-_ ])(?:ad|ads|advert\w*|sponsor\w*)(?:$|[-_ ])"),
        ("caption", r"caption|credit|photo-?by"),
        ("byline", r"by-?line|author|dateline|timestamp|publish|(?:^|[-_ ])(?:date|time|meta)(?:$|[-_ ])"),
        ("nav", r"(?:^|[-_ ])(?:nav\w*|menu\w*|breadcrumbs?|tags?|toolbar|pagination)(?:$|[-_ ])"),
        ("footer", r"(?:^|[-_ ])(?:site-?)?footer"),
        ("aside", r"(?:^|[-_ ])(?:complementary|contentinfo|aside)"),
        (
            "body",
            r"article-?(?:body|text|content|copy)|story-?(?:body|text|content)|entry-?content|"
            r"post-?(?:body|content)|articleBody|body-?(?:copy|text)",
        ),
    )
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPEAKING = ("class", "id", "itemprop", "role")
_NO_MARKS: frozenset[str] = frozenset()
_NAMED_SETS = {tag: frozenset({name}) for tag, name in _NAMED.items()}


@dataclass(frozen=True, slots=True)
class Block:
    """A line of an HTML page: its words, the marks of what it stands in, and which share of it is links."""

    text: str
    marks: frozenset[str]
    linked: float
    element: Element


def blocks_of(root: Element) -> list[Block]:
    """Cut a page into its blocks in the order of its source; walks with its own stack, however deep."""
    found: list[Block] = []
    pieces: list[str] = []
    links = 0
    hidden = _hidden(root)

    def flush(marks: frozenset[str], element: Element) -> None:
        nonlocal links
        text = squeezed("".join(pieces))
        if text:
            found.append(Block(text, marks, min(1.0, links / len(text)), element))
        pieces.clear()
        links = 0

    # An entry is an element, the marks and link depth around it, and its own marks once it is to be left.
    stack: list[tuple[Element, frozenset[str], int, frozenset[str] | None]] = [(root, _NO_MARKS, 0, None)]
    while stack:
        element, around, depth, left = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else None
        if left is not None:
            if tag not in _INLINE:
                flush(left, element)
        elif tag is not None and tag not in _SILENT:
            if tag not in _INLINE:
                flush(around, element.getparent())
            marks = _marks(element, tag, around, hidden)
            inner_depth = depth + (tag == "a")
            if element.text:
                pieces.append(element.text)
                links += len(element.text) if inner_depth else 0
            stack.append((element, around, depth, marks))
            stack.extend((child, marks, inner_depth, None) for child in element[::-1])
            continue
        if element.tail and element is not root:
            pieces.append(element.tail)
            links += len(element.tail) if depth else 0
    flush(_NO_MARKS, root)
    return found


def _marks(
    element: Element, tag: str | None, around: frozenset[str], hidden: frozenset[Element]
) -> frozenset[str]:
    """Add what an element's name, class and id say, and whether it is hidden, to the marks around it."""
    marks = _NAMED_SETS.get(tag or "", _NO_MARKS)
    if element in hidden:
        marks = marks | {"hidden"}
    said = [value for name in _SPEAKING if (value := element.get(name))]
    if said and tag not in ("body", "html"):
        marks = marks | _said_by_classes(" ".join(said)[:300])
    return around if marks <= around else around | marks


def _hidden(root: Element) -> frozenset[Element]:
    """Gather the elements that their own attributes hide."""
    found = _may_hide()(root)
    return frozenset(
        e
        for e in found
        if e.get("hidden") is not None
        or e.get("aria-hidden") == "true"
        or _HIDDEN_STYLE.search(e.get("style") or "")
    )


@cache
def _may_hide() -> Any:
    from lxml import etree

    return etree.XPath("//*[@style or @hidden or @aria-hidden]")


@lru_cache(maxsize=4096)
def _said_by_classes(words: str) -> frozenset[str]:
    return _NO_MARKS.union(*map(_said_by_class, words.split()))


@lru_cache(maxsize=16384)
def _said_by_class(word: str) -> frozenset[str]:
    if not _any_class().search(word):
        return _NO_MARKS
    return frozenset(name for name, pattern in _CLASSED if pattern.search(word))


@cache
def _any_class() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for _, pattern in _CLASSED), re.I)
