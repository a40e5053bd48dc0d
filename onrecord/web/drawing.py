"""A network as shapes on a plane: where parties stand, how edges bend, which names have room."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

WIDTH = 1160.0
_ROOM = 58.0  # of one party among many, each way
_FONT = 13.0
_LETTER = 0.56  # of the font's size, on average
_PLACES = ((1, 0.35), (-1, 0.35), (0, -0.9), (0, 1.6), (0.6, -0.7), (-0.6, -0.7), (0.6, 1.4), (-0.6, 1.4))
_LONGEST = 28  # letters of a name; the whole of it is in the title and in the table


@dataclass(frozen=True, slots=True)
class Dot:
    """A party: its circle and, where there is room, its name at a place; ``anchor`` is how that is set."""

    key: str
    x: float
    y: float
    radius: float
    name: str
    label: str
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """An edge: the path that it takes from circle to circle, and how wide it is."""

    source: str
    target: str
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes within a plane."""

    width: float
    height: float
    font: float
    dots: tuple[Dot, ...]
    arrows: tuple[Arrow, ...]


@dataclass(slots=True)
class _Body:
    key: str
    x: float
    y: float
    radius: float


@lru_cache(maxsize=64)
def draw(parties: tuple[tuple[str, str], ...], edges: tuple[tuple[str, str, int], ...]) -> Drawing:
    """Draw parties (key, name) and edges (from, to, weight): the same for the same, whatever came first.

    Parts that hang together stand together, the largest first. A party is as large as it has neighbours.
    """
    names = dict(parties)
    near: dict[str, set[str]] = {key: set() for key in sorted(names)}
    for source, target, _ in edges:
        near[source].add(target)
        near[target].add(source)
    parts = sorted(_parts(near), key=lambda part: (-len(part), part[0]))
    bodies, height = _placed(parts, near)
    dots = _labelled(bodies, names, near, height)
    heaviest = max((weight for _, _, weight in edges), default=1)
    arrows = tuple(
        Arrow(source, target, _path(bodies[source], bodies[target]), _width(weight, heaviest))
        for source, target, weight in sorted(edges)
    )
    return Drawing(WIDTH, round(height, 1), _FONT, dots, arrows)


def clearest(edges: Sequence[tuple[str, str, int]], most: int) -> set[tuple[str, str]]:
    """Choose the edges that fit into a drawing: those that hold it together, then the heaviest."""
    root: dict[str, str] = {}

    def top(key: str) -> str:
        while root.setdefault(key, key) != key:
            key = root[key]
        return key

    holding: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    for source, target, _ in sorted(edges, key=lambda e: (-e[2], e[0], e[1])):
        one, other = top(source), top(target)
        root[one] = other
        (others if one == other else holding).append((source, target))
    return {*holding, *others[: max(0, most - len(holding))]}


def _parts(near: Mapping[str, set[str]]) -> list[list[str]]:
    left, found = dict.fromkeys(near), []
    while left:
        part, waiting = [], [next(iter(left))]
        left.pop(waiting[0])
        while waiting:
            key = waiting.pop()
            part.append(key)
            for other in sorted(near[key]):
                if other in left:
                    left.pop(other)
                    waiting.append(other)
        found.append(sorted(part))
    return found


def _placed(parts: Sequence[list[str]], near: Mapping[str, set[str]]) -> tuple[dict[str, _Body], float]:
    """Put the parts on shelves: a wide one to itself, small ones beside each other."""
    bodies: dict[str, _Body] = {}
    x = y = shelf = 0.0
    most = max((len(others) for others in near.values()), default=1)
    for part in parts:
        wide, high = _size(len(part))
        if x + wide > WIDTH and x > 0:
            x, y, shelf = 0.0, y + shelf, 0.0
        if len(part) > 40:
            wide = WIDTH
        spots = _layout(part, near)
        for key in part:
            radius = 4.5 + 13 * math.sqrt(len(near[key]) / max(most, 1))
            edge = 30.0
            at_x, at_y = spots[key]
            bodies[key] = _Body(
                key, x + 60 + at_x * (wide - 120), y + edge + at_y * (high - 2 * edge), radius
            )
        own = [bodies[key] for key in part]
        _spread(own, (x + 20, x + wide - 20), (y + 22, y + high - 22))
        x, shelf = x + wide, max(shelf, high)
    return bodies, y + shelf


def _size(many: int) -> tuple[float, float]:
    if many <= 2:
        return WIDTH / 4, 84.0
    if many <= 4:
        return WIDTH / 3, 170.0
    area = many * _ROOM * _ROOM * min(2.2, max(1.15, 2.3 - 0.004 * many))
    wide = min(WIDTH, max(WIDTH / 2, math.sqrt(area * 1.6)))
    wide = WIDTH if wide > WIDTH / 2 else wide
    return wide, max(240.0, area / wide)


