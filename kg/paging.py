"""Queries as a server gets them: with our prefixes, the graphs to ask named, and page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.iris import PREFIXES, expand
from kg.sparql import Token, tokens

_FORMS = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")
_AFTER_ORDER = ("LIMIT", "OFFSET", "VALUES")


@dataclass(frozen=True, slots=True)
class _Outline:
    """The words of a query outside all brackets, and where its parts begin (offsets)."""

    words: tuple[Token, ...]
    form: int
    dataset: int
    """Where ``FROM`` stands, or would."""
    group: int
    """Where ``WHERE`` or its ``{`` stands; the end of a DESCRIBE without one."""


def _outline(query: str) -> _Outline:
    depth, outer = 0, []
    for token in tokens(query):
        if token.kind == "comment":
            continue
        closing = token.kind == "other" and token.text in ")]}"
        depth -= closing
        if not depth and not closing:
            outer.append(token)
        depth += token.kind == "other" and token.text in "([{"
    words = tuple(outer)
    form = next(i for i, t in enumerate(words) if t.text.upper() in _FORMS)
    rest = words[form + 1 :]
    if words[form].text.upper() == "CONSTRUCT" and rest and rest[0].text == "{":
        rest = rest[1:]  # the template
    start = next((t for t in rest if t.text == "{" or t.text.upper() == "WHERE"), None)
    group = start.start if start else len(query)
    named = next((t for t in rest if t.text.upper() == "FROM"), None)
    return _Outline(words, words[form].start, named.start if named else group, group)


def has_dataset(query: str) -> bool:
    """Whether a query names by ``FROM`` the graphs that it asks."""
    outline = _outline(query)
    return outline.dataset < outline.group


def graphs_named(query: str) -> set[str] | None:
    """The graphs that a query asks by ``GRAPH <…>``; None where it asks any, by a variable."""
    found: set[str] = set()
    known = [t for t in tokens(query) if t.kind != "comment"]
    own = {b.text for a, b in pairwise(known) if a.text.upper() == "PREFIX"}
    for word, name in pairwise(known):
        if word.kind == "word" and word.text.upper() == "GRAPH":
            is_own = name.kind == "name" and f"{name.text.partition(':')[0]}:" in own
            iri = None if name.kind == "variable" or is_own else expand(name.text)
            if iri is None:
                return None
            found.add(iri)
    return found


def with_prefixes(query: str) -> str:
    """A query with those of our prefixes declared that it uses and does not declare.

    They go before its first line, so that a server's message names the right one.
    """
    known = [t for t in tokens(query) if t.kind != "comment"]
    declared = {b.text[:-1] for a, b in pairwise(known) if a.text.upper() == "PREFIX"}
    used = {t.text.partition(":")[0] for t in known if t.kind == "name"} - declared
    return "".join(f"PREFIX {p}: <{PREFIXES[p]}> " for p in sorted(used & set(PREFIXES))) + query


def with_dataset(query: str, default: str, named: Iterable[str]) -> str:
    """A query with a dataset of its own: the default graph, and the graphs that GRAPH means."""
    at = _outline(query).group
    clauses = "".join(f"FROM NAMED <{g}> " for g in named)
    return f"{query[:at]} FROM <{default}> {clauses}{query[at:]}"


def page(query: str, columns: Sequence[str], limit: int, offset: int) -> str:
    r"""A SELECT of some rows of a SELECT, in an order in which every row has its place.

    The order is the query's own, then that of all columns: without one, a server may give a row
    on two pages, or on none. As a query within a query, since Virtuoso sorts no more than its
    limit otherwise.

    >>> page("SELECT ?a { ?a ?p ?b } ORDER BY ?b", ["a"], 10, 20)
    'SELECT ?a WHERE { { SELECT ?a { ?a ?p ?b } ORDER BY ?b\n?a\n } } LIMIT 10 OFFSET 20'
    """
    outline = _outline(query)
    names = " ".join(f"?{c}" for c in columns)
    dataset = query[outline.dataset : outline.group]
    tail = [t for t in outline.words if t.start > outline.group and t.kind == "word"]
    end = next((t.start for t in tail if t.text.upper() in _AFTER_ORDER), len(query))
    is_ordered = any(t.text.upper() == "ORDER" for t in tail)
    body = (
        query[outline.form : outline.dataset]
        + query[outline.group : end]
        + f"\n{'' if is_ordered else 'ORDER BY '}{names}\n"
        + query[end:]
    )
    return (
        f"{query[: outline.form]}SELECT {names} {dataset}WHERE {{ {{ {body} }} }} "
        f"LIMIT {limit} OFFSET {offset}"
    )
