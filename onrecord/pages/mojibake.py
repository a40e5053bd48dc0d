"""Text that was decoded with the wrong alphabet once: UTF-8 read as Latin-1 or Windows-1252, and
read right again.
"""

from __future__ import annotations

import re
from functools import cache

_FEWEST, _SHARE = 3, 0.9
_HIGH = re.compile("[\u0080-\u00ff]")


@cache
def _bytes_of_letters() -> dict[str, int]:
    """Give the byte behind each letter that Latin-1 or Windows-1252 shows for 0x80 to 0xff."""
    letters = {chr(byte): byte for byte in range(0x80, 0x100)}
    for byte in range(0x80, 0xA0):
        try:
            letters[bytes([byte]).decode("cp1252")] = byte
        except UnicodeDecodeError:
            continue
    return letters


@cache
def _sequence() -> re.Pattern[str]:
    """Match the letters that well-formed UTF-8 of two to four bytes shows as."""
    rest = "[" + "".join(re.escape(c) for c, byte in _bytes_of_letters().items() if byte < 0xC0) + "]"
    # A no-break space that was already made an ordinary one leaves its first letter alone: "Â " and "Ã ".
    lost = "[\u00c2\u00c3](?= )"
    return re.compile(f"[\u00c2-\u00df]{rest}|[\u00e0-\u00ef]{rest}{{2}}|[\u00f0-\u00f4]{rest}{{3}}|{lost}")


def repaired(text: str, beyond: str) -> str:
    """Read such a text right again; a text of which this is not nearly certain comes back as it is.

    ``beyond`` is the text with a space for each run of ASCII.

    Certain: almost every letter beyond ASCII that these alphabets have belongs to a well-formed sequence,
    which words of no language do ("CAFÉ”" has one by accident, its other accents none).
    """
    if not _HIGH.search(beyond):
        return text
    high = len(_HIGH.findall(beyond))
    letters = _bytes_of_letters()
    found = _sequence().findall(beyond)
    inside = sum(len(_HIGH.findall(sequence)) for sequence in found)
    if len(found) < _FEWEST or inside < _SHARE * high:
        return text
    return _sequence().sub(lambda m: _read(m.group(), letters), text)


def _read(sequence: str, letters: dict[str, int]) -> str:
    if len(sequence) == 1:
        return "" if sequence == "\u00c2" else "\u00e0"
    try:
        return bytes(letters[c] for c in sequence).decode("utf-8")
    except UnicodeDecodeError:
        return sequence
