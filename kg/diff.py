"""What changed between two states of the graph, in statements: found, applied, shown."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field, fields, is_dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

from kg.check import check_data
from kg.curated import VERDICTS_FILE
from kg.errors import DataError, KgError
from kg.files import is_file, read_text
from kg.iris import AKT, INFERRED_GRAPH, RDF_TYPE
from kg.model import (
    Amount,
    Corpus,
    Entity,
    Evidence,
    Identity,
    Inferred,
    Name,
    Source,
    Statement,
    TextMark,
    Verdict,
    Withdrawal,
    conflict_id,
)
from kg.ontology import read_ontology
from kg.reading import label_of, read_graph
from kg.store import Quad, Store, memory_store, open_store, parse_quads
from kg.tables import printable

_T = TypeVar("_T", Statement, Entity, Source, Verdict)
_EXPORTS = {".nq": "nq", ".trig": "trig", ".ttl": "ttl", ".nt": "nt", ".rdf": "rdfxml",
            ".rdfxml": "rdfxml", ".jsonld": "jsonld"}  # fmt: skip
_SIZE_LIMIT = 256 * 2**20
_AMOUNT_LIMIT = 10**15  # as `kg check` has it
_MARKS = {"added": "+", "withdrawn": "-", "removed": "-"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the model that has another value now."""

    name: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Change(Generic[_T]):
    """One thing that differs. ``old`` is None where it is new, ``new`` where it is gone.

    Kinds of statements: ``added``, ``withdrawn`` (``new`` then holds the reason, if there is one),
    ``changed_dates``, ``changed_evidence``, ``changed``, the first that fits; ``fields`` has all.
    Of entities: ``added``, ``removed``, ``merged``, ``unmerged``, ``renamed``, ``changed``.
    Of sources (without their statements) and verdicts: ``added``, ``removed``, ``changed``.
    """

    kind: str
    old: _T | None
    new: _T | None

    @property
    def latest(self) -> _T:
        """As it is now, or as it was before it went."""
        found = self.old if self.new is None else self.new
        assert found is not None  # noqa: S101  # a change of nothing is never made
        return found

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """What differs of a thing that both states have."""
        if self.old is None or self.new is None:
            return ()
        old, new = _values(self.old), _values(self.new)
        return tuple(FieldChange(n, old[n], new[n]) for n in old if old[n] != new[n])


AnyChange: TypeAlias = "Change[Statement] | Change[Entity] | Change[Source] | Change[Verdict]"


