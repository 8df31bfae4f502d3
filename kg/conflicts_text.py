"""Conflicts side by side, for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.conflicts import Conflict, label
from kg.model import Corpus
from kg.ontology import Ontology
from kg.profile import Record, record, record_lines
from kg.tables import printable


def as_record(conflict: Conflict, corpus: Corpus, ontology: Ontology) -> Record:
    """A conflict as JSON has it, each side with its statements and their sources."""
    verdict = conflict.verdict
    return {
        "id": conflict.id,
        "kind": conflict.kind,
        "about": conflict.about[0],
        "about_label": label(corpus, conflict.about[0]),
        "relation": conflict.about[1],
        "sides": [
            {
                "says": side.says,
                "says_label": label(corpus, side.says),
                "statements": [record(s, corpus, ontology) for s in side.statements],
            }
            for side in conflict.sides
        ],
        "newer": None if conflict.newer is None else conflict.sides[conflict.newer].says,
        "verdict": None
        if verdict is None
        else {"kind": verdict.kind, "by": verdict.by, "on": verdict.on, "why": verdict.why},
    }


def as_text(conflicts: Iterable[Conflict], corpus: Corpus, ontology: Ontology) -> str:
    """Conflicts as the terminal shows them, with what to write into the data to classify one."""
    return "\n\n".join(
        "\n".join(map(printable, _conflict_lines(conflict, corpus, ontology)))
        for conflict in conflicts
    )


def _conflict_lines(conflict: Conflict, corpus: Corpus, ontology: Ontology) -> Iterator[str]:
    relation, _, object_ = conflict.about[1].partition(" ")
    ends = [
        label(corpus, conflict.about[0]),
        relation,
        *([label(corpus, object_)] if object_ else []),
    ]
    yield f"{' – '.join(ends)}  ({conflict.kind})"
    for number, side in enumerate(conflict.sides):
        later = "  published later, may simply be newer" if conflict.newer == number else ""
        yield f"  {'ab'[number]}) {label(corpus, side.says)}{later}"
        for statement in side.statements:
            yield from (
                f"  {line}"
                for line in record_lines(record(statement, corpus, ontology), "object_label")
            )
    if conflict.verdict:
        v = conflict.verdict
        yield f"  verdict: {v.kind} ({v.by}, {v.on}): {v.why}"
    else:
        ids = ", ".join(side.statements[0].id for side in conflict.sides)
        yield f"  not classified; in data/conflicts.yaml: statements: [{ids}]"
