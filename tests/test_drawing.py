"""Pictures: the page's positions and colours, texts as texts, the same bytes each time."""

from __future__ import annotations

import sys
from xml.etree import ElementTree as ET

import pytest

from kg import colours
from kg.drawing import draw
from kg.errors import KgError
from kg.layout import positions
from tests.networks import network_of

pytest.importorskip("matplotlib")
SVG = "{http://www.w3.org/2000/svg}"
GRAPH = network_of([("a", "funds", "b"), ("b", "funds", "a"), ("a", "cooperatesWith", "c"), ("c", "funds", "c")],
                   types={"a": "Person", "b": "PublicBody"}, alone=["d"])  # fmt: skip


def test_an_svg_has_names_as_text_and_colours_of_the_page() -> None:
    root = ET.fromstring(draw(GRAPH, "svg", title="Ein Netz", made_by="kg & co"))
    texts = ["".join(t.itertext()).strip() for t in root.iter(f"{SVG}text")]
    assert {"a", "b", "c", "d", "Ein Netz", "Person", "PublicBody"} <= set(texts)
    whole = ET.tostring(root, encoding="unicode").lower()
    for type_ in ("Person", "PublicBody", "Organisation"):
        assert colours.COLOURS[type_].lower() in whole
    assert "kg &amp; co" in whole
    assert "date" not in whole


def test_no_two_types_look_the_same() -> None:
    looks = {(c, colours.SHAPES.get(t, colours.OTHER_SHAPE)) for t, c in colours.COLOURS.items()}
    assert len(looks) == len(colours.COLOURS)


@pytest.mark.parametrize("format_", ["svg", "png"])
def test_the_same_network_gives_the_same_bytes(format_: str) -> None:
    assert draw(GRAPH, format_) == draw(GRAPH, format_)


def test_a_png_is_one() -> None:
    content = draw(GRAPH, "png", made_by="made by us")
    assert content.startswith(b"\x89PNG\r\n")
    assert b"made by us" in content


def test_nodes_stand_where_they_stand_on_the_page() -> None:
    root = ET.fromstring(draw(GRAPH, "svg"))
    drawn = {}
    for text in root.iter(f"{SVG}text"):
        if (label := "".join(text.itertext()).strip()) in GRAPH:
            drawn[label] = (float(text.get("x", "")), float(text.get("y", "")))
    for node, (x, _) in positions(GRAPH).items():  # 72 points are 96 pixels
        assert drawn[node][0] - drawn["a"][0] == pytest.approx(
            0.75 * (x - positions(GRAPH)["a"][0])
        )
    assert drawn["d"][1] > drawn["a"][1], "down is down"


def test_places_and_lines_behind_come_from_outside() -> None:
    places = {node: (n * 100.0, n * -40.0) for n, node in enumerate(sorted(GRAPH))}
    svg = draw(GRAPH, "svg", places=places, background=[[(0, 0), (300, 0), (300, -90)]]).decode()
    assert svg.count(colours.OUTLINE.lower()) == 1
    assert colours.OUTLINE.lower() not in draw(GRAPH, "svg").decode()
    seen = {"".join(t.itertext()).strip(): float(t.get("x", ""))
            for t in ET.fromstring(svg).iter(f"{SVG}text")}  # fmt: skip
    for node, (x, _) in places.items():
        assert seen[node] - seen["a"] == pytest.approx(0.75 * x)


def test_hostile_names_are_drawn_as_they_are() -> None:
    graph = network_of([("a", "funds", "b")])
    graph.nodes["a"]["label"] = "<script>&$x_1^$ \N{GRINNING FACE} \\frac"
    texts = [
        "".join(t.itertext()).strip() for t in ET.fromstring(draw(graph, "svg")).iter(f"{SVG}text")
    ]
    assert any("<script>&$x_1^$" in t for t in texts)


def test_an_empty_network_is_an_empty_picture() -> None:
    assert ET.fromstring(draw(network_of([]), "svg")).tag == f"{SVG}svg"


def test_the_legend_stays_within_the_picture() -> None:
    types = dict(zip("abcdefgh", colours.COLOURS, strict=False))
    graph = network_of([("a", "funds", n) for n in "bcdefgh"], types=types)
    root = ET.fromstring(draw(graph, "svg"))
    width = float(root.get("width", "").removesuffix("pt"))
    height = float(root.get("height", "").removesuffix("pt"))
    seen = {}
    for text in root.iter(f"{SVG}text"):
        if (label := "".join(text.itertext()).strip()) in types.values():
            x, y = float(text.get("x", "")), float(text.get("y", ""))
            seen[label] = x + len(label) * 5 < width and y < height
    assert seen == dict.fromkeys(types.values(), True)


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(KgError, match=r"pip install akteursnetz\[plot\]"):
        draw(GRAPH, "svg")
