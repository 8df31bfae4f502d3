"""What the data set is and what the endpoint can, in RDF: service description, VoID, DCAT-AP.de.

Sources: https://www.w3.org/TR/sparql11-service-description/, https://www.w3.org/TR/void/,
https://www.dcat-ap.de/def/dcatde/3.0/spec/.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.answers import Quad
from kg.export import write_quads
from kg.graph import Graph
from kg.iris import AKT, BASE, ENT, MERGED_GRAPH, RDF_TYPE, XSD, is_iri
from kg.sparql import literal_term

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_DCAT = "http://www.w3.org/ns/dcat#"
_DCATAP = "http://data.europa.eu/r5r/"
_DCT = "http://purl.org/dc/terms/"
_FOAF = "http://xmlns.com/foaf/0.1/"
_FORMATS = "http://www.w3.org/ns/formats/"
_EU = "http://publications.europa.eu/resource/authority/"
_DATASET = BASE + "dataset"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_TITLE = {
    "de": "Akteursnetz: Akteure der ostdeutschen Digitalisierungspolitik",
    "en": "Akteursnetz: actors in East German digital-transformation policy",
}
_ABOUT = {
    "de": "Wissensgraph: wer fördert, leitet, trägt und kooperiert, jede Aussage mit Quelle.",
    "en": "Knowledge graph: who funds, leads, operates and cooperates, each statement with source.",
}

Triple = tuple[str, str, str]


def _iri(*parts: str) -> str:
    text = "".join(parts)
    if not is_iri(text):
        raise ValueError(f"{text!r} is no IRI")
    return f"<{text}>"


def _number(value: object) -> str:
    return literal_term(str(value), datatype=XSD + "integer")


def _written(triples: Iterable[Triple], format_: str) -> bytes:
    quads: list[Quad] = sorted({(*triple, "") for triple in triples})
    return write_quads(quads, format_)


def service_description(graph: Graph, address: str, format_: str) -> bytes:
    """The description of the endpoint at ``address``, in a format of ``kg.export.FORMATS``."""
    service, dataset, default = _iri(address), _iri(_DATASET), _iri(MERGED_GRAPH)
    found: list[Triple] = [
        (service, _iri(RDF_TYPE), _iri(_SD, "Service")),
        (service, _iri(_SD, "endpoint"), service),
        (service, _iri(_SD, "supportedLanguage"), _iri(_SD, "SPARQL11Query")),
        (service, _iri(_SD, "defaultDataset"), dataset),
        (dataset, _iri(RDF_TYPE), _iri(_SD, "Dataset")),
        (dataset, _iri(_SD, "defaultGraph"), default),
        (default, _iri(RDF_TYPE), _iri(_SD, "Graph")),
        (default, _iri(_VOID, "triples"), _number(_counts(graph)["triples"])),
    ]
    names = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV",
             "SPARQL_Results_TSV", "Turtle", "N-Triples", "RDF_XML", "JSON-LD")  # fmt: skip
    found += [(service, _iri(_SD, "resultFormat"), _iri(_FORMATS, name)) for name in names]
    for row in graph.store.select(
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    ):
        name = str(row["g"])
        node = _iri(_DATASET, "#", name.removeprefix(BASE).replace("#", "-"))
        inner = _iri(_DATASET, "#graph-", name.removeprefix(BASE).replace("#", "-"))
        found += [
            (dataset, _iri(_SD, "namedGraph"), node),
            (node, _iri(RDF_TYPE), _iri(_SD, "NamedGraph")),
            (node, _iri(_SD, "name"), _iri(name)),
            (node, _iri(_SD, "graph"), inner),
            (inner, _iri(RDF_TYPE), _iri(_SD, "Graph")),
            (inner, _iri(_VOID, "triples"), _number(row["n"])),
        ]
    return _written(found, format_)


def _counts(graph: Graph) -> dict[str, int]:
    """What VoID counts of the merged graph, measured."""
    rows = graph.store.select("""SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
        (COUNT(DISTINCT ?p) AS ?properties) (COUNT(DISTINCT ?o) AS ?objects) { ?s ?p ?o }""")
    entities = graph.store.select("SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e a akt:Entity }")
    classes = graph.store.select("SELECT (COUNT(DISTINCT ?c) AS ?n) { ?e a ?c }")
    return {
        **{key: int(str(value)) for key, value in rows[0].items()},
        "entities": int(str(entities[0]["n"])),
        "classes": int(str(classes[0]["n"])),
    }


def void(graph: Graph, root: str, licensed: bool) -> bytes:
    """The VoID description in Turtle; ``root`` is the address of the site, without slash."""
    dataset, counts = _iri(_DATASET), _counts(graph)
    found: list[Triple] = [
        (dataset, _iri(RDF_TYPE), _iri(_VOID, "Dataset")),
        *_described(dataset, licensed),
        (dataset, _iri(_FOAF, "homepage"), _iri(root, "/")),
        (dataset, _iri(_VOID, "sparqlEndpoint"), _iri(root, "/sparql")),
        (dataset, _iri(_VOID, "uriSpace"), literal_term(ENT)),
        (dataset, _iri(_VOID, "vocabulary"), _iri(AKT)),
        (dataset, _iri(_VOID, "triples"), _number(counts["triples"])),
        (dataset, _iri(_VOID, "entities"), _number(counts["entities"])),
        (dataset, _iri(_VOID, "classes"), _number(counts["classes"])),
        (dataset, _iri(_VOID, "properties"), _number(counts["properties"])),
        (dataset, _iri(_VOID, "distinctSubjects"), _number(counts["subjects"])),
        (dataset, _iri(_VOID, "distinctObjects"), _number(counts["objects"])),
    ]
    parts = (
        ("classPartition", "class", "entities",
         "SELECT ?t (COUNT(DISTINCT ?s) AS ?n) { ?s a ?t } GROUP BY ?t"),
        ("propertyPartition", "property", "triples",
         "SELECT ?t (COUNT(*) AS ?n) { ?s ?t ?o } GROUP BY ?t"),
    )  # fmt: skip
    for partition, key, count, query in parts:
        for number, row in enumerate(graph.store.select(query + " ORDER BY ?t")):
            node = _iri(_DATASET, f"#{key}-{number}")
            found += [
                (dataset, _iri(_VOID, partition), node),
                (node, _iri(_VOID, key), _iri(str(row["t"]))),
                (node, _iri(_VOID, count), _number(row["n"])),
            ]
    return _written(found, "ttl")


def _described(node: str, licensed: bool) -> list[Triple]:
    if not licensed:  # data of somebody else: nothing is said in their name
        return [(node, _iri(_DCT, "title"), literal_term("kg serve"))]
    texts = [(p, t) for p, t in ((_DCT + "title", _TITLE), (_DCT + "description", _ABOUT))]
    return [
        (node, _iri(p), literal_term(text, language=language))
        for p, by_language in texts
        for language, text in by_language.items()
    ] + [(node, _iri(_DCT, "license"), _iri(_LICENCE))]


def dcat(graph: Graph, root: str, licensed: bool) -> bytes:
    """The DCAT-AP.de description in Turtle; ``root`` as for ``void``."""
    dataset, catalogue, publisher = (
        _iri(_DATASET),
        _iri(root, "/dcat.ttl"),
        _iri(BASE, "contributors"),
    )
    service, licence = _iri(root, "/sparql"), _iri("http://dcat-ap.de/def/licenses/cc-by/4.0")
    language = _iri(_EU, "language/DEU")
    dated = graph.store.select(
        "SELECT (MAX(STR(?d)) AS ?last) { ?s a akt:Source ; dcterms:issued ?d }"
    )
    found: list[Triple] = [
        (catalogue, _iri(RDF_TYPE), _iri(_DCAT, "Catalog")),
        *_described(catalogue, licensed),
        (catalogue, _iri(_DCT, "publisher"), publisher),
        (catalogue, _iri(_DCAT, "dataset"), dataset),
        (catalogue, _iri(_DCAT, "service"), service),
        (publisher, _iri(RDF_TYPE), _iri(_FOAF, "Agent")),
        (publisher, _iri(_FOAF, "name"), literal_term("Akteursnetz contributors")),
        (dataset, _iri(RDF_TYPE), _iri(_DCAT, "Dataset")),
        *_described(dataset, licensed),
        (dataset, _iri(_DCT, "publisher"), publisher),
        (dataset, _iri(_DCT, "language"), language),
        (dataset, _iri(_DCAT, "theme"), _iri(_EU, "data-theme/GOVE")),
        (dataset, _iri(_DCATAP, "availability"), _iri(_EU, "planned-availability/STABLE")),
        (dataset, _iri(_DCAT, "landingPage"), _iri(root, "/")),
        (dataset, _iri(_DCT, "identifier"), literal_term(graph.store.manifest.sha256)),
        (service, _iri(RDF_TYPE), _iri(_DCAT, "DataService")),
        *_described(service, licensed),
        (service, _iri(_DCAT, "endpointURL"), service),
        (service, _iri(_DCAT, "servesDataset"), dataset),
        (service, _iri(_DCAT, "endpointDescription"), _iri(root, "/openapi.json")),
    ]
    for keyword in ("Digitalisierung", "Ostdeutschland", "Netzwerke", "Förderung"):
        found.append((dataset, _iri(_DCAT, "keyword"), literal_term(keyword, language="de")))  # noqa: PERF401
    if last := dated[0]["last"]:
        found.append((dataset, _iri(_DCT, "modified"), _dated(str(last))))
    files = (
        ("ttl", "text/turtle", "RDF_TURTLE"),
        ("nq", "application/n-quads", "RDF_N_QUADS"),
        ("jsonld", "application/ld+json", "JSON_LD"),
    )
    for suffix, kind, name in files:
        node = _iri(root, "/graph.", suffix)
        found += [
            (dataset, _iri(_DCAT, "distribution"), node),
            (node, _iri(RDF_TYPE), _iri(_DCAT, "Distribution")),
            (node, _iri(_DCAT, "accessURL"), node),
            (node, _iri(_DCAT, "downloadURL"), node),
            *([(node, _iri(_DCT, "license"), licence)] if licensed else []),
            (node, _iri(_DCT, "format"), _iri(_EU, "file-type/", name)),
            (
                node,
                _iri(_DCAT, "mediaType"),
                _iri("http://www.iana.org/assignments/media-types/", kind),
            ),
        ]
    return _written(found, "ttl")


def _dated(edtf: str) -> str:
    kinds = {4: "gYear", 7: "gYearMonth", 10: "date"}
    plain = edtf.strip("~?%")
    return (
        literal_term(plain, datatype=XSD + kinds[len(plain)])
        if len(plain) in kinds
        else literal_term(edtf)
    )
