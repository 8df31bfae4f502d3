"""Queries as tokens: nothing a value holds can change what a query asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.iris import ENT
from kg.sparql import (
    bind,
    guard,
    iri_term,
    literal_term,
    parameter_term,
    point_at,
    tokens,
    variables,
)
from kg.store import memory_store

_DATA = f"<{ENT}a> <{ENT}p> <{ENT}b> .\n".encode()


def test_binding_replaces_variables_only_where_they_are_variables() -> None:
    query = (
        """SELECT ?o { ?_x ?p ?o FILTER(?o != "?_x" && ?_xy != '''?_x''') } # ?_x\n<http://?_x>"""
    )
    assert bind(query, {"_x": "<urn:a>"}) == (
        """SELECT ?o { <urn:a> ?p ?o FILTER(?o != "?_x" && ?_xy != '''?_x''') } # ?_x\n<http://?_x>"""
    )


@given(st.text(max_size=60))
def test_a_text_comes_back_as_it_went_in(text: str) -> None:
    clean = text.encode("utf-8", "ignore").decode()
    rows = memory_store(_DATA).select("SELECT (?_t AS ?x) {}", {"_t": literal_term(clean)})
    assert rows == [{"x": clean}]


@given(st.text(alphabet="<>\"'{}\\ ?$#@^`|ab:/.;\n\u00e4\U0001f600", max_size=40))
def test_no_value_gets_out_of_its_term(text: str) -> None:
    for kind in ("", "de", "iri", "integer", "date", "edtf"):
        try:
            term = parameter_term(kind, text)
        except QueryError:
            continue  # refused: nothing can get out
        before = [t.text for t in tokens("ASK { ?s ?p ?_v . }")]
        after = list(tokens(bind("ASK { ?s ?p ?_v . }", {"_v": term})))
        inside = after[before.index("?_v") : len(after) - 2]
        assert "".join(t.text for t in inside).startswith(term[:1])
        assert [t.text for t in after[: before.index("?_v")]] == ["ASK", "{", "?s", "?p"]
        assert [t.text for t in after[-2:]] == [".", "}"]
        assert inside[0].kind in ("string", "iri")


@given(st.text(max_size=200))
def test_tokens_lose_nothing_but_white_space(text: str) -> None:
    found = list(tokens(text))
    assert "".join(t.text for t in found if t.kind == "other") <= text or found
    rest = "".join("".join(t.text.split()) for t in found)
    assert rest == "".join(text.split())


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * { SERVICE <http://x> { ?s ?p ?o } }", "1:12: SERVICE would send the query"),
        ("SELECT *\n{ { service silent ?x { ?s ?p ?o } } }", "2:5: SERVICE would send"),
        (
            "SELECT * { ?s akd:funds ?o }",
            "1:15: unknown prefix 'akd:', declare it by PREFIX, or did",
        ),
        ("SELECT * { ?s :p ?o }", "1:15: unknown prefix ':'"),
        (
            'SELECT * { ?a ?b ?c FILTER(?c<\'>"""\'||true) SERVICE <http://x> {} FILTER(?c<\'>"""\'||true) }',
            "1:33: SERVICE stands in a text",
        ),
        (
            'ASK { ?a ?b ?c FILTER(?c<?b#>"""\n) SERVICE <http://x> {} FILTER(?c<?b#>"""\n) }',
            "1:30: SERVICE stands in a text",
        ),
        (r"ASK { ?a <http://x/\u0041#y> ?c . SERVICE <http://x> {} }", "1:35: SERVICE would"),
    ],
)
def test_what_may_not_run_is_named_with_its_place(query: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        guard(query)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s rdfs:label "SERVICE akd:x" } # SERVICE akd:x',
        "SELECT * { ?s rdfs:service ?o . _:b akt:funds ?o }",
        "PREFIX x: <http://x/> SELECT * { ?s x:p ?o }",
        "PREFIX : <http://x/> SELECT * { ?s :p/:q ?o }",
        "SELECT ?service { ?service a akt:Source }",
        "PREFIX x: <http://x/y#> ASK { ?s x:p 'Service' FILTER(?a < 3) } # service",
        r"ASK { ?s <http://x/\u0041> ?o }",
    ],
)
def test_what_only_looks_forbidden_runs(query: str) -> None:
    guard(query)


def test_a_syntax_error_points_at_its_place() -> None:
    query = "SELECT * {\n  ?a akt:funds\n}"
    with pytest.raises(QueryError) as caught:
        memory_store(_DATA).query(query)
    lines = str(caught.value).split("\n")
    assert lines[0].startswith("this is no SPARQL query: line 3, column 1")
    assert lines[1:] == ["  }", "  ^"]


def test_a_message_without_a_place_is_kept() -> None:
    assert point_at("ASK {}", "something else") == "something else"


@pytest.mark.parametrize("text", ["acod", "http://a b", 'http://x/"', "<http://x>", ""])
def test_what_is_no_iri_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(QueryError, match="is no IRI"):
        iri_term(text)


@pytest.mark.parametrize("update", ["INSERT DATA { <a:b> <a:c> <a:d> }", "DROP ALL", "CLEAR ALL"])
def test_updates_are_no_queries(update: str) -> None:
    store = memory_store(_DATA)
    with pytest.raises(QueryError, match="this is no SPARQL query"):
        store.query(update)
    assert len(store.quads()) == 1


def test_variables_come_in_order_and_once() -> None:
    assert variables("SELECT ?b { ?a $b '?c' ?b ?_x }") == ["b", "a", "_x"]
