"""Words of a page made safe to show: they cannot move a cursor, colour a screen or turn the reading order."""

from __future__ import annotations

import re

# C0 and C1 controls (escape sequences begin with them), the signs that reorder or hide text, and halves of
# surrogate pairs, which no encoder takes. Joiners and the plain direction marks stay: scripts need them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_SPACE = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"\s*\n\s*\n\s*")


def visible(text: str) -> str:
    """Give the text with every unsafe character as a sign that can be seen."""
    return _UNSAFE.sub(_sign, text)


def one_line(text: str) -> str:
    """Give the text as one safe line, with white space as single spaces."""
    return _SPACE.sub(" ", visible(_SPACE.sub(" ", text))).strip()


def paragraphs(text: str) -> list[str]:
    """Give the text's paragraphs as safe lines; none for white space."""
    return [line for part in _PARAGRAPH.split(text) if (line := one_line(part))]


def ascii_controls(json_text: str) -> str:
    r"""Give JSON with its unsafe characters as ``\u`` escapes: equal JSON that cannot disturb a terminal."""
    return _UNSAFE.sub(_escape, json_text)


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code in (0x0D, 0x0B, 0x0C) or code < 0x20:
        return match[0]  # white space between values; within strings JSON has escaped it already
    if code > 0xFFFF:
        code -= 0x10000
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
    return f"\\u{code:04x}"
