"""A plan of an import as text for the terminal, and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator

from kg import diff_text
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
    new = sum(c.kind == "added" for c in plan.changes.statements)
    counts = {
        "new sources": sum(c.kind == "added" for c in plan.changes.sources),
        "new entities": sum(c.kind == "added" for c in plan.changes.entities),
        "new statements": new,
        "changed statements": len(plan.changes.statements) - new,
        "statements already there": plan.there,
        "unknown names": len(plan.unknown),
        "rows that wait for them": plan.waiting,
        "problems": len(plan.problems),
    }
    shown = (f"{count} {what}" for what, count in counts.items() if count)
    return ", ".join(shown) or "nothing to do"


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
