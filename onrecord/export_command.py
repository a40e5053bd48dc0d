"""What ``onrecord export`` does: pages of a store that meet a filter, in a format, to a file or folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.export.destination import write_folder, write_text
from onrecord.export.paged import Paged

if TYPE_CHECKING:
    from onrecord.store import Filter, View

WRITTEN, NOTHING, OUTPUT_GONE = 0, 1, 141


def export_command(
    store: str,
    *,
    form: str,
    output: str | None = None,
    spreadsheet: bool = False,
    asked: Mapping[str, str | None] | None = None,
) -> int:
    """Write a store's pages in a format; give the exit code: 1 where no page meets the filter.

    A page is exported whole where anything of it meets the filter. ``asked`` are the conditions of a Filter,
    by name. Raises UsageError where the arguments make no sense, StoreError where nothing can be written.
    """
    from onrecord.export.formats import format_named
    from onrecord.store import Filter, Store

    chosen = format_named(form)
    if chosen.kind == "folder" and output is None:
        raise click.UsageError(f"--format {form} writes several files: name a folder with --output")
    if spreadsheet and not chosen.spreadsheet:
        raise click.UsageError(f"--spreadsheet is for csv and polecat, not for {form}")
    options: dict[str, Any] = {"spreadsheet": True} if spreadsheet else {}
    count = [0]
    with Store.open(store, create=False) as opened:
        pages = _counted(paged(opened.view(), Filter(**(asked or {}))), count)
        try:
            if chosen.kind == "text":
                write_text(chosen.write(pages, **options), output)  # type: ignore[arg-type]
            else:
                write_folder(lambda folder: chosen.write(pages, folder, **options), str(output))
        except BrokenPipeError:
            # Whoever read the output has gone; the interpreter's last flush must not meet the closed pipe.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return OUTPUT_GONE
    if output is not None:
        pages_written = "1 page" if count[0] == 1 else f"{count[0]} pages"
        click.echo(f"onrecord: {pages_written} written to {Path(output)}", err=True)
    return WRITTEN if count[0] else NOTHING


def paged(view: View, filter: Filter) -> Iterator[Paged]:  # noqa: A002
    """Give the pages of a view that meet a filter, as exports take them, by id."""
    for line, record in view.records(filter):
        yield Paged(record, line.locator, line.captured, line.id)


def _counted(pages: Iterable[Paged], count: list[int]) -> Iterator[Paged]:
    for page in pages:
        count[0] += 1
        yield page
