"""A door: a path of the workbench, who may go through it, and what stands behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

Role = Literal["anyone", "reader", "editor", "administrator"]
RANK: dict[str, int] = {"anyone": 0, "reader": 1, "editor": 2, "administrator": 3}


@dataclass(frozen=True, slots=True)
class Door:
    """A route with the least role that it asks for.

    ``behind`` is a plain function, run in a thread; it finds the store, the user and the translations on the
    request (see ``onrecord.web.bench``). A door that changes something takes POST only, and its form carries
    the token that ``bench.token`` gives. ``api``: refusals are JSON, and a bearer token may open it.
    """

    path: str
    behind: Callable[[Request], Response]
    needs: Role = "reader"
    methods: tuple[str, ...] = ("GET",)
    api: bool = False

    @property
    def name(self) -> str:
        """Give the name by which templates link to it."""
        return self.behind.__name__
