"""The page in a real browser without any network: what it loads, shows and lets one do."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import random
import re
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from playwright.sync_api import Browser, expect

from kg.colours import COLOURS, EDGE_COLOUR, INK, NODE_BORDER, OUTLINE, SHAPES
from kg.html import policy
from kg.page import network_page
from kg.pagedata import Known
from tests.commands import run_kg
from tests.conftest import MakeData
from tests.pages import (
    BIDI,
    CHAIRED,
    ENDLESS,
    IMAGE,
    LEADS,
    SCRIPT,
    TYPES,
    Show,
    actors,
    click_middle,
    colours_on,
    entity,
    hostile,
    jump,
    page_of,
    parallel,
    relate,
    rgb,
    saved,
    statement,
)  # fmt: skip

SVG = "{http://www.w3.org/2000/svg}"


def test_the_page_draws_itself_and_loads_nothing(show: Show) -> None:
    page = show(actors())
    expect(page.locator("h1")).to_have_text("Netz")
    expect(page.locator("#size")).to_have_text("5 Entitäten · 4 Beziehungen · 5 Aussagen")
    expect(page.locator("footer")).to_contain_text("kg network -o netz.html · 1.0")
    expect(page.locator("footer")).to_contain_text("Daten: CC BY 4.0")
    drawn = colours_on(page)
    for type_ in TYPES:
        assert drawn[rgb(COLOURS[type_])] > 100, type_


def test_nothing_is_drawn_for_an_empty_graph(show: Show) -> None:
    page = show(nx.MultiDiGraph())
    expect(page.locator("#size")).to_have_text("0 Entitäten · 0 Beziehungen · 0 Aussagen")


def test_the_policy_forbids_all_but_our_own_scripts_and_styles() -> None:
    text = page_of(actors())
    (policy,) = re.findall('Content-Security-Policy" content="([^"]*)"', text)
    assert policy.startswith("default-src &#39;none&#39;; script-src &#39;sha256-")
    assert "unsafe" not in policy
    assert not re.search(
        r"<[^>]*\s(src|on\w+|style)=", re.sub(r"(?s)<script.*?</script>", "", text)
    )


def test_an_injected_script_does_not_run(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "netz.html"
    inserted = "<body><script>document.title = 'ran'</script><img src=x onerror=alert(1)>"
    file.write_text(page_of(actors()).replace("<body>", inserted), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.title() == "Netz"
    page.close()


def test_the_search_finds_every_name_and_opens_the_panel(show: Show) -> None:
    page = show(actors())
    page.get_by_role("combobox").fill("automobilcl")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option")).to_contain_text("Automotive Cluster Ostdeutschland e.V.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("Automotive Cluster Ostdeutschland e.V.")
    expect(panel.locator(".kind")).to_have_text("Verein")
    expect(panel.locator(".also")).to_have_text("Auch: ACOD, Automobilcluster")
    expect(panel.locator(".iri")).to_have_text("https://w3id.org/akteursnetz/entity/acod")
    headings = ["→ hat als Vorsitz", "→ hat Sitz in", "← leitet", "↔ kooperiert mit"]
    expect(panel.locator("h4")).to_have_text(headings)
    assert page.evaluate("location.hash") == "#acod"


def test_the_search_is_lenient_about_case_and_accents(show: Show) -> None:
    page = show(actors())
    page.get_by_role("combobox").fill("MOBILITAT leip")
    expect(page.get_by_role("option")).to_have_count(1)
    page.get_by_role("combobox").fill("gibt es nicht")
    expect(page.locator("#found")).to_have_text("Nichts gefunden")
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_hidden()


def test_a_neighbour_in_the_panel_leads_on_and_escape_closes(show: Show) -> None:
    page = show(actors())
    jump(page, "ACOD")
    page.locator("#panel").get_by_role("button", name="Leipzig", exact=True).click()
    expect(page.locator("#panel h2")).to_have_text("Leipzig")
    assert page.evaluate("location.hash") == "#leipzig"
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    assert page.evaluate("location.hash") == ""


def test_a_relation_shows_every_statement_with_its_evidence(show: Show) -> None:
    page = show(actors())
    jump(page, "ACOD")
    page.locator("#panel").get_by_role("button", name="2 Aussagen").click()
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_contain_text("hat als Vorsitz")
    expect(panel.locator("h2")).to_contain_text("Hans-Peter Kemser")
    stated, implied = panel.locator("article").all()
    expect(stated.locator("blockquote")).to_have_text("„Vorsitzender des ACOD“")
    for text in ["RolleVorsitzender", "seit2017", "bis31. März 2021", "ausdrücklich gesagt",
                 "ACOD e.V.", "5. Dezember 2018", "Zeichen 1650–1671"]:  # fmt: skip
        expect(stated).to_contain_text(text)
    link = stated.get_by_role("link", name="ACOD wählt neuen Vorstand")
    expect(link).to_have_attribute("href", "https://www.acod.example/news?a=1&b=2")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(implied).to_contain_text("Nur zitiert")
    expect(implied).to_contain_text("Gewissheiterschlossen")
    expect(implied).to_contain_text("seitum 2019")
    expect(implied.locator("blockquote")).to_have_count(0)


def test_a_statement_may_rest_on_several_passages(show: Show) -> None:
    graph = actors()
    places = [
        {"quote": "Kemser ist", "start": 3, "end": 13},
        {"quote": "Vorsitz", "start": 20, "end": 27},
    ]
    relate(graph, ("kemser", "leipzig"), LEADS,
           statement(quote=None, start=None, end=None, modality="asserted", evidence=places),
           statement(quote=None, start=None, end=None, modality="planned", support="cited",
                     evidence=[{"note": "gelesen am Bildschirm"}]))  # fmt: skip
    page = show(graph, fragment="#leipzig")
    page.locator("#panel").get_by_role("button", name="2 Aussagen").click()
    quoted, cited = page.locator("#panel article").all()
    expect(quoted.locator("blockquote")).to_have_text(["„Kemser ist“", "„Vorsitz“"])
    expect(quoted).to_contain_text("Zeichen 3–13; Zeichen 20–27")
    expect(quoted).not_to_contain_text("Modalität")
    expect(cited).to_contain_text("Nur zitiert")
    expect(cited).to_contain_text("Modalitätgeplant")
    expect(cited).to_contain_text("Anmerkunggelesen am Bildschirm")
    page.click("#to-table")
    expect(page.locator("#rows")).to_contain_text("„Kemser ist“ … „Vorsitz“")


def test_only_web_addresses_become_links(show: Show) -> None:
    page = show(actors())
    jump(page, "Kemser")
    page.locator("#panel").get_by_role("button", name="2 Aussagen").click()
    expect(page.get_by_text("javascript:alert(3)")).to_be_visible()
    page.get_by_text("javascript:alert(3)").click()
    page.click("#to-table")
    for href in page.eval_on_selector_all("a", "links => links.map(link => link.protocol)"):
        assert href in {"http:", "https:"}


def test_a_quote_is_marked_within_the_text_that_the_reader_has(show: Show) -> None:
    text = f"{IMAGE} {SCRIPT} sagte der Vorsitzender des ACOD am {BIDI}."
    start = text.index("Vorsitzender")
    said = statement(start=start, end=start + len("Vorsitzender des ACOD"))
    graph = actors()
    graph.remove_edges_from(list(graph.edges(keys=True)))
    relate(graph, ("acod", "kemser"), CHAIRED, said, statement(source="other"))
    known = Known(texts={"acod-2018-12-05": text})
    page = show(graph, fragment="#acod/chairedBy/kemser", page_options={"known": known})
    first, second = page.locator("#panel blockquote").all()
    assert first.text_content() == text
    assert first.locator("mark").all_text_contents() == ["Vorsitzender des ACOD"]
    assert second.text_content() == "„Vorsitzender des ACOD“"


def test_the_page_takes_texts_that_the_quotes_were_taken_from(
    make_data: MakeData, tmp_path: Path
) -> None:
    folder = make_data(tmp_path)
    asked = ("network", "--texts", str(folder.texts), "-o", "n.html")
    known, after = folder.text.read_text(encoding="utf-8"), " Muster e.V. – gefördert vom Bund"
    ran = run_kg(*asked, cwd=tmp_path, KG_DATA=str(folder.data))
    assert ran.code == 0, ran.err
    assert after in (tmp_path / "n.html").read_text(encoding="utf-8")
    folder.text.write_text(known + " mehr", encoding="utf-8")
    assert run_kg(*asked, cwd=tmp_path, KG_DATA=str(folder.data)).code == 0
    assert after not in (tmp_path / "n.html").read_text(encoding="utf-8")
    ran = run_kg(*asked[:3], "-o", "n.gexf", cwd=tmp_path, KG_DATA=str(folder.data))
    assert (ran.code, "--texts is for the page" in ran.err) == (2, True)


@pytest.mark.parametrize("renderer", ["vis", "sigma"])
def test_hostile_names_are_only_text(show: Show, renderer: str) -> None:
    page = show(hostile(), fragment="#a", page_options={"renderer": renderer})
    expect(page.locator("#panel h2")).to_have_text(IMAGE)
    expect(page.locator("#legend .word")).to_have_text(IMAGE)
    page.locator("#panel .evidence").click()
    expect(page.locator("#panel blockquote").first).to_have_text(f"„{SCRIPT}“")
    expect(page.locator("#panel dd").first).to_have_text(IMAGE)
    expect(page.locator("#panel a")).to_have_count(0)
    click_middle(page)
    page.mouse.move(640, 440)
    page.wait_for_timeout(400)  # a tooltip may come up
    page.click("#to-table")
    expect(page.locator("#rows tr")).to_have_count(6)
    page.click("#language")
    expect(page.locator("#legend .word")).to_have_text(SCRIPT)
    assert page.locator("img, script:not(body > script)").count() == 0
    assert page.evaluate("document.querySelectorAll('script').length") == 4


def test_marks_that_turn_the_text_round_stay_inside_the_name(show: Show) -> None:
    page = show(hostile(), fragment="#c")
    name = page.locator("#panel h2 bdi")
    assert name.text_content() == BIDI
    expect(name).to_have_attribute("dir", "auto")


def test_an_endless_name_is_short_on_the_canvas_and_whole_in_the_panel(show: Show) -> None:
    page = show(hostile(), size=(390, 844), fragment="#d")
    assert page.locator("#panel h2").text_content() == ENDLESS
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page = show(hostile())
    (line,) = (text for text in texts(saved(page, "#save-svg")) if text.startswith("Donau"))
    assert len(line) == 24
    assert line.endswith("…")


def texts(svg: str) -> list[str]:
    return [e.text or "" for e in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def lines(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).findall(f"{SVG}g")[0])


def test_each_parallel_edge_can_be_clicked(show: Show) -> None:
    page = show(parallel())
    quotes = set()
    for down in range(-90, 91, 10):
        click_middle(page, down)
        quotes.update(page.locator("#panel blockquote").all_text_contents())
        page.keyboard.press("Escape")
        page.wait_for_timeout(30)
    assert quotes == {"„Anna leitet“", "„Anna fördert“", "„Vorsitz Anna“"}


def test_implied_edges_are_dashed_and_parallel_ones_curved(show: Show) -> None:
    drawn = lines(saved(show(actors()), "#save-svg"))
    assert [line.get("stroke-dasharray") for line in drawn] == [None, None, "6 4", None]
    curved = []
    for line in drawn:
        x0, y0, x1, y1, x2, y2 = map(float, re.findall(r"-?[\d.]+", line.get("d", "")))
        curved.append(abs((x2 - x0) * (y1 - y0) - (y2 - y0) * (x1 - x0)) > 900)
    assert sorted(curved) == [False, False, True, True]


@pytest.mark.parametrize("count", [2, 3, 9, 24])
def test_no_two_parallel_edges_have_the_same_curve(show: Show, count: int) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in "ab":
        entity(graph, node, node, "Project")
    for i in range(count):
        relate(graph, ("a", "b") if i % 2 else ("b", "a"), (f"r{i:02}", "x", "x"), statement())
    middles = set()
    for line in lines(saved(show(graph), "#save-svg")):
        numbers = re.findall(r"-?[\d.]+", line.get("d", ""))
        middles.add(tuple(numbers[2:4]))
    assert len(middles) == count


def test_a_click_on_a_node_opens_it(show: Show) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(types=TYPES, symmetric=["cooperatesWith"])
    entity(graph, "erfurt", "Erfurt", "City")
    page = show(graph)
    click_middle(page, -10)
    expect(page.locator("#panel h2")).to_have_text("Erfurt")
    expect(page.locator("#panel")).to_contain_text("Keine Beziehungen in diesem Netz.")


def test_the_legend_hides_and_shows_a_type(show: Show) -> None:
    page = show(actors())
    words = page.locator("#legend .word")
    expect(words).to_have_text(["Person", "Projekt", "Stadt", "Verein"])
    cities = page.get_by_role("button", name="Stadt 2")
    colour = rgb(COLOURS["City"])
    assert colours_on(page)[colour] > 100
    cities.click()
    expect(cities).to_have_attribute("aria-pressed", "false")
    page.wait_for_timeout(100)
    # Project shares the colour of City: what remains is one node's worth instead of three.
    assert SHAPES["City"] != SHAPES.get("Project")
    few = colours_on(page).get(colour, 0)
    page.get_by_role("button", name="Projekt 1").click()
    page.wait_for_timeout(100)
    assert few > 0 == colours_on(page).get(colour, 0)
    cities.click()
    page.wait_for_timeout(100)
    assert colours_on(page)[colour] > 100
    expect(cities).to_have_attribute("aria-pressed", "true")


def test_to_jump_to_a_hidden_type_shows_it_again(show: Show) -> None:
    page = show(actors())
    page.get_by_role("button", name="Stadt 2").click()
    jump(page, "Erfurt")
    expect(page.locator("#panel h2")).to_have_text("Erfurt")
    expect(page.get_by_role("button", name="Stadt 2")).to_have_attribute("aria-pressed", "true")


def test_the_address_names_an_entity(show: Show) -> None:
    page = show(actors(), fragment="#kemser")
    expect(page.locator("#panel h2")).to_have_text("Hans-Peter Kemser")
    page.evaluate("location.hash = '#leipzig'")
    expect(page.locator("#panel h2")).to_have_text("Leipzig")
    page.evaluate("location.hash = '#%E0%A4%A'")
    page.evaluate("location.hash = '#__proto__'")
    expect(page.locator("#panel h2")).to_have_text("Leipzig")


def test_german_and_english(show: Show) -> None:
    page = show(actors(), fragment="#acod")
    assert page.evaluate("document.documentElement.lang") == "de"
    page.click("#language")
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.locator("#panel .kind")).to_have_text("Association")
    expect(page.locator("#panel h4").first).to_have_text("→ chaired by")
    expect(page.locator("#legend .word").first).to_have_text("Association")
    expect(page.locator("#to-table")).to_have_text("Statements")
    page.locator("#panel .evidence").first.click()
    expect(page.locator("#panel article").first).to_contain_text("until31 March 2021")
    expect(page.locator("#panel article").last).to_contain_text("Cited only")
    page.click("#language")
    expect(page.locator("#panel article").last).to_contain_text("Nur zitiert")


def test_both_languages_have_the_same_words() -> None:
    script = page_of(actors())
    german, english = re.findall(r"(?s)\n  (?:de|en): \{\n(.*?)\n  \},", script)
    keys = re.compile(r"^    (\w+):", re.MULTILINE)
    assert keys.findall(german) == keys.findall(english)


def test_the_table_has_every_statement_and_can_be_filtered(show: Show) -> None:
    page = show(actors())
    page.click("#to-table")
    expect(page.locator("#drawing")).to_be_hidden()
    columns = [
        "Subjekt",
        "Beziehung",
        "Objekt",
        "seit",
        "bis",
        "Stand",
        "Gewissheit",
        "Quelle",
        "Zitat",
    ]
    expect(page.locator("#table th")).to_have_text(columns)
    expect(page.locator("#rows tr")).to_have_count(5)
    expect(page.locator("#rows tr").first).to_contain_text("„Vorsitzender des ACOD“")
    expect(page.locator("#rows tr").nth(1)).to_contain_text("nur zitiert")
    page.fill("#filter", "MOLEWA")
    expect(page.locator("#rows tr:visible")).to_have_count(1)
    expect(page.locator("#shown")).to_have_text("1 von 5 Aussagen")
    page.locator("#rows tr:visible").get_by_role("button", name="kooperiert mit").click()
    expect(page.locator("#panel article")).to_contain_text("„Vorsitzender des ACOD“")


def test_back_from_the_table_to_the_network(show: Show) -> None:
    page = show(actors())
    page.click("#to-table")
    page.locator("#rows").get_by_role("button", name="Leipzig", exact=True).click()
    page.get_by_role("button", name="Im Netz zeigen").click()
    expect(page.locator("#drawing")).to_be_visible()
    expect(page.locator("#table")).to_be_hidden()
    assert colours_on(page)[rgb(COLOURS["City"])] > 100


@pytest.mark.parametrize("fragment", ["", "#acod"])
def test_on_a_phone_nothing_sticks_out(show: Show, fragment: str) -> None:
    page = show(actors(), size=(390, 844), fragment=fragment)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    if fragment:
        panel, canvas = (page.locator(n).bounding_box() for n in ("#panel", "#canvas"))
        assert panel
        assert canvas
        assert panel["width"] == 390
        assert panel["y"] >= canvas["y"] + canvas["height"] - 1
        assert canvas["height"] > 200
    page.click("#to-table")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_dark_when_the_reader_likes_it_dark(show: Show) -> None:
    page = show(actors(), color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 23, 29)"
    assert colours_on(page)[rgb("#e8edf2")] > 20  # the names
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(200)
    assert colours_on(page)[rgb("#1b2530")] > 20


def test_a_dragged_node_stays_where_it_was_put(show: Show) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(types=TYPES, symmetric=["cooperatesWith"])
    entity(graph, "erfurt", "Erfurt", "City")
    page = show(graph)
    box = page.locator("#canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - 10
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 200, y - 100, steps=8)
    page.mouse.up()
    page.wait_for_timeout(400)
    page.click("#language")  # draws everything anew
    page.wait_for_timeout(400)
    page.mouse.click(x, y)
    page.wait_for_timeout(400)
    expect(page.locator("#panel")).to_be_hidden()
    page.mouse.click(x - 200, y - 100)
    expect(page.locator("#panel h2")).to_have_text("Erfurt")


def test_the_keyboard_reaches_everything(show: Show) -> None:
    page = show(actors())
    reached = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"search", "to-table", "language", "vis-network", "zoom-in", "fit"} <= reached
    page.focus("#search")
    page.keyboard.type("kemser")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Hans-Peter Kemser"


def test_without_scripts_the_page_says_so(show: Show) -> None:
    page = show(actors(), java_script_enabled=False)
    expect(page.locator(".notice")).to_contain_text("brauchen JavaScript")


def test_the_same_graph_gives_the_same_bytes() -> None:
    graph = actors()
    draw = random.Random(5)  # noqa: S311
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(keys=True))
    draw.shuffle(nodes)
    draw.shuffle(edges)
    other: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        types=dict(reversed(TYPES.items())), symmetric=["cooperatesWith"]
    )
    other.add_nodes_from(nodes)
    for a, b, key in edges:
        other.add_edge(a, b, key=key, **graph.edges[a, b, key])
    assert page_of(graph) == page_of(graph) == page_of(other)


def test_the_licence_is_only_claimed_for_our_own_data() -> None:
    ours, theirs = (
        network_page(actors(), title="t", made_by="m", licensed=x) for x in (True, False)
    )
    assert "creativecommons.org/licenses/by/4.0/" in ours
    assert "creativecommons.org" not in theirs


def test_title_and_command_line_are_text() -> None:
    text = network_page(actors(), title=IMAGE, made_by=SCRIPT)
    assert IMAGE not in text
    assert SCRIPT not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_text_that_is_no_utf8_does_not_break_the_page() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    entity(graph, "a", "half \ud83d pair \x00", "Person")
    assert io.BytesIO(page_of(graph).encode("utf-8")).getvalue()


def test_only_what_the_policy_names_may_run() -> None:
    found = policy(["one()", "two()"], ["a {}"])
    digest = base64.b64encode(hashlib.sha256(b"two()").digest()).decode()
    assert f"'sha256-{digest}'" in found.split("script-src ")[1].split(";")[0]
    assert "unsafe" not in found
    assert found.startswith("default-src 'none'; ")
    page = page_of(actors())
    scripts = re.findall(r"(?s)<script>(.*?)</script>", page)
    assert len(scripts) == 2
    assert policy(scripts, re.findall(r"(?s)<style>(.*?)</style>", page)) in html.unescape(page)


def test_the_page_has_the_colours_of_the_pictures() -> None:
    css = page_of(actors()).split("<style>")[1]
    found = dict(re.findall(r"--([\w-]+): (#\w+);", css.split("}")[0]))
    assert {key: found[key].upper() for key in ("edge", "node-border", "ink", "outline")} == {
        "edge": EDGE_COLOUR, "node-border": NODE_BORDER, "ink": INK, "outline": OUTLINE,
    }  # fmt: skip


def test_an_unknown_type_is_grey(show: Show) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    entity(graph, "x", "Etwas", "Neues")
    page = show(graph)
    expect(page.locator("#legend .word")).to_have_text("Neues")
    assert colours_on(page)[rgb("#8A9099")] > 100
