"""The proof of quotes: letter by letter in the texts that they were taken from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import KgError, Problem
from kg.files import is_file, read_text
from kg.model import Evidence, Origin, Source, TextMark


def _at(origin: Origin, message: str, mend: str) -> Problem:
    return Problem(origin.path, origin.line, message, mend)


def prove_quotes(source: Source, texts: Path) -> Iterator[Problem]:
    """Whether the quotes of a source stand in ``<its id>.txt`` of a folder, where they should."""
    path = texts / f"{source.id}.txt"
    if not is_file(path):
        if any(e.quote for s in source.statements for e in s.evidence):
            yield _at(
                source.origin, f"its text {path} is missing", "put it there to prove the quotes"
            )
        return
    try:
        text = read_text(path)
    except KgError as error:
        message, _, mend = str(error).rpartition(", ")
        yield _at(source.origin, message, mend)
        return
    if source.text and source.text != TextMark.of(text):
        mend = "use the text they were taken from, or run `kg format --texts DIR` and check again"
        yield _at(source.origin, f"{path} is not the text that the quotes were taken from", mend)
    for statement in source.statements:
        for evidence in statement.evidence:
            if evidence.quote is not None:
                yield from _prove(evidence, text, statement.origin)


def _prove(evidence: Evidence, text: str, origin: Origin) -> Iterator[Problem]:
    quote, start, end = evidence.quote or "", evidence.start, evidence.end
    if start is None or end is None or text.startswith(quote, start):
        return
    shown = quote if len(quote) <= 60 else f"{quote[:60]}…"
    if (place := text.find(quote)) >= 0:
        mend = f"it begins at {place}: run `kg format --texts DIR`"
        yield _at(origin, f"the quote „{shown}“ does not stand at {start}", mend)
    else:
        yield _at(origin, f"the quote „{shown}“ is not in the text", "copy it letter by letter")
