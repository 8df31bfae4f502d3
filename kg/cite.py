"""How to cite: references to the graph and its sources, and the line that says how a file was made.

What stands in a reference is what the source says of itself. Notes of the readers stay out.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shlex
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from kg.answers import Manifest, Value
from kg.dates import parse_date
from kg.iris import BASE, SRC, STM
from kg.model import Corpus, Source
from kg.reading import label_of
from kg.store import canonicalize
from kg.tables import as_json

# What no reader of a bibliography sees, XML and BibTeX cannot hold, or would turn the rest of a
# line around: controls, zero width, direction, surrogates, non-characters.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufffe\uffff]"
)
_NOT_IN_URL = re.compile(r'[\x00-\x20"<>\\^`{|}\x7f]')
_SEASONS = ("Frühjahr", "Sommer", "Herbst", "Winter")
# Names of languages for hyphenation by LaTeX's babel and polyglossia (field langid of biblatex).
_BABEL = {"de": "ngerman", "en": "english"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# BibTeX counts braces even behind a backslash, so a brace is only safe by its name. The quotation
# mark is a command of its own in German LaTeX documents; an empty group behind it keeps it a mark.
_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", '"': '"{}',
    **{c: "\\" + c for c in "%&#_$"},
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a bibliography: ``kind`` is ``webpage`` or ``dataset``, dates are EDTF."""

    id: str
    kind: str
    title: str
    publisher: str
    published: str | None
    url: str
    language: str
    accessed: str | None = None
    version: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Date:
    """How German says a date, its first day, the parts that are known, a season, if it is vague."""

    text: str
    first: dt.date = dt.date.max
    parts: tuple[int, ...] = ()
    season: int = 0
    vague: bool = False


def references_of(
    corpus: Corpus, manifest: Manifest, sources: Collection[str] | None = None, *, part: str = ""
) -> list[Reference]:
    """The graph first, then its sources by publisher, date (undated last) and title.

    Args:
        corpus: the data of the graph.
        manifest: of the build; version and hash tell which graph was used.
        sources: only these sources, by id (see ``sources_in``); default all.
        part: how the graph was cut out of the whole, so that its hash can be had again.
    """
    chosen = [s for s in corpus.sources.values() if sources is None or s.id in sources]
    found = [_source_reference(source, corpus) for source in chosen]
    return [_graph_reference(manifest, part), *sorted(found, key=_order)]


def _graph_reference(manifest: Manifest, part: str) -> Reference:
    # No date: the day of a release is in no build, version and hash say more.
    cut = f" ({part})" if part else ""
    return Reference("akteursnetz", "dataset", "Akteursnetz", "Akteursnetz contributors", None,
                     BASE, "de", version=manifest.version,
                     note=f"CC BY 4.0, sha256 {manifest.sha256}{cut}")  # fmt: skip


def _source_reference(source: Source, corpus: Corpus) -> Reference:
    publisher = corpus.canonical.get(source.publisher, source.publisher)
    entity = corpus.entities.get(publisher)
    return Reference(source.id, "webpage", source.title, label_of(entity) if entity else publisher,
                     source.published, source.url, source.language)  # fmt: skip


def _order(reference: Reference) -> tuple[str, dt.date, str, str]:
    first = (_date(reference.published) or _Date("")).first
    return _sorting(reference.publisher), first, _sorting(reference.title), reference.id


def _sorting(text: str) -> str:
    """A text as German sorts it (DIN 5007-1): ``ä`` as ``a``, ``ß`` as ``ss``."""
    marked = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in marked if not unicodedata.combining(c))


def sources_in(rows: Iterable[Sequence[Value | None]], corpus: Corpus) -> list[str]:
    """The ids of the sources that a query's answer names, sorted.

    A cell names a source by its IRI, or by that of a statement or of its evidence. Entities name
    none: that a source says something of an entity does not make it the source of the answer.
    Triples of a graph may be given too.
    """
    source_of = {statement.id: statement.source for statement in corpus.statements()}
    found = set()
    for cell in (cell for row in rows for cell in row if isinstance(cell, str)):
        iri = cell.removeprefix("<").removesuffix(">")
        if iri.startswith(SRC):
            found.add(iri.removeprefix(SRC))
        elif iri.startswith(STM):
            found.add(source_of.get(iri.removeprefix(STM).partition("#")[0], ""))
    return sorted(found & corpus.sources.keys())


