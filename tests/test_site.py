"""The pages of the site: what stands on each, in both languages, whatever the data hold."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.export import literal_parts
from kg.graph import Graph, load
from kg.html import TEMPLATES
from kg.ontology import Ontology
from kg.search import fold
from kg.site.links import split_language
from kg.site.model import POLICY, Site, Unanswered
from kg.site.pages import paths, render
from kg.site.questions import SORT
from kg.site.words import LANGUAGES, word
from kg.store import parse_quads
from tests.conftest import MakeData
from tests.sites import IMAGE, SCRIPT, hostile, page_of, text_of


@pytest.fixture(scope="module")
def site(documents_graph: Graph) -> Site:
    return Site(documents_graph)


@pytest.fixture(scope="module")
def risky(ontology: Ontology) -> Site:
    return Site(hostile(ontology))


class Reader(HTMLParser):
    """What a page links to, loads and shows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.scripts: list[str | None] = []
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.handlers += [name for name in given if name.startswith("on") or name == "style"]
        if tag == "script":
            self.scripts.append(given.get("src"))
        self.links += [str(given[name]) for name in ("href", "action", "src") if given.get(name)]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_home_tells_what_is_in_the_graph_and_searches_without_script(site: Site) -> None:
    page = page_of(site, "/")
    assert page.headers["Content-Security-Policy"] == POLICY
    text = page.body.decode()
    index = site.index
    assert f"<b>{len(index.entities)}</b> Entitäten" in text
    assert f"<b>{len(list(index.corpus.statements()))}</b> Aussagen" in text
    assert '<form class="search large" role="search" action="/search" method="get">' in text
    newest = index.newest[0]
    assert newest.id == "arbeit-und-leben-sachsen-2019-11-25"
    assert text.index(f"/source/{newest.id}") < text.index("/source/acod-2018-12-05")
    assert 'value="' in text
    assert "/class/Person" in text


def test_an_entity_has_names_statements_with_their_passages_and_neighbours(site: Site) -> None:
    page = Reader(text_of(site, "/entity/acod"))
    assert "Automotive Cluster Ostdeutschland e.V." in page.text
    assert "Verein oder Verband" in page.text
    assert "Auch genannt ACOD" in page.text
    chaired = next(s for s in site.index.about["acod"] if s.relation == "chairedBy")
    assert str(chaired.evidence[0].quote) in page.text
    assert "gilt am 5. Dezember 2018" in page.text
    for path in (f"/statement/{chaired.id}", "/source/acod-2018-12-05", "/relation/chairedBy",
                 "/entity/hans-peter-kemser", "/class/Association", "/timeline/acod",
                 "/entity/acod.ttl", "/entity/acod.bib", "/en/entity/acod"):  # fmt: skip
        assert path in page.links, path
    assert page.tags.count("svg") > 2  # the timeline and the surroundings among the marks
    other = Reader(text_of(site, "/entity/hans-peter-kemser"))
    assert "hat den Vorsitz von" in other.text  # read from the other side
    assert "/questions/person?person=hans-peter-kemser" in other.links


def test_a_merged_name_leads_to_its_entity_and_is_told_with_the_decision(site: Site) -> None:
    merged = next(e for e in site.index.corpus.entities.values() if e.same_as)
    kept = site.index.canonical(merged.id)
    page = page_of(site, f"/entity/{merged.id}", "en")
    assert (page.status, page.headers["Location"]) == (301, f"/en/entity/{kept}")
    assert page_of(site, f"/entity/{merged.id}.ttl").headers["Location"] == f"/entity/{kept}.ttl"
    text = Reader(text_of(site, f"/entity/{kept}")).text
    assert merged.same_as
    assert merged.same_as.why in text
    assert merged.labels[0].text in text


def test_a_source_says_what_only_it_says_and_shows_its_passages(
    site: Site, make_data: MakeData, tmp_path: Path
) -> None:
    page = Reader(text_of(site, "/source/acod-2018-12-05"))
    source = site.index.corpus.sources["acod-2018-12-05"]
    only = sum(site.index.is_only_here(s) for s in source.statements)
    assert 0 < only <= len(source.statements)
    assert f"{only} davon nur in dieser Quelle" in page.text
    assert source.url in page.links
    assert "/entity/acod" in page.links
    assert "mark" not in page.tags
    data_folder = make_data(tmp_path)
    own = Site(load(data_folder.data), texts=data_folder.texts)
    text = text_of(own, "/source/meldung")
    assert "<mark>Anna Muster leitet den Verein</mark></a> Muster e.V. – gefördert" in text
    (data_folder.texts / "meldung.txt").write_text("Anna Muster leitet etwas anderes.\n")
    changed = text_of(own, "/source/meldung")
    assert "<mark>" not in changed
    assert word("source_text_other", "de") in changed


