"""Lines that run through a node they do not end at look like two lines, and a star like a chain.

So nodes with few neighbours are moved, one after the other, to where their lines are clear of other
nodes, cross few other lines and are short, as far as there is room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

_FEW = 3  # neighbours: a node with more holds its place
_CLEAR = 6.0  # pixels between a line and a node that it passes
_RADII = (70, 110, 160, 220, 290, 370, 460)
_ANGLES = 20
_THROUGH, _CROSSING, _LENGTH = 100.0, 1.0, 1 / 150
_ENOUGH = 1.0  # the cost of a line up to which a node stays


@dataclass(frozen=True, slots=True)
class Boxes:
    """The room that each node takes: ``low`` and ``high`` corners from its centre, ``radius``."""

    low: Array
    high: Array
    radius: Array


def cleared(points: Array, ends: Ints, boxes: Boxes, gap: float = 1.5) -> Array:
    """Move nodes with few neighbours so that lines run clear; boxes that were apart stay apart.

    Args:
        points: where the nodes stand; a row each.
        ends: the numbers of the two nodes of each line, none twice.
        boxes: what must not overlap.
        gap: pixels between two boxes.
    """
    points = np.round(points)
    near: list[list[int]] = [[] for _ in points]
    for line, (a, b) in enumerate(ends.tolist()):
        near[a].append(line)
        near[b].append(line)
    movable = [i for i in range(len(points)) if 0 < len(near[i]) <= _FEW]
    angles = np.arange(_ANGLES) * (2 * np.pi / _ANGLES)
    ring = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    spots = np.concatenate([ring * radius for radius in _RADII])
    for i in sorted(movable, key=lambda i: (len(near[i]), i)):
        own = np.array(near[i])
        hubs = np.where(ends[own, 0] == i, ends[own, 1], ends[own, 0])
        middle = points[hubs].mean(axis=0)
        others = np.delete(ends, own, axis=0)
        here = points[i : i + 1]
        if _cost(here, i, hubs, others, points, boxes)[0] < _ENOUGH * len(hubs):
            continue
        tries = np.round(middle + spots)
        tries = np.concatenate([here, tries[_free(tries, i, points, boxes, gap)]])
        cost = _cost(tries, i, hubs, others, points, boxes)
        points[i] = tries[int(np.argmin(np.round(cost, 3)))]
    return points


def _free(tries: Array, i: int, points: Array, boxes: Boxes, gap: float) -> NDArray[np.bool_]:
    low, high = tries + boxes.low[i] - gap, tries + boxes.high[i] + gap
    lows, highs = points + boxes.low, points + boxes.high
    near = ((lows < high.max(axis=0)) & (highs > low.min(axis=0))).all(axis=1)
    near[i] = False
    (left, top), (right, bottom) = lows[near].T, highs[near].T
    clash = (low[:, :1] < right) & (high[:, :1] > left)
    clash &= (low[:, 1:] < bottom) & (high[:, 1:] > top)
    free: NDArray[np.bool_] = ~clash.any(axis=1)
    return free


def _cost(tries: Array, i: int, hubs: Ints, others: Ints, points: Array, boxes: Boxes) -> Array:
    """How bad each place would be for the node and its lines."""
    one, two = points[others[:, 0]], points[others[:, 1]]
    cost: Array = _THROUGH * (_distance(tries, one, two) < boxes.radius[i] + _CLEAR).sum(axis=1)
    for hub in hubs:
        end = points[hub]
        # The nodes that the new line would run through: distances the other way round.
        passes = _distances(points, tries, end) < boxes.radius[:, None] + _CLEAR
        passes[[i, hub]] = False
        cost = cost + _THROUGH * passes.sum(axis=0)
        away = (others != hub).all(axis=1)
        cost = cost + _CROSSING * _crossings(tries, end, one[away], two[away])
        cost = cost + _LENGTH * np.hypot(*(tries - end).T)
    return cost


def _distance(spots: Array, one: Array, two: Array) -> Array:
    """From each spot to each line."""
    (ax, ay), (bx, by) = one.T, (two - one).T
    x, y = spots[:, :1] - ax, spots[:, 1:] - ay
    part = np.clip((x * bx + y * by) / np.maximum(bx * bx + by * by, 1e-9), 0, 1)
    found: Array = np.hypot(x - part * bx, y - part * by)
    return found


def _distances(points: Array, tries: Array, end: Array) -> Array:
    """From each point to the line from each try to the end."""
    return _distance(points, np.broadcast_to(end, tries.shape), tries)


def _crossings(tries: Array, end: Array, one: Array, two: Array) -> Array:
    """How many lines each line from a try to the end would cross."""

    def side(a: Array, b: Array, c: Array) -> NDArray[np.bool_]:
        turn: Array = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (
            b[..., 1] - a[..., 1]
        ) * (c[..., 0] - a[..., 0])
        left: NDArray[np.bool_] = turn > 0
        return left

    spots = tries[:, None]
    split = side(one, two, spots) != side(one, two, end)
    within = side(spots, end, one) != side(spots, end, two)
    count: Array = (split & within).sum(axis=1)
    return count


def boxes_of(sizes: Sequence[tuple[float, float, float, float]]) -> Boxes:
    """From half width, room above and below, and radius of each node."""
    wide, above, below, radius = np.array(sizes).reshape(-1, 4).T
    return Boxes(np.stack([-wide, -above], axis=1), np.stack([wide, below], axis=1), radius)
