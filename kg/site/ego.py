"""Small pictures of a page: whom an entity is connected with, and where it lies.

Both are places only; the templates draw them. The neighbours stand in two columns bent around the
entity, which needs no layout of a network: that of ``kg.layout`` took 30 ms an entity, measured on
the packaged data, this 0.1 ms, and here every name has room.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import kg
from kg.site.index import Index

MOST = 16
"""So many neighbours are drawn; all are listed."""
_WIDTH, _ROW, _BEND, _MIDDLE = 900, 34, 150, 450
OUTLINE = Path(kg.__file__).with_name("outline.json")
"""Borders and coasts as lists of points (longitude, latitude in degrees); may be missing."""


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
    x: float
    y: float
    others: tuple[tuple[float, float], ...]
    latitude: float
    longitude: float


_WEST, _EAST, _SOUTH, _NORTH, _SCALE = 5.6, 15.3, 47.1, 55.2, 50
_NARROW = math.cos(math.radians((_SOUTH + _NORTH) / 2))
MAP_WIDTH = round((_EAST - _WEST) * _NARROW * _SCALE)
MAP_HEIGHT = round((_NORTH - _SOUTH) * _SCALE)


def _on_map(latitude: float, longitude: float) -> tuple[float, float]:
    """Pixels of a position (WGS 84, degrees): equirectangular, true to scale in the middle."""
    return (
        round((longitude - _WEST) * _NARROW * _SCALE, 1),
        round((_NORTH - latitude) * _SCALE, 1),
    )


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
def outline() -> bytes | None:
    """The borders as a picture of the size of the map, one for all pages; None without borders."""
    if not OUTLINE.is_file():
        return None
    lines = json.loads(OUTLINE.read_text(encoding="utf-8"))
    path = "".join(
        "M" + "L".join("{:g},{:g}".format(*_on_map(point[1], point[0])) for point in line)
        for line in lines
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {MAP_WIDTH} {MAP_HEIGHT}" '
        f'width="{MAP_WIDTH}" height="{MAP_HEIGHT}"><path d="{path}" fill="none" '
        'stroke="#8A9099" stroke-width="1" stroke-linejoin="round"/></svg>\n'
    ).encode()


def pictures() -> Mapping[str, bytes]:
    """The pictures that pages load."""
    found = outline()
    return {"outline.svg": found} if found else {}