def test_a_statement_can_be_cited(site: Site) -> None:
    statement = next(s for s in site.index.about["acod"] if s.relation == "chairedBy")
    page = Reader(text_of(site, f"/statement/{statement.id}", "en"))
    iri = f"https://w3id.org/akteursnetz/statement/{statement.id}"
    assert iri in page.text
    assert "Akteursnetz: Automotive Cluster Ostdeutschland e.V. – Vorsitz – " in page.text
    assert "stated The source says so in words." in page.text
    assert "between 5 December 2018" in page.text or "at the" in page.text
    bibtex = page_of(site, f"/statement/{statement.id}.bib")
    assert bibtex.content_type.startswith("application/x-bibtex")
    assert f"@misc{{akteursnetz-{statement.id}," in bibtex.body.decode()
    items = json.loads(page_of(site, f"/statement/{statement.id}.csl").body)
    assert next(i["URL"] for i in items) == iri
    assert len(items) == 3  # the graph, the statement, its source
    theirs = Site(site.graph, licensed=False)
    assert "akteursnetz-" not in page_of(theirs, f"/statement/{statement.id}.bib").body.decode()
    assert "CC BY" not in text_of(theirs, "/about")


@pytest.mark.parametrize(
    ("path", "name"),
    [("/entity/acod", "ent:acod"), ("/source/acod-2018-12-05", "src:acod-2018-12-05")],
)
def test_formats_of_a_page_say_the_same(site: Site, path: str, name: str) -> None:
    triples = parse_quads(page_of(site, f"{path}.nt").body, "nt")
    assert triples == parse_quads(page_of(site, f"{path}.ttl").body, "ttl")
    compact = json.loads(page_of(site, f"{path}.jsonld").body)
    assert {n["@id"] for n in compact["@graph"]} >= {name}
    quotes = {literal_parts(o)[0] for _, p, o, _ in triples if p.endswith("oa#exact>")}
    described = json.loads(page_of(site, f"{path}.json").body)
    records = described.get("statements") or [
        r for side in ("outgoing", "incoming") for group in described[side].values() for r in group
    ]
    assert quotes == {p["quote"] for r in records for p in r["evidence"] if "quote" in p}
    assert len(quotes) > 10


def test_terms_have_definition_members_and_statements(site: Site, ontology: Ontology) -> None:
    text = Reader(text_of(site, "/class/Organisation", "en"))
    assert ontology.classes["Organisation"].definitions["en"] in text.text
    assert "/en/entity/acod" in text.links  # an association is an organisation
    text = Reader(text_of(site, "/relation/chairedBy"))
    assert ontology.relations["chairedBy"].definitions["de"] in text.text
    assert "nur eine Person zur selben Zeit" in text.text
    assert "/entity/hans-peter-kemser" in text.links
    terms = Reader(text_of(site, "/ontology"))
    for name in ontology.relations:
        assert f"/relation/{name}" in terms.links


def test_search_finds_entities_terms_questions_and_sources(site: Site) -> None:
    found = Reader(text_of(site, "/search", q="acod"))
    assert "/entity/acod" in found.links
    found = Reader(text_of(site, "/search", q="Qualifizierung und Sicherung"))
    assert "/source/acod-2018-12-05" in found.links
    found = Reader(text_of(site, "/search", "en", q="chaired"))
    assert "/en/relation/chairedBy" in found.links
    assert "/en/questions/chaired-on" in found.links
    assert "Nichts gefunden zu „xqxqxq“" in text_of(site, "/search", q="xqxqxq")
    offered = json.loads(page_of(site, "/complete.json", q="kemser", language="en").body)
    assert offered[0] == {
        "href": "/en/entity/hans-peter-kemser", "label": "Hans-Peter Kemser",
        "name": "Hans-Peter Kemser", "type": "person", "fill": "Hans-Peter Kemser",
    }  # fmt: skip


def test_a_question_is_a_form_an_answer_and_its_query(site: Site) -> None:
    page = Reader(text_of(site, "/questions/leadership", body="ACOD"))
    assert "Wer was leitet, führt oder den Vorsitz hat" in page.text
    assert "Hans-Peter Kemser" in page.text
    assert "/entity/hans-peter-kemser" in page.links
    assert "/questions/leadership.xlsx?body=ACOD" in page.links
    assert "SELECT ?body" in page.text
    assert "<https://w3id.org/akteursnetz/entity/acod>" in page.text  # the parameter, bound
    rows = page_of(site, "/questions/leadership.csv", body="ACOD")
    assert rows.headers["Content-Disposition"] == 'attachment; filename="leadership.csv"'
    assert b"Hans-Peter Kemser" in rows.body
    assert json.loads(page_of(site, "/questions/leadership.json", body="ACOD").body)["results"]
    assert page_of(site, "/questions/leadership.xlsx").body[:2] == b"PK"


