"""What the text of a foreign query says of graphs and limits, read token by token.

The engine's parser has the last word on syntax; what is safe does not rest on this module but on
the confinement of ``kg.server.worker``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.errors import QueryError
from kg.iris import PREFIXES, is_iri
from kg.sparql import Token, tokens

_UPDATES = frozenset("INSERT DELETE LOAD CLEAR CREATE DROP COPY MOVE ADD WITH".split())  # noqa: SIM905
_VOLATILE = frozenset(("NOW", "RAND", "UUID", "STRUUID", "BNODE"))
_FORMS = frozenset(("SELECT", "CONSTRUCT", "DESCRIBE", "ASK"))
_NUMBER = re.compile(r"\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that are asked: IRIs; both empty means what the store has by default."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


def _may_have(query: str, words: Iterable[str]) -> bool:
    """Whether one of these words may stand in a text: if not, it need not be read by tokens."""
    text = query.upper()
    return any(word in text for word in words)


def _outermost(query: str) -> Iterator[tuple[Token, int]]:
    """The tokens outside of all brackets, each with its number among all tokens."""
    depth = 0
    for number, token in enumerate(t for t in tokens(query) if t.kind != "comment"):
        if token.kind == "other" and token.text in ")]}":
            depth -= 1
        if depth == 0:
            yield token, number
        if token.kind == "other" and token.text in "([{":
            depth += 1


def update_word(query: str) -> str | None:
    """The word that makes a text an update; None where it is a query or neither."""
    if not _may_have(query, _UPDATES):
        return None
    for token, _ in _outermost(query):
        word = token.text.upper()
        if token.kind == "word" and word in _UPDATES:
            return word
        if token.kind == "word" and word in _FORMS:
            return None
    return None


def is_volatile(query: str) -> bool:
    """Whether a query may answer otherwise though the graph is the same.

    >>> is_volatile("SELECT (NOW() AS ?t) {}"), is_volatile("SELECT ?now {}")
    (True, False)
    """
    return _may_have(query, _VOLATILE) and any(
        t.kind == "word" and t.text.upper() in _VOLATILE for t in tokens(query)
    )


def split_dataset(query: str) -> tuple[str, Dataset]:
    """A query without its ``FROM`` clauses, and the graphs that they name.

    Raises:
        QueryError: a clause names no absolute IRI.
    """
    if not _may_have(query, ("FROM",)):
        return query, Dataset()
    every = [t for t in tokens(query) if t.kind != "comment"]
    prefixes = dict(PREFIXES) | _declared(every)
    found: dict[str, list[str]] = {"default": [], "named": []}
    cut: list[tuple[int, int]] = []
    for token, number in _outermost(query):
        if token.kind != "word" or token.text.upper() != "FROM":
            continue
        following = every[number + 1 : number + 3]
        named = bool(following) and following[0].text.upper() == "NAMED"
        term = following[named] if len(following) > named else None
        found["named" if named else "default"].append(_graph(term, prefixes))
        if term is not None:
            cut.append((token.start, term.start + len(term.text)))
    for start, end in reversed(cut):
        query = query[:start] + " " * (end - start) + query[end:]
    return query, Dataset(tuple(found["default"]), tuple(found["named"]))


def _declared(found: Sequence[Token]) -> dict[str, str]:
    return {
        name.text.removesuffix(":"): iri.text[1:-1]
        for word, name, iri in zip(found, found[1:], found[2:], strict=False)
        if word.text.upper() == "PREFIX" and iri.kind == "iri"
    }


def _graph(term: Token | None, prefixes: dict[str, str]) -> str:
    text = "" if term is None else term.text
    if term is not None and term.kind == "name":
        prefix, _, local = text.partition(":")
        text = prefixes.get(prefix, "") + local
    elif text.startswith("<"):
        text = text[1:-1]
    if not is_iri(text):
        raise QueryError("FROM names no graph, write FROM <https://…> or FROM src:…")
    return text


def limited(query: str, rows: int) -> str:
    r"""A SELECT that ends after one row more than ``rows``, so that too many can be told.

    >>> limited("SELECT * { ?s ?p ?o }", 9), limited("SELECT * { ?s ?p ?o } LIMIT 50", 9)
    ('SELECT * { ?s ?p ?o }\nLIMIT 10\n', 'SELECT * { ?s ?p ?o } LIMIT 10')
    """
    selects, place = False, len(query)
    for token, _ in _outermost(query):
        word = token.text.upper() if token.kind == "word" else ""
        if word in _FORMS:
            selects = word == "SELECT"
        elif word == "LIMIT":
            number = _NUMBER.match(query, token.start + len("LIMIT"))
            if not selects or number is None or int(number[1]) <= rows:
                return query
            return query[: number.start(1)] + str(rows + 1) + query[number.end(1) :]
        elif word == "VALUES":
            place = token.start
    return f"{query[:place]}\nLIMIT {rows + 1}\n{query[place:]}" if selects else query
