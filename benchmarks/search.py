"""How long search and lists take in a large store:  python -m benchmarks.search STORE [--rounds N]

The store is made by ``python -m benchmarks.store --store STORE --pages 2000 --fill 200000``. Each question is
asked several times of one process, the first time left out; what is given is the median by the clock and by
CPU time, which says what one core needs where others use it too. ``--plans`` prints how SQLite goes about it.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import event, select

from onrecord.store import Filter, Store, View, lists
from onrecord.store.facets import facets
from onrecord.store.query import words_of
from onrecord.store.schema import entities, events, pages, statements
from onrecord.store.search import search
from onrecord.store.who import who

Question = Callable[[View], Any]


def main() -> None:
    """Measure, and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--plans", action="store_true")
    options = parser.parse_args()
    with Store.open(options.store, create=False) as store:
        view = store.view()
        counts = view.counts()
        print(f"{counts.pages:,} pages, {counts.statements:,} statements, {counts.events:,} events\n")
        if options.plans and store.is_sqlite:
            event.listen(store.engine, "before_cursor_execute", _explain)
        print("| question | median ms | median CPU ms | slowest ms |\n|---|--:|--:|--:|")
        clocks, used = [], []
        for name, ask in _questions(view).items():
            took = [_time(ask, view) for _ in range(options.rounds + 1)][1:]
            clock, cpu = (statistics.median(times) * 1000 for times in zip(*took, strict=True))
            clocks.append(clock)
            used.append(cpu)
            print(f"| {name} | {clock:.1f} | {cpu:.1f} | {max(took)[0] * 1000:.1f} |", flush=True)
        middle, core = statistics.median(clocks), statistics.median(used)
        print(f"| **median of the questions** | {middle:.1f} | {core:.1f} | |")


def _time(ask: Question, view: View) -> tuple[float, float]:
    clock, cpu = time.perf_counter(), time.process_time()
    ask(view)
    return time.perf_counter() - clock, time.process_time() - cpu


def _questions(view: View) -> dict[str, Question]:
    """Give questions about what the store holds: its common and rare words, names and outlets."""
    common, middling, rare = _words(view)
    often, seldom = _names(view)
    country, outlet = _first(view, entities.c.country), _first(view, pages.c.outlet)
    kind, day = _first(view, events.c.type), _first(view, statements.c.day)

    def found(
        words: str | None = None, what: Any = "statements", order: Any = "rank", **asked: str
    ) -> Question:
        return lambda view: search(view, Filter(words=words, **asked), what=what, order=order)

    def listed(of: Any, **asked: str) -> Question:
        return lambda view: of(view, Filter(**asked))

    def second(of: Any, **asked: str) -> Question:
        return lambda view: of(view, Filter(**asked), after=of(view, Filter(**asked)).next)

    return {
        "search: a common word": found(common),
        "search: a middling word": found(middling),
        "search: a rare word": found(rare),
        "search: two words": found(f"{common} {middling}"),
        "search: a phrase of two": found(f'"{common} {middling}"'),
        "search: a beginning": found(f"{rare[:3]}*"),
        "search: a common word, by day": found(common, order="day"),
        "search: a rare word, by day": found(rare, order="day"),
        "search: a common word of a frequent speaker": found(common, speaker=often),
        "search: a common word of a rare speaker": found(common, speaker=seldom),
        "search: a common word of a country": found(common, country=country),
        "search: a common word of an outlet, since a day": found(common, outlet=outlet, since=day),
        "search: a common word, denied": found(common, attitude="denies"),
        "search: no words, a speaker": found(speaker=often),
        "search articles: a common word": found(common, what="articles"),
        "search articles: a rare word": found(rare, what="articles"),
        "search articles: a rare word of an outlet": found(rare, what="articles", outlet=outlet),
        "search articles: a common word, by day": found(common, what="articles", order="day"),
        "statements: newest": listed(lists.statements),
        "statements: second page": second(lists.statements),
        "statements: an attitude": listed(lists.statements, attitude="denies"),
        "statements: a speaker": listed(lists.statements, speaker=often),
        "events: newest": listed(lists.events),
        "events: a type": listed(lists.events, type=kind),
        "events: a type and a country": listed(lists.events, type=kind, country=country),
        "events: an actor": listed(lists.events, actor=often),
        "events: a rare actor": listed(lists.events, actor=seldom),
        "events: the page's own voice, denied": listed(lists.events, claimant="page", status="denied"),
        "events: a claimant": listed(lists.events, claimant=often),
        "relations: newest": listed(lists.relations),
        "relations: a party": listed(lists.relations, party=often),
        "figures: newest": listed(lists.figures),
        "figures: a type": listed(lists.figures, type=kind),
        "facets: a rare word": lambda view: facets(view, Filter(words=rare)),
        "facets: a speaker": lambda view: facets(view, Filter(speaker=often)),
        "facets: all statements": lambda view: facets(view),
        "facets: events of a type": lambda view: facets(view, Filter(type=kind), "events"),
        "who: a frequent name": lambda view: who(view, often),
        "who: a rare name": lambda view: who(view, seldom),
    }


def _words(view: View) -> tuple[str, str, str]:
    """Give a common, a middling and a rare word of the statements."""
    with view.store.reading() as connection:
        wanted = select(statements.c.content).order_by(statements.c.n).limit(5000)
        counts = Counter(word for (text,) in connection.execute(wanted) for _, _, word in words_of(text))
    ordered = [
        word for word, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if len(word) > 3
    ]
    return ordered[0], ordered[len(ordered) // 20], ordered[-len(ordered) // 4]


def _names(view: View) -> tuple[str, str]:
    with view.store.reading() as connection:
        wanted = select(entities.c.name).order_by(entities.c.n.desc()).limit(20_000)
        counts = Counter(name for (name,) in connection.execute(wanted))
    ordered = [name for name, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    return ordered[0], ordered[-1]


def _first(view: View, column: Any) -> str:
    """Give the most frequent value of a column among the last rows."""
    with view.store.reading() as connection:
        wanted = select(column).where(column.is_not(None)).order_by(column.table.c.n.desc()).limit(2000)
        counts = Counter(value for (value,) in connection.execute(wanted))
    return min(counts, key=lambda value: (-counts[value], value), default="")


def _explain(_: Any, cursor: Any, statement: str, parameters: Any, *others: Any) -> None:
    if statement.lstrip().upper().startswith("SELECT"):
        plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        print("    " + "\n    ".join(row[3] for row in plan))


if __name__ == "__main__":
    main()
