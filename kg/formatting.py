"""The canonical form of a data file: order of keys, plain scalars, offsets filled in from texts.

Comments stay where they are: a mapping with comments in it keeps its order and layout, since a
comment belongs to the lines around it. Nothing that the file says is dropped. Only the form is
decided here: what is wrong in a file is said by ``kg check``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml as pyyaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import BaseResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from yaml.nodes import MappingNode, Node, SequenceNode

from kg.curated import data_files
from kg.errors import KgError, Problem
from kg.files import is_file, read_text, write
from kg.model import TextMark
from kg.yamlnodes import LOADER, read_document

_ENTITY_KEYS = ("id", "type", "label", "alias", "same_as", "not_same_as", "note")
_SOURCE_KEYS = (
    "id",
    "title",
    "publisher",
    "published",
    "url",
    "language",
    "text",
    "note",
    "statements",
)
_STATEMENT_KEYS = ("subject", "relation", "object", "since", "until", "observed", "role", "amount",
                   "modality", "certainty", "inferred", "note", "withdrawn",
                   "evidence")  # fmt: skip
_EVIDENCE_KEYS = ("quote", "cited", "start", "end", "note")
_DEFAULTS = {"modality": "asserted"}
_ODD = re.compile(r"^[?:]|[\x7f-\x9f\u2028\u2029\ufeff]")
_INLINE = ("evidence", "text", "inferred", "amount", "label", "alias")


class _AsText(BaseResolver):
    """Leaves every plain scalar the text it is: what it means is decided by the key."""

    processing_version = (1, 2)

    def __init__(
        self,
        version: object = None,  # noqa: ARG002  # ruamel passes it by name
        loader: object = None,
        loadumper: object = None,
    ) -> None:
        super().__init__(loader or loadumper)


def format_data(data: Path, texts: Path | None = None, *, write_back: bool = True
                ) -> tuple[list[Path], list[Problem]]:  # fmt: skip
    """Bring every file of a data folder into canonical form.

    Args:
        data: the data folder.
        texts: a folder of ``<source-id>.txt``, from which offsets, length and hash are filled in.
        write_back: False only tells which files would change.

    Returns:
        The files that change, and what could not be done (unreadable files, quotes not found).
        A file with a problem is left as it is.
    """
    changed, problems = [], list[Problem]()
    entity_files, source_files = data_files(data)
    for path in entity_files + source_files:
        mine: list[Problem] = []
        old = _readable(path, mine)
        if old is not None:
            new = format_text(old, path, texts if path in source_files else None, mine)
            if not mine and new != old:
                changed.append(path)
                if write_back:
                    write(path, new)
        problems += mine
    return changed, sorted(problems)


def _readable(path: Path, problems: list[Problem]) -> str | None:
    node = read_document(path, str(path), problems)
    return read_text(path) if node is not None else None


def format_text(old: str, path: Path, texts: Path | None, problems: list[Problem]) -> str:
    """The canonical form of one file's text; problems are noted with the line they stand in."""
    yaml = _yaml()
    try:
        document = yaml.load(old)
    except (
        Exception
    ) as error:  # ruamel is stricter than PyYAML in a few places and raises many kinds
        reason = " ".join(str(getattr(error, "problem", None) or error).split())[:160]
        problems.append(
            Problem(str(path), 1, f"this cannot be formatted ({reason})", "mend the YAML")
        )
        return old
    return _written(document, old, path, texts, problems)


def _written(
    document: object, old: str, path: Path, texts: Path | None, problems: list[Problem]
) -> str:
    """A document in canonical form; ``old``, whose comments it must have, where that fails."""
    if isinstance(document, CommentedSeq):
        entities = [e for e in document if isinstance(e, CommentedMap)]
        for entity in entities:
            _order(entity, _ENTITY_KEYS)
            _inline(entity)
    elif isinstance(document, CommentedMap):
        if texts is not None:
            _fill_in(document, path, texts, problems)
        _order(document, _SOURCE_KEYS)
        _inline(document)
        for statement in _maps(document.get("statements")):
            _format_statement(statement)
    else:
        return old
    out = io.StringIO()
    _quote_odd(document)
    _yaml().dump(document, out)
    new = out.getvalue()
    if _meaning(new) != _as_read(document) or _comments(new) != _comments(old):
        message = "this cannot be formatted without losing a comment or a text"
        mend = "put comments on lines of their own, outside of { } and [ ]"
        problems.append(Problem(str(path), 1, message, mend))
        return old
    return new


def changed_text(
    old: str | None,
    path: Path,
    change: Callable[[Any], Any],
    texts: Path | None,
    problems: list[Problem],
) -> str:
    """The canonical form of a file after ``change``, with every comment that it had.

    ``change`` is given the file's list or mapping (None for a new file), puts plain mappings, lists
    and texts into it, and gives it back.
    """
    try:
        document = change(_yaml().load(old) if old else None)
    except YAMLError as error:
        reason = " ".join(str(getattr(error, "problem", None) or error).split())[:160]
        problems.append(
            Problem(str(path), 1, f"this cannot be changed ({reason})", "mend the YAML")
        )
        return old or ""
    new = _written(_commented_form(document), old or "", path, None, problems)
    return format_text(new, path, texts, problems) if texts and new else new


def _commented_form(node: Any) -> Any:
    """The same with plain mappings and lists as ruamel has them, so that it can write them."""
    if isinstance(node, dict):
        for key, value in node.items():
            node[key] = _commented_form(value)
        return node if isinstance(node, CommentedMap) else CommentedMap(node)
    if isinstance(node, list):
        for place, value in enumerate(node):
            node[place] = _commented_form(value)
        return node if isinstance(node, CommentedSeq) else CommentedSeq(node)
    return node


