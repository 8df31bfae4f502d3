"""The network as a picture, SVG or PNG, with the positions, shapes and colours of the page.

Drawn by matplotlib, the extra ``akteursnetz[plot]``; the same network gives the same bytes with the
same matplotlib.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.colours import (
    COLOURS,
    EDGE_COLOUR,
    INK,
    NODE_BORDER,
    OTHER_COLOUR,
    OTHER_SHAPE,
    OUTLINE,
    SHAPES,
)
from kg.errors import KgError
from kg.flat import weight_of
from kg.layout import FONT_SIZE, canvas_label, node_size, positions

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Spot = tuple[float, float]
FORMATS = ("svg", "png")
_MARKERS = {"dot": "o", "hexagon": "H", "square": "s", "triangle": "^", "diamond": "D",
            "star": "*", "triangleDown": "v"}  # fmt: skip
_NARROWEST = 240  # pixels from the first to the last node, so that the legend has room
_ROW = 34  # pixels of a row of the legend
_MARGIN = 60  # pixels around everything
_SCREEN = 96  # pixels to the inch, as browsers have it
_POINT = 72 / _SCREEN  # points to a pixel
_MOST_PIXELS = 12_000  # of the longer side of a PNG; a larger picture is drawn smaller
_MOST_ARROWS = 4000  # beyond, arrows are not told apart, and each takes its time
_Rectangle = tuple[float, float, float, float]  # left, top, right, low
_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "akteursnetz",
    "svg.fonttype": "none",  # labels stay text: they can be searched, read aloud and edited
    "font.family": ["DejaVu Sans", "sans-serif"],
    "text.parse_math": False,
    "axes.unicode_minus": False,
}


def draw(
    graph: nx.MultiDiGraph[str],
    format_: str,
    *,
    title: str = "",
    made_by: str = "",
    places: Mapping[str, Spot] | None = None,
    background: Sequence[Sequence[Spot]] = (),
) -> bytes:
    """A picture of the network.

    Args:
        graph: a network of ``kg.network`` or ``kg.projection``.
        format_: ``svg`` or ``png``.
        title: a heading above; none if empty.
        made_by: how it came about, for the description within the file.
        places: where each node stands, x to the right and y down; default ``kg.layout``.
        background: lines behind the network, such as borders, in the same coordinates.

    Raises:
        KgError: matplotlib is not installed.
    """
    import io

    try:
        import matplotlib as mpl
    except ImportError as error:
        raise KgError(
            "pictures need matplotlib, run `pip install akteursnetz[plot]`, or write .html"
        ) from error
    out = io.BytesIO()
    about: dict[str, Any] = {"Title": title or "Akteursnetz", "Description": made_by}
    about |= {"Date": None, "Creator": "akteursnetz"} if format_ == "svg" else {"Software": None}
    with mpl.rc_context(_STYLE), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a glyph that the font has not is drawn as a box
        figure = _figure(graph, title, places or positions(graph), background)
        longest = max(figure.get_size_inches()) * _SCREEN
        dpi = min(2 * _SCREEN, _SCREEN * _MOST_PIXELS / longest)
        figure.savefig(out, format=format_, dpi=dpi, metadata=about)
    return out.getvalue()


def _figure(
    graph: nx.MultiDiGraph[str],
    title: str,
    places: Mapping[str, Spot],
    background: Sequence[Sequence[Spot]],
) -> Figure:
    from matplotlib.collections import LineCollection
    from matplotlib.figure import Figure

    xs, ys = zip(*places.values(), strict=True) if places else ((0,), (0,))
    left, right = min(xs) - 2 * _MARGIN, max(*xs, min(xs) + _NARROWEST) + 2 * _MARGIN
    legend = _legend(graph, right - left - 2 * _MARGIN)
    rows = legend[-1][-1] + 1 if legend else 0
    top, low = min(ys) - _MARGIN - (40 if title else 0), max(ys) + 2 * _MARGIN + rows * _ROW
    figure = Figure(figsize=((right - left) / _SCREEN, (low - top) / _SCREEN))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(left, right), ylim=(low, top))
    axes.set_axis_off()
    if title:
        axes.text(left + _MARGIN, top + 30, title, fontsize=20 * _POINT, color=INK)
    lines = LineCollection(list(background), colors=OUTLINE, linewidths=_POINT, zorder=0)
    axes.add_collection(lines)
    _edges(axes, graph, places)
    _nodes(axes, graph, places)
    _draw_legend(axes, legend, left + _MARGIN, low - rows * _ROW)
    return figure


def _nodes(axes: Axes, graph: nx.MultiDiGraph[str], places: Mapping[str, Spot]) -> None:
    by_type: dict[str, list[str]] = defaultdict(list)
    for node in sorted(graph):
        by_type[graph.nodes[node]["type"]].append(node)
    for type_, nodes in sorted(by_type.items()):
        sizes = [(2 * node_size(graph.degree(n)) * _POINT) ** 2 for n in nodes]
        axes.scatter([places[n][0] for n in nodes], [places[n][1] for n in nodes], s=sizes,
                     **_looks(type_), zorder=2)  # fmt: skip
    # A light ground and no outline: an outline would turn each label into paths, and 10 MB.
    ground = {"boxstyle": "square,pad=0.1", "facecolor": "white", "alpha": 0.75, "linewidth": 0}
    for node in _named(graph, places):
        x, y = places[node]
        below = y + node_size(graph.degree(node)) + 6
        axes.text(x, below, canvas_label(str(graph.nodes[node]["label"])), ha="center", va="top",
                  fontsize=FONT_SIZE * 0.85 * _POINT, color=INK, zorder=3, bbox=ground,
                  linespacing=1.05)  # fmt: skip


def _named(graph: nx.MultiDiGraph[str], places: Mapping[str, Spot]) -> list[str]:
    """The nodes whose names have room, those with most edges first; all in ``kg.layout``."""
    reach = 20 * FONT_SIZE  # pixels from a node: no label goes further
    taken: dict[tuple[int, int], list[tuple[str, _Rectangle]]] = defaultdict(list)

    def cell(node: str) -> tuple[int, int]:
        x, y = places[node]
        return int(x // reach), int(y // reach)

    for node in graph:
        (x, y), size = places[node], node_size(graph.degree(node))
        taken[cell(node)].append((node, (x - size, y - size, x + size, y + size)))
    named = []
    for node in sorted(graph, key=lambda n: (-graph.degree(n), n)):
        (x, y), size = places[node], node_size(graph.degree(node))
        lines = canvas_label(str(graph.nodes[node]["label"])).split("\n")
        half, high = max(map(len, lines)) * FONT_SIZE * 0.24, len(lines) * FONT_SIZE * 0.95
        box = (x - half, y + size + 6, x + half, y + size + 6 + high)
        column, row = cell(node)
        around = (taken[column + i, row + j] for i in (-1, 0, 1) for j in (-1, 0, 1))
        if not any(_overlap(box, other) for cells in around for n, other in cells if n != node):
            taken[column, row].append((node, box))
            named.append(node)
    return sorted(named)


def _overlap(one: _Rectangle, other: _Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _looks(type_: str) -> dict[str, Any]:
    return {
        "marker": _MARKERS[SHAPES.get(type_, OTHER_SHAPE)],
        "c": COLOURS.get(type_, OTHER_COLOUR),
        "edgecolors": NODE_BORDER,
        "linewidths": 1.5 * _POINT,
    }


def _edges(axes: Axes, graph: nx.MultiDiGraph[str], places: Mapping[str, Spot]) -> None:
    """Straight arrows, parallel ones bent apart, dashed where only implied or only possible."""
    from matplotlib.collections import LineCollection
    from matplotlib.patches import FancyArrowPatch

    if graph.number_of_edges() > _MOST_ARROWS:
        lines = [(places[u], places[v]) for u, v in sorted(graph.edges()) if u != v]
        axes.add_collection(LineCollection(lines, colors=EDGE_COLOUR, linewidths=0.8 * _POINT))
        return
    between: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for edge in sorted(graph.edges(keys=True)):
        if edge[0] != edge[1]:
            between[min(edge[:2]), max(edge[:2])].append(edge)
    symmetric = graph.graph.get("symmetric", ())
    for pair, edges in sorted(between.items()):
        for number, edge in enumerate(edges):
            data = graph.edges[edge]
            bend = 0.18 * (number - (len(edges) - 1) / 2) * (1 if edge[:2] == pair else -1)
            axes.add_patch(FancyArrowPatch(
                places[edge[0]], places[edge[1]],
                arrowstyle="-" if data["relation"] in symmetric else "-|>",
                mutation_scale=11 * _POINT, connectionstyle=f"arc3,rad={bend:.3f}",
                shrinkA=_radius(graph, edge[0]), shrinkB=_radius(graph, edge[1]),
                linewidth=_width(data), color=EDGE_COLOUR, zorder=1,
                linestyle=(0, (5, 4)) if _is_weak(data) else "solid"))  # fmt: skip


def _radius(graph: nx.MultiDiGraph[str], node: str) -> float:
    return node_size(graph.degree(node)) * _POINT + 1


def _width(data: Mapping[str, Any]) -> float:
    """Thicker where the weight is its own (of a projection), thin where it counts statements."""
    more = weight_of(data) - 1 if "weight" in data else 0.0
    return (1.3 + min(4.0, max(0.0, more))) * _POINT


def _is_weak(data: Mapping[str, Any]) -> bool:
    statements = data["statements"]
    implied = bool(statements) and all(s.get("certainty") == "implied" for s in statements)
    return implied or data.get("holds") == "possible"


Entry = tuple[str, str, float, int]
"""A type, its name, and where it stands in the legend: pixels from the left, number of the row."""


def _legend(graph: nx.MultiDiGraph[str], width: float) -> list[Entry]:
    """The types that occur, in rows of this width."""
    names = graph.graph.get("types", {})
    found: list[Entry] = []
    at, row = 0.0, 0
    for type_ in sorted({d["type"] for _, d in graph.nodes(data=True)}):
        name = str(names.get(type_, {}).get("de", type_))
        needed = len(name) * 8.5 + 45
        if at and at + needed > width:
            at, row = 0.0, row + 1
        found.append((type_, name, at, row))
        at += needed
    return found


def _draw_legend(axes: Axes, legend: list[Entry], left: float, top: float) -> None:
    for type_, name, at, row in legend:
        x, y = left + at, top + row * _ROW
        axes.scatter([x], [y], s=(16 * _POINT) ** 2, **_looks(type_), zorder=2)
        axes.text(x + 16, y, name, va="center", color=INK, fontsize=13 * _POINT)
