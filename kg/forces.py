"""Positions of one connected network: distances first, then forces, in numpy alone.

Start: pivot MDS, in which the distances to a few nodes give every node its place (U. Brandes,
C. Pich, Eigensolver methods for progressive multidimensional scaling of large data, 2006). Then
forces as in ForceAtlas2 (M. Jacomy et al., 2014): neighbours attract each other by their distance
(in small networks by its logarithm, which spreads them more evenly), all repel each other by their
degrees over their distance. Repulsion is read off a grid of masses convolved with the kernel (the
particle-mesh method: R. W. Hockney, J. W. Eastwood, Computer simulation using particles, 1988), so
that a round costs no more than a Fourier transform.

Positions are rounded in every round: what machines differ in at the twelfth digit does not grow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]

_PIVOTS = 50
_ROUNDS = 150
_DIGITS = 4
_PAIRS_UP_TO = 60  # nodes: less work than a grid
_EVEN_UP_TO = 600  # nodes: beyond, groups that stand apart matter more than room for every name


@dataclass(frozen=True, slots=True)
class Links:
    """The edges of a connected network between nodes 0 to n-1, each once and none to itself."""

    one: Ints
    other: Ints
    found: Ints  # the neighbours of node 0, of node 1 and so on
    starts: Ints  # where those of each node begin in ``found``

    @property
    def degrees(self) -> Ints:
        """How many neighbours each node has."""
        return np.diff(self.starts)


def links(count: int, one: Ints, other: Ints) -> Links:
    """The network of these edges, indexed by node."""
    ends, others = np.r_[one, other], np.r_[other, one]
    order = np.lexsort((others, ends))
    return Links(one, other, others[order], np.searchsorted(ends[order], np.arange(count + 1)))


def steps_from(source: int, net: Links) -> Ints:
    """The number of steps from a node to each other one, breadth first.

    >>> steps_from(0, links(3, np.array([0, 1]), np.array([1, 2]))).tolist()
    [0, 1, 2]
    """
    steps = np.full(len(net.starts) - 1, -1)
    steps[source] = 0
    front, step = np.array([source]), 0
    while len(front):
        step += 1
        counts = net.starts[front + 1] - net.starts[front]
        begins = np.repeat(net.starts[front] - np.r_[0, np.cumsum(counts)[:-1]], counts)
        near = net.found[begins + np.arange(len(begins))]
        front = np.unique(near[steps[near] < 0])
        steps[front] = step
    return steps


def placed(net: Links, seed: int) -> Array:
    """Where the nodes stand; neighbours are some units apart, the middle is the origin."""
    count = len(net.starts) - 1
    start = _pivot_mds(net, seed) * math.sqrt(count) * 3
    return _settled(start, net) if count > 2 else start


def _pivot_mds(net: Links, seed: int) -> Array:
    """Two coordinates of each node with a spread of one, from its distances to the pivots."""
    count = len(net.starts) - 1
    steps = np.empty((count, min(_PIVOTS, count)))
    nearest = np.full(count, count + 1)
    # The first pivot is the hub or, by another seed, any node; the next is the one farthest away.
    pivot = int(np.argmax(net.degrees)) if seed == 1 else seed % count
    for i in range(steps.shape[1]):
        from_pivot = steps_from(pivot, net)
        steps[:, i] = from_pivot
        nearest = np.minimum(nearest, from_pivot)
        pivot = int(np.argmax(nearest))
    squares = steps**2
    centred = squares.mean(0) + squares.mean(1)[:, None] - squares - squares.mean()
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, -2:][:, ::-1]  # of the greatest spread
    if axes.shape[1] < 2:
        axes = np.c_[axes, 0 * axes]
    axes = axes * np.where(axes[np.abs(axes).argmax(0), np.arange(2)] < 0, -1, 1)
    points: Array = centred @ axes
    spread = np.sqrt((points**2).mean(0))
    points = points / np.where(spread > 1e-6, spread, 1)
    # A hair apart: two nodes on one spot would never leave each other. By seed, another picture.
    points += np.random.default_rng(seed).uniform(-0.01, 0.01, points.shape)
    return np.round(points, _DIGITS)


def _settled(points: Array, net: Links) -> Array:
    """Let the forces act, ever more gently."""
    count = len(points)
    mass: Array = net.degrees.astype(np.float64) + 1
    cells = 48 if count <= _EVEN_UP_TO else 128 if count < 2000 else 256 if count < 20000 else 512
    for turn in range(_ROUNDS):
        delta = points[net.other] - points[net.one]
        if count <= _EVEN_UP_TO:
            length = np.hypot(delta[:, 0], delta[:, 1])[:, None] + 1e-9
            delta *= np.log1p(length) / length
        pull = np.stack(
            [np.bincount(net.one, d, count) - np.bincount(net.other, d, count) for d in delta.T],
            axis=1,
        )
        moves = _repulsion(points, mass, cells) + pull / mass[:, None]
        far = np.hypot(moves[:, 0], moves[:, 1])[:, None] + 1e-9
        most = math.sqrt(count) * (1 - turn / _ROUNDS) ** 1.5 + 0.01
        points = np.round(points + moves * np.minimum(0.5, most / far), _DIGITS)
    return points


def _repulsion(points: Array, mass: Array, cells: int) -> Array:
    """The push on a unit of mass at each point: the masses of the others over their distances."""
    if len(points) <= _PAIRS_UP_TO:
        apart = points[:, None] - points
        push: Array = (apart * (mass / ((apart**2).sum(-1) + 0.05))[..., None]).sum(1)
        return push
    count, wide = len(points), 2 * cells  # twice as wide, so that the far side is not near
    low = points.min(0)
    cell = float((points.max(0) - low).max()) / (cells - 1.01) + 1e-9
    place = (points - low) / cell
    corner = np.floor(place).astype(np.int64)
    part = place - corner
    # Each mass is dealt out to the four corners of its cell, and the push is read off there again.
    corners = [(dx, dy) for dx in (0, 1) for dy in (0, 1)]
    index = np.concatenate([(corner[:, 0] + dx) * wide + corner[:, 1] + dy for dx, dy in corners])
    share = np.concatenate(
        [np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1]) for dx, dy in corners]
    )
    grid = np.bincount(index, share * np.tile(mass, 4), wide * wide).reshape(wide, wide)
    waves = np.fft.rfft2(grid)
    pushes = []
    for kernel in _kernels(cells):
        field = np.fft.irfft2(waves * kernel, s=(wide, wide)).ravel()
        pushes.append((field[index] * share).reshape(4, count).sum(0) / cell)
    return np.stack(pushes, axis=1)


@lru_cache(maxsize=4)
def _kernels(cells: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """Of the push from left to right and from top to bottom: one over the distance, softened."""
    wide = 2 * cells
    offset = np.fft.fftfreq(wide) * wide
    x, y = np.meshgrid(offset, offset, indexing="ij")
    square = x * x + y * y + 0.25
    return np.fft.rfft2(x / square), np.fft.rfft2(y / square)
