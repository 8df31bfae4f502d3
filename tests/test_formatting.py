from __future__ import annotations

import dataclasses
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.check import check_data
from kg.curated import data_files, read_corpus
from kg.errors import Problem
from kg.files import shipped
from kg.formatting import format_data, format_text
from kg.model import Corpus, TextMark
from kg.ontology import Ontology

if TYPE_CHECKING:
    from tests.conftest import DataFolder, MakeData


def formatted(text: str) -> str:
    """The canonical form of a file without problems, which must be its own canonical form."""
    problems: list[Problem] = []
    new = format_text(text, Path("x.yaml"), None, problems)
    assert problems == []
    assert format_text(new, Path("x.yaml"), None, problems) == new, "not idempotent"
    return new


def contents(folder: DataFolder) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for paths in data_files(folder.data) for p in paths}


UNTIDY_ENTITIES = """\
-   label:
        en: "Someone"
        de: 'Jemand'
    type:   Person
    id: jemand
    alias:
        - "J."
        - 'Nr. 007'
-   {type: City, label: "Ort", id: ort}
"""
TIDY_ENTITIES = """\
- id: jemand
  type: Person
  label: {en: Someone, de: Jemand}
  alias: [J., Nr. 007]
- {id: ort, type: City, label: Ort}
"""
UNTIDY_SOURCE = """\
statements:
  - evidence:
      - end: 4
        start: 0
        quote: 'Wort'
      - {note: gelesen, cited: true}
    object: "vorhaben"
    modality: asserted
    subject: bund
    relation: funds
    role: 'Nr: 1 # nicht'
    amount:
        value: 100
text:
  sha256: abc
  length: 7
url: https://example.org/
id: a
published: "2019-10-15"
title: >-
  Zwei
  Zeilen
publisher: bund
"""
TIDY_SOURCE = """\
id: a
title: >-
  Zwei
  Zeilen
publisher: bund
published: 2019-10-15
url: https://example.org/
text: {sha256: abc, length: 7}
statements:
- subject: bund
  relation: funds
  object: vorhaben
  role: 'Nr: 1 # nicht'
  amount: {value: 100}
  certainty: stated
  evidence:
  - {quote: "Wort", start: 0, end: 4}
  - {cited: true, note: gelesen}
"""


@pytest.mark.parametrize(
    ("untidy", "tidy"),
    [
        (UNTIDY_ENTITIES, TIDY_ENTITIES),
        (UNTIDY_SOURCE, TIDY_SOURCE),
        ("[]\n", "[]\n"),
        ("text\n", "text\n"),
        ("id: a\r\ntitle: b\r\n", "id: a\ntitle: b\n"),
        ("\ufeffid: a\n", "id: a\n"),
        ("zzz: 1\ntitle: b\nid: a\n", "id: a\ntitle: b\nzzz: 1\n"),
    ],
)
def test_the_canonical_form(untidy: str, tidy: str) -> None:
    assert formatted(untidy) == tidy


def test_a_tidy_file_stays_as_it_is() -> None:
    for tidy in (TIDY_SOURCE, TIDY_ENTITIES):
        assert formatted(tidy) == tidy


def test_scalars_are_plain_where_they_can_be_and_stay_the_text_they_are() -> None:
    text = "- id: a\n  alias: ['007', 'yes', '2019', '~', 'null', '1e3', 'a: b', '- c', '#d']\n"
    plain = "- id: a\n  alias: [007, yes, 2019, ~, null, 1e3, 'a: b', '- c', '#d']\n"
    assert formatted(text) == plain


CANNOT = Problem(
    "x.yaml",
    1,
    "this cannot be formatted without losing a comment or a text",
    "put comments on lines of their own, outside of { } and [ ]",
)
COMMENTS = """\
# über die Datei
- type: Person   # am Rand
  # vor der id
  id: jemand
  label: Jemand
  # am Ende von jemand

# über ort
- id: ort
  label:
    de: Ort # deutsch
    # dann englisch
    en: Place
  type: City
  alias:
  - eins # erster
  - zwei
# über dorf
- label: Dorf
  type: City
  id: dorf
# Schluss
"""


def comments_of(text: str) -> list[str]:
    return [re.sub(r"\s+", " ", c) for c in re.findall(r"# .*", text)]


