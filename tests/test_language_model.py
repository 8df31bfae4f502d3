"""A language model behind a server: nothing that is not in the text passes, and runs repeat."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.extraction.documents import Document
from kg.extraction.extracting import Extractor
from kg.extraction.grounding import Grounding
from kg.extraction.instructions import answer_schema, instructions, usable
from kg.extraction.language_model import LanguageModel, parts
from kg.extraction.lexicon import EMPTY, read_lexicon
from kg.extraction.record import Candidate, as_dict, from_dict
from kg.extraction.streaming import Result
from kg.model import Corpus
from kg.ontology import Ontology, read_ontology
from tests.commands import run_kg
from tests.conftest import MakeData
from tests.models import SILENCE, ModelServer, Reply, answer, model_server, spoken

TEXT = (
    "😀 Das Zentrum „Delta“ steht in Neuwald. Die Alpha GmbH stützt Delta nach Kräften mit rund 3 Mio. Euro "
    "seit Mai 2019.\n\nFrau Ude steht dem ACOD vor. Die Alpha GmbH stützt Delta nach Kräften.\n"
    "Mehr dazu sagt Frau Ude am Montag in Neuwald.\n"
)
QUOTE = "Die Alpha GmbH stützt Delta nach Kräften"
ONTOLOGY = read_ontology()
BY_FORM = Extractor(EMPTY, ONTOLOGY)


def item(**values: Any) -> dict[str, Any]:
    return {
        "quote": QUOTE, "subject": "Alpha GmbH", "subject_type": "Company", "relation": "funds",
        "object": "Delta", "object_type": "Project", "since": None, "until": None, "role": None,
        "amount": None, "modality": "asserted", "certainty": "stated",
    } | values  # fmt: skip


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("kg.wire.PAUSES", (0.01, 0.01, 0.01))
    for name in ("TOKEN", "NAME", "TIMEOUT"):
        monkeypatch.delenv(f"KG_MODEL_{name}", raising=False)


def asked(*replies: Reply, text: str = TEXT, extractor: Extractor = BY_FORM
          ) -> tuple[list[Candidate], LanguageModel, ModelServer]:  # fmt: skip
    with model_server(*replies) as server:
        model = LanguageModel(server.url, extractor)
        return model.read(text, "text"), model, server


def test_a_candidate_is_grounded_at_its_own_place() -> None:
    said = item(amount="rund 3 Mio. Euro", since="Mai 2019", start=7, end=9)
    (found,), model, server = asked(answer(said))
    assert (found.subject, found.relation, found.object) == ("Alpha GmbH", "funds", "Delta")
    assert found.evidence.start == TEXT.index(QUOTE) != 7
    assert TEXT[found.evidence.start : found.evidence.end] == QUOTE == found.evidence.quote
    assert (str(found.amount), found.since) == ("rund 3000000 EUR", "2019-05")
    assert (found.rule, found.confidence) == ("model klein-1", 0.5)
    assert from_dict(as_dict(found)) == found
    assert model.counts == {"answered": 1}
    (question,) = server.asked
    assert question["messages"][1]["content"] == TEXT
    assert question["response_format"]["json_schema"]["strict"] is True
    assert (question["temperature"], question["model"]) == (0, "klein-1")


WRONG = [
    (item(quote="Die Alpha GmbH fördert Delta"), "quote not in the text"),
    (item(quote=QUOTE.upper()), "quote not in the text"),
    (item(quote=" "), "no quote"),
    (item(quote=TEXT), "quote too long"),
    (item(subject="Beta GmbH"), "name not in the text"),
    (item(object="Deltas Erben"), "name not in the text"),
    (item(subject="„“"), "name not in the text"),
    (item(object="Alpha GmbH", object_type="Company"), "subject and object are the same"),
    (item(relation="loves"), "unknown relation"),
    (item(subject_type="Project"), "class that the relation does not take"),
    (item(object_type="Unicorn"), "class that the relation does not take"),
    (item(object_type=None), "class that the relation does not take"),
    (item(modality="maybe"), "not of the form asked for"),
    (item(subject=None), "not of the form asked for"),
    (item(quote=["x"]), "not of the form asked for"),
    ("Alpha GmbH fördert Delta", "not of the form asked for"),
    (None, "not of the form asked for"),
    (item(relation="foundedOn", object="Neuwald", object_type=None), "no date"),
]


@pytest.mark.parametrize(("said", "reason"), WRONG, ids=lambda x: x if isinstance(x, str) else "")
def test_what_is_not_in_the_text_is_dropped_and_counted(said: object, reason: str) -> None:
    grounding = Grounding(TEXT, "text", "model", EMPTY, ONTOLOGY)
    assert list(grounding.candidates([said, item()], 0, len(TEXT))) != []
    assert grounding.dropped == {reason: 1}


def test_each_statement_has_one_place_however_often_it_stands() -> None:
    assert TEXT.count(QUOTE) == 2
    found, model, _ = asked(answer(item(), item(), item(certainty="implied")))
    assert len(found) == 1
    assert model.dropped == {"said twice": 2}


def test_what_is_said_besides_must_stand_in_the_text_too() -> None:
    (found,), model, _ = asked(answer(item(since="2015", amount="5 Mio. Euro", role="Gönnerin")))
    assert (found.since, found.amount, found.role) == (None, None, None)
    assert model.dropped == {"date, role or amount not in the text, left out": 3}


def test_known_names_carry_their_ids_and_classes(corpus: Corpus) -> None:
    extractor = Extractor(read_lexicon(corpus), ONTOLOGY)
    said = item(quote="Frau Ude steht dem ACOD vor", subject="ACOD", subject_type="Company",
                relation="chairedBy", object="Frau Ude", object_type="Person")  # fmt: skip
    (found,), _, _ = asked(answer(said), extractor=extractor)
    assert (found.subject_id, found.subject_type) == ("acod", "Association")


@given(st.lists(st.one_of(st.dictionaries(st.sampled_from(sorted(item())), st.one_of(st.none(), st.integers(), st.sampled_from(["Alpha GmbH", "Delta", "funds", "Company", QUOTE, "asserted", "x"]))), st.text(max_size=5)), max_size=6))  # fmt: skip
def test_whatever_is_answered_stands_in_the_text(items: list[object]) -> None:
    grounding = Grounding(TEXT, "text", "model", EMPTY, ONTOLOGY)
    found = list(grounding.candidates(items, 0, len(TEXT)))
    for candidate in found:
        passage = candidate.evidence
        assert TEXT[passage.start : passage.end] == passage.quote
        assert candidate.subject in TEXT
        assert candidate.object in TEXT
    assert len(found) <= len(items)


def test_the_same_question_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_MODEL_NAME", "groß-2")
    with model_server(answer(item())) as server:
        first = LanguageModel(server.url, BY_FORM).read(TEXT, "text")
        again = LanguageModel(server.url, BY_FORM)
        assert again.read(TEXT, "text") == first
        assert again.counts == {"from the cache": 1}
        assert len(server.asked) == 1
        LanguageModel(server.url, BY_FORM).read(TEXT + "Neues.", "text")
        assert len(server.asked) == 2
        url = server.url
    offline = LanguageModel(url, BY_FORM).read(TEXT, "text")
    assert offline == first, "the server is gone, the answers are not"
    assert len(list((tmp_path / "cache" / "models").iterdir())) == 2


@pytest.mark.parametrize(
    "broken",
    ["", "Gerne! Hier ist das JSON:", '{"candidates": [{"subject": "Al', "[1, 2]", '{"candidates": "x"}', "[" * 100_000],
    ids=["empty", "words", "cut", "list", "text", "deep"],
)  # fmt: skip
def test_broken_json_is_asked_for_again_and_then_told(broken: str) -> None:
    found, model, server = asked(spoken(broken), answer(item()))
    assert (len(found), len(server.asked)) == (1, 2)
    assert model.counts == {"broken answers": 1, "answered": 1}
    assert not model.failed
    found, model, _ = asked(spoken(broken), text=TEXT + "!")
    assert found == []
    assert model.failed
    assert model.counts["parts without a usable answer"] == 1


def test_json_in_a_fence_is_json() -> None:
    found, _, _ = asked(spoken("```json\n" + json.dumps({"candidates": [item()]}) + "\n```"))
    assert len(found) == 1


def test_replies_that_are_none_of_a_model() -> None:
    found, model, _ = asked((200, "<html>"), (200, '{"choices": []}'), (200, "{}"))
    assert (found, model.failed) == ([], True)


def test_a_busy_server_is_asked_again() -> None:
    found, model, server = asked((503, ""), (429, ""), answer(item()))
    assert (len(found), len(server.asked)) == (1, 3)
    found, model, _ = asked((500, "kaputt"), answer(item()), text=TEXT + "?")
    assert model.counts["server busy or failed"] == 1
    assert len(found) == 1


def test_a_server_without_schemas_is_told_in_words() -> None:
    found, model, server = asked((400, '{"error": "response_format"}'), answer(item()))
    assert len(found) == 1
    assert model.counts["asked without a schema"] == 1
    assert "response_format" not in server.asked[1]
    assert "Antworte nur mit JSON nach diesem Schema" in server.asked[1]["messages"][0]["content"]


def test_time_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_MODEL_TIMEOUT", "0.2")
    found, model, server = asked(SILENCE, answer(item()))
    assert (len(found), len(server.asked)) == (1, 2)
    assert model.counts["no answer in time"] == 1
    with pytest.raises(KgError, match=r"no whole answer within 0\.2 seconds.*KG_MODEL_TIMEOUT"):
        asked(SILENCE, text=TEXT + ".")


def test_the_key_goes_to_the_server_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = "sk-geheim-123"
    monkeypatch.setenv("KG_MODEL_TOKEN", key)
    monkeypatch.setenv("KG_ENDPOINT_TOKEN", "another")
    _, _, server = asked(answer(item()))
    assert server.headers[0]["Authorization"] == f"Bearer {key}"
    with pytest.raises(KgError) as error:
        asked((401, json.dumps({"error": f"bad key {key}"})), text=TEXT + "x")
    assert "KG_MODEL_TOKEN" in str(error.value)
    assert key not in str(error.value)
    with pytest.raises(KgError) as error:
        asked((418, f"no {key}"), text=TEXT + "y")
    assert key not in str(error.value)
    kept = b"".join(p.read_bytes() for p in (tmp_path / "cache" / "models").iterdir())
    assert key.encode() not in kept


def test_candidates_of_rules_and_model_stand_once_in_order() -> None:
    text = "Die Alpha GmbH ist Träger des Projekts „Delta“. " + TEXT
    rules = tuple(BY_FORM.extract(text, "text"))
    assert ("Alpha GmbH", "operates", "Delta") in {(c.subject, c.relation, c.object) for c in rules}
    result = Result(Document("text", "text.txt", text), rules)
    same = item(quote="Die Alpha GmbH ist Träger des Projekts „Delta“", relation="operates")
    with model_server(answer(same, item())) as server:
        model = LanguageModel(server.url + "/chat/completions", BY_FORM)
        (both,) = model.add([result])
    assert len(both.candidates) == len(rules) + 1
    starts = [c.evidence.start or 0 for c in both.candidates]
    assert starts == sorted(starts)
    assert (model.counts["found by the rules too"], model.counts["new"]) == (1, 1)


def test_instructions_and_schema_are_the_ontology(ontology: Ontology) -> None:
    told, schema = instructions(ontology), answer_schema(ontology)
    for relation in usable(ontology):
        assert f"- {relation.name} ({relation.domain} → " in told
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate({"candidates": [item()]}, schema)
    for wrong in (item(relation="loves"), item(object_type="Unicorn"), item(extra=1)):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"candidates": [wrong]}, schema)


@given(st.text(alphabet="ab .\n", max_size=60), st.integers(3, 20))
def test_parts_are_the_whole_text(text: str, size: int) -> None:
    found = list(parts(text, size))
    assert all(0 < e - s <= size for s, e in found)
    end = found[-1][1] if found else 0
    assert "".join(text[s:e] for s, e in found) == text[:end]
    assert not text[end:].strip(), "only blanks are left out"


def test_long_texts_are_asked_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.extraction.language_model.PART", 150)
    found, _, server = asked(answer(item()), text=TEXT)
    texts = [q["messages"][1]["content"] for q in server.asked]
    assert len(texts) > 1
    assert "".join(texts) == TEXT
    assert len(found) == 1


def test_the_command(tmp_path: Path, make_data: MakeData) -> None:
    data, key = make_data(tmp_path).data, "geheim"
    path = tmp_path / "meldung.txt"
    path.write_text(TEXT, encoding="utf-8")
    with model_server(answer(item(), item(quote="erfunden"))) as server:
        ran = run_kg("extract", path, "--data", data, "--model", server.url, KG_MODEL_TOKEN=key)
        assert ran.code == 0
        assert '"rule": "model klein-1"' in ran.out
        assert "model klein-1, answers: 1 answered" in ran.err
        assert "model klein-1, dropped: 1 quote not in the text" in ran.err
        server.replies[:] = [spoken("?")]
        path.write_text(TEXT + "Neu.", encoding="utf-8")
        failed = run_kg("extract", path, "--data", data, "--model", server.url)
        assert (failed.code, "1 parts without a usable answer" in failed.err) == (1, True)
        url = server.url
    gone = run_kg("extract", path, "--data", data, "--model", url)
    assert (gone.code, "cannot be reached" in gone.err) == (1, True)
    assert key not in ran.err + ran.out
