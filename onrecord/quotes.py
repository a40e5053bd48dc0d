"""Quotation marks: where quoted words begin and end, for every style that news pages use.

One pass over the marks of a text decides what each does (opens, closes, or is an apostrophe) from its shape
and its neighbours, a second pairs them on a stack. Both look at marks and line breaks only, so the cost
grows with their number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

_MARKS = re.compile("[\"“”„‟«»‹›`'‘’‚‛\n\r\u2028\u2029]")
_WORD = re.compile(r"\w[\w'’-]*")
_BREAKS = "\n\r\u2028\u2029"
_FAMILY = {
    **dict.fromkeys('"“”„‟', "double"),
    **dict.fromkeys("`'‘’‚‛", "single"),
    **dict.fromkeys("«»", "angle"),
    **dict.fromkeys("‹›", "small angle"),
}
_BEFORE_OPENING = frozenset("([{<—–-―/=:;*|_…\"“„«‹'‘‚`")
_AFTER_CLOSING = frozenset(".,;:!?)]}>—–-―/…*|_\"”»›'’“")
_STOPS = frozenset('.,!?…;:—–-"”)')
_ELIDED = re.compile(r"(?:\d\d(?:s|\b)|(?:em|til|tis|twas|twere|cause|n|cos|bout)\b)", re.IGNORECASE)
_DEEPEST = 4  # quotations within quotations; what opens deeper than this is noise
_CARRY = 2_000  # how far past a line break a mark may close what was opened before it

_OPEN, _CLOSE, _WEAK, _EITHER, _BREAK = range(5)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, marks included; ``opened`` and ``closed`` tell which marks are there.

    A quotation that runs over paragraphs, with a mark at the head of each, is one Quotation a paragraph, all
    but the last without ``closed``. ``level`` counts the quotations around it.
    """

    start: int
    end: int
    opened: bool
    closed: bool
    level: int


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    family: str
    role: int
    char: str
    following: dict[str, _Mark] | _Mark | None = (
        None  # the next mark of its family; for a break, of each family
    )


@dataclass(slots=True)
class _Frame:
    start: int
    family: str
    char: str
    cut: int | None = None  # where a quotation of the same family opened inside


def quotations(text: str) -> tuple[Quotation, ...]:
    """Find the quotations of a text, in order of their start; the outer one first."""
    found: list[Quotation] = []
    ends: list[int] = []
    for start, end, opened, closed in sorted(_pairs(text), key=lambda q: (q[0], -q[1])):
        while ends and ends[-1] <= start:
            ends.pop()
        found.append(Quotation(start, end, opened, closed, len(ends)))
        ends.append(end)
    return tuple(found)


def inside(text: str) -> bytes:
    """Give a byte a character: 1 where it lies within a quotation (marks included), 0 elsewhere.

    The model reads this beside the words and was trained on it: what it answers must not change.
    """
    flags = bytearray(len(text))
    for start, end, _, _ in _pairs(text):
        flags[start:end] = b"\x01" * (end - start)
    return bytes(flags)


def kind_of(
    content: Iterable[tuple[int, int]], quotes: Iterable[Quotation], text: str
) -> Literal["direct", "indirect", "mixed"]:
    """Tell how words are given: direct when nearly all are in quotation marks, mixed when some are."""
    outer = [q for q in quotes if q.level == 0]
    starts = [q.start for q in outer]
    words = quoted = 0
    for start, end in content:
        for word in _WORD.finditer(text, start, end):
            at = bisect_right(starts, word.start()) - 1
            words += 1
            quoted += at >= 0 and word.end() <= outer[at].end
    if not quoted:
        return "indirect"
    return "direct" if words - quoted <= max(1, words // 10) and quoted > words / 2 else "mixed"


def _marks(text: str) -> list[_Mark]:
    """Find the marks and what each can do by itself; apostrophes within words are left out."""
    marks: list[_Mark] = []
    last = len(text)
    skip = -1
    for match in _MARKS.finditer(text):
        at = match.start()
        if at < skip:
            continue
        char = text[at]
        if char in _BREAKS:
            if marks and marks[-1].role == _BREAK and text[marks[-1].end : at].strip() == "":
                marks[-1].end = at + 1
            else:
                marks.append(_Mark(at, at + 1, "break", _BREAK, char))
            continue
        end = at + 1
        family = _FAMILY[char]
        if char in "\"'`" and end < last and text[end] == char:  # ``TeX'' and ""doubled"" marks are one
            end += 1
            family = "double"
            char *= 2
            skip = end
        before = text[at - 1] if at else "\n"
        after = text[end] if end < last else "\n"
        role = _single(text, char, before, after, end) if family == "single" else _paired(char, before, after)
        if role is not None:
            marks.append(_Mark(at, end, family, role, char))
    _link(marks)
    return marks


def _link(marks: list[_Mark]) -> None:
    """Tell every mark which one of its family follows it, and every break which one of each family."""
    following: dict[str, _Mark] = {}
    for mark in reversed(marks):
        mark.following = dict(following) if mark.role == _BREAK else following.get(mark.family)
        following[mark.family] = mark


def _paired(char: str, before: str, after: str) -> int:
    """Give the role of a double mark or guillemet."""
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)
    if char in "„‟":
        return _OPEN
    if char in ("“", "``", "«", "‹"):
        return _CLOSE if closes and not opens else _OPEN
    if char in ("”", "''", "»", "›"):
        return _EITHER if opens and not closes else _CLOSE
    if opens == closes:
        return _EITHER
    return _OPEN if opens else _CLOSE


