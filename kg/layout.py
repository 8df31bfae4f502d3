"""Where each node of the network stands, computed once so that every reader sees the same picture.

Per component: stress majorisation (drawn distances follow the distances in the network), then the
boxes of nodes and labels are pushed apart. Unlike a spring simulation it converges, so the picture
of one data set does not depend on rounding, and it needs neither scipy nor the reader's patience.
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
_LINE_HEIGHT = 15
_CHARACTER_WIDTH = 7.9  # of FONT_SIZE in a wide system font, on average
_GAP = 12  # between two boxes
_STEP = 100.0  # between neighbours before boxes are pushed apart
_ASPECT = 1.7  # width : height of the whole picture
_MOST_STRETCH = 2.0  # beyond, the picture would no longer show the network's shape
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
    plain.add_edges_from(sorted((a, b) for a, b in graph.edges() if a != b))
    boxes = {node: _box(graph, node) for node in plain}
    components = sorted(
        (sorted(nodes) for nodes in nx.connected_components(plain)),
        key=lambda nodes: (-len(nodes), nodes[0]),
    )
    blocks = [_component(plain, nodes, boxes, seed) for nodes in components if len(nodes) > 1]
    placed = _pack(blocks, boxes)
    alone = [nodes[0] for nodes in components if len(nodes) == 1]
    return _centred(placed | _rows(alone, placed, boxes))


def _box(graph: nx.MultiDiGraph[str], node: str) -> Box:
    lines = canvas_label(str(graph.nodes[node].get("label", node))).split("\n")
    size = node_size(graph.degree(node))
    width = max(MIN_DISTANCE, max(map(len, lines)) * _CHARACTER_WIDTH + _GAP)
    return Box(width / 2, size + _GAP / 2, size + 6 + len(lines) * _LINE_HEIGHT + _GAP / 2)


def _component(
    graph: nx.Graph[str], nodes: Sequence[str], boxes: dict[str, Box], seed: int
) -> dict[str, tuple[float, float]]:
    """Place the nodes of one connected component, its longer side across."""
    import networkx as nx
    import numpy as np

    index = {node: i for i, node in enumerate(nodes)}
    steps = np.zeros((len(nodes), len(nodes)))
    for node, lengths in nx.all_pairs_shortest_path_length(graph.subgraph(nodes).copy()):
        for other, length in lengths.items():
            steps[index[node], index[other]] = length
    points = _widened(_across(_stress(steps, seed)) * _STEP)
    points = _apart(points, [boxes[node] for node in nodes])
    return {node: (float(points[i, 0]), float(points[i, 1])) for node, i in index.items()}


def _stress(steps: Array, seed: int, starts: int = 3, rounds: int = 100) -> Array:
    """Find the points whose distances come nearest to the numbers of steps (SMACOF)."""
    import numpy as np

    count = len(steps)
    weights = 1.0 / np.where(steps > 0, steps, np.inf) ** 2
    laplacian = np.diag(weights.sum(axis=1)) - weights
    # The Laplacian is singular (moving all points changes nothing); adding 1/n makes it regular.
    inverse = np.linalg.inv(laplacian + 1.0 / count) - 1.0 / count
    random = np.random.default_rng(seed)
    best, least = np.zeros((count, 2)), math.inf
    for _ in range(starts):
        points = random.uniform(-1, 1, (count, 2)) * math.sqrt(count)
        for _ in range(rounds):
            lengths = np.maximum(_lengths(points), 1e-9)
            ratio = weights * steps / lengths
            points = inverse @ (np.diag(ratio.sum(axis=1)) - ratio) @ points
        stress = float((weights * (_lengths(points) - steps) ** 2).sum())
        # A clear improvement only, so that rounding never decides between two equal pictures.
        if stress < least * 0.999:
            best, least = points, stress
    return best


def _lengths(points: Array) -> Array:
    import numpy as np

    x, y = points.T
    lengths: Array = np.sqrt(np.subtract.outer(x, x) ** 2 + np.subtract.outer(y, y) ** 2)
    return lengths


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


def _apart(points: Array, boxes: Sequence[Box]) -> Array:
    """Push overlapping boxes apart, each pair along the axis where less is missing."""
    import numpy as np

    half = np.array([[b.half_width, (b.above + b.below) / 2] for b in boxes])
    shift = np.array([[0.0, (b.below - b.above) / 2] for b in boxes])
    one, two = np.triu_indices(len(boxes), 1)
    room = half[one] + half[two] + 1.5  # 1.5: positions are rounded to whole pixels
    # A hair apart in the order of the nodes: two nodes on one spot would have no direction to go.
    centres: Array = points + shift + np.arange(len(boxes))[:, None] * [1e-3, 1e-4]
    for turn in itertools.count(1):
        delta = centres[one] - centres[two]
        clash = np.flatnonzero((np.abs(delta) < room).all(axis=1))
        if not len(clash):
            break
        missing = room[clash] - np.abs(delta[clash])
        # Across rather than down where it is the same: the screen is wider than high.
        missing[missing[:, 0] < missing[:, 1] * _SIDEWAYS, 1] = 0
        missing[missing[:, 1] > 0, 0] = 0
        push = np.copysign(np.where(missing > 0, missing + 0.5, 0), delta[clash]) * 0.4
        count = np.bincount(np.r_[one[clash], two[clash]], minlength=len(boxes))
        moves = np.zeros_like(centres)
        np.add.at(moves, one[clash], push)
        np.add.at(moves, two[clash], -push)
        centres += moves / np.maximum(np.sqrt(count), 1)[:, None]
        if turn % 30 == 0:  # stuck in a crowd: give everybody more room
            centres *= 1.03
    settled: Array = centres - shift
    return settled


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
