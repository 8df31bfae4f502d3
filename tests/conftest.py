"""Fixtures for all tests: the ontology, the packaged data, and a small data folder to break."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, sync_playwright

from kg.check import check_data
from kg.files import shipped
from kg.graph import Graph, load
from kg.model import Corpus, TextMark
from kg.ontology import Ontology, read_ontology
from kg.rdf import enriched
from tests.pages import Show, page_of

if TYPE_CHECKING:
    import networkx as nx

# Not the user's cache: tests neither find there what they should build, nor leave anything.
_CACHE = tempfile.TemporaryDirectory(prefix="kg-tests-")
os.environ["KG_CACHE"] = _CACHE.name

settings.register_profile(
    "akteursnetz",
    derandomize=True,
    deadline=None,
    max_examples=40,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("akteursnetz")

ENTITIES = """\
- id: anna-muster
  type: Person
  label: Anna Muster
- id: bund
  type: PublicBody
  label: {de: Der Bund, en: The Federation}
- id: verein
  type: Association
  label: Muster e.V.
  alias: [MV]
- id: vorhaben
  type: Project
  label: Vorhaben
"""
TEXT = "Anna Muster leitet den Verein Muster e.V. – gefördert vom Bund, wie der Bund sagt.\n"
SOURCE = f"""\
id: meldung
title: Eine Meldung
publisher: verein
published: 2020-01-31
url: https://example.org/meldung
text: {{sha256: {TextMark.of(TEXT).sha256}, length: {len(TEXT)}}}
statements:
- subject: verein
  relation: chairedBy
  object: anna-muster
  since: 2019
  certainty: stated
  evidence: {{quote: "Anna Muster leitet den Verein", start: 0, end: 29}}
- subject: bund
  relation: funds
  object: vorhaben
  certainty: stated
  note: Gelesen auf der Seite.
  evidence: {{cited: true}}
"""


@dataclass(frozen=True)
class DataFolder:
    """A data folder ``data/`` with its texts in ``texts/``, valid until a test breaks it."""

    root: Path

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.root / "data"

    @property
    def texts(self) -> Path:
        """The folder of texts."""
        return self.root / "texts"

    @property
    def entities(self) -> Path:
        """The one file of entities."""
        return self.data / "entities" / "all.yaml"

    @property
    def source(self) -> Path:
        """The one file of a source."""
        return self.data / "sources" / "meldung.yaml"

    @property
    def text(self) -> Path:
        """The text of the source."""
        return self.texts / "meldung.txt"

    def replace(self, path: Path, old: str, new: str) -> None:
        """Put ``new`` where ``old`` stands, which must be in one place."""
        content = path.read_text(encoding="utf-8")
        assert content.count(old) == 1, f"'{old}' stands in {content.count(old)} places of {path}"
        path.write_text(content.replace(old, new), encoding="utf-8", newline="")


MakeData = Callable[[Path], DataFolder]


def write_data(root: Path) -> DataFolder:
    """Write the small valid data folder below ``root``."""
    folder = DataFolder(root)
    for parent in (folder.entities.parent, folder.source.parent, folder.texts):
        parent.mkdir(parents=True, exist_ok=True)
    folder.entities.write_text(ENTITIES, encoding="utf-8", newline="")
    folder.source.write_text(SOURCE, encoding="utf-8", newline="")
    folder.text.write_text(TEXT, encoding="utf-8", newline="")
    return folder


@pytest.fixture(scope="session")
def make_data() -> MakeData:
    """The factory of small valid data folders."""
    return write_data


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The shipped ontology."""
    return read_ontology()


@pytest.fixture(scope="session")
def corpus(ontology: Ontology) -> Corpus:
    """The packaged data, which must have no problem."""
    corpus, problems = check_data(shipped("data"), ontology)
    assert not problems, "\n".join(map(str, problems))
    return enriched(corpus, ontology)


DOCUMENTS = ("acod-2018-12-05", "arbeit-und-leben-sachsen-2019-11-25")
"""The two sources that are encoded word for word."""


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the two documents and whom they name: small, and known by heart."""
    folder = tmp_path_factory.mktemp("documents") / "data"
    (folder / "entities").mkdir(parents=True)
    (folder / "sources").mkdir()
    said = ""
    for name in DOCUMENTS:
        source = (shipped("data") / "sources" / f"{name}.yaml").read_text(encoding="utf-8")
        (folder / "sources" / f"{name}.yaml").write_text(source, encoding="utf-8")
        said += source
    named = set(re.findall(r"(?:subject|object|publisher): (\S+)$", said, re.M))
    for path in (shipped("data") / "entities").glob("*.yaml"):
        # A decision on homonyms names others, which would need others again.
        text = re.sub(
            r"^  not_same_as:\n(?:  - .*\n(?:    .*\n)*)+",
            "",
            path.read_text(encoding="utf-8"),
            flags=re.M,
        )
        blocks = re.split(r"^(?=- id: )", text, flags=re.M)
        kept = [b for b in blocks if (m := re.match(r"- id: (\S+)", b)) and m[1] in named]
        if kept:
            (folder / "entities" / path.name).write_text("".join(kept), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def documents_graph(documents: Path) -> Graph:
    """The graph of the two documents."""
    return load(documents)


@pytest.fixture(scope="session")
def documents_corpus(documents: Path, ontology: Ontology) -> Corpus:
    """The two documents, which must have no problem."""
    corpus, problems = check_data(documents, ontology)
    assert not problems, "\n".join(map(str, problems))
    return enriched(corpus, ontology)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, with WebGL drawn by software."""
    chromium = shutil.which("chromium")
    if chromium is None:
        message = "no chromium on the PATH: the page cannot be looked at"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    # Without a GPU, pages are put together faster by the CPU than by a GPU that is simulated.
    flags = ["background-networking", "component-update", "sync", "gpu-compositing"]
    webgl = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", *webgl, *(f"--disable-{flag}" for flag in flags)],
        )
        yield started
        started.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    """Open a graph's page; at the end nothing may have been loaded, complained or popped up."""
    complaints: list[str] = []
    requests: list[str] = []
    contexts = []
    file = tmp_path / "netz.html"

    def refuse(dialog: Dialog) -> None:
        complaints.append(dialog.message)
        dialog.dismiss()

    def hear(message: ConsoleMessage) -> None:
        if "GPU stall due to ReadPixels" not in message.text:  # what WebGL without a GPU is like
            complaints.append(message.text)

    def open_page(
        graph: nx.MultiDiGraph[str],
        size: tuple[int, int] = (1100, 700),
        fragment: str = "",
        page_options: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Page:
        file.write_text(page_of(graph, **(page_options or {})), encoding="utf-8")
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, offline=True, **more)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("request", lambda request: requests.append(request.url.partition("#")[0]))
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", refuse)
        page.goto(file.as_uri() + fragment)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
    # data: and blob: are made by the page itself: pictures and files that it saves
    loaded = {url for url in requests if not url.startswith(("data:", "blob:"))}
    assert loaded <= {file.as_uri()}