def test_answers_are_sorted_filtered_and_paged_without_script(site: Site) -> None:
    def column(**arguments: str) -> list[str]:
        text = text_of(site, "/questions/support", **arguments)
        return re.findall(r"<tr><td[^>]*>(?:<a[^>]*>)?<bdi>(.*?)</bdi>", text)

    rows = column()
    assert len(rows) == 50
    down = column(**{SORT: "-subject"})
    assert down == sorted(down, key=fold, reverse=True)
    assert down != rows
    second = column(_page="2")
    assert set(second) != set(rows)
    assert column(_page="999") == second  # the last
    assert column(_page="-3") == rows
    some = column(_filter="Kemser")
    assert 0 < len(some) < 50
    text = text_of(site, "/questions/support", _filter="xqxq", _sort="nothing", _page="x")
    assert "Keine Zeile passt." in text


def test_long_pages_of_classes_and_relations_are_several(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = text_of(site, "/class/Party"), text_of(site, "/relation/locatedIn")
    monkeypatch.setattr("kg.site.terms.MOST", 7)
    for path, before in zip(("/class/Party", "/relation/locatedIn"), whole, strict=True):
        numbered = [p for p in paths(site) if p == path or p.startswith(f"{path}/")]
        assert len(numbered) > 2
        assert numbered[:2] == [path, f"{path}/2"]
        pages = [text_of(site, p) for p in numbered]
        rows = [re.findall(r'<a class="node" href="([^"]+)"', p) for p in (*pages, before)]
        assert [link for page in rows[:-1] for link in page] == rows[-1], "each once, in order"
        assert 'rel="prev"' not in pages[0]
        assert f'rel="next" href="{path}/3"' in pages[1]
        assert f'rel="prev" href="{path}"' in pages[1]
        assert 'rel="next"' not in pages[-1]
        assert f"Seite 2 von {len(pages)}</h1>" in pages[1]
    letter = re.compile(r'<li><a href="(/class/Party(?:/\d+)?)?#(letter-\d+)"')
    letters = letter.findall(text_of(site, "/class/Party/2"))
    assert len(letters) > 3
    for target, anchor in letters:
        assert f'id="{anchor}"' in text_of(site, target or "/class/Party/2")
    for wrong in ("1", "02", "999", "-1", "2/2", "two", "9" * 5000):
        assert page_of(site, f"/class/Party/{wrong}").status == 404


def test_what_is_asked_wrongly_is_said_and_mended(site: Site) -> None:
    page = page_of(site, "/questions/leadership", body="Nirgendwo")
    assert page.status == 400
    assert "Niemand und nichts heißt hier „Nirgendwo“." in page.body.decode()
    page = page_of(site, "/questions/leadership", "en", body="Kempser")
    assert "Nobody and nothing is called “Kempser” here." in page.body.decode()
    assert 'href="/en/questions/leadership?body=hans-peter-kemser"' in page.body.decode()
    file = page_of(site, "/questions/leadership.csv", body="Nirgendwo")
    assert (file.status, file.body.decode()) == (
        400,
        "Niemand und nichts heißt hier „Nirgendwo“.\n",
    )
    page = page_of(site, "/questions/chaired-on", body="ACOD", date="gestern")
    assert page.status == 400
    assert "Datum: „gestern“ ist kein Datum." in page.body.decode()
    asked = Reader(text_of(site, "/questions/chaired-on"))
    assert "Bitte ausfüllen, dann fragen." in asked.text

    def busy(*_: object) -> None:
        raise Unanswered("too many ask at once", 503, retry_after=5)

    page = page_of(Site(site.graph, ask=busy), "/questions/leadership")  # type: ignore[arg-type]  # it never answers
    assert (page.status, page.headers["Retry-After"]) == (503, "5")
    assert "Zu viele fragen zugleich." in page.body.decode()

    def wrong(*_: object) -> None:
        raise KgError("something else")

    page = page_of(Site(site.graph, ask=wrong), "/questions/leadership")  # type: ignore[arg-type]  # it never answers
    text = page.body.decode()
    assert "So lässt sich das nicht beantworten." in text
    assert '<p class="small" dir="auto" lang="en">something else</p>' in text


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/entity/", "/entity/nobody", "/entity/acod.exe", "/assets/site.css", "/graph.exe",
     "/assets/../site.css", "/entity/../../etc/passwd", "/class/nothing", "/class/Statement",
     "/statement/x", "/source/%00", "/questions/nothing.csv", "//", "/en/en", "/entity/a\x00b",
     "/entity/" + "x" * 5000],
)  # fmt: skip
def test_what_is_not_there_is_not_found(site: Site, path: str) -> None:
    page = page_of(site, path)
    assert page.status in (200, 404)
    assert (page.status == 200) == (path == "//")
    if page.status == 404:
        assert "Hier ist nichts" in page.body.decode()


