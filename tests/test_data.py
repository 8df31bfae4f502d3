"""The packaged data is tested like code; each message says how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kg.dates import parse_date
from kg.infer import inferred_triples
from kg.model import QUOTE_LIMIT, Corpus, Entity, Source, Statement
from kg.ontology import Ontology


def at(thing: Entity | Source | Statement) -> str:
    """Where something stands."""
    return f"{thing.origin.path}:{thing.origin.line}"


def texts_of(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Every free text of the data with its place."""
    for entity in corpus.entities.values():
        decisions = [i for i in (entity.same_as, *entity.not_same_as) if i]
        names = [n.text for n in entity.labels + entity.aliases]
        for text in (*names, entity.note, *(t for i in decisions for t in (i.by, i.why))):
            yield at(entity), text or ""
    for source in corpus.sources.values():
        for text in (source.title, source.note):
            yield at(source), text or ""
        for s in source.statements:
            inferred = (s.inferred.part, s.inferred.basis) if s.inferred else ()
            evidence = [t for e in s.evidence for t in (e.quote, e.note)]
            for text in (s.object, s.role, s.note, *inferred, *evidence):
                yield at(s), text or ""


def test_there_is_no_private_contact(corpus: Corpus) -> None:
    for place, text in texts_of(corpus):
        assert "@" not in text, f"{place}: '{text}' has an e-mail address, leave it out"
        phone = re.search(r"\b(?:Tel|Telefon|Mobil|Fax)\b|\+49|\b0\d{3,4}[ /-]\d{3,}", text)
        assert not phone, f"{place}: '{text}' has a telephone number, leave it out"


def test_texts_have_no_odd_blanks(corpus: Corpus) -> None:
    for place, text in texts_of(corpus):
        assert text == text.strip(), f"{place}: '{text}' begins or ends with a blank, take it away"
        assert not re.search("[\u00ad\u200b\ufeff\t\r]", text), (
            f"{place}: '{text}' has a hidden sign"
        )


def test_quotes_are_short_and_no_whole_paragraph(corpus: Corpus) -> None:
    for statement in corpus.statements():
        for evidence in statement.evidence:
            length = len(evidence.quote or "")
            assert length <= QUOTE_LIMIT == 200, f"{at(statement)}: {length} characters, shorten it"


def test_every_statement_says_where_it_is_from(corpus: Corpus) -> None:
    for statement in corpus.statements():
        assert statement.evidence, f"{at(statement)}: add evidence"
        for evidence in statement.evidence:
            cited = evidence.quote is None and (evidence.note or statement.note)
            placed = evidence.quote and evidence.start is not None and evidence.end is not None
            assert cited or placed, f"{at(statement)}: run `kg format --texts DIR`"


def test_publishers_exist(corpus: Corpus) -> None:
    for source in corpus.sources.values():
        message = f"{at(source)}: add '{source.publisher}' under entities/"
        assert source.publisher in corpus.entities, message


def test_every_entity_is_used(corpus: Corpus, ontology: Ontology) -> None:
    used = {s.publisher for s in corpus.sources.values()}
    for statement in corpus.statements():
        used.add(statement.subject)
        if not ontology.relations[statement.relation].has_literal:
            used.add(statement.object)
    for entity in corpus.entities.values():
        message = f"{at(entity)}: no statement names '{entity.id}', add one or take it away"
        assert entity.id in used, message


def test_every_entity_has_one_label_per_language_and_a_german_one(corpus: Corpus) -> None:
    for entity in corpus.entities.values():
        languages = [n.language for n in entity.labels]
        assert "de" in languages, f"{at(entity)}: add a German label to '{entity.id}'"
        assert len(languages) == len(set(languages)), f"{at(entity)}: two labels in one language"
        assert all(n.text for n in entity.labels), f"{at(entity)}: an empty label"


def test_aliases_add_something(corpus: Corpus) -> None:
    for entity in corpus.entities.values():
        labels = {(n.language, n.text) for n in entity.labels}
        aliases = [(n.language, n.text) for n in entity.aliases]
        for name in aliases:
            assert name not in labels, f"{at(entity)}: the alias '{name[1]}' is the label"
        assert len(aliases) == len(set(aliases)), f"{at(entity)}: an alias of '{entity.id}' twice"


