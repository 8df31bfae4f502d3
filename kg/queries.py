"""The library of named questions: ``.rq`` files with grlc's ``#+`` headers, and their runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.answers import Answer, Store
from kg.errors import KgError, QueryError, UnknownName, UsageError, did_you_mean
from kg.files import read_text, shipped
from kg.iris import ENT, SRC, expand
from kg.sparql import parameter_term, variables

_PARAMETER = re.compile(r"(_{1,2})([A-Za-z0-9]+)(?:_([A-Za-z]+))?\Z")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as grlc names it: ``?_entity_iri`` is ``entity`` of kind ``iri``.

    ``?__entity_iri`` may be left out; so may one with a default.
    """

    name: str
    kind: str
    variable: str
    optional: bool
    default: str | None

    @property
    def needed(self) -> bool:
        """Whether it must be given."""
        return not self.optional and self.default is None


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its text, and what its header says (``shown`` is its path, for messages)."""

    name: str
    text: str
    parameters: tuple[Parameter, ...] = ()
    shown: str = ""

    @property
    def summary(self) -> str:
        """The question in one line."""
        return self._said("summary")

    @property
    def description(self) -> str:
        """What the answer has, and what it leaves out."""
        return self._said("description")

    @property
    def summary_de(self) -> str:
        """The summary in German; "" where there is none."""
        return self._said("summary_de")

    @property
    def description_de(self) -> str:
        """The description in German; "" where there is none."""
        return self._said("description_de")

    @property
    def tags(self) -> tuple[str, ...]:
        """What it is about."""
        return _tags(_header(self.text, self.shown).get("tags"))

    def _said(self, key: str) -> str:
        return str(_header(self.text, self.shown).get(key, "")).strip()

    def as_dict(self) -> dict[str, object]:
        """The question as JSON has it."""
        keys = ("name", "text", "summary", "description", "tags", "parameters", "summary_de",
                "description_de")  # fmt: skip
        return {key: getattr(self, key) for key in keys}

    def summary_in(self, language: str) -> str:
        """The summary in a language, in English where there is none."""
        return (self.summary_de if language == "de" else "") or self.summary or self.name

    def description_in(self, language: str) -> str:
        """The description in a language, in English where there is none."""
        return (self.description_de if language == "de" else "") or self.description

    @property
    def usage(self) -> str:
        """Name and parameters as they are typed; what may be left out stands in brackets."""
        needed = [f" -p {p.name}=…" for p in self.parameters if p.needed]
        free = [f" [-p {p.name}=…]" for p in self.parameters if not p.needed]
        return "".join([self.name, *needed, *free])


def read_query(path: Path) -> Query:
    """Read a ``.rq`` file.

    Raises:
        KgError: the file cannot be read, or its header is no YAML.
    """
    found = parse_query(path.stem, read_text(path).removeprefix("\ufeff"), str(path))
    _header(found.text, found.shown)
    return found


def parse_query(name: str, text: str, shown: str = "") -> Query:
    """The query of a text; its ``#+`` header is only read for what is needed of it.

    Raises:
        KgError: the header is no YAML mapping.
    """
    defaults = {}
    if "#+ defaults:" in text or "#+defaults:" in text:  # else YAML would take half of the time
        defaults = _defaults(_header(text, shown or name).get("defaults"))
    parameters = (p for v in variables(text) if (p := _parameter(v, defaults)))
    return Query(name, text, tuple(parameters), shown or name)


@lru_cache(maxsize=64)
def _header(text: str, shown: str) -> dict[str, object]:
    lines = [line[2:].removeprefix(" ") for line in text.split("\n") if line.startswith("#+")]
    if not lines:
        return {}
    import yaml

    try:
        header = yaml.load("\n".join(lines), Loader=yaml.BaseLoader)  # noqa: S506  # texts only
    except (yaml.YAMLError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        message = f"{shown}:{line}: the `#+` header is no YAML, mind indentation and colons"
        raise KgError(message) from error
    if not isinstance(header, dict):
        raise KgError(f"{shown}:1: the `#+` header has no keys, write `#+ summary: …`")
    return header


def _tags(listed: object) -> tuple[str, ...]:
    tags = listed if isinstance(listed, list) else [listed]
    return tuple(str(t) for t in tags if t)


def _defaults(listed: object) -> dict[str, str]:
    """Grlc writes ``defaults`` as a list of one-key mappings."""
    pairs = listed if isinstance(listed, list) else []
    return {str(k): str(v) for pair in pairs if isinstance(pair, dict) for k, v in pair.items()}


def _parameter(variable: str, defaults: Mapping[str, str]) -> Parameter | None:
    match = _PARAMETER.match(variable)
    if not match:
        return None
    dashes, name, kind = match.groups()
    return Parameter(name, (kind or "").lower(), variable, dashes == "__", defaults.get(name))


def library(folder: Path | None = None) -> dict[str, Query]:
    """All named questions by name, sorted."""
    paths = sorted((folder or shipped("queries")).glob("*.rq"))
    return {path.stem: read_query(path) for path in paths}


def named_query(name: str, folder: Path | None = None) -> Query:
    """One named question.

    Raises:
        UsageError: there is none of this name.
    """
    folder = folder or shipped("queries")
    known = [p.stem for p in folder.glob("*.rq")]
    if name not in known:
        file = " A query in a file needs the ending .rq." if Path(name).is_file() else ""
        hint = did_you_mean(name, known)
        raise UsageError(f"unknown query '{name}', {hint} See `kg queries`.{file}")
    path = folder / f"{name}.rq"
    return parse_query(name, read_text(path).removeprefix("\ufeff"), str(path))


def run(store: Store, query: Query, parameters: Mapping[str, str] | None = None) -> Answer:
    """Run a query with parameters given as texts; see ``terms_of``.

    Raises:
        UsageError: a parameter is unknown or missing.
        UnknownName: a name means no entity, or several.
        QueryError: a value does not fit its kind, or the query is wrong.
    """
    return store.query(query.text, terms_of(store, query, parameters))


def terms_of(
    store: Store, query: Query, parameters: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The SPARQL term for each parameter variable of a query.

    An ``iri`` may be given as an IRI, a prefixed name, an id, or any name of an entity.

    Raises:
        UsageError: a parameter is unknown or missing.
        UnknownName: a name means no entity, or several.
        QueryError: a value does not fit its kind.
    """
    given = dict(parameters or {})
    known = {p.name: p for p in query.parameters}
    for name in given:
        if name not in known:
            hint = did_you_mean(name, known)
            raise UsageError(f"query '{query.name}' has no parameter '{name}', {hint}")
    terms: dict[str, str] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            try:
                terms[parameter.variable] = _term(store, parameter, str(value))
            except UnknownName as error:
                if parameter.name in given:
                    raise
                message = f"'{value}', the default of '{parameter.name}', is not in this graph"
                raise UsageError(f"{message}, add -p {parameter.name}=…") from error
        elif not parameter.optional:
            mend = f"add -p {parameter.name}=…"
            raise UsageError(f"query '{query.name}' needs the parameter '{parameter.name}', {mend}")
    return terms


def _term(store: Store, parameter: Parameter, value: str) -> str:
    try:
        if parameter.kind == "iri":
            return parameter_term("iri", _find_iri(store, value))
        return parameter_term(parameter.kind, value)
    except QueryError as error:
        raise QueryError(f"parameter '{parameter.name}': {error}") from error


def _find_iri(store: Store, text: str) -> str:
    """The IRI that a text means: as it is, a source's id, or an entity by any of its names."""
    from kg.search import find_entity

    iri = expand(text)
    if iri is not None and not iri.startswith(ENT):
        return iri
    if store.query("ASK { ?_source_iri a akt:Source }", _source_binding(text)):
        return SRC + text
    try:
        return ENT + find_entity(store, text)
    except UnknownName:
        if iri is not None:  # an entity that is not in the graph: an empty answer, no error
            return iri
        raise


def _source_binding(text: str) -> dict[str, str]:
    safe = text if re.fullmatch(r"[a-z0-9-]+", text) else "none"
    return {"_source_iri": f"<{SRC}{safe}>"}
