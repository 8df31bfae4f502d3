"""Every control of the page, used once in each of the two renderers; and an accessibility check."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from kg.colours import COLOURS, COMMUNITY_COLOURS, OUTLINE
from kg.pagedata import Known, known_of, page_data
from tests.pages import (
    CHAIRED,
    FUNDS,
    IMAGE,
    LEADS,
    TYPES,
    Show,
    actors,
    colours_on,
    entity,
    jump,
    page_of,
    relate,
    rgb,
    saved,
    statement,
)  # fmt: skip

AXE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
BOTH = pytest.mark.parametrize("renderer", ["vis", "sigma"])
STATES = {"b": ("sachsen", "Sachsen"), "c": ("thueringen", "Thüringen")}
FIRST = {"earliest_start": "2010-01-01", "latest_start": "2010-12-31",
         "earliest_end": "2015-01-01", "latest_end": "2015-06-01"}  # fmt: skip
SECOND = {"latest_start": "2018-05-01", "earliest_end": "2018-05-01"}
KNOWN = Known(
    conflicts=[{
        "kind": "holder", "newer": 1, "verdict": f"beide ({IMAGE}, 2020)",
        "sides": [{"says": "Anna", "statements": ["s1"]}, {"says": "Carla", "statements": ["s2"]}],
    }],
    citations={"q1": "Muster e.V. (2019): Titel."},
    cite="Akteursnetz contributors: Akteursnetz, Version 1.",
)  # fmt: skip


def chain() -> nx.MultiDiGraph[str]:
    """Anna - Bund - Carla - Dorf, in four relations with all that can be filtered."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(types=TYPES, symmetric=[])
    names = {
        "a": ("Anna", "Person"),
        "b": ("Bund", "Association"),
        "c": ("Carla", "Person"),
        "d": ("Dorf", "City"),
    }
    for key, (label, type_) in names.items():
        entity(graph, key, label, type_, f"{label} alias")
        if key in STATES:
            graph.add_node(key, state=STATES[key], place={"id": "x", "label": "Ort"})
    relate(
        graph,
        ("b", "a"),
        CHAIRED,
        statement(id="s1", source="q1", source_title="Eins", since="2010", **FIRST),
    )
    relate(
        graph, ("b", "c"), CHAIRED, statement(id="s2", source="q2", source_title="Zwei", **SECOND)
    )
    relate(
        graph,
        ("c", "d"),
        LEADS,
        statement(id="s3", certainty="implied", source="q2", source_title="Zwei"),
    )
    relate(
        graph, ("b", "c"), FUNDS, statement(id="s4", quote="=1+1", source="q2", source_title="Zwei")
    )
    return graph  # fmt: skip


def open_chain(show: Show, renderer: str = "vis", **more: Any) -> Page:
    return show(chain(), page_options={"known": KNOWN, "renderer": renderer}, **more)


def rows(page: Page) -> list[dict[str, str]]:
    """The statements behind what is seen."""
    return list(csv.DictReader(io.StringIO(saved(page, "#save-csv").removeprefix("\ufeff"))))


def seen(page: Page) -> set[tuple[str, str]]:
    return {(row["subject"], row["object"]) for row in rows(page)}


ALL = {("Bund", "Anna"), ("Bund", "Carla"), ("Carla", "Dorf")}


@BOTH
def test_both_renderers_draw_the_colours_and_find_what_is_clicked(
    show: Show, renderer: str
) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(types=TYPES)
    entity(graph, "erfurt", "Erfurt", "City")
    page = show(graph, page_options={"renderer": renderer})
    assert colours_on(page)[rgb(COLOURS["City"])] > 12
    box = page.locator("#canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#panel h2")).to_have_text("Erfurt")
    page.wait_for_timeout(320)  # else the two clicks are one double click
    page.mouse.click(box["x"] + 30, box["y"] + 30)
    expect(page.locator("#panel")).to_be_hidden()


