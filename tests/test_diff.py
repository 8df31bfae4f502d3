"""What changed between two states: in statements, the same from every kind of place."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import build, build_nquads
from kg.diff import Diff, apply, diff
from kg.diff_text import as_dict, as_markdown, as_text
from kg.errors import DataError, KgError
from kg.export import export
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
)
from kg.states import compare, read_state
from kg.store import memory_store
from tests.conftest import DataFolder, MakeData
from tests.golden import expect

# Pools small enough that two states often share something, with texts that mean harm.
HARM = "ü\x1b[31m\n# <b>|*"
WITHDRAWALS = (None, Withdrawal("R", "2026-01-01", HARM), Withdrawal("R", "2026-01-02", "doch"))
IDENTITIES = (None, *(Identity(e, "R", "2026-01-01", HARM) for e in "bc"))
STATEMENTS = [
    Statement(
        "?", "a", relation, "b", evidence, since=since, until=until, withdrawn=withdrawn, **more
    )
    for relation in ("funds", "operates")
    for since in (None, "2018", "2019")
    for until in (None, "2019")
    for evidence in ((Evidence(HARM, 0, 1),), (Evidence(note=HARM), Evidence("q", 0, 1)))
    for withdrawn in WITHDRAWALS
    for more in (
        {},
        {"role": HARM, "certainty": "implied"},
        {"amount": Amount(Decimal("5.5"), HARM), "inferred": Inferred(HARM, HARM)},
    )
]
ENTITIES = [
    Entity("?", type_, (Name("A"),), aliases, same_as, note=note)
    for type_ in ("Person", "Project")
    for aliases in ((), (Name(HARM, "en"),))
    for same_as in IDENTITIES
    for note in (None, HARM)
]
SOURCES = [
    Source("?", title, "a", published, HARM, text=text)
    for title in ("t", HARM)
    for published in (None, "2019")
    for text in (None, TextMark(HARM, 1))
]
VERDICTS = [
    Verdict(statements, "change", "R", "2026-01-01", why)
    for statements in (("s", "t"), ("s", "u"))
    for why in ("w", HARM)
]


def _corpus(
    entities: dict[str, Entity],
    sources: dict[str, tuple[Source, list[Statement]]],
    verdicts: list[Verdict],
) -> Corpus:
    return Corpus(
        {i: replace(e, id=i) for i, e in entities.items()},
        {
            i: replace(s, id=i, statements=tuple(replace(x, source=i) for x in said))
            for i, (s, said) in sources.items()
        },
        tuple(verdicts),
    )


_said = st.lists(st.sampled_from(STATEMENTS), max_size=6, unique_by=lambda s: s.id)
corpora = st.builds(
    _corpus,
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(ENTITIES), max_size=3),
    st.dictionaries(st.sampled_from("xy"), st.tuples(st.sampled_from(SOURCES), _said), max_size=2),
    st.lists(st.sampled_from(VERDICTS), max_size=2, unique_by=lambda v: v.statements),
)


def _as_sets(corpus: Corpus) -> tuple[object, ...]:
    """A corpus whatever its order."""
    return (
        dict(corpus.entities),
        {i: replace(s, statements=()) for i, s in corpus.sources.items()},
        {i: frozenset(s.statements) for i, s in corpus.sources.items()},
        frozenset(corpus.verdicts),
    )


def _all(corpus: Corpus) -> dict[str, Statement]:
    return {s.id: s for source in corpus.sources.values() for s in source.statements}


@given(corpora, corpora)
def test_a_diff_applied_gives_the_new_state(old: Corpus, new: Corpus) -> None:
    assert _as_sets(apply(diff(old, new), old)) == _as_sets(new)


@given(corpora)
def test_nothing_differs_from_itself(corpus: Corpus) -> None:
    found = diff(corpus, corpus)
    assert not found
    assert found == Diff()
    assert as_text(found) == as_markdown(found) == "no differences"
    assert _as_sets(apply(found, corpus)) == _as_sets(corpus)


@given(corpora, corpora, st.randoms(use_true_random=False))
def test_order_makes_no_difference(old: Corpus, new: Corpus, random: Random) -> None:
    def shuffled(corpus: Corpus) -> Corpus:
        def mixed(things: list[str]) -> list[str]:
            return random.sample(things, len(things))

        return Corpus(
            {i: corpus.entities[i] for i in mixed(list(corpus.entities))},
            {
                i: replace(s, statements=tuple(random.sample(s.statements, len(s.statements))))
                for i in mixed(list(corpus.sources))
                for s in [corpus.sources[i]]
            },
            tuple(random.sample(corpus.verdicts, len(corpus.verdicts))),
        )

    first, second = diff(old, new), diff(shuffled(old), shuffled(new))
    assert first == second
    assert as_text(first) == as_text(second)
    assert as_dict(first) == as_dict(second)


@given(corpora, corpora)
def test_each_statement_that_differs_stands_in_one_change_of_the_right_kind(
    old: Corpus, new: Corpus
) -> None:
    changes = diff(old, new).statements
    before, after = _all(old), _all(new)
    assert sorted(c.old.id for c in changes if c.old) == sorted(
        i for i, s in before.items() if after.get(i) != s
    )
    assert sorted(c.new.id for c in changes if c.new) == sorted(
        i for i, s in after.items() if before.get(i) != s
    )
    for change in changes:
        changed = {f.name for f in change.fields}
        kept = bool(change.old and not change.old.withdrawn)
        counts = bool(change.new and not change.new.withdrawn)
        match change.kind:
            case "added":
                assert counts
                assert not kept
            case "withdrawn":
                assert not counts
            case "changed_dates":
                assert changed & {"since", "until", "observed"}
            case "changed_evidence":
                assert "evidence" in changed
                assert not changed & {"since", "until", "observed"}
            case _:
                assert change.kind == "changed"
                assert changed
                assert not changed & {"since", "until", "observed", "evidence"}
        if change.old and change.new:
            parts = [(s.source, s.subject, s.relation, s.object) for s in (change.old, change.new)]
            assert parts[0] == parts[1]


@given(corpora, corpora)
def test_none_goes_while_its_like_comes_with_other_dates(old: Corpus, new: Corpus) -> None:
    def parts(s: Statement) -> tuple[object, ...]:
        return s.source, s.subject, s.relation, s.object, s.withdrawn is None

    changes = diff(old, new).statements
    gone = {parts(c.old) for c in changes if c.old and not c.new}
    assert not gone & {parts(c.new) for c in changes if c.new and not c.old}


@given(corpora, corpora)
def test_whatever_the_data_holds_the_output_is_only_text(old: Corpus, new: Corpus) -> None:
    found = diff(old, new)
    changes = sum(map(len, found.sections.values()))
    for text in (as_text(found), as_markdown(found)):
        assert all(line.isprintable() for line in text.split("\n"))
    assert sum(line[:2] in ("+ ", "- ", "~ ") for line in as_text(found).split("\n")) == changes
    marked = as_markdown(found)
    assert "<" not in marked.replace("\\<", "")
    assert sum(line.startswith("- **") for line in marked.split("\n")) == changes
    packed = json.loads(json.dumps(as_dict(found)))
    assert sum(len(packed[name]) for name in found.sections) == changes
    assert sum(n for kinds in packed["counts"].values() for n in kinds.values()) == changes


@given(corpora, corpora, corpora)
def test_a_diff_is_applied_only_where_it_fits(old: Corpus, new: Corpus, other: Corpus) -> None:
    try:
        got = apply(diff(old, new), other)
    except KgError:
        assert _as_sets(other) != _as_sets(old)
    else:  # it fits where all that it changes is as it was
        assert not diff(other, apply(diff(new, old), got))


_A = Evidence("Anna führt", 0, 10)
_SAID = Statement("meldung", "verein", "chairedBy", "anna", (_A,), since="2019")


def _small(*said: Statement, **named: Entity) -> Corpus:
    entities = {
        "verein": Entity("verein", "Association", (Name("Muster e.V."),)),
        "anna": Entity("anna", "Person", (Name("Anna Muster"),)),
    }
    source = Source("meldung", "Eine Meldung", "verein", "2020-01-31", "https://x.de/")
    return Corpus({**entities, **named}, {"meldung": replace(source, statements=said)})


@pytest.mark.parametrize(
    ("changed", "kind", "names"),
    [
        (replace(_SAID, since="2018"), "changed_dates", ["since"]),
        (replace(_SAID, since=None, observed="2019"), "changed_dates", ["since", "observed"]),
        (
            replace(_SAID, since="2018", evidence=(_A, _A), role="x"),
            "changed_dates",
            ["evidence", "since", "role"],
        ),
        (replace(_SAID, evidence=(Evidence("Anna", 0, 4),)), "changed_evidence", ["evidence"]),
        (replace(_SAID, evidence=(_A, _A), note="x"), "changed_evidence", ["evidence", "note"]),
        (replace(_SAID, role="Vorsitz"), "changed", ["role"]),
        (replace(_SAID, modality="planned", certainty="implied"), "changed", None),
        (replace(_SAID, amount=Amount(Decimal(5))), "changed", ["amount"]),
        (replace(_SAID, withdrawn=Withdrawal("R", "2026-01-01", "w")), "withdrawn", ["withdrawn"]),
    ],
)
def test_what_becomes_of_a_statement_is_one_change(
    changed: Statement, kind: str, names: list[str] | None
) -> None:
    (change,) = diff(_small(_SAID), _small(changed)).statements
    assert change.kind == kind
    assert names is None or [f.name for f in change.fields] == names


def test_a_withdrawn_statement_keeps_its_reason() -> None:
    withdrawn = replace(_SAID, withdrawn=Withdrawal("Redaktion", "2026-02-01", "verlesen"))
    first = diff(_small(_SAID), _small(withdrawn))
    assert "    withdrawn: verlesen (Redaktion, 2026-02-01)" in as_text(first).split("\n")
    assert [c.kind for c in diff(_small(withdrawn), _small(_SAID)).statements] == ["added"]
    gone = diff(_small(withdrawn), _small())
    assert gone.statements[0].kind == "withdrawn"
    assert "verlesen" in as_text(gone)
    assert "no reason given" in as_text(diff(_small(_SAID), _small()))
    never_counted = diff(_small(), _small(withdrawn))
    assert [c.kind for c in never_counted.statements] == ["withdrawn"]


_B = Evidence("Sie führt", 20, 29)


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        (  # first what is the same but for its dates
            [("2010", _B, "x"), ("2015", _A, "x")],
            [("2016", _A, "x"), ("2011", _B, "x"), ("2020", _A, "y")],
            {("2010", "2011"), ("2015", "2016"), (None, "2020")},
        ),
        (  # then what rests on the same passage
            [("2010", _B, "x"), ("2015", _A, "x")],
            [("2005", _A, "y"), ("2011", _B, "y")],
            {("2010", "2011"), ("2015", "2005")},
        ),
        (  # then in order of dates
            [("2015", _A, "x"), ("2010", _A, "x")],
            [("2011", _B, "y"), ("2016", _B, "y")],
            {("2010", "2011"), ("2015", "2016")},
        ),
    ],
)
def test_of_several_with_other_dates_the_likest_are_taken_together(
    old: list[tuple[str, Evidence, str]],
    new: list[tuple[str, Evidence, str]],
    pairs: set[tuple[str | None, str | None]],
) -> None:
    before, after = (
        _small(*(replace(_SAID, since=s, evidence=(e,), role=r) for s, e, r in some))
        for some in (old, new)
    )
    found = diff(before, after).statements
    assert {(c.old and c.old.since, c.new and c.new.since) for c in found} == pairs


def test_a_withdrawn_statement_has_nothing_to_do_with_one_of_other_dates() -> None:
    withdrawn = replace(_SAID, since="2018", withdrawn=Withdrawal("R", "2026-01-01", "w"))
    found = diff(_small(_SAID), _small(withdrawn)).statements
    assert [(c.kind, bool(c.old), bool(c.new)) for c in found] == [
        ("withdrawn", False, True),
        ("withdrawn", True, False),
    ]


def test_entities_are_renamed_merged_and_taken_apart() -> None:
    anna = _small().entities["anna"]
    merged = replace(anna, same_as=Identity("verein", "R", "2026-01-01", "warum"))

    def kinds(old: Entity, new: Entity) -> list[str]:
        return [c.kind for c in diff(_small(anna=old), _small(anna=new)).entities]

    assert kinds(anna, replace(anna, labels=(Name("Anna B."),))) == ["renamed"]
    assert kinds(anna, replace(anna, aliases=(Name("A. M."),))) == ["renamed"]
    assert kinds(anna, replace(anna, type="Association")) == ["changed"]
    assert kinds(anna, replace(anna, note="x")) == ["changed"]
    assert kinds(anna, merged) == ["merged"]
    assert kinds(merged, anna) == ["unmerged"]
    assert [c.kind for c in diff(Corpus({}, {}), _small()).entities] == ["added", "added"]
    assert [c.kind for c in diff(_small(), Corpus({}, {})).sources] == ["removed"]


def _golden() -> Diff:
    new_source = Source("bericht", "Ein *Bericht*", "verein", None, "https://x.de/b")
    old = _small(
        _SAID,
        replace(_SAID, relation="managedBy", amount=Amount(Decimal(3800000), qualifier="rund")),
        replace(_SAID, relation="cooperatesWith"),
        replace(_SAID, relation="hasAddress", object="Weg 1 \x1b[2J"),
    )
    gone = Withdrawal("Redaktion", "2026-02-01", "Eine andere Anna.")
    new = _small(
        replace(_SAID, since="2018", until="..", evidence=(Evidence("seit 2018", 12, 21),)),
        replace(_SAID, relation="managedBy", amount=Amount(Decimal(4000000)), role="Leitung"),
        replace(_SAID, relation="cooperatesWith", withdrawn=gone),
        bund=Entity("bund", "PublicBody", (Name("Der Bund"), Name("The Federation", "en"))),
        anna=Entity("anna", "Person", (Name("Anna Beispiel"),), (Name("Anna Muster"),)),
        anna2=Entity(
            "anna2",
            "Person",
            (Name("A. Muster"),),
            same_as=Identity("anna", "R", "2026-01-02", "?"),
        ),
    )
    said = Statement(
        "bericht", "bund", "funds", "verein", (Evidence(note="Gelesen\nam 2. Mai."),), "implied"
    )
    sources = {
        "meldung": replace(new.sources["meldung"], title="Die Meldung"),
        "bericht": replace(new_source, statements=(said,)),
    }
    verdict = Verdict((_SAID.id, said.id), "change", "R", "2026-02-02", "beides stimmt")
    return diff(old, Corpus(new.entities, sources, (verdict,)))


def test_a_small_change_as_it_is_shown() -> None:
    found = _golden()
    expect("diff-small.txt", as_text(found) + "\n")
    expect("diff-small.md", as_markdown(found) + "\n")
    expect("diff-small.json", json.dumps(as_dict(found), ensure_ascii=False, indent=1) + "\n")


# Places.

_MERGED = """\
- id: mv
  type: Association
  label: MV Sachsen
  alias: [Verein Muster]
  same_as: {entity: verein, by: Redaktion, on: 2026-01-01, why: derselbe Sitz}