def as_text(references: Iterable[Reference]) -> str:
    """One reference a line: ``Publisher (date): Title. https://…``; ``o. D.`` is "undated"."""
    return "\n".join(map(_text, references))


def _text(reference: Reference) -> str:
    date = _date(reference.published)
    who = _line(reference.publisher)
    if date or not reference.version:
        who += f" ({date.text if date else 'o. D.'})"
    title = _line(reference.title)
    if reference.version:
        title += f", Version {_line(reference.version)}"
    sentences = [title, *([_line(reference.note)] if reference.note else [])]
    ended = [s if s.endswith((".", "?", "!", "…")) else f"{s}." for s in sentences]
    accessed = _date(reference.accessed)
    visited = f" (abgerufen: {accessed.text})" if accessed else ""
    return f"{who}: {' '.join(ended)} {_url(reference.url)}{visited}"


def as_bibtex(references: Iterable[Reference]) -> str:
    """Entries for BibTeX and biblatex, in UTF-8: ``@online`` a source, ``@misc`` a data set.

    Names and titles stand in double braces, so that nothing is taken for a first name and capitals
    stay. A date that year, month and day do not say wholly (``2019~``, a season) is in the note.

    Formats: Patashnik, BibTeXing (1988); Kime et al., The biblatex Package, section 2.
    """
    return "\n\n".join(_entry(key, reference) for key, reference in _keyed(references))


def _entry(key: str, reference: Reference) -> str:
    date = _date(reference.published)
    year, month, day = (*date.parts, 0, 0, 0)[:3] if date else (0, 0, 0)
    inexact = date.text if date and (date.vague or date.season or not date.parts) else None
    fields = {
        "author": f"{{{_tex(reference.publisher)}}}",
        "title": f"{{{_tex(reference.title)}}}",
        "year": f"{year:04}" if year else "",
        "month": ("", *_MONTHS)[month],
        "day": str(day or ""),
        "version": _tex(reference.version or ""),
        "url": _url(reference.url),  # read as it is: neither BibTeX nor biblatex wants escapes
        "urldate": _tex(reference.accessed or ""),
        "langid": _BABEL.get(reference.language, ""),
        "note": _tex(", ".join(filter(None, (inexact, reference.note)))),
    }
    # Months stand bare: they are macros, numbers mean nothing to the styles of BibTeX.
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'},"
             for name, value in fields.items() if value]  # fmt: skip
    kind = "online" if reference.kind == "webpage" else "misc"
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _tex(text: str) -> str:
    return _line(text).translate(_TEX)


def _keyed(references: Iterable[Reference]) -> Iterator[tuple[str, Reference]]:
    """Each with a key: its id, numbered where that is taken (BibTeX ignores case)."""
    taken: set[str] = set()
    for reference in references:
        plain = re.sub(r"[^A-Za-z0-9.:-]+", "-", reference.id).strip("-") or "reference"
        key, number = plain, 1
        while key.lower() in taken:
            number += 1
            key = f"{plain}-{number}"
        taken.add(key.lower())
        yield key, reference


def as_csl_json(references: Iterable[Reference]) -> str:
    """A list of items of CSL-JSON, as Zotero, pandoc and citeproc read it; ids as in BibTeX.

    Format: https://github.com/citation-style-language/schema, schemas/input/csl-data.json.
    """
    return as_json([_item(key, reference) for key, reference in _keyed(references)])


