"""How the reading scales over workers:  python -m benchmarks.cluster [OPTIONS] [ENGINE…]

An archive is made of the example pages, each copy with a line of its own, and read by each engine into
Parquet: ``here`` (one worker, no cluster), ``ray`` (onrecord.cluster), ``ray-data`` (map_batches over Arrow
tables) and ``daft`` (a class over Arrow tables; not among our extras). Readers note when each page was done,
so the rate is that of work, without the start of processes and loading; the seconds in all have both.
``--deadly`` puts in one page that kills whatever reads it. Prints Markdown.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import os
import signal
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.running import ROOT
from onrecord.cluster import Setup, SplitReader, planned, run
from onrecord.cluster.arrow import page_table, read_table
from onrecord.ingest.reading import ReadsDocuments, reading, the_reader
from onrecord.record import Attribution, Document, ReaderCard, Record
from onrecord.sources import Page
from onrecord.span import Span

_DEADLY = "a page that kills what reads it"


class StandIn:
    """Reads a page as one statement of nobody's: what is left to measure is the machinery."""

    def read(self, source: Document, *, published: str | None = None) -> Record:
        """Put one page on record."""
        if _DEADLY in source.text:
            os.kill(os.getpid(), signal.SIGKILL)
        whole = Span.cut(source.text, 0, len(source.text))
        said = Attribution("a1", "direct", (), (), (whole,), None, "none named", "asserts")
        card = ReaderCard("0", "stand-in", "0" * 64)
        return Record(source, (), (), (said,), (), (), (), (), (), card)


def stand_in() -> ReadsDocuments:
    """Make the stand-in."""
    return StandIn()


class TableReader:
    """What an engine of tables has at each of its workers."""

    def __init__(self, make_reader: Callable[[], ReadsDocuments]) -> None:
        self._read = reading(make_reader, True, False)

    def __call__(self, table: Any) -> Any:
        """Read a table of pages."""
        return read_table(self._read, table)


def archive(path: Path, pages: int, deadly: bool) -> None:
    """Write an archive of example pages, no two alike."""
    examples = [p.read_bytes() for p in sorted((ROOT / "examples").glob("*.html"))]
    with path.open("wb") as file:
        for number in range(pages):
            line = _DEADLY if deadly and number == pages // 2 else f"Copy {number} of this page."
            content = examples[number % len(examples)].replace(b"</p>", f" {line}</p>".encode())
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + content
            header = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
                f"WARC-Target-URI: https://example.org/{number}\r\nContent-Length: {len(block)}\r\n"
                "Content-Type: application/http; msgtype=response\r\n\r\n"
            )
            file.write(gzip.compress(header.encode() + block + b"\r\n\r\n", mtime=0))


class Timed:
    """A reader that notes when it was done with each page, in a file of its process's own."""

    def __init__(self, make: Callable[[], ReadsDocuments], folder: Path) -> None:
        self._reader = make()
        self._file = (folder / f"{os.getpid()}.times").open("a", buffering=1)

    def read(self, source: Document, *, published: str | None = None) -> Record:
        """Put one page on record."""
        try:
            return self._reader.read(source, published=published)
        finally:
            self._file.write(f"{time.time()}\n")


def rate(folder: Path) -> float:
    """Give pages a second while all readers were at work: loading and the last page of each left out."""
    times = [[float(line) for line in path.read_text().split()] for path in folder.glob("*.times")]
    since, until = max(min(one) for one in times), min(max(one) for one in times)
    return sum(since < at <= until for one in times for at in one) / max(until - since, 1e-9)


