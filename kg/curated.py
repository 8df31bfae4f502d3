"""The data folder as researchers edit it (``entities/*.yaml``, ``sources/*.yaml``) → the model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from kg.errors import KgError, Problem
from kg.files import YAML_SUFFIXES, found
from kg.model import (
    CERTAINTIES,
    MODALITIES,
    VERDICTS,
    Amount,
    Corpus,
    Entity,
    Evidence,
    Identity,
    Inferred,
    Name,
    Origin,
    Source,
    Statement,
    TextMark,
    Verdict,
    Withdrawal,
)
from kg.yamlnodes import Fields, list_items, read_document

VERDICTS_FILE = "conflicts.yaml"
REVIEWED_FILE = "reviewed.yaml"
"""What was decided on candidates, see ``kg.reviewed``."""
_T = TypeVar("_T", Entity, Source)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")


def is_id(text: str) -> bool:
    """Whether a text can be the id of an entity or a source.

    >>> is_id("acod-2018-12-05"), is_id("../acod")
    (True, False)
    """
    return bool(_ID.match(text))


def data_files(data: Path) -> tuple[list[Path], list[Path]]:
    """The files of entities and of sources in a data folder, sorted.

    Raises:
        KgError: it is no data folder.
    """
    if not (data / "entities").is_dir() or not (data / "sources").is_dir():
        raise KgError(
            f"{data}: this is no data folder, it should have the folders entities/ and sources/"
        )
    return _files(data / "entities"), _files(data / "sources")


def _files(folder: Path) -> list[Path]:
    return sorted(
        p
        for p in folder.iterdir()
        if p.suffix.lower() in YAML_SUFFIXES and p.name[0] != "." and p.is_file()
    )


def _unread(data: Path) -> Iterable[Problem]:
    """Files that look like data but are not where data are read."""
    read = {p for files in data_files(data) for p in files}
    read |= {data / VERDICTS_FILE, data / REVIEWED_FILE}
    folders = {p for f in ("entities", "sources") for p in (data / f).iterdir() if p.is_dir()}
    strange = {p for p in folders if p.suffix.lower() in YAML_SUFFIXES}
    for path in sorted((set(found(data, YAML_SUFFIXES)) | strange) - read):
        mend = "put it directly into entities/ or sources/, as a regular file"
        yield Problem(str(path), 0, "this file is not read", mend)


def read_corpus(data: Path) -> tuple[Corpus, list[Problem]]:
    """Read a data folder, whatever is wrong in it: what could be read, and every problem of form.

    Raises:
        KgError: it is no data folder.
    """
    problems: list[Problem] = list(_unread(data))
    entity_files, source_files = data_files(data)
    entities = [
        _read_entity(fields)
        for path in entity_files
        for fields in read_list(path, "entities", "id", problems)
    ]
    sources = [s for path in source_files for s in _read_source(path, problems)]
    verdicts = tuple(_read_verdicts(data / VERDICTS_FILE, problems))
    corpus = Corpus(_by_id(entities, problems), _by_id(sources, problems), verdicts)
    return corpus, problems


def _read_verdicts(path: Path, problems: list[Problem]) -> Iterable[Verdict]:
    if not path.is_file():
        return
    for item in read_list(path, "conflicts", "statements", problems):
        statements = tuple(item.texts("statements"))
        if len(set(statements)) < 2:
            item.problem("a verdict is about two statements or more", "write `statements: [a, b]`")
        kind = item.choice("verdict", VERDICTS, VERDICTS[-1])
        by, on, why = (item.required(k) for k in ("by", "on", "why"))
        yield Verdict(statements, kind, by, on, why, Origin(str(path), item.line))
        item.done()


def read_list(path: Path, what: str, first_key: str, problems: list[Problem]) -> list[Fields]:
    """The mappings of a file that is a list of ``what``; what is none is a problem."""
    node = read_document(path, str(path), problems)
    if node is None:
        return []
    items = list_items(node)
    if items is None:
        message, mend = f"this should be a list of {what}", f"write `- {first_key}: …` for each"
        problems.append(Problem(str(path), node.start_mark.line + 1, message, mend))
        return []
    return [Fields(item, str(path), problems) for item in items]


def _by_id(items: Iterable[_T], problems: list[Problem]) -> dict[str, _T]:
    by_id: dict[str, _T] = {}
    for item in items:
        if not item.id:  # told already
            continue
        if other := by_id.get(item.id):
            where = f"{other.origin.path}:{other.origin.line}"
            message = f"id '{item.id}' is already used in {where}"
            mend = "merge the two, or give one another id"
            problems.append(Problem(item.origin.path, item.origin.line, message, mend))
        else:
            by_id[item.id] = item
    return by_id


def _read_entity(fields: Fields) -> Entity:
    entity = Entity(
        id=_read_id(fields),
        type=fields.required("type"),
        labels=_read_labels(fields),
        aliases=_read_aliases(fields),
        same_as=_read_same_as(fields),
        not_same_as=tuple(_read_identities(fields, "not_same_as")),
        note=fields.text("note"),
        origin=Origin(fields.path, fields.line),
    )
    fields.done()
    return entity


def _read_id(fields: Fields) -> str:
    value = fields.required("id")
    if value and not _ID.match(value):
        mend = "use small letters a-z, digits and single hyphens, such as 'universitaet-leipzig'"
        fields.problem(f"'{value}' cannot be an id", mend, line=fields.line_of("id"))
    return value


def _read_labels(fields: Fields) -> tuple[Name, ...]:
    if fields.is_mapping("label") and (labels := fields.mapping("label")):
        names = [Name(labels.text(key) or "", _language(labels, key)) for key in labels.keys]
        return tuple(n for n in names if n.text)
    return (Name(fields.required("label")),)


def _read_aliases(fields: Fields) -> tuple[Name, ...]:
    if fields.is_mapping("alias") and (aliases := fields.mapping("alias")):
        return tuple(
            Name(text, _language(aliases, key))
            for key in aliases.keys
            for text in aliases.texts(key)
        )
    return tuple(Name(text) for text in fields.texts("alias"))


def _language(fields: Fields, key: str) -> str:
    return _checked_language(key, fields, fields.line_of(key))


def _read_language(fields: Fields) -> str:
    return _checked_language(fields.text("language") or "de", fields, fields.line_of("language"))


def _checked_language(text: str, fields: Fields, line: int) -> str:
    if not _LANGUAGE.match(text):
        fields.problem(f"'{text}' is no language", "write de or en", line=line)
    return text.lower()


def _read_same_as(fields: Fields) -> Identity | None:
    decisions = _read_identities(fields, "same_as")
    if len(decisions) > 1:
        mend = "keep one, and merge the others into that one"
        fields.problem("'same_as' names several entities", mend, line=fields.line_of("same_as"))
    return decisions[0] if decisions else None


def _read_identities(fields: Fields, key: str) -> list[Identity]:
    identities = []
    for item in fields.mappings(key):
        identities.append(Identity(*(item.required(k) for k in ("entity", "by", "on", "why"))))
        item.done()
    return identities


def _read_source(path: Path, problems: list[Problem]) -> Iterable[Source]:
    node = read_document(path, str(path), problems)
    if node is None:
        return
    fields = Fields(node, str(path), problems)
    source_id = _read_id(fields)
    if source_id and source_id != path.stem:
        mend = f"name the file {source_id}{path.suffix}, or the source {path.stem}"
        fields.problem(
            f"source '{source_id}' stands in {path.name}", mend, line=fields.line_of("id")
        )
    source = Source(
        id=source_id,
        title=fields.required("title"),
        publisher=fields.required("publisher"),
        published=fields.text("published"),
        url=fields.required("url"),
        language=_read_language(fields),
        text=_read_text_mark(fields.mapping("text")),
        note=fields.text("note"),
        statements=tuple(_read_statement(f, source_id) for f in fields.mappings("statements")),
        origin=Origin(str(path), fields.line),
    )
    fields.done()
    yield source


def _read_text_mark(fields: Fields | None) -> TextMark | None:
    if fields is None:
        return None
    mark = TextMark(fields.required("sha256"), fields.number("length") or 0)
    fields.done()
    return mark


def _read_statement(fields: Fields, source_id: str) -> Statement:
    statement = Statement(
        source=source_id,
        subject=fields.required("subject"),
        relation=fields.required("relation"),
        object=fields.required("object"),
        certainty=fields.choice("certainty", CERTAINTIES, "stated"),
        modality=fields.choice("modality", MODALITIES, "asserted"),
        since=fields.text("since"),
        until=fields.text("until"),
        observed=fields.text("observed"),
        role=fields.text("role"),
        amount=_read_amount(fields.mapping("amount")),
        inferred=_read_inferred(fields.mapping("inferred")),
        note=fields.text("note"),
        withdrawn=_read_withdrawal(fields.mapping("withdrawn")),
        evidence=tuple(_read_evidence(f) for f in fields.mappings("evidence")),
        origin=Origin(fields.path, fields.line),
    )
    if not statement.evidence and fields.keys:
        mend = "add `evidence: {quote: …}`, or `{cited: true, note: …}` where no text is at hand"
        fields.problem("this statement has no evidence", mend)
    fields.done()
    return statement


def _read_withdrawal(fields: Fields | None) -> Withdrawal | None:
    if fields is None:
        return None
    withdrawal = Withdrawal(*(fields.required(k) for k in ("by", "on", "why")))
    fields.done()
    return withdrawal


def _read_amount(fields: Fields | None) -> Amount | None:
    if fields is None:
        return None
    text = fields.required("value")
    is_amount = re.fullmatch(r"\d{1,15}(\.\d{1,2})?", text, re.ASCII)
    if text and not is_amount:
        fields.problem(
            f"'{text}' is no amount", "write digits and a point, such as 3800000 or 12.50"
        )
    amount = Amount(
        Decimal(text if is_amount else 0),
        fields.text("currency") or "EUR",
        fields.text("qualifier"),
        fields.text("covers"),
    )
    fields.done()
    return amount


def _read_inferred(fields: Fields | None) -> Inferred | None:
    if fields is None:
        return None
    inferred = Inferred(fields.required("part"), fields.required("from"))
    fields.done()
    return inferred


def _read_evidence(fields: Fields) -> Evidence:
    cited = fields.flag("cited")
    quote = fields.text("quote")
    evidence = Evidence(quote, fields.number("start"), fields.number("end"), fields.text("note"))
    if cited and quote:
        fields.problem("evidence is cited and has a quote", "keep one of `cited` and `quote`")
    elif not cited and not quote:
        fields.problem("evidence has no quote", "add `quote: …`, or `cited: true` without a text")
    fields.done()
    return evidence
