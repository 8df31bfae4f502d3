"""Data flows one way, and imports with it."""

from __future__ import annotations

import ast
from pathlib import Path

import kg

ORDER = (  # noqa: SIM905  # one line is easier to keep in order than a list
    "errors iris files dates model ontology infer validity standing yamlnodes curated encoding formatting proof check reviewed "
    "sparql rdf feed rejects shacl curation answers store builds paging wire endpoint push build reading shapes soundness tables search queries patterns profile evidence conflicts conflicts_text "
    "restrict revision diff diff_text states columns tabular arrow tabulate rows table_stream tables_feed synth dumps following loading synth_files matching applying naming sourcing "
    "drafting importing importing_text places html "
    "extraction.stems extraction.vocabulary extraction.functions extraction.words extraction.mentions "
    "extraction.plain extraction.literals extraction.record extraction.gold extraction.agreement "
    "extraction.lexicon extraction.nouns extraction.endings extraction.forms extraction.headless extraction.parties extraction.quoted "
    "extraction.people extraction.guessing extraction.listed extraction.identifying extraction.town_names extraction.entity_model extraction.finding extraction.genders extraction.given_names extraction.salience extraction.referring extraction.twins extraction.references extraction.about extraction.skeleton extraction.cues "
    "extraction.claims extraction.topics extraction.groups extraction.clauses extraction.predicates extraction.frames "
    "extraction.phrases extraction.defaults extraction.engine extraction.sides extraction.triggers extraction.echo extraction.trigger_money extraction.trigger_partners extraction.trigger_persons extraction.events extraction.offices extraction.holding extraction.special extraction.brackets "
    "extraction.pronouns extraction.blocks extraction.assemble extraction.extracting extraction.documents "
    "extraction.streaming extraction.cluster extraction.writing "
    "extraction.coefficients extraction.annotations extraction.comparing extraction.agreement_text "
    "extraction.judging extraction.instructions extraction.grounding extraction.language_model "
    "extraction.drafts extraction.review_text extraction.proposals extraction.reviewing "
    "network paths timeline rules projection windows colours flat gexf "
    "network_files brokerage holes fast views measures edges whole measure_tables asking forces clearing layout geomap drawing importance "
    "cite passages pagedata page timeline_page export graph site.words site.index site.ego site.links site.assets site.model site.formats "
    "site.show site.passages site.describe site.entity site.source site.statement site.terms site.home site.problems site.questions site.pages "
    "site.static server.limits server.asked server.engine server.reconciling "
    "server.jobs server.framing server.worker server.pool server.turns server.negotiation server.replies server.service server.requests "
    "server.description server.workbench server.protocol server.api server.reconcile server.metrics server.app server.serving server.settings "
    "output answering options query_command commands data_commands bulk_commands network_commands server_commands sharing "
    "extract_commands review_commands site_commands program cli reference"
).split()
PACKAGE = Path(kg.__file__).parent
ONLY_HERE = {"pyoxigraph": {"answers", "builds", "dumps", "store", "server.engine"}, "uvicorn": {"server.serving"},
             "starlette": {f"server.{m}" for m in ("app", "api", "protocol", "reconcile", "replies", "requests", "workbench")}, "pyvis": {"page"}, "pyshacl": {"shacl"}, "ruamel": {"formatting"},
             "yaml": {"yamlnodes", "queries", "formatting"}, "click": {"bulk_commands", "commands", "data_commands", "network_commands", "options", "program", "query_command", "reference", "server_commands", "sharing", "site_commands", "extract_commands", "review_commands"},
             "spacy": {"extraction.entity_model"}, "distributed": {"extraction.cluster"}, "rustworkx": {"fast"}, "matplotlib": {"drawing"}, "openpyxl": {"tabular", "tabulate"},
             "pyarrow": {"arrow", "table_stream", "tabular", "tabulate"},
             **{key: {"extraction.documents"} for key in ("trafilatura", "pypdf", "docx", "charset_normalizer")}}  # fmt: skip


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    return names | {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}


def _path(name: str) -> Path:
    return PACKAGE.joinpath(*name.split(".")).with_suffix(".py")


def test_every_module_has_its_place() -> None:
    found = {".".join(p.relative_to(PACKAGE).with_suffix("").parts) for p in PACKAGE.rglob("*.py")}
    assert {n for n in found if n.rpartition(".")[2] != "__init__"} == set(ORDER)


def test_imports_point_to_the_left() -> None:
    for place, name in enumerate(ORDER):
        ours = {i.removeprefix("kg.") for i in _imports(_path(name)) if i.startswith("kg.")}
        wrong = ours - set(ORDER[:place])
        assert not wrong, f"{_path(name)} imports {wrong}, which stand to its right"


def test_libraries_stay_in_their_module() -> None:
    for name in ORDER:
        for imported in _imports(_path(name)):
            allowed = ONLY_HERE.get(imported.split(".")[0], {name})
            assert name in allowed, f"{_path(name)} imports {imported}, which belongs to {allowed}"


def test_modules_stay_small() -> None:
    for name in ORDER:
        lines = len(_path(name).read_text(encoding="utf-8").split("\n"))
        assert lines < 380, f"{_path(name)} has {lines} lines, split it"