def here(path: Path, out: Path, make: Callable[[], ReadsDocuments], _workers: int) -> None:
    """Read with one worker and no cluster."""
    worker = SplitReader(Setup(output=str(out), make_reader=make))
    for split in planned([str(path)], size=path.stat().st_size // 16)[0]:
        worker.read(split)
    worker.close()


def on_ray(path: Path, out: Path, make: Callable[[], ReadsDocuments], workers: int) -> None:
    """Read as ``onrecord ingest --engine ray`` does."""
    splits = planned([str(path)], size=path.stat().st_size // 16)[0]
    run(splits, Setup(output=str(out), make_reader=make), workers=workers)


def on_ray_data(path: Path, out: Path, make: Callable[[], ReadsDocuments], workers: int) -> None:
    """Read with Ray Data, from tables of pages."""
    import ray

    ray.init(
        num_cpus=workers + 1,
        include_dashboard=False,
        log_to_driver=False,
        logging_level=logging.ERROR,
    )
    ray.data.DataContext.get_current().enable_progress_bars = False
    pages = ray.data.from_arrow(tables(path))
    results = pages.map_batches(
        TableReader,
        fn_constructor_args=(make,),
        batch_format="pyarrow",
        batch_size=16,
        compute=ray.data.ActorPoolStrategy(size=workers),
    )
    results.write_parquet(str(out))
    ray.shutdown()


def on_daft(path: Path, out: Path, make: Callable[[], ReadsDocuments], workers: int) -> None:
    """Read with Daft on its own runner, from tables of pages."""
    import daft
    import pyarrow as pa

    class Daft:
        def __init__(self) -> None:
            self._reads = TableReader(make)

        @daft.method.batch(return_dtype=daft.DataType.string(), batch_size=16)
        def read(self, *columns: Any) -> Any:
            names = page_table([]).schema.names
            table = pa.table([column.to_arrow() for column in columns], names=names)
            return self._reads(table)["record"].combine_chunks().cast(pa.string())

    pages = daft.from_arrow(pa.concat_tables(tables(path)))
    made = daft.cls(Daft, max_concurrency=workers, use_process=True)()
    pages.select(made.read(*(daft.col(name) for name in pages.column_names)).alias("record")).write_parquet(
        str(out)
    )


ENGINES = {"here": here, "ray": on_ray, "ray-data": on_ray_data, "daft": on_daft}


def tables(path: Path) -> list[Any]:
    """Give an archive's pages as small tables."""
    pages = [page for split in planned([str(path)])[0] for piece in split.pieces for page in piece.pages()]
    held = [page for page in pages if isinstance(page, Page)]
    return [page_table(held[n : n + 16]) for n in range(0, len(held), 16)]


def main() -> None:
    """Measure, and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engines", nargs="*", metavar="ENGINE", help=f"of {', '.join(ENGINES)} (here ray)")
    parser.add_argument("--pages", type=int, default=160, help="pages of the archive (160)")
    parser.add_argument("--workers", default="1,2", help="numbers of workers, but for here (1,2)")
    parser.add_argument("--reader", choices=["stand-in", "real"], default="stand-in")
    parser.add_argument("--deadly", action="store_true", help="put a page in that kills what reads it")
    options = parser.parse_args()
    os.environ.update(RAY_USAGE_STATS_ENABLED="0", RAY_worker_niceness="0")
    make = stand_in if options.reader == "stand-in" else the_reader
    print(
        "| engine | workers | pages/s at work | seconds in all | pages read |\n|---|---|---|---|---|",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as base:
        path = Path(base) / "news.warc.gz"
        archive(path, options.pages, options.deadly)
        for engine in options.engines or ["here", "ray"]:
            counts = [1] if engine == "here" else [int(count) for count in options.workers.split(",")]
            for workers in counts:
                folder = Path(base) / f"{engine}-{workers}"
                folder.mkdir()
                began = time.perf_counter()
                try:
                    ENGINES[engine](path, folder / "out", partial(Timed, make, folder), workers)
                    said = f"{rate(folder):.1f} | {time.perf_counter() - began:.0f}"
                except Exception as error:
                    said = f"failed: {(str(error).strip() or type(error).__name__).splitlines()[0][:120]} | -"
                read = sum(len(times.read_text().split()) for times in folder.glob("*.times"))
                print(f"| {engine} | {workers} | {said} | {read} |", flush=True)


if __name__ == "__main__":
    from benchmarks.cluster import main as measured  # workers look up what they are sent by this name

    measured()
