"""Two annotations compared: figures of the literature, figures counted by hand, the command."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.extraction.agreement import names_in, same_name
from kg.extraction.agreement_text import as_csv, as_dict, as_text
from kg.extraction.annotations import read_annotation
from kg.extraction.coefficients import cohens_kappa, krippendorffs_alpha
from kg.extraction.comparing import Agreement, agreement
from kg.extraction.gold import GoldEntity, GoldText
from kg.ontology import Ontology
from tests.commands import run_kg

CLASSES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=30)


def test_kappa_of_the_literature() -> None:
    """Cohen 1960, table 1, as proportions of 200 things: kappa .492 (rounded there to .49)."""
    counts = {("1", "1"): 88, ("1", "2"): 14, ("1", "3"): 18, ("2", "1"): 10, ("2", "2"): 40,
              ("2", "3"): 10, ("3", "1"): 2, ("3", "2"): 6, ("3", "3"): 12}  # fmt: skip
    one = [a for (a, _), n in counts.items() for _ in range(n)]
    other = [b for (_, b), n in counts.items() for _ in range(n)]
    assert len(one) == 200
    assert cohens_kappa(one, other) == pytest.approx((0.70 - 0.41) / (1 - 0.41))


def test_alpha_of_the_literature() -> None:
    """Krippendorff 2011, examples B (binary: .095) and C (nominal: .692)."""
    assert krippendorffs_alpha("0100000010", "1110010000") == pytest.approx(0.095, abs=5e-4)
    assert krippendorffs_alpha("aabbdcccedda", "babbbccceddd") == pytest.approx(0.692, abs=5e-4)


def test_what_is_not_defined_has_no_figure() -> None:
    assert cohens_kappa([], []) is None
    assert krippendorffs_alpha([], []) is None
    assert cohens_kappa("aaa", "aaa") is None
    assert krippendorffs_alpha("aaa", "aaa") is None
    assert cohens_kappa("ab", "ba") == -1


@given(CLASSES)
def test_coefficients_do_not_depend_on_who_is_first(pairs: list[tuple[str, str]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    assert cohens_kappa(one, other) == cohens_kappa(other, one)
    assert krippendorffs_alpha(one, other) == krippendorffs_alpha(other, one)
    if len(set(one)) > 1:
        assert cohens_kappa(one, one) == 1
        assert krippendorffs_alpha(one, one) == 1


ENTITIES = [
    {"name": "Muster e.V.", "aliases": ["MV"], "type": "Association"},
    {"name": "Bund", "aliases": ["der Bund"], "type": "PublicBody"},
    {"name": "Vorhaben", "aliases": [], "type": "Project"},
    {"name": "Anna Muster", "aliases": [], "type": "Person"},
    {"name": "Neustadt", "aliases": [], "type": "Place"},
]


def relation(
    subject: str, name: str, object_: str, evidence: str = "", **more: str
) -> dict[str, Any]:
    return {"subject": subject, "relation": name, "object": object_, "evidence": evidence,
            "certainty": "stated", **more}  # fmt: skip


def gold(path: Path, **texts: list[dict[str, Any]]) -> Path:
    records = [
        {"doc": doc, "text_file": f"nowhere/{doc}.txt", "entities": ENTITIES, "relations": said}
        for doc, said in texts.items()
    ]
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def candidate(
    subject: tuple[str, str], name: str, object_: tuple[str, str | None], **more: Any
) -> dict[str, Any]:
    quote = f"{subject[0]} … {object_[0]}"
    return {
        "source": "eins", "subject": subject[0], "subject_type": subject[1], "relation": name,
        "object": object_[0], "object_type": object_[1], "rule": "test",
        "evidence": {"quote": quote, "start": 0, "end": len(quote)}, **more,
    }  # fmt: skip


def lines(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def compared(a: Path, b: Path, ontology: Ontology, **choices: Any) -> Agreement:
    return agreement(read_annotation(a), read_annotation(b), ontology, **choices)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A person's annotation, and candidates of which two of three stated ones are right."""
    a = gold(
        tmp_path / "a.jsonl",
        eins=[
            relation("Bund", "funds", "Vorhaben", "gefördert vom Bund"),
            relation("Bund", "funds", "Muster e.V."),
            relation("Muster e.V.", "chairedBy", "Anna Muster", modality="planned"),
            relation("Muster e.V.", "locatedIn", "Neustadt", certainty="implied"),
            relation("Muster e.V.", "foundedOn", "2004"),
        ],
        zwei=[relation("Bund", "funds", "Vorhaben")],
    )
    b = lines(
        tmp_path / "b.jsonl",
        candidate(("der Bund", "PublicBody"), "funds", ("Vorhabens", "Project")),
        candidate(("MV", "Organisation"), "chairedBy", ("Anna Muster", "Person")),
        candidate(("Bund", "PublicBody"), "funds", ("Neustadt", "City")),
        candidate(("Muster", "Association"), "locatedIn", ("Neustadt", "City")),
    )
    return a, b


