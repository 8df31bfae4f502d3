"""Entities, sources and statements as data: RDF, JSON, and references for bibliographies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg import cite
from kg.answers import Quad
from kg.export import WITH_GRAPHS, write_quads
from kg.iris import ENT, PREFIXES, SRC, STM
from kg.model import Statement
from kg.profile import profile_of, record
from kg.site.formats import MEDIA_TYPES, SUFFIXES
from kg.site.index import Index, sources_of
from kg.site.model import Page, Site
from kg.sparql import iri_term
from kg.tables import as_json

Triple = tuple[str, str, str]
"""Subject, property and object as N-Triples terms."""

CITED_AS = ("bib", "csl")
"""The formats of references, by suffix."""
_NAMING = (f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['rdfs']}label>")


def data_page(site: Site, kind: str, name: str, suffix: str) -> Page | None:
    """What is known of an entity, source or statement in a format; None if it has no such one."""
    if suffix in CITED_AS:
        references = references_of(site, kind, name)
        render = cite.as_bibtex if suffix == "bib" else cite.as_csl_json
        return Page(200, MEDIA_TYPES[suffix], (render(references) + "\n").encode())
    if suffix not in SUFFIXES:
        return None
    if suffix == "json":
        return Page(200, MEDIA_TYPES[suffix], _json(site.index, kind, name).encode())
    quads = site.described(kind, name, _quads)
    return Page(200, MEDIA_TYPES[suffix], write_quads(quads, suffix))


def statements_of(index: Index, kind: str, name: str) -> tuple[Statement, ...]:
    """The statements that belong to an entity, a source or (itself) a statement."""
    if kind == "entity":
        return index.about.get(name, ())
    if kind == "source":
        return tuple(s for s in index.corpus.sources[name].statements if not s.withdrawn)
    return (index.statements[name],)


def references_of(site: Site, kind: str, name: str) -> list[cite.Reference]:
    """How to cite something: the graph (if it is ours to name), the statement, its sources."""
    index, manifest = site.index, site.graph.store.manifest
    statements = statements_of(index, kind, name)
    sources = [name] if kind == "source" else sources_of(statements)
    found = cite.references_of(index.corpus, manifest, sources)
    if not site.licensed:
        return [r for r in found if r.kind != "dataset"]
    if kind == "statement":
        found.insert(0, _reference(statements[0], index, manifest.version))
    return found


def citation(site: Site, kind: str, name: str) -> str:
    """How to cite a source, or a statement with its source, as text; the graph is left out."""
    graph = "akteursnetz"
    return cite.as_text(r for r in references_of(site, kind, name) if r.id != graph)


def _reference(statement: Statement, index: Index, version: str) -> cite.Reference:
    said = record(statement, index.corpus, index.ontology)
    relation = index.relation(statement).labels.get("de", statement.relation)
    title = f"{said['subject_label']} – {relation} – {said['object_label']}"
    return cite.Reference(f"akteursnetz-{said['id']}", "dataset", title, "Akteursnetz", None,
                          str(said["iri"]), "de", version=version)  # fmt: skip


def _json(index: Index, kind: str, name: str) -> str:
    statements = statements_of(index, kind, name)
    records = [record(s, index.corpus, index.ontology) for s in statements]
    if kind == "entity":
        return as_json(profile_of(index.entities[name], records, index.ontology).as_dict())
    if kind == "statement":
        return as_json(records[0])
    source = index.corpus.sources[name]
    described = {"id": source.id, "iri": SRC + source.id, "title": source.title,
                 "publisher": source.publisher, "published": source.published,
                 "url": source.url, "language": source.language, "note": source.note}  # fmt: skip
    told = {key: value for key, value in described.items() if value is not None}
    return as_json({**told, "statements": records})


def _quads(site: Site, kind: str, name: str) -> list[Quad]:
    """The triples of the thing itself, of its statements with evidence, and of their sources.

    Of other entities only class and label are given.
    """
    index = site.index
    statements = statements_of(index, kind, name)
    subjects = [{"entity": ENT, "source": SRC, "statement": STM}[kind] + name]
    subjects += [iri for s in statements for iri in _nodes(s)]
    subjects += [SRC + source for source in sources_of(statements)]
    ends = {end for s in statements for end in index.triple(s)[::2] if end in index.entities}
    ends |= {index.canonical(index.corpus.sources[i].publisher) for i in sources_of(statements)}
    named = {f"<{ENT}{end}>" for end in ends} - {f"<{iri}>" for iri in subjects}
    terms = dict.fromkeys([*map(iri_term, subjects), *sorted(named)])
    found = {
        triple
        for triple in _triples(site, "s", terms)
        if triple[0] not in named or triple[1] in _NAMING
    }
    if kind == "entity":
        towards = _triples(site, "o", [iri_term(ENT + name)])
        found.update(triple for triple in towards if triple[0].startswith(f"<{ENT}"))
    return [(*triple, "") for triple in sorted(found)]


def _triples(site: Site, side: str, terms: Iterable[str]) -> Iterable[Triple]:
    """The triples that have one of these as subject (``s``) or object (``o``)."""
    if site.static:  # all things are described, so the graph is read once
        every = site.keep(("triples", side), lambda: _by_end(site, side))
        return [triple for term in terms for triple in every.get(term, ())]
    pattern = f"VALUES ?{side} {{ {' '.join(terms)} }} ?s ?p ?o"
    return site.graph.store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}").triples()


def whole(site: Site, format_: str) -> bytes:
    """The whole graph in a format of ``kg.export``."""
    return write_quads(site.quads(None if format_ in WITH_GRAPHS else ""), format_)


def _by_end(site: Site, side: str) -> Mapping[str, list[Triple]]:
    """All triples by subject or object."""
    found: dict[str, list[Triple]] = defaultdict(list)
    for subject, predicate, object_, _ in site.quads(""):
        found[subject if side == "s" else object_].append((subject, predicate, object_))
    return found


def _nodes(statement: Statement) -> Iterator[str]:
    """The IRIs of a statement, of its evidence, and of the passages, as ``kg.rdf`` makes them."""
    iri = STM + statement.id
    yield iri
    for number in range(1, len(statement.evidence) + 1):
        mark = "" if number == 1 else f"-{number}"
        yield from (f"{iri}#{part}{mark}" for part in ("evidence", "quote", "position"))