def _quote_odd(node: object) -> None:
    """Quote what other readers of YAML would not read back from ruamel's plain form."""
    if isinstance(node, CommentedMap | CommentedSeq):
        for key, value in list(node.items() if isinstance(node, CommentedMap) else enumerate(node)):
            if isinstance(value, str) and _ODD.search(value):
                node[key] = DoubleQuotedScalarString(value)
            _quote_odd(value)


def _as_read(node: object) -> object:
    """What ruamel read or was told, as lists of plain texts."""
    if isinstance(node, CommentedMap):
        return [(_as_read(k), _as_read(v)) for k, v in node.items()]
    if isinstance(node, list | tuple):
        return [_as_read(n) for n in node]
    return "" if node is None else str(node)


def _meaning(text: str) -> object:
    """The same of a text, as the reader of the data sees it; None where it cannot be read."""
    try:
        return _as_composed(pyyaml.compose(text, Loader=LOADER))
    except pyyaml.YAMLError:
        return None


def _as_composed(node: Node | None) -> object:
    if isinstance(node, MappingNode):
        return [(_as_composed(k), _as_composed(v)) for k, v in node.value]
    if isinstance(node, SequenceNode):
        return [_as_composed(n) for n in node.value]
    return node.value if node else None


def _comments(text: str) -> list[str]:
    """Every comment of a text, sorted: what stands between the tokens."""
    end, gaps = 0, []
    text = text.removeprefix("\ufeff")
    for token in pyyaml.scan(text, Loader=LOADER):
        gaps.append(text[end : token.start_mark.index])
        end = max(end, token.end_mark.index)
    return sorted(c.rstrip() for gap in (*gaps, text[end:]) for c in re.findall("#.*", gap))


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.Resolver = _AsText
    yaml.width = 10_000
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=2, offset=0)
    return yaml


def _maps(value: object) -> Iterator[CommentedMap]:
    items = value if isinstance(value, list) else [value]
    yield from (i for i in items if isinstance(i, CommentedMap))


def _format_statement(statement: CommentedMap) -> None:
    for key, default in _DEFAULTS.items():
        if statement.get(key) == default and key not in statement.ca.items:
            del statement[key]
    if "certainty" not in statement:
        _insert(statement, "evidence", certainty="stated")
    _order(statement, _STATEMENT_KEYS)
    for evidence in _maps(statement.get("evidence")):
        _order(evidence, _EVIDENCE_KEYS)
        if not _commented(evidence):
            evidence.fa.set_flow_style()
        if isinstance(evidence.get("quote"), str):
            evidence["quote"] = DoubleQuotedScalarString(evidence["quote"])
    _inline(statement)


def _order(mapping: CommentedMap, keys: tuple[str, ...]) -> None:
    """Move known keys into order, in place; unknown ones stay behind them as they stand."""
    if _commented(mapping):
        return
    wanted = [k for k in keys if k in mapping] + [k for k in mapping if k not in keys]
    for key in wanted:
        mapping.move_to_end(key)


def _insert(mapping: CommentedMap, before: str, **values: object) -> None:
    """Add or change keys; new ones before the key ``before``, behind which a comment may stand."""
    for key, value in values.items():
        if key in mapping:
            mapping[key] = value
        else:
            place = list(mapping).index(before) if before in mapping else len(mapping)
            mapping.insert(place, key, value)


def _commented(node: object) -> bool:
    """Whether a comment stands anywhere in a mapping or list, or behind its last line."""
    if not isinstance(node, CommentedMap | CommentedSeq):
        return False
    inside = node.values() if isinstance(node, CommentedMap) else node
    return bool(node.ca.comment or node.ca.items or node.ca.end) or any(map(_commented, inside))


def _inline(mapping: CommentedMap) -> None:
    for key in _INLINE:
        value = mapping.get(key)
        if _commented(value):
            continue
        if isinstance(value, CommentedMap) or (
            isinstance(value, CommentedSeq) and key != "evidence"
        ):
            value.fa.set_flow_style()


def _fill_in(source: CommentedMap, path: Path, texts: Path, problems: list[Problem]) -> None:
    text_file = texts / f"{source.get('id')}.txt"
    if not is_file(text_file):
        return
    try:
        text = read_text(text_file)
    except KgError as error:
        message, _, mend = str(error).rpartition(", ")
        problems.append(Problem(str(path), 1, message, mend))
        return
    mark = TextMark.of(text)
    known = source.get("text")
    if not isinstance(known, CommentedMap):
        known = CommentedMap()
        _insert(source, "statements", text=known)
    known.update(sha256=mark.sha256, length=str(mark.length))
    for statement in _maps(source.get("statements")):
        for evidence in _maps(statement.get("evidence")):
            if isinstance(evidence.get("quote"), str):
                _locate(evidence, text, str(path), problems)


def _locate(evidence: CommentedMap, text: str, path: str, problems: list[Problem]) -> None:
    quote, said = str(evidence["quote"]), str(evidence.get("start", ""))
    places = [i for i in range(len(text)) if text.startswith(quote, i)] if quote else []
    line = evidence.lc.line + 1
    if said.isdigit() and int(said) in places:
        start = int(said)
    elif len(places) == 1:
        start = places[0]
    elif places:
        where = ", ".join(map(str, places[:5]))
        mend = f"write `start:` with one of {where}, or quote more words"
        problems.append(
            Problem(path, line, f"the quote „{quote[:60]}“ stands in {len(places)} places", mend)
        )
        return
    else:
        problems.append(
            Problem(
                path,
                line,
                f"the quote „{quote[:60]}“ is not in the text",
                "copy it letter by letter",
            )
        )
        return
    _insert(evidence, "quote", start=str(start), end=str(start + len(quote)))
