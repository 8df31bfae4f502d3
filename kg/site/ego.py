"""Small pictures of a page: whom an entity is connected with, and where it lies.

Both are places only; the templates draw them. The neighbours stand in two columns bent around the
entity, which needs no layout of a network, and every name has room.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from kg.geomap import outline, projected
from kg.site.index import Index

MOST = 16
"""So many neighbours are drawn; all are listed."""
_WIDTH, _ROW, _BEND, _MIDDLE = 900, 34, 150, 450


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a neighbour stands, in pixels, and how many statements connect it."""

    id: str
    x: float
    y: float
    count: int
    on_right: bool


@dataclass(frozen=True, slots=True)
class Ego:
    """An entity at the centre (``x``, ``y``) with its neighbours and what connects these."""

    width: int
    height: int
    x: float
    y: float
    spots: tuple[Spot, ...]
    ties: tuple[tuple[Spot, Spot], ...]
    all: int


def ego(index: Index, entity: str) -> Ego | None:
    """The surroundings of an entity; None where nothing is connected with it."""
    counts = index.neighbours(entity)
    if not counts:
        return None
    chosen = sorted(list(counts)[:MOST], key=lambda n: (index.entities[n].type, n))
    rows = math.ceil(len(chosen) / 2)
    height = max(3, rows) * _ROW + 24
    spots = []
    for place, name in enumerate(chosen):
        on_right = place < rows
        row, among = (place, rows) if on_right else (place - rows, len(chosen) - rows)
        y = height / 2 + (row - (among - 1) / 2) * _ROW
        bend = _BEND * math.sqrt(max(0.2, 1 - ((y - height / 2) / (height * 0.56)) ** 2))
        x = _MIDDLE + bend * (1 if on_right else -1)
        spots.append(Spot(name, round(x, 1), round(y, 1), counts[name], on_right))
    by_id = {spot.id: spot for spot in spots}
    ties = tuple(
        (spot, by_id[other])
        for spot in spots
        for other in sorted(index.neighbours(spot.id).keys() & by_id.keys())
        if spot.id < other
    )
    return Ego(_WIDTH, height, _MIDDLE, height / 2, tuple(spots), ties, len(counts))


@dataclass(frozen=True, slots=True)
class Map:
    """A map in pixels: the entity's own place, and the other places of the graph as dots."""

    width: int
    height: int
    x: int
    y: int
    others: tuple[tuple[int, int], ...]
    latitude: float
    longitude: float


_SCALE = 100  # pixels to a degree of latitude; the page shows it smaller
_NORTH_WEST, _SOUTH_EAST = (55.2, 5.6), (47.1, 15.3)
_LEFT, _TOP = projected(*_NORTH_WEST, _SCALE)
_RIGHT, _BOTTOM = projected(*_SOUTH_EAST, _SCALE)
MAP_WIDTH, MAP_HEIGHT = _RIGHT - _LEFT, _BOTTOM - _TOP


def _on_map(latitude: float, longitude: float) -> tuple[int, int]:
    """Pixels of a position (WGS 84, degrees) from the corner of the map."""
    x, y = projected(latitude, longitude, _SCALE)
    return x - _LEFT, y - _TOP


def map_of(index: Index, entity: str) -> Map | None:
    """The map of an entity that lies in Germany; None where nothing says where it lies."""
    where = index.atlas.seat(entity).position
    if where is None:
        return None
    x, y = _on_map(*where)
    if not (0 <= x <= MAP_WIDTH and 0 <= y <= MAP_HEIGHT):
        return None
    others = {_on_map(*p) for p in index.atlas.positions.values()} - {(x, y)}
    return Map(MAP_WIDTH, MAP_HEIGHT, x, y, tuple(sorted(others)), *where)


@cache
def borders() -> bytes:
    """The federal states as a picture of the size of the map, one for all pages."""
    path = "".join(
        "M"
        + "L".join("{},{}".format(*_on_map(latitude, longitude)) for longitude, latitude in line)
        for line in outline()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {MAP_WIDTH} {MAP_HEIGHT}" '
        f'width="{MAP_WIDTH}" height="{MAP_HEIGHT}"><path d="{path}" fill="none" '
        'stroke="#8A9099" stroke-width="2" stroke-linejoin="round"/></svg>\n'
    ).encode()
