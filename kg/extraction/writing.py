"""Candidates as people and files take them: a table, a source file in YAML, a page with marks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from html import escape
from pathlib import Path

from kg import encoding
from kg.extraction.record import Candidate
from kg.extraction.streaming import Result
from kg.formatting import changed_text
from kg.html import policy
from kg.matching import new_id
from kg.model import Source, TextMark
from kg.ontology import Ontology
from kg.tables import text_table

MARK = "Kandidat, noch nicht geprüft"
"""How the note of a statement begins that nobody has reviewed yet."""
_COLUMNS = ("source", "subject", "relation", "object", "said", "conf.", "passage")


def as_table(candidates: Iterable[Candidate], width: int = 0) -> str:
    """A table for the terminal; ``width`` 0 leaves it as it is."""
    rows = [
        (c.source, c.subject, c.relation, c.object, _said(c), f"{c.confidence:.2f}", _short(c.evidence.quote or ""))
        for c in candidates
    ]  # fmt: skip
    return text_table(_COLUMNS, rows, width=width)


def _said(candidate: Candidate) -> str:
    parts = [
        p for p in (candidate.modality, candidate.certainty) if p not in ("asserted", "stated")
    ]
    return ", ".join([*parts, *([candidate.role] if candidate.role else [])]) or "stated"


def _short(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= 90 else flat[:89] + "…"


def as_source_file(result: Result, ontology: Ontology, taken: Collection[str]) -> str:
    """A source file as it goes into ``data/sources/``: its statements are marked as candidates.

    Names that no entity of the graph has get new ids, which stand as entities in the comment at the
    head of the file. Title, publisher and address are the reader's to fill in.
    """
    document = result.document
    ids: dict[tuple[str, str], str] = {}
    comments: list[str] = []

    def id_of(name: str, kind: str | None, known: str | None) -> str:
        if known or kind is None:
            return known or name
        key = (name, kind)
        if key not in ids:
            ids[key] = new_id(name, {*taken, *ids.values()})
            comments.append(f"# - {{id: {ids[key]}, type: {kind}, label: {_plain(name)}}}")
        return ids[key]

    statements = [
        encoding.statement_mapping(
            c.as_statement(
                id_of(c.subject, c.subject_type, c.subject_id),
                id_of(c.object, c.object_type, c.object_id),
                f"{MARK} ({c.rule}, {c.confidence:.2f})",
            )
        )
        for c in result.candidates
        if c.relation in ontology.relations
    ]
    source = Source(
        document.source,
        "TODO",
        "TODO",
        None,
        "https://example.org/TODO",
        text=TextMark.of(document.text),
    )
    mapping = {**encoding.source_mapping(source), "statements": statements}
    written = changed_text(None, Path(f"{document.source}.yaml"), lambda _: mapping, None, [])
    head = ["# new entities, for data/entities/:", *comments] if comments else []
    return "\n".join([*head, written])


def _plain(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_STYLE = """
body{font:16px/1.6 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border-left:3px solid #ccc;padding-left:1rem}
mark{background:#ffe9a8;color:inherit;border-bottom:2px solid #b58900}
mark[data-ends]::after{content:" "attr(data-ends);font-size:.7em;vertical-align:super}
tr:target{outline:2px solid #b58900}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ddd}
.planned{color:#7a4b00}.denied{color:#a00000}.implied{font-style:italic}
@media (prefers-color-scheme:dark){body{background:#161616;color:#e8e8e8}mark{background:#5a4700;border-color:#d6a900}td,th{border-color:#444}
.planned{color:#ffc46b}.denied{color:#ff8a80}}
"""


def page_head(title: str) -> str:
    """The beginning of a page of texts; what it needs stands in it, and no script runs."""
    return (
        f'<!doctype html>\n<html lang="de"><head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy([], [_STYLE])}">\n'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">\n<style>{_STYLE}</style></head><body>\n'
        f"<h1>{escape(title)}</h1>\n"
    )


PAGE_FOOT = "</body></html>\n"


def as_section(result: Result) -> str:
    """A text with its passages marked, and its candidates below."""
    name = escape(result.document.source)
    rows = "".join(
        f'<tr class="{c.modality} {c.certainty}" id="{name}-{n}"><td>{n}</td><td>{escape(c.subject)}</td><td>{c.relation}</td>'
        f"<td>{escape(c.object)}</td><td>{escape(_said(c))}</td><td>{c.confidence:.2f}</td><td>{escape(c.rule)}</td></tr>\n"
        for n, c in enumerate(result.candidates, start=1)
    )
    heads = "".join(
        f"<th>{h}</th>" for h in ("", "subject", "relation", "object", "said", "confidence", "rule")
    )
    return (
        f"<h2>{name}</h2>\n<pre>\n{_marked(result.document.text, result.candidates)}</pre>\n"
        f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table>\n"
    )


def _marked(text: str, candidates: Sequence[Candidate]) -> str:
    """The text with every stretch marked that carries candidates, which are named by number."""
    opens: dict[int, list[int]] = {}
    closes: dict[int, list[int]] = {}
    for number, candidate in enumerate(candidates, start=1):
        start, end = candidate.evidence.start, candidate.evidence.end
        if start is None or end is None:
            continue
        opens.setdefault(start, []).append(number)
        closes.setdefault(end, []).append(number)
    parts, current, last = [], set[int](), 0
    for place in sorted({*opens, *closes, len(text)}):
        piece = escape(text[last:place])
        if piece and current:
            told = "; ".join(f"{n}: {candidates[n - 1].relation}" for n in sorted(current))
            ends = " ".join(str(n) for n in sorted(current) if n in closes.get(place, ()))
            shown = f' data-ends="{ends}"' if ends else ""
            piece = f'<mark title="{escape(told)}"{shown}>{piece}</mark>'
        parts.append(piece)
        current = (current - set(closes.get(place, ()))) | set(opens.get(place, ()))
        last = place
    return "".join(parts)
