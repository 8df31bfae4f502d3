"""What a graph answers, and what can be asked: the seam between the library and its stores.

A ``Store`` is embedded (``kg.store``) or on a server (``kg.endpoint``); all else knows only this.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Protocol, TypeAlias

import pyoxigraph as ox

from kg.errors import QueryError
from kg.iris import XSD, shorten

# Every command imports this: what only some values need is imported where they are made.
if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

FORMAT = 1
"""Of a store's folder; one of another format is rebuilt or refused, never guessed at."""

RESULT_FORMATS = {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML"}


class Iri(str):
    """An IRI in a result; a ``str``, so that it can be used as one."""

    __slots__ = ()

    @property
    def short(self) -> str:
        """The compact form, such as ``ent:acod``."""
        return shorten(self)


Value: TypeAlias = "Iri | str | int | float | Decimal | bool | date"
"""What a table holds; dates of EDTF and texts of any language are ``str``."""
Quad = tuple[str, str, str, str]
"""Subject, predicate, object and graph as N-Quads terms; the graph "" is the merged graph."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build is: ``sha256`` of its sorted N-Quads, and a text of what it was made from.

    Of one that was ``loaded`` from dumps and tables, ``sha256`` is that of these files.
    """

    build: str
    sha256: str
    quads: int
    made_from: str
    version: str
    format: int = FORMAT
    loaded: bool = False


class Answer:
    """What a query gave. ``kind`` is ``select``, ``graph`` or ``ask``; to be read once."""

    def __init__(
        self, result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Sequence[ox.Quad]
    ) -> None:
        self._result = result
        self.kind = "select" if isinstance(result, ox.QuerySolutions) else "graph"
        if isinstance(result, ox.QueryBoolean):
            self.kind = "ask"

    def _solutions(self) -> ox.QuerySolutions:
        if not isinstance(self._result, ox.QuerySolutions):
            raise QueryError("this is no SELECT query, write SELECT … WHERE { … }")
        return self._result

    @property
    def columns(self) -> list[str]:
        """The names of the columns of a select."""
        return [v.value for v in self._solutions().variables]

    def rows(self) -> Iterator[tuple[Value | None, ...]]:
        """The rows of a select, in the order of the query."""
        for solution in self._solutions():
            yield tuple(None if term is None else _value(term) for term in solution)

    def terms(self) -> Iterator[tuple[str, ...]]:
        """The rows of a select that binds all its columns, as N-Triples terms."""
        for solution in self._solutions():
            yield tuple(map(str, solution))

    def triples(self) -> Iterator[tuple[str, str, str]]:
        """The triples of a graph as N-Triples terms, sorted, each once."""
        if isinstance(self._result, ox.QuerySolutions | ox.QueryBoolean):
            raise QueryError("this query gives no graph, write CONSTRUCT or DESCRIBE")
        if not isinstance(self._result, ox.QueryTriples):
            yield from sorted(
                {(str(t.subject), str(t.predicate), str(t.object)) for t in self._result}
            )
            return
        out = io.BytesIO()  # the engine writes them in a third of the time
        self._result.serialize(out, ox.RdfFormat.N_TRIPLES)
        for line in sorted(set(out.getvalue().decode().split("\n")) - {""}):
            subject, predicate, object_ = line.split(" ", 2)
            yield subject, predicate, object_.removesuffix(" .")

    def __bool__(self) -> bool:
        return bool(self._result)

    def write(self, out: IO[bytes], format_: str) -> None:
        """Write in a format of ``RESULT_FORMATS``, straight from the engine."""
        if not isinstance(self._result, ox.QuerySolutions | ox.QueryBoolean):
            raise QueryError(f"this query gives a graph, which cannot be written as {format_}")
        self._result.serialize(out, getattr(ox.QueryResultsFormat, RESULT_FORMATS[format_]))


def read_rows(content: bytes) -> Answer:
    """An answer in SPARQL's JSON; reading its rows may raise as this does.

    Raises:
        SyntaxError: it is none.
    """
    return Answer(ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON))


def read_triples(content: bytes, media: str) -> tuple[Answer, int]:
    """A graph in the format of a media type, and how many triples the document lists.

    Raises:
        SyntaxError: it is none.
    """
    format_ = ox.RdfFormat.from_media_type(media) or ox.RdfFormat.N_TRIPLES
    found = list(ox.parse(content, format=format_))
    return Answer(found), len(found)


def count_rows(content: bytes) -> int:
    """How many rows an answer in JSON has (a truth has none), once it is read to its end.

    Raises:
        SyntaxError: it is none, or breaks off.
    """
    parsed = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    return sum(1 for _ in parsed) if isinstance(parsed, ox.QuerySolutions) else 0


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Value:
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    text, kind = term.value, term.datatype.value.removeprefix(XSD)
    with contextlib.suppress(ValueError, ArithmeticError):
        if kind == "integer":
            return int(text)
        if kind == "decimal":
            from decimal import Decimal

            return Decimal(text)
        if kind == "boolean":
            return text in ("true", "1")
        if kind == "date":
            from datetime import date

            return date.fromisoformat(text)
    return text


class Store(Protocol):
    """A graph that can be asked."""

    @property
    def manifest(self) -> Manifest:
        """Which build it is."""

    def query(self, text: str, bindings: Mapping[str, str] | None = None) -> Answer:
        """Run a SPARQL 1.1 query (SELECT, CONSTRUCT, DESCRIBE or ASK).

        Args:
            text: the query; the prefixes of ``kg.iris.PREFIXES`` need no declaration.
            bindings: variable name → SPARQL term (see ``kg.sparql.parameter_term``).

        Raises:
            QueryError: its syntax is wrong (the message shows where), or it may not be run.
            StoreError: the store cannot be asked.
        """

    def select(self, text: str, bindings: Mapping[str, str] | None = None
               ) -> list[dict[str, Value | None]]:  # fmt: skip
        """The rows of a SELECT as dicts by column.

        Raises:
            QueryError: as ``query``, or it is no SELECT.
        """

    def quads(self, graph: str | None = None) -> list[Quad]:
        """All quads, or those of one graph ("" is the merged graph), sorted as N-Quads are."""

    def dump(self, graph: str, out: IO[bytes]) -> None:
        """Write the triples of one graph ("" is the merged graph) as N-Triples, a line each."""
