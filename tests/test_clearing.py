"""Nodes are moved so that lines run clear of others, and nothing overlaps that did not before."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kg.clearing import Boxes, boxes_of, cleared

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
BOX = (40.0, 16.0, 30.0, 10.0)


def passed(points: Array, ends: Ints, radius: float = 16) -> int:
    """How many nodes lines run through, each looked at by itself."""
    count = 0
    for a, b in ends.tolist():
        for i, spot in enumerate(points):
            if i not in (a, b):
                along = points[b] - points[a]
                part = min(max((spot - points[a]) @ along / max(along @ along, 1e-9), 0), 1)
                count += bool(np.linalg.norm(spot - points[a] - part * along) < radius)
    return count


def overlaps(points: Array, boxes: Boxes) -> int:
    low, high = points + boxes.low, points + boxes.high
    clash = ((low[:, None] < high) & (high[:, None] > low)).all(-1)
    return int(clash.sum()) - len(points)


def test_a_star_that_stands_in_a_row_becomes_a_star() -> None:
    points = np.array([[0.0, 60.0 * n] for n in range(9)])
    ends = np.array([[0, n] for n in range(1, 9)])
    boxes = boxes_of([BOX] * 9)
    assert passed(points, ends) == 28
    found = cleared(points, ends, boxes)
    assert passed(found, ends) == 0
    assert overlaps(found, boxes) == 0
    assert found[0].tolist() == [0, 0]  # the hub holds its place
    assert np.hypot(*found.T).max() < 480


@given(
    st.lists(
        st.tuples(st.integers(0, 11), st.integers(0, 11)), min_size=3, max_size=20, unique=True
    )
)
def test_what_was_apart_stays_apart_and_no_more_is_passed(pairs: list[tuple[int, int]]) -> None:
    ends = np.array(sorted({(min(p), max(p)) for p in pairs if p[0] != p[1]})).reshape(-1, 2)
    points = np.array([[(n * 7 % 12) * 90.0, (n * 5 % 4) * 55.0] for n in range(12)])
    boxes = boxes_of([BOX] * 12)
    found = cleared(points, ends, boxes)
    assert overlaps(found, boxes) == 0
    assert passed(found, ends) <= passed(points, ends)
    assert (cleared(points, ends, boxes) == found).all()
