"""Bytes to text: the encoding as the page's marks, its own declaration or its bytes tell it."""

from __future__ import annotations

import codecs
import re

from onrecord.errors import PageUnreadable
from onrecord.pages.mojibake import repaired

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
# Browsers read these names as their supersets (the WHATWG encoding standard).
_SUPERSETS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_ASCII = re.compile("[\x00-\x7f]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Control characters say nothing on a page; as white space they cannot join two words.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_CONTROL_BYTES = bytes((*range(9), 11, 12, *range(14, 32), 127))
_BINARY_BYTES = bytes((*range(1, 9), *range(14, 27), *range(28, 32)))
_LINE_ENDS = frozenset("\x0b\x0c\x85\u2028\u2029")
_LARGEST_BINARY_SHARE = 0.1


def text_of(content: bytes, name: str, charset: str | None = None) -> str:
    """Give the text of a page's bytes, or raise PageUnreadable; ``charset`` is the server's word."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return clean(content[len(mark) :].decode(encoding, "replace"))
    if wide := _wide(content):
        return clean(content.decode(wide, "replace"))
    tried = (_try(content, stated) for stated in ("utf-8", *_stated(content, charset)))
    decoded = next((found for found in tried if found is not None), None)
    text = _guessed(content) if decoded is None else decoded
    # NULs are left out of the count: they come of padding, and a page with some is still a page.
    if _count(text, _BINARY_BYTES) + text.count("\ufffd") > _LARGEST_BINARY_SHARE * len(text):
        raise PageUnreadable(
            "these bytes are not text in any encoding; give text or HTML", name, "not-a-page"
        )
    return clean(text)


def clean(text: str) -> str:
    """Give the text with line ends as ``\\n``, control characters as spaces and no lone surrogate."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    controls = _count(text, _CONTROL_BYTES) > 0
    if not text.isascii():
        # The few letters beyond ASCII, with a space for what stands between: quick to look through.
        beyond = _ASCII.sub(" ", text)
        controls = controls or _CONTROL.search(beyond) is not None
        if _SURROGATES.search(beyond):
            text = _SURROGATES.sub("\ufffd", text)
        repair = repaired(text, beyond)
        controls = controls or repair is not text
        text = repair
    return _CONTROL.sub(_as_space, text) if controls else text


def _as_space(control: re.Match[str]) -> str:
    if control.group() in _LINE_ENDS:
        return "\n"
    return "" if control.group() == "\ufeff" else " "


def _count(text: str, signs: bytes) -> int:
    """Count ASCII signs in a text; over its bytes, since nothing is quicker."""
    content = text.encode("utf-8", "surrogatepass")
    return len(content) - len(content.translate(None, signs))


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _wide(content: bytes) -> str | None:
    """Tell UTF-16 without its mark by where the zero bytes of ordinary letters stand."""
    sample = content[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half >= 8 and odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if half >= 8 and even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _stated(content: bytes, charset: str | None) -> list[str]:
    """Give the encodings that the server and the page name, as Python calls them."""
    names = [charset] if charset else []
    names += [found.group(1).decode("ascii") for found in _DECLARED.finditer(content[:8192])][:3]
    encodings = []
    for stated in names:
        try:
            encoding = codecs.lookup(stated)
        except (LookupError, ValueError):
            continue
        # A page that reaches us in bytes with an ASCII declaration cannot be UTF-16, whatever it says.
        if encoding._is_text_encoding and not encoding.name.startswith(("utf-16", "utf-32", "utf-7")):
            encodings.append(_SUPERSETS.get(encoding.name, encoding.name))
    return encodings


def _guessed(content: bytes) -> str:
    """Decode untold: UTF-8 with a few broken bytes, else the likeliest encoding, else Windows-1252."""
    text = content.decode("utf-8", "replace")
    if text.count("\ufffd") * 200 < len(text) and len(text) < len(content):
        return text  # mostly right UTF-8: multi-byte letters that decode are no accident
    from charset_normalizer import from_bytes

    # Several windows of a long page say as much as all of it, in bounded time.
    best = from_bytes(content[:65536], steps=5, chunk_size=512).best()
    if best is not None and (text_found := _try(content, best.encoding)) is not None:
        return text_found
    return content.decode("cp1252", "replace")
