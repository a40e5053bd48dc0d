"""The card beside the weights: what they are, what reads them, and their checksums."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from onrecord.errors import ModelError

FOLDER = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Card:
    """``card.json``: the model's name, its files' SHA-256, the chains of roles and the thresholds.

    ``moves``: [before][after] scores of the chain over ROLES; ``start``: scores of its first label; the same
    for the chain over PARTIES. ``least``: how likely a cue, a nested cue, a name, a nominal, a trigger or an
    event's context must be to be read as one. ``fused``: the graphs are optimised already, and are to be run
    as they are.
    """

    name: str
    files: dict[str, str]
    moves: list[list[float]]
    start: list[float]
    party_moves: list[list[float]]
    party_start: list[float]
    least: dict[str, float]
    fused: bool = False

    @property
    def sha256(self) -> str:
        """One checksum for all of the weights: of the files' checksums in the order of their names."""
        return hashlib.sha256("".join(self.files[n] for n in sorted(self.files)).encode()).hexdigest()


@cache
def load_card(folder: Path = FOLDER) -> Card:
    """Read the card; raise ModelError where there is none or it is not one."""
    try:
        return msgspec.json.decode((folder / "card.json").read_bytes(), type=Card)
    except FileNotFoundError as error:
        raise ModelError(
            f"no weights in {folder}: reinstall onrecord, or make them (training/README.md)"
        ) from error
    except msgspec.DecodeError as error:
        raise ModelError(f"{folder / 'card.json'} is damaged: {error}; reinstall onrecord") from error


def verify(folder: Path = FOLDER) -> None:
    """Raise ModelError unless every file of the weights has the checksum on the card."""
    for name, expected in sorted(load_card(folder).files.items()):
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError(f"{folder / name} cannot be read: {error}; reinstall onrecord") from error
        if found != expected:
            raise ModelError(
                f"{folder / name} is not the file on its card (sha256 {found[:12]}…); reinstall onrecord"
            )
