"""Files made from the ontology and the code: context, shapes of relations, the reference pages.

``python -m kg.reference`` writes them, ``python -m kg.reference --check`` tells whether they are
as they should be.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kg.columns import TABLES, Column
from kg.files import read_text, shipped, write
from kg.iris import PREFIXES
from kg.ontology import Ontology, Relation, read_ontology
from kg.queries import library
from kg.tables import markdown_table

_MARKER = "# Relations: made from akteursnetz.ttl by `make generate`, do not edit below this line"

# What statements, evidence and sources say, by its RDF property: (term, property, JSON-LD type).
_SHAPE_TERMS = [
    ("label", "rdfs:label", None), ("prefLabel", "skos:prefLabel", None),
    ("altLabel", "skos:altLabel", None), ("note", "skos:note", None),
    ("comment", "rdfs:comment", None), ("subject", "rdf:subject", "@id"),
    ("predicate", "rdf:predicate", "@id"), ("object", "rdf:object", "@id"),
    ("source", "prov:wasDerivedFrom", "@id"), ("title", "dcterms:title", None),
    ("publisher", "dcterms:publisher", "@id"), ("issued", "dcterms:issued", "edtf:EDTF"),
    ("language", "dcterms:language", None), ("url", "schema:url", "@id"),
    ("page", "oa:hasSource", "@id"), ("selector", "oa:hasSelector", "@id"),
    ("exact", "oa:exact", None), ("start", "oa:start", "xsd:integer"),
    ("end", "oa:end", "xsd:integer"), ("differentFrom", "owl:differentFrom", "@id"),
]  # fmt: skip
_PROPERTY_TYPES = {
    "evidence": "@id", "certainty": "@id", "modality": "@id", "statedSubject": "@id",
    "statedObject": "@id", "mergedInto": "@id", "between": "@id", "verdict": "@id",
    "earliestStart": "xsd:date", "latestStart": "xsd:date", "earliestEnd": "xsd:date",
    "latestEnd": "xsd:date", "selfStated": "xsd:boolean", "holds": "@id",
    "since": "edtf:EDTF", "until": "edtf:EDTF",
    "observed": "edtf:EDTF", "amount": "xsd:decimal", "decidedOn": "xsd:date",
    "textLength": "xsd:integer",
}  # fmt: skip


def context_text(ontology: Ontology) -> str:
    """The JSON-LD context: prefixes, every relation, and what statements and sources say."""
    context: dict[str, object] = dict(sorted(PREFIXES.items()))
    for name, iri, kind in _SHAPE_TERMS:
        context[name] = _term(iri, kind)
    for name in sorted(ontology.relations):
        relation = ontology.relations[name]
        literal = None if relation.range == "xsd:string" else relation.range
        context[name] = _term(f"akt:{name}", literal if relation.has_literal else "@id")
    annotations = {"inverseLabel", "derived", "oneHolderAtATime"}
    for name in sorted(set(ontology.properties) - annotations):
        context[name] = _term(f"akt:{name}", _PROPERTY_TYPES.get(name))
    return json.dumps({"@context": context}, indent=1, ensure_ascii=False) + "\n"


def _term(iri: str, kind: str | None) -> dict[str, str]:
    return {"@id": iri, "@type": kind} if kind else {"@id": iri}


def shapes_text(ontology: Ontology, current: str) -> str:
    """The shapes: what is written by hand above the marker, and one pair of shapes a relation."""
    kept = current.partition(_MARKER)[0]
    relations = [ontology.relations[n] for n in sorted(ontology.relations)]
    return kept + _MARKER + "\n" + "".join(_relation_shape(r) for r in relations)


def _relation_shape(relation: Relation) -> str:
    name = relation.name
    shape = (
        f"\nakt:{name}SubjectShape a sh:NodeShape ;\n  sh:targetSubjectsOf akt:{name} ;\n"
        f"  sh:class akt:{relation.domain} ;\n"
        f'  sh:message "the subject of {name} should be of class {relation.domain}" .\n'
    )
    if relation.has_literal:
        pattern = "^[0-9X]{4}" if relation.has_date else ":." if relation.has_uri else "[^ ]"
        date = f' ; sh:pattern "{pattern}" '
        return shape + (
            f"\nakt:{name}ObjectShape a sh:NodeShape ;\n  sh:targetObjectsOf akt:{name} ;\n"
            f"  sh:nodeKind sh:Literal ; sh:datatype {relation.range}{date};\n"
            f'  sh:message "the object of {name} should be a literal {relation.range}" .\n'
        )
    return shape + (
        f"\nakt:{name}ObjectShape a sh:NodeShape ;\n  sh:targetObjectsOf akt:{name} ;\n"
        f"  sh:class akt:{relation.range} ;\n"
        f'  sh:message "the object of {name} should be of class {relation.range}" .\n'
    )


def ontology_page(ontology: Ontology) -> str:
    """The reference page of classes, relations and properties."""
    classes = [
        [c.name, " ".join(c.parents), c.labels["de"], c.definitions["de"], c.definitions["en"]]
        for _, c in sorted(ontology.classes.items())
    ]
    relations = [
        [
            r.name,
            f"{r.domain} → {r.range}",
            r.labels["de"],
            _traits(r),
            r.definitions["de"],
            r.definitions["en"],
        ]
        for _, r in sorted(ontology.relations.items())
    ]
    properties = [
        [t.name, t.labels["de"], t.definitions["de"], t.definitions["en"]]
        for t in (*ontology.properties.values(), *ontology.values.values())
    ]
    return "\n\n".join([
        "# The ontology",
        "Made from `ontology/akteursnetz.ttl` by `make generate`.",
        "## Classes",
        markdown_table(["class", "below", "German", "Definition", "definition"], classes),
        "## Relations",
        markdown_table(
            ["relation", "from → to", "German", "traits", "Definition", "definition"], relations
        ),
        "## Properties and values of statements, sources and names",
        markdown_table(["term", "German", "Definition", "definition"], properties),
    ]) + "\n"  # fmt: skip


def _traits(relation: Relation) -> str:
    traits = {
        "symmetric": relation.symmetric,
        "transitive": relation.transitive,
        "single-valued": relation.single_valued,
        "one holder at a time": relation.one_holder_at_a_time,
        f"inverse of {relation.inverse}": bool(relation.inverse),
        "only inferred": relation.derived,
        "below " + ", ".join(relation.parents): bool(relation.parents),
    }
    return ", ".join(t for t, holds in traits.items() if holds)


def commands_page() -> str:
    """The reference page of all commands, from their own help texts."""
    from kg.program import kg

    parts = ["# Commands", "Made from the help texts by `make generate`.", _help(kg, "kg")]
    context = click.Context(kg)
    for name in kg.list_commands(context):
        if command := kg.get_command(context, name):
            parts += [f"## kg {name}", _help(command, f"kg {name}")]
    return "\n\n".join(parts) + "\n"


def _help(command: click.Command, name: str) -> str:
    text = command.get_help(
        click.Context(command, info_name=name, max_content_width=96, terminal_width=96)
    )
    return f"```text\n{text}\n```"


def queries_page() -> str:
    """The reference page of the named questions."""
    parts = ["# Questions", "Made from `queries/*.rq` by `make generate`."]
    for query in library().values():
        parts += [f"## {query.name}", f"**{query.summary}**", query.description]
        for p in query.parameters:
            default = (
                f", default `{p.default}`"
                if p.default
                else ", may be left out"
                if p.optional
                else ""
            )
            parts.append(f"- parameter `{p.name}` ({p.kind or 'text'}{default})")
        parts.append(f"```text\nkg query {query.usage}\n```")
    return "\n\n".join(parts) + "\n"


_COLUMNS_MARKER = "<!-- Below: made from kg/columns.py by `make generate`, do not edit. -->"


def tables_page(current: str) -> str:
    """The page of tables: what is written by hand above the marker, and the columns."""
    parts = [current.partition(_COLUMNS_MARKER)[0] + _COLUMNS_MARKER]
    for name, columns in TABLES.items():
        rows = [[_column_names(c), c.meaning] for c in columns]
        parts += [f"## Columns of `{name}`", markdown_table(["column", "says"], rows)]
    return "\n\n".join(parts) + "\n"


def _column_names(column: Column) -> str:
    synonyms = ", ".join(f"`{s}`" for s in column.synonyms)
    also = f" (or {synonyms})" if synonyms else ""
    return f"`{column.name}`{also}{'' if column.exported else ' (only read)'}"


def generated() -> dict[Path, str]:
    """Every generated file with the content it should have."""
    ontology, folder = read_ontology(), shipped("ontology")
    docs = folder.parent / "docs"
    return {
        folder / "context.jsonld": context_text(ontology),
        folder / "shapes.ttl": shapes_text(ontology, read_text(folder / "shapes.ttl")),
        docs / "ontology.md": ontology_page(ontology),
        docs / "commands.md": commands_page(),
        docs / "queries.md": queries_page(),
        docs / "tables.md": tables_page(read_text(docs / "tables.md")),
    }


def main() -> int:
    """Write the generated files, or with ``--check`` only tell which ones are out of date."""
    stale = [p for p, text in generated().items() if not p.is_file() or read_text(p) != text]
    for path in stale:
        if "--check" in sys.argv:
            click.echo(f"{path}: out of date, run `make generate`", err=True)
        else:
            write(path, generated()[path])
            click.echo(f"{path}: written")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
