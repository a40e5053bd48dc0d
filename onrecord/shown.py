"""Lines of a store as text: JSON for programs, and paragraphs for whoever reads a terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from io import StringIO
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from onrecord.export.visible import ascii_controls, visible

FOUND, NOTHING, OUTPUT_GONE = 0, 1, 141
FORMATS = ("terminal", "json", "jsonl")
NARROWEST, WIDEST = 40, 100


def as_json(lines: Iterable[Any], form: str, around: dict[str, Any]) -> str:
    """Give lines as JSON: "jsonl" is a line each, "json" one object with ``around`` and the ``lines``."""
    if form == "jsonl":
        return "".join(f"{_encode(line)}\n" for line in lines)
    return _encode({**around, "lines": list(lines)}) + "\n"


def as_text(paragraphs: Iterable[Sequence[Text]]) -> str:
    """Give paragraphs for the terminal: the first line of each stands out, the others are set in."""
    page = StringIO()
    colour = _colour()
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    console = Console(
        file=page, width=max(NARROWEST, min(width, WIDEST)), force_terminal=colour,
        color_system="standard" if colour else None, no_color=not colour, highlight=False, markup=False,
        emoji=False, legacy_windows=False,
    )  # fmt: skip
    for number, (first, *others) in enumerate(paragraphs):
        if number:
            console.print()
        console.print(first)
        for text in others:
            console.print(Padding(text, (0, 0, 0, 2)))
    return "".join(line.rstrip() + "\n" for line in page.getvalue().splitlines())


def marked(words: str, marks: Iterable[Any] = ()) -> Text:
    """Give words of a page, safe to show, with what was looked for marked: [so] where there is no colour."""
    text, at, colour = Text(), 0, _colour()
    for mark in marks:
        text.append(_safe(words[at : mark.start]))
        found = _safe(words[mark.start : mark.end])
        text.append(found if colour else f"[{found}]", style="bold yellow")
        at = mark.end
    return text.append(_safe(words[at:]))


def joined(parts: Iterable[str | None], style: str = "") -> Text:
    """Give what is known of these, a point between them."""
    return Text(" · ".join(_safe(part) for part in parts if part), style=style)


def write(text: str, code: int) -> int:
    """Write to standard output as UTF-8; give the code, or 141 where whoever read it has gone."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OUTPUT_GONE
    return code


def tell_more(following: str | None) -> None:
    """Say on standard error how to go on."""
    if following is not None:
        click.echo(f"onrecord: there is more; go on with --after {following}", err=True)


def _encode(value: Any) -> str:
    return ascii_controls(msgspec.json.encode(_plain(value)).decode())


def _plain(value: Any) -> Any:
    """Give dataclasses as objects, fields in their written order, and halves of surrogate pairs as U+FFFD."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode() if not value.isascii() else value
    return value


def _safe(words: str) -> str:
    """Give words as one safe line; blanks at their ends stay, as they may be joined to others."""
    inner = " ".join(words.split())
    if not inner:
        return " " if words else ""
    return f"{' ' * words[0].isspace()}{visible(inner)}{' ' * words[-1].isspace()}"


def _colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))
