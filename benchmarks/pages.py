"""Layout and page against plain networkx, plain pyvis and a bare sigma.js page, in the same run.

Chromium is headless and has no GPU. "Drawn" is the time from opening the file until two frames
after the first picture (for pyvis: until its simulation says that it is done); frames are counted
while the mouse drags the picture about.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

import networkx as nx
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as Late

from benchmarks.networks import SIZES, seconds, synthetic
from kg.html import policy
from kg.layout import positions
from kg.network import network
from kg.ontology import read_ontology
from kg.page import VIS_UP_TO, network_page

ROUNDS = 3
PAN = 3.0  # seconds
MOST_SPRING = 1_000  # nodes: beyond, networkx's spring layout takes most of a minute or more
MOST_PHYSICS = 1_000  # nodes: beyond, pyvis' simulation takes minutes
PATIENCE = 240.0  # seconds
_VENDOR = Path(__file__).parent.parent / "kg" / "templates" / "vendor"
_FLAGS = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
          "--ignore-gpu-blocklist", "--disable-gpu-compositing")  # fmt: skip
_WATCH = """
new MutationObserver(() => {
  const root = document.documentElement;
  if (!root || root.dataset.drawn !== 'yes' || window.drawnAt) return;
  window.drawnAt = -1;
  requestAnimationFrame(() => requestAnimationFrame(() => { window.drawnAt = performance.now(); }));
}).observe(document, {attributes: true, subtree: true, attributeFilter: ['data-drawn']});
"""
_BARE = """
const {x, y, ends} = JSON.parse(document.getElementById('data').textContent);
const graph = new graphology.MultiGraph();
x.forEach((each, i) => graph.addNode(i, {x: each, y: -y[i], size: 3, color: '#56B4E9'}));
ends.forEach(([a, b]) => graph.addEdge(a, b, {color: '#97A2B0'}));
new Sigma(graph, document.getElementById('box'));
document.documentElement.dataset.drawn = 'yes';
"""
_DONE = """network.once('stabilizationIterationsDone', () => {
  document.documentElement.dataset.drawn = 'yes';
});"""
_ALL = "the page first draws the most important nodes; “all” is after a click on all"
_HEAD = ("| nodes | MB | kg s | bare sigma s | kg ÷ bare | plain pyvis, ÷ kg | kg fps | all fps | "
         "bare fps | kg ÷ bare | all ÷ bare |")  # fmt: skip
_STYLE = "html, body, #box { height: 100%; margin: 0; }"


def bare_sigma(graph: nx.MultiDiGraph[str]) -> str:
    """The same nodes, edges and positions on a page that has nothing but sigma.js."""
    places, nodes = positions(graph), sorted(graph)
    number = {node: i for i, node in enumerate(nodes)}
    data = json.dumps({
        "x": [places[n][0] for n in nodes], "y": [places[n][1] for n in nodes],
        "ends": [(number[a], number[b]) for a, b in graph.edges()],
    })  # fmt: skip
    library = "\n".join(
        next(_VENDOR.glob(f"{name}-*.js")).read_text().split("//# sourceMappingURL")[0]
        for name in ("graphology", "sigma")
    )
    allowed = policy([library, _BARE], [_STYLE])
    return (
        f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{allowed}"><style>{_STYLE}</style><div id="box"></div>'
        f'<script type="application/json" id="data">{data}</script>'
        f"<script>{library}</script><script>{_BARE}</script>"
    )


def plain_pyvis(graph: nx.MultiDiGraph[str]) -> str:
    """What pyvis makes of it when nothing is set."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    for node, data in graph.nodes(data=True):
        net.add_node(node, label=data["label"])
    net.edges = [{"from": a, "to": b, "arrows": "to"} for a, b in graph.edges()]
    return str(net.generate_html()).replace("</body>", f"<script>{_DONE}</script></body>")