@BOTH
def test_a_line_is_clicked_and_a_node_dragged(show: Show, renderer: str) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(types=TYPES)
    entity(graph, "a", "Anna", "Person")
    entity(graph, "b", "Bund", "Association")
    relate(graph, ("a", "b"), FUNDS, statement(quote="Anna fördert"))
    page = show(graph, page_options={"renderer": renderer})
    box = page.locator("#canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x, y)
    expect(page.locator("#panel blockquote")).to_have_text("„Anna fördert“")
    assert page.evaluate("location.hash") == "#a/funds/b"
    page.keyboard.press("Escape")
    place = re.compile(r"translate\(([-\d.]+) ([-\d.]+)\) scale\(([\d.]+)")
    page.click("#to-filters")
    page.wait_for_timeout(300)
    before = place.findall(saved(page, "#save-svg"))
    box = page.locator("#canvas").bounding_box()
    assert box
    left, top, eighth = map(float, before[0])
    x, y = box["x"] + left + 8 * eighth, box["y"] + top + 8 * eighth
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 120, steps=8)
    page.mouse.up()
    page.wait_for_timeout(300)
    after = place.findall(saved(page, "#save-svg"))
    assert float(after[0][1]) - float(before[0][1]) == pytest.approx(120, abs=25)
    assert after[1] == before[1]


def test_relations_and_sources_and_certainty_are_filters(show: Show) -> None:
    page = open_chain(show)
    assert seen(page) == ALL
    page.locator("summary", has_text="Beziehungen").click()
    page.get_by_label("leitet", exact=True).uncheck()
    assert seen(page) == ALL - {("Carla", "Dorf")}
    page.click("#reset")
    assert seen(page) == ALL
    page.select_option("#by-source", label="Eins")
    assert seen(page) == {("Bund", "Anna")}
    page.click("#reset")
    page.select_option("#by-certainty", "stated")
    assert seen(page) == ALL - {("Carla", "Dorf")}
    page.select_option("#by-certainty", "contradicted")
    assert {row["statement"].rpartition("/")[2] for row in rows(page)} == {"s1", "s2"}
    page.click("#reset")
    page.get_by_role("button", name="keine").first.click()
    assert seen(page) == set()


def test_states_are_a_filter_and_stand_in_the_profile(show: Show) -> None:
    page = open_chain(show, fragment="#b")
    expect(page.locator("#panel .where")).to_have_text("Ort: Ort, Sachsen")
    page.click("#to-filters")
    page.locator("summary", has_text="Länder").click()
    page.get_by_label("Thüringen").uncheck()
    assert seen(page) == {("Bund", "Anna")}
    jump(page, "Carla")  # what one jumps to is shown again
    assert seen(page) == ALL


@BOTH
def test_the_years_let_edges_come_and_go(show: Show, renderer: str) -> None:
    page = open_chain(show, renderer)

    def year(value: int) -> set[tuple[str, str]]:
        page.evaluate(
            """value => {
            const range = document.getElementById('year');
            range.value = value;
            range.dispatchEvent(new Event('input'));
        }""",
            value,
        )
        return seen(page)  # fmt: skip

    assert page.locator("#year-now").text_content() == "alle Zeiten"
    page.check("#time-on")
    expect(page.locator("#year-now")).to_have_text("2018")
    expect(page.locator("#legend")).to_contain_text("gilt sicher")
    assert year(2012) == ALL
    page.check("#only-certain")
    # s2 is certain in 2018 only; s3 and s4 have no known bounds and stay
    assert {row["statement"][-2:] for row in rows(page)} == {"s1", "s3", "s4"}
    assert year(2018) == {("Bund", "Carla"), ("Carla", "Dorf")}
    page.uncheck("#only-certain")
    assert ("Bund", "Anna") not in year(2018)
    page.uncheck("#time-on")
    assert seen(page) == ALL


