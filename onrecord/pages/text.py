"""Plain text to what a person would read of it: scraped pages without furniture, clean articles whole."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.pages import dates
from onrecord.pages.compose import NO_DATE, Chosen, language_of
from onrecord.pages.form import runs_on
from onrecord.pages.headline import headline
from onrecord.pages.keep import kept_lines
from onrecord.pages.lines import lines_of
from onrecord.pages.reasons import (
    ends_sentence,
    is_byline,
    is_dateline,
    is_furniture,
    is_notice,
    is_read_more,
    is_share,
    opens_as_furniture,
    reason_of,
)
from onrecord.pages.stated import people
from onrecord.record import Date, Dropped

# A text with so little furniture is an article with perhaps a line of it: only what is sure leaves it.
_CLEAN_SHARE, _FEW_LINES = 0.88, 25
_MOST_BYLINE = 100  # characters
_LOOKED_AT = 100_000  # characters that tell how a page writes its dates


def choose(text: str) -> Chosen:
    """Choose the words of a plain text that are its article."""
    lines = [line.text for line in lines_of(text)]
    keep = kept_lines(lines)
    for i in range(1, len(lines) - 1):  # prose with the article on both sides is the article's
        keep[i] = keep[i] or (keep[i - 1] and keep[i + 1] and runs_on(lines[i]))
    at = headline(lines, keep)
    clean = _is_clean(lines, keep)
    if clean:
        keep = _with_doubts(lines, keep, at)
    buttons = [is_share(line) for line in lines]
    for i, line in enumerate(lines):  # one such line may be a heading, two are a row of buttons
        row = buttons[i] and (buttons[i - 1 : i] == [True] or buttons[i + 1 : i + 2] == [True])
        keep[i] = keep[i] and not row and not is_notice(line)
    top = at if at is not None else next((i for i, good in enumerate(keep) if good), len(lines))
    body = _body(lines, keep, at)
    paragraphs: list[str] = []
    dropped: list[Dropped] = []
    authors: list[str] = []
    title = None
    datelines: list[str] = []
    for i, line in enumerate(lines):
        about = i < body or i <= top + 3
        if i == at:
            title = len(paragraphs)
            paragraphs.append(line)
            continue
        if about and is_dateline(line):
            datelines.append(line)
            dropped.append(Dropped(line, "dateline"))
        elif i < body and len(line) <= _MOST_BYLINE and is_byline(line):
            authors += people([line])
            dropped.append(Dropped(line, "byline"))
        elif is_read_more(line) and (not keep[i] or line[:4].isupper()):
            dropped.append(Dropped(line, "read-more"))
        elif at is not None and line == lines[at]:
            dropped.append(Dropped(line, "title again"))
        elif not keep[i] or (at is not None and i < at and _is_above(line, clean)):
            dropped.append(Dropped(line, reason_of(line)))
        else:
            paragraphs.append(line)
    return Chosen(
        tuple(paragraphs),
        title=title,
        authors=tuple(dict.fromkeys(authors)),
        published=_published(datelines, text, paragraphs),
        dropped=tuple(dropped),
    )


def _published(datelines: Sequence[str], text: str, paragraphs: Sequence[str]) -> Date:
    """Read the first dateline that says a day; how the page writes dates decides where figures do not."""
    found = [date for line in datelines if (date := dates.written(line, "dateline"))]
    certain = next((date for date in found if date.value), None)
    if certain or not found:
        return certain or NO_DATE
    day_first = dates.order(text[:_LOOKED_AT], language_of(paragraphs))
    return dates.written(datelines[0], "dateline", day_first) or NO_DATE


def _is_above(line: str, clean: bool) -> bool:
    """Whether a kept line above the headline is of the page's head; in a clean text only if it is plain."""
    return is_furniture(line) if clean else not (ends_sentence(line) or runs_on(line))


def _is_clean(lines: Sequence[str], keep: list[bool]) -> bool:
    """Whether there are too few lines for a scraped page, or too few words that are not kept."""
    if len(lines) <= _FEW_LINES and keep.count(False) <= max(3, len(lines) // 2):
        return True
    words = [len(line.split()) for line in lines]
    return sum(n for n, good in zip(words, keep, strict=True) if good) >= _CLEAN_SHARE * sum(words)


def _with_doubts(lines: Sequence[str], keep: Sequence[bool], at: int | None) -> list[bool]:
    """Keep all but what is surely furniture above the headline or outside the body."""
    first = next((i for i, good in enumerate(keep) if good and i != at), len(lines))
    last = len(lines) - 1 - next((i for i, good in enumerate(reversed(keep)) if good), 0)
    told = max(
        (i for i in range(first, last + 1) if ends_sentence(lines[i]) or runs_on(lines[i])), default=last
    )
    return [
        (first <= i <= last or not is_furniture(line)) and not (i > told and opens_as_furniture(line))
        for i, line in enumerate(lines)
    ]


def _body(lines: Sequence[str], keep: Sequence[bool], at: int | None) -> int:
    """Give the index of the first line of the body: the first kept line of some length below the headline."""
    start = 0 if at is None else at + 1
    for i in range(start, len(lines)):
        if keep[i] and len(lines[i].split()) >= 12:
            return i
    return start
