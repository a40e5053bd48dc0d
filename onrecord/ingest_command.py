"""What ``onrecord ingest`` does around the ingestion: progress, failures, Ctrl-C, the last line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import click

from onrecord.ingest import Plan, Tally, forgiven, ingest
from onrecord.ingest.plan import MEGABYTE
from onrecord.ingest.progress import Teller, last_line, progress
from onrecord.ingest.reading import ReadsDocuments, the_reader
from onrecord.ingest.stopping import stoppable
from onrecord.ingest.unread import guarded
from onrecord.sources import STANDARD_INPUT, Columns, Given, Visits, is_address, pages_in, parse_columns
from onrecord.store import Store

ALL_READ, SOME_FAILED, STOPPED = 0, 1, 130


def ingest_command(
    sources: tuple[str, ...],
    *,
    store: str,
    jobs: int = 1,
    text: bool = True,
    keep_raw: bool = False,
    timeout: float = 60.0,
    memory: int = 2048,
    retry: bool = False,
    again: bool = False,
    columns: str | None = None,
    make_reader: Callable[[], ReadsDocuments] = the_reader,
) -> int:
    """Ingest the sources into the store; give the exit code.

    Raises UsageError where the arguments make no sense, StoreError and ModelError where nothing goes on.
    """
    if keep_raw and not text:
        raise click.UsageError("--keep-raw keeps the pages' words, which --no-text does not")
    if STANDARD_INPUT in sources:
        raise click.UsageError(
            "standard input (-) is not ingested: a page in a store needs a place; name a file"
        )
    if not sources and not retry:
        raise click.UsageError(
            "name what to ingest: files, folders, addresses, feed:ADDRESS, WARC files, tables"
        )
    plan = Plan(
        jobs=jobs, seconds=timeout, memory=memory * MEGABYTE, keep_raw=keep_raw, retry=retry, again=again
    )
    chosen, tally = _columns(columns), Tally()
    with Store.open(store, text=text) as opened, stoppable() as stop, progress(tally) as advance:
        names = sources or tuple(sorted(set(forgiven(opened).values())))
        tally.total = how_many(names)
        visits = Visits()
        given = from_sources(names, chosen, visits)
        ingest(
            given,
            opened,
            plan,
            tally=tally,
            stop=stop,
            tell=Teller(),
            advance=advance,
            visits=visits,
            make_reader=make_reader,
        )
    click.echo(last_line(tally, opened.name), err=True)
    if tally.stopped:
        return STOPPED
    return SOME_FAILED if tally.failures or tally.missing else ALL_READ


def from_sources(names: Iterable[str], columns: Columns | None, visits: Visits) -> Iterator[Given]:
    """Give the pages of each source; one that breaks off does not keep the others from being read."""
    return chain.from_iterable(
        guarded(name, pages_in([name], columns=columns, visits=visits)) for name in names
    )


def _columns(words: str | None) -> Columns | None:
    try:
        return parse_columns(words) if words else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--columns") from error


def how_many(names: Iterable[str]) -> int | None:
    """Count the pages of files, folders and addresses; None where an archive, table, feed or list is one."""
    from onrecord.sources.archives import is_archive
    from onrecord.sources.files import ending, find_files, looks_like_page
    from onrecord.sources.found import Page
    from onrecord.sources.tables import is_table

    count = 0
    for name in names:
        if is_address(name):
            count += 1
            continue
        if name.startswith(("feed:", "list:", "@")):
            return None
        for found in find_files(name, lambda _: True):
            if not isinstance(found, Page):
                continue
            if is_archive(found.name) or is_table(found.name) or ending(found.name) == ".urls":
                return None
            count += looks_like_page(found.name) or found.name == name
    return count