def test_no_label_is_that_of_another(corpus: Corpus) -> None:
    seen: dict[tuple[str, str], Entity] = {}
    for entity in corpus.entities.values():
        for name in entity.labels:
            other = seen.setdefault((name.language, name.text), entity)
            assert other is entity, f"{at(entity)}: '{name.text}' is also the label in {at(other)}"


def test_ids_are_plain(corpus: Corpus) -> None:
    things: list[Entity | Source] = [*corpus.entities.values(), *corpus.sources.values()]
    for thing in things:
        plain = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", thing.id)
        assert plain, f"{at(thing)}: '{thing.id}' should have a-z, digits and hyphens only"
        assert len(thing.id) <= 80, f"{at(thing)}: '{thing.id}' is too long to type"


@pytest.mark.parametrize(
    ("abbreviation", "entity"),
    [("BMAS", "bmas"), ("ESF", "esf"), ("BA", "ba"), ("ACOD", "acod"), ("HTWK", "htwk-leipzig"),
     ("KMU", "kmu")],
)  # fmt: skip
def test_abbreviations_are_aliases(corpus: Corpus, abbreviation: str, entity: str) -> None:
    named = {e.id for e in corpus.entities.values() if abbreviation in {n.text for n in e.aliases}}
    assert named == {entity}, f"add {abbreviation} to the aliases of {entity}, and to no other's"


def test_the_year_that_a_source_does_not_give_is_marked_as_inferred(corpus: Corpus) -> None:
    [statement] = [
        s
        for s in corpus.statements()
        if (s.subject, s.relation) == ("vorstellung-zukunftszentren", "heldOn")
    ]
    assert statement.object == "2019-11-25"
    assert statement.evidence[0].quote == "Am 25. November wurde"
    assert statement.inferred, f"{at(statement)}: add `inferred: {{part: Jahr, from: …}}`"
    assert statement.inferred.part == "Jahr"
    assert "25.11.2019" in statement.inferred.basis


def test_a_year_stands_in_the_quote_or_is_marked_as_inferred(
    corpus: Corpus, ontology: Ontology
) -> None:
    for s in corpus.statements():
        own = s.object if ontology.relations[s.relation].has_date else None
        quotes = " ".join(e.quote or "" for e in s.evidence)
        for date in filter(None, (own, s.since, s.until)):
            if date == ".." or s.cited:
                continue
            years = {parse_date(date).earliest.year, parse_date(date).latest.year}
            assert s.inferred or any(str(y) in quotes for y in years), (
                f"{at(s)}: no quote has the year of {date}, add `inferred: {{part: …, from: …}}`"
            )


def test_what_holds_on_a_day_holds_on_the_day_of_the_source(corpus: Corpus) -> None:
    for statement in corpus.statements():
        published = corpus.sources[statement.source].published
        if statement.observed and published:
            late = parse_date(statement.observed).earliest > parse_date(published).latest
            assert not late, f"{at(statement)}: observed after its source was published"


def test_no_relation_goes_from_an_entity_to_itself(corpus: Corpus) -> None:
    for statement in corpus.statements():
        subject, object_ = (corpus.canonical.get(x) for x in (statement.subject, statement.object))
        assert subject != object_, f"{at(statement)}: subject and object are the same"


def test_both_documents_are_there(corpus: Corpus) -> None:
    expected = {
        "acod-2018-12-05": "acod.de",
        "arbeit-und-leben-sachsen-2019-11-25": "arbeitundleben.eu",
    }
    for name, host in expected.items():
        assert host in corpus.sources[name].url
        assert len(corpus.sources[name].statements) >= 40


@pytest.mark.parametrize(
    ("subject", "relation", "object_"),
    [
        ("acod", "chairedBy", "hans-peter-kemser"),
        ("acod", "managedBy", "jens-katzek"),
        ("bmas", "funds", "zentrum-digitale-arbeit"),
        ("esf", "funds", "zentrum-digitale-arbeit"),
        ("freistaat-sachsen", "coFunds", "zentrum-digitale-arbeit"),
        ("arbeit-und-leben-sachsen", "leadsConsortium", "zentrum-digitale-arbeit"),
        ("universitaet-leipzig", "partnerIn", "zentrum-digitale-arbeit"),
        ("htwk-leipzig", "partnerIn", "zentrum-digitale-arbeit"),
        ("atb-chemnitz", "partnerIn", "zentrum-digitale-arbeit"),
        ("zentrum-digitale-arbeit", "partOf", "zukunftszentren"),
        ("zukunftszentren", "targets", "kmu"),
    ],
)
def test_the_main_statements_are_there(
    corpus: Corpus, subject: str, relation: str, object_: str
) -> None:
    said = {(s.subject, s.relation, s.object) for s in corpus.statements()}
    assert (subject, relation, object_) in said