def test_scores_counted_by_hand(pair: tuple[Path, Path], ontology: Ontology) -> None:
    found = compared(*pair, ontology)
    assert found.texts == 2, "a text without candidates was read and gave none"
    funds = found.by_relation["funds"]
    assert (funds.right, funds.missed, funds.hits, funds.wrong) == (1, 2, 1, 1)
    assert funds.precision == pytest.approx(1 / 2)
    assert funds.recall == pytest.approx(1 / 3)
    assert funds.f1 == pytest.approx(0.4)
    assert "locatedIn" not in found.by_relation, "what is implied is neither right nor wrong"
    assert found.by_relation["foundedOn"].missed == 1
    assert (found.score.right, found.score.missed, found.score.wrong) == (2, 3, 1)
    everything = compared(*pair, ontology, implied=True)
    assert everything.by_relation["locatedIn"].right == 1
    only = compared(*pair, ontology, relations=["chairedBy"])
    assert set(only.by_relation) == {"chairedBy"}


def test_classes_are_scored_and_what_is_above_counts_as_the_same(
    pair: tuple[Path, Path], ontology: Ontology
) -> None:
    found = compared(*pair, ontology, implied=True)
    assert found.by_type["City"].hits == 1
    assert found.by_type["Place"].right == 1
    assert found.by_type["Person"].right == 1
    (classes, relations, modality, _) = found.coefficients
    assert (classes.about, classes.units) == ("class", 5)
    # A: Association PublicBody Project Person Place; B: Organisation for the first, City for the last
    assert classes.kappa == pytest.approx((3 / 5 - 3 / 25) / (1 - 3 / 25))
    assert (relations.units, relations.kappa) == (3, 1)
    assert modality.units == 3
    # planned/asserted once, asserted/asserted twice: observed 2/3, by chance 2/3
    assert modality.kappa == pytest.approx(0)


def test_undefined_coefficients_say_why(pair: tuple[Path, Path], ontology: Ontology) -> None:
    found = compared(*pair, ontology)
    certainty = found.coefficients[3]
    assert certainty.kappa is not None or "undefined" in certainty.undefined
    alone = compared(pair[0], pair[0], ontology, relations=["funds"])
    modality = alone.coefficients[2]
    assert modality.kappa is None
    assert modality.undefined == "undefined: both say only 'asserted'"
    assert modality.undefined in as_text(alone)


def test_differences_have_their_passages(pair: tuple[Path, Path], ontology: Ontology) -> None:
    found = compared(*pair, ontology)
    told = {(d.text, d.kind, d.subject, d.relation, d.object, d.how) for d in found.differences}
    assert told == {
        ("eins", "only A", "Bund", "funds", "Muster e.V.", ""),
        ("eins", "only B", "Bund", "funds", "Neustadt", ""),
        ("eins", "differs", "MV", "chairedBy", "Anna Muster", "modality: planned / asserted"),
        ("eins", "differs", "Muster", "locatedIn", "Neustadt", "certainty: implied / stated"),
        ("eins", "only A", "Muster e.V.", "foundedOn", "2004", ""),
        ("zwei", "only A", "Bund", "funds", "Vorhaben", ""),
    }
    assert "Bund … Neustadt" in {d.passage for d in found.differences}
    assert "Bund … Neustadt" in as_text(found)


