"""Conflicts: what cannot both hold is shown with its sources, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.conflicts import Conflict, find_conflicts
from kg.conflicts_text import as_record, as_text
from kg.model import Amount, Corpus, Entity, Evidence, Identity, Name, Source, Statement, Verdict
from kg.ontology import Ontology
from kg.validity import with_validity

TYPES = {"verein": "Association", "anna": "Person", "bert": "Person", "cora": "Person",
         "projekt": "Project", "bund": "PublicBody", "uni": "University", "fh": "University"}  # fmt: skip


def said(source: str, subject: str, relation: str, object_: str, **more: object) -> Statement:
    quote = Evidence("Zitat", 0, 5)
    statement = Statement(source, subject, relation, object_, (quote,))
    return replace(statement, **more)  # type: ignore[arg-type]  # any field, by name


def found(
    ontology: Ontology, *statements: Statement, published: dict[str, str] | None = None,
    verdicts: tuple[Verdict, ...] = (), **entities: Entity,
) -> list[Conflict]:  # fmt: skip
    return find_conflicts(
        corpus_of(ontology, *statements, published=published, verdicts=verdicts, **entities),
        ontology,
    )


def corpus_of(
    ontology: Ontology, *statements: Statement, published: dict[str, str] | None = None,
    verdicts: tuple[Verdict, ...] = (), **entities: Entity,
) -> Corpus:  # fmt: skip
    everyone = {i: Entity(i, t, (Name(i.title()),)) for i, t in TYPES.items()} | entities
    sources = {
        s.source: Source(s.source, f"Titel {s.source}", "bund", (published or {}).get(s.source),
                         f"https://example.org/{s.source}",
                         statements=tuple(x for x in statements if x.source == s.source))
        for s in statements
    }  # fmt: skip
    return with_validity(Corpus(everyone, sources, verdicts), ontology)


def kinds(conflicts: list[Conflict]) -> list[tuple[str, tuple[str, str]]]:
    return [(c.kind, (c.sides[0].says, c.sides[1].says)) for c in conflicts]


SPELLS = [  # what two sources say of one triple, and the kinds of conflict between them
    ({"since": "2010", "until": "2014"}, {"since": "2014", "until": "2018"}, []),
    ({"since": "2010", "until": "2014"}, {"since": "2011", "until": "2014"}, ["since"]),
    ({"until": "2012"}, {"until": "..", "published": "2015"}, ["until"]),
    ({"until": "2016"}, {"until": "..", "published": "2015"}, []),
    ({"until": "2010"}, {"observed": "2012"}, ["until"]),
    ({"since": "2006"}, {"observed": "2004"}, ["since"]),
    ({"since": "2006"}, {"observed": "2006"}, []),
    ({"observed": "2004"}, {"observed": "2009"}, []),
    ({"since": "2006?"}, {"observed": "2004"}, []),
    ({"since": "2016", "until": "2019"}, {"since": "2017", "until": "2020"}, ["since", "until"]),
    ({"amount": Amount(Decimal(1)), "since": "2010", "until": "2012"},
     {"amount": Amount(Decimal(2)), "since": "2013"}, []),
    ({"amount": Amount(Decimal(100), qualifier="mehr als")}, {"amount": Amount(Decimal(120))}, []),
    ({"amount": Amount(Decimal(100), qualifier="mehr als")}, {"amount": Amount(Decimal(90))}, ["amount"]),
    ({"amount": Amount(Decimal(100), qualifier="bis zu")}, {"amount": Amount(Decimal(90))}, []),
    ({"amount": Amount(Decimal(100), qualifier="knapp")}, {"amount": Amount(Decimal(95))}, []),
    ({"amount": Amount(Decimal(5_600_000), qualifier="rund")}, {"amount": Amount(Decimal(5_580_000))}, []),
    ({"amount": Amount(Decimal(5_600_000), qualifier="rund")}, {"amount": Amount(Decimal(5_100_000))}, ["amount"]),
    ({"amount": Amount(Decimal(5), covers="jährlich")}, {"amount": Amount(Decimal(9))}, []),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "wanted"), SPELLS)
def test_one_triple_in_one_spell(
    ontology: Ontology, one: dict[str, str], other: dict[str, str], wanted: list[str]
) -> None:
    published = {i: d.get("published", "2020") for i, d in (("a", one), ("b", other))}
    (first, second) = (
        {k: v for k, v in fields.items() if k != "published"} for fields in (one, other)
    )
    statements = (
        said("a", "bund", "funds", "projekt", **first),
        said("b", "bund", "funds", "projekt", **second),
    )
    assert [c.kind for c in found(ontology, *statements, published=published)] == wanted
    assert [c.kind for c in found(ontology, *reversed(statements), published=published)] == wanted


def test_denials_of_what_follows(ontology: Ontology) -> None:
    asserted = said("a", "uni", "cooperatesWith", "fh")
    assert kinds(
        found(ontology, asserted, said("b", "fh", "cooperatesWith", "uni", modality="denied"))
    )
    assert kinds(
        found(ontology, asserted, said("b", "fh", "partnersWith", "uni", modality="denied"))
    )
    assert not found(
        ontology, said("a", "uni", "partnersWith", "fh"),
        said("b", "uni", "cooperatesWith", "fh", modality="denied"),
    ), "the narrower may be wrong where the wider is right"  # fmt: skip


def test_plans_contradict_plans(ontology: Ontology) -> None:
    then = {"modality": "planned"}
    statements = (
        said("a", "projekt", "foundedOn", "2028", **then),
        said("b", "projekt", "foundedOn", "2030", **then),
    )
    (conflict,) = found(ontology, *statements, published={"a": "2023", "b": "2024"})
    assert (conflict.kind, conflict.newer) == ("value", 1)
    past = (replace(s, modality="asserted") for s in statements)
    (conflict,) = found(ontology, *past, published={"a": "2023", "b": "2024"})
    assert conflict.newer is None, "a founding day does not change"
    assert not found(ontology, statements[0], replace(statements[1], modality="asserted"))


def test_what_no_rule_finds_may_be_recorded(ontology: Ontology) -> None:
    one, other = said("a", "anna", "represents", "bund"), said("b", "bert", "represents", "bund")
    verdict = Verdict((one.id, other.id), "detail", "wir", "2026-01-01", "unvollständig")
    (conflict,) = found(ontology, one, other, verdicts=(verdict,))
    assert (conflict.kind, conflict.about) == ("recorded", ("anna", "represents"))
    assert [s.says for s in conflict.sides] == ["Anna – Bund", "Bert – Bund"]
    assert not found(ontology, one, other)


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("2004", "2006", True),
        ("2006", "2006-03", False),
        ("2006-03-01", "2006-03-02", True),
        ("2006~", "2007", False),
        ("2006~", "2009", True),
        ("2006?", "2009", False),
        ("200X", "2006", False),
    ],
)
def test_dates_of_one_thing(ontology: Ontology, one: str, other: str, conflict: bool) -> None:
    conflicts = found(
        ontology, said("a", "verein", "foundedOn", one), said("b", "verein", "foundedOn", other)
    )
    assert kinds(conflicts) == ([("value", (one, other))] if conflict else [])


def test_one_source_never_contradicts_itself(ontology: Ontology) -> None:
    assert not found(
        ontology, said("a", "verein", "foundedOn", "2004"), said("a", "verein", "foundedOn", "2006")
    )


def test_legal_forms(ontology: Ontology) -> None:
    conflicts = found(ontology, said("a", "verein", "hasLegalForm", "GmbH"),
                      said("b", "verein", "hasLegalForm", "gGmbH"), said("c", "verein", "hasLegalForm", "gm bh "))  # fmt: skip
    assert kinds(conflicts) == [("value", ("GmbH", "gGmbH")), ("value", ("gGmbH", "gm bh "))]


CHAIRS = [
    ({"observed": "2006"}, {"since": "2011"}, False),
    ({"since": "2006", "until": "2015"}, {"since": "2011", "until": "2016"}, True),
    ({"since": "1990", "until": "2014-06-30"}, {"since": "2014-06-30"}, False),
    ({"observed": "2018-12-05"}, {"observed": "2018-12-05"}, True),
    ({"observed": "2018"}, {"observed": "2018"}, False),
    ({}, {"observed": "2018"}, True),
    ({"observed": "2017?"}, {"observed": "2018"}, False),
    ({}, {}, True),
    ({"since": "2010", "observed": "2020"}, {"observed": "2015"}, True),
]


@pytest.mark.parametrize(("one", "other", "conflict"), CHAIRS)
def test_holders_of_one_office(
    ontology: Ontology, one: dict[str, str], other: dict[str, str], conflict: bool
) -> None:
    statements = (
        said("a", "verein", "chairedBy", "anna", **one),
        said("b", "verein", "chairedBy", "bert", **other),
    )
    wanted = [("holder", ("anna", "bert"))] if conflict else []
    assert kinds(found(ontology, *statements)) == wanted
    assert kinds(found(ontology, *reversed(statements))) == wanted


def test_many_managers_are_no_conflict(ontology: Ontology) -> None:
    assert not found(
        ontology, said("a", "verein", "managedBy", "anna"), said("b", "verein", "managedBy", "bert")
    )


def test_a_joint_lead_is_shown_beside_a_single_one(ontology: Ontology) -> None:
    conflicts = found(ontology, said("a", "uni", "leadsConsortium", "projekt"),
                      said("b", "uni", "leadsConsortium", "projekt"), said("b", "fh", "leadsConsortium", "projekt"))  # fmt: skip
    assert kinds(conflicts) == [("holder", ("fh", "uni"))]
    assert [s.source for s in conflicts[0].sides[1].statements] == ["a"]


def test_amounts_of_one_funding(ontology: Ontology) -> None:
    def funds(source: str, value: str, qualifier: str | None = None) -> Statement:
        return said(
            source, "bund", "funds", "projekt", amount=Amount(Decimal(value), "EUR", qualifier)
        )

    conflicts = found(
        ontology, funds("a", "5100000"), funds("b", "5600000", "rund"), funds("c", "5100000.00")
    )
    assert [(c.kind, c.about) for c in conflicts] == [("amount", ("bund", "funds projekt"))] * 2
    assert {c.sides[1].says for c in conflicts} == {"rund 5600000 EUR"} or {
        side.says for c in conflicts for side in c.sides} == {"5100000 EUR", "5100000.00 EUR", "rund 5600000 EUR"}  # fmt: skip


def test_beginnings_and_ends_of_one_spell(ontology: Ontology) -> None:
    one = said("a", "verein", "chairedBy", "anna", since="1990", until="2000")
    assert kinds(found(ontology, one, said("b", "verein", "chairedBy", "anna", since="1992"))) == [
        ("since", ("1990", "1992"))
    ]
    assert kinds(found(ontology, one, said("b", "verein", "chairedBy", "anna", until="2001"))) == [
        ("until", ("2000", "2001"))
    ]
    again = said("b", "verein", "chairedBy", "anna", since="2005", until="2007")
    assert not found(ontology, one, again), "a second spell is no contradiction"


def test_denials(ontology: Ontology) -> None:
    conflicts = found(ontology, said("a", "uni", "partnerIn", "projekt"),
                      said("b", "uni", "partnerIn", "projekt", modality="denied"),
                      said("c", "uni", "partnerIn", "projekt", modality="planned"))  # fmt: skip
    assert kinds(conflicts) == [("denial", ("asserted", "denied"))]


def test_merged_names_are_one(ontology: Ontology) -> None:
    merged = Entity(
        "anni", "Person", (Name("Anni"),), same_as=Identity("anna", "R", "2026-01-01", "w")
    )
    statements = said("a", "verein", "chairedBy", "anna"), said("b", "verein", "chairedBy", "anni")
    assert not found(ontology, *statements, anni=merged)


@pytest.mark.parametrize(
    ("published", "newer"),
    [({"a": "2019", "b": "2021"}, 1), ({"a": "2021-01-02", "b": "2021-01-01"}, 0),
     ({"a": "2021", "b": "2021-05"}, None), ({"a": "2021"}, None), ({}, None)],
)  # fmt: skip
def test_the_later_source_may_be_newer(
    ontology: Ontology, published: dict[str, str], newer: int | None
) -> None:
    statements = said("a", "verein", "chairedBy", "anna"), said("b", "verein", "chairedBy", "bert")
    (conflict,) = found(ontology, *statements, published=published)
    assert conflict.newer == newer


def test_a_verdict_goes_with_its_conflict(ontology: Ontology) -> None:
    statements = said("a", "verein", "foundedOn", "2004"), said("b", "verein", "foundedOn", "2006")
    verdict = Verdict(
        tuple(s.id for s in statements),
        "differentEvents",
        "R",
        "2026-01-01",
        "Initiative und Verein.",
    )
    other = Verdict((statements[0].id, "x"), "rounding", "R", "2026-01-01", "w")
    corpus = corpus_of(ontology, *statements, verdicts=(other, verdict))
    (conflict,) = find_conflicts(corpus, ontology)
    assert conflict.verdict == verdict
    assert as_record(conflict, corpus, ontology)["verdict"] == {
        "kind": "differentEvents", "by": "R", "on": "2026-01-01", "why": "Initiative und Verein."}  # fmt: skip


def test_withdrawn_statements_contradict_nobody(ontology: Ontology) -> None:
    from kg.model import Withdrawal

    gone = said("a", "verein", "foundedOn", "2004", withdrawn=Withdrawal("R", "2026-01-01", "w"))
    assert not found(ontology, gone, said("b", "verein", "foundedOn", "2006"))


def test_conflicts_are_shown_side_by_side(ontology: Ontology) -> None:
    statements = (
        said("a", "verein", "chairedBy", "anna", role="Vorsitzende"),
        said("b", "verein", "chairedBy", "bert"),
    )
    corpus = corpus_of(ontology, *statements, published={"a": "2019", "b": "2021"})
    assert as_text(find_conflicts(corpus, ontology), corpus, ontology) == (
        "Verein – chairedBy  (holder)\n"
        "  a) Anna\n"
        "      Anna · as “Vorsitzende”\n"
        "          „Zitat“ [0–5]\n"
        "          Titel a (Bund, 2019) https://example.org/a\n"
        "  b) Bert  published later, may simply be newer\n"
        "      Bert\n"
        "          „Zitat“ [0–5]\n"
        "          Titel b (Bund, 2021) https://example.org/b\n"
        f"  not classified; in data/conflicts.yaml: statements: [{statements[0].id}, {statements[1].id}]"
    )


@given(st.permutations(range(4)))
def test_order_does_not_matter(ontology: Ontology, order: list[int]) -> None:
    statements = [said("a", "verein", "chairedBy", "anna"), said("b", "verein", "chairedBy", "bert"),
                  said("c", "verein", "chairedBy", "cora", observed="2018"), said("d", "verein", "foundedOn", "1990")]  # fmt: skip
    once = found(ontology, *statements)
    again = found(ontology, *(statements[i] for i in order))
    assert kinds(once) == kinds(again)
    assert [c.id for c in once] == [c.id for c in again]


def test_the_two_documents_do_not_contradict_each_other(
    documents_corpus: Corpus, ontology: Ontology
) -> None:
    assert find_conflicts(documents_corpus, ontology) == []


def test_every_verdict_of_the_packaged_data_is_shown_and_nearly_all_are_decided(
    corpus: Corpus, ontology: Ontology
) -> None:
    conflicts = find_conflicts(corpus, ontology)
    assert {c.verdict for c in conflicts if c.verdict} == set(corpus.verdicts)
    undecided = {(c.kind, c.about) for c in conflicts if not c.verdict}
    assert undecided == {("since", ("silicon-saxony", "managedBy frank-boesenberg"))}


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("value", ("acod", "foundedOn")),
        ("holder", ("mittelstand-4-0-magdeburg", "leadsConsortium")),
        ("amount", ("bundeswirtschaftsministerium", "funds mittelstand-4-0-chemnitz")),
        ("amount", ("bundeswirtschaftsministerium", "funds mittelstand-4-0-cottbus")),
        ("value", ("mittelstand-4-0-ilmenau", "foundedOn")),
        ("value", ("input-consulting", "hasLegalForm")),
        ("value", ("digitalagentur-sachsen", "foundedOn")),
        ("value", ("cyberagentur", "foundedOn")),
        ("value", ("zukunftszentrum-deutsche-einheit", "completedOn")),
        ("since", ("dgb-bezirk-sachsen", "chairedBy hanjo-lucassen")),
    ],
)
def test_known_contradictions_are_found_by_rule(
    corpus: Corpus, ontology: Ontology, kind: str, about: tuple[str, str]
) -> None:
    assert (kind, about) in {(c.kind, c.about) for c in find_conflicts(corpus, ontology)}
