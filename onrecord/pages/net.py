"""Small networks read by numpy: the mean of a few, each one hidden layer, over standardised columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from onrecord.errors import ModelError

Array = np.ndarray[Any, Any]
_CLIP = 4.0  # standard deviations: an outlying line says no more than a far one
# Rows multiplied at once: few enough for OpenBLAS to stay on this thread (products of 2^18 and fewer); waking
# others takes longer than the work, above all on a busy machine.
_ROWS = 64


@dataclass(frozen=True, slots=True)
class Net:
    """Networks of one shape; ``hidden`` is (networks, columns, units), the rest follows from it."""

    mean: Array
    scale: Array
    hidden: Array
    hidden_bias: Array
    out: Array
    out_bias: Array

    def probability(self, rows: Array) -> Array:
        """Give for each row how likely it is a line of the article."""
        if self.mean.shape != rows.shape[1:]:
            raise ModelError(f"the line weights are for {self.mean.shape[0]} columns, not {rows.shape[1]}")
        standard = np.clip((rows - self.mean) / self.scale, -_CLIP, _CLIP)
        likely = [self._mean(standard[i : i + _ROWS]) for i in range(0, len(rows), _ROWS)]
        return np.concatenate(likely) if likely else np.zeros(0)

    def _mean(self, standard: Array) -> Array:
        total = np.zeros(len(standard))
        for hidden, bias, out, out_bias in zip(
            self.hidden, self.hidden_bias, self.out, self.out_bias, strict=True
        ):
            score = np.maximum(standard @ hidden + bias, 0.0) @ out + out_bias
            total += 1.0 / (1.0 + np.exp(-score))
        return np.asarray(total / len(self.hidden))


@cache
def net(name: str) -> Net:
    """Load the networks of ``onrecord/pages/weights/<name>.npz``, once a process."""
    try:
        with (
            files("onrecord.pages").joinpath("weights", f"{name}.npz").open("rb") as file,
            np.load(file) as held,
        ):
            return Net(*(held[part].astype(np.float32) for part in Net.__dataclass_fields__))
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(
            f"the line weights {name}.npz are missing or damaged; install onrecord again"
        ) from error
