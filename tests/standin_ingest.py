"""A reader of opened pages that stands in for the real one, and ingestions run with it."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from handmade import find, record_of
from sqlalchemy import select

from onrecord.errors import PageUnreadable
from onrecord.ingest import Plan, Tally, ingest
from onrecord.ingest_command import from_sources
from onrecord.record import Attribution, Date, Document, Entity, Mention, Record
from onrecord.sources import Visits
from onrecord.store import Store, schema


class StandIn:
    """Reads a document as one statement of its first word's; words in it make it fail, hang, hog or die."""

    def read(self, source: Document, *, published: str | None = None) -> Record:
        text = source.text
        if "DIE" in text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "EXIT" in text:
            os._exit(7)
        if "FAULT" in text:
            raise ValueError("a fault")
        if "UNREADABLE" in text:
            raise PageUnreadable("this is no page")
        if "HANG" in text:
            time.sleep(600)
        if "HOG" in text:
            bytearray(4 * 2**30)
        if "SLOW" in text:
            time.sleep(0.3)
        if published:
            source = Document(
                **{
                    name: getattr(source, name)
                    for name in Document.__dataclass_fields__
                    if name != "published"
                },
                published=Date(published, "day", "given"),
            )
        word = text.split()[0]
        first = find(text, word)
        return record_of(
            source,
            mentions=(Mention("m1", first.start, first.end, first.text, "name", "e1"),),
            entities=(Entity("e1", word, "person"),),
            attributions=(
                Attribution("a1", "direct", (first,), (), (find(text, text),), "e1", None, "asserts"),
            ),
        )


def stand_in() -> StandIn:
    return StandIn()


QUICK = Plan(jobs=1, batch=4, delay=0.2, seconds=20.0)


def run(
    names: Iterable[str],
    url: str,
    plan: Plan = QUICK,
    *,
    text: bool = True,
    visits: Visits | None = None,
    advance: Callable[[Tally], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Tally:
    """Ingest these sources with the stand-in."""
    tally = Tally()
    visits = visits or Visits()
    with Store.open(url, text=text) as store:
        return ingest(
            from_sources(names, None, visits),
            store,
            plan,
            tally=tally,
            visits=visits,
            stop=stop,
            advance=lambda: advance(tally),
            make_reader=stand_in,
        )


def apart(target: Callable[..., object], *args: Any) -> BaseProcess:
    """Start something in a process of its own, which can be killed; quick, as all is loaded once."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["standin_ingest", "onrecord.store.writer", "onrecord.store.view"])
    process = context.Process(target=target, args=args)
    process.start()
    return process


def started(names: Iterable[str], url: str, plan: Plan = QUICK) -> tuple[BaseProcess, Connection]:
    """Start an ingestion in a process of its own; give it, and a pipe with a message a page that is done."""
    ours, theirs = multiprocessing.get_context("forkserver").Pipe(duplex=False)
    process = apart(_run_and_tell, theirs, list(names), url, plan)
    theirs.close()
    return process, ours


def _run_and_tell(pipe: Connection, names: list[str], url: str, plan: Plan) -> None:
    told = 0

    def advance(tally: Tally) -> None:
        nonlocal told
        while told < tally.seen:
            pipe.send_bytes(b".")
            told += 1

    run(names, url, plan, advance=advance)


def exported(url: str) -> bytes:
    """Give all that a store exports, as bytes, and its ledger and failures: the same for the same pages."""
    with Store.open(url, create=False) as store:
        view = store.view()
        lines = [
            json.dumps([asdict(line), view.record(line.id).to_json(), view.stored(line.id).source])
            for line in view.pages()
        ]
        lines += [json.dumps(asdict(failure)) for failure in view.failures()]
        with store.reading() as connection:
            wanted = select(schema.ledger).order_by(schema.ledger.c.locator)
            lines += [json.dumps(list(row)) for row in connection.execute(wanted)]
        return "\n".join(lines).encode()


def write_pages(folder: Path, count: int, words: dict[int, str] | None = None) -> str:
    """Write a folder of texts, no two alike, some of them with words that the stand-in heeds."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        word = (words or {}).get(number, "calm")
        story = (
            f"Envoy {number} told reporters at the harbor on Tuesday that the {word} sea had turned ship "
            f"{number} back.\n\nNobody else on the quay saw it, the envoy added, and all of them looked."
        )
        (folder / f"{number:04}.txt").write_text(story)
    return str(folder)