def test_comments_stay_where_they_are() -> None:
    new = formatted(COMMENTS)
    assert comments_of(new) == comments_of(COMMENTS)
    lines, old = new.splitlines(), COMMENTS.splitlines()
    for comment, beside in [("# über ort", "- id: ort"), ("  # vor der id", "  id: jemand")]:
        assert lines[lines.index(comment) + 1] == beside == old[old.index(comment) + 1]
    assert "    de: Ort # deutsch" in lines
    assert "  - eins # erster" in lines
    assert lines[0] == "# über die Datei"
    assert lines[-1] == "# Schluss"


def test_comments_in_statements_stay_where_they_are() -> None:
    text = """\
id: a
statements:
# erste
- object: y
  subject: x # wer
  # worauf es beruht
  evidence:
    # im Beleg
    quote: abc # Zitat
    start: 0
    end: 3
  relation: funds
  modality: asserted # ausdrücklich
# zweite
- subject: x
  relation: funds
  object: z
  evidence:
  - quote: abc
    start: 0
    end: 3
  # noch einer
  - quote: d
    start: 5
    end: 6
# Schluss
"""
    new = formatted(text)
    assert comments_of(new) == comments_of(text)
    assert "  modality: asserted # ausdrücklich\n# zweite\n- subject: x" in new
    assert '    # im Beleg\n    quote: "abc" # Zitat\n' in new
    assert '  # noch einer\n  - quote: "d"\n    start: 5\n    end: 6\n# Schluss\n' in new


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 25), max_size=5, unique=True),
    st.lists(st.integers(0, 25), max_size=5, unique=True),
    st.sampled_from([UNTIDY_ENTITIES, UNTIDY_SOURCE, TIDY_ENTITIES, TIDY_SOURCE]),
)
def test_no_comment_is_lost_or_turned_round_wherever_it_stands(
    own_lines: list[int], line_ends: list[int], text: str
) -> None:
    lines = text.splitlines()
    for number in line_ends:
        if number < len(lines) and not lines[number].endswith((">-", "Zwei", "Zeilen")):
            lines[number] += f" # Ende {number}"
    for number in sorted(own_lines, reverse=True):
        if number < len(lines) and not lines[number - 1].strip().endswith((">-", "Zwei")):
            indent = re.match(r" *", lines[number])
            lines.insert(number, f"{indent.group() if indent else ''}# vor {number}")
    commented = "\n".join(lines) + "\n"
    problems: list[Problem] = []
    new = format_text(commented, Path("x.yaml"), None, problems)
    if problems:
        assert new == commented, "a file with a problem is left as it is"
        assert problems == [CANNOT]
    else:
        assert sorted(comments_of(new)) == sorted(comments_of(commented))
        assert formatted(new) == new


def test_offsets_hash_and_length_are_filled_in(
    tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    tidy = folder.source.read_text(encoding="utf-8")
    folder.replace(folder.source, ", start: 0, end: 29", "")
    head, _, tail = folder.source.read_text(encoding="utf-8").partition("text: {")
    folder.source.write_text(head + tail.partition("\n")[2], encoding="utf-8")
    assert len(check_data(folder.data, ontology)[1]) == 2

    changed, problems = format_data(folder.data, folder.texts)
    assert (changed, problems) == ([folder.source], [])
    assert folder.source.read_text(encoding="utf-8") == tidy
    assert check_data(folder.data, ontology, folder.texts)[1] == []
    assert format_data(folder.data, folder.texts) == ([], [])


def test_wrong_offsets_and_hash_are_mended(
    tmp_path: Path, make_data: MakeData, ontology: Ontology
) -> None:
    folder = make_data(tmp_path)
    tidy = folder.source.read_text(encoding="utf-8")
    folder.replace(folder.source, "start: 0, end: 29", "end: 12, start: 7")
    folder.replace(folder.source, "length: ", "length: 9")
    format_data(folder.data, folder.texts)
    assert folder.source.read_text(encoding="utf-8") == tidy
    assert check_data(folder.data, ontology, folder.texts)[1] == []


def test_offsets_count_code_points(tmp_path: Path, make_data: MakeData, ontology: Ontology) -> None:
    folder = make_data(tmp_path)
    text = "🙂 Ä\r\nö – „Anna Muster leitet den Verein“"
    folder.text.write_bytes(text.encode())
    format_data(folder.data, folder.texts)
    corpus, problems = check_data(folder.data, ontology, folder.texts)
    assert problems == []
    evidence = next(corpus.statements()).evidence[0]
    assert (evidence.start, evidence.end) == (10, 39)
    assert corpus.sources["meldung"].text == TextMark.of(text)


def test_a_quote_in_several_places_is_told_and_the_file_left(
    tmp_path: Path, make_data: MakeData
) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.source, "Anna Muster leitet den Verein", "Bund")
    folder.replace(folder.source, ", start: 0, end: 29", "")
    folder.replace(folder.source, "title: Eine Meldung", "title:   'Eine Meldung'")
    before = contents(folder)
    changed, problems = format_data(folder.data, folder.texts)
    assert changed == []
    [problem] = problems
    assert str(problem) == (
        f"{folder.source}:13: the quote „Bund“ stands in 2 places, "
        "write `start:` with one of 58, 72, or quote more words"
    )
    assert contents(folder) == before


