"""An agreement as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from kg.extraction.agreement import Score
from kg.extraction.comparing import Agreement, Coefficient, Difference
from kg.tables import text_table

_HEADS = ("precision", "recall", "F1", "in A", "in B", "only A", "only B")
_CSV = ("part", "name", "text", "subject", "relation", "object", "passage", "how", "precision",
        "recall", "f1", "in_a", "in_b", "only_a", "only_b", "units", "kappa", "alpha")  # fmt: skip


def as_text(found: Agreement, width: int = 0) -> str:
    """Tables for the terminal; ``width`` 0 leaves them as wide as they are."""
    parts = [_scores("relation", {**found.by_relation, "all": found.score})]
    if found.by_type:
        parts.append(_scores("class", found.by_type))
    coefficients = [
        (c.about, c.units, c.undefined or _figure(c.kappa), c.undefined or _figure(c.alpha))
        for c in found.coefficients
    ]
    heads = ("agreement on", "units", "Cohen's kappa", "Krippendorff's alpha")
    parts.append(text_table(heads, coefficients, width=0))
    if found.differences:
        rows = [
            (d.text, d.kind, d.subject, d.relation, d.object, _told(d)) for d in found.differences
        ]
        heads_of = ("text", "", "subject", "relation", "object", "passage")
        parts.append(text_table(heads_of, rows, width=width))
    return "\n\n".join([*parts, *found.notes])


def _scores(what: str, scores: Mapping[str, Score]) -> str:
    rows = [(name, *_cells(score)) for name, score in scores.items()]
    return text_table((what, *_HEADS), rows, width=0)


def _cells(score: Score) -> tuple[str | int, ...]:
    in_a, in_b = score.right + score.missed, score.hits + score.wrong
    return (
        _figure(score.precision if in_b else None),
        _figure(score.recall if in_a else None),
        _figure(score.f1 if in_a and in_b else None),
        in_a,
        in_b,
        score.missed,
        score.wrong,
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _told(difference: Difference) -> str:
    how = f"{difference.how}: " if difference.how else ""
    return how + (_short(difference.passage) or "-")


def _short(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= 90 else flat[:89] + "…"


def as_dict(found: Agreement) -> dict[str, object]:
    """What JSON shows; a figure that is not defined is null."""
    return {
        "texts": found.texts,
        "all": _score_dict(found.score),
        "relations": {n: _score_dict(s) for n, s in found.by_relation.items()},
        "classes": {n: _score_dict(s) for n, s in found.by_type.items()},
        "coefficients": [_coefficient_dict(c) for c in found.coefficients],
        "differences": [asdict(d) for d in found.differences],
        "notes": list(found.notes),
    }


def _score_dict(score: Score) -> dict[str, float | int | None]:
    in_a, in_b = score.right + score.missed, score.hits + score.wrong
    return {
        "precision": round(score.precision, 6) if in_b else None,
        "recall": round(score.recall, 6) if in_a else None,
        "f1": round(score.f1, 6) if in_a and in_b else None,
        "in_a": in_a,
        "in_b": in_b,
        "only_a": score.missed,
        "only_b": score.wrong,
    }


def _coefficient_dict(c: Coefficient) -> dict[str, object]:
    figures = {
        k: None if v is None else round(v, 6) for k, v in (("kappa", c.kappa), ("alpha", c.alpha))
    }
    return {"about": c.about, "units": c.units, **figures, "undefined": c.undefined or None}


def as_csv(found: Agreement) -> str:
    """One row for each figure and difference; ``part`` says which it is."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _CSV, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(found))
    return out.getvalue()


def _rows(found: Agreement) -> Iterator[dict[str, object]]:
    yield {"part": "all", **_score_dict(found.score)}
    for part, scores in (("relation", found.by_relation), ("class", found.by_type)):
        for name, score in scores.items():
            yield {"part": part, "name": name, **_score_dict(score)}
    for c in found.coefficients:
        values = _coefficient_dict(c)
        yield {"part": "agreement", "name": values["about"], "how": values["undefined"],
               **{k: values[k] for k in ("units", "kappa", "alpha")}}  # fmt: skip
    for d in found.differences:
        values = asdict(d)
        yield {"part": values.pop("kind"), **values}
