"""A plan of an import as text for the terminal, and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg import diff_text
from kg.diff import AnyChange
from kg.importing import Plan
from kg.matching import Unknown
from kg.tables import printable


def as_text(plan: Plan) -> str:
    """The plan as the terminal shows it: what changes, what is unknown, what is wrong, counts."""
    lines = diff_text.as_text(plan.changes).split("\n") if plan.changes else []
    lines += [""] if lines else []
    lines += [line for unknown in plan.unknown for line in _unknown(unknown)]
    lines += [""] if plan.unknown else []
    lines += [*map(str, plan.problems), *([""] if plan.problems else [])]
    lines += [f"note: {note}" for note in plan.notes]
    return "\n".join(map(printable, [*lines, summary(plan)]))


def _unknown(unknown: Unknown) -> Iterator[str]:
    first = unknown.mentions[0]
    kind = f"{unknown.type}, " if unknown.type else ""
    rows = "1 row" if unknown.rows == 1 else f"{unknown.rows} rows"
    how = "is the name of several" if unknown.several else "is unknown"
    yield f"? „{unknown.name}“ {how}  ({kind}{rows}, {first.path}:{first.line})"
    for hit in unknown.candidates:
        called = f", as “{hit.name}”" if hit.name != hit.label else ""
        yield f"    {hit.score:3} {hit.id}  ({hit.label}, {hit.type}{called})"


def summary(plan: Plan) -> str:
    """The counts of a plan on one line."""
    new = _added(plan.changes.statements)
    counts = [
        (_added(plan.changes.sources), "new source", "new sources"),
        (_added(plan.changes.entities), "new entity", "new entities"),
        (new, "new statement", "new statements"),
        (len(plan.changes.statements) - new, "changed statement", "changed statements"),
        (plan.there, "statement already there", "statements already there"),
        (len(plan.unknown), "unknown name", "unknown names"),
        (plan.waiting, "row that waits for names", "rows that wait for names"),
        (len(plan.problems), "problem", "problems"),
    ]
    shown = (f"{count} {one if count == 1 else many}" for count, one, many in counts if count)
    return ", ".join(shown) or "nothing to do"


def _added(changes: Iterable[AnyChange]) -> int:
    return sum(change.kind == "added" for change in changes)


def as_dict(plan: Plan) -> dict[str, object]:
    """The plan as JSON has it."""
    return {
        "changes": diff_text.as_dict(plan.changes),
        "there": plan.there,
        "waiting": plan.waiting,
        "unknown": [
            {
                "name": u.name,
                "rows": u.rows,
                "type": u.type,
                "used_as": list(u.roles),
                "several": u.several,
                "candidates": list(u.candidates),
                "places": [f"{m.path}:{m.line}" for m in u.mentions],
            }
            for u in plan.unknown
        ],
        "problems": list(plan.problems),
        "notes": list(plan.notes),
        "files": sorted(str(path) for path in plan.files),
    }
