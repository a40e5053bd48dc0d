"""A folder of Parquet: a folder a split, with its records, its failures and a manifest that says it is done.

::

    out/split=CC-NEWS-….warc.gz-000033554432-1f0c…/records.parquet    a page a row, its record as JSON
                                                   failures.parquet   pages that failed, with the reason
                                                   manifest.json      what was read, counts, checksums

A split's folder is written beside its place under a name with a dot, which tools leave alone, and moved there
whole: it is there and complete, or not there. So the manifests are the checkpoints.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec

from onrecord._version import __version__
from onrecord.cluster.arrow import result_schema, the_pyarrow
from onrecord.cluster.splits import Piece, Split
from onrecord.errors import StoreError

if TYPE_CHECKING:
    import pyarrow

RECORDS, FAILURES, MANIFEST = "records.parquet", "failures.parquet", "manifest.json"
_PREFIX, _UNFINISHED = "split=", ".unfinished-"


class Manifest(msgspec.Struct, frozen=True):
    """What stands in a finished split's folder."""

    onrecord: str
    pieces: tuple[Piece, ...]
    pages: int
    failures: dict[str, int]  # by reason
    passed_over: int
    sha256: dict[str, str]  # of the two files
    models: tuple[str, ...]


class Output:
    """The folder that splits are written into and found in."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def splits(self) -> Iterator[tuple[Path, Manifest]]:
        """Give the finished splits in the order of their names; raises StoreError where one is damaged."""
        for path in sorted(self.folder.glob(f"{_PREFIX}*")):
            try:
                yield path, msgspec.json.decode((path / MANIFEST).read_bytes(), type=Manifest)
            except (OSError, msgspec.DecodeError) as error:
                raise StoreError(
                    f"{path} is no finished split ({error}); remove it to read it again"
                ) from error

    def finished(self) -> dict[str, list[Piece]]:
        """Give, by path, the pieces that were read; raises StoreError where another version read them."""
        found: dict[str, list[Piece]] = {}
        for path, manifest in self.splits():
            if manifest.onrecord != __version__:
                message = f"{path} was read by onrecord {manifest.onrecord}, this is {__version__}"
                raise StoreError(f"{message}; name another folder")
            for piece in manifest.pieces:
                found.setdefault(piece.path, []).append(piece)
        return found

    def tidy(self) -> None:
        """Remove what workers left that were killed; only where none is at work."""
        for path in self.folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(path, ignore_errors=True)

    def is_finished(self, split: Split) -> bool:
        """Whether this split is there."""
        return (self.folder / (_PREFIX + split.key) / MANIFEST).exists()

    @contextmanager
    def writing(self, split: Split) -> Iterator[_Writing]:
        """Give what takes a split's results; moved to its place once ``finish`` was called, else removed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        beside = self.folder / f"{_UNFINISHED}{split.key}-{uuid4().hex[:8]}"
        beside.mkdir()
        try:
            writing = _Writing(beside, split)
            try:
                yield writing
            finally:
                writing.close()
            if writing.is_finished:
                _move(beside, self.folder / (_PREFIX + split.key))
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be written: {error.strerror or error}") from error
        finally:
            shutil.rmtree(beside, ignore_errors=True)


class _Writing:
    """A split's folder while it is written."""

    def __init__(self, folder: Path, split: Split) -> None:
        parquet = _the_parquet()
        self._folder, self._split = folder, split
        schema = result_schema()
        kept = [name for name in schema.names if name not in ("reason", "message")]
        self._columns = {RECORDS: kept, FAILURES: ["locator", "source", "reason", "message"]}
        self._writers = {
            name: parquet.ParquetWriter(
                folder / name, result_schema_of(schema, columns), compression="zstd", version="2.6"
            )
            for name, columns in self._columns.items()
        }
        self._pages = 0
        self._reasons: Counter[str] = Counter()
        self._models: set[str] = set()
        self.is_finished = False

    def put(self, table: pyarrow.Table) -> None:
        """Write a table of results."""
        import pyarrow.compute as pc

        is_record = pc.is_valid(table["record"])
        for name, rows in (
            (RECORDS, table.filter(is_record)),
            (FAILURES, table.filter(pc.invert(is_record))),
        ):
            if rows.num_rows:
                self._writers[name].write_table(rows.select(self._columns[name]))
        self._pages += pc.sum(is_record).as_py() or 0
        self._reasons.update(reason for reason in table["reason"].to_pylist() if reason is not None)
        self._models.update(model for model in table["model"].to_pylist() if model is not None)

    def finish(self, passed_over: int) -> None:
        """Write the manifest: the split is complete."""
        self.close()
        manifest = Manifest(
            __version__,
            self._split.pieces,
            self._pages,
            dict(sorted(self._reasons.items())),
            passed_over,
            {name: _sealed(self._folder / name) for name in (RECORDS, FAILURES)},
            tuple(sorted(self._models)),
        )
        path = self._folder / MANIFEST
        path.write_bytes(msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")
        _sealed(path)
        self.is_finished = True

    def close(self) -> None:
        """Close the files."""
        for writer in self._writers.values():
            writer.close()


def result_schema_of(schema: pyarrow.Schema, columns: list[str]) -> pyarrow.Schema:
    """Give some columns of a schema."""
    return the_pyarrow().schema([schema.field(name) for name in columns])


def _the_parquet() -> Any:
    the_pyarrow()
    import pyarrow.parquet

    return pyarrow.parquet


def _sealed(path: Path) -> str:
    """Have a file's bytes on the disk; give their SHA-256."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def _move(beside: Path, there: Path) -> None:
    """Move a finished folder to its place; where another worker was first, its folder has the same in it."""
    try:
        beside.rename(there)
    except OSError:
        if not (there / MANIFEST).exists():
            raise
    descriptor = os.open(there.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
