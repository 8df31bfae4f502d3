"""Small networks and tools for the tests of the page."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import networkx as nx
from playwright.sync_api import Page

from kg.page import network_page

TYPES = {
    "Association": {"de": "Verein", "en": "Association"},
    "Person": {"de": "Person", "en": "Person"},
    "Project": {"de": "Projekt", "en": "Project"},
    "City": {"de": "Stadt", "en": "City"},
}
IMAGE = "<img src=x onerror=alert(1)>"
SCRIPT = "</script><script>alert(2)</script>"
BIDI = "\u202eevil\u2067 \"quoted\" 'name' &amp; \u2028"
ENDLESS = "Donaudampfschiff" * 625
Show = Callable[..., Page]


def entity(graph: nx.MultiDiGraph[str], key: str, label: str, type_: str, *names: str) -> None:
    iri = f"https://w3id.org/akteursnetz/entity/{key}"
    graph.add_node(key, label=label, type=type_, iri=iri, names=[label, *names])


def relate(
    graph: nx.MultiDiGraph[str],
    ends: tuple[str, str],
    relation: tuple[str, str, str],
    *statements: dict[str, Any],
) -> None:
    name, german, english = relation
    graph.add_edge(
        *ends, key=name, relation=name, label=german, label_en=english, statements=list(statements)
    )


def statement(**more: Any) -> dict[str, Any]:
    """Build a statement with its source; ``None`` leaves a key out."""
    given = {
        "id": "9f2c",
        "source": "acod-2018-12-05",
        "source_title": "ACOD wählt neuen Vorstand",
        "publisher": "ACOD e.V.",
        "published": "2018-12-05",
        "url": "https://www.acod.example/news?a=1&b=2",
        "certainty": "stated",
        "support": "quoted",
        "quote": "Vorsitzender des ACOD",
        "start": 1650,
        "end": 1671,
    }
    found = {key: value for key, value in (given | more).items() if value is not None}
    passage = {key: found.pop(key) for key in ("quote", "start", "end") if key in found}
    return {"evidence": [passage]} | found


CHAIRED = ("chairedBy", "hat als Vorsitz", "chaired by")
COOPERATES = ("cooperatesWith", "kooperiert mit", "cooperates with")
FUNDS = ("funds", "fördert", "funds")
LEADS = ("headOf", "leitet", "head of")


def actors() -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(types=TYPES, symmetric=["cooperatesWith"])
    acod = "Automotive Cluster Ostdeutschland e.V."
    entity(graph, "acod", acod, "Association", "ACOD", "Automobilcluster")
    entity(graph, "kemser", "Hans-Peter Kemser", "Person")
    entity(graph, "molewa", "MoLeWa – Mobilität Leipzig im Wandel", "Project", "MoLeWa")
    entity(graph, "leipzig", "Leipzig", "City")
    entity(graph, "erfurt", "Erfurt", "City")
    two = (
        statement(role="Vorsitzender", since="2017", until="2021-03-31"),
        statement(certainty="implied", support="cited", quote=None, url="javascript:alert(3)",
                  source_title="Blick nach Osten", since="2019~"),
    )  # fmt: skip
    relate(graph, ("acod", "kemser"), CHAIRED, *two)
    relate(graph, ("kemser", "acod"), LEADS, statement(quote="leitet den Verein"))
    relate(graph, ("acod", "molewa"), COOPERATES, statement(certainty="implied"))
    relate(graph, ("acod", "leipzig"), ("locatedIn", "hat Sitz in", "located in"), statement())
    return graph


def hostile() -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(types={"<b>T": {"de": IMAGE, "en": SCRIPT}})
    for key, label in {"a": IMAGE, "b": SCRIPT, "c": BIDI, "d": ENDLESS, IMAGE: IMAGE}.items():
        entity(graph, key, label, "<b>T", label, IMAGE)
    texts = {"role": IMAGE, "note": SCRIPT, "publisher": BIDI, "source_title": IMAGE}
    urls = ["JavaScript:alert(1)", "data:text/html,x", " javascript:alert(1)", "//example.org/x"]
    hostile_statements = [statement(quote=SCRIPT, url=url, **texts) for url in urls]
    relate(graph, ("a", "b"), ("funds", IMAGE, SCRIPT), *hostile_statements)
    relate(graph, ("b", "c"), ("<i>", SCRIPT, IMAGE), statement(quote=BIDI))
    relate(graph, ("d", "d"), FUNDS, statement(quote=ENDLESS))
    return graph


def parallel() -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(types=TYPES, symmetric=["cooperatesWith"])
    entity(graph, "a", "Anna", "Person")
    entity(graph, "b", "Bund", "Association")
    relate(graph, ("a", "b"), LEADS, statement(quote="Anna leitet"))
    relate(graph, ("a", "b"), FUNDS, statement(quote="Anna fördert"))
    relate(graph, ("b", "a"), CHAIRED, statement(quote="Vorsitz Anna"))
    return graph


def page_of(graph: nx.MultiDiGraph[str], **more: Any) -> str:
    return network_page(graph, title="Netz", made_by="kg network -o netz.html · 1.0", **more)


def jump(page: Page, text: str) -> None:
    page.fill("#search", text)
    page.keyboard.press("Enter")


def colours_on(page: Page) -> dict[tuple[int, int, int], int]:
    """Count the pixels of each colour of the drawing as it is seen."""
    picture = base64.b64encode(page.locator(".stage").screenshot()).decode("ascii")
    counts = page.evaluate(
        """async (picture) => {
        const image = new Image();
        image.src = `data:image/png;base64,${picture}`;
        await image.decode();
        const {width, height} = image;
        const copy = Object.assign(document.createElement('canvas'), {width, height});
        const context = copy.getContext('2d', {willReadFrequently: true});
        context.drawImage(image, 0, 0);
        const {data} = context.getImageData(0, 0, width, height);
        const counts = {};
        for (let i = 0; i < data.length; i += 4) {
            const key = `${data[i]},${data[i + 1]},${data[i + 2]}`;
            counts[key] = (counts[key] || 0) + 1;
        }
        return counts;
    }""",
        picture,
    )
    return {(r, g, b): n for key, n in counts.items() for r, g, b in [map(int, key.split(","))]}


def saved(page: Page, button: str) -> str:
    """The text of the file that a button of the filters saves."""
    if page.locator("#filters").is_hidden():
        page.click("#to-filters")
    with page.expect_download() as download:
        page.click(button)
    return download.value.path().read_text(encoding="utf-8")


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def click_middle(page: Page, down: float = 0) -> None:
    box = page.locator("#canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + down)
    page.wait_for_timeout(60)