def test_the_two_names_of_the_regional_directorate_are_merged_by_decision(corpus: Corpus) -> None:
    assert corpus.canonical["ba-sachsen"] == "ba-regionaldirektion-sachsen"
    decision = corpus.entities["ba-sachsen"].same_as
    assert decision
    assert len(decision.why) > 40, "say why they are the same"


def _located(corpus: Corpus, ontology: Ontology) -> set[tuple[str, str]]:
    """(place, place around it), as stated and as it follows."""
    direct = {
        (corpus.canonical[s.subject], s.relation, corpus.canonical[s.object])
        for s in corpus.statements()
        if s.relation == "locatedIn" and s.modality == "asserted"
    }
    return {(a, b) for a, _, b in direct | inferred_triples(direct, ontology)}


EASTERN = {"brandenburg", "mecklenburg-vorpommern", "sachsen", "sachsen-anhalt", "thueringen"}


def test_every_city_lies_in_a_state_and_has_a_position(corpus: Corpus, ontology: Ontology) -> None:
    located = _located(corpus, ontology)
    states = {a for a, b in located if b == "deutschland" and corpus.entities[a].type == "Region"}
    positions = {s.subject: s.object for s in corpus.statements() if s.relation == "hasPosition"}
    for entity in corpus.entities.values():
        if entity.type == "City" and entity.id not in ("berlin", "debrecen"):
            around = {b for a, b in located if a == entity.id} & states
            own = around - {"ostdeutschland", "ostdeutschland-mit-berlin"}
            assert len(own) == 1, f"{at(entity)}: {entity.id} should lie in one state, not {own}"
            assert entity.id in positions, f"{at(entity)}: add hasPosition for {entity.id}"
            match = re.fullmatch(
                r"geo:(\d\d(?:\.\d+)?),(\d\d?(?:\.\d+)?);u=\d+", positions[entity.id]
            )
            assert match, f"{at(entity)}: {positions[entity.id]} is no geo URI with its uncertainty"
            assert 47 < float(match[1]) < 55.1
            assert 5.8 < float(match[2]) < 15.1


def test_eastern_germany_is_there_with_and_without_berlin(
    corpus: Corpus, ontology: Ontology
) -> None:
    located = _located(corpus, ontology)
    inside = {a for a, b in located if b == "ostdeutschland"}
    with_berlin = {a for a, b in located if b == "ostdeutschland-mit-berlin"}
    assert inside >= EASTERN
    assert "berlin" not in inside
    assert with_berlin >= inside | {"berlin"}
    assert "muenchen" not in with_berlin


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zukunftszentrum-deutsche-einheit", "regionale-zukunftszentren"),
        ("zentrum-digitale-arbeit", "zentrum-zukunft-der-arbeitswelt"),
        ("acod", "acod-gmbh"),
        ("silicon-saxony", "silicon-saxony-management-gmbh"),
        ("ba-regionaldirektion-sachsen", "ba-regionaldirektion-sachsen-anhalt-thueringen"),
        ("zukunftszentrum-sachsen", "zukunftszentrum-sachsen-anhalt"),
        ("freistaat-sachsen", "sachsen"),
    ],
)
def test_homonyms_are_told_apart(corpus: Corpus, one: str, other: str) -> None:
    apart = {(e.id, o.entity) for e in corpus.entities.values() for o in e.not_same_as}
    assert {(one, other), (other, one)} & apart, f"add `not_same_as` to {one} or {other}"


def test_plans_begin_after_the_page_and_nothing_asserted_does(corpus: Corpus) -> None:
    for statement in corpus.statements():
        published = corpus.sources[statement.source].published
        if statement.modality == "asserted" and statement.since and published:
            begins, day = parse_date(statement.since).earliest, parse_date(published).latest
            mend = "write `modality: planned`"
            assert begins <= day, f"{at(statement)}: begins after its page was published, {mend}"
