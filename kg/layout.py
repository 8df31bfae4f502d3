"""Where each node of the network stands, computed once so that every reader sees the same picture.

Per component: distances and forces (``kg.forces``), then the boxes of nodes and labels are pushed
apart and lines cleared (``kg.clearing``); in large networks only the nodes are pushed apart, since
not every name can have room there.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

LINE_LENGTH = 22  # characters of a label in one line on the canvas
WORD_LENGTH = 28  # German has words that are better too long than broken
LINE_COUNT = 3
FONT_SIZE = 14
MIN_DISTANCE = 48  # pixels between the centres of any two nodes, at the least
ALL_NAMED = 600  # nodes: up to so many, there is room for the name of each when one zooms in
_LINE_HEIGHT = 15
_CHARACTER_WIDTH = 7.9  # of FONT_SIZE in a wide system font, on average
_GAP = 12  # between two boxes
_STEP = 60.0  # between neighbours before boxes are pushed apart
_ASPECT = 1.7  # width : height of the whole picture
_MOST_STRETCH = 2.0  # beyond, the picture would no longer show the network's shape
_LOOK_ROUND = 8  # how many turns pass between looking who is in reach
_TURNS = 100  # in a large network
_ROOM = 1.5  # in a large network: how much more room there is than its nodes need
_REACH = 24.0  # pixels
_SIDEWAYS = 2.0  # how much rather two boxes move apart across than down

# Characters that reorder or hide text: they belong to the data, but not on a canvas.
_BREAKS = dict.fromkeys([*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029], " ")
_HIDDEN = dict.fromkeys(
    [0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
_CANVAS = {**_BREAKS, **_HIDDEN}


@dataclass(frozen=True, slots=True)
class Box:
    """The rectangle that a node and the label under it take up, seen from the node's centre."""

    half_width: float
    above: float
    below: float


def node_size(degree: int) -> int:
    """Radius in pixels of a node with so many edges.

    >>> node_size(0), node_size(4), node_size(400)
    (10, 14, 24)
    """
    return min(24, 10 + round(2 * math.sqrt(degree)))


def canvas_label(text: str) -> str:
    r"""Break a name into the few short lines that stand under its node.

    >>> canvas_label("Automotive Cluster Ostdeutschland e.V.")
    'Automotive Cluster\nOstdeutschland e.V.'
    >>> canvas_label("Wirtschaftsförderungsgesellschaft Sachsen")
    'Wirtschaftsförderungs-\ngesellschaft Sachsen'
    >>> canvas_label("x" * 100).splitlines()[-1]
    'xxxxxxxxxxxxxxxxxxxxx…'
    """
    # 400 characters are more than fit; wrapping a 10,000 character name whole would be slow.
    words = text[:400].translate(_CANVAS).split()
    lines = _lines(words)
    if len(lines) > LINE_COUNT or len(text) > 400:
        last = lines[LINE_COUNT - 1] if len(lines) >= LINE_COUNT else lines[-1]
        lines = [*lines[: LINE_COUNT - 1], last[: LINE_LENGTH - 1].rstrip() + "…"]
    return "\n".join(lines)


def _lines(words: Iterable[str]) -> list[str]:
    """Greedy line breaking; only a word beyond WORD_LENGTH breaks within, at its hyphen if any."""
    lines = [""]
    for word in words:
        if len(f"{lines[-1]} {word}".strip()) <= LINE_LENGTH:
            lines[-1] = f"{lines[-1]} {word}".strip()
            continue
        rest = word
        while len(rest) > WORD_LENGTH:
            cut = rest.rfind("-", 1, LINE_LENGTH) + 1
            lines.append(rest[:cut] if cut else rest[: LINE_LENGTH - 1] + "-")
            rest = rest[cut or LINE_LENGTH - 1 :]
        lines.append(rest)
    return [line for line in lines if line] or [""]


