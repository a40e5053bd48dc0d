"""What ``onrecord join``, ``actors``, ``merge``, ``split`` and ``undo`` do: copies and who is who."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from rich.text import Text

from onrecord.export.visible import one_line
from onrecord.shown import FOUND, NOTHING, as_json, as_text, joined, write

if TYPE_CHECKING:
    from onrecord.store.candidates import ActorLine, Candidate, Evidence
    from onrecord.store.decisions import Decision
    from onrecord.store.store import Store

DONE, UNRESOLVED = 0, 1
_SHOWN = 20  # entities of an actor, with why


def join_command(*, store: str, wikidata: bool = False, limit: int | None = None) -> int:
    """Find copies, actors and happenings; give the exit code: 1 where a decision meets nobody any more.

    Raises StoreError where the store cannot be opened or Wikidata not be reached.
    """
    from onrecord.store.copies import count_distinct, find_copies
    from onrecord.store.identity import find_actors
    from onrecord.store.store import Store
    from onrecord.store.tellings import count_happenings, find_tellings

    with Store.open(store, create=False) as opened:
        looked = find_copies(opened)
        who = find_actors(opened)
        if wikidata:
            _link(opened, limit)
            who = find_actors(opened)
        find_tellings(opened)
        view = opened.view()
        pages, events = count_distinct(view), count_happenings(view)
    lines = [
        f"{pages.reports:,} reports, {looked:,} of them new; where copies count once, {pages.exact:,} "
        f"(the same text), {pages.near:,} (near copies), {pages.syndicated:,} (syndicated)",
        f"{who.actors:,} actors",
        f"{events.entries:,} entries of events tell {events.happenings:,} happenings, {events.told_twice:,} "
        "of them on more than one page",
    ]
    code = write("".join(f"{line}\n" for line in lines), DONE)
    _tell_unresolved(who.unresolved)
    return code or (UNRESOLVED if who.unresolved else DONE)


def actors_command(name: str | None = None, *, store: str, form: str = "terminal", limit: int = 50) -> int:
    """Show who is called so, and which pairs may be one (of all, without a name); exit code 1 for nobody."""
    from itertools import islice

    from onrecord.store.candidates import actors_named, candidates, evidence
    from onrecord.store.store import Store

    with Store.open(store, create=False) as opened:
        view = opened.view()
        lines = actors_named(view, name) if name else ()
        pairs = list(islice(candidates(view, name), limit))
        why = {line.id: evidence(view, line.id, limit=_SHOWN) for line in lines}
    if form == "jsonl":
        text = as_json([*lines, *pairs], form, {})
    elif form == "json":
        text = as_json(lines, form, {"candidates": pairs, "evidence": why})
    else:
        shown: list[Sequence[Text]] = [
            [_actor(line), *(_evidence(found) for found in why[line.id])] for line in lines
        ]  # fmt: skip
        shown += [_pair(pair) for pair in pairs]
        text = as_text(shown or [[Text("There is nobody of that name, and no doubtful pair.", style="dim")]])
    return write(text, FOUND if lines or pairs else NOTHING)


def decide_command(action: str, one: str, other: str, *, store: str, why: str, who: str = "") -> int:
    """Write down that two are one ("merge") or that the other is set apart ("split"), and follow it.

    ``one`` and ``other`` are actors' ids, PAGE:e3, or names that one actor alone bears. Raises StoreError.
    """
    from onrecord.store.candidates import meant
    from onrecord.store.decisions import decide
    from onrecord.store.store import Store

    with Store.open(store, create=False) as opened:
        view = opened.view()
        parties = meant(view, one), meant(view, other)
        decision = decide(opened, "merge" if action == "merge" else "split", *parties, why=why, who=who)
        return _followed(opened, decision)


def undo_command(decision: str, *, store: str, why: str, who: str = "") -> int:
    """Take a decision back, by its id or the beginning of that; the decision stays on record."""
    from onrecord.store.decisions import undo
    from onrecord.store.store import Store

    with Store.open(store, create=False) as opened:
        return _followed(opened, undo(opened, decision, why=why, who=who))


def decisions_command(*, store: str, form: str = "terminal") -> int:
    """List the decisions ever taken, in order of time; exit code 1 where there are none."""
    from onrecord.store.decisions import all_decisions, in_force
    from onrecord.store.store import Store

    with Store.open(store, create=False) as opened:
        taken = all_decisions(opened.view())
    if form != "terminal":
        return write(as_json(taken, form, {}), FOUND if taken else NOTHING)
    force = {decision.id for decision in in_force(taken)}
    shown = [_decision(decision, decision.id in force) for decision in taken]
    text = as_text(shown or [[Text("No decision was taken.", style="dim")]])
    return write(text, FOUND if taken else NOTHING)


def _followed(store: Store, decision: Decision) -> int:
    from onrecord.store.identity import find_actors
    from onrecord.store.tellings import find_tellings

    done = find_actors(store)
    find_tellings(store)
    count = "1 entity" if done.changed == 1 else f"{done.changed:,} entities"
    code = write(f"decision {decision.id}: {decision.action}; {count} changed\n", DONE)
    _tell_unresolved(done.unresolved)
    return code or (UNRESOLVED if decision in done.unresolved else DONE)


def _link(store: Store, limit: int | None) -> None:
    from onrecord.store.wikidata import Wikidata, link

    linked = link(store, Wikidata(), limit=limit)
    click.echo(f"onrecord: {len(linked.links):,} actors linked to Wikidata", err=True)
    for name, entries in linked.doubtful:
        click.echo(f"onrecord: {one_line(name)} may be {', '.join(entries)}; left to you", err=True)


def _tell_unresolved(decisions: Sequence[Decision]) -> None:
    for decision in decisions:
        one, other = (party.name or "nobody" for party in (decision.one, decision.other))
        click.echo(
            f"onrecord: decision {decision.id} ({decision.action} {one_line(one)}, {one_line(other)}) meets "
            "nobody, or more than one, now; it stays on record",
            err=True,
        )


def _actor(line: ActorLine) -> Text:
    days = f"{line.first} to {line.last}" if line.first else None
    roles = ", ".join(line.roles[:5])
    count = "1 page" if line.pages == 1 else f"{line.pages:,} pages"
    first = joined([line.name], "bold").append("  ")
    return first.append_text(
        joined([line.type, line.country, roles, count, days, line.wikidata, line.id], "cyan")
    )


def _evidence(found: Evidence) -> Text:
    return joined([found.name, found.why, found.day, f"{found.page_id}:{found.entity}"], "dim")


def _pair(pair: Candidate) -> list[Text]:
    lines = [Text("may be one: ", style="yellow").append_text(_actor(pair.one)), _actor(pair.other)]
    lines.append(joined(["for: " + ", ".join(pair.because)], "dim"))
    if pair.against:
        lines.append(joined(["against: " + ", ".join(pair.against)], "dim"))
    return lines


def _decision(decision: Decision, holds: bool) -> list[Text]:
    first = joined([decision.action, decision.one.name or decision.one.decision, decision.other.name], "bold")
    state = None if holds or decision.action == "undo" else "no longer in force"
    return [first, joined([decision.why, decision.who, decision.at, state, decision.id], "dim")]
