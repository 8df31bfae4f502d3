"""The network as one HTML file: the drawing, the panel with the evidence, a search and a table.

The file needs nothing but a browser. vis-network comes out of pyvis; what pyvis itself would write
is not used, because it loads from other servers and runs names as HTML. Here the data is JSON that
is never executed, and a content security policy lets only the scripts and styles in by their hash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.html import TEMPLATES, policy, script_json, templates
from kg.pagedata import Known, page_data

if TYPE_CHECKING:
    import networkx as nx

_VENDOR = TEMPLATES / "vendor"
_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"

Spot = tuple[float, float]
VIS_UP_TO = 600
"""Drawn nodes up to which vis-network draws; beyond, sigma.js does (see docs/page.md)."""
FIRST = 800
"""Nodes that are drawn at first; of a larger network the most important of each community."""
_SCRIPTS = ("words", "data", "state", "build", "labels", "vis", "sigma", "drawing", "time",
            "filters", "evidence", "panel", "path", "search", "table", "export",
            "main")  # fmt: skip


def network_page(
    graph: nx.MultiDiGraph[str],
    *,
    title: str,
    made_by: str,
    licensed: bool = True,
    known: Known | None = None,
    renderer: str | None = None,
    first: int = FIRST,
    places: Mapping[str, Spot] | None = None,
    background: Sequence[Sequence[Spot]] = (),
    home: str | None = None,
) -> str:
    """Write the network as a self-contained interactive HTML page.

    The same graph gives the same text, in whatever order its nodes and edges were added.

    Args:
        graph: Entities as nodes (``label``, ``type``, ``iri``, ``names``; ``state`` and ``place``
            where known), relations as edges (``relation``, ``label``, ``label_en``,
            ``statements``); ``graph.graph["types"]`` names the classes in German and English,
            ``graph.graph["symmetric"]`` the relations without direction (see ``kg.network``).
        title: Heading of the page.
        made_by: The command line and version that made the page, for its footer.
        licensed: Whether the data are Akteursnetz' own, under CC BY 4.0, so that the page says so.
        known: Times, contradictions and references; without them the page leaves these out.
        renderer: ``vis`` or ``sigma``; default by the size of the network.
        first: How many nodes are drawn before the reader asks for more.
        places: Where each node stands, x to the right and y down; default ``kg.layout``.
        background: Lines behind the network, such as borders, in the same coordinates.
        home: Address of the site that the page is part of, if it is.

    Returns:
        The text of the file, to be written as UTF-8.

    """
    from markupsafe import Markup

    known = known or Known()
    chosen = renderer or ("vis" if len(graph) <= VIS_UP_TO else "sigma")
    columns, later = page_data(graph, known, places)
    if background:
        columns["background"] = [
            [round(c, 1) for spot in line for c in spot] for line in background
        ]
    columns |= {"first": first, "cite": known.cite, "renderer": chosen, "licensed": licensed}
    # What goes between <script> or <style> tags, byte for byte as the hashes are taken of it.
    parts = {
        "library": _vis() if chosen == "vis" else _sigma(),
        "js": _script(),
        "style": (TEMPLATES / "network.css").read_text(encoding="utf-8"),
    }
    return (
        templates()
        .get_template("network.html")
        .render(
            title=title,
            made_by=made_by,
            licensed=licensed,
            home=home,
            policy=policy([parts["library"], parts["js"]], [parts["style"]]),
            data=Markup(script_json(columns)),  # noqa: S704  (escaped by script_json)
            later=Markup(script_json(later)),  # noqa: S704  (escaped by script_json)
            **{name: Markup(text) for name, text in parts.items()},  # noqa: S704  (our own files)
        )
    )


def _script() -> str:
    """Our own script, of several files in one scope."""
    parts = [(TEMPLATES / "js" / f"{n}.js").read_text(encoding="utf-8") for n in _SCRIPTS]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "\n})();\n"


def _vis() -> str:
    """The vis-network that pyvis brings along."""
    from importlib.resources import files

    script = files("pyvis").joinpath(_VIS).read_text(encoding="utf-8")
    return _without_map(script.replace("\r\n", "\n"))


def _sigma() -> str:
    """Graphology and sigma.js with their licences; versions and hashes: vendor/README.md."""
    parts = []
    for name in ("graphology", "sigma"):
        (script,) = _VENDOR.glob(f"{name}-*.min.js")
        licence = (_VENDOR / f"{name}-LICENSE.txt").read_text(encoding="utf-8").strip()
        parts.append(f"/*! {licence} */\n{_without_map(script.read_text(encoding='utf-8'))}")
    return "\n".join(parts)


def _without_map(script: str) -> str:
    """Leave out the line that makes developer tools ask for a file that is not there."""
    return re.sub(r"\n//# sourceMappingURL=.*\s*\Z", "\n", script)
