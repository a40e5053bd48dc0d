"""Other finders of an article's text in HTML: trafilatura, readability-lxml, jusText."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.peers.reading import Body


def page_opener(setting: str) -> Callable[[bytes], Body]:
    """``setting``: "trafilatura" (fast), "trafilatura-precise", "readability" or "justext"."""
    find = {
        "trafilatura": _trafilatura,
        "trafilatura-precise": _precise,
        "readability": _readability,
        "justext": _justext,
    }[setting]
    return lambda page: Body(find(page))


def _trafilatura(page: bytes) -> str:
    import trafilatura

    return trafilatura.extract(page, fast=True, include_comments=False) or ""


def _precise(page: bytes) -> str:
    import trafilatura

    return trafilatura.extract(page, favor_precision=True, include_comments=False) or ""


def _readability(page: bytes) -> str:
    from lxml import html
    from readability import Document  # type: ignore[import-not-found]

    summary = Document(page.decode("utf-8", "replace")).summary()
    return "\n".join(str(words) for words in html.fromstring(summary).itertext())


def _justext(page: bytes) -> str:
    import justext  # type: ignore[import-untyped]

    paragraphs = justext.justext(page, justext.get_stoplist("English"))
    return "\n".join(p.text for p in paragraphs if not p.is_boilerplate)
