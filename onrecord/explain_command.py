"""What ``onrecord explain`` does around the explaining: finding the record, and failures in one sentence."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import click

from onrecord.batch import Reads, the_reader
from onrecord.codec import decode_record
from onrecord.errors import ModelError, OnRecordError, RecordError
from onrecord.explain import explain
from onrecord.export.visible import one_line
from onrecord.record import Record
from onrecord.sources import STANDARD_INPUT, is_address

EXPLAINED, UNREAD, UNKNOWN = 0, 1, 2  # exit codes; a missing id is a call that makes no sense
_WIDEST = 100
_RECORDS = (".json", ".jsonl", ".ndjson")
_SEVERAL = re.compile(rb"\[\s*[{\]]|\{\"schema\":[^\n]*\}\n+\{")
"""An array of records, or a record a line."""


def explain_command(name: str, entry: str, *, make_reader: Callable[[], Reads] = the_reader) -> int:
    """Explain an entry of the named record, or of a page that is read; give the exit code."""
    try:
        record = _record(name, make_reader)
    except ModelError:
        raise
    except (OnRecordError, OSError) as error:
        return _fail(name, _reason(error).removeprefix(f"{name}: "), UNREAD)
    try:
        words = explain(record, entry, width=min(shutil.get_terminal_size().columns, _WIDEST))
    except RecordError as error:
        return _fail(name, str(error), UNKNOWN)
    # The same bytes on every system, whatever its locale says.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    click.echo(words, nl=False)
    return EXPLAINED


def _record(name: str, make_reader: Callable[[], Reads]) -> Record:
    """Take a record from its JSON; read anything else as a page."""
    if is_address(name):
        return make_reader().read(name)
    content = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    json = content.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n")
    if _SEVERAL.match(json):
        raise RecordError("this holds several records, or none; explain takes a file with one")
    if json.startswith(b"{") or Path(name).suffix.lower() in _RECORDS:
        return decode_record(json)
    return make_reader().read(content if name == STANDARD_INPUT else Path(name))


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def _fail(name: str, message: str, code: int) -> int:
    click.echo(f"onrecord: {one_line(name)}: {one_line(message)}", err=True)
    return code
