"""When two pages carry one agency's text: cut, retitled, or with a paragraph of the outlet's own."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon.load import listed, rows

CONTAINED = 0.5
"""The share of the shorter page's sentences, by words, that the longer one has word for word."""

CREDITED = 0.3
"""The same where both credit one agency."""

OF_THE_LONGER = 0.25
"""The share that the longer one must owe to them: a digest of five stories is no copy of one."""

LEAST = 30  # words in common

_HEAD, _FOOT = 1200, 500  # code points in which a credit stands


def are_syndicated(shared: int, one: int, other: int, *, credited: bool) -> bool:
    """Whether pages with so many words in common sentences, of so many each, carry the same text."""
    if shared < LEAST or not min(one, other):
        return False
    contained = shared / min(one, other)
    return contained >= (CREDITED if credited else CONTAINED) and shared / max(one, other) >= OF_THE_LONGER


def credits_of(text: str) -> int:
    """Give the agencies that a page credits at its head or foot, a bit each.

    "(Reuters)", "/TASS/", "AP —", "By the Associated Press", "© AFP", "Source: Xinhua".
    """
    ends = f"{text[:_HEAD]}\n{text[-_FOOT:]}" if len(text) > _HEAD + _FOOT else text
    found = 0
    for match in _credit().finditer(ends):
        name = next(group for group in match.groups() if group)
        found |= 1 << _agencies()[name]
    return found


@cache
def _agencies() -> dict[str, int]:
    found: dict[str, int] = {}
    for bit, (name, others) in enumerate(rows("agencies")):
        for words in (name, *listed(others)):
            found[words] = bit
    return found


@cache
def _credit() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_agencies(), key=lambda name: (-len(name), name)))
    return re.compile(
        rf"[(/\[](?:via )?({names})[)/\]]|\b({names}) ?[—–]|(?:\b[Bb]y (?:the )?|© ?|[Ss]ource: )({names})\b"
    )
