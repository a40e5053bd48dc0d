"""What ``onrecord ingest --engine ray`` and ``onrecord load`` do around: progress, failures, Ctrl-C."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cluster import Output, Setup, load, planned, run
from onrecord.ingest import Tally
from onrecord.ingest.plan import MEGABYTE
from onrecord.ingest.progress import Teller, last_line, progress
from onrecord.ingest.stopping import stoppable
from onrecord.sources import Missing, PassedOver, parse_columns
from onrecord.store import Store

ALL_READ, SOME_FAILED, STOPPED = 0, 1, 130


def cluster_command(
    sources: tuple[str, ...],
    *,
    store: str,
    output: str | None = None,
    cluster: str | None = None,
    split_size: int = 32,
    jobs: int = 2,
    text: bool = True,
    keep_raw: bool = False,
    timeout: float = 60.0,
    memory: int = 2048,
    columns: str | None = None,
) -> int:
    """Read the sources on a cluster, into a folder of Parquet or into PostgreSQL; give the exit code.

    Raises UsageError where the arguments make no sense, StoreError and ModelError where nothing goes on.
    """
    if not sources:
        raise click.UsageError("name what to ingest: WARC files, tables, files, folders, @LIST")
    if not text and (output is not None or keep_raw):
        raise click.UsageError("--no-text is for a store; files keep the words that records quote")
    try:
        chosen = parse_columns(columns) if columns else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--columns") from error
    setup = Setup(
        output=None if output is None else str(Path(output).absolute()),
        store=store if output is None else None,
        text=text,
        keep_raw=keep_raw,
        seconds=timeout,
        memory=memory * MEGABYTE,
        columns=chosen,
    )
    tally, tell = Tally(), Teller()
    finished = Output(output).finished() if output is not None else {}
    splits, others = planned(sources, size=split_size * MEGABYTE, finished=finished)
    for other in others:
        if isinstance(other, Missing):
            tally.missing += 1
            tell(other.name, other.message)
        elif isinstance(other, PassedOver):
            tally.passed_over += other.count
    if finished:
        held = sum(len(pieces) for pieces in finished.values())
        click.echo(f"onrecord: {held:,} finished pieces are passed by, {len(splits):,} splits left", err=True)
    with stoppable() as stop, progress(tally) as advance:
        run(splits, setup, workers=jobs, address=cluster, tally=tally, stop=stop, tell=tell, advance=advance)
    return _said(tally, output or store)


def load_command(folder: str, *, store: str, text: bool = True) -> int:
    """Put a cluster's finished splits into a store; give the exit code."""
    tally = Tally()
    with Store.open(store, text=text) as opened, stoppable() as stop, progress(tally) as advance:
        load(folder, opened, tally=tally, stop=stop, advance=advance)
        name = opened.name
    return _said(tally, name)


def _said(tally: Tally, place: str) -> int:
    click.echo(last_line(tally, place), err=True)
    if tally.stopped:
        return STOPPED
    return SOME_FAILED if tally.failures or tally.missing else ALL_READ