def test_playing_goes_through_the_years_and_stops(show: Show) -> None:
    page = open_chain(show)
    page.clock.install(time=0)
    page.reload()
    page.clock.pause_at(1000)
    page.click("#play")
    expect(page.locator("#year-now")).to_have_text("2010")
    page.clock.run_for(2000)
    expect(page.locator("#year-now")).to_have_text("2012")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Anhalten")
    page.click("#play")
    page.clock.run_for(3000)
    expect(page.locator("#year-now")).to_have_text("2012")
    page.click("#play")
    page.clock.run_for(20000)
    expect(page.locator("#year-now")).to_have_text("2018")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Jahre abspielen")


def test_without_times_there_is_no_slider(show: Show) -> None:
    expect(show(actors()).locator("#time")).to_be_hidden()


def test_contradictions_are_marked_with_both_sides_and_the_verdict(show: Show) -> None:
    page = open_chain(show, fragment="#b/chairedBy/a")
    conflict = page.locator("#panel .conflict")
    expect(conflict).to_contain_text("Widerspruch (Amtsinhaber)")
    expect(conflict.locator("li")).to_have_text(
        ["Anna", "Carla – später veröffentlicht, vielleicht nur neuer"]
    )
    expect(conflict.locator("p")).to_have_text(f"Urteil: beide ({IMAGE}, 2020)")
    jump(page, "Bund")
    expect(page.locator("#panel .evidence", has_text="⚠")).to_have_count(2)
    page.click("#to-table")
    expect(page.locator("#rows .mark")).to_have_count(2)


def test_a_citation_is_copied(show: Show) -> None:
    page = open_chain(
        show, fragment="#b/chairedBy/a", permissions=["clipboard-read", "clipboard-write"]
    )
    page.click(".copy")
    expect(page.locator("#panel [role=status]")).to_have_text(" Kopiert")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "Muster e.V. (2019): Titel. [https://w3id.org/akteursnetz/statement/s1]"


def test_functions_over_time_are_bars(show: Show) -> None:
    page = open_chain(show, fragment="#b")
    chart = page.locator("#panel svg.timeline")
    expect(chart.locator("text").first).to_have_text("hat als Vorsitz – Anna")
    expect(chart.locator(".possible rect")).to_have_count(2)
    expect(chart.locator(".certain rect")).to_have_count(2)
    label = chart.get_attribute("aria-label")
    assert label
    assert "20100101/20101231 – 20150101/20150601" in label


@BOTH
def test_sizes_colours_and_outlines_are_explained(show: Show, renderer: str) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(types=TYPES)
    for i in range(8):
        entity(graph, f"n{i}", f"Name {i}", "Person")
    for i in range(8):
        for j in range(i):
            if i // 4 == j // 4 or (i, j) == (4, 0):
                relate(graph, (f"n{i}", f"n{j}"), FUNDS, statement())
    page = show(graph, page_options={"renderer": renderer})
    page.click("#to-filters")
    page.select_option("#size-by", "betweenness")
    expect(page.locator("#filters .hint").first).to_contain_text("Freeman 1977")
    page.select_option("#colour-by", "community")
    expect(page.locator("#filters .hint").nth(1)).to_contain_text("Louvain")
    drawn = colours_on(page)
    for colour in COMMUNITY_COLOURS[:2]:
        assert drawn[rgb(colour)] > 40
    expect(page.locator("#legend .group")).to_have_text(["um Name 0", "um Name 4"])
    page.locator("#hulls").check()
    assert saved(page, "#save-svg").count("<polygon") == 2
    page.locator("#legend .group").first.click()
    expect(page.locator("#panel dl")).to_contain_text("Gruppeum Name 0")


@BOTH
def test_the_path_between_two(show: Show, renderer: str) -> None:
    page = open_chain(show, renderer)
    page.click("#to-filters")
    page.fill("#path-from", "Anna")
    page.fill("#path-to", "dorf al")
    page.click("#show-path")
    expect(page.locator("#panel")).to_contain_text("3 Schritte")
    expect(page.locator("#panel ol li")).to_have_count(3)
    assert page.evaluate("location.hash") == "#a..d"
    page.fill("#path-to", "niemand")
    page.click("#show-path")
    expect(page.locator("#path-told")).to_have_text("Niemand heißt „niemand“.")
    page.locator("summary", has_text="Beziehungen").click()
    page.get_by_label("leitet", exact=True).uncheck()
    expect(page.locator("#panel")).to_contain_text("Kein Weg durch das")


