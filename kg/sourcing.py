"""Which source the rows of ``statements`` are about, and what is to be known of a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg import encoding
from kg.applying import Edits
from kg.curated import is_id
from kg.errors import Problem
from kg.matching import Mention, slug
from kg.model import Corpus, Origin
from kg.naming import Names
from kg.rows import ID_MEND, Row, source_changes

_NEEDED = ("title", "publisher", "url")
_TITLE = 40  # characters of a title in the id of a source that has no date


@dataclass(slots=True)
class _Source:
    """A source that the data do not have: what the rows say of it, and where."""

    id: str
    said: encoding.Mapping
    first: Row
    publisher: str | None = None


class Sources:
    """Which source each row is about: one by its id, one with this address, or a new one."""

    def __init__(self, corpus: Corpus, listed: Mapping[str, encoding.Mapping]) -> None:
        self._known: dict[str, encoding.Mapping] = {
            i: encoding.source_mapping(s) for i, s in corpus.sources.items()
        } | dict(listed)
        self._by_url: dict[str, list[str]] = {}
        for source_id, said in self._known.items():
            self._by_url.setdefault(_same_page(said.get("url", "")), []).append(source_id)
        self.new: dict[str, _Source] = {}
        self._made: dict[str, encoding.Mapping] = {}
        self.waiting: set[str] = set()
        """Listed sources whose publisher is to be decided first."""
        self.doubled: list[Row] = []
        """Rows that give a new id to a page that is a source already."""
        self.differing: dict[str, Row] = {}
        """Sources of the data of which a row says something else, with the first such row."""

    def of(self, row: Row, columns: frozenset[str], problems: list[Problem]) -> str | None:
        """The key of a row's source: an id, or (of a new one without) its address."""
        given = row.cells.get("source")
        if given and not is_id(given):
            problems.append(row.problem(f"'{given}' cannot be an id", ID_MEND))
            return None
        page = _same_page(row.cells.get("source_url", ""))
        found = [given] if given else self._by_url.get(page, []) if page else []
        if len(found) > 1:
            mend = f"say which in the column 'source': {', '.join(found)}"
            problems.append(row.problem("several sources have this address", mend))
            return None
        if not found and not page:
            mend = "fill 'source', or 'source_url', 'source_title' and 'source_publisher'"
            problems.append(row.problem("no source is given", mend))
            return None
        key = found[0] if found else page
        said = {k: v for k, v in source_changes(row, columns, "source_").items() if v}
        if key in self._known:
            mine = self._known[key]
            if any(mine.get(k) != said[k] for k in ("title", "published", "url") if k in said):
                self.differing.setdefault(key, row)
        elif key in self.new:
            self.new[key].said = said | self.new[key].said
        else:
            self.doubled += [row] if given and page in self._by_url else []
            self.new[key] = _Source(given or "", said, row)
            self._by_url.setdefault(page or "?", []).append(key)
        return key

    def published(self, source_id: str) -> str | None:
        """The date of a source."""
        date = (self._known.get(source_id) or self._made[source_id]).get("published")
        return str(date) if date else None

    def mentions(self) -> Iterator[Mention]:
        """The publishers of new sources."""
        for source in self.new.values():
            if "publisher" in source.said:
                cells = source.first.cells
                yield Mention(
                    str(source.said["publisher"]),
                    "source_publisher",
                    source.first.path,
                    source.first.line,
                    label=cells.get("source_publisher_label", ""),
                    type=cells.get("source_publisher_type", ""),
                )

    def complete(self, names: Names, edits: Edits, problems: list[Problem]) -> None:
        """Give the new sources their publishers and ids, as far as these are known."""
        for source in self.new.values():
            missing = [f"source_{k}" for k in _NEEDED if not source.said.get(k)]
            if missing:
                message = f"a new source needs {', '.join(missing)}"
                problems.append(source.first.problem(message, "fill the columns for it"))
                continue
            source.publisher = names.find(str(source.said["publisher"]))
            if source.publisher is None:
                continue
            taken = {*self._known, *edits.sources}
            source.id = source.id or _new_id(source, taken)
            mapping = {"id": source.id, **source.said, "publisher": source.publisher}
            edits.sources[source.id] = self._made[source.id] = {"language": "de"} | mapping
            edits.places[f"/{source.id}"] = Origin(source.first.path, source.first.line)

    def id_of(self, key: str) -> str | None:
        """The id of a source; None where its publisher is to be decided first."""
        if key in self._known:
            return None if key in self.waiting else key
        return self.new[key].id if self.new[key].publisher else None


def _same_page(url: str) -> str:
    """What is the same of all spellings of an address."""
    return re.sub(r"\Ahttps?://(?:www\.)?", "", url.strip()).rstrip("/")


def _new_id(source: _Source, taken: Iterable[str]) -> str:
    """Publisher and date, else the first words of the title; unlike all others."""
    date = re.match(r"\d{4}(?:-\d\d){0,2}", str(source.said.get("published") or ""))
    words = slug(str(source.said["title"]), _TITLE) or "seite"
    found, number = f"{source.publisher}-{date[0] if date else words}", 2
    if found in taken and date:
        found = f"{source.publisher}-{date[0]}-{words}"
    base = found
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    return found
