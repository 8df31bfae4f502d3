"""The page of a text with its passages marked, in a browser: hostile text stays text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.extraction.documents import Document
from kg.extraction.record import Candidate
from kg.extraction.streaming import Result
from kg.extraction.writing import PAGE_FOOT, as_section, page_head
from kg.model import Evidence

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HARM = '</pre></table><script>window.hit=1</script><img src=x onerror="window.hit=1"><b>\'"&amp;'
TEXT = f"\n\nDer Bund fördert „Delta“ und „Omega“ {HARM} \U0001f600 bis 2021.\n"


def candidate(quote: str, **more: str) -> Candidate:
    start = TEXT.index(quote)
    values = {"subject": HARM, "relation": "funds", "object": "Delta", "rule": HARM} | more
    return Candidate("meldung", subject_type="PublicBody", object_type="Project", confidence=0.5,
                     evidence=Evidence(quote, start, start + len(quote)), **values)  # type: ignore[arg-type]  # texts only  # fmt: skip


CANDIDATES = (
    candidate("Der Bund fördert „Delta“"),
    candidate("fördert „Delta“ und „Omega“", object="Omega", role=HARM),
    candidate(HARM),
)


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_shows_the_text_and_runs_nothing(
    browser: Browser, tmp_path: Path, dark: bool
) -> None:
    page_file = tmp_path / "seite.html"
    section = as_section(Result(Document("meldung", "meldung.txt", TEXT), CANDIDATES))
    page_file.write_text(page_head(HARM) + section + PAGE_FOOT, encoding="utf-8")
    context = browser.new_context(offline=True, color_scheme="dark" if dark else "light")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: complaints.append(request.url))
    page.goto(page_file.as_uri())
    assert page.evaluate("window.hit") is None
    assert complaints == [page_file.as_uri()]
    assert page.locator("pre").text_content() == TEXT
    assert page.locator("h1").text_content() == HARM
    assert page.locator("tbody tr").count() == 3
    assert page.locator("img, script, b").count() == 0
    marks = page.locator("mark").all_text_contents()
    assert marks == ["Der Bund ", "fördert „Delta“", " und „Omega“", HARM]
    ends = page.locator("mark").evaluate_all("all => all.map(m => m.dataset.ends || '')")
    assert ends == ["", "1", "2", "3"]
    back = page.evaluate(
        "[getComputedStyle(document.body), getComputedStyle(document.querySelector('mark'))].map(s => s.backgroundColor)"
    )
    assert back == (
        ["rgb(22, 22, 22)", "rgb(90, 71, 0)"]
        if dark
        else ["rgb(255, 255, 255)", "rgb(255, 233, 168)"]
    )
    context.close()