def _single(text: str, char: str, before: str, after: str, end: int) -> int | None:
    """Give the role of a single mark, None for an apostrophe."""
    word_before, word_after = before.isalnum(), after.isalnum()
    if word_before and word_after:
        return None
    if word_after:
        if char in "’‛" or _ELIDED.match(text, end):
            return None
        return _OPEN if before.isspace() or before in _BEFORE_OPENING else None
    if char in "‘‚`":
        return None if after.isspace() or char == "`" else _OPEN
    if before.isspace():
        return None if after.isspace() or char != "'" else _OPEN
    if word_before or before == "%":
        return _WEAK if before in "sSnN" else _CLOSE
    if before in _STOPS or after.isspace() or after in _AFTER_CLOSING:
        return _CLOSE
    return _OPEN if before in _BEFORE_OPENING else None


def _pairs(text: str) -> list[tuple[int, int, bool, bool]]:
    """Pair the marks: (start, end, opened, closed), properly nested, in the order of their ends."""
    found: list[tuple[int, int, bool, bool]] = []
    stack: list[_Frame] = []
    paragraph, before = 0, 0  # where the paragraph starts, and how many quotations were found before it
    for mark in _marks(text):
        if mark.role == _BREAK:
            if stack and not _carries(stack[0], mark):
                _leave(stack, mark, text, found)
            if not stack:
                paragraph, before = mark.end, len(found)
            continue
        depth = _closing(mark, stack)
        if depth is not None:
            found.extend(
                (frame.start, mark.start if frame.cut is None else frame.cut, True, False)
                for frame in stack[depth + 1 :]
                if frame.family != "single"
            )
            found.append((stack[depth].start, mark.end, True, True))
            del stack[depth:]
        elif mark.role in (_OPEN, _EITHER):
            _push(mark, stack)
        elif not stack and len(found) == before and _stray(mark, text):
            start = _first_word(text, paragraph, mark.start)
            found.append((start, mark.end, False, True))
    if stack:
        _leave(stack, _Mark(len(text), len(text), "break", _BREAK, "", {}), text, found)
    return found


def _first_word(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _stray(mark: _Mark, text: str) -> bool:
    """Whether a closing mark without an opening one ends words that were said: 'No way," he added.'"""
    return (
        mark.family == "double" and mark.role == _CLOSE and mark.start > 0 and text[mark.start - 1] in ",.!?…"
    )


def _push(mark: _Mark, stack: list[_Frame]) -> None:
    if len(stack) >= _DEEPEST:
        return
    for k in range(len(stack) - 1, -1, -1):
        if stack[k].family == mark.family:
            if stack[k].cut is None:
                stack[k].cut = stack[k + 1].start if k + 1 < len(stack) else mark.start
            break
    stack.append(_Frame(mark.start, mark.family, mark.char))


def _closing(mark: _Mark, stack: list[_Frame]) -> int | None:
    """Give the depth of the quotation that a mark closes; None where it closes nothing."""
    if not stack or mark.role == _OPEN:
        return None
    if mark.family == "single":
        if stack[-1].family != "single":
            return None
        after = mark.following
        if (
            mark.role == _WEAK
            and isinstance(after, _Mark)
            and after.role == _CLOSE
            and after.start - mark.end < _CARRY
        ):
            return (
                None  # "the 'workers' rights,' he said": a firmer mark follows, so this one is a possessive
            )
        return len(stack) - 1
    for depth in range(len(stack) - 1, -1, -1):
        frame = stack[depth]
        if frame.family == mark.family:
            turned = frame.char in "»›"
            if "angle" in mark.family and (mark.char in "«‹") != turned:
                return None
            return depth
    return None


def _carries(frame: _Frame, gap: _Mark) -> bool:
    """Whether a quotation open at a line break goes on below it without a new opening mark."""
    after = gap.following.get(frame.family) if isinstance(gap.following, dict) else None
    return after is not None and after.role in (_CLOSE, _EITHER) and after.start - gap.end < _CARRY


def _leave(stack: list[_Frame], gap: _Mark, text: str, found: list[tuple[int, int, bool, bool]]) -> None:
    """End what is open at a line break: it runs on under a new opening mark, or its mark was forgotten."""
    following = gap.following if isinstance(gap.following, dict) else {}
    limit = gap.start
    while limit > stack[0].start + 1 and text[limit - 1].isspace():
        limit -= 1
    for frame in stack:
        after = following.get(frame.family)
        goes_on = after is not None and after.role == _OPEN and not text[gap.end : after.start].strip()
        if goes_on:
            found.append((frame.start, limit, True, False))
        elif frame.family == "double":
            end = frame.cut if frame.cut is not None else limit
            while end > frame.start + 1 and text[end - 1].isspace():
                end -= 1
            found.append((frame.start, end, True, False))
    stack.clear()
