"""The network on a map: who has a known place stands there, what is tied to it stands beside it.

The outline is that of the federal states (vendor/README.md); nothing is loaded from a map server.
Plate carrée with the parallel of 51° North true to scale: within Germany shapes are right by some
six per cent (Snyder, Map Projections: A Working Manual, 1987, p. 90).
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.html import TEMPLATES
from kg.layout import MIN_DISTANCE, Box, apart, node_size

if TYPE_CHECKING:
    import networkx as nx

    from kg.ontology import Ontology

_SEATED = "Organisation"
_TRUE = math.cos(math.radians(51))
_CENTRE = (51.0, 10.4)  # latitude and longitude of the origin
_SMALLEST, _LARGEST = 250.0, 4000.0  # pixels to a degree of latitude
_REACH = 0.35  # degrees: how far the crowd of the fullest place may reach, some 40 km
_TURNS = 29  # few enough that crowds are not given more room by moving all from their places
_GOLDEN = math.pi * (3 - math.sqrt(5))  # Vogel, A better way to construct the sunflower head, 1979


@dataclass(frozen=True, slots=True)
class Map:
    """Where nodes stand, in pixels (x to the right, y down), and the borders behind them."""

    places: Mapping[str, tuple[int, int]]
    borders: Sequence[Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a node stands: ``of`` is itself, or the neighbour whose place it was given."""

    position: tuple[float, float]
    of: str


def stands(graph: nx.MultiDiGraph[str], ontology: Ontology) -> dict[str, Stand]:
    """Where the nodes stand: at their own place, or at that of a neighbour.

    Persons, projects, funds and the like without a place stand at that of the neighbour that most
    edges lead to, of several the first by id. Organisations do not: they have a seat, and if it is
    unknown, they are absent, as is all else that has no place.

    Args:
        graph: a network of ``kg.network``; ``position`` of a node is latitude and longitude.
        ontology: which types are organisations.
    """
    own = {
        node: Stand((data["position"][0], data["position"][1]), node)
        for node, data in graph.nodes(data=True)
        if data.get("position")
    }
    ties: dict[str, Counter[str]] = defaultdict(Counter)
    free = {
        node
        for node, data in graph.nodes(data=True)
        if not (node in own or data.get("places") or ontology.is_a(data["type"], _SEATED))
    }
    for one, other in graph.edges():
        for a, b in ((one, other), (other, one)):
            if a in free and b in own:
                ties[a][b] += 1
    found = dict(own)
    for node, counts in ties.items():
        chosen = min(counts, key=lambda n: (-counts[n], n))
        found[node] = Stand(own[chosen].position, chosen)
    return {node: found[node] for node in sorted(found)}


def on_the_map(graph: nx.MultiDiGraph[str], ontology: Ontology) -> Map:
    """The places of a network on the map of the federal states.

    The same network gives the same map. Nodes at one place stand round it in a spiral, those
    with most edges inside, and none over another.

    Args:
        graph: a network; what is not among its ``stands`` is left out.
        ontology: as for ``stands``.
    """
    import numpy as np

    found = stands(graph, ontology)
    crowds: dict[tuple[float, float], list[str]] = defaultdict(list)
    for node in sorted(found, key=lambda n: (found[n].of != n, -graph.degree(n), n)):
        crowds[found[node].position].append(node)
    fullest = max(map(len, crowds.values()), default=1)
    scale = min(max(_spread(fullest) / _REACH, _SMALLEST), _LARGEST)
    points, boxes, nodes = [], [], []
    for place, crowd in sorted(crowds.items()):
        x, y = projected(*place, scale)
        for number, node in enumerate(crowd):
            away = _spread(number)
            points.append((x + away * math.cos(number * _GOLDEN),
                           y + away * math.sin(number * _GOLDEN)))  # fmt: skip
            room = max(MIN_DISTANCE / 2, node_size(graph.degree(node)) + 4.0)
            boxes.append(Box(room, room, room))
            nodes.append(node)
    placed = apart(np.array(points), boxes, most=_TURNS) if nodes else np.empty((0, 2))
    return Map(
        {n: (round(x), round(y)) for n, (x, y) in zip(nodes, placed.tolist(), strict=True)},
        tuple(_lines(scale)),
    )


def _spread(number: int) -> float:
    """How far from its place the node of this number stands, in pixels."""
    return MIN_DISTANCE * 0.66 * math.sqrt(number + 0.3)


def projected(latitude: float, longitude: float, scale: float) -> tuple[int, int]:
    """Pixels to the right of and below the origin.

    >>> projected(51.0, 11.4, 1000)
    (629, 0)
    """
    return (round((longitude - _CENTRE[1]) * _TRUE * scale), round((_CENTRE[0] - latitude) * scale))


def outline() -> list[list[tuple[float, float]]]:
    """The borders of the federal states, as lines of longitude and latitude (WGS 84)."""
    text = (TEMPLATES / "vendor" / "outline.json").read_text(encoding="utf-8")
    return [[(float(x), float(y)) for x, y in line] for line in json.loads(text)]


def _lines(scale: float) -> list[tuple[tuple[int, int], ...]]:
    return [tuple(projected(y, x, scale) for x, y in line) for line in outline()]
