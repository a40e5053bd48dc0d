"""What ``onrecord read`` does around the reading: arguments, output, failures and progress."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TextIO, cast

import click

from onrecord.batch import Failure, Reads, read_pages, the_reader
from onrecord.export import Format, export
from onrecord.export.visible import one_line
from onrecord.record import Record
from onrecord.sources import STANDARD_INPUT, Missing, Page, PassedOver, find_pages, is_single

_BY_SUFFIX: dict[str, Format] = {
    ".htm": "html", ".html": "html", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
ALL_READ, SOME_FAILED, OUTPUT_GONE = 0, 1, 141  # exit codes; click gives 2 for usage, the rest is in cli.py
_MANY = 3  # pages from which on progress is worth a line


@dataclass(slots=True)
class _Tally:
    """How many pages were read and how many were not."""

    read: int = 0
    failed: int = 0
    advance: Callable[[], object] = field(default=lambda: None)


def read_command(
    names: tuple[str, ...],
    *,
    form: str | None,
    jobs: int,
    output: str | None,
    published: str | None,
    explain: bool = False,
    make_reader: Callable[[], Reads] = the_reader,
) -> int:
    """Read the named pages and write their records; give the exit code.

    ``explain`` adds why each entry exists, which only the terminal's format has room for.

    Raises UsageError where the arguments make no sense, ModelError where nothing can be read.
    """
    _check_date(published)
    chosen = _format(form, output)
    if explain and chosen != "terminal":
        raise click.UsageError(f"--explain is for --format terminal, not for {chosen}")
    tally = _Tally()
    pages = list(_pages(names, tally))
    outcomes = read_pages(pages, jobs=jobs, published=published, make_reader=make_reader)
    try:
        with _opened(output) as out, _progress(len(pages), tally, hidden=out.isatty()):
            records, reasons = _kept(outcomes, tally), _reasons if explain else None
            single, width, colour = is_single(names), _width(out), _colour(out)
            pieces = export(records, chosen, single=single, width=width, colour=colour, explain=reasons)
            for piece in pieces:
                out.write(piece)
                if out.isatty():
                    out.flush()
            out.flush()
    except BrokenPipeError:
        # Whoever read the output has gone; the interpreter's own last flush must not meet the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OUTPUT_GONE
    return SOME_FAILED if tally.failed else ALL_READ


def _reasons(record: Record, width: int) -> str:
    from onrecord.explain import explain_all

    return explain_all(record, width=width)


def _format(form: str | None, output: str | None) -> Format:
    if form is not None:
        return cast("Format", form)
    return _BY_SUFFIX.get(Path(output).suffix.lower(), "terminal") if output else "terminal"


def _check_date(published: str | None) -> None:
    if published is None:
        return
    whole = published + {4: "-01-01", 7: "-01"}.get(len(published), "")
    try:
        if whole[4:5] != "-":
            raise ValueError
        datetime.fromisoformat(whole)
    except ValueError:
        raise click.BadParameter(
            f"{published!r} is not a date such as 1962-10-25 or 1962-10-25T18:00", param_hint="--published"
        ) from None


def _pages(names: tuple[str, ...], tally: _Tally) -> Iterator[Page]:
    """Give the pages to read; tell of names that stand for none, and of files that are passed over."""
    taken = False
    for found in find_pages(names):
        if isinstance(found, Missing):
            tally.failed += 1
            _tell(found.name, found.message)
        elif isinstance(found, PassedOver):
            files = "1 file was" if found.count == 1 else f"{found.count} files were"
            _tell(
                found.folder,
                f"{files} passed over, not looking like a page; to read one all the same, name it",
            )
        elif found.name != STANDARD_INPUT:
            yield found
        elif taken:
            raise click.UsageError("standard input (-) can be read only once")
        else:
            taken = True
            yield Page(found.name, sys.stdin.buffer.read())


def _kept(outcomes: Iterable[Record | Failure], tally: _Tally) -> Iterator[Record]:
    """Give the records; tell of each failure on standard error."""
    for outcome in outcomes:
        tally.advance()
        if isinstance(outcome, Failure):
            tally.failed += 1
            _tell(outcome.name, outcome.message)
        else:
            tally.read += 1
            yield outcome


def _tell(name: str, message: str) -> None:
    click.echo(f"onrecord: {one_line(name)}: {one_line(message)}", err=True)


@contextmanager
def _opened(output: str | None) -> Iterator[TextIO]:
    """Open the output as UTF-8; a file appears under its name only when it is whole."""
    if output is None:
        # The same bytes on every system, whatever its locale says.
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
        yield sys.stdout
        return
    target = Path(output)
    regular = not target.exists() or target.is_file()
    part = target.with_name(f".{target.name}.{os.getpid()}.part") if regular else target
    try:
        out = open(part, "w", encoding="utf-8", errors="replace", newline="\n")  # noqa: SIM115 - closed below
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}") from error
    try:
        with out:
            yield out
        if regular:
            os.replace(part, target)
    except BaseException:
        if regular:
            part.unlink(missing_ok=True)
        raise


@contextmanager
def _progress(total: int, tally: _Tally, *, hidden: bool) -> Iterator[None]:
    """Show progress on standard error for many pages, where somebody looks and no output is shown."""
    if hidden or total < _MANY or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("reading", total=total)
        tally.advance = lambda: bar.advance(task)
        yield


def _width(out: TextIO) -> int:
    return shutil.get_terminal_size().columns if out.isatty() else 80


def _colour(out: TextIO) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return out.isatty() or bool(os.environ.get("FORCE_COLOR"))