@dataclass(frozen=True, slots=True)
class Diff:
    """Every change between two states, sorted; false where there is none.

    ``labels`` (by entity) and ``published`` (by source) are for showing it.
    """

    statements: tuple[Change[Statement], ...] = ()
    entities: tuple[Change[Entity], ...] = ()
    sources: tuple[Change[Source], ...] = ()
    verdicts: tuple[Change[Verdict], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    published: Mapping[str, str | None] = field(default_factory=dict, compare=False, repr=False)

    @property
    def sections(self) -> dict[str, tuple[AnyChange, ...]]:
        """The changes by what they are changes of."""
        return {"statements": self.statements, "entities": self.entities,
                "sources": self.sources, "verdicts": self.verdicts}  # fmt: skip

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many changes there are of each kind; kinds without any are absent."""
        return {
            name: dict(sorted(Counter(c.kind for c in changes).items()))
            for name, changes in self.sections.items()
            if changes
        }

    def __bool__(self) -> bool:
        return any(self.sections.values())


def _values(thing: Any) -> dict[str, Any]:
    """The fields that make a value what it is: neither where it stands nor what follows from it."""
    return {f.name: getattr(thing, f.name) for f in fields(thing) if f.compare}


def _key(thing: Entity | Source | Statement | Verdict) -> str:
    return conflict_id(thing.statements) if isinstance(thing, Verdict) else thing.id


def _keyed(things: Iterable[_T]) -> dict[str, _T]:
    return {_key(thing): thing for thing in things}


def _statements(corpus: Corpus) -> dict[str, Statement]:
    """Every statement, also withdrawn ones."""
    return _keyed(s for source in corpus.sources.values() for s in source.statements)


def _sources(corpus: Corpus) -> dict[str, Source]:
    """Every source as a document alone."""
    return _keyed(replace(s, statements=()) for s in corpus.sources.values())


def diff(old: Corpus, new: Corpus) -> Diff:
    """What changed from ``old`` to ``new``; the order of either makes no difference."""
    statements, sources = _statements(new), _sources(new)
    before = _under_new_ids(_statements(old), statements)
    both = (old, new)
    return Diff(
        tuple(sorted(_compared(before, statements, _statement_kind), key=_reading_order)),
        tuple(_compared(old.entities, new.entities, _entity_kind)),
        tuple(_compared(_sources(old), sources, lambda *_: "changed")),
        tuple(_compared(_keyed(old.verdicts), _keyed(new.verdicts), lambda *_: "changed")),
        labels={e.id: label_of(e) for corpus in both for e in corpus.entities.values()},
        published={s.id: s.published for corpus in both for s in corpus.sources.values()},
    )


def _compared(
    old: Mapping[str, _T], new: Mapping[str, _T], kind_of: Callable[[_T, _T], str]
) -> Iterator[Change[_T]]:
    for key in sorted({*old, *new}):
        before, after = old.get(key), new.get(key)
        if before is None or after is None:
            yield Change(_coming_or_going(before, after), before, after)
        elif before != after:
            yield Change(kind_of(before, after), before, after)


def _coming_or_going(old: object, new: object) -> str:
    if isinstance(new, Statement) and new.withdrawn:  # it came, but it does not count
        return "withdrawn"
    if new is not None:
        return "added"
    return "withdrawn" if isinstance(old, Statement) else "removed"


def _statement_kind(old: Statement, new: Statement) -> str:
    if (old.withdrawn is None) != (new.withdrawn is None):
        return "withdrawn" if new.withdrawn else "added"
    if old.id != new.id:
        return "changed_dates"
    return "changed" if old.evidence == new.evidence else "changed_evidence"


def _entity_kind(old: Entity, new: Entity) -> str:
    before, after = ((e.same_as and e.same_as.entity) for e in (old, new))
    if before != after:
        return "merged" if after else "unmerged"
    renamed = (old.labels, old.aliases) != (new.labels, new.aliases)
    return "renamed" if renamed else "changed"


def _under_new_ids(old: Mapping[str, Statement], new: Mapping[str, Statement]
                   ) -> dict[str, Statement]:  # fmt: skip
    """The old statements by the ids they have in ``new``: other dates make another id.

    Where a source says the same of several times, the likest are taken as one, in order of dates.
    """
    found = dict(old)
    for likeness in _LIKENESSES:
        partners: dict[Hashable, list[Statement]] = defaultdict(list)
        for s in sorted((s for i, s in new.items() if i not in found), key=_order, reverse=True):
            partners[_without_dates(s), likeness(s)].append(s)
        for s in sorted((s for i, s in found.items() if i not in new), key=_order):
            if likest := partners.get((_without_dates(s), likeness(s))):
                found[likest.pop().id] = found.pop(s.id)
    return found


_LIKENESSES: tuple[Callable[[Statement], Hashable], ...] = (
    lambda s: replace(s, since=None, until=None, observed=None),
    lambda s: s.evidence,
    lambda _: None,
)


def _without_dates(s: Statement) -> tuple[object, ...]:
    return s.source, s.subject, s.relation, s.object, s.withdrawn is None


def _order(s: Statement) -> tuple[str, ...]:
    dates = (date or "" for date in (s.since, s.until, s.observed))
    return s.source, s.subject, s.relation, s.object, *dates, s.id


def _reading_order(change: Change[Statement]) -> tuple[str, ...]:
    return _order(change.latest)


def apply(changes: Diff, old: Corpus) -> Corpus:
    """The new state: ``apply(diff(old, new), old)`` is ``new``, whatever the order of either.

    Raises:
        KgError: the changes were made from another state than ``old``.
    """
    by_source: dict[str, list[Statement]] = defaultdict(list)
    for statement in _applied(changes.statements, _statements(old)).values():
        by_source[statement.source].append(statement)
    sources = _applied(changes.sources, _sources(old))
    return Corpus(
        _applied(changes.entities, old.entities),
        {i: replace(s, statements=tuple(by_source[i])) for i, s in sources.items()},
        tuple(_applied(changes.verdicts, _keyed(old.verdicts)).values()),
    )


def _applied(changes: Iterable[Change[_T]], old: Mapping[str, _T]) -> dict[str, _T]:
    result, listed = dict(old), list(changes)
    for change in listed:
        if change.old is not None and result.pop(_key(change.old), None) != change.old:
            raise KgError(f"'{_key(change.old)}' is another than in the diff, apply it elsewhere")
    for change in listed:
        if change.new is not None and result.setdefault(_key(change.new), change.new) != change.new:
            raise KgError(f"'{_key(change.new)}' is there already, apply the diff elsewhere")
    return result


# Showing a diff: text for the terminal, Markdown for a page, plain values for JSON.


def as_text(changes: Diff) -> str:
    """The diff as the terminal shows it: a line for each change, what it rests on, counts."""
    lines: list[str] = []
    for name, section in changes.sections.items():
        prefix = "" if name == "statements" else _singular(name) + " "
        for change in section:
            lines.append(f"{_MARKS.get(change.kind, '~')} {prefix}{_headline(change, changes)}")
            lines += [f"    {detail}" for detail in _details(change)]
    return "\n".join(map(printable, [*lines, _summary(changes)]))


def as_markdown(changes: Diff) -> str:
    """The diff as Markdown, in which no text from the data is anything but text."""
    lines: list[str] = []
    for name, section in changes.sections.items():
        lines += [f"## {name.capitalize()}", ""] if section else []
        for change in section:
            kind = change.kind.replace("_", " ")
            lines.append(f"- **{kind}:** {_escaped(_headline(change, changes))}")
            lines += [f"  - {_escaped(detail)}" for detail in _details(change)]
        lines += [""] if section else []
    return "\n".join([*lines, _summary(changes)])


def as_dict(changes: Diff) -> dict[str, object]:
    """The diff as JSON has it: by section, each change with the fields that differ."""
    found: dict[str, object] = {"counts": changes.counts}
    for name, section in changes.sections.items():
        found[name] = [_change_as_dict(change, changes) for change in section]
    return found


def _change_as_dict(change: AnyChange, changes: Diff) -> dict[str, object]:
    thing = change.latest
    labels: dict[str, object] = {}
    if isinstance(thing, Statement):
        labels = {f"{n}_label": _label(getattr(thing, n), changes) for n in ("subject", "object")}
        labels["published"] = changes.published.get(thing.source)
    return {
        "kind": change.kind,
        "id": _key(thing),
        **labels,
        "old": _plain(change.old),
        "new": _plain(change.new),
        "fields": [
            {"name": f.name, "old": _plain(f.old), "new": _plain(f.new)} for f in change.fields
        ],
    }


def _plain(value: object) -> object:
    if is_dataclass(value):
        known = {n: v for n, v in _values(value).items() if v is not None and v != ()}
        return {name: _plain(v) for name, v in known.items()}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return str(value) if isinstance(value, Decimal) else value


def _label(name: str, changes: Diff) -> str:
    """The label of an entity; a literal is its own."""
    return changes.labels.get(name, name)


def _headline(change: AnyChange, changes: Diff) -> str:
    match change.latest:
        case Statement() as s:
            subject, object_ = _label(s.subject, changes), _label(s.object, changes)
            words = [f"{subject} – {s.relation} – {object_}", *_qualifiers(s)]
            published = changes.published.get(s.source)
            where = ", ".join(filter(None, (s.source, published)))
            return f"{' · '.join(words)}  ({where})"
        case Entity() as entity:
            return f"{_label(entity.id, changes)}  ({entity.id}, {entity.type})"
        case Source() as source:
            return f"{source.title}  ({', '.join(filter(None, (source.id, source.published)))})"
        case Verdict() as verdict:
            return f"{verdict.kind}  ({', '.join(verdict.statements)})"


def _qualifiers(s: Statement) -> Iterator[str]:
    for name in ("since", "until", "observed", "amount"):
        if (value := getattr(s, name)) is not None:
            yield f"{name} {_shown(value)}"
    if s.role:
        yield f"as “{s.role}”"
    yield from (v for v in (s.certainty, s.modality) if v not in ("stated", "asserted"))


def _details(change: AnyChange) -> Iterator[str]:
    thing, differing = change.latest, change.fields
    for f in differing:
        if f.name != "withdrawn" or change.kind != "withdrawn":
            yield f"{f.name}: {_shown(f.old)} → {_shown(f.new)}"
    if isinstance(thing, Statement):
        if all(f.name != "evidence" for f in differing):
            yield from map(_shown, thing.evidence)
        if change.kind == "withdrawn":
            yield f"withdrawn: {_shown(thing.withdrawn or 'no reason given, gone from the data')}"
    elif not differing and isinstance(thing, Entity) and thing.same_as:
        yield f"merged into {_shown(thing.same_as)}"
    elif not differing and isinstance(thing, Verdict):
        yield _shown(f"{thing.why} ({thing.by}, {thing.on})")


def _shown(value: object) -> str:
    """A value of the model on one line."""
    match value:
        case None | ():
            return "nothing"
        case tuple():
            return "; ".join(map(_shown, value))
        case Evidence(quote=None, note=note):
            text = f"cited only: {note}" if note else "cited only"
        case Evidence(quote, start, end, note):
            text = f"„{quote}“ [{start}–{end}]" + (f" {note}" if note else "")
        case Name(name, language):
            text = f"{name} ({language})"
        case Amount(number, currency, qualifier):
            text = " ".join(filter(None, (qualifier, f"{number:f}", currency)))
        case Inferred(part, basis):
            text = f"{part}: {basis}"
        case TextMark(sha256, length):
            text = f"{length} characters, SHA-256 {sha256[:16]}…"
        case Identity(entity, by, on, why):
            text = f"{entity}, {why} ({by}, {on})"
        case Withdrawal(by, on, why):
            text = f"{why} ({by}, {on})"
        case _:
            text = str(value)
    return " ".join(text.split())


def _summary(changes: Diff) -> str:
    parts = []
    for name, counts in changes.counts.items():
        kinds = (f"{count} {kind.replace('_', ' ')}" for kind, count in counts.items())
        parts.append(f"{name}: {', '.join(kinds)}")
    return "; ".join(parts) or "no differences"


def _singular(section: str) -> str:
    return {"entities": "entity"}.get(section, section.removesuffix("s"))


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~!&])", r"\\\1", printable(text))


# Reading a state: a data folder, a store, an export, or the data of a git revision.


@dataclass(frozen=True, slots=True)
class State:
    """The graph as it is, or was, at a place; ``built`` where a store or an export was read."""

    place: str
    corpus: Corpus
    built: bool


def read_state(place: str) -> State:
    """Read a state, its names in one order.

    Args:
        place: a data folder, a store folder, a file that ``kg export`` wrote, or ``REV`` or
            ``REV:path/to/data`` of the git repository that one stands in (path: ``data``).

    Raises:
        DataError: the data has problems.
        KgError: it is none of these, cannot be read, or holds nothing of ours.
    """
    path = Path(place)
    if is_file(path / "kg-store.json"):
        return State(place, _in_one_order(_read_built(open_store(path), place)), built=True)
    if _is_data(path):
        return State(place, _in_one_order(_read_data(path, place)), built=False)
    if is_file(path):
        return State(place, _in_one_order(_read_export(path)), built=True)
    return State(place, _in_one_order(_read_revision(place)), built=False)


def compare(old: State, new: State) -> Diff:
    """What changed between two states that may be of different kinds.

    A build keeps less than the data: where one of the two is built, both are taken as it has them.
    """
    if old.built or new.built:
        return diff(_as_built(old.corpus), _as_built(new.corpus))
    return diff(old.corpus, new.corpus)


def _in_one_order(corpus: Corpus) -> Corpus:
    """Names and decisions sorted, since their order says nothing and a store does not keep it."""
    entities = {
        e.id: replace(
            e,
            labels=_sorted_names(e.labels),
            aliases=_sorted_names(e.aliases),
            not_same_as=tuple(sorted(e.not_same_as, key=astuple)),
        )
        for e in corpus.entities.values()
    }
    verdicts = (replace(v, statements=tuple(sorted(v.statements))) for v in corpus.verdicts)
    return replace(corpus, entities=entities, verdicts=tuple(verdicts))


def _sorted_names(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(sorted(set(names), key=lambda n: (n.language, n.text)))


def _as_built(corpus: Corpus) -> Corpus:
    """What of a corpus every build has: merges followed to their end, ``not_same_as`` left out."""
    kept = corpus.canonical
    lent: dict[str, set[Name]] = defaultdict(set)  # a build also has merged names as aliases
    for e in corpus.entities.values():
        if e.same_as:
            lent[kept[e.id]] |= {*e.labels, *e.aliases}
    entities = {
        e.id: replace(
            e,
            type=corpus.entities.get(kept[e.id], e).type,
            aliases=tuple(n for n in e.aliases if n not in lent[e.id]),
            same_as=e.same_as and replace(e.same_as, entity=kept[e.id]),
            not_same_as=(),
        )
        for e in corpus.entities.values()
    }
    sources = {
        s.id: replace(s, publisher=kept.get(s.publisher, s.publisher))
        for s in corpus.sources.values()
    }
    return replace(corpus, entities=entities, sources=sources)


def _is_data(path: Path) -> bool:
    try:
        return (path / "entities").is_dir() and (path / "sources").is_dir()
    except OSError:  # a name too long for any folder
        return False


def _read_data(data: Path, shown: str) -> Corpus:
    corpus, problems = check_data(data, read_ontology())
    if problems:
        there = str(data)
        raise DataError(
            replace(p, path=p.path.replace(there, shown), message=p.message.replace(there, shown))
            for p in problems
        )
    return corpus


_NODES = """SELECT (COUNT(DISTINCT ?s) AS ?n) {
  VALUES ?kind { akt:Statement akt:Withdrawn } ?s a ?kind
}"""


def _read_built(store: Store, place: str) -> Corpus:
    try:
        corpus = read_graph(store)
        for amount in {s.amount for s in _statements(corpus).values() if s.amount}:
            if not (amount.value.is_finite() and abs(amount.value) < _AMOUNT_LIMIT):
                raise ValueError(f"amount {amount.value}")
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        reason = f"a value in it is none that kg writes ({error!r:.80})"
        raise KgError(f"{place}: {reason}, build or export it anew") from error
    if not corpus.entities and not corpus.sources:
        raise KgError(f"{place}: no statements of kg are in it, give what `kg export` wrote")
    there = store.select(_NODES)[0]["n"]
    whole = sum(len(s.statements) for s in corpus.sources.values())
    if there != whole:
        reason = f"{whole} of {there} statements can be read whole"
        raise KgError(f"{place}: {reason}, build or export it anew")
    return corpus


def _read_export(path: Path) -> Corpus:
    format_ = _EXPORTS.get(path.suffix.lower())
    if format_ is None:
        raise KgError(f"{path}: this is no export, its name should end in {', '.join(_EXPORTS)}")
    content = read_text(path).encode()
    if format_ == "jsonld":
        content, format_ = _ntriples(path, content), "nt"
    if format_ == "rdfxml" and b"<!ENTITY" in content:
        # Entities within entities grow without bound; kg writes none.
        raise KgError(f"{path}: it declares XML entities, export it anew")
    try:
        quads = _with_inferred_types(parse_quads(content, format_))
    except KgError as error:
        raise KgError(f"{path}: {error}") from error
    nquads = "".join(f"{' '.join(q)} .\n" for q in quads).encode()
    return _read_built(memory_store(nquads), str(path))


def _with_inferred_types(quads: list[Quad]) -> list[Quad]:
    """Quads with a graph of the types that follow from others, which the merged graph lacks."""
    if any(graph for *_, graph in quads):
        return quads
    types: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, object_, _ in quads:
        if predicate == f"<{RDF_TYPE}>":
            types[subject].add(object_[1:-1].removeprefix(AKT))
    ancestors = read_ontology().ancestors
    inferred = [
        (subject, f"<{RDF_TYPE}>", f"<{AKT}{above}>", f"<{INFERRED_GRAPH}>")
        for subject, own in types.items()
        for name in own
        for above in ancestors.get(name, frozenset()) & own - {name}
    ]
    return [*quads, *inferred]


def _ntriples(path: Path, content: bytes) -> bytes:
    """A JSON-LD document as N-Triples; nothing is fetched for it."""
    from rdflib import Graph

    try:
        document = json.loads(content)
        if not isinstance(document, dict | list):
            raise ValueError("it is neither an object nor a list")
        foreign = _foreign_context(document)
        if foreign is None:
            graph = Graph().parse(data=json.dumps(document), format="json-ld")
            return graph.serialize(format="nt", encoding="utf-8")
    except Exception as error:  # rdflib raises its own, ValueError, AttributeError and others
        reason = " ".join(str(error).split())[:160]
        raise KgError(f"{path}: this is no JSON-LD ({reason}), mend it") from error
    reason = f"its context '{foreign}' stands elsewhere and is not fetched"
    raise KgError(f"{path}: {reason}, put the context into the file as `kg export` does")


def _foreign_context(document: object) -> str | None:
    """An address that stands for a context anywhere: at the top, in a node, in a term."""
    waiting = [(document, False)]
    while waiting:
        value, is_context = waiting.pop()
        if isinstance(value, str) and is_context:
            return value
        if isinstance(value, list):
            waiting += [(item, is_context) for item in value]
        elif isinstance(value, dict):
            waiting += [(item, key in ("@context", "@import")) for key, item in value.items()]
    return None


def _read_revision(place: str) -> Corpus:
    revision, colon, path = place.partition(":")
    if not colon:
        path = "data"
    try:
        commit = _object_id(f"{revision}^{{commit}}")
    except KgError as error:
        raise KgError(
            f"{place}: this is no data folder (entities/ and sources/), no store folder, "
            f"no export ({', '.join(_EXPORTS)}) and no git revision ({error}), give one of them"
        ) from error
    try:
        files = _listed_files(_object_id(f"{commit}:{path.rstrip('/')}"))
        contents = _contents([object_id for object_id, _ in files.values()])
        with tempfile.TemporaryDirectory(prefix="kg-diff-") as folder:
            data = Path(folder)
            for name in ("entities", "sources"):
                (data / name).mkdir()
            for name, content in zip(files, contents, strict=True):
                with (data / name).open("xb") as out:
                    out.write(content)
            return _read_data(data, f"{revision}:{path}")
    except DataError:
        raise
    except (KgError, OSError) as error:
        raise KgError(
            f"{revision}:{path}: no data folder can be read there ({error}), "
            "name it by REV:path/to/data"
        ) from error


def _git(*arguments: str, given: bytes = b"") -> bytes:
    """What git prints; it neither asks, fetches, locks nor writes anything."""
    program = shutil.which("git")
    if program is None:
        raise KgError("git is not installed")
    quiet = {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0",
             "GIT_TERMINAL_PROMPT": "0"}  # fmt: skip
    try:
        ran = subprocess.run(  # noqa: S603  # no shell, and git is told where its options end
            [program, *arguments],
            input=given, capture_output=True, check=False, env={**os.environ, **quiet},
        )  # fmt: skip
    except (OSError, ValueError) as error:  # ValueError: a NUL among the arguments
        raise KgError(f"git cannot be run: {error}") from error
    if ran.returncode:
        said = ran.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise KgError(said.removeprefix("fatal: ") or "git does not know it")
    return ran.stdout


def _object_id(name: str) -> str:
    found = _git("rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()
    if not re.fullmatch(r"[0-9a-f]{40,64}", found):  # such as ^… of a revision to leave out
        raise KgError("git does not know it")
    return found


def _listed_files(tree: str) -> dict[str, tuple[str, int]]:
    """The YAML files of a data folder in git by their path in it: object id and size."""
    wanted = ("entities/", "sources/", VERDICTS_FILE)
    listing = os.fsdecode(_git("ls-tree", "-z", "--long", "--full-tree", tree, "--", *wanted))
    files: dict[str, tuple[str, int]] = {}
    for line in filter(None, listing.split("\0")):
        described, _, name = line.partition("\t")
        mode, _, object_id, size = described.split()
        if not re.fullmatch(
            rf"(?:entities|sources)/[^/\\]+\.ya?ml|{re.escape(VERDICTS_FILE)}", name
        ):
            continue
        if mode not in ("100644", "100755"):
            raise KgError(f"{name} is no regular file")
        if not size.isdigit():
            raise KgError(f"{name} is missing from the repository")
        files[name] = object_id, int(size)
    if not files:
        raise KgError("there is neither entities/ nor sources/")
    if (total := sum(size for _, size in files.values())) > _SIZE_LIMIT:
        raise KgError(f"its files have {total} bytes, at most {_SIZE_LIMIT} are read")
    return files


def _contents(object_ids: list[str]) -> Iterator[bytes]:
    output = _git("cat-file", "--batch", given="".join(f"{i}\n" for i in object_ids).encode())
    place = 0
    for object_id in object_ids:
        head, _, _ = output[place : place + 200].partition(b"\n")
        kind = head.split(b" ")[1:]
        if len(kind) != 2:
            raise KgError(f"object {object_id} is missing")
        start, size = place + len(head) + 1, int(kind[1])
        yield output[start : start + size]
        place = start + size + 1
