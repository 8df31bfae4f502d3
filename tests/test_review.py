"""Review: decisions of a person on candidates, in the data at once, undone, remembered."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg.curated import read_corpus
from kg.curation import check_all
from kg.errors import DataError, KgError
from kg.extraction.judging import Desk, refused_keys
from kg.extraction.proposals import proposals
from kg.extraction.record import from_dict
from kg.extraction.reviewing import Review
from kg.formatting import format_data
from kg.model import Statement
from kg.ontology import Ontology, read_ontology
from kg.reviewed import read_reviewed
from tests.commands import KG, Ran, run_kg
from tests.conftest import TEXT, DataFolder, MakeData

BY = "R. Prüfer"
ONTOLOGY = read_ontology()
REPORT = (
    "Neue Halle eröffnet\n\nDie Alpha Werk GmbH mit Sitz in Neustadt betreibt das Projekt „Delta“.\n"
    "Gefördert wird es vom Bund. Vorsitzende des Muster e.V. ist Anna Muster.\n"
)


def candidate(text: str, quote: str, subject: str, relation: str, object_: str,
              types: tuple[str, str | None], source: str = "meldung", **more: Any) -> dict[str, Any]:  # fmt: skip
    start = text.index(quote)
    return {
        "source": source, "subject": subject, "subject_type": types[0], "relation": relation,
        "object": object_, "object_type": types[1], "confidence": 0.8, "rule": "test rule",
        "evidence": {"quote": quote, "start": start, "end": start + len(quote)}, **more,
    }  # fmt: skip


MEMBER = candidate(
    TEXT,
    "Anna Muster leitet den Verein",
    "Anna Muster",
    "memberOf",
    "Muster e.V.",
    ("Person", "Association"),
)
FUNDS = candidate(
    TEXT,
    "Verein Muster e.V. – gefördert vom Bund",
    "Bund",
    "cooperatesWith",
    "Muster e.V.",
    ("PublicBody", "Association"),
)
KNOWN = candidate(
    TEXT,
    "Anna Muster leitet den Verein",
    "Muster e.V.",
    "chairedBy",
    "Anna Muster",
    ("Association", "Person"),
)
RUNS = candidate(
    REPORT,
    "Alpha Werk GmbH mit Sitz in Neustadt betreibt das Projekt „Delta“",
    "Alpha Werk GmbH",
    "operates",
    "Delta",
    ("Company", "Project"),
    "neu",
)
SINCE = candidate(
    REPORT,
    "Vorsitzende des Muster e.V. ist Anna Muster",
    "Muster e.V.",
    "chairedBy",
    "Anna Muster",
    ("Association", "Person"),
    "neu",
)


@pytest.fixture
def folder(tmp_path: Path, make_data: MakeData) -> DataFolder:
    made = make_data(tmp_path)
    (made.texts / "neu.txt").write_text(REPORT, encoding="utf-8")
    return made


def jsonl(folder: DataFolder, *candidates: dict[str, Any]) -> Path:
    path = folder.root / "candidates.jsonl"
    path.write_text("".join(json.dumps(c) + "\n" for c in candidates), encoding="utf-8")
    return path


@dataclass(frozen=True)
class Reviewed:
    """What a session showed, and how it ended."""

    out: str
    end: str
    problems: tuple[str, ...]


def review(folder: DataFolder, *answers: str, files: tuple[Path, ...] = ()) -> Reviewed:
    """A session in this process; where the answers end, the person has left."""
    desk = Desk.at(folder.data, ONTOLOGY, BY, "2026-01-31")
    given = [str(f) for f in files or (folder.root / "candidates.jsonl",)]
    found = proposals(given, desk, folder.texts, 0.0)
    told: list[str] = []
    left = iter(answers)

    def ask(question: str) -> str:
        told.append(question)
        for answer in left:
            return answer
        raise EOFError

    session = Review(desk, found.queue, ask, told.append, "[[{}]]".format)
    session.run()
    counts = session.counts
    end = f"{found.settled} settled, {counts['accepted']} accepted, {counts['refused']} refused, {session.left} left"
    return Reviewed("\n".join(told), end, tuple(map(str, found.problems)))


def run_review(folder: DataFolder, *answers: str) -> Ran:
    """The command, with answers by a pipe."""
    return run_kg("review", folder.root / "candidates.jsonl", "--data", folder.data, "--texts",
                  folder.texts, "--by", BY, stdin="".join(a + "\n" for a in answers))  # fmt: skip


def contents(folder: DataFolder) -> dict[str, str]:
    return {str(p.relative_to(folder.data)): p.read_text() for p in folder.data.rglob("*.yaml")}


def said(folder: DataFolder, source: str) -> list[Statement]:
    return list(read_corpus(folder.data)[0].sources[source].statements)


def assert_sound(folder: DataFolder) -> None:
    assert check_all(folder.data, folder.texts) == []
    assert format_data(folder.data, folder.texts, write_back=False) == ([], [])


def test_what_is_accepted_stands_in_the_data_with_reviewer_and_day(folder: DataFolder) -> None:
    jsonl(folder, MEMBER)
    ran = run_review(folder, "a")
    assert (ran.code, ran.err) == (0, "1 accepted, 0 refused, 0 left\n")
    assert "[[Anna Muster leitet den Verein]] Muster e.V. – gefördert vom Bund" in ran.out
    assert "subject   Anna Muster = anna-muster (Anna Muster, Person)" in ran.out
    new = said(folder, "meldung")[-1]
    assert (new.subject, new.relation, new.object) == ("anna-muster", "memberOf", "verein")
    assert (new.evidence[0].start, new.evidence[0].end) == (0, 29)
    assert re.fullmatch(
        rf"Kandidat \(test rule\), geprüft von {BY} am \d{{4}}-\d\d-\d\d", new.note or ""
    )
    (decision,) = read_reviewed(folder.data)
    assert (decision.decision, decision.by, decision.subject) == ("accepted", BY, "Anna Muster")
    assert_sound(folder)


def test_what_is_refused_is_remembered_and_not_proposed_again(folder: DataFolder) -> None:
    jsonl(folder, FUNDS, MEMBER)
    ran = review(folder, "r", "  Der Bund fördert nur: kein Partner  ", "q")
    assert ran.end == "0 settled, 0 accepted, 1 refused, 1 left"
    (decision,) = read_reviewed(folder.data)
    assert (decision.decision, decision.why) == ("refused", "Der Bund fördert nur: kein Partner")
    assert decision.quote == "Verein Muster e.V. – gefördert vom Bund"
    assert len(said(folder, "meldung")) == 2
    again = review(folder)
    assert again.end == "1 settled, 0 accepted, 0 refused, 1 left"
    assert "cooperatesWith" not in again.out
    assert_sound(folder)


def test_refused_candidates_are_not_extracted_again(folder: DataFolder) -> None:
    text = folder.texts / "neu.txt"
    desk = Desk.at(folder.data, ONTOLOGY, BY, "2026-01-31")
    first = [c.relation for c, _ in proposals([str(text)], desk, None, 0.0).queue]
    assert first.count("operates") == 1
    answers = ["l"] * first.index("operates")
    assert "1 refused" in review(folder, *answers, "r nein", files=(text,)).end
    ran = run_kg("extract", text, "--data", folder.data)
    again = [json.loads(line)["relation"] for line in ran.out.splitlines()]
    assert again == [r for r in first if r != "operates"]


def test_what_the_data_say_already_is_not_asked(folder: DataFolder) -> None:
    jsonl(folder, KNOWN)
    assert review(folder).end == "1 settled, 0 accepted, 0 refused, 0 left"


def test_a_new_source_and_new_entities_are_asked_for(folder: DataFolder) -> None:
    jsonl(folder, RUNS)
    ran = review(
        folder,
        "a",
        "",  # the title is proposed
        "https://example.org/neu",
        "31.1.2021",
        "Muster e.V.",
        "n", "", "",  # the company is new, class and name as proposed
        "n", "Project", "Projekt Delta",
    )  # fmt: skip
    assert ran.end == "0 settled, 1 accepted, 0 refused, 0 left", ran.out
    corpus, problems = read_corpus(folder.data)
    assert problems == []
    source = corpus.sources["neu"]
    assert (source.title, source.publisher, source.published) == (
        "Neue Halle eröffnet",
        "verein",
        "2021-01-31",
    )
    assert source.statements[0].subject == "alpha-werk-gmbh"
    assert source.statements[0].object == "projekt-delta"
    assert [a.text for a in corpus.entities["projekt-delta"].aliases] == ["Delta"]
    assert corpus.entities["alpha-werk-gmbh"].type == "Company"
    assert_sound(folder)


def test_a_name_is_merged_with_an_existing_entity(folder: DataFolder) -> None:
    jsonl(folder, {**MEMBER, "subject": "A. Muster"})
    ran = review(folder, "e subject niemand", "e subject anna-muster", "a")
    assert "no entity is called 'niemand'" in ran.out
    assert ran.end == "0 settled, 1 accepted, 0 refused, 0 left"
    anna = read_corpus(folder.data)[0].entities["anna-muster"]
    assert [a.text for a in anna.aliases] == ["A. Muster"]
    assert said(folder, "meldung")[-1].subject == "anna-muster"
    assert_sound(folder)


def test_an_unknown_name_is_asked_for_with_the_nearest_entities(folder: DataFolder) -> None:
    jsonl(folder, {**MEMBER, "subject": "Ana Muster"})
    ran = review(folder, "a", "1")
    assert "1  anna-muster (Anna Muster, Person)" in ran.out
    assert said(folder, "meldung")[-1].subject == "anna-muster"


def test_a_candidate_is_mended(folder: DataFolder) -> None:
    jsonl(folder, KNOWN | {"object": "Anna", "relation": "managedBy"})
    ran = review(
        folder,
        "m relation managdBy",
        "m until ..",
        "m object Anna Muster",
        "m quote leitet den Vereinn",
        "m quote leitet den Verein Muster e.V.",
        "m since 1.2.2019",
        "m role Vorständin",
        "m modality asserted",
        "m since",
        "a",
    )
    assert "did you mean 'managedBy'" in ran.out
    assert "this is not in the text, copy it letter by letter" in ran.out
    new = said(folder, "meldung")[-1]
    assert (new.relation, new.object, new.role, new.since, new.until) == (
        "managedBy",
        "anna-muster",
        "Vorständin",
        None,
        "..",
    )
    assert TEXT[new.evidence[0].start : new.evidence[0].end] == "leitet den Verein Muster e.V."
    assert "geprüft und geändert von" in (new.note or "")
    assert_sound(folder)
    assert review(folder).end.startswith("1 settled"), "known though it was mended"


def test_what_check_would_refuse_is_not_accepted(folder: DataFolder) -> None:
    before = contents(folder)
    jsonl(folder, {**MEMBER, "relation": "chairedBy"}, {**MEMBER, "since": "gestern"})
    ran = review(folder, "a", "l", "a", "r gefälscht, mail an a@b.de")
    assert "! " in ran.out
    assert "chairedBy" in ran.out
    assert "'a@b.de' is an e-mail address" in ran.out
    assert ran.end == "0 settled, 0 accepted, 0 refused, 2 left"
    assert contents(folder) == before


def test_undo_puts_every_file_back(folder: DataFolder) -> None:
    before = contents(folder)
    jsonl(folder, {**MEMBER, "subject": "Ana Muster"}, FUNDS)
    ran = review(folder, "u", "e subject 1", "a", "r nein", "u", "u", "q")
    assert "nothing was decided in this session" in ran.out
    assert "no longer refused:" in ran.out
    assert "no longer accepted:" in ran.out
    assert ran.end == "0 settled, 0 accepted, 0 refused, 2 left"
    assert contents(folder) == before


def test_a_file_changed_by_somebody_else_is_not_undone(
    folder: DataFolder, ontology: Ontology
) -> None:
    desk = Desk.at(folder.data, ontology, BY, "2026-01-01")
    proposed = from_dict(MEMBER)
    statement = Statement(
        "meldung", "anna-muster", "memberOf", "verein", (proposed.evidence,), note="x"
    )
    desk.accept(proposed, statement)
    folder.source.write_text(folder.source.read_text() + "# von Hand\n")
    with pytest.raises(KgError, match="changed since"):
        desk.undo()
    assert folder.source.read_text().endswith("# von Hand\n")
    with pytest.raises(DataError, match="already stands"):
        desk.accept(proposed, statement)


def test_stop_and_go_on_later(folder: DataFolder) -> None:
    jsonl(folder, MEMBER, FUNDS, {**MEMBER, "relation": "represents"})
    assert review(folder, "a").end == "0 settled, 1 accepted, 0 refused, 2 left", (
        "the answers ended"
    )
    assert review(folder, "l", "a").end == "1 settled, 1 accepted, 0 refused, 1 left"
    rest = review(folder, "r doppelt")
    assert rest.end == "2 settled, 0 accepted, 1 refused, 0 left"
    assert "cooperatesWith" in rest.out
    assert_sound(folder)


def test_comments_and_order_of_the_files_stay(folder: DataFolder) -> None:
    folder.source.write_text("# Kopf\n" + folder.source.read_text())
    jsonl(folder, MEMBER)
    review(folder, "a")
    assert folder.source.read_text().startswith("# Kopf\nid: meldung\n")


def test_hostile_texts_do_not_reach_the_terminal(folder: DataFolder) -> None:
    text = "Der Bund\x1b[2J fördert\x07 das Vorhaben.\n"
    (folder.texts / "neu.txt").write_text(text)
    jsonl(
        folder,
        candidate(
            text,
            "Bund\x1b[2J fördert",
            "Bund\x1b]0;x",
            "funds",
            "Vorhaben",
            ("PublicBody", "Project"),
            "neu",
        ),
    )
    ran = run_review(folder, "?", "nonsense", "q")
    assert "\x1b" not in ran.out
    assert "\x07" not in ran.out
    assert ran.out.count("a             accept") == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"evidence": {"quote": "X", "start": 0, "end": 1}},
            "the passage of candidate 1 is not in the text 'meldung'",
        ),
        ({"source": "../../x"}, "'../../x' cannot be an id"),
    ],
)
def test_candidates_that_do_not_fit_are_told(
    folder: DataFolder, change: dict[str, Any], message: str
) -> None:
    jsonl(folder, {**MEMBER, **change}, FUNDS)
    ran = review(folder, "q")
    (problem,) = ran.problems
    assert message in problem
    assert ran.end == "0 settled, 0 accepted, 0 refused, 1 left"


def test_usage(folder: DataFolder) -> None:
    jsonl(folder, MEMBER)
    path = folder.root / "candidates.jsonl"
    ran = run_kg("review", path, "--by", BY)
    assert (ran.code, "--data DIR" in ran.err) == (2, True)
    ran = run_kg("review", path, "--data", folder.data)
    assert (ran.code, "--by NAME" in ran.err) == (2, True)
    ran = run_kg("review", folder.root / "none.jsonl", "--data", folder.data, "--by", BY)
    assert (ran.code, "cannot be read" in ran.err) == (1, True)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- source: meldung\n", "'by' is missing"),
        ("- {source: a, subject: b, relation: funds, object: c, decision: refused, by: R, on: 2026-01-01}\n", "'why' is missing"),
        ("- {source: a, subject: b, relation: funs, object: c, decision: accepted, by: R, on: 2026-01-01}\n", "unknown relation 'funs', did you mean 'funds'"),
        ("- {source: a, subject: b, relation: funds, object: c, decision: maybe, why: w, by: R, on: 2026-01-01}\n", "'decision' cannot be 'maybe'"),
        ("- {source: a, subject: b, relation: funds, object: c, decision: accepted, by: R, on: gestern}\n", "`on`: 'gestern' is no day"),
        ("a: b\n", "this should be a list of decisions"),
    ],
)  # fmt: skip
def test_the_decisions_are_checked(folder: DataFolder, content: str, message: str) -> None:
    (folder.data / "reviewed.yaml").write_text(content)
    problem = check_all(folder.data, None)[0]
    assert f"reviewed.yaml:1: {message}" in str(problem)


def test_decisions_are_added_behind_what_a_person_wrote(folder: DataFolder) -> None:
    first = "# von Hand\n- {source: a, subject: b, relation: funds, object: c, decision: refused, why: w, by: R, on: 2026-01-01}"
    (folder.data / "reviewed.yaml").write_text(first)
    jsonl(folder, FUNDS)
    review(folder, "r nein")
    assert (folder.data / "reviewed.yaml").read_text().startswith(first + "\n- source: meldung\n")
    assert len(refused_keys(folder.data)) == 2


def test_in_a_terminal_the_passage_stands_out(folder: DataFolder) -> None:
    """A pseudo-terminal: prompts, highlight, answers one by one, Ctrl-C at the end."""
    jsonl(folder, MEMBER, FUNDS)
    ours, theirs = pty.openpty()
    command: list[str | Path] = [KG, "review", folder.root / "candidates.jsonl", "--data", folder.data,
               "--texts", folder.texts, "--by", BY]  # fmt: skip
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
                               preexec_fn=_own_terminal)  # fmt: skip
    os.close(theirs)
    try:
        shown = _until(ours, b"\n> ")
        assert b"\x1b[1m\x1b[7mAnna Muster leitet den Verein\x1b[0m" in shown
        os.write(ours, b"a\n")
        assert b"accepted" in _until(ours, b"\n> ")
        os.write(ours, b"\x03")
        assert b"1 accepted, 0 refused, 1 left" in _until(ours, b"left")
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert len(said(folder, "meldung")) == 3


def _own_terminal() -> None:
    import fcntl
    import termios

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell may have it ignored
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _until(terminal: int, wanted: bytes) -> bytes:
    got, end = b"", time.monotonic() + 30
    while wanted not in got.replace(b"\r", b""):
        ready, _, _ = select.select([terminal], [], [], max(0.0, end - time.monotonic()))
        assert ready, got
        got += os.read(terminal, 65536)
    return got
