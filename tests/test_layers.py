"""Data flows one way, and imports with it."""

from __future__ import annotations

import ast
from pathlib import Path

import kg

ORDER = (  # noqa: SIM905  # one line is easier to keep in order than a list
    "errors iris files dates model ontology infer validity standing yamlnodes curated encoding formatting check "
    "rdf shacl curation sparql store build reading tables search queries patterns profile evidence conflicts conflicts_text "
    "restrict revision diff diff_text states columns tabular tabulate rows matching applying naming sourcing "
    "drafting importing importing_text places extraction network paths timeline rules projection windows colours flat gexf "
    "network_files brokerage holes fast views measures whole measure_tables asking layout drawing page export cite "
    "graph output commands network_commands sharing extract_commands cli reference"
).split()
EXTRACTION = [
    "stems",
    "vocabulary",
    "functions",
    "words",
    "mentions",
    "plain",
    "literals",
    "record",
    "gold",
    "agreement",
    "lexicon",
    "nouns",
    "forms",
    "headless",
    "quoted",
    "people",
    "finding",
    "references",
    "skeleton",
    "cues",
    "claims",
    "topics",
    "groups",
    "clauses",
    "frames",
    "phrases",
    "engine",
    "offices",
    "holding",
    "special",
    "pronouns",
    "blocks",
    "assemble",
    "extracting",
    "documents",
    "streaming",
    "writing",
]
"""The order inside ``kg.extraction``: from words to names, from names to rules, then to candidates."""
PACKAGE = Path(kg.__file__).parent
ONLY_HERE = {"pyoxigraph": {"store"}, "pyvis": {"page"}, "pyshacl": {"shacl"}, "ruamel": {"formatting"},
             "yaml": {"yamlnodes", "queries", "formatting"}, "click": {"cli", "commands", "network_commands", "output", "reference", "sharing", "extract_commands"},
             "rustworkx": {"fast"}, "matplotlib": {"drawing"}, "openpyxl": {"tabular", "tabulate"},
             "pyarrow": {"tabular", "tabulate"}, "trafilatura": {"documents"}, "pypdf": {"documents"},
             "docx": {"documents"}, "charset_normalizer": {"documents"}}  # fmt: skip


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    return names | {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}


def _modules() -> dict[str, Path]:
    """Every module by name, those of ``kg.extraction`` as ``extraction.NAME``."""
    flat = {p.stem: p for p in PACKAGE.glob("*.py")}
    inside = {f"extraction.{p.stem}": p for p in (PACKAGE / "extraction").glob("*.py")}
    return {n: p for n, p in {**flat, **inside}.items() if not n.endswith("__init__")}


def _ours(path: Path) -> set[str]:
    return {i.removeprefix("kg.") for i in _imports(path) if i.startswith("kg.")}


def test_every_module_has_its_place() -> None:
    named = {*ORDER, *(f"extraction.{n}" for n in EXTRACTION)} - {"extraction"}
    assert set(_modules()) == named


def test_imports_point_to_the_left() -> None:
    for name, path in _modules().items():
        place = ORDER.index(name.split(".")[0])
        outside = {i.split(".")[0] for i in _ours(path)} - {name.split(".")[0]}
        wrong = outside - set(ORDER[:place])
        assert not wrong, f"{path} imports {wrong}, which stand to its right"


def test_imports_inside_extraction_point_to_the_left() -> None:
    for place, name in enumerate(EXTRACTION):
        ours = _ours(PACKAGE / "extraction" / f"{name}.py")
        inside = {i.removeprefix("extraction.") for i in ours if i.startswith("extraction.")}
        wrong = inside - set(EXTRACTION[:place])
        assert not wrong, f"kg/extraction/{name}.py imports {wrong}, which stand to its right"


def test_libraries_stay_in_their_module() -> None:
    for name, path in _modules().items():
        own = name.removeprefix("extraction.")
        for imported in _imports(path):
            allowed = ONLY_HERE.get(imported.split(".")[0], {own})
            assert own in allowed, f"{path} imports {imported}, which belongs to {allowed}"


def test_modules_stay_small() -> None:
    for path in _modules().values():
        lines = len(path.read_text(encoding="utf-8").split("\n"))
        assert lines < 380, f"{path} has {lines} lines, split it"
