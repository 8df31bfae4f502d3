"""How a candidate looks in the terminal: its passage in the text, and what is proposed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.extraction.drafts import Draft
from kg.model import Entity
from kg.reading import label_of
from kg.tables import printable

AROUND = 320
"""Code points of text that are shown on each side of the passage."""
Style = Callable[[str], str]

HELP = """\
a             accept: it goes into the data
m FIELD VALUE mend: subject, relation, object, since, until, role, amount, modality, certainty or quote;
              without a value, since, until, role and amount are emptied
e SIDE NAME   the subject (or object) is an existing entity: its id, a name, or the number shown
n SIDE        the subject (or object) is a new entity
r WHY         refuse: it is not proposed again
l             later: go on to the next one
u             undo the last decision
q             stop; the same command goes on from here
"""


def shown(draft: Draft, number: int, count: int, mark: Style) -> str:
    """A candidate as it is put before a person; ``mark`` makes the passage stand out."""
    c = draft.now
    lines = [
        f"[{number}/{count}] {c.source}, confidence {c.confidence:.2f}: {printable(c.rule)}",
        "",
        *("  | " + line for line in _passage(draft, mark).split("\n")),
        "",
        *_sides(draft),
    ]
    said = {
        "since": c.since,
        "until": c.until,
        "role": c.role,
        "amount": str(c.amount) if c.amount else None,
        "modality": c.modality if c.modality != "asserted" else None,
        "certainty": c.certainty if c.certainty != "stated" else None,
    }
    lines += [f"  {key:<9} {printable(value)}" for key, value in said.items() if value]
    return "\n".join(lines)


def _passage(draft: Draft, mark: Style) -> str:
    text, evidence = draft.text, draft.now.evidence
    quote = _lines(evidence.quote or "")
    if text is None or evidence.start is None or evidence.end is None:
        return mark(quote)
    before = text[max(0, evidence.start - AROUND) : evidence.start]
    after = text[evidence.end : evidence.end + AROUND]
    begin = "…" if evidence.start > AROUND else ""
    end = "…" if evidence.end + AROUND < len(text) else ""
    return f"{begin}{_lines(before)}{mark(quote)}{_lines(after)}{end}"


def _lines(text: str) -> str:
    """A piece of a text without what a terminal would obey; its line ends stay."""
    return "\n".join(map(printable, text.replace("\r\n", "\n").replace("\t", " ").split("\n")))


def _sides(draft: Draft) -> Iterator[str]:
    yield _side(draft, "subject")
    relation = draft.desk.ontology.relations.get(draft.now.relation)
    label = f" ({relation.labels.get('de', '')})" if relation else ""
    yield f"  relation  {draft.now.relation}{label}"
    if draft.has_literal:
        yield f"  object    {printable(draft.now.object)}"
    else:
        yield _side(draft, "object")


def _side(draft: Draft, side: str) -> str:
    name, entity = printable(draft.name(side)), draft.meant.get(side)
    if entity is None:
        return f"  {side:<9} {name} ({draft.class_of(side) or '?'}), not known"
    new = "new: " if entity.id not in draft.desk.corpus.entities else ""
    return f"  {side:<9} {name} = {new}{named(entity)}"


def named(entity: Entity) -> str:
    """An entity by id, label and class."""
    return f"{entity.id} ({printable(label_of(entity))}, {entity.type})"
