"""What a query asks of the graph: its triple patterns, and the query with all of its variables.

Read by rdflib's parser, only to tell which statements stand behind a row; the engine answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.iris import PREFIXES
from kg.sparql import tokens


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern; each place is ``?variable``, an IRI, or the text of a literal.

    ``graph`` is what stands behind ``GRAPH``, if it stands in one.
    """

    subject: str
    predicate: str
    object: str
    graph: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a query.

    ``wide`` answers with the variables of all patterns, behind those of the query; it is the query
    itself where more would change the answer: it counts or groups, or cuts off distinct rows.
    ``distinct`` says that the rows of the query are to differ, which those of ``wide`` may not.
    """

    wide: str
    patterns: tuple[Pattern, ...] = ()
    distinct: bool = False


def read_patterns(query: str) -> Reading:
    """The patterns of a SELECT query; none where rdflib's parser does not understand it.

    A path counts where one relation carries it (``^akt:funds``, ``akt:locatedIn+``).

    >>> reading = read_patterns("SELECT ?a { ?a akt:funds ent:x }")
    >>> reading.patterns[0].predicate.rpartition("#")[2], reading.wide
    ('funds', 'SELECT ?a { ?a akt:funds ent:x }')
    >>> read_patterns("SELECT ?a { ?a akt:funds ?b }").wide
    'SELECT ?a ?b { ?a akt:funds ?b }'
    """
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        algebra = translateQuery(parseQuery(query), initNs=PREFIXES).algebra
    except Exception:  # its parser raises what it likes; the engine has judged
        return Reading(query)
    found = tuple(dict.fromkeys(_patterns(algebra, None)))
    steps = _steps(algebra)
    if steps & {"AggregateJoin", "Reduced"} or steps >= {"Distinct", "Slice"}:
        return Reading(query, found)
    return Reading(_widened(query, algebra, found), found, distinct="Distinct" in steps)


def _patterns(node: Any, graph: str | None) -> Iterator[Pattern]:
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(node, list | tuple | set):
        for part in node:
            yield from _patterns(part, graph)
    elif isinstance(node, CompValue):
        if node.name == "BGP":
            yield from (p for a, path, b in node.triples for p in _pattern(a, path, b, graph))
            return
        inner = _text(node.term) if node.name == "Graph" else graph
        for key, part in node.items():
            if (node.name, key) != ("Minus", "p2"):
                yield from _patterns(part, inner)


def _pattern(subject: Any, path: Any, object_: Any, graph: str | None) -> Iterator[Pattern]:
    from rdflib.paths import AlternativePath, InvPath, MulPath, Path

    if isinstance(path, InvPath):
        yield from _pattern(object_, path.arg, subject, graph)
    elif isinstance(path, MulPath):
        yield from _pattern(subject, path.path, object_, graph)
    elif isinstance(path, AlternativePath):
        for part in path.args:
            yield from _pattern(subject, part, object_, graph)
    elif not isinstance(path, Path):
        yield Pattern(_text(subject), _text(path), _text(object_), graph)


def _text(term: Any) -> str:
    from rdflib import Variable

    return f"?{term}" if isinstance(term, Variable) else str(term)


def _widened(query: str, algebra: Any, found: Iterable[Pattern]) -> str:
    shown = {str(v) for v in algebra.PV}
    places = (x for p in found for x in (p.subject, p.predicate, p.object, p.graph or ""))
    hidden = [x for x in dict.fromkeys(places) if x.startswith("?") and x[1:] not in shown]
    parts = [t for t in tokens(query) if t.kind != "comment"]
    select = next(i for i, t in enumerate(parts) if t.text.upper() == "SELECT")
    depth = 0
    for token in parts[select:]:  # the first of these outside of an expression ends the clause
        depth += (token.text == "(") - (token.text == ")")
        if hidden and not depth and (token.text == "{" or token.text.upper() in ("WHERE", "FROM")):
            return f"{query[: token.start]}{' '.join(hidden)} {query[token.start :]}"
    return query


_ON_ROWS = {"SelectQuery", "Slice", "Distinct", "Reduced", "Project", "OrderBy", "Extend", "Filter"}


def _steps(node: Any) -> set[str]:
    """The names of what is done to the rows of the outermost group."""
    steps = set()
    while node.name in _ON_ROWS:
        steps.add(node.name)
        node = node.p
    return steps | {node.name}