@pytest.mark.parametrize("start", [58, 72])
def test_the_given_start_tells_which_place_is_meant(
    tmp_path: Path, make_data: MakeData, start: int
) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.source, "Anna Muster leitet den Verein", "Bund")
    folder.replace(folder.source, "start: 0, end: 29", f"start: {start}")
    assert format_data(folder.data, folder.texts) == ([folder.source], [])
    line = f'  evidence: {{quote: "Bund", start: {start}, end: {start + 4}}}\n'
    assert line in folder.source.read_text(encoding="utf-8")


def test_places_may_overlap(tmp_path: Path, make_data: MakeData) -> None:
    folder = make_data(tmp_path)
    folder.text.write_text("aaa", encoding="utf-8")
    folder.replace(folder.source, "Anna Muster leitet den Verein", "aa")
    folder.replace(folder.source, ", start: 0, end: 29", "")
    [problem] = format_data(folder.data, folder.texts)[1]
    assert problem.message == "the quote „aa“ stands in 2 places"


def test_a_quote_that_is_not_in_the_text_is_told(tmp_path: Path, make_data: MakeData) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.source, "Anna Muster leitet", "Anna Muster  leitet")
    before = contents(folder)
    changed, [problem] = format_data(folder.data, folder.texts)
    assert changed == []
    assert (problem.path, problem.line) == (str(folder.source), 13)
    assert problem.message == "the quote „Anna Muster  leitet den Verein“ is not in the text"
    assert contents(folder) == before


def test_one_bad_file_does_not_keep_others_from_being_formatted(
    tmp_path: Path, make_data: MakeData
) -> None:
    folder = make_data(tmp_path)
    folder.entities.write_text(UNTIDY_ENTITIES, encoding="utf-8")
    folder.source.write_text("id: [", encoding="utf-8")
    (folder.data / "sources" / "latin.yaml").write_bytes(b"id: \xff\n")
    (folder.data / "sources" / "meldung2.yaml").write_bytes(b"title: b\nid: meldung2\n")
    (folder.texts / "meldung2.txt").write_bytes(b"\xff")
    changed, problems = format_data(folder.data, folder.texts)
    assert changed == [folder.entities]
    assert folder.entities.read_text(encoding="utf-8") == TIDY_ENTITIES
    assert [(Path(p.path).name, p.line) for p in problems] == [
        ("latin.yaml", 1),
        ("meldung.yaml", 2),
        ("meldung2.yaml", 1),
    ]


def test_nothing_is_written_where_only_asked(tmp_path: Path, make_data: MakeData) -> None:
    folder = make_data(tmp_path)
    folder.entities.write_text(UNTIDY_ENTITIES, encoding="utf-8")
    before = contents(folder)
    assert format_data(folder.data, folder.texts, write_back=False) == ([folder.entities], [])
    assert contents(folder) == before
    assert format_data(folder.data) == ([folder.entities], [])
    assert contents(folder) != before
    assert format_data(folder.data, write_back=False) == ([], [])


