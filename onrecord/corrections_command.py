"""What ``onrecord correct``, ``corrections`` and ``gold`` do: say what is wrong, show what was said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from onrecord.shown import FOUND, NOTHING, as_json, as_text, joined, write

if TYPE_CHECKING:
    from onrecord.store.conflicts import Conflict
    from onrecord.store.corrections import Correction

_LISTS = (
    "source", "cue", "content", "addressees", "actors", "recipients", "according_to", "contexts", "sectors",
    "aliases",
)  # fmt: skip


def correct_command(
    page: str,
    entry: str | None,
    *,
    store: str,
    action: str,
    who: str,
    at: str | None = None,
    why: str = "",
    what: str | None = None,
    sets: Sequence[str] = (),
    others: Sequence[str] = (),
    undo: str | None = None,
    expected: str | None = None,
    form: str = "terminal",
) -> int:
    """Write one correction down and show it with its conflicts; give the exit code: 0, or 1 with conflicts.

    ``sets`` are "field=value": JSON where it is that, words otherwise; a span is "start:end". ``others`` are
    entries to be merged. ``at`` is now where it is not given. Raises StoreError where it makes no sense.
    """
    from datetime import UTC, datetime

    from onrecord.store.correcting import correct
    from onrecord.store.store import Store

    change: dict[str, Any] = dict(map(_assigned, sets))
    if action == "merge":
        change = {"with": list(others)}
    elif action == "split":
        change = {"into": change, **({"mentions": list(others)} if others else {})}
    elif action == "undo":
        change = {"correction": undo or ""}
    with Store.open(store, create=False) as opened:
        written = correct(
            opened, page, action, entry, who=who, at=at or datetime.now(UTC), why=why,  # type: ignore[arg-type]
            what=what, change=change, expected=expected,  # type: ignore[arg-type]
        )  # fmt: skip
    correction = written.correction
    if form == "terminal":
        made = f"it is {written.added}" if written.added else None
        twice = None if written.new else "was written before"
        head = joined(["corrected", action, entry, made, twice, f"correction {correction.id}"])
        text = as_text([[head], *map(_conflict, written.conflicts)])
    else:
        around = {"correction": correction.id, "new": written.new, "added": written.added}
        text = as_json(written.conflicts, "json", around)
    return write(text, NOTHING if written.conflicts else FOUND)


def corrections_command(
    page: str | None = None, *, store: str, who: str | None = None, form: str = "terminal"
) -> int:
    """Show what people corrected, by time, and of one page its conflicts too; give the exit code."""
    from onrecord.store.corrected import corrected
    from onrecord.store.corrections import history
    from onrecord.store.store import Store

    with Store.open(store, create=False) as opened:
        view = opened.view()
        found = list(history(view, page, who=who))
        conflicts: tuple[Conflict, ...] = corrected(view, page).conflicts if page else ()
    if form != "terminal":
        lines: Iterable[Any] = [{"id": c.id, **_fields(c)} for c in found]
        text = as_json(lines, form, {"conflicts": list(conflicts)})
    elif found or conflicts:
        text = as_text([*map(_correction, found), *map(_conflict, conflicts)])
    else:
        text = as_text([[Text("Nobody has corrected anything here.", style="dim")]])
    return write(text, FOUND if found else NOTHING)


def gold_command(*, store: str, text: bool = False) -> int:
    """Write what people judged as JSON Lines for training; give the exit code: 1 where nothing was judged."""
    from onrecord.store.gold import gold
    from onrecord.store.store import Store

    code = NOTHING
    with Store.open(store, create=False) as opened:
        for line in gold(opened.view(), text=text):
            code = write(json.dumps(line, separators=(",", ":")) + "\n", FOUND)
            if code != FOUND:
                break
    return code


def _assigned(said: str) -> tuple[str, Any]:
    """Read "field=value"; lists of one may be given without brackets, and null is none."""
    field, sign, value = said.partition("=")
    if not sign or not field.strip():
        raise click.UsageError(f"{said!r}: write field=value, as in attitude=denies or content=120:180")
    start, colon, end = value.partition(":")
    read: Any = value
    if colon and start.isdecimal() and end.isdecimal():
        read = [int(start), int(end)]
    elif (
        value.strip()[:1] in {"[", "{", "-"}
        or value.strip()[:1].isdecimal()
        or value in {"null", "true", "false"}
    ):
        try:
            read = json.loads(value)
        except ValueError:
            read = value
        if field.strip() in {"date", "name"} and not isinstance(read, (dict, str)) and read is not None:
            read = value  # a year is no number
    elif field.strip() in _LISTS and value:
        read = value.split(",")
    return field.strip(), read


def _fields(correction: Correction) -> Mapping[str, Any]:
    return {name: getattr(correction, name) for name in correction.__dataclass_fields__}


def _correction(c: Correction) -> Sequence[Text]:
    words = c.target.anchor.quote if c.target.anchor else None
    change = ", ".join(
        f"{field} = {_told(value['to'])}" for field, value in c.change.get("fields", {}).items()
    )
    if c.action == "undo":
        change = f"correction {c.change['correction']}"
    return [
        joined([f"{c.action} {c.target.entry or c.what}", change or None], "bold"),
        *([joined([words])] if words else []),
        joined([c.who, c.at, c.why or None], "dim"),
        joined([c.page_id, f"correction {c.id}"], "dim"),
    ]


def _conflict(conflict: Conflict) -> Sequence[Text]:
    says = "; ".join(f"{who}: {said}" for who, said in conflict.says)
    return [joined([conflict.kind, conflict.message], "yellow"), joined([says], "dim")]


def _told(value: Any) -> str:
    """Give a changed value in short: words of spans, ids and names of entries."""
    if isinstance(value, list):
        return " + ".join(map(_told, value)) or "none"
    if isinstance(value, dict):
        found = value.get("quote") or value.get("entry") or value.get("value")
        return f"{value['start']}:{value['end']}" if found is None and "start" in value else str(found)
    return "none" if value is None else str(value)