def test_addresses_lead_back_and_forth(show: Show) -> None:
    page = open_chain(show, fragment="#a..d")
    expect(page.locator("#panel")).to_contain_text("3 Schritte")
    jump(page, "Bund")
    page.locator("#panel .evidence").first.click()
    assert page.evaluate("location.hash") == "#b/chairedBy/a"
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("Bund")
    page.go_back()
    expect(page.locator("#panel")).to_contain_text("3 Schritte")
    page.go_forward()
    expect(page.locator("#panel h2")).to_have_text("Bund")
    page.evaluate("location.hash = '#b/funds/c'")
    expect(page.locator("#panel blockquote")).to_have_text("„=1+1“")
    page.locator("#panel").get_by_role("button", name="1 Aussage").click()
    assert page.evaluate("location.hash") == "#b/chairedBy/c"


def test_actors_as_a_table_that_sorts_and_filters(show: Show) -> None:
    page = open_chain(show)
    page.click("#to-nodes")
    names = page.locator("#rows td.name button")
    expect(names).to_have_text(["Bund", "Carla", "Anna", "Dorf"])
    page.get_by_role("button", name="Name", exact=True).click()
    expect(names).to_have_text(["Anna", "Bund", "Carla", "Dorf"])
    page.get_by_role("button", name=re.compile("^Name")).click()
    expect(names).to_have_text(["Dorf", "Carla", "Bund", "Anna"])
    expect(page.locator("th").first).to_have_attribute("aria-sort", "descending")
    page.fill("#filter", "carla al")
    expect(names).to_have_text(["Carla"])
    expect(page.locator("#shown")).to_have_text("1 von 4")
    page.keyboard.press("Tab")
    page.click("#to-net")
    expect(page.locator("#drawing")).to_be_visible()


def test_long_tables_come_in_parts(show: Show) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(types=TYPES)
    for i in range(310):
        entity(graph, f"n{i:03}", f"Name {i:03}", "Person")
    page = show(graph)
    page.click("#to-nodes")
    expect(page.locator("#rows tr")).to_have_count(300)
    page.get_by_role("button", name="10 weitere Zeilen").click()
    expect(page.locator("#rows tr")).to_have_count(310)
    expect(page.locator("#more")).to_be_hidden()


@BOTH
def test_what_is_seen_is_saved(show: Show, renderer: str) -> None:
    page = open_chain(show, renderer)
    table = rows(page)
    assert [row["statement"][-2:] for row in table] == ["s1", "s2", "s4", "s3"]
    assert table[2]["quote"] == "'=1+1"  # a spreadsheet would run it
    drawing = saved(page, "#save-svg")
    assert drawing.startswith("<svg xmlns=")
    for text in (">Anna<", ">Bund<", "kg network -o netz.html", COLOURS["City"]):
        assert text in drawing
    with page.expect_download() as download:
        page.click("#save-png")
    assert download.value.suggested_filename == "netz.png"
    picture = download.value.path().read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 5000


def test_hostile_names_do_not_break_the_svg(show: Show) -> None:
    from tests.pages import hostile

    drawing = saved(show(hostile()), "#save-svg")
    assert "&lt;img" in drawing
    assert "<img" not in drawing
    assert "<script" not in drawing


def test_how_the_page_was_made(show: Show) -> None:
    page = open_chain(show)
    page.locator("#legend").get_by_role("button", name="Stadt 1").click()
    page.click("#to-about")
    about = page.locator("#panel")
    for text in ["kg network -o netz.html · 1.0", "Typen: 2/3", "CC BY 4.0", "Akteursnetz contributors",
                 "Okabe", "3 Entitäten"]:  # fmt: skip
        expect(about).to_contain_text(text)
    expect(about.get_by_role("button", name="Beleg kopieren")).to_be_visible()


