"""States of the graph to compare: a data folder, a store, an export, a git revision."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from kg.answers import Quad, Store
from kg.check import check_data
from kg.diff import Diff, diff, statements_of
from kg.errors import DataError, KgError
from kg.files import is_file, read_text
from kg.iris import AKT, INFERRED_GRAPH, RDF_TYPE
from kg.model import Corpus, Name
from kg.ontology import read_ontology
from kg.reading import read_graph
from kg.revision import contents_of, listed_files, object_id_of
from kg.store import memory_store, open_store, parse_quads

_EXPORTS = {".nq": "nq", ".trig": "trig", ".ttl": "ttl", ".nt": "nt", ".rdf": "rdfxml",
            ".rdfxml": "rdfxml", ".jsonld": "jsonld"}  # fmt: skip
_AMOUNT_LIMIT = 10**15  # as `kg check` has it


@dataclass(frozen=True, slots=True)
class State:
    """The graph as it is, or was, at a place; ``built`` where a store or an export was read."""

    place: str
    corpus: Corpus
    built: bool


def read_state(place: str) -> State:
    """Read a state, its names in one order.

    Args:
        place: a data folder, a store folder, the address of a SPARQL endpoint, a file that ``kg
            export`` wrote, or ``REV`` or ``REV:path/to/data`` of the git repository that one
            stands in (path: ``data``).

    Raises:
        DataError: the data has problems.
        KgError: it is none of these, cannot be read, or holds nothing of ours.
    """
    if place.startswith(("http://", "https://")):
        from kg.endpoint import Endpoint

        return State(place, _in_one_order(_read_built(Endpoint(place), place)), built=True)
    path = Path(place)
    if is_file(path / "kg-store.json"):
        return State(place, _in_one_order(_read_built(open_store(path), place)), built=True)
    if _is_data(path):
        return State(place, _in_one_order(_read_data(path, place)), built=False)
    if is_file(path):
        return State(place, _in_one_order(_read_export(path)), built=True)
    return State(place, _in_one_order(_read_revision(place)), built=False)


def compare(old: State, new: State) -> Diff:
    """What changed between two states that may be of different kinds.

    A build keeps less than the data: where one of the two is built, both are taken as it has them.
    """
    if old.built or new.built:
        return diff(_as_built(old.corpus), _as_built(new.corpus))
    return diff(old.corpus, new.corpus)


def _in_one_order(corpus: Corpus) -> Corpus:
    """Names and decisions sorted, since their order says nothing and a store does not keep it."""
    entities = {
        e.id: replace(
            e,
            labels=_sorted_names(e.labels),
            aliases=_sorted_names(e.aliases),
            not_same_as=tuple(sorted(e.not_same_as, key=astuple)),
        )
        for e in corpus.entities.values()
    }
    verdicts = (replace(v, statements=tuple(sorted(v.statements))) for v in corpus.verdicts)
    return replace(corpus, entities=entities, verdicts=tuple(verdicts))


def _sorted_names(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(sorted(set(names), key=lambda n: (n.language, n.text)))


def _as_built(corpus: Corpus) -> Corpus:
    """What of a corpus every build has: merges followed to their end, ``not_same_as`` left out."""
    kept = corpus.canonical
    lent: dict[str, set[Name]] = defaultdict(set)  # a build also has merged names as aliases
    for e in corpus.entities.values():
        if e.same_as:
            lent[kept[e.id]] |= {*e.labels, *e.aliases}
    entities = {
        e.id: replace(
            e,
            type=corpus.entities.get(kept[e.id], e).type,
            aliases=tuple(n for n in e.aliases if n not in lent[e.id]),
            same_as=e.same_as and replace(e.same_as, entity=kept[e.id]),
            not_same_as=(),
        )
        for e in corpus.entities.values()
    }
    sources = {
        s.id: replace(s, publisher=kept.get(s.publisher, s.publisher))
        for s in corpus.sources.values()
    }
    return replace(corpus, entities=entities, sources=sources)


def _is_data(path: Path) -> bool:
    try:
        return (path / "entities").is_dir() and (path / "sources").is_dir()
    except OSError:  # a name too long for any folder
        return False


def _read_data(data: Path, shown: str) -> Corpus:
    corpus, problems = check_data(data, read_ontology())
    if problems:
        there = str(data)
        raise DataError(
            replace(p, path=p.path.replace(there, shown), message=p.message.replace(there, shown))
            for p in problems
        )
    return corpus


_NODES = """SELECT (COUNT(DISTINCT ?s) AS ?n) {
  VALUES ?kind { akt:Statement akt:Withdrawn } ?s a ?kind
}"""


def _read_built(store: Store, place: str) -> Corpus:
    try:
        corpus = read_graph(store)
        for amount in {s.amount for s in statements_of(corpus).values() if s.amount}:
            if not abs(amount.value) < _AMOUNT_LIMIT:  # what is no number cannot be compared
                raise ValueError(f"amount {amount.value}")
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        reason = f"a value in it is none that kg writes ({error!r:.80})"
        raise KgError(f"{place}: {reason}, build or export it anew") from error
    if not corpus.entities and not corpus.sources:
        raise KgError(f"{place}: no statements of kg are in it, give what `kg export` wrote")
    if store.query("ASK { ?s akt:holds ?h }"):
        reason = "it was restricted to a time, so all else would look withdrawn"
        raise KgError(f"{place}: {reason}, export the whole graph")
    there = store.select(_NODES)[0]["n"]
    whole = sum(len(s.statements) for s in corpus.sources.values())
    if there != whole:
        reason = f"{whole} of {there} statements can be read whole"
        raise KgError(f"{place}: {reason}, build or export it anew")
    return corpus


def _read_export(path: Path) -> Corpus:
    format_ = _EXPORTS.get(path.suffix.lower())
    if format_ is None:
        raise KgError(f"{path}: this is no export, its name should end in {', '.join(_EXPORTS)}")
    content = read_text(path).encode()
    if format_ == "jsonld":
        content, format_ = _ntriples(path, content), "nt"
    if format_ == "rdfxml" and b"<!ENTITY" in content:
        # Entities within entities grow without bound; kg writes none.
        raise KgError(f"{path}: it declares XML entities, export it anew")
    try:
        quads = _with_inferred_types(parse_quads(content, format_))
    except KgError as error:
        raise KgError(f"{path}: {error}") from error
    nquads = "".join(f"{' '.join(q)} .\n" for q in quads).encode()
    return _read_built(memory_store(nquads), str(path))


def _with_inferred_types(quads: list[Quad]) -> list[Quad]:
    """Quads with a graph of the types that follow from others, which the merged graph lacks."""
    if any(graph for *_, graph in quads):
        return quads
    types: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, object_, _ in quads:
        if predicate == f"<{RDF_TYPE}>":
            types[subject].add(object_[1:-1].removeprefix(AKT))
    ancestors = read_ontology().ancestors
    inferred = [
        (subject, f"<{RDF_TYPE}>", f"<{AKT}{above}>", f"<{INFERRED_GRAPH}>")
        for subject, own in types.items()
        for name in own
        for above in ancestors.get(name, frozenset()) & own - {name}
    ]
    return [*quads, *inferred]


def _ntriples(path: Path, content: bytes) -> bytes:
    """A JSON-LD document as N-Triples; nothing is fetched for it."""
    from rdflib import Graph

    try:
        document = json.loads(content)
        if not isinstance(document, dict | list):
            raise ValueError("it is neither an object nor a list")
        foreign = _foreign_context(document)
        if foreign is None:
            graph = Graph().parse(data=json.dumps(document), format="json-ld")
            return graph.serialize(format="nt", encoding="utf-8")
    except Exception as error:  # rdflib raises its own, ValueError, AttributeError and others
        reason = " ".join(str(error).split())[:160]
        raise KgError(f"{path}: this is no JSON-LD ({reason}), mend it") from error
    reason = f"its context '{foreign}' stands elsewhere and is not fetched"
    raise KgError(f"{path}: {reason}, put the context into the file as `kg export` does")


def _foreign_context(document: object) -> str | None:
    """An address that stands for a context anywhere: at the top, in a node, in a term."""
    waiting = [(document, False)]
    while waiting:
        value, is_context = waiting.pop()
        if isinstance(value, str) and is_context:
            return value
        if isinstance(value, list):
            waiting += [(item, is_context) for item in value]
        elif isinstance(value, dict):
            waiting += [(item, key in ("@context", "@import")) for key, item in value.items()]
    return None


def _read_revision(place: str) -> Corpus:
    revision, colon, path = place.partition(":")
    if not colon:
        path = "data"
    try:
        commit = object_id_of(f"{revision}^{{commit}}")
    except KgError as error:
        raise KgError(
            f"{place}: this is no data folder (entities/ and sources/), no store folder, "
            f"no export ({', '.join(_EXPORTS)}) and no git revision ({error}), give one of them"
        ) from error
    try:
        files = listed_files(object_id_of(f"{commit}:{path.rstrip('/')}"))
        contents = contents_of([object_id for object_id, _ in files.values()])
        with tempfile.TemporaryDirectory(prefix="kg-diff-") as folder:
            data = Path(folder)
            for name in ("entities", "sources"):
                (data / name).mkdir()
            for name, content in zip(files, contents, strict=True):
                with (data / name).open("xb") as out:
                    out.write(content)
            return _read_data(data, f"{revision}:{path}")
    except DataError:
        raise
    except (KgError, OSError) as error:
        raise KgError(
            f"{revision}:{path}: no data folder can be read there ({error}), "
            "name it by REV:path/to/data"
        ) from error
