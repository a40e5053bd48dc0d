"""How the workbench bears many readers at once:  python -m benchmarks.load [--store STORE] [--pages N]

Readers are threads that ask over the loopback, each on a connection of its own, one page after another; the
server is a process of its own, as ``onrecord serve`` starts it. Readers and server share the machine's cores,
so that the figures are what one small machine gives. Without --store, a store of N pages is made first by
``benchmarks.store``, from records in --records.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from onrecord.store import Store, lists
from onrecord.store.filter import Filter
from onrecord.store.query import words_of

LOOKED = 600  # statements of the store from which readers' questions are taken, cursor by cursor
PATIENCE = 120.0  # seconds
_SERVE = "from onrecord.cli import main; main()"


@dataclass(slots=True)
class Taken:
    """What readers met with on one kind of page: seconds of each answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Measure, and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", help="a store that is there; else one is made")
    parser.add_argument("--pages", type=int, default=200_000, help="pages of the store that is made (200000)")
    parser.add_argument("--readers", type=int, default=50, help="readers at once (50)")
    parser.add_argument("--asks", type=int, default=20, help="pages that each of them asks for (20)")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds that a reader reads a page (0)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or f"{folder}/onrecord.db"
        if not options.store:
            _make(store, options.pages)
        asked = questions(store)
        with Store.open(store, create=False) as there:
            counts = there.view().counts()
        print(f"{counts.pages:,} pages, {counts.statements:,} statements; {os.cpu_count()} hardware threads, "
              f"load when it began {os.getloadavg()[0]:.1f}\n", flush=True)  # fmt: skip
        with served(store) as (port, process):
            for paths in asked.values():  # the first answers also load templates
                Reader(port).ask(paths[0])
            idle = memory(process)
            began = time.perf_counter()
            taken = crowd(port, asked, readers=options.readers, asks=options.asks, pause=options.pause)
            took = time.perf_counter() - began
            print(table(taken))
            answers = sum(len(kind.seconds) for kind in taken.values())
            print(f"\n{options.readers} readers at once: {answers / took:.1f} pages/s; the server's memory "
                  f"{idle:,.0f} MiB at rest, {memory(process, 'VmHWM'):,.0f} MiB at its most")  # fmt: skip


def questions(store: str) -> Mapping[str, Sequence[str]]:
    """Give what readers ask for: pages, words and parties that the store holds, newest first."""
    pages, words, parties = [], [], []
    with Store.open(store, create=False) as there:
        view, cursor = there.view(), None
        for _ in range(LOOKED // 100):
            listing = lists.statements(view, Filter(), limit=100, after=cursor)
            for line in listing.lines:
                pages.append(f"/page/{line.page.page_id}?" + urlencode({"entry": line.id}))
                long = sorted({word for _, _, word in words_of(line.words) if len(word) > 4})
                words += [f"/search?{urlencode({'q': word})}" for word in long[:2]]
                if line.speaker is not None:
                    named = line.speaker
                    asked = {"name": named.name, "type": named.type}
                    parties.append(f"/actor/{named.actor}" if named.actor else "/actor?" + urlencode(asked))
            cursor = listing.next
            if cursor is None:
                break
    found = {"reading view": pages, "search": words, "actor": parties}
    return {kind: list(dict.fromkeys(paths)) for kind, paths in found.items() if paths}


@contextmanager
def served(store: str) -> Iterator[tuple[int, int]]:
    """Run the server; give its port and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", _SERVE, "serve", "--store", store, "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _await(port, server)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(30)


class Reader:
    """Somebody with a browser: one connection, kept open, opened anew where it was closed."""

    def __init__(self, port: int) -> None:
        """Stand before a port of this machine."""
        self._port = port
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def ask(self, path: str) -> str:
        """Ask for a page; follow where it sends; give what was wrong, or nothing."""
        for _ in range(3):
            try:
                self._line.request("GET", path)
                answer = self._line.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as error:
                self._line.close()
                return type(error).__name__
            to = answer.getheader("location")
            if to is None:
                return "" if answer.status == 200 else str(answer.status)
            path = to
        return "sent in a circle"


def crowd(
    port: int, asked: Mapping[str, Sequence[str]], *, readers: int, asks: int, pause: float = 0.0
) -> Mapping[str, Taken]:
    """Let readers ask at once, each kind of page in turn; give what they met with by kind."""
    taken = {kind: Taken() for kind in asked}
    lock, gate = threading.Lock(), threading.Barrier(readers)

    def read(number: int) -> None:
        chance, reader, kinds = random.Random(number), Reader(port), list(asked)  # noqa: S311
        gate.wait()
        for turn in range(asks):
            kind = kinds[(number + turn) % len(kinds)]
            path = chance.choice(asked[kind])
            began = time.perf_counter()
            fault = reader.ask(path)
            took = time.perf_counter() - began
            with lock:
                taken[kind].seconds.append(took)
                if fault:
                    taken[kind].faults[fault] += 1
            time.sleep(pause * chance.random() * 2)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def table(taken: Mapping[str, Taken]) -> str:
    """Set what was met with in a Markdown table."""
    lines = ["| page | answers | median ms | 99 in 100 within ms | errors |", "|---|--:|--:|--:|---|"]
    for kind, found in taken.items():
        middle = statistics.median(found.seconds) * 1000
        faults = ", ".join(f"{name} ×{count}" for name, count in sorted(found.faults.items())) or "none"
        within = within_99(found.seconds) * 1000
        lines.append(f"| {kind} | {len(found.seconds)} | {middle:,.0f} | {within:,.0f} | {faults} |")
    return "\n".join(lines)


def within_99(seconds: Sequence[float]) -> float:
    """Give the time within which 99 of 100 were answered."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def memory(process: int, what: str = "VmRSS") -> float:
    """Give what a process holds, in MiB; VmHWM is the most that it held."""
    found = re.search(
        rf"^{what}:\s*(\d+) kB", Path(f"/proc/{process}/status").read_text("ascii"), re.MULTILINE
    )
    return int(found[1]) / 1024 if found else float("nan")


def _make(store: str, pages: int) -> None:
    made = [sys.executable, "-m", "benchmarks.store", "--store", store, "--pages", str(min(pages, 2000))]
    subprocess.run([*made, "--fill", str(pages)], check=True)


def _await(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit(f"the server ended with {server.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server does not answer")


if __name__ == "__main__":
    main()
