"""Where an export goes: a file or folder that appears under its name when it is whole, or standard output."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from onrecord.errors import StoreError


def write_text(pieces: Iterable[str], output: str | None) -> None:
    """Write pieces as UTF-8, on standard output where no file is named; StoreError where that fails."""
    if output is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    if target.exists() and not target.is_file():  # /dev/stdout, a pipe
        with open(target, "wb") as out:
            out.writelines(piece.encode("utf-8", "replace") for piece in pieces)
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with open(part, "wb") as out:
            out.writelines(piece.encode("utf-8", "replace") for piece in pieces)
        os.replace(part, target)
    except OSError as error:
        raise StoreError(f"cannot write {output}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


def write_folder(write: Callable[[Path], Any], output: str) -> None:
    """Have files written into a folder that is not there yet, or is empty; StoreError where it is neither."""
    target = Path(output)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise StoreError(f"{output} is there already; name a folder that is not, or an empty one")
        write(part)
        if target.exists():
            target.rmdir()
        os.replace(part, target)
    except OSError as error:
        raise StoreError(f"cannot write {output}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