def _item(key: str, reference: Reference) -> dict[str, object]:
    item: dict[str, object] = {
        "id": key,
        "type": reference.kind,
        "title": _line(reference.title),
        "author": [{"literal": _line(reference.publisher)}],
        "publisher": _line(reference.publisher),
        "issued": _csl_date(reference.published),
        "accessed": _csl_date(reference.accessed),
        "URL": _url(reference.url),
        "language": _line(reference.language),
        "version": _line(reference.version or ""),
        "note": _line(reference.note or ""),
    }
    return {name: value for name, value in item.items() if value}


def _csl_date(edtf: str | None) -> dict[str, object] | None:
    date = _date(edtf)
    if date is None:
        return None
    if not date.parts:  # a decade has no part that is known; a range would say something else
        return {"literal": date.text}
    found: dict[str, object] = {"date-parts": [list(date.parts)]}
    if date.season:
        found["season"] = date.season
    if date.vague:  # CSL has one word for about and uncertain
        found["circa"] = True
    return found


def _date(edtf: str | None) -> _Date | None:
    """A date's known parts; what is no EDTF date is only a text. None where there is none."""
    if not (date := _line(edtf or "")):
        return None
    try:
        bounds = parse_date(date)
    except ValueError:
        return _Date(date)
    known, season = [part for part in date.rstrip("~?%").split("-") if "X" not in part], 0
    text = "-".join(known)
    if len(known) == 2 and int(known[1]) > 12:
        season = int(known.pop()) - 20
        text = f"{_SEASONS[season - 1]} {known[0]}"
    elif bounds.earliest.year != bounds.latest.year:
        text, known = f"{bounds.earliest.year}–{bounds.latest.year}", []
    text = f"{'ca. ' if bounds.approximate else ''}{text}{'?' if bounds.uncertain else ''}"
    vague = bounds.approximate or bounds.uncertain
    return _Date(text, bounds.earliest, tuple(map(int, known)), season, vague)


def _line(text: str) -> str:
    """A text on one line, without what cannot be seen."""
    return " ".join(_INVISIBLE.sub("", " ".join(text.split())).split())


def _url(url: str) -> str:
    """A URL with escapes for what no URL may hold, and what BibTeX would count as a brace."""
    return _NOT_IN_URL.sub(lambda found: f"%{ord(found[0]):02X}", _line(url))


def canonical_hash(nquads: bytes) -> str:
    """SHA-256 of N-Quads in the canonical form of RDFC-1.0, whatever their order and blank nodes.

    For what ``kg build`` makes, this is the manifest's ``sha256``.

    Raises:
        KgError: these are no N-Quads.
    """
    return hashlib.sha256(canonicalize(nquads)).hexdigest()


def made_by(command: str, manifest: Manifest) -> str:
    """The line that says how a file was made: command, version and the graph's hash.

    >>> made_by("kg export", Manifest("build-x", "ab12", 3, "", "0.1.0"))
    'kg export · akteursnetz 0.1.0 · sha256 ab12'
    """
    return _line(f"{command} · akteursnetz {manifest.version} · sha256 {manifest.sha256}")


def command_line(argv: Sequence[str]) -> str:
    """The command as it may stand in a public file, from ``sys.argv``.

    Where the output went and where the graph lay are left out, so that the same export written
    elsewhere is the same file; which graph it was is said by its hash. Of other paths outside the
    current folder only the name stays: they may tell who made the file.

    >>> command_line(["/usr/bin/kg", "network", "--ego", "Der Bund", "-o", "/tmp/a.gexf"])
    "kg network --ego 'Der Bund'"
    """
    words, rest = ["kg"], iter(argv[1:])
    for word in rest:
        name = word.partition("=")[0]
        if word == "--":  # what follows are no options
            words += ["--", *map(_public, rest)]
        elif word in _PLACES:
            next(rest, None)
        elif name not in _PLACES and not re.match("-o.", word):
            words.append(_public(word))
    return shlex.join(words)


_PLACES = ("-o", "--output", "--data", "--store", "--texts")


def _public(word: str) -> str:
    path = PureWindowsPath(word)  # takes both kinds of slashes
    outside = path.is_absolute() or PurePosixPath(word).is_absolute() or word.startswith("~")
    return (path.name or word) if outside else word
