"""Limits: how much of a page is taken on before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one page; a page beyond one raises PageTooLarge, or PageNotFetched while it is fetched.

    Nothing here can stop the parser in the middle of its work, so ``seconds`` is held by what comes before:
    every step over the text is linear, and markup of more than ``elements`` elements never reaches the
    extractors that are not. ``seconds`` is looked at between the steps and bounds each fetch.
    """

    bytes: int = 16 * 2**20
    ratio: int = 100  # a compressed page may grow this much; ordinary HTML grows four to ten times
    depth: int = 250  # the parser itself gives up at 256
    elements: int = 30_000
    seconds: float = 20.0
    redirects: int = 5