def drawn_and_frames(browser: Browser, file: Path, *, everything: bool = False
                     ) -> tuple[float | None, float]:  # fmt: skip
    """Seconds until drawn (None: not in time), and frames a second while the picture is dragged."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(_WATCH)
    try:
        page.goto(file.as_uri(), timeout=1000 * PATIENCE)
        page.wait_for_function("window.drawnAt > 0", timeout=1000 * PATIENCE)
    except Late:
        page.close()
        return None, 0.0
    drawn = float(page.evaluate("window.drawnAt")) / 1000
    if everything and page.locator("#draw-all").count():
        page.click("#draw-all")
    page.wait_for_timeout(500)
    frames = _frames(page)
    page.close()
    return drawn, frames


def _frames(page: Page) -> float:
    page.mouse.move(500, 400)
    page.mouse.down()
    page.evaluate("""() => {
        window.frames_ = 0; window.since_ = performance.now();
        const count = () => { window.frames_ += 1; requestAnimationFrame(count); };
        requestAnimationFrame(count);
    }""")
    step = 0
    while float(page.evaluate("performance.now() - window.since_")) < 1000 * PAN:
        for _ in range(3):
            step += 1
            page.mouse.move(500 + 4 * (step % 40), 400 + 2 * (step % 25))
    page.mouse.up()
    return float(page.evaluate("window.frames_ * 1000 / (performance.now() - window.since_)"))


def measured(size: int, browser: Browser, folder: Path) -> tuple[list[str], list[str]]:
    """Rows of the tables of what is made in Python and of what is seen in the browser."""
    graph = network(synthetic(size), read_ontology())
    made: list[tuple[str, Callable[[], object], Callable[[], object] | None]] = [
        ("layout (networkx: spring_layout)", lambda: positions(graph),
         (lambda: nx.spring_layout(nx.Graph(graph), seed=1)) if size <= MOST_SPRING else None),
        ("page with its layout (pyvis: without)",
         lambda: network_page(graph, title="t", made_by="m"), lambda: plain_pyvis(graph)),
    ]  # fmt: skip
    rows = []
    for name, ours, theirs in made:
        mine, other = seconds(ours), seconds(theirs) if theirs else None
        ratio = f"{other:.2f} | {other / mine:.1f} ×" if other is not None else "– | –"
        rows.append(f"| {size:,} | {name} | {mine:.2f} | {ratio} |")
    page = network_page(graph, title="t", made_by="m")
    texts = {"kg": page, "bare": bare_sigma(graph)}
    if size <= MOST_PHYSICS:
        texts["pyvis"] = plain_pyvis(graph)
    kind = "vis-network" if len(graph) <= VIS_UP_TO else "sigma.js"
    found = _seen(texts, browser, folder)
    first = f"| {size:,} ({kind}) | {len(page) / 1e6:.1f} | "
    return rows, [first + _cells(found)]


def _cells(found: Mapping[str, tuple[float, float]]) -> str:
    (drawn, frames), (bare, usual) = found["kg"], found["bare"]
    whole = found["kg, all drawn"][1]
    with_pyvis = "–"
    if "pyvis" in found:
        plain = found["pyvis"][0]
        late = plain >= PATIENCE
        with_pyvis = f"> {PATIENCE:.0f} s" if late else f"{plain:.1f} s, {plain / drawn:.0f} ×"
    cells = [
        *(f"{drawn:.2f}", f"{bare:.2f}", f"{drawn / bare:.2f} ×", with_pyvis),
        *(f"{each:.1f}" for each in (frames, whole, usual)),
        *(f"{frames / usual:.2f} ×", f"{whole / usual:.2f} ×"),
    ]
    return " | ".join(cells) + " |"


def _seen(
    texts: Mapping[str, str], browser: Browser, folder: Path
) -> dict[str, tuple[float, float]]:
    """Medians of several rounds; pyvis with its simulation, which takes long, once."""
    results: dict[str, list[tuple[float, float]]] = {}
    for turn in range(ROUNDS):
        for name, text in texts.items():
            file = folder / f"{name}.html"
            file.write_text(text, encoding="utf-8")
            for key, everything in ((name, False), (f"{name}, all drawn", True)):
                if (everything and name != "kg") or (name == "pyvis" and turn):
                    continue
                drawn, frames = drawn_and_frames(browser, file, everything=everything)
                results.setdefault(key, []).append((PATIENCE if drawn is None else drawn, frames))
    return {
        name: (median(d for d, _ in found), median(f for _, f in found))
        for name, found in results.items()
    }


def report(sizes: tuple[int, ...] = SIZES) -> list[str]:
    """Lines of Markdown: what is made in Python, and what is seen in the browser."""
    chromium: Any = shutil.which("chromium")
    made, seen = [], []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        for size in sizes:
            rows, line = measured(size, browser, Path(folder))
            made += rows
            seen += line
        browser.close()
    return [
        "## Networks: layout and page", "",
        f"Synthetic as above. In headless Chromium without a GPU, 1440 × 900, medians of {ROUNDS}.",
        "", "| nodes | what | kg s | other s | other ÷ kg |", "|---:|---|---:|---:|---:|", *made,
        "",
        f"Seconds until drawn and frames a second while panning; {_ALL}.", "", _HEAD,
        "|---:|---:|---:|---:|---:|---|---:|---:|---:|---:|---:|", *seen,
    ]  # fmt: skip
