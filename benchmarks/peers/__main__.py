"""Runs a scorer with a peer in our place:  python -m benchmarks.peers PEER[=SETTING] SCORER.py FOLDER

The scorer is run as it is; only what ``onrecord.Reader`` and ``onrecord.open_page`` name is the peer's.
"""

from __future__ import annotations

import importlib
import runpy
import sys
from pathlib import Path

import onrecord


def main() -> None:
    """Put the peer in our place and run the scorer."""
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    chosen, scorer, folder = sys.argv[1:]
    name, _, setting = chosen.partition("=")
    peer = importlib.import_module(f"benchmarks.peers.{name}")
    if hasattr(peer, "Reader"):
        onrecord.Reader = lambda: peer.Reader(setting)  # type: ignore[misc,assignment]
    if hasattr(peer, "page_opener"):
        onrecord.open_page = peer.page_opener(setting)
    sys.argv = [scorer, folder]
    sys.path.insert(0, str(Path(scorer).parent))
    runpy.run_path(scorer, run_name="__main__")


if __name__ == "__main__":
    main()