def test_a_tidy_file_is_not_touched(tmp_path: Path, make_data: MakeData) -> None:
    folder = make_data(tmp_path)
    for path in (folder.entities, folder.source):
        os.utime(path, (1, 1))
    assert format_data(folder.data, folder.texts) == ([], [])
    assert {p.stat().st_mtime for p in (folder.entities, folder.source)} == {1}


@pytest.mark.parametrize(
    "text",
    [
        "- id: x\n  id: y\n",
        "- {[a, b]: c}\n",
        "x: !!set {a}\n",
        "a: &a 1\nb: *a\n",
        "- <<: {a: b}\n",
        "%YAML 1.1\n---\n- id: no\n",
        "- id: a\n  label: [a, {b: c}]\n  alias: {de: [a], en: {x: y}}\n",
        "statements: {evidence: {quote: [a, b], start: {}}}\n",
        "statements:\n- x\n- [y]\n- evidence: [a, {quote: {}}]\n",
        "id: {a: b}\nstatements: []\ntext: [a]\n",
    ],
)
def test_odd_files_are_left_to_the_check(tmp_path: Path, make_data: MakeData, text: str) -> None:
    folder = make_data(tmp_path)
    for path in (folder.entities, folder.source):
        path.write_text(text, encoding="utf-8")
    before = read_corpus(folder.data)
    format_data(folder.data, folder.texts)
    after = read_corpus(folder.data)
    assert after[0] == before[0]
    assert {p.message for p in after[1]} == {p.message for p in before[1]}


@given(st.text() | st.text("-: \n[]{}#&*!|>'\"%@`?,ab\t", max_size=30))
@example("x")
@example("- ? a")
@example("? - a\n: - b")
def test_any_text_is_formatted_or_refused_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, make_data: MakeData, text: str
) -> None:
    folder = make_data(tmp_path_factory.getbasetemp() / "format")
    for path in (folder.entities, folder.source):
        path.write_bytes(text.encode())
    changed, problems = format_data(folder.data, folder.texts)
    assert not set(map(str, changed)) & {p.path for p in problems}
    again, same = format_data(folder.data, folder.texts)
    assert (again, same) == ([], problems)


ODD = [
    "007",
    "yes",
    "no",
    "2019",
    "~",
    "null",
    "true",
    "1e3",
    "0x1F",
    ".5",
    "1_000",
    "12:30",
    "<<",
    "=",
    "''",
    "'a'",
    '"',
    "a: b",
    "a:",
    ":a",
    "# a",
    "a # b",
    "a#b",
    "- a",
    "-",
    "?",
    "? a",
    "| a",
    "> b",
    "@x",
    "`x`",
    "%x",
    "&a",
    "*a",
    "!a",
    "[a",
    "{a",
    "a]",
    "a, b",
    "ä ö ü ß",
    "a – b — c",
    "„a“",
    "a\nb",
    "a\n\nb",
    "\na",
    "a\n",
    "a\u00a0b",
    "\u00a0a",
    "a\u00a0",
    "🙂",
    "a ",
    " a",
    "a\tb",
    "\ta",
    "\\n",
    "\\",
    "a\u2028b",
    "a\x85b",
    "\u200b",
    "x" * 300,
    "a " * 200,
    "---",
    "...",
    "-- a",
    "\ufeff",
    "\ufeffa",
    "a\r\nb",
    "\x7f",
    "\ufffd",
    "\N{COMBINING DIAERESIS}",
]
odd = st.sampled_from(ODD) | st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


def quoted(text: str) -> str:
    """A double-quoted YAML text with every character escaped."""
    return '"' + "".join(f"\\U{ord(c):08x}" for c in text) + '"'


def saying(folder: DataFolder) -> Corpus:
    corpus, _ = read_corpus(folder.data)
    return corpus


