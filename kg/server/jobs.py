"""What a confined process does for a request: all that strangers may make expensive.

A request and its answer are JSON with bytes behind it; nothing in an answer is ever executed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kg.answers import Iri, Manifest, Value
from kg.errors import KgError, QueryError, UnknownName, UsageError
from kg.queries import Query, library, terms_of
from kg.server.asked import Dataset
from kg.server.engine import Engine, NoFormat, TooMuch
from kg.server.limits import Limits
from kg.server.reconciling import Reconciler
from kg.sparql import bind
from kg.tables import Table, table_of

Job = Mapping[str, Any]
"""What is asked: ``do`` names one of ``Jobs``, the rest are its arguments."""
Head = dict[str, Any]
"""What an answer begins with: ``error`` and ``message``, or ``rows`` and what the job adds."""

_ERRORS: tuple[tuple[type[KgError], str], ...] = (
    (NoFormat, "format"),
    (TooMuch, "too-much"),
    (UnknownName, "unknown-name"),
    (UsageError, "usage"),
    (QueryError, "query"),
    (KgError, "problem"),
)
ERRORS: Mapping[str, type[KgError]] = {code: kind for kind, code in _ERRORS}
"""The exception that each error of an answer stands for."""


class Jobs:
    """A graph with what its jobs need; made once, before processes are forked off."""

    def __init__(self, nquads: bytes, manifest: Manifest, limits: Limits) -> None:
        self._engine = Engine(nquads, manifest, limits)
        self._library = library()
        self._reconciler = Reconciler(self._engine.store)
        self._known: dict[str, Callable[..., tuple[Head, bytes]]] = {
            "sparql": self._sparql,
            "question": self._question,
            "table": self._table,
            "reconcile": self._reconcile,
            "suggest": self._suggest,
            "extend": self._extend,
        }

    def run(self, job: Job) -> tuple[Head, bytes]:
        """The answer to a job; what goes wrong is told in its head."""
        arguments = dict(job)
        try:
            return self._known[arguments.pop("do")](**arguments)
        except KgError as error:
            code = next(code for kind, code in _ERRORS if isinstance(error, kind))
            return {"error": code, "message": str(error)}, b""
        except (MemoryError, RecursionError) as error:
            what = "memory" if isinstance(error, MemoryError) else "depth"
            return {"error": "too-much", "message": f"this needs too much {what}, ask less"}, b""

    def warm(self) -> None:
        """Do one job of each kind: a confined process can open no file, so no module either."""
        for format_ in ("json", "xml", "csv", "tsv"):
            self._sparql("SELECT ?s { ?s a akt:Person } LIMIT 1", {"rows": format_})
        for format_ in ("ttl", "nt", "rdfxml", "jsonld", "trig", "nq"):
            self._sparql("DESCRIBE ?s { ?s a akt:Person } LIMIT 1", {"graph": format_})
        samples = {"iri": "Nobody is called so", "date": "2018", "integer": "1", "edtf": "x"}
        kinds = {p.kind: q for q in self._library.values() for p in q.parameters}
        for query in kinds.values():
            given = {p.name: samples.get(p.kind, "x") for p in query.parameters}
            for parameters in (
                given,
                given | {p: "ACOD" for p in given if given[p] == "Nobody is called so"},
            ):
                self.run({"do": "table", "name": query.name, "parameters": parameters})
        self.run({"do": "sparql", "query": "SELECT * { ?s x:y }", "formats": {}})
        self.run({"do": "suggest", "kind": "entity", "prefix": "Automobil", "cursor": 0})
        for query_ in ({"query": "Nobody is called so"}, {"query": "Leipzig", "type": "City"}):
            self.run({"do": "reconcile", "queries": {"q": query_}})

    def _sparql(
        self,
        query: str,
        formats: dict[str, str],
        default: tuple[str, ...] = (),
        named: tuple[str, ...] = (),
    ) -> tuple[Head, bytes]:
        dataset = Dataset(tuple(default), tuple(named))
        kind, format_, rows, content = self._engine.answer(query, dataset, formats)
        return {"kind": kind, "format": format_, "rows": rows}, content

    def _bound(self, name: str, parameters: dict[str, str]) -> str:
        query: Query = self._library[name]
        return bind(query.text, terms_of(self._engine.store, query, parameters))

    def _question(self, name: str, parameters: dict[str, str], format_: str) -> tuple[Head, bytes]:
        formats = {"rows": format_, "graph": "jsonld"}
        kind, used, rows, content = self._engine.answer(
            self._bound(name, parameters), Dataset(), formats
        )
        return {"kind": kind, "format": used, "rows": rows}, content

    def _table(self, name: str, parameters: dict[str, str]) -> tuple[Head, bytes]:
        table = table_of(self._engine.store.query(self._bound(name, parameters)))
        return {"rows": len(table), "table": packed(table)}, b""

    def _reconcile(self, queries: dict[str, dict[str, Any]]) -> tuple[Head, bytes]:
        found = {key: self._reconciler.match(query) for key, query in queries.items()}
        return {"rows": sum(map(len, found.values())), "found": found}, b""

    def _suggest(self, kind: str, prefix: str, cursor: int) -> tuple[Head, bytes]:
        found = self._reconciler.suggest(kind, prefix, cursor)
        return {"rows": len(found), "found": found}, b""

    def _extend(self, ids: list[str], properties: list[str]) -> tuple[Head, bytes]:
        found = self._reconciler.extend(ids, properties)
        return {"rows": len(found["rows"]), "found": found}, b""


def packed(table: Table) -> dict[str, Any]:
    """A table as JSON, its values with their types."""
    return {
        "columns": list(table.columns),
        "rows": [[None if v is None else _packed(v) for v in row] for row in table.rows],
    }


def _packed(value: Value) -> list[Any]:
    kind = type(value).__name__
    return [kind, str(value) if isinstance(value, Decimal | date) else value]


_UNPACK: Mapping[str, Callable[[Any], Value]] = {
    "Iri": Iri,
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "Decimal": Decimal,
    "date": date.fromisoformat,
}


def unpacked(found: Mapping[str, Any]) -> Table:
    """The table that ``packed`` was given."""
    rows = (
        tuple(None if cell is None else _UNPACK[cell[0]](cell[1]) for cell in row)
        for row in found["rows"]
    )
    return Table(tuple(found["columns"]), tuple(rows))