def positions(graph: nx.MultiDiGraph[str], seed: int = 1) -> dict[str, tuple[int, int]]:
    """Place every node of the network on whole pixels.

    The same nodes and edges give the same positions, in whatever order they were added. No two
    nodes or labels overlap, components stand side by side, nodes without edges in rows below.

    Args:
        graph: The network; the node attribute ``label`` decides how much room a node needs.
        seed: Another number gives another picture of the same network.

    Returns:
        Pixel position (x to the right, y down) of each node, around the origin.

    """
    import networkx as nx

    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in graph.edges() if a != b}))
    named = len(plain) <= ALL_NAMED
    boxes = {node: _box(graph, node, named=named) for node in plain}
    components = sorted(
        (sorted(nodes) for nodes in nx.connected_components(plain)),
        key=lambda nodes: (-len(nodes), nodes[0]),
    )
    of = {node: i for i, nodes in enumerate(components) for node in nodes}
    edges: list[list[tuple[str, str]]] = [[] for _ in components]
    for a, b in plain.edges():
        edges[of[a]].append((a, b))
    blocks = [
        _component(nodes, edges[i], boxes, seed)
        for i, nodes in enumerate(components)
        if len(nodes) > 1
    ]
    placed = _pack(blocks, boxes)
    alone = [nodes[0] for nodes in components if len(nodes) == 1]
    return _centred(placed | _rows(alone, placed, boxes))


def _box(graph: nx.MultiDiGraph[str], node: str, *, named: bool) -> Box:
    size = node_size(graph.degree(node))
    if not named:
        return Box(MIN_DISTANCE / 2, MIN_DISTANCE / 2, MIN_DISTANCE / 2)
    lines = canvas_label(str(graph.nodes[node].get("label", node))).split("\n")
    width = max(MIN_DISTANCE, max(map(len, lines)) * _CHARACTER_WIDTH + _GAP)
    return Box(width / 2, size + _GAP / 2, size + 6 + len(lines) * _LINE_HEIGHT + _GAP / 2)


def _component(
    nodes: Sequence[str], edges: Sequence[tuple[str, str]], boxes: dict[str, Box], seed: int
) -> dict[str, tuple[float, float]]:
    """Place the nodes of one connected component, its longer side across."""
    import numpy as np

    from kg.clearing import boxes_of, cleared
    from kg.forces import links, placed

    index = {node: i for i, node in enumerate(nodes)}
    ends = np.array([(index[a], index[b]) for a, b in edges])
    points = placed(links(len(nodes), ends[:, 0], ends[:, 1]), seed)
    points = _widened(_across(_roomy(points, ends)))
    if len(nodes) > ALL_NAMED:
        points = _roomier(points)
    most = _TURNS if len(nodes) > ALL_NAMED else None
    points = apart(points, [boxes[node] for node in nodes], most)
    if len(nodes) <= ALL_NAMED:
        found = [boxes[node] for node in nodes]
        room = [(b.half_width, b.above, b.below, b.above - _GAP / 2) for b in found]
        points = cleared(points, ends, boxes_of(room))
    return {node: (x, y) for node, (x, y) in zip(nodes, points.tolist(), strict=True)}


def _roomier(points: Array) -> Array:
    """Scale a large picture so that nodes have room in its middle half, where most of them are."""
    import numpy as np

    low, high = np.quantile(points, [0.25, 0.75], axis=0)
    area = float(np.prod(np.maximum(high - low, 1e-6)))
    return points * max(MIN_DISTANCE * math.sqrt(len(points) * _ROOM / area), 1.0)


def _roomy(points: Array, ends: NDArray[np.int64]) -> Array:
    """Scale a picture so that neighbours are about one step apart."""
    import numpy as np

    delta = points[ends[:, 0]] - points[ends[:, 1]]
    usual = float(np.median(np.hypot(delta[:, 0], delta[:, 1])))
    return points * (_STEP / max(usual, 1e-6))


