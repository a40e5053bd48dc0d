"""Average the weights of several runs:  python -m training.average OUT RUN=SHARE RUN=SHARE …

Weights that a run does not have are averaged over those that do. Runs that began from one another and went
different ways (more events here, more attribution there) keep most of both when they are averaged.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch


def average(out: Path, shares: dict[Path, float]) -> None:
    """Write a checkpoint with the mean of the runs' averaged weights, each with its share."""
    states = [
        (torch.load(run / "checkpoint.pt", weights_only=True)["averaged"], share)
        for run, share in shares.items()
    ]
    mean = {}
    for name, first in states[0][0].items():
        there = [(state[name], share) for state, share in states if name in state]
        whole = sum(share for _, share in there)
        mean[name] = first if not first.is_floating_point() else sum(w * s for w, s in there) / whole
    out.mkdir(parents=True, exist_ok=True)
    torch.save({"averaged": mean}, out / "checkpoint.pt")


if __name__ == "__main__":
    given = [x.rsplit("=", 1) for x in sys.argv[2:]]
    average(Path(sys.argv[1]), {Path(run): float(share) for run, share in given})
