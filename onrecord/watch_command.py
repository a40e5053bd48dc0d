"""What ``onrecord watch`` does around the following of feeds: how often, a line a round, Ctrl-C."""

from __future__ import annotations

import re
from collections.abc import Callable

import click

from onrecord.ingest import Plan, Tally
from onrecord.ingest.plan import MEGABYTE
from onrecord.ingest.progress import Teller
from onrecord.ingest.reading import ReadsDocuments, the_reader
from onrecord.ingest.stopping import stoppable
from onrecord.store import Store
from onrecord.watch import Round, watch

ALL_READ, SOME_FAILED, STOPPED = 0, 1, 130
_PERIOD = re.compile(r"([0-9]{1,6})\s?(s|m|min|h|d)?")
_SECONDS = {None: 60, "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}
_SHORTEST = 60.0  # asking a site more often than this is no politeness


def watch_command(
    feeds: tuple[str, ...],
    *,
    store: str,
    every: str = "10m",
    once: bool = False,
    jobs: int = 1,
    text: bool = True,
    keep_raw: bool = False,
    timeout: float = 60.0,
    memory: int = 2048,
    make_reader: Callable[[], ReadsDocuments] = the_reader,
) -> int:
    """Follow feeds into the store; give the exit code. Raises UsageError, StoreError and ModelError."""
    if keep_raw and not text:
        raise click.UsageError("--keep-raw keeps the pages' words, which --no-text does not")
    pause = period(every)
    plan = Plan(jobs=jobs, seconds=timeout, memory=memory * MEGABYTE, keep_raw=keep_raw)
    with Store.open(store, text=text) as opened, stoppable() as stop:
        whole = watch(
            [feed.removeprefix("feed:") for feed in feeds],
            opened,
            plan,
            every=pause,
            once=once,
            stop=stop,
            tell=Teller(),
            told=_tell_round,
            make_reader=make_reader,
        )
        if stop():
            return STOPPED
    return ALL_READ if whole else SOME_FAILED


def period(words: str) -> float:
    """Read a period such as 90s, 10m, 2h or 1d as seconds; raise BadParameter for none or one too short."""
    found = _PERIOD.fullmatch(words.strip().lower())
    if found is None:
        raise click.BadParameter(f"{words!r} is no period such as 90s, 10m, 2h or 1d", param_hint="--every")
    seconds = float(int(found[1]) * _SECONDS[found[2]])
    if seconds < _SHORTEST:
        raise click.BadParameter("a feed is not asked more often than once a minute", param_hint="--every")
    return seconds


def _tell_round(asked: Round, tally: Tally) -> None:
    feeds = [f"{asked.read + asked.unchanged:,} feeds asked", f"{asked.unchanged:,} unchanged"]
    if asked.failed:
        feeds.append(f"{asked.failed:,} not read")
    if asked.resting:
        feeds.append(f"{asked.resting:,} resting")
    pages = f"{tally.read:,} new pages, {tally.failures:,} failed"
    click.echo(f"onrecord: {', '.join(feeds)}; {pages}", err=True)