- id: bundesland
  type: PublicBody
  label: Das Land
  not_same_as: [{entity: bund, by: Redaktion, on: 2026-01-01, why: zwei Ebenen}]
"""
_SAID_NEW = """\
- subject: mv
  relation: hasAddress
  object: "Weg 1, \\"Hof\\" <b>"
  observed: 2020-01-31
  certainty: implied
  amount: {value: 12.50, qualifier: rund}
  inferred: {part: Jahr, from: Kopf}
  evidence:
  - {quote: "Muster e.V.", start: 30, end: 41}
  - {cited: true, note: Impressum}
"""


@pytest.fixture
def folders(tmp_path: Path, make_data: MakeData) -> tuple[DataFolder, DataFolder]:
    """An old and a new data folder."""
    old, new = make_data(tmp_path / "old"), make_data(tmp_path / "new")
    new.replace(new.source, "since: 2019", "since: 2018")
    new.replace(new.source, "Gelesen auf der Seite.", "Gelesen im Netz.")
    new.replace(new.source, "statements:\n", "statements:\n" + _SAID_NEW)
    new.replace(new.entities, "label: Anna Muster", "label: Anna Beispiel\n  alias: [Z, A]")
    new.entities.write_text(new.entities.read_text(encoding="utf-8") + _MERGED, encoding="utf-8")
    return old, new


def _exported(data: Path, ending: str) -> Path:
    format_ = {"rdf": "rdfxml"}.get(ending, ending)
    path = data.parent / f"graph.{ending}"
    path.write_bytes(export(memory_store(build_nquads(data)), format_))
    return path


def _stored(data: Path) -> Path:
    folder = data.parent / "store"
    build(data, folder)
    return folder


PLACES: dict[str, Callable[[Path], Path]] = {
    "store": _stored,
    **{
        ending: lambda data, ending=ending: _exported(data, ending)  # type: ignore[misc]
        for ending in ("nq", "trig", "ttl", "nt", "rdfxml", "jsonld")
    },
}


@pytest.mark.parametrize("kind", PLACES)
def test_every_kind_of_place_gives_the_same_diff(
    folders: tuple[DataFolder, DataFolder], kind: str
) -> None:
    old, new = (read_state(str(f.data)) for f in folders)
    old_built, new_built = (read_state(str(PLACES[kind](f.data))) for f in folders)
    assert not compare(old, old_built), as_text(compare(old, old_built))
    assert not compare(new_built, new), as_text(compare(new_built, new))
    wanted = compare(old, new)
    assert wanted.counts == {
        "statements": {"added": 1, "changed": 1, "changed_dates": 1},
        "entities": {"added": 2, "renamed": 1},
    }
    for found in (compare(old, new_built), compare(old_built, new), compare(old_built, new_built)):
        assert found.statements == wanted.statements
        assert found.counts == wanted.counts


def test_the_order_of_the_data_makes_no_difference(
    folders: tuple[DataFolder, DataFolder],
) -> None:
    _, new = folders
    before = read_state(str(new.data))
    new.replace(new.entities, "alias: [Z, A]", "alias: [A, Z]")
    new.replace(
        new.entities, "{de: Der Bund, en: The Federation}", "{en: The Federation, de: Der Bund}"
    )
    assert not compare(before, read_state(str(new.data)))


def test_data_with_problems_are_no_state(tmp_path: Path, make_data: MakeData) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.source, "object: vorhaben", "object: vorhabn")
    with pytest.raises(DataError, match=r"meldung\.yaml:\d+: unknown entity 'vorhabn'"):
        read_state(str(folder.data))


def _git(*arguments: str, given: bytes = b"") -> str:
    ran = subprocess.run(["git", *arguments], input=given, capture_output=True, check=True)
    return ran.stdout.decode().strip()


@pytest.fixture
def repository(folders: tuple[DataFolder, DataFolder], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose first commit has the old data and whose work tree is empty."""
    for name in [n for n in os.environ if n.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "test@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    root = folders[0].root
    monkeypatch.chdir(root)
    _git("init", "-q", "-b", "main")
    _git("add", "data")
    _git("commit", "-q", "-m", "old")
    return root


def test_a_git_revision_is_read_without_touching_the_work_tree(
    repository: Path, folders: tuple[DataFolder, DataFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = (read_state(str(f.data)) for f in folders)
    (repository / "data").rename(repository / "moved")
    (repository / "half.txt").write_text("being written")
    _git("add", "half.txt")
    before = _git("status", "--porcelain")
    index = (repository / ".git" / "index").read_bytes()
    for place in ("main", "HEAD", "HEAD:data", "main:data/", "HEAD^{commit}", "HEAD:./data"):
        state = read_state(place)
        assert not state.built
        assert not compare(state, old)
        assert compare(state, new) == compare(old, new)
    monkeypatch.chdir(repository / "moved" / "sources")
    assert not compare(read_state("HEAD"), old), "from a folder below, too"
    assert (repository / ".git" / "index").read_bytes() == index
    monkeypatch.chdir(repository)
    assert _git("status", "--porcelain") == before


def test_verdicts_and_another_folder_come_from_git_too(repository: Path) -> None:
    said = read_state("HEAD").corpus.sources["meldung"].statements
    (repository / "data" / "conflicts.yaml").write_text(
        f"- statements: [{said[0].id}, {said[1].id}]\n  verdict: change\n"
        "  by: Redaktion\n  on: 2026-01-01\n  why: beides stimmt\n"
    )
    _git("mv", "data", "elsewhere")
    _git("add", "elsewhere")
    _git("commit", "-q", "-m", "moved")
    moved = read_state("main:elsewhere")
    assert compare(read_state("main~1"), moved).counts == {"verdicts": {"added": 1}}
    assert not compare(moved, read_state(str(_exported(repository / "elsewhere", "nq"))))
    with pytest.raises(KgError, match=r"main:data: no data folder can be read there"):
        read_state("main")


def test_problems_in_a_revision_are_told_by_its_name(repository: Path) -> None:
    source = repository / "data" / "sources" / "meldung.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("object: vorhaben", "object: x"))
    _git("commit", "-qam", "broken")
    with pytest.raises(DataError) as caught:
        read_state("HEAD")
    assert str(caught.value).startswith("HEAD:data/sources/meldung.yaml:")
    assert "kg-diff-" not in str(caught.value), "the folder that it was unpacked into is gone"


@pytest.mark.parametrize(
    "place",
    [
        "--output=x", "-x", "--all", "HEAD; rm -rf data", "$(touch x)", "`touch x`", "HEAD|touch x",
        "^HEAD", "HEAD..main", "", ":", ":/old", "HEAD\0", "HEAD\nmain", "@{-1}", "nothing", "x" * 5000,
        "old.nq", "https://example.org/sparql", "\udcff", "main:data\0",
    ],
)  # fmt: skip
def test_what_is_no_place_is_said_and_nothing_is_done(repository: Path, place: str) -> None:
    before = sorted(p.name for p in repository.iterdir())
    with pytest.raises(KgError):
        read_state(place)
    assert sorted(p.name for p in repository.iterdir()) == before
    assert (repository / "data" / "entities" / "all.yaml").is_file()


@pytest.mark.usefixtures("repository")
def test_an_unknown_place_names_the_four_possibilities() -> None:
    with pytest.raises(KgError) as caught:
        read_state("nothing")
    for word in ("nothing", "data folder", "store folder", "export (.nq", "git revision"):
        assert word in str(caught.value)
    with pytest.raises(KgError, match="git does not know it"):
        read_state("^HEAD")
    for place in ("main:nothing", "main:data/entities/all.yaml", "main:..", "main:/data"):
        with pytest.raises(KgError, match="no data folder can be read there"):
            read_state(place)


def test_without_git_or_a_repository_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(KgError, match="not a git repository"):
        read_state("HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(KgError, match="git is not installed"):
        read_state("HEAD")


def test_links_in_a_revision_are_not_followed(repository: Path) -> None:
    secret = repository / "secret.yaml"
    secret.write_text("- id: secret\n  type: Person\n  label: Secret\n")
    (repository / "data" / "entities" / "link.yaml").symlink_to(secret)
    _git("add", "data")
    _git("commit", "-q", "-m", "link")
    with pytest.raises(KgError, match=r"entities/link\.yaml is no regular file"):
        read_state("HEAD")
    _git("rm", "-q", "--cached", "-r", "data")
    (repository / "data").rename(repository / "real")
    (repository / "data").symlink_to(repository / "real")
    _git("add", "data")
    _git("commit", "-q", "-m", "linked folder")
    with pytest.raises(KgError, match="no data folder can be read there"):
        read_state("HEAD")


@pytest.mark.usefixtures("repository")
def test_paths_in_a_revision_stay_in_the_folder(tmp_path: Path) -> None:
    content = b"- id: evil\n  type: Person\n  label: Evil\n"
    blob = bytes.fromhex(_git("hash-object", "-w", "--stdin", given=content))

    def tree(*entries: tuple[bytes, bytes, str]) -> bytes:
        raw = b"".join(b"%b %b\0%b" % (mode, name.encode(), oid) for mode, oid, name in entries)
        made = _git("hash-object", "-t", "tree", "--literally", "-w", "--stdin", given=raw)
        return bytes.fromhex(made)

    evil = tree((b"100644", blob, "../../evil.yaml"), (b"100644", blob, "..\\evil.yaml"))
    sources = bytes.fromhex(_git("rev-parse", "HEAD:data/sources"))
    data = tree((b"40000", evil, "entities"), (b"40000", sources, "sources"))
    commit = _git("commit-tree", "-m", "evil", tree((b"40000", data, "data")).hex())
    with pytest.raises(KgError):
        read_state(commit)
    assert not [p for p in tmp_path.rglob("*evil*") if ".git" not in p.parts]


@pytest.mark.usefixtures("repository")
def test_too_much_in_a_revision_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.revision._SIZE_LIMIT", 100)
    with pytest.raises(KgError, match=r"its files have \d+ bytes, at most 100 are read"):
        read_state("HEAD")


def test_a_missing_object_is_said(repository: Path) -> None:
    blob = _git("rev-parse", "HEAD:data/entities/all.yaml")
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(KgError, match=r"entities/all\.yaml is missing from the repository"):
        read_state("HEAD")


_ELSEWHERE = '"@context": "https://example.org/context.jsonld"'


@pytest.mark.parametrize(
    ("ending", "content", "message"),
    [
        ("nq", b"<http://x/a> <http://x/p> .\n", "this is no nq"),
        ("ttl", b"@prefix ent: <x", "this is no ttl"),
        ("trig", b"{", "this is no trig"),
        ("rdf", b"<rdf:RDF>", "this is no rdfxml"),
        ("rdf", b'<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><r/>', "XML entities"),
        ("nt", b"\xff\xfe", "this is not UTF-8"),
        ("nt", b"", "no statements of kg are in it"),
        ("ttl", b"<http://x/a> <http://x/p> <http://x/b> .", "no statements of kg are in it"),
        ("jsonld", b"{", "this is no JSON-LD"),
        ("jsonld", b"[" * 100_000, "this is no JSON-LD"),
        ("jsonld", b"null", "neither an object nor a list"),
        ("jsonld", b"[]", "no statements of kg are in it"),
        ("jsonld", b'{"@context": 5, "@id": "a"}', "this is no JSON-LD"),
        ("jsonld", b'{%b, "@graph": []}' % _ELSEWHERE.encode(), "is not fetched"),
        ("jsonld", b'{"@context": [{}, ["https://x.de/c"]]}', "'https://x.de/c' stands elsewhere"),
        ("jsonld", b'{"@context": {"@import": "https://x.de/c"}}', "is not fetched"),
        ("jsonld", b'{"@context": {"a": {"@id": "x:a", %b}}}' % _ELSEWHERE.encode(), "not fetched"),
        ("jsonld", b'{"@graph": [{"x:a": {%b}}]}' % _ELSEWHERE.encode(), "is not fetched"),
        ("jsonld", b'{"@context": {"@context": "/etc/passwd"}}', "is not fetched"),
        ("csv", b"a,b", "this is no export, its name should end in .nq"),
        ("", b"", "this is no export"),
    ],
)
def test_what_is_no_export_is_said_and_nothing_is_fetched(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
    content: bytes,
    message: str,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("it went to the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    path = tmp_path / f"graph.{ending}"
    path.write_bytes(content)
    with pytest.raises(KgError, match=message) as caught:
        read_state(str(path))
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("akt:certainty akt:stated", "akt:certainty2 akt:stated", "1 of 3 statements"),
        ("akt:modality akt:asserted", "akt:modality akt:asserted, akt:denied", "of 3 statements"),
        ('akt:amount 12.5', 'akt:amount "much"', "a value in it is none that kg writes"),
        ('akt:amount 12.5', 'akt:amount "1E+999999"', "a value in it is none that kg writes"),
        ('akt:amount 12.5', 'akt:amount "sNaN"', "a value in it is none that kg writes"),
    ],
)  # fmt: skip
def test_a_damaged_export_is_no_state(
    folders: tuple[DataFolder, DataFolder], old: str, new: str, message: str
) -> None:
    path = _exported(folders[1].data, "ttl")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(KgError, match=message):
        read_state(str(path))


def test_a_damaged_store_is_no_state(tmp_path: Path) -> None:
    (tmp_path / "kg-store.json").write_text("{}")
    with pytest.raises(KgError, match="another version of kg or is damaged"):
        read_state(str(tmp_path))
