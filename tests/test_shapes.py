"""The shapes as SPARQL find what pySHACL finds, on a graph that is broken in every way."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import SH, BNode, Graph, URIRef
from rdflib.collection import Collection

from kg.answers import Store
from kg.errors import KgError
from kg.files import shipped
from kg.iris import AKT, EDTF, ENT, INFERRED_GRAPH, PREFIXES, RDF, STM, XSD
from kg.model import Corpus
from kg.ontology import Ontology, parse_turtle
from kg.rdf import corpus_lines
from kg.shapes import Violation, read_shapes, violations
from kg.soundness import check_store
from kg.store import memory_store
from tests.commands import run_kg

if TYPE_CHECKING:
    from rdflib.term import Node

Key = tuple[str, str, str, str | None]


@pytest.fixture(scope="module")
def sound(documents_corpus: Corpus, ontology: Ontology) -> list[str]:
    """The merged graph of the two documents, line by line."""
    store = memory_store("".join(corpus_lines(documents_corpus, ontology)).encode())
    return [f"{s} {p} {o} .\n" for s, p, o, _ in store.quads("")]


def _ours(lines: list[str]) -> set[Key]:
    found = violations(memory_store("".join(lines).encode()), read_shapes())
    return {_key(v) for v in found}


def _key(v: Violation) -> Key:
    return v.focus, v.path, v.component, v.value


def _theirs(lines: list[str]) -> set[Key]:
    import pyshacl

    graph = Graph().parse(data="".join(lines), format="nt")
    shapes = parse_turtle(shipped("ontology") / "shapes.ttl")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, advanced=False)
    found: set[Key] = set()
    for result in report.subjects(SH.resultSeverity, None):
        component = str(report.value(result, SH.sourceConstraintComponent))
        name = component.removeprefix(str(SH)).removesuffix("ConstraintComponent")
        value = report.value(result, SH.value)
        found.add((
            str(report.value(result, SH.focusNode)), _path(report, report.value(result, SH.resultPath)),
            name[0].lower() + name[1:], None if value is None else str(value),
        ))  # fmt: skip
    return found


def _path(report: Graph, path: Node | None) -> str:
    if path is None:
        return ""
    steps = Collection(report, path) if isinstance(path, BNode) else [path]
    return "/".join(map(str, steps))


WORDS = (
    "true",
    "stated",
    "10",
    "0",
    "-1",
    "x",
    "",
    "2019",
    "2019-13",
    "EUR",
    "y" * 201,
    "https://a.b/",
)
SUFFIXES = (
    "",
    "@de",
    "@en",
    f"^^<{EDTF}>",
    *(f"^^<{XSD}{t}>" for t in ("date", "integer", "decimal", "anyURI")),
)


def _broken(lines: list[str], dice: random.Random, times: int) -> list[str]:
    """Lines taken away, and objects and subjects put in the place of others."""
    kept = list(lines)
    predicates = sorted({line.split(" ", 2)[1] for line in lines})
    nodes = [*sorted({line.split(" ", 1)[0] for line in lines}), f"<{ENT}nowhere>"]
    for _ in range(times):
        subject, predicate, _ = (line := dice.choice(kept)).split(" ", 2)
        how = dice.randrange(4)
        if how in (0, 1):
            kept.remove(line)
        if how in (1, 2):
            literal = f'"{dice.choice(WORDS)}"{dice.choice(SUFFIXES)}'
            object_ = literal if dice.random() < 0.6 else dice.choice(nodes)
            kept.append(f"{subject} {predicate} {object_} .\n")
        if how == 3:
            kept.append(f"{dice.choice(nodes)} {dice.choice(predicates)} {dice.choice(nodes)} .\n")
    return sorted(set(kept))


def _assert_same(ours: set[Key], theirs: set[Key]) -> None:
    """Both find the same, but for what cannot be compared.

    Of two values that cannot be compared SHACL says (4.5.3, 4.3.1) that they break the constraint;
    pySHACL lets some of them through.
    """
    assert theirs - ours == set(), "found by pySHACL alone"
    alone = Counter(component for _, _, component, _ in ours - theirs)
    assert alone.keys() <= {"lessThan", "minInclusive"}, alone


def test_the_sound_graph_breaks_nothing(sound: list[str]) -> None:
    assert _ours(sound) == set()


def test_both_find_the_same_in_broken_graphs(sound: list[str]) -> None:
    seen: Counter[str] = Counter()
    for seed in range(3):
        broken = _broken(sound, random.Random(seed), 500)  # noqa: S311  # no secret
        ours, theirs = _ours(broken), _theirs(broken)
        _assert_same(ours, theirs)
        seen.update(component for _, _, component, _ in ours)
    assert len(seen) > 9, seen


def _break_each() -> list[str]:
    """For every property shape one node that breaks it, and nothing else that matters."""
    shapes = parse_turtle(shipped("ontology") / "shapes.ttl")
    lines = []
    for number, (node, property_) in enumerate(
        sorted(shapes.subject_objects(SH.property), key=str)
    ):
        class_ = shapes.value(node, SH.targetClass)
        path = shapes.value(property_, SH.path)
        focus = f"<{STM}broken-{number}>"
        lines.append(f"{focus} <{RDF}type> <{class_}> .\n")
        if isinstance(path, URIRef):
            wrong = ['"a"^^<http://x/t>', '""', *(f'"{i}"@de' for i in range(3))]
            lines += [f"{focus} <{path}> {w} .\n" for w in wrong]
    return lines


def test_every_property_shape_can_be_broken_and_both_complain() -> None:
    lines = _break_each()
    ours, theirs = _ours(lines), _theirs(lines)
    _assert_same(ours, theirs)
    shapes = parse_turtle(shipped("ontology") / "shapes.ttl")
    asked = {_path(shapes, shapes.value(p, SH.path)) for p in shapes.objects(None, SH.property)}
    assert {path for _, path, _, _ in ours} - {""} == asked


def test_every_relation_shape_can_be_broken_and_both_complain(ontology: Ontology) -> None:
    lines = [
        f"<{ENT}one> <{AKT}{name}> {term} .\n"
        for name in ontology.relations
        for term in (f"<{ENT}two>", '""', '"x"@de')
    ]
    ours = _ours(lines)
    assert ours == _theirs(lines)
    assert len({c for _, _, c, _ in ours}) == 4


def test_what_is_not_understood_is_refused(tmp_path: Path) -> None:
    text = (shipped("ontology") / "shapes.ttl").read_text(encoding="utf-8")
    for old, new in (
        ("sh:uniqueLang true", "sh:hasValue true"),
        ("sh:minLength 1 ;", "sh:equals akt:x ;"),
    ):
        (tmp_path / "shapes.ttl").write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(KgError, match=r"is not understood by kg/shapes.py"):
            read_shapes(tmp_path)


def _with(sound: list[str], ontology_lines: list[str], *more: str) -> Store:
    return memory_store("".join([*sound, *ontology_lines, *more]).encode())


def test_references_classes_and_dates_are_checked(
    documents_corpus: Corpus, ontology: Ontology
) -> None:
    lines = list(corpus_lines(documents_corpus, ontology))
    assert check_store(memory_store("".join(lines).encode()), "here") == []
    broken = _with(
        lines, [],
        f"<{STM}s1> <{RDF}type> <{AKT}Statement> .\n",
        f"<{STM}s1> <{RDF}predicate> <{AKT}chairedBy> .\n",
        f"<{STM}s1> <{RDF}subject> <{ENT}jens-katzek> .\n",
        f"<{STM}s1> <{RDF}object> <{ENT}nobody> .\n",
        f'<{STM}s1> <{AKT}since> "2019-13"^^<{EDTF}> .\n',
        f'<{STM}s1> <{AKT}earliestStart> "2020-01-01"^^<{XSD}date> .\n',
        f'<{STM}s1> <{AKT}latestEnd> "2019-01-01"^^<{XSD}date> .\n',
        f"<{STM}s2> <{RDF}predicate> <{AKT}likes> .\n",
    )  # fmt: skip
    told = {str(p) for p in check_store(broken, "here") if not p.message.startswith("SHACL")}
    assert told == {
        "here: stm:s1 has the object ent:nobody, which is no entity, describe it, or mend the object",
        "here: stm:s1: the object ent:nobody of chairedBy is no Person, choose another relation, or mend the type",
        "here: stm:s1: the subject ent:jens-katzek of chairedBy is no Structure, choose another relation, or mend the type",
        "here: stm:s1, akt:since: '2019-13' has no month 13, months are 01 to 12, seasons 21 to 24",
        "here: impossible interval: stm:s1: earliestStart 2020-01-01 lies after latestEnd 2019-01-01, mend its dates",
        "here: statements have the unknown relation 'likes', mend it, or add it",
    }


def test_a_store_is_checked_by_the_command(tmp_path: Path, documents: Path) -> None:
    store = tmp_path / "store"
    assert run_kg("build", "--store", store, KG_DATA=str(documents)).code == 0
    sound = run_kg("check", "--store", store)
    assert (sound.code, sound.err) == (0, "no problems\n")
    dump = tmp_path / "dump.nq"
    run_kg("export", "--store", store, "-o", dump)
    label = f"<{PREFIXES['skos']}prefLabel>"
    lines = [
        x
        for x in dump.read_text(encoding="utf-8").splitlines(True)
        if label not in x or "/acod>" not in x
    ]
    dump.write_text("".join(lines), encoding="utf-8")
    assert run_kg("build", dump, "--store", store).code == 0
    broken = run_kg("check", "--store", store)
    assert broken.code == 1
    assert (
        f"{store}: SHACL: {ENT}acod, an entity should have one preferred label a language"
        in broken.out
    )
    assert INFERRED_GRAPH not in broken.out
