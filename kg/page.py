"""The network as one HTML file: the drawing, the panel with the evidence, a search and a table.

The file needs nothing but a browser. vis-network comes out of pyvis; what pyvis itself would write
is not used, because it loads from other servers and runs names as HTML. Here the data is JSON that
is never executed, and a content security policy lets only the scripts and styles in by their hash.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from kg.html import TEMPLATES, policy, script_json, templates
from kg.layout import FONT_SIZE, canvas_label, node_size, positions

if TYPE_CHECKING:
    import networkx as nx

# The palette of Okabe and Ito, told apart with every kind of colour vision; no two types share both
# colour and shape.
COLOURS: Mapping[str, str] = {
    "Actor": "#CC79A7",
    "Person": "#E69F00",
    "Organisation": "#56B4E9",
    "PublicBody": "#0072B2",
    "Association": "#009E73",
    "University": "#CC79A7",
    "ResearchInstitute": "#CC79A7",
    "Company": "#D55E00",
    "NonProfitCompany": "#56B4E9",
    "Programme": "#F0E442",
    "Project": "#56B4E9",
    "Fund": "#F0E442",
    "Agreement": "#009E73",
    "Event": "#D55E00",
    "Place": "#009E73",
    "City": "#56B4E9",
    "Region": "#0072B2",
    "Building": "#D55E00",
    "Country": "#E69F00",
    "Topic": "#CC79A7",
    "TargetGroup": "#56B4E9",
}
SHAPES: Mapping[str, str] = {
    "Organisation": "hexagon",
    "PublicBody": "square",
    "Association": "hexagon",
    "University": "triangle",
    "ResearchInstitute": "square",
    "Company": "diamond",
    "NonProfitCompany": "diamond",
    "Programme": "star",
    "Fund": "diamond",
    "Agreement": "square",
    "Event": "triangle",
    "Place": "triangleDown",
    "City": "triangleDown",
    "Region": "triangleDown",
    "Building": "triangleDown",
    "Country": "triangleDown",
    "Topic": "star",
    "TargetGroup": "star",
}
OTHER_COLOUR = "#8A9099"
OTHER_SHAPE = "dot"

_VIS = "templates/lib/vis-9.1.2"

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 150,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {
        "borderWidth": 1.5,
        "borderWidthSelected": 3,
        "font": {
            "size": FONT_SIZE,
            "face": "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif",
            "strokeWidth": 4,
        },
    },
    "edges": {
        "width": 1.3,
        "selectionWidth": 1.5,
        "hoverWidth": 1.2,
        "labelHighlightBold": False,
        "arrows": {"to": {"scaleFactor": 0.6}},
        "font": {
            "size": 12,
            "face": "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif",
            "strokeWidth": 5,
        },
    },
}


def network_page(
    graph: nx.MultiDiGraph[str], *, title: str, made_by: str, licensed: bool = True
) -> str:
    """Write the network as a self-contained interactive HTML page.

    The same graph gives the same text, in whatever order its nodes and edges were added.

    Args:
        graph: Entities as nodes (``label``, ``type``, ``iri``, ``names``), relations as edges
            (``relation``, ``label``, ``label_en``, ``statements``); ``graph.graph["types"]``
            names the classes in German and English, ``graph.graph["symmetric"]`` the relations
            without direction (see ``kg.network.network``).
        title: Heading of the page.
        licensed: Whether the data are Akteursnetz' own, under CC BY 4.0, so that the page says so.
        made_by: The command line and version that made the page, for its footer.

    Returns:
        The text of the file, to be written as UTF-8.

    """
    from markupsafe import Markup

    # What goes between <script> or <style> tags, byte for byte as the hashes are taken of it.
    parts = {
        "vis_js": _without_map(_packaged("vis-network.min.js")),
        "vis_css": _packaged("vis-network.css"),
        "js": (TEMPLATES / "network.js").read_text(encoding="utf-8"),
        "css": (TEMPLATES / "network.css").read_text(encoding="utf-8"),
    }
    return (
        templates()
        .get_template("network.html")
        .render(
            title=title,
            made_by=made_by,
            licensed=licensed,
            policy=policy([parts["vis_js"], parts["js"]], [parts["vis_css"], parts["css"]]),
            data=Markup(script_json(_data(graph))),  # noqa: S704  (escaped by script_json)
            **{name: Markup(text) for name, text in parts.items()},  # noqa: S704  (our own files)
        )
    )


def _packaged(name: str) -> str:
    """Read a file of the vis-network that pyvis brings along."""
    from importlib.resources import files

    return files("pyvis").joinpath(_VIS, name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _without_map(script: str) -> str:
    """Leave out the line that makes developer tools ask for a file that is not there."""
    return re.sub(r"\n//# sourceMappingURL=.*\s*\Z", "\n", script)


def _data(graph: nx.MultiDiGraph[str]) -> dict[str, object]:
    """Everything that the page shows: for vis-network, and for the panel, search and table."""
    entities = [_entity(node, graph.nodes[node]) for node in sorted(graph)]
    relations = [
        {"id": f"r{number}", "from": subject, "to": object_}
        | _relation(graph.edges[subject, object_, key], graph.graph.get("symmetric", ()))
        for number, (subject, object_, key) in enumerate(sorted(graph.edges(keys=True)))
    ]
    return {
        "drawing": _drawing(graph, entities, relations),
        "entities": entities,
        "relations": relations,
        "types": _types({entity["type"] for entity in entities}, graph.graph.get("types", {})),
    }


def _entity(node: str, given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": node,
        "label": given["label"],
        "type": given["type"],
        "iri": given["iri"],
        "names": given["names"],
    }


def _relation(given: Mapping[str, Any], symmetric: Collection[str]) -> dict[str, Any]:
    return {
        "relation": given["relation"],
        "label": {"de": given["label"], "en": given["label_en"]},
        "symmetric": given["relation"] in symmetric,
        "statements": given["statements"],
    }


def _types(used: set[str], names: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """Names in both languages, colour and shape of the types that occur."""
    return {
        type_: {
            "de": names.get(type_, {}).get("de", type_),
            "en": names.get(type_, {}).get("en", type_),
            "colour": COLOURS.get(type_, OTHER_COLOUR),
            "shape": SHAPES.get(type_, OTHER_SHAPE),
        }
        for type_ in sorted(used)
    }


def _drawing(
    graph: nx.MultiDiGraph[str], entities: list[dict[str, Any]], relations: list[dict[str, Any]]
) -> dict[str, object]:
    """Nodes, edges and options as vis-network reads them."""
    from pyvis.network import Network  # slow: it imports IPython

    # directed: otherwise each new edge is compared with all before, and parallel ones are dropped
    network = Network(directed=True)
    network.options = _OPTIONS
    places = positions(graph)
    for entity in entities:
        x, y = places[entity["id"]]
        network.add_node(
            entity["id"],
            label=canvas_label(entity["label"]),
            shape=SHAPES.get(entity["type"], OTHER_SHAPE),
            color=COLOURS.get(entity["type"], OTHER_COLOUR),
            size=node_size(graph.degree(entity["id"])),
            x=x,
            y=y,
        )
    bends = _bends(relations)
    for relation in relations:
        network.add_edge(
            relation["from"],
            relation["to"],
            id=relation["id"],
            arrows="" if relation["symmetric"] else "to",
            dashes=[7, 5] if _only_implied(relation["statements"]) else False,
            **bends[relation["id"]],
        )
    nodes, edges, *_, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def _only_implied(statements: list[dict[str, Any]]) -> bool:
    return bool(statements) and all(s.get("certainty") == "implied" for s in statements)


def _bends(relations: list[dict[str, Any]]) -> dict[str, dict[str, object]]:
    """Curve the edges between the same two nodes so that each is seen; a single one is straight."""
    between: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for relation in relations:
        ends = sorted((relation["from"], relation["to"]))
        between[ends[0], ends[1]].append(relation)
    bends: dict[str, dict[str, object]] = {}
    for (first, second), parallel in between.items():
        middle = (len(parallel) - 1) / 2
        step = min(0.25, 0.9 / middle) if middle else 0
        for i, relation in enumerate(parallel):
            # "Clockwise" is seen from the start of an edge, so it turns round with the direction.
            clockwise = (i > middle) == (relation["from"] == first)
            curve = {
                "enabled": True,
                "type": "curvedCW" if clockwise else "curvedCCW",
                "roundness": round(abs(i - middle) * step, 3),
            }
            bends[relation["id"]] = {"smooth": curve if i != middle else False}
            if first == second:  # vis-network draws a loop
                bends[relation["id"]]["selfReference"] = {"size": 20 + 14 * i}
    return bends
