"""How fast pages go into a store, and how large it is:  python -m benchmarks.store [OPTIONS]

Prepared records (recombined from the example pages, or from ``--records FILE``) are checked, packed, drawn
into rows and written, all in one process and one thread. ``--fill N`` goes on to N pages by using drawn rows
again under other places, days and names, which makes a large store to search in quickly.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.recombine import DAYS, OUTLETS, recombined, samples
from onrecord.store import Store
from onrecord.store.rows import COLUMNS, PAGE_COLUMNS, Drawn, draw, fold
from onrecord.store.stored import page_key


def main() -> None:
    """Measure, and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", help="where to put it (a new file in a temporary folder)")
    parser.add_argument("--records", type=Path, help="JSON Lines of records to recombine")
    parser.add_argument("--pages", type=int, default=2000, help="pages that are measured (2000)")
    parser.add_argument("--batch", type=int, default=100, help="pages of one transaction (100)")
    parser.add_argument("--fill", type=int, default=0, help="fill the store to so many pages afterwards")
    parser.add_argument("--no-text", action="store_true", help="keep no words")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.store or f"{folder}/onrecord.db"
        pages = list(recombined(options.pages, samples(options.records)))
        with Store.open(url, text=not options.no_text) as store:
            writer = store.writer()
            began, cpu = time.perf_counter(), time.process_time()
            for start in range(0, len(pages), options.batch):
                writer.add(pages[start : start + options.batch])
            took, used = time.perf_counter() - began, time.process_time() - cpu
            statements = store.view().counts().statements
            print(
                f"{len(pages):,} pages, {statements:,} statements: {statements / took:,.0f} statements/s by "
                f"the clock, {statements / used:,.0f} by CPU time, {len(pages) / took:,.0f} pages/s"
            )
            if options.fill > len(pages):
                began, cpu = time.perf_counter(), time.process_time()
                drawn = [draw(page, words=store.words) for page in pages]
                batch: list[Drawn] = []
                for page in _again(drawn, options.fill - len(pages)):
                    batch.append(page)
                    if len(batch) == 500:
                        writer.put(batch)
                        batch = []
                writer.put(batch)
                more = store.view().counts().statements - statements
                took = time.perf_counter() - began
                statements += more
                used = time.process_time() - cpu
                print(
                    f"filled to {options.fill:,} pages: {more / took:,.0f} statements/s by the clock, "
                    f"{more / used:,.0f} by CPU time"
                )
        if store.is_sqlite:
            size = os.path.getsize(store.name)
            print(f"{size / 2**20:,.0f} MiB, {size / statements:,.0f} bytes a statement")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory {peak:,.0f} MiB")


def _again(drawn: list[Drawn], count: int) -> Iterator[Drawn]:
    """Give drawn pages under other places, texts and days, their first entities under other names."""
    chance = random.Random(1)  # noqa: S311
    names = sorted({str(row[1]) for page in drawn for row in page.rows["entities"]})
    at = {name: PAGE_COLUMNS.index(name) for name in PAGE_COLUMNS}
    for number in range(count):
        page = drawn[number % len(drawn)]
        shift = timedelta(days=chance.randrange(DAYS))
        text_id = hashlib.sha256(f"{number} {page.text[0]}".encode()).hexdigest()
        locator = f"https://example.org/again/{number}"
        row = list(page.page)
        day = _shift(row[at["day"]], shift)
        for name, value in (
            ("id", page_key(locator, text_id)), ("locator", locator), ("uri", locator), ("text_id", text_id),
            ("outlet", f"Outlet {chance.randrange(OUTLETS)}"), ("day", day), ("published", day),
        ):  # fmt: skip
            row[at[name]] = value
        text = (text_id, *page.text[1:])
        renamed = {
            n: names[int(len(names) * chance.random() ** 3)] for n in range(0, len(page.rows["entities"]), 3)
        }
        yield replace(page, page=tuple(row), text=text, rows=_varied(page, renamed, shift))


def _varied(page: Drawn, renamed: dict[int, str], shift: timedelta) -> dict[str, list[tuple[object, ...]]]:
    rows = dict(page.rows)
    rows["entities"] = [
        (row[0], renamed[n], fold(renamed[n]), *row[3:]) if n in renamed else row
        for n, row in enumerate(page.rows["entities"])
    ]
    rows["names"] = [row for row in page.rows["names"] if row[0] not in renamed]
    rows["names"] += [(n, fold(name)) for n, name in renamed.items()]
    for table in ("statements", "events", "relations", "figures"):
        columns = [c for c in COLUMNS[table] if c not in {"n", "page_n"}]
        place = columns.index("day")
        rows[table] = [
            (*row[:place], _shift(row[place], shift), *row[place + 1 :]) for row in page.rows[table]
        ]
    return rows


_SHIFTED: dict[tuple[object, timedelta], str | None] = {}


def _shift(day: object, shift: timedelta) -> str | None:
    if not isinstance(day, str):
        return None
    key = (day, shift)
    if key not in _SHIFTED:
        _SHIFTED[key] = str(date.fromisoformat(day) + shift)
    return _SHIFTED[key]


if __name__ == "__main__":
    main()
