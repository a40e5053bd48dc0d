"""How far an ingestion is, said to whoever watches: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from onrecord.export.visible import one_line
from onrecord.ingest.plan import Tally

_LINE_EVERY = 10.0  # seconds between the lines of progress where nobody watches a bar
_MOST_TOLD = 20  # failures told one by one; the rest are counted, and all are in the store


def last_line(tally: Tally, store: str) -> str:
    """Say what has come of an ingestion."""
    parts = [f"{_pages(tally.read)} put on record in {one_line(store)}"]
    if tally.failed:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in sorted(tally.failed.items()))
        parts.append(f"{tally.failures:,} failed ({reasons})")
    if tally.there:
        parts.append(f"{tally.there:,} there from before")
    if tally.stopped:
        parts.append("stopped; the same command goes on from here")
    return f"onrecord: {'; '.join(parts)}; {tally.rate:.1f} a second"


class Teller:
    """Tells of failures on standard error, the first ones each by itself."""

    def __init__(self) -> None:
        self._told = 0

    def __call__(self, name: str, message: str) -> None:
        """Tell of one."""
        self._told += 1
        if self._told <= _MOST_TOLD:
            click.echo(f"onrecord: {one_line(name)}: {one_line(message)}", err=True)
        elif self._told == _MOST_TOLD + 1:
            click.echo("onrecord: more failed, which are not told here; the store has them all", err=True)


@contextmanager
def progress(tally: Tally) -> Iterator[Callable[[], None]]:
    """Give what shows how far the tally is: a bar on a terminal, else a line every ten seconds."""
    if not sys.stderr.isatty():
        yield _lines(tally)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("reading"), BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("", total=None)

        def advance() -> None:
            bar.update(task, total=tally.total, completed=tally.seen, description=so_far(tally))

        yield advance


def _lines(tally: Tally) -> Callable[[], None]:
    last = time.monotonic()

    def advance() -> None:
        nonlocal last
        if time.monotonic() - last >= _LINE_EVERY:
            last = time.monotonic()
            click.echo(f"onrecord: {so_far(tally)}", err=True)

    return advance


def so_far(tally: Tally) -> str:
    """Say how far an ingestion is: pages, failures, rate, and the time left where it can be known."""
    of = f" of {tally.total:,}" if tally.total is not None else ""
    words = f"{tally.seen:,}{of} pages"
    if tally.failures:
        words += f", {tally.failures:,} failed"
    words += f", {tally.rate:.1f} a second"
    left = tally.seconds_left
    return words if left is None else f"{words}, {_duration(left)} left"


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole >= 86400:
        return f"{whole // 86400} d {whole % 86400 // 3600} h"
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60:02} min"
    return f"{whole // 60} min {whole % 60:02} s" if whole >= 60 else f"{whole} s"


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count:,} pages"
