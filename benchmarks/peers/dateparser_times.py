"""dateparser's search for dates, a line at a time; a date is as precise as its words are."""

from __future__ import annotations

import datetime
import re

from dateparser.search import search_dates

from benchmarks.peers.reading import Entry, Reading

_MONTH_OF_YEAR = re.compile(r"(?:in )?[A-Z][a-z]+\.?,? \d{4}")
_YEAR = re.compile(r"(?:in )?\d{4}")
_CLOCK = re.compile(r"\d:\d\d|\b[ap]\.?m\b", re.IGNORECASE)


class Reader:
    """Has no setting."""

    def __init__(self, setting: str) -> None:
        del setting

    def read(self, text: str, kind: str = "text", published: str | None = None) -> Reading:
        """Read the times of a text, relative to its date of publication."""
        settings: dict[str, object] = {"PREFER_DATES_FROM": "past"}
        if published:
            settings["RELATIVE_BASE"] = datetime.datetime.fromisoformat(published)
        times: list[Entry] = []
        for line in re.finditer(r"[^\n]+", text):
            at = line.start()
            for words, when in search_dates(line.group(), languages=["en"], settings=settings) or ():
                start = text.find(words, at, line.end())
                if start >= 0:
                    at = start + len(words)
                    times.append({"start": start, "end": at, "type": "DATE", "value": value(words, when)})
        return Reading(text, times=times)


def value(words: str, when: datetime.datetime) -> str:
    """Write a date as TIMEX3 does: to the year, month, day or minute."""
    if _YEAR.fullmatch(words):
        return f"{when:%Y}"
    if _MONTH_OF_YEAR.fullmatch(words):
        return f"{when:%Y-%m}"
    return f"{when:%Y-%m-%dT%H:%M}" if _CLOCK.search(words) else f"{when:%Y-%m-%d}"