def _layout(part: list[str], near: Mapping[str, set[str]]) -> dict[str, tuple[float, float]]:
    """Give each its place between 0 and 1 by a spring layout, which begins the same each time."""
    if len(part) == 2:
        return {part[0]: (0.0, 0.5), part[1]: (1.0, 0.5)}
    import networkx

    graph: Any = networkx.Graph()
    graph.add_nodes_from(part)
    graph.add_edges_from((key, other) for key in part for other in sorted(near[key]) if key < other)
    found = networkx.spring_layout(graph, seed=7, k=1.6 / math.sqrt(len(part)), iterations=40)
    xs, ys = sorted(float(p[0]) for p in found.values()), sorted(float(p[1]) for p in found.values())
    return {key: (_within(float(found[key][0]), xs), _within(float(found[key][1]), ys)) for key in part}


def _within(value: float, ordered: list[float]) -> float:
    """Put a value between 0 and 1: half by its size, half by its rank, against knots."""
    span = ordered[-1] - ordered[0] or 1.0
    rank = ordered.index(value) / max(1, len(ordered) - 1)
    return 0.5 * (value - ordered[0]) / span + 0.5 * rank


def _spread(bodies: list[_Body], xs: tuple[float, float], ys: tuple[float, float]) -> None:
    """Push apart those that would touch."""
    import numpy as np

    x, y = np.array([b.x for b in bodies]), np.array([b.y for b in bodies])
    radii = np.array([b.radius for b in bodies])
    least = radii[:, None] + radii[None, :] + 10
    np.fill_diagonal(least, 0)
    for _ in range(60):
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        apart = np.maximum(np.hypot(dx, dy), 0.01)
        push = np.maximum(least - apart, 0) / 2 / apart
        if not push.any():
            break
        x = np.clip(x + (dx * push).sum(axis=1), *xs)
        y = np.clip(y + (dy * push).sum(axis=1), *ys)
    for body, at_x, at_y in zip(bodies, x, y, strict=True):
        body.x, body.y = float(at_x), float(at_y)


def _labelled(
    bodies: Mapping[str, _Body], names: Mapping[str, str], near: Mapping[str, set[str]], height: float
) -> tuple[Dot, ...]:
    """Give names to the largest first, each where it meets neither a circle nor another name."""
    import numpy as np

    circles = [(b.x - b.radius, b.y - b.radius, b.x + b.radius, b.y + b.radius) for b in bodies.values()]
    taken = np.full((2 * len(circles), 4), -1e9)
    taken[: len(circles)] = np.array(circles).reshape(-1, 4)
    held = len(circles)
    dots: list[Dot] = []
    for key in sorted(bodies, key=lambda key: (-len(near[key]), key)):
        body, name = bodies[key], names[key]
        label = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
        wide = len(label) * _FONT * _LETTER
        spot = ("", 0.0, 0.0, "start")
        for side, down in _PLACES:
            x, anchor = _beside(body, side)
            y = body.y + down * (_FONT if side == 0 or abs(side) == 1 else body.radius)
            if side == 0:
                y = body.y - body.radius - 5 if down < 0 else body.y + body.radius + _FONT
            left = x if anchor == "start" else x - wide if anchor == "end" else x - wide / 2
            box = (left - 1, y - _FONT * 0.85, left + wide + 1, y + _FONT * 0.25)
            if box[0] < 2 or box[2] > WIDTH - 2 or box[1] < 2 or box[3] > height - 2:
                continue
            if not _meets(box, taken[:held]):
                taken[held] = box
                held += 1
                spot = (label, round(x, 1), round(y, 1), anchor)
                break
        dots.append(Dot(key, round(body.x, 1), round(body.y, 1), round(body.radius, 1), name, *spot))
    return tuple(sorted(dots, key=lambda dot: dot.key))


def _beside(body: _Body, side: float) -> tuple[float, str]:
    if side == 0:
        return body.x, "middle"
    gap = body.radius * abs(side) + 4
    return (body.x + gap, "start") if side > 0 else (body.x - gap, "end")


def _meets(box: tuple[float, float, float, float], others: Any) -> bool:
    """Whether a box meets any of others: rows of left, top, right, bottom."""
    beside = (others[:, 2] <= box[0]) | (others[:, 0] >= box[2])
    above = (others[:, 3] <= box[1]) | (others[:, 1] >= box[3])
    return not bool((beside | above).all())


def _path(source: _Body, target: _Body) -> str:
    """Bend to the right of the way, so that there and back are two lines; end short of the circles."""
    dx, dy = target.x - source.x, target.y - source.y
    far = math.hypot(dx, dy) or 1.0
    bend = min(0.12 * far, 26.0)
    mid_x, mid_y = (source.x + target.x) / 2 - dy / far * bend, (source.y + target.y) / 2 + dx / far * bend
    x0, y0 = _toward(source.x, source.y, mid_x, mid_y, source.radius + 1)
    x1, y1 = _toward(target.x, target.y, mid_x, mid_y, target.radius + 5)
    return f"M{x0:.1f},{y0:.1f}Q{mid_x:.1f},{mid_y:.1f} {x1:.1f},{y1:.1f}"


def _toward(x: float, y: float, to_x: float, to_y: float, by: float) -> tuple[float, float]:
    far = math.hypot(to_x - x, to_y - y) or 1.0
    by = min(by, far * 0.9)
    return x + (to_x - x) / far * by, y + (to_y - y) / far * by


def _width(weight: int, heaviest: int) -> float:
    return round(1.1 + 2.6 * math.sqrt((weight - 1) / max(1, heaviest - 1)) if heaviest > 1 else 1.4, 1)