def test_a_known_entity_is_meant_by_all_its_names() -> None:
    entity = GoldEntity("Muster e. V.", "Association", ("Klub der Muster",))
    known = names_in(
        GoldText("eins", "", (GoldEntity("muster", "Association", ("Muster e. V.",)),), ())
    )
    names = names_in(GoldText("zwei", "", (entity,), ()), known)
    assert same_name("Klub der Muster", "Muster e. V.", names)
    assert same_name("Klub der Muster", "muster", names)
    assert not same_name("Klub der Muster", "Verein", names)


def test_two_persons_agree_with_themselves(pair: tuple[Path, Path], ontology: Ontology) -> None:
    found = compared(pair[0], pair[0], ontology, implied=True)
    assert (found.score.precision, found.score.recall, found.differences) == (1, 1, ())
    swapped = compared(pair[1], pair[0], ontology, implied=True)
    straight = compared(*pair, ontology, implied=True)
    assert swapped.score.missed == straight.score.wrong
    assert [c.alpha for c in swapped.coefficients] == [c.alpha for c in straight.coefficients]


def test_texts_that_only_one_person_read_are_told_and_not_counted(
    tmp_path: Path, ontology: Ontology
) -> None:
    said = [relation("Bund", "funds", "Vorhaben")]
    a, b = gold(tmp_path / "a", eins=said, zwei=said), gold(tmp_path / "b", eins=said)
    found = compared(a, b, ontology)
    assert (found.texts, found.score.missed) == (1, 0)
    assert found.notes == (f"not compared, only in {a}: zwei",)


def test_json_and_csv_carry_everything(pair: tuple[Path, Path], ontology: Ontology) -> None:
    found = compared(*pair, ontology)
    record = json.loads(json.dumps(as_dict(found)))
    assert record["relations"]["funds"]["f1"] == pytest.approx(0.4)
    assert record["relations"]["foundedOn"]["f1"] is None
    assert len(record["differences"]) == 6
    rows = list(csv.DictReader(io.StringIO(as_csv(found))))
    (funds,) = [r for r in rows if (r["part"], r["name"]) == ("relation", "funds")]
    assert (funds["precision"], funds["only_a"], funds["only_b"]) == ("0.5", "2", "1")
    assert [r["passage"] for r in rows if r["part"] == "only B"] == ["Bund … Neustadt"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("nonsense\n", ":1: this is no JSON"),
        ("[]\n", ":1: this is no JSON object"),
        ('{"doc": "x"}\n', ":1: no record of an annotated text"),
        ('{"source": "x"}\n', ":1: 'subject' is missing"),
    ],
)
def test_a_file_of_another_kind_is_said(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(content)
    with pytest.raises(DataError, match=f"x.jsonl{message}"):
        read_annotation(path)


def test_the_command(pair: tuple[Path, Path], tmp_path: Path) -> None:
    ran = run_kg("agreement", *pair, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["all"]["only_b"] == 1
    text = run_kg("agreement", *pair, "--core")
    assert "│ funds     │ 0.500" in text.out
    assert "foundedOn" not in text.out
    assert run_kg("agreement", *pair, "-o", tmp_path / "x.csv").code == 0
    assert (tmp_path / "x.csv").read_text().startswith("part,name,text,")
    wrong = run_kg("agreement", *pair, "--relation", "fund")
    assert (wrong.code, "did you mean 'funds'" in wrong.err) == (2, True)
    missing = run_kg("agreement", pair[0], tmp_path / "none")
    assert (missing.code, "cannot be read" in missing.err) == (1, True)


def test_known_names_of_the_graph_count(tmp_path: Path) -> None:
    a = gold(
        tmp_path / "a",
        eins=[relation("Automotive Cluster Ostdeutschland e.V.", "partOf", "Vorhaben")],
    )
    b = gold(tmp_path / "b", eins=[relation("ACOD", "partOf", "Vorhaben")])
    assert json.loads(run_kg("agreement", a, b, "--format", "json").out)["all"]["f1"] == 1