@settings(max_examples=25)
@given(st.lists(odd, min_size=9, max_size=9), st.booleans())
@example(ODD[:9], True)
def test_formatting_never_changes_what_the_data_says(
    tmp_path_factory: pytest.TempPathFactory, make_data: MakeData, words: list[str], flow: bool
) -> None:
    folder = make_data(tmp_path_factory.getbasetemp() / "says")
    texts = dict(zip("abcdefghi", words, strict=True))
    a, b, c, d, e, f, g, h, i = map(quoted, texts.values())
    alias = f"[{c}, {d}]" if flow else f"\n  - {c}\n  - {d}"
    folder.entities.write_text(
        f"- label: {{de: {a}, en: {b}}}\n  alias: {alias}\n  id: x\n  note: {e}\n  type: Person\n"
        f"- id: y\n  label: {b}\n  type: Person\n"
        f"  same_as: {{why: {f}, by: {g}, on: 2026-01-01, entity: x}}\n",
        encoding="utf-8",
    )
    evidence = f"{{note: {f}, quote: {g}}}" if flow else f"\n  - note: {f}\n    quote: {g}"
    folder.source.write_text(
        f"title: {a}\nid: meldung\nnote: {b}\nurl: {c}\nstatements:\n"
        f"- object: {d}\n  subject: x\n  relation: hasAddress\n  role: {e}\n"
        f"  evidence: {evidence}\n"
        f"  note: {h}\n  inferred: {{from: {i}, part: {a}}}\n  since: {b}\n",
        encoding="utf-8",
    )
    before = saying(folder)
    assert before.entities["x"].note == texts["e"]
    assert before.entities["y"].same_as
    assert next(before.statements()).evidence[0].quote == texts["g"]
    changed, problems = format_data(folder.data)
    assert (changed, problems) == ([folder.entities, folder.source], [])
    assert saying(folder) == before
    assert format_data(folder.data) == ([], []), "not idempotent"
    assert saying(folder) == before


@pytest.mark.parametrize("word", ODD)
def test_each_odd_text_survives(tmp_path: Path, make_data: MakeData, word: str) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.entities, "label: Vorhaben", f"label: {quoted(word)}")
    folder.replace(folder.source, "since: 2019", f"since: 2019\n  role: {quoted(word)}")
    folder.replace(folder.source, '"Anna Muster leitet den Verein"', quoted(word))
    before = saying(folder)
    assert format_data(folder.data)[1] == []
    assert saying(folder) == before
    statement = next(before.statements())
    assert (statement.role, statement.evidence[0].quote) == (word, word)
    assert format_data(folder.data) == ([], [])


def test_the_packaged_data_is_in_canonical_form() -> None:
    texts = os.environ.get("KG_TEXTS")
    changed, problems = format_data(
        shipped("data"), Path(texts) if texts else None, write_back=False
    )
    assert not changed, f"run `kg format`: {', '.join(map(str, changed))}"
    assert not problems, "\n".join(map(str, problems))


def test_the_packaged_data_says_the_same_after_being_untidied(tmp_path: Path) -> None:
    for folder in ("entities", "sources"):
        (tmp_path / folder).mkdir()
    for paths in data_files(shipped("data")):
        for path in paths:
            text = path.read_text(encoding="utf-8")
            untidy = re.sub(
                r"^(- |  )(subject|relation|id|type): (.*)$", r"\1\2:   '\3'", text, flags=re.M
            )
            (tmp_path / path.parent.name / path.name).write_text(untidy, encoding="utf-8")
    changed, problems = format_data(tmp_path)
    assert problems == []
    assert len(changed) == sum(map(len, data_files(tmp_path)))
    for paths in data_files(shipped("data")):
        for path in paths:
            assert (tmp_path / path.parent.name / path.name).read_bytes() == path.read_bytes()


def test_only_the_order_of_keys_is_decided_not_that_of_statements() -> None:
    text = TIDY_SOURCE + TIDY_SOURCE.partition("statements:\n")[2].replace("bund", "aaa")
    assert formatted(text) == text


def test_unknown_keys_are_kept(tmp_path: Path, make_data: MakeData) -> None:
    folder = make_data(tmp_path)
    folder.replace(folder.source, "- subject: verein\n", "- zzz: 1\n  subject: verein\n")
    before = saying(folder)
    format_data(folder.data)
    text = folder.source.read_text(encoding="utf-8")
    assert (
        '  evidence: {quote: "Anna Muster leitet den Verein", start: 0, end: 29}\n  zzz: 1\n'
        in text
    )
    assert saying(folder) == before
    assert [dataclasses.astuple(p)[2] for p in read_corpus(folder.data)[1]] == ["unknown key 'zzz'"]