def _across(points: Array) -> Array:
    """Turn the points so that they spread most from left to right."""
    import numpy as np

    points = points - points.mean(axis=0)
    (xx, xy), (_, yy) = points.T @ points
    angle = 0.5 * math.atan2(2 * xy, xx - yy)
    cos, sin = math.cos(angle), math.sin(angle)
    turned: Array = points @ np.array([[cos, -sin], [sin, cos]])
    return turned


def _widened(points: Array) -> Array:
    """Stretch a square or high picture towards the aspect of a screen, keeping its area."""
    width, height = points.max(axis=0) - points.min(axis=0)
    stretch = min(max(_ASPECT * height / max(width, 1e-9), 1.0), _MOST_STRETCH)
    return points * [math.sqrt(stretch), 1 / math.sqrt(stretch)]


def apart(points: Array, boxes: Sequence[Box], most: int | None = None) -> Array:
    """Push overlapping boxes apart, each pair along the axis where less is missing.

    With ``most`` turns at the most, some in a crowd may still overlap.
    """
    import numpy as np

    half = np.array([[b.half_width, (b.above + b.below) / 2] for b in boxes])
    shift = np.array([[0.0, (b.below - b.above) / 2] for b in boxes])
    # A hair apart in the order of the nodes: two nodes on one spot would have no direction to go.
    centres: Array = points + shift + np.arange(len(boxes))[:, None] % 1000 * [1e-3, 1e-4]
    quiet = 0
    for turn in itertools.count() if most is None else range(most):
        if turn % _LOOK_ROUND == 0 or quiet:  # moves are short, so those in reach stay the same
            one, two = _near(centres, half)
            room = half[one] + half[two] + 1.5  # 1.5: positions are rounded to whole pixels
        delta = centres[one] - centres[two]
        clash = np.flatnonzero((np.abs(delta) < room).all(axis=1))
        if not len(clash):
            if quiet or turn % _LOOK_ROUND == 0:
                break
            quiet = 1  # none among those that were in reach: look round once more
            continue
        quiet = 0
        missing = room[clash] - np.abs(delta[clash])
        # Across rather than down where it is the same: the screen is wider than high.
        missing[missing[:, 0] < missing[:, 1] * _SIDEWAYS, 1] = 0
        missing[missing[:, 1] > 0, 0] = 0
        push = np.copysign(np.where(missing > 0, missing + 0.5, 0), delta[clash]) * 0.4
        ends = np.r_[one[clash], two[clash]]
        count = np.bincount(ends, minlength=len(boxes))
        moves = (
            np.stack([np.bincount(ends, np.r_[p, -p], len(boxes)) for p in push.T], axis=1)
            / np.maximum(np.sqrt(count), 1)[:, None]
        )
        centres = np.round(centres + moves, 4)
        if turn % 30 == 29:  # stuck in a crowd: give everybody more room
            centres = np.round(centres * 1.03, 4)
    settled: Array = centres - shift
    return settled


