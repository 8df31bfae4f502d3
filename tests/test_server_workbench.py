"""The query page in a real browser: editor, answers, languages, and nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kg.build import build
from tests.serving import Server, served
from tests.test_site_browser import AXE, serious


@pytest.fixture(scope="module")
def server(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("workbench")
    build(documents, folder / "store")
    with served(folder / "store", folder / "log", "--prefix", "/netz") as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.on("request", lambda r: None if r.url.startswith((server.address, "blob:", "data:"))
            else complaints.append(r.url))  # fmt: skip
    page.goto(server.address + "/sparql")
    yield page
    context.close()
    assert [c for c in complaints if "400 (Bad Request)" not in c] == []


def test_a_query_is_answered_as_table_chart_and_network(page: Page) -> None:
    page.locator("#query").fill("SELECT ?a ?b { ?a akt:chairedBy ?b }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#table tbody tr")).to_have_count(1)
    link = page.locator("#table a").first
    expect(link).to_have_text("ent:acod")
    assert link.get_attribute("href") == "/netz/entity/acod"
    page.get_by_role("tab", name="Netz").click()
    expect(page.locator("#network circle")).to_have_count(2)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#chart rect")).to_have_count(1)
    expect(page.locator("#table")).to_be_hidden()
    with page.expect_download() as download:
        page.locator("#download").click()
    assert "hans-peter-kemser" in download.value.path().read_text(encoding="utf-8")
    page.reload()
    expect(page.locator("#table tbody tr")).to_have_count(1)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "it fits a telephone"


def test_words_are_completed_from_the_ontology(page: Page) -> None:
    page.locator("#query").fill("")
    page.locator("#query").press_sequentially("SELECT * { ?a vorsitz")
    expect(page.locator("#words li").first).to_contain_text("akt:chair")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    assert "akt:chair" in page.locator("#query").input_value()
    page.locator("#query").fill("SELECT *\n{\n}")
    assert page.locator("#lines").text_content() == "1\n2\n3"


def test_an_error_shows_its_place_and_graphs_are_drawn(page: Page) -> None:
    page.locator("#query").fill("SELECT * {\n ?s ?p\n}")
    page.get_by_role("button", name="Ausführen").click()
    expect(page.locator("#error")).to_contain_text("line 3, column 2")
    page.locator("#examples").select_option(index=3)
    expect(page.locator("#network circle").first).to_be_attached()
    expect(page.locator("#status")).to_contain_text("Zeilen")
    expect(page.locator("#error")).to_be_hidden()


def test_it_speaks_english_and_escapes(page: Page) -> None:
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    page.locator("#query").fill(
        "SELECT ('<img src=x onerror=alert(1)>' AS ?x) (IRI('javascript:alert(1)') AS ?y) {}"
    )
    page.keyboard.press("Control+Enter")
    expect(page.locator("#table td").first).to_have_text("<img src=x onerror=alert(1)>")
    expect(page.locator("#table img, #table a")).to_have_count(0)


@pytest.mark.skipif(not AXE.is_dir(), reason="axe-core is not there")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_query_page_is_accessible(browser: Browser, server: Server, scheme: str) -> None:
    """No serious finding of axe-core: empty, with words offered, with each answer, with an error."""
    script = next(AXE.glob("axe-*.min.js")).read_text(encoding="utf-8")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]  # a literal
    page = context.new_page()
    page.goto(server.address + "/en/sparql")
    page.evaluate(script)

    def check(state: str) -> None:
        found = page.evaluate("axe.run().then(r => r.violations)")
        assert serious(found) == [], state

    check("empty")
    page.locator("#query").fill("")
    page.locator("#query").press_sequentially("SELECT * { ?a chair")
    expect(page.locator("#words li").first).to_be_visible()
    check("words")
    page.locator("#query").fill(
        "SELECT ?a ?b (COUNT(*) AS ?n) { ?a akt:chairedBy ?b } GROUP BY ?a ?b"
    )
    page.keyboard.press("Control+Enter")
    expect(page.locator("#table tbody tr")).to_have_count(1)
    for tab in ("table", "chart", "network"):
        page.locator(f"#tab-{tab}").click()
        check(tab)
    page.locator("#query").fill("SELECT * {")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#error")).to_be_visible()
    check("error")
    context.close()