def shared() -> nx.MultiDiGraph[str]:
    """Two that share a project until 2015 and a second one, of one of them, from 2018 on."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(types=TYPES, symmetric=["shared-projects"])
    entity(graph, "a", "Anna", "Person")
    entity(graph, "b", "Bund", "Association")
    legs = [
        {"id": f"s{n}", "subject": who, "subject_label": who.upper(), "relation": "partnerIn",
         "object": what, "object_label": what.upper(), **when}
        for n, (who, what, when) in enumerate(
            [("a", "p", FIRST), ("b", "p", FIRST), ("a", "q", SECOND), ("b", "r", SECOND)])
    ]  # fmt: skip
    names = ("shared-projects", "gemeinsame Vorhaben", "shared projects")
    relate(graph, ("a", "b"), names, *(statement(**leg) for leg in legs))
    graph.edges["a", "b", "shared-projects"].update(weight=0.5, shared=["p"])
    return graph


def test_a_projection_says_what_its_statements_are_about(show: Show) -> None:
    known = Known(relations={"partnerIn": {"de": "ist Partner in", "en": "partner in"}})
    page = show(shared(), fragment="#a/shared-projects/b", page_options={"known": known})
    expect(page.locator("#panel .kind")).to_have_text("4 Aussagen · Gewicht 0,5")
    expect(page.locator("#panel .says").first).to_have_text("A → ist Partner in → P")
    page.check("#time-on")
    assert len(rows(page)) == 0  # in 2018 each has a project, but not the same
    page.evaluate("y => (y.value = 2012, y.dispatchEvent(new Event('input')))",
                  page.locator("#year").element_handle())  # fmt: skip
    assert {(row["subject"], row["object"]) for row in rows(page)} >= {("A", "P"), ("B", "P")}
    page.click("#to-table")
    expect(page.locator("#rows tr").first).to_contain_text("ist Partner in")


@BOTH
def test_lines_from_outside_are_drawn_behind(show: Show, renderer: str) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(types=TYPES)
    entity(graph, "a", "Anna", "Person")
    entity(graph, "b", "Bund", "Association")
    places = {"a": (-200.0, 100.0), "b": (200.0, -100.0)}
    outline = [[(-300.0, -150.0), (300.0, -150.0), (300.0, 150.0)]]
    page = show(graph, page_options={"renderer": renderer, "places": places, "background": outline})
    drawing = saved(page, "#save-svg")
    found = re.findall(
        r"(-?[\d.]+),(-?[\d.]+)", re.findall(r'<polyline points="([^"]+)', drawing)[0]
    )
    (x1, y1), (x2, y2), (x3, y3) = [tuple(map(float, spot)) for spot in found]
    assert (y1, x2) == (y2, x3)
    assert (y3 - y2) / (x2 - x1) == pytest.approx(0.5, abs=0.01)
    (ax, ay), (bx, by) = [tuple(map(float, s)) for s in re.findall(
        r"translate\(([-\d.]+) ([-\d.]+)\)", drawing)]  # fmt: skip
    assert abs(bx - ax) / (x2 - x1) == pytest.approx(400 / 600, abs=0.01)
    assert abs(by - ay) / (y3 - y2) == pytest.approx(200 / 300, abs=0.02)
    assert page.evaluate("getComputedStyle(document.getElementById('ground')).zIndex") == "-1"
    assert colours_on(page)[rgb(OUTLINE)] > 50


def large(count: int = 60) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(types=TYPES)
    for i in range(count):
        entity(graph, f"n{i:02}", f"Name {i:02}", "Person")
    for i in range(1, count):
        relate(graph, (f"n{i:02}", f"n{(i - 1) // 3:02}"), FUNDS, statement())
    return graph


@BOTH
def test_of_a_large_network_the_most_important_come_first(show: Show, renderer: str) -> None:
    page = show(large(), page_options={"renderer": renderer, "first": 12})
    expect(page.locator("#hidden-note")).to_contain_text("12 von 60 Akteuren gezeichnet")
    assert "Name 59" not in {row["subject"] for row in rows(page)}
    jump(page, "Name 59")
    expect(page.locator("#panel h2")).to_have_text("Name 59")
    assert "Name 59" in {row["subject"] for row in rows(page)}
    page.select_option("#much", "60")
    expect(page.locator("#hidden-note")).to_be_hidden()
    assert len(rows(page)) == 59


def test_all_are_drawn_with_a_click(show: Show) -> None:
    page = show(large(), page_options={"renderer": "sigma", "first": 12})
    page.click("#draw-all")
    expect(page.locator("#hidden-note")).to_be_hidden()
    assert len(rows(page)) == 59


@BOTH
def test_zoom_keyboard_and_language(show: Show, renderer: str) -> None:
    page = open_chain(show, renderer)
    width = re.compile(r'<path d="M([-\d.]+)')
    spots = [width.findall(saved(page, "#save-svg"))]
    surface = page.locator("#canvas [tabindex]")
    expect(surface).to_have_attribute("role", "application")
    for action in ("#zoom-in", "#zoom-out", "#fit"):
        page.click(action)
        page.wait_for_timeout(250)
        spots.append(width.findall(saved(page, "#save-svg")))
    assert spots[1] != spots[0]
    surface.focus()
    page.keyboard.down("ArrowLeft")
    page.wait_for_timeout(250)
    page.keyboard.up("ArrowLeft")
    assert width.findall(saved(page, "#save-svg")) != spots[-1]
    page.click("#language")
    expect(page.locator("#to-filters")).to_have_text("Filters")
    expect(page.locator("#reset")).to_have_text("Reset the filters")


@pytest.mark.parametrize(("renderer", "scheme"), [("vis", "light"), ("sigma", "dark")])
def test_axe_finds_no_serious_fault(show: Show, renderer: str, scheme: str) -> None:
    page = open_chain(show, renderer, color_scheme=scheme)
    # By the debugger, which the policy of the page does not bind.
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found: list[str] = []

    def check(where: str) -> None:
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found.extend(
            f"{where}: {v['id']} {[n['target'] for n in v['nodes']][:3]}"
            for v in result["violations"]
            if v["impact"] in {"serious", "critical"}
        )

    check("network")
    page.click("#to-filters")
    page.locator("summary", has_text="Beziehungen").click()
    page.select_option("#colour-by", "community")
    page.check("#time-on")
    check("filters")
    page.fill("#search", "a")
    check("search")
    jump(page, "Bund")
    check("profile")
    page.locator("#panel .evidence").first.click()
    check("statement")
    page.click("#to-about")
    check("about")
    for button in ("#to-nodes", "#to-table"):
        page.click(button)
        check(button)
    assert found == []


def test_the_data_are_compact() -> None:
    graph = large(60)
    columns, _ = page_data(graph, Known())
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    plain.add_nodes_from(
        (n, {k: d[k] for k in ("label", "type")}) for n, d in graph.nodes(data=True)
    )
    for a, b, key in graph.edges(keys=True):
        plain.add_edge(a, b, key=key)
    node_link = json.dumps(nx.node_link_data(plain, edges="edges"), ensure_ascii=False)
    drawn = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    assert len(drawn) < 2 * len(node_link)


def test_the_data_of_the_packaged_graph_are_compact_and_know_its_conflicts(
    documents_graph: Any,
) -> None:
    graph = documents_graph.network()
    known = known_of(
        documents_graph.corpus,
        documents_graph.ontology,
        documents_graph.conflicts(),
        documents_graph.store.manifest,
    )
    columns, later = page_data(graph, known)
    assert len(later["statements"]) == sum(
        len(d["statements"]) for _, _, d in graph.edges(data=True)
    )
    assert all(
        len(column) == len(graph)
        for column in (columns["nodes"][k] for k in ("id", "label", "type", "x", "y"))
    )
    assert known.cite.startswith("Akteursnetz contributors")
    assert all(source["citation"] for source in later["sources"])
    assert any(any(bounds) for bounds in columns["bounds"])
    assert page_of(graph, known=known) == page_of(graph, known=known)
