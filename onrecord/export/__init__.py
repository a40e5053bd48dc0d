"""Records in other forms, a file a format; each turns records into pieces of text, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, get_args

from onrecord.record import Record

Format = Literal["terminal", "json", "jsonl", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)


def export(
    records: Iterable[Record],
    form: Format,
    *,
    single: bool = False,
    width: int = 80,
    colour: bool = False,
    explain: Callable[[Record, int], str] | None = None,
) -> Iterator[str]:
    """Give the records in a format, piece by piece; ``width``, ``colour`` and ``explain`` are a terminal's.

    ``single`` makes JSON of one record an object, not an array.
    """
    if form == "terminal":
        from onrecord.export.terminal import terminal

        return terminal(records, width=width, colour=colour, explain=explain)
    if form == "html":
        from onrecord.export.html_page import html_page

        return html_page(records)
    if form == "jsonl":
        from onrecord.export.json_lines import json_lines

        return json_lines(records)
    from onrecord.export.json_array import json_array, json_object

    return json_object(records) if single else json_array(records)