def _near(centres: Array, half: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All pairs of boxes that overlap or may soon, by a grid of cells as large as two boxes."""
    import numpy as np

    cell = 2 * half.max(axis=0) + _REACH
    x, y = np.floor((centres - centres.min(axis=0)) / cell).astype(np.int64).T
    wide = int(y.max()) + 2
    key = x * wide + y
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    ones, twos = [], []
    for step in (0, 1, wide - 1, wide, wide + 1):  # the cell itself and one of each two sides
        first = np.searchsorted(ordered, key + step, "left")
        counts = np.searchsorted(ordered, key + step, "right") - first
        one = np.repeat(np.arange(len(key)), counts)
        within = np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts)
        two = order[np.repeat(first, counts) + within]
        kept = (one < two) if step == 0 else (one != two)
        ones.append(one[kept])
        twos.append(two[kept])
    one, two = np.concatenate(ones), np.concatenate(twos)
    near = (np.abs(centres[one] - centres[two]) < half[one] + half[two] + _REACH).all(axis=1)
    return one[near], two[near]


def _bounds(
    placed: dict[str, tuple[float, float]], boxes: dict[str, Box]
) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the boxes of all placed nodes."""
    if not placed:
        return (0.0, 0.0, 0.0, 0.0)
    return (
        min(x - boxes[n].half_width for n, (x, _) in placed.items()),
        min(y - boxes[n].above for n, (_, y) in placed.items()),
        max(x + boxes[n].half_width for n, (x, _) in placed.items()),
        max(y + boxes[n].below for n, (_, y) in placed.items()),
    )


def _pack(
    blocks: Sequence[dict[str, tuple[float, float]]], boxes: dict[str, Box]
) -> dict[str, tuple[float, float]]:
    """Set the components side by side, the largest first, near the aspect of a screen."""
    gap = 2 * _GAP
    bounds = [_bounds(block, boxes) for block in blocks]
    sizes = [(right - left + gap, low - top + gap) for left, top, right, low in bounds]
    order = sorted(range(len(blocks)), key=lambda i: (-round(sizes[i][1]), i))
    widest = max((width for width, _ in sizes), default=0.0)
    area = sum(width * height for width, height in sizes)
    tries = [widest, *(max(widest, math.sqrt(area * _ASPECT) * k / 10) for k in range(9, 16))]
    spots = min((_skyline([sizes[i] for i in order], width) for width in tries), key=_waste)
    placed: dict[str, tuple[float, float]] = {}
    for i, (x, y, _, _) in zip(order, spots, strict=True):
        left, top = bounds[i][:2]
        placed |= {node: (nx - left + x, ny - top + y) for node, (nx, ny) in blocks[i].items()}
    return placed


Spot = tuple[float, float, float, float]  # x, y, width, height


def _skyline(sizes: Sequence[tuple[float, float]], width: float) -> list[Spot]:
    """Put each rectangle as high up as it goes in a strip of this width, then as far left."""
    spots: list[Spot] = []
    for w, h in sizes:
        corners = [0.0, *(x + other for x, _, other, _ in spots)]
        y, x = min(
            (max((sy + sh for sx, sy, sw, sh in spots if sx < x + w and x < sx + sw), default=0), x)
            for x in corners
            if x + w <= width + 1 or x == 0
        )
        spots.append((x, y, w, h))
    return spots


def _waste(spots: Sequence[Spot]) -> float:
    """Area of the smallest screen-shaped rectangle around the spots, as its width."""
    right = max((x + w for x, _, w, _ in spots), default=0.0)
    low = max((y + h for _, y, _, h in spots), default=0.0)
    return round(max(right, low * _ASPECT), 3)


def _rows(
    nodes: Sequence[str], placed: dict[str, tuple[float, float]], boxes: dict[str, Box]
) -> dict[str, tuple[float, float]]:
    """Put nodes without edges into rows below the rest."""
    if not nodes:
        return {}
    left, _, right, low = _bounds(placed, boxes)
    column = 2 * max(boxes[n].half_width for n in nodes) + _GAP
    row = max(boxes[n].above + boxes[n].below for n in nodes) + _GAP
    square = math.ceil(math.sqrt(len(nodes) * _ASPECT * row / column))
    columns = min(len(nodes), max(square, int((right - left) // column)))
    top = low + (3 * _GAP if placed else 0) + max(boxes[n].above for n in nodes)
    return {
        node: (left + column * (i % columns + 0.5), top + row * (i // columns))
        for i, node in enumerate(sorted(nodes))
    }


def _centred(placed: dict[str, tuple[float, float]]) -> dict[str, tuple[int, int]]:
    if not placed:
        return {}
    xs, ys = [x for x, _ in placed.values()], [y for _, y in placed.values()]
    x0, y0 = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return {n: (round(x - x0), round(y - y0)) for n, (x, y) in sorted(placed.items())}
