"""Data flows one way, and imports with it."""

from __future__ import annotations

import ast
from pathlib import Path

import kg

ORDER = (  # noqa: SIM905  # one line is easier to keep in order than a list
    "errors iris files dates model ontology infer validity standing yamlnodes curated encoding formatting proof check "
    "sparql rdf feed rejects shacl curation store builds build reading shapes soundness tables search queries patterns profile evidence conflicts conflicts_text "
    "restrict revision diff diff_text states columns tabular tabulate rows table_stream tables_feed synth dumps following loading synth_files matching applying naming sourcing "
    "drafting importing importing_text places network paths timeline rules projection windows colours flat gexf "
    "network_files brokerage holes fast views measures edges whole measure_tables asking layout drawing page export cite "
    "graph output answering options query_command commands data_commands bulk_commands network_commands sharing program cli reference"
).split()
PACKAGE = Path(kg.__file__).parent
ONLY_HERE = {"pyoxigraph": {"store", "builds", "dumps"}, "pyvis": {"page"}, "pyshacl": {"shacl"}, "ruamel": {"formatting"},
             "yaml": {"yamlnodes", "queries", "formatting"}, "click": {"bulk_commands", "commands", "data_commands", "network_commands", "options", "program", "query_command", "reference", "sharing"},
             "rustworkx": {"fast"}, "matplotlib": {"drawing"}, "openpyxl": {"tabular", "tabulate"},
             "pyarrow": {"table_stream", "tabular", "tabulate"}}  # fmt: skip


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    return names | {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}


def test_every_module_has_its_place() -> None:
    assert {p.stem for p in PACKAGE.glob("*.py")} - {"__init__"} == set(ORDER)


def test_imports_point_to_the_left() -> None:
    for place, name in enumerate(ORDER):
        ours = {
            i.removeprefix("kg.") for i in _imports(PACKAGE / f"{name}.py") if i.startswith("kg.")
        }
        wrong = ours - set(ORDER[:place])
        assert not wrong, f"kg/{name}.py imports {wrong}, which stand to its right"


def test_libraries_stay_in_their_module() -> None:
    for name in ORDER:
        for imported in _imports(PACKAGE / f"{name}.py"):
            allowed = ONLY_HERE.get(imported.split(".")[0], {name})
            assert name in allowed, f"kg/{name}.py imports {imported}, which belongs to {allowed}"


def test_modules_stay_small() -> None:
    for name in ORDER:
        lines = len((PACKAGE / f"{name}.py").read_text(encoding="utf-8").split("\n"))
        assert lines < 380, f"kg/{name}.py has {lines} lines, split it"
