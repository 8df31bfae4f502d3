"""The site in a real browser: from a server and from files, with nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from kg.graph import Graph
from kg.ontology import Ontology
from kg.site.model import Site
from kg.site.static import write_site
from tests.sites import hostile, served

NETWORK = b"<!DOCTYPE html><title>Netz</title>"  # its own tests look at it
AXE = Path(__file__).parent / "vendor"


@pytest.fixture(scope="module")
def live(documents_graph: Graph) -> Iterator[str]:
    site = Site(documents_graph)
    site.__dict__["network"] = NETWORK
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def stick(documents_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("stick") / "Netz ä ö"
    site = Site(documents_graph, static=True)
    site.__dict__["network"] = NETWORK
    write_site(site, folder)
    return folder.as_uri()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that may load nothing from elsewhere, complain of nothing and pop nothing up."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    with Watched(context) as opened:
        yield opened


class Watched:
    """A page of which requests to elsewhere, complaints and dialogs are noted."""

    def __init__(self, context: BrowserContext) -> None:
        self.context, self.wrong = context, list[str]()

    def __enter__(self) -> Page:
        page = self.context.new_page()
        page.on("console", lambda m: self.wrong.append(f"{m.text} at {page.url}"))
        page.on("pageerror", lambda e: self.wrong.append(str(e)))
        page.on("dialog", self._dialog)
        page.on("request", lambda r: self._request(r.url))
        return page

    def _dialog(self, dialog: Dialog) -> None:
        self.wrong.append(dialog.message)
        dialog.dismiss()

    def _request(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "file:///", "data:")):
            self.wrong.append(url)

    def __exit__(self, *_: object) -> None:
        self.context.close()
        assert self.wrong == []


def test_search_offers_names_and_goes_where_the_keyboard_says(page: Page, live: str) -> None:
    page.goto(live)
    field = page.get_by_role("combobox", name="Name, Abkürzung oder Titel")
    field.press_sequentially("Kemser")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Hans-Peter Kemser")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press_sequentially(" ")
    field.press("ArrowDown")
    page.get_by_role("option").first.click()
    expect(page).to_have_url(f"{live}/entity/hans-peter-kemser")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hans-Peter Kemser")


def test_search_in_files_works_without_a_server(page: Page, stick: str) -> None:
    page.goto(f"{stick}/en/index.html")
    field = page.get_by_role("combobox")
    field.fill("universitaet leipzig")
    expect(page.get_by_role("option").first).to_be_visible()
    field.fill("Kempser")  # one letter wrong
    expect(page.get_by_role("option").first).to_contain_text("Hans-Peter Kemser")
    field.press("Enter")
    expect(page.locator("#results p")).to_contain_text("“Kempser”")
    page.get_by_role("link", name="Hans-Peter Kemser").click()
    expect(page).to_have_url(f"{stick}/en/entity/hans-peter-kemser.html")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Deutsch", exact=True).click()
    expect(page.locator(".kind")).to_contain_text("Person")
    page.goto(f"{stick}/search.html?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    expect(page.locator("#results p")).to_contain_text("Nichts gefunden zu „<img src=x")


def test_a_question_is_filled_in_asked_sorted_and_filtered(page: Page, live: str) -> None:
    page.goto(f"{live}/questions/leadership")
    body = page.get_by_role("combobox", name="Körperschaft")
    body.press_sequentially("automotive clu")
    page.get_by_role("option").first.click()
    expect(body).to_have_value("Automotive Cluster Ostdeutschland e.V.")
    page.locator("form.ask").get_by_role("button").click()
    expect(page.locator("#rows tbody tr").first).to_contain_text("Automotive Cluster")
    page.get_by_role("link", name="Person", exact=True).click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Person")
    page.get_by_label("Zeilen filtern").fill("Katzek")
    page.get_by_role("button", name="Filtern").click()
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    expect(page.locator("#count")).to_contain_text("1 von ")
    assert "body=Automotive" in page.url


def test_a_table_in_a_file_is_sorted_and_filtered(page: Page, stick: str) -> None:
    page.goto(f"{stick}/questions/support.html")
    rows = page.locator("#rows tbody tr")
    expect(rows.first).to_be_visible()
    page.get_by_role("button", name="Objekt").click()
    page.get_by_role("button", name="Objekt").click()
    cells = page.locator("#rows tbody tr td:nth-child(3)").all_inner_texts()
    assert cells[0] > cells[-1]
    page.get_by_label("Zeilen filtern").fill("kemser")
    expect(page.locator("#rows tbody tr:visible").first).to_contain_text("Kemser")
    shown = page.locator("#rows tbody tr:visible").count()
    assert 0 < shown < len(cells)
    expect(page.locator("#count")).to_contain_text(f"{shown} von ")


def test_everything_but_the_search_in_files_works_without_script(
    browser: Browser, live: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live)
    page.get_by_role("searchbox").fill("ACOD")
    page.get_by_role("button", name="Suchen").click()
    page.get_by_role("link", name="Automotive Cluster Ostdeutschland e.V.").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Automotive Cluster Ostdeutschland e.V."
    )
    context.close()


@pytest.mark.parametrize("width", [390, 800])
def test_no_page_is_wider_than_the_screen(browser: Browser, live: str, width: int) -> None:
    with Watched(browser.new_context(viewport={"width": width, "height": 844})) as page:
        for path in ("/", "/entity/acod", "/source/acod-2018-12-05", "/questions/support",
                     "/conflicts", "/ontology", "/en/about", "/timeline/acod", "/relation/signed",
                     "/class/Entity", "/search?q=acod", "/questions", "/sources"):  # fmt: skip
            page.goto(live + path)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, path


def test_hostile_data_do_nothing(browser: Browser, ontology: Ontology) -> None:
    site = Site(hostile(ontology))
    with served(site) as address, Watched(browser.new_context()) as page:
        for path in ("/", "/entity/a", "/entity/nul", "/source/s0", "/conflicts", "/class/Entity",
                     "/relation/funds", "/questions/support", "/search?q=%3Cimg%20src=x%3E"):  # fmt: skip
            page.goto(address + path)
            assert page.locator("img").count() == 0
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def serious(violations: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What is serious of what axe-core found: rule and place."""
    return [
        (v["id"], v["nodes"][0]["html"][:200])
        for v in violations
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.skipif(not AXE.is_dir(), reason="axe-core is not there")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(browser: Browser, live: str, scheme: str) -> None:
    """No serious finding of axe-core; of the dark scheme only the contrast differs."""
    rules = "{runOnly: ['color-contrast']}" if scheme == "dark" else ""
    script = next(AXE.glob("axe-*.min.js")).read_text(encoding="utf-8")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]  # a literal
    page = context.new_page()
    for path in ("/", "/en/entity/acod", "/source/acod-2018-12-05", "/questions/leadership",
                 "/conflicts", "/ontology", "/about", "/timeline/acod", "/class/Entity",
                 "/search?q=acod", "/questions", "/relation/chairedBy", "/en/search?q=nothing",
                 "/questions/leadership?body=ACOD", "/questions/leadership?body=Kempser",
                 "/en/questions/support?_filter=Kemser"):  # fmt: skip
        page.goto(live + path)
        page.evaluate(script)
        assert serious(page.evaluate(f"axe.run({rules}).then(r => r.violations)")) == [], path
    context.close()