def test_a_wrong_name_is_answered_with_what_may_be_meant(site: Site) -> None:
    page = page_of(site, "/entity/hans-peter-kempser")
    assert "/entity/hans-peter-kemser" in Reader(page.body.decode()).links


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_data_is_markup_or_runs(risky: Site, language: str) -> None:
    index = risky.index
    paths = ["/", "/search", "/sources", "/conflicts", "/about", "/ontology", "/class/Entity",
             "/relation/chairedBy", "/relation/hasAddress", "/relation/funds", "/timeline/a",
             *(f"/entity/{e}" for e in index.entities), *(f"/source/{s}" for s in index.corpus.sources),
             *(f"/statement/{s}" for s in index.statements), "/questions/support"]  # fmt: skip
    assert len(paths) > 35
    for path in paths:
        text = text_of(risky, path, language, q=SCRIPT, _filter=IMAGE, entity="a")
        page = Reader(text)
        assert page.scripts == [risky.assets["site.js"][0]], path
        assert "img" not in page.tags
        assert not page.handlers
        for link in page.links:
            assert link.startswith(("/", "#", "https://", "data:,")), (path, link)
    shown = Reader(text_of(risky, "/entity/a", language)).text
    assert IMAGE in shown
    assert SCRIPT in shown
    assert "https://example.org/?a=1&b=2" in Reader(text_of(risky, "/source/s3")).links
    assert "alert(1)" in Reader(text_of(risky, "/source/s0")).text  # as a text


def test_addresses_know_prefix_and_language(documents_graph: Graph) -> None:
    site = Site(documents_graph, prefix="/kg", endpoint="/sparql")
    page = Reader(text_of(site, "/entity/acod", "en"))
    assert all(x.startswith(("/kg/", "#", "https://", "data:,")) for x in page.links)
    assert "/kg/entity/acod" in page.links  # the other language
    assert "/kg/sparql" in page.links
    assert site.assets["site.css"][0].startswith("/assets/site-")
    assert page_of(site, site.assets["site.css"][0]).headers["Cache-Control"].endswith("immutable")
    assert split_language("/entity/x") == ("de", "/entity/x")


def test_the_words_are_there_in_both_languages_and_used() -> None:
    import tomllib

    folder = TEMPLATES / "site"
    words = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))["words"]
    assert all(len(w) == 2 and all(w) for w in words.values())
    for key, (german, english) in words.items():
        assert set(re.findall(r"{\w+}", german)) == set(re.findall(r"{\w+}", english)), key
    code = (TEMPLATES.parent / "site").glob("*.py")
    text = "".join(p.read_text(encoding="utf-8") for p in (*folder.glob("*.html"), *code))
    asked = set(re.findall(r"\bw(?:ord)?\(\s*\"(\w+)\"[,)]", text))
    assert asked <= words.keys()
    quoted = set(re.findall(r"[\"'](\w+)[\"']", text))
    unused = words.keys() - quoted - {k for k in words if k.startswith(("tag_", "conflict_"))}
    assert not unused


def test_questions_are_in_both_languages(site: Site) -> None:
    for query in site.questions.values():
        assert query.summary_de, query.name
        assert query.description_de, query.name
        assert query.summary_in("en") == query.summary
        for tag in query.tags:
            assert word(f"tag_{tag}", "de")


def test_texts_are_read_from_their_folder_only(site: Site, tmp_path: Path) -> None:
    own = Site(site.graph, texts=tmp_path)
    assert "<mark>" not in text_of(own, "/source/acod-2018-12-05")


ODD = st.text(st.characters(codec=None), max_size=30)  # also lone surrogates
KNOWN = st.sampled_from(["entity", "source", "statement", "class", "relation", "questions", "timeline",
                         "assets", "search", "acod", "funding", "leadership", "Person", "en", "..",
                         "graph.ttl", "acod.ttl", "complete.json", "leadership.csv"])  # fmt: skip
ARGUMENT = st.sampled_from(["q", "body", "entity", "date", "_sort", "_filter", "_page", "language"])


@given(st.lists(KNOWN | ODD, max_size=4), st.dictionaries(ARGUMENT | ODD, ODD, max_size=3),
       st.sampled_from(["de", "en"]) | ODD)  # fmt: skip
def test_no_request_breaks_a_page(
    site: Site, parts: list[str], arguments: dict[str, str], language: str
) -> None:
    page = render(site, "/" + "/".join(parts), arguments, language)
    assert page.status in (200, 301, 400, 404)
    assert page.body or page.status == 301
    for name, value in page.headers.items():
        assert "\n" not in name + value
