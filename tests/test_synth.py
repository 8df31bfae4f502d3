"""Synthetic networks: the same from the same seed, sound, and with the shape of real data."""

from __future__ import annotations

import gzip
from collections import Counter
from dataclasses import replace
from pathlib import Path
from statistics import mean, median

import pytest

from kg.conflicts import find_conflicts
from kg.export import export
from kg.loading import load
from kg.model import Corpus
from kg.ontology import Ontology
from kg.rdf import enriched
from kg.soundness import check_store
from kg.store import canonical_nquads, open_store
from kg.synth import Synth
from tests.commands import run_kg

ACTORS = 1000


@pytest.fixture(scope="module")
def made(corpus: Corpus, ontology: Ontology) -> Corpus:
    """A synthetic network as a corpus."""
    synth = Synth(ACTORS, 3, corpus, ontology)
    statements = list(synth.statements())
    sources = (
        replace(s, statements=tuple(x for x in statements if x.source == s.id))
        for s in synth.sources()
    )
    return enriched(
        Corpus({e.id: e for e in synth.entities()}, {s.id: s for s in sources}), ontology
    )


def _degrees(corpus: Corpus) -> list[int]:
    ends = (e for s in corpus.statements() for e in (s.subject, s.object) if e in corpus.entities)
    return sorted(Counter(ends).values(), reverse=True)


def test_there_are_as_many_actors_as_were_asked_for(made: Corpus, ontology: Ontology) -> None:
    actors = sum(ontology.is_a(e.type, "Actor") for e in made.entities.values())
    assert abs(actors - ACTORS) <= 5


def test_degrees_are_as_skewed_as_in_the_packaged_graph(made: Corpus, corpus: Corpus) -> None:
    synthetic, real = _degrees(made), _degrees(corpus)
    assert abs(mean(synthetic) - mean(real)) < 0.8
    assert abs(median(synthetic) - median(real)) <= 1
    for share in (10, 20):  # the degree that one in ten, and one in twenty, has at least
        assert abs(synthetic[len(synthetic) // share] - real[len(real) // share]) <= 4
    assert synthetic[0] > real[0], "the tail grows with the network"


def test_dates_names_and_doubts_have_their_shares(made: Corpus, corpus: Corpus) -> None:
    def shares(of: Corpus) -> dict[str, float]:
        said = list(of.statements())
        triples = {(s.subject, s.relation, s.object) for s in said}
        return {
            "dated": mean(bool(s.since or s.until or s.observed) for s in said),
            "since": mean(bool(s.since) for s in said),
            "until": mean(bool(s.until) for s in said),
            "quoted": mean(not s.cited for s in said),
            "amount": mean(s.amount is not None for s in said),
            "implied": mean(s.certainty == "implied" for s in said),
            "planned": mean(s.modality == "planned" for s in said),
            "again": 1 - len(triples) / len(said),
            "aliases": mean(len(e.aliases) for e in of.entities.values()) / 4,
        }

    synthetic, real = shares(made), shares(corpus)
    for name, share in real.items():
        assert abs(synthetic[name] - share) < 0.05, name


def test_sources_contradict_each_other_about_as_often(
    made: Corpus, corpus: Corpus, ontology: Ontology
) -> None:
    def often(of: Corpus) -> float:
        return len(find_conflicts(of, ontology)) / len(list(of.statements()))

    assert 0.3 < often(made) / often(corpus) < 2


def test_no_made_up_person_is_a_real_one(made: Corpus, corpus: Corpus) -> None:
    real = {n.text for e in corpus.entities.values() if e.type == "Person" for n in e.labels}
    people = [e for e in made.entities.values() if e.type == "Person"]
    assert len(people) > ACTORS // 5
    assert not real & {n.text for e in people for n in e.labels + e.aliases}
    labels = [n.text for e in people for n in e.labels if n.language == "de"]
    assert len(set(labels)) == len(labels)


def test_quads_and_tables_are_one_graph_sound_and_the_same_from_the_same_seed(
    tmp_path: Path,
) -> None:
    quads, packed, tables = tmp_path / "a.nq", tmp_path / "b.nq.gz", tmp_path / "tables"
    for output in (str(quads), str(packed), f"{tables}/"):
        ran = run_kg("synth", "--actors", "150", "--seed", "5", "-o", output)
        assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert gzip.decompress(packed.read_bytes()) == quads.read_bytes()
    found = load([tables], tmp_path / "store", rejected=tmp_path / "bad")
    assert found.problems == ()
    store = open_store(tmp_path / "store")
    assert export(store, "nq") == canonical_nquads(quads.read_bytes())
    assert check_store(store, "store") == []
    run_kg("synth", "--actors", "150", "--seed", "6", "-o", tmp_path / "c.nq")
    assert (tmp_path / "c.nq").read_bytes() != quads.read_bytes()


def test_parquet_holds_the_same_tables(tmp_path: Path) -> None:
    for format_ in ("csv", "parquet"):
        run_kg("synth", "--actors", "30", "-o", f"{tmp_path / format_}/", "--format", format_)
        load([tmp_path / format_], tmp_path / f"s-{format_}", rejected=tmp_path / "bad")
    graphs = [export(open_store(tmp_path / f"s-{f}"), "nq") for f in ("csv", "parquet")]
    assert graphs[0] == graphs[1]


@pytest.mark.parametrize(
    "args", [["-o", "x.csv"], ["-o", "x.nq", "--format", "csv"], ["-o", "x/", "--format", "nq"]]
)
def test_where_it_cannot_be_written_is_said(tmp_path: Path, args: list[str]) -> None:
    ran = run_kg("synth", "--actors", "10", *args, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "give a FILE.nq or FILE.nq.gz, or a folder/ for csv or parquet" in ran.err
