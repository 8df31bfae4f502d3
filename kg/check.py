"""Every problem of the data in one run, each with its place and how to mend it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from kg.curated import read_corpus
from kg.dates import OPEN, check_order, parse_date
from kg.errors import KgError, Problem, did_you_mean
from kg.infer import reach
from kg.iris import is_iri
from kg.model import (
    QUOTE_LIMIT,
    Corpus,
    Entity,
    Evidence,
    Origin,
    Source,
    Statement,
    Verdict,
)
from kg.ontology import Ontology
from kg.proof import prove_quotes
from kg.validity import is_consistent, own_validity

_FILL_IN = "run `kg format --texts DIR` to fill it in"
# What XML 1.0 cannot hold, and so neither RDF/XML nor GraphML nor GEXF.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")


def check_data(
    data: Path, ontology: Ontology, texts: Path | None = None
) -> tuple[Corpus, list[Problem]]:
    """Read a data folder and check all but SHACL; problems sorted by file and line.

    Args:
        data: the data folder.
        ontology: what classes and relations there are.
        texts: a folder of ``<source-id>.txt``; with it every quote is proved at its offsets.

    Raises:
        KgError: ``data`` is no data folder, or ``texts`` no folder.
    """
    if texts is not None and not texts.is_dir():
        raise KgError(
            f"{texts}: this is no folder, give the folder that has the <source-id>.txt files"
        )
    corpus, problems = read_corpus(data)
    problems += check_corpus(corpus, ontology)
    if texts is not None:
        problems += [p for s in corpus.sources.values() for p in prove_quotes(s, texts)]
    return corpus, sorted(set(problems))


def check_corpus(corpus: Corpus, ontology: Ontology) -> list[Problem]:
    """Check what was read: references, ontology, dates, identity, quotes, private data."""
    problems = [p for e in corpus.entities.values() for p in check_entity(e, corpus, ontology)]
    for source in corpus.sources.values():
        problems += check_source(source, corpus)
        for statement in source.statements:
            problems += check_statement(statement, corpus, ontology)
        problems += _check_repeats(source)
    for verdict in corpus.verdicts:
        problems += _check_verdict(verdict, corpus)
    problems += _check_succession(corpus)
    return problems


def _at(origin: Origin, message: str, mend: str) -> Problem:
    return Problem(origin.path, origin.line, message, mend)


def check_entity(entity: Entity, corpus: Corpus, ontology: Ontology) -> Iterator[Problem]:
    """Check one entity and its merging into others."""
    if entity.type and entity.type not in ontology.entity_classes:
        hint = did_you_mean(entity.type, ontology.entity_classes)
        yield _at(entity.origin, f"'{entity.id}' has the unknown class '{entity.type}'", hint)
    if not any(n.language == "de" for n in entity.labels):
        yield _at(entity.origin, f"'{entity.id}' has no German label", "add `label: {de: …}`")
    same = [entity.same_as] if entity.same_as else []
    for other in (*same, *entity.not_same_as):
        yield from _check_reference(other.entity, entity.origin, corpus)
        if other.on and (message := _full_date_problem(other.on)):
            yield _at(
                entity.origin,
                f"`on` of '{entity.id}': {message}",
                "write a day, such as 2026-03-01",
            )
    yield from _check_merge(entity, corpus)
    reasons = [text for other in (*same, *entity.not_same_as) for text in (other.by, other.why)]
    for text in (entity.note, *reasons, *(n.text for n in entity.labels + entity.aliases)):
        yield from _check_allowed(text, entity.origin)


def _check_merge(entity: Entity, corpus: Corpus) -> Iterator[Problem]:
    if entity.same_as is None:
        return
    kept = corpus.canonical[entity.id]
    if kept not in corpus.entities:
        return
    if corpus.entities[kept].same_as is not None:
        mend = "take `same_as` away from one of them"
        yield _at(entity.origin, f"'{entity.id}' is merged in a circle", mend)
    group = {e for e, k in corpus.canonical.items() if k == kept}
    for name in group:
        for other in corpus.entities[name].not_same_as:
            if other.entity in group and entity.id in (name, other.entity):
                apart = f"'{name}' is not_same_as '{other.entity}'"
                message = f"'{entity.id}' is merged into '{kept}', but {apart}"
                yield _at(entity.origin, message, "take away one of the two decisions")
    own, kept_type = entity.type, corpus.entities[kept].type
    if own != kept_type:
        message = f"'{entity.id}' ({own}) is merged into '{kept}' ({kept_type})"
        yield _at(entity.origin, message, "give both the same type, or do not merge them")


def _check_reference(name: str, origin: Origin, corpus: Corpus) -> Iterator[Problem]:
    if name and name not in corpus.entities:
        hint = did_you_mean(name, corpus.entities)
        joint = " Or" if hint.endswith("?") else "; or"
        yield _at(origin, f"unknown entity '{name}'", f"{hint}{joint} add it under entities/")


def check_source(source: Source, corpus: Corpus) -> Iterator[Problem]:
    """Check one source, but for its statements."""
    yield from _check_reference(source.publisher, source.origin, corpus)
    if source.published:
        yield from _check_date("published", source.published, source.origin)
    if source.url and not (is_iri(source.url) and source.url.startswith(("https://", "http://"))):
        yield _at(
            source.origin, f"'{source.url}' is no web address", "write the page's https:// address"
        )
    if source.text and not re.fullmatch("[0-9a-f]{64}", source.text.sha256):
        yield _at(source.origin, "`sha256` is no SHA-256 in hex digits", _FILL_IN)
    quoted = any(e.quote for s in source.statements for e in s.evidence)
    if quoted and source.text is None:
        yield _at(source.origin, "the source has quotes but no `text`", _FILL_IN)
    for text in (source.note, source.title):
        yield from _check_allowed(text, source.origin)


def check_statement(
    statement: Statement, corpus: Corpus, ontology: Ontology, *, placed: bool = True
) -> Iterator[Problem]:
    """Check one statement; of ``corpus`` only entities and sources count.

    Without ``placed`` quotes need no offsets.
    """
    yield from _check_reference(statement.subject, statement.origin, corpus)
    yield from _check_relation(statement, corpus, ontology)
    dates = {k: getattr(statement, k) for k in ("since", "until", "observed")}
    bad = [p for k, v in dates.items() if v for p in _check_date(k, v, statement.origin)]
    yield from bad
    if not bad:
        yield from _check_times(statement, corpus.sources[statement.source].published)
    if statement.amount and not re.fullmatch("[A-Z]{3}", statement.amount.currency):
        message = f"'{statement.amount.currency}' is no currency"
        yield _at(statement.origin, message, "write three capitals, such as EUR")
    for evidence in statement.evidence:
        yield from _check_evidence(evidence, statement, corpus, placed=placed)
    inferred = statement.inferred
    basis = (inferred.part, inferred.basis) if inferred else ()
    if statement.withdrawn:
        yield from check_decision(
            statement.withdrawn.by,
            statement.withdrawn.on,
            statement.withdrawn.why,
            statement.origin,
        )
    money = statement.amount
    hedges = (money.qualifier, money.covers) if money else ()
    for text in (statement.role, statement.note, statement.object, *basis, *hedges):
        yield from _check_allowed(text, statement.origin)


def _check_times(statement: Statement, published: str | None) -> Iterator[Problem]:
    if message := check_order(statement.since, statement.until):
        mend = "mend since or until"
    elif not is_consistent(own_validity(statement)):
        message = f"it is observed ({statement.observed}) outside of since and until"
        mend = "mend one of the dates"
    elif _is_before_its_time(statement, published):
        message = f"`until: ..` says it holds on {published}, but it begins later"
        mend = "leave out until, or write `modality: planned`"
    else:
        return
    yield _at(statement.origin, f"impossible interval: {message}", mend)


def _is_before_its_time(statement: Statement, published: str | None) -> bool:
    if not published or statement.modality != "asserted":
        return False
    try:
        parse_date(published)
    except ValueError:  # told where the source is checked
        return False
    return not is_consistent(own_validity(statement, published))


def _check_relation(statement: Statement, corpus: Corpus, ontology: Ontology) -> Iterator[Problem]:
    origin = statement.origin
    relation = ontology.relations.get(statement.relation)
    if relation is None:
        usable = [n for n, r in ontology.relations.items() if not r.derived]
        hint = did_you_mean(statement.relation, usable)
        if statement.relation:
            yield _at(origin, f"unknown relation '{statement.relation}'", hint)
        return
    if relation.derived:
        mend = f"write `{relation.inverse}` with subject and object changed"
        yield _at(origin, f"'{relation.name}' only ever follows from '{relation.inverse}'", mend)
        return
    if relation.has_date:
        yield from _check_date("object", statement.object, origin)
    elif relation.has_uri and not is_iri(statement.object):
        yield _at(origin, f"'{statement.object}' is no URI", "write one, such as geo:51.34,12.37")
    elif not relation.has_literal:
        yield from _check_reference(statement.object, origin, corpus)
    subject, object_ = (corpus.entities.get(x) for x in (statement.subject, statement.object))
    one, other = (corpus.canonical.get(x, x) for x in (statement.subject, statement.object))
    if one == other and not relation.has_literal:
        yield _at(origin, f"'{statement.subject}' stands to itself", "mend subject or object")
    wrong_subject = subject and not ontology.is_a(subject.type, relation.domain)
    wrong_object = (
        object_ and not relation.has_literal and not ontology.is_a(object_.type, relation.range)
    )
    if not wrong_subject and not wrong_object:
        return
    types = f"{subject.type if subject else '?'} {relation.name} {object_.type if object_ else '?'}"
    message = f"'{statement.subject}' cannot stand to '{statement.object}' so: {types}"
    yield _at(origin, message, _how_to_turn(subject, object_, statement.relation, ontology))


def _how_to_turn(
    subject: Entity | None, object_: Entity | None, name: str, ontology: Ontology
) -> str:
    relation = ontology.relations[name]
    fits = f"{name} goes from {relation.domain} to {relation.range}"
    if (
        subject
        and object_
        and ontology.is_a(object_.type, relation.domain)
        and ontology.is_a(subject.type, relation.range)
    ):
        return f"{fits}: change subject and object"
    return f"{fits}: choose another relation, or mend the type"


def _check_date(key: str, text: str, origin: Origin) -> Iterator[Problem]:
    if key == "until" and text == OPEN:
        return
    try:
        parse_date(text)
    except ValueError as error:
        message, _, mend = str(error).partition(": ")
        yield _at(origin, f"`{key}`: {message}", mend or "mend the date")


def _full_date_problem(text: str) -> str | None:
    try:
        is_day = (
            dt.date.fromisoformat(text).isoformat() == text
        )  # it also reads 20260301, 2026-W09-7
    except ValueError:
        is_day = False
    return None if is_day else f"'{text}' is no day"


def _check_evidence(
    evidence: Evidence, statement: Statement, corpus: Corpus, *, placed: bool
) -> Iterator[Problem]:
    yield from _check_allowed(evidence.note, statement.origin)
    if evidence.quote is None:
        if not evidence.note and not statement.note:
            mend = "add `note: …` with what you read"
            yield _at(statement.origin, "this statement is cited without a note", mend)
        return
    origin, length = statement.origin, len(evidence.quote)
    if length > QUOTE_LIMIT:
        message = f"the quote has {length} characters"
        yield _at(
            origin, message, f"keep the shortest passage that carries it, at most {QUOTE_LIMIT}"
        )
    if evidence.start is None or evidence.end is None:
        if placed:
            yield _at(origin, "the quote has no offsets", _FILL_IN)
    elif evidence.end - evidence.start != length:
        apart = evidence.end - evidence.start
        message = f"the quote has {length} characters, but start and end are {apart} apart"
        yield _at(origin, message, _FILL_IN)
    mark = corpus.sources[statement.source].text if statement.source in corpus.sources else None
    if mark and evidence.end and evidence.end > mark.length:
        yield _at(
            origin, f"the quote ends behind the text ({mark.length} characters)", "mend its offsets"
        )
    yield from _check_allowed(evidence.quote, origin)


def _check_allowed(text: str | None, origin: Origin) -> Iterator[Problem]:
    if not text:
        return
    if "@" in text and (match := _EMAIL.search(text)):
        mend = "leave it out: public functions only"
        yield _at(origin, f"'{match.group()}' is an e-mail address", mend)
    if not text.isprintable() and (match := _NOT_IN_XML.search(text)):
        message = f"a text has the control character U+{ord(match.group()):04X}"
        yield _at(origin, message, "take it out: no XML file can hold it")


def _check_verdict(verdict: Verdict, corpus: Corpus) -> Iterator[Problem]:
    known = [s.id for s in corpus.all_statements()]
    for statement in verdict.statements:
        if statement not in known:
            mend = "its dates or names may have changed: look it up by `kg conflicts`"
            yield _at(verdict.origin, f"unknown statement '{statement}'", mend)
    yield from check_decision(verdict.by, verdict.on, verdict.why, verdict.origin)


def _check_succession(corpus: Corpus) -> Iterator[Problem]:
    """Nothing can come after itself: every statement on a circle of ``successorOf``."""
    after: dict[str, set[str]] = {}
    links = [
        s for s in corpus.statements() if s.relation == "successorOf" and s.modality == "asserted"
    ]
    for link in links:
        one, other = (corpus.canonical.get(x, x) for x in (link.subject, link.object))
        after.setdefault(one, set()).add(other)
    for link in links:
        one, other = (corpus.canonical.get(x, x) for x in (link.subject, link.object))
        if one in reach(other, after):
            message = f"'{link.subject}' comes after itself by way of '{link.object}'"
            yield _at(link.origin, message, "mend one of the statements on this circle")


def check_decision(by: str, on: str, why: str, origin: Origin) -> Iterator[Problem]:
    """Check what a person decided: its day, and that no private data stand in it."""
    if on and (message := _full_date_problem(on)):
        yield _at(origin, f"`on`: {message}", "write a day, such as 2026-03-01")
    for text in (by, why):
        yield from _check_allowed(text, origin)


def _check_repeats(source: Source) -> Iterator[Problem]:
    seen: dict[str, Statement] = {}
    for statement in source.statements:
        if earlier := seen.get(statement.id):
            message = f"this statement already stands in line {earlier.origin.line}"
            yield _at(statement.origin, message, "make it one, with both passages under `evidence`")
        seen.setdefault(statement.id, statement)
