"""A diff as text for the terminal, as Markdown for a page, as plain values for JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from decimal import Decimal

from kg.diff import AnyChange, Diff, key_of, values_of
from kg.model import (
    Amount,
    Entity,
    Evidence,
    Identity,
    Inferred,
    Name,
    Source,
    Statement,
    TextMark,
    Verdict,
    Withdrawal,
)
from kg.tables import printable

_MARKS = {"added": "+", "withdrawn": "-", "removed": "-"}


def as_text(changes: Diff) -> str:
    """The diff as the terminal shows it: a line for each change, what it rests on, counts."""
    lines: list[str] = []
    for name, section in changes.sections.items():
        prefix = "" if name == "statements" else _singular(name) + " "
        for change in section:
            lines.append(f"{_MARKS.get(change.kind, '~')} {prefix}{_headline(change, changes)}")
            lines += [f"    {detail}" for detail in _details(change)]
    return "\n".join(map(printable, [*lines, _summary(changes)]))


def as_markdown(changes: Diff) -> str:
    """The diff as Markdown, in which no text from the data is anything but text."""
    lines: list[str] = []
    for name, section in changes.sections.items():
        lines += [f"## {name.capitalize()}", ""] if section else []
        for change in section:
            kind = change.kind.replace("_", " ")
            lines.append(f"- **{kind}:** {_escaped(_headline(change, changes))}")
            lines += [f"  - {_escaped(detail)}" for detail in _details(change)]
        lines += [""] if section else []
    return "\n".join([*lines, _summary(changes)])


def as_dict(changes: Diff) -> dict[str, object]:
    """The diff as JSON has it: by section, each change with the fields that differ."""
    found: dict[str, object] = {"counts": changes.counts}
    for name, section in changes.sections.items():
        found[name] = [_change_as_dict(change, changes) for change in section]
    return found


def _change_as_dict(change: AnyChange, changes: Diff) -> dict[str, object]:
    thing = change.latest
    labels: dict[str, object] = {}
    if isinstance(thing, Statement):
        labels = {f"{n}_label": _label(getattr(thing, n), changes) for n in ("subject", "object")}
        labels["published"] = changes.published.get(thing.source)
    return {
        "kind": change.kind,
        "id": key_of(thing),
        **labels,
        "old": _plain(change.old),
        "new": _plain(change.new),
        "fields": [
            {"name": f.name, "old": _plain(f.old), "new": _plain(f.new)} for f in change.fields
        ],
    }


def _plain(value: object) -> object:
    if is_dataclass(value):
        known = {n: v for n, v in values_of(value).items() if v is not None and v != ()}
        return {name: _plain(v) for name, v in known.items()}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return str(value) if isinstance(value, Decimal) else value


def _label(name: str, changes: Diff) -> str:
    """The label of an entity; a literal is its own."""
    return changes.labels.get(name, name)


def _headline(change: AnyChange, changes: Diff) -> str:
    match change.latest:
        case Statement() as s:
            subject, object_ = _label(s.subject, changes), _label(s.object, changes)
            words = [f"{subject} – {s.relation} – {object_}", *_qualifiers(s)]
            published = changes.published.get(s.source)
            where = ", ".join(filter(None, (s.source, published)))
            return f"{' · '.join(words)}  ({where})"
        case Entity() as entity:
            return f"{_label(entity.id, changes)}  ({entity.id}, {entity.type})"
        case Source() as source:
            return f"{source.title}  ({', '.join(filter(None, (source.id, source.published)))})"
        case Verdict() as verdict:
            return f"{verdict.kind}  ({', '.join(verdict.statements)})"


def _qualifiers(s: Statement) -> Iterator[str]:
    for name in ("since", "until", "observed", "amount"):
        if (value := getattr(s, name)) is not None:
            yield f"{name} {_shown(value)}"
    if s.role:
        yield f"as “{s.role}”"
    yield from (v for v in (s.certainty, s.modality) if v not in ("stated", "asserted"))


def _details(change: AnyChange) -> Iterator[str]:
    thing, differing = change.latest, change.fields
    for f in differing:
        if f.name != "withdrawn" or change.kind != "withdrawn":
            yield f"{f.name}: {_shown(f.old)} → {_shown(f.new)}"
    if isinstance(thing, Statement):
        if all(f.name != "evidence" for f in differing):
            yield from map(_shown, thing.evidence)
        if change.kind == "withdrawn":
            yield f"withdrawn: {_shown(thing.withdrawn or 'no reason given, gone from the data')}"
    elif not differing and isinstance(thing, Entity) and thing.same_as:
        yield f"merged into {_shown(thing.same_as)}"
    elif not differing and isinstance(thing, Verdict):
        yield _shown(f"{thing.why} ({thing.by}, {thing.on})")


def _shown(value: object) -> str:
    """A value of the model on one line."""
    match value:
        case None | ():
            return "nothing"
        case tuple():
            return "; ".join(map(_shown, value))
        case Evidence(quote=None, note=note):
            text = f"cited only: {note}" if note else "cited only"
        case Evidence(quote, start, end, note):
            text = f"„{quote}“ [{start}–{end}]" + (f" {note}" if note else "")
        case Name(name, language):
            text = f"{name} ({language})"
        case Amount():
            text = str(value)
        case Inferred(part, basis):
            text = f"{part}: {basis}"
        case TextMark(sha256, length):
            text = f"{length} characters, SHA-256 {sha256[:16]}…"
        case Identity(entity, by, on, why):
            text = f"{entity}, {why} ({by}, {on})"
        case Withdrawal(by, on, why):
            text = f"{why} ({by}, {on})"
        case _:
            text = str(value)
    return " ".join(text.split())


def _summary(changes: Diff) -> str:
    parts = []
    for name, counts in changes.counts.items():
        kinds = (f"{count} {kind.replace('_', ' ')}" for kind, count in counts.items())
        parts.append(f"{name}: {', '.join(kinds)}")
    return "; ".join(parts) or "no differences"


def _singular(section: str) -> str:
    return {"entities": "entity"}.get(section, section.removesuffix("s"))


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~!&])", r"\\\1", printable(text))
