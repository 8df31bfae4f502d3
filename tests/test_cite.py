"""References that every reader of bibliographies takes, the line of provenance, canonical hashes."""

from __future__ import annotations

import hashlib
import json
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.answers import Iri, Manifest
from kg.cite import (
    Reference,
    as_bibtex,
    as_csl_json,
    as_text,
    canonical_hash,
    command_line,
    made_by,
    references_of,
    sources_in,
)
from kg.errors import KgError
from kg.files import shipped
from kg.graph import load
from kg.iris import ENT, SRC, STM
from kg.model import Corpus, Entity, Identity, Name, Source
from kg.store import canonical_nquads, canonicalize
from tests.golden import expect

MANIFEST = Manifest("build-x", "0123456789abcdef" * 4, 7, "", "0.1.0")
PAGE = Reference(
    "seite", "webpage", "Eine Seite", "Der Verein", "2019-11-05", "https://example.org/a", "de"
)
NASTY = "{}%&#_$~^\\\"'@,=\n\r\t\0\u202e\u2066\u200b\ufeff„“–äß😀|<>"
texts = st.text(st.one_of(st.sampled_from(NASTY), st.characters()), max_size=40)
dates = st.one_of(
    st.none(),
    st.sampled_from(["2019", "2019~", "2019?", "2019%", "201X", "20XX", "2020-21", "2020-24~",
                     "2019-10", "2019-XX", "2019-10-XX", "2019-10-15", "0800", "..", "{"]),
    texts,
)  # fmt: skip
references = st.lists(
    st.builds(
        Reference,
        id=st.one_of(texts, st.sampled_from(["a", "A", "a-2", "akteursnetz"])),
        kind=st.sampled_from(["webpage", "dataset"]),
        title=texts,
        publisher=texts,
        published=dates,
        url=texts.map(lambda t: "https://example.org/" + t),
        language=st.sampled_from(["de", "en", "cs"]),
        version=st.one_of(st.none(), texts),
        note=st.one_of(st.none(), texts),
    ),
    max_size=6,
)


@pytest.mark.parametrize(
    ("name", "render"),
    [("text", as_text), ("bib", as_bibtex), ("csl.json", as_csl_json)],
    ids=["text", "bibtex", "csl"],
)
def test_the_two_documents(documents_corpus: Corpus, name: str, render: Any) -> None:
    expect(f"cite-references.{name}", render(references_of(documents_corpus, MANIFEST)) + "\n")


def _corpus(*sources: Source) -> Corpus:
    old = Identity("verein", "ah", "2020-01-01", "umbenannt")
    entities = [
        Entity("verein", "Association", (Name("Österreichischer Verein"),)),
        Entity("alt", "Association", (Name("Alter Name"),), same_as=old),
        Entity("zoo", "Company", (Name("Zoo"),)),
        Entity("ohm", "Company", (Name("Ohm"),)),
    ]
    return Corpus({e.id: e for e in entities}, {s.id: s for s in sources})


def _source(source_id: str, publisher: str, published: str | None, title: str = "T") -> Source:
    return Source(source_id, title, publisher, published, "https://x/", note="Nicht aufgenommen: …")


def test_the_graph_comes_first_then_publisher_date_and_title() -> None:
    corpus = _corpus(
        _source("f", "zoo", "2001"),
        _source("e", "alt", None),
        _source("d", "verein", "2019-12"),
        _source("c", "verein", "2019~", "Zwei"),
        _source("b", "verein", "2019", "äins"),
        _source("a", "ohm", "2020"),
    )
    found = references_of(corpus, MANIFEST)
    assert [r.id for r in found] == ["akteursnetz", "a", "b", "c", "d", "e", "f"]
    assert {r.publisher for r in found if r.id in "bcde"} == {"Österreichischer Verein"}
    assert all(r.note is None and r.accessed is None for r in found[1:]), "readers' notes stay out"
    assert MANIFEST.sha256 in str(found[0].note)
    assert [r.id for r in references_of(corpus, MANIFEST, ["c"])] == ["akteursnetz", "c"]
    assert [r.id for r in references_of(corpus, MANIFEST, [])] == ["akteursnetz"]


def test_a_publisher_that_is_nobody_is_named_by_its_id() -> None:
    assert references_of(_corpus(_source("a", "nobody", None)), MANIFEST)[1].publisher == "nobody"


def test_an_answer_names_sources_by_their_iri_and_by_statements(corpus: Corpus) -> None:
    first, second = sorted(corpus.sources)[:2]
    statement = corpus.sources[second].statements[0].id
    known = {
        (Iri(SRC + first),): [first],
        (Iri(STM + statement), None, 3): [second],
        (Iri(f"{STM}{statement}#evidence-2"),): [second],
        (f"<{STM}{statement}>", f"<{SRC}{first}>"): [first, second],
        (Iri(SRC + "nobody"), Iri(STM + "0" * 20), Iri(ENT + "acod"), first, True): [],
    }
    for row, wanted in known.items():
        assert sources_in([row], corpus) == wanted
    assert sources_in([], corpus) == []


def test_a_named_question_says_on_what_it_rests(documents: Path) -> None:
    graph = load(documents)
    assert sources_in(graph.select("leadership", body="ACOD").rows, graph.corpus) == [
        "acod-2018-12-05"
    ]


@pytest.mark.parametrize(
    ("published", "text", "bibtex", "issued"),
    [
        ("2019", "2019", "2019", {"date-parts": [[2019]]}),
        ("2019-10", "2019-10", "2019 oct", {"date-parts": [[2019, 10]]}),
        ("2019-10-05", "2019-10-05", "2019 oct 5", {"date-parts": [[2019, 10, 5]]}),
        ("2019~", "ca. 2019", "2019 (ca. 2019)", {"date-parts": [[2019]], "circa": True}),
        ("2019?", "2019?", "2019 (2019?)", {"date-parts": [[2019]], "circa": True}),
        ("2019-10%", "ca. 2019-10?", "2019 oct (ca. 2019-10?)",
         {"date-parts": [[2019, 10]], "circa": True}),
        ("201X", "2010–2019", "(2010–2019)", {"literal": "2010–2019"}),
        ("201X~", "ca. 2010–2019", "(ca. 2010–2019)", {"literal": "ca. 2010–2019"}),
        ("2019-XX-XX", "2019", "2019", {"date-parts": [[2019]]}),
        ("2019-10-XX", "2019-10", "2019 oct", {"date-parts": [[2019, 10]]}),
        ("2020-21", "Frühjahr 2020", "2020 (Frühjahr 2020)",
         {"date-parts": [[2020]], "season": 1}),
        ("2020-24~", "ca. Winter 2020", "2020 (ca. Winter 2020)",
         {"date-parts": [[2020]], "season": 4, "circa": True}),
        ("im Mai", "im Mai", "(im Mai)", {"literal": "im Mai"}),
        (None, "o. D.", "", None),
    ],
)  # fmt: skip
def test_dates_say_what_is_known_and_no_more(
    published: str | None, text: str, bibtex: str, issued: object
) -> None:
    reference = replace(PAGE, published=published)
    assert as_text([reference]) == f"Der Verein ({text}): Eine Seite. https://example.org/a"
    entry = as_bibtex([reference])
    fields = [
        re.findall(rf"  {name} = \{{?(.*?)\}}?,\n", entry) for name in ("year", "month", "day")
    ]
    notes = [f"({n})" for n in re.findall(r"  note = \{(.*)\},\n", entry)]
    assert " ".join([*(f[0] for f in fields if f), *notes]) == bibtex
    assert json.loads(as_csl_json([reference]))[0].get("issued") == issued


def test_text_ends_each_sentence_once() -> None:
    titles = ["Wer zahlt?", "Los!", "Das Ende.", "Und so …", "Schluss"]
    found = as_text(replace(PAGE, title=t) for t in titles).split("\n")
    ends = [line.removeprefix("Der Verein (2019-11-05): ").split(" http")[0] for line in found]
    assert ends == ["Wer zahlt?", "Los!", "Das Ende.", "Und so …", "Schluss."]


def test_what_was_visited_and_which_version() -> None:
    full = replace(PAGE, accessed="2021-02-03", version="1", note="CC BY 4.0", published=None)
    assert as_text([full]) == (
        "Der Verein: Eine Seite, Version 1. CC BY 4.0. https://example.org/a (abgerufen: 2021-02-03)"
    )
    assert "  version = {1}," in as_bibtex([full])
    assert "  urldate = {2021-02-03}," in as_bibtex([full])
    assert json.loads(as_csl_json([full]))[0]["accessed"] == {"date-parts": [[2021, 2, 3]]}


def test_bibtex_escapes_what_tex_would_obey() -> None:
    title = 'a{b}c%d&e#f_g$h~i^j\\k"l\nm\u202en'
    entry = as_bibtex(
        [replace(PAGE, title=title, publisher="A & B and C", url="https://x/%7E{_}#")]
    )
    assert (
        r"title = {{a\textbraceleft{}b\textbraceright{}c\%d\&e\#f\_g\$h\textasciitilde{}i"
        r'\textasciicircum{}j\textbackslash{}k"{}l mn}},'
    ) in entry
    assert r"author = {{A \& B and C}}," in entry
    assert "url = {https://x/%7E%7B_%7D#}," in entry


def test_keys_are_stable_and_each_is_used_once() -> None:
    ids = ["a", "A", "a-2", "a", "ü ü", "", "acod-2018-12-05"]
    found = [replace(PAGE, id=i) for i in ids]
    keys = ["a", "A-2", "a-2-2", "a-3", "reference", "reference-2", "acod-2018-12-05"]
    assert re.findall(r"@online\{(.*),", as_bibtex(found)) == keys
    assert [item["id"] for item in json.loads(as_csl_json(found))] == keys


@given(references)
def test_bibtex_is_whole_whatever_the_titles(found: list[Reference]) -> None:
    content = as_bibtex(found)
    content.encode()
    entries = content.split("\n\n") if found else []
    assert len(entries) == len(found)
    keys = [re.match(r"@(?:online|misc)\{([A-Za-z0-9.:-]+),\n", entry) for entry in entries]
    assert len({k[1].lower() for k in keys if k}) == len(found)
    for entry in entries:
        lines = entry.split("\n")
        assert lines[-1] == "}"
        for line in lines[1:-1]:
            assert re.fullmatch(r"  [a-z]+ = (\{.*\}|[a-z]{3}),", line), line
            depths = [line[: i + 1].count("{") - line[: i + 1].count("}") for i in range(len(line))]
            assert min(depths) == 0 == depths[-1], "BibTeX counts braces, escaped or not"
            if " = {" in line:  # only the very last brace ends the value
                assert all(d > 0 for d in depths[line.index("{") : -2])
            if not line.startswith("  url = "):
                bare = re.sub(r"\\(?:[%&#_$]|text[a-z]+\{\})", "", line)
                assert not re.search(r"[%&#_$~^\\]", bare), line


@given(references)
def test_text_has_a_line_for_each_reference(found: list[Reference]) -> None:
    lines = as_text(found).split("\n") if found else []
    assert len(lines) == len(found)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u2028\u202a-\u202e\u2066-\u2069]", "".join(lines))


def _date_parts_are_valid(date: dict[str, Any]) -> bool:
    parts = date.get("date-parts", [[1]])
    return (
        date.keys() <= {"date-parts", "season", "circa", "literal"}
        and len(parts) == 1
        and 1 <= len(parts[0]) <= 3
        and all(isinstance(p, int) and low <= p <= high
                for p, low, high in zip(parts[0], (1, 1, 1), (9999, 12, 31), strict=False))
        and date.get("literal") != ""
        and date.get("season", 1) in (1, 2, 3, 4)
        and date.get("circa", True) is True
    )  # fmt: skip


@given(references)
def test_csl_keeps_to_its_schema(found: list[Reference]) -> None:
    content = as_csl_json(found)
    content.encode()
    items = json.loads(content)
    assert len({item["id"].lower() for item in items}) == len(found)
    plain = {"id", "type", "title", "publisher", "URL", "language", "version", "note"}
    for item in items:
        assert {"id", "type"} <= item.keys() <= plain | {"author", "issued", "accessed"}
        assert item["type"] in ("webpage", "dataset")
        assert all(isinstance(item[name], str) and item[name] for name in plain & item.keys())
        assert all(author.keys() == {"literal"} for author in item["author"])
        assert _date_parts_are_valid(item.get("issued", {}))


@pytest.mark.parametrize(
    ("argv", "shown"),
    [
        ("kg", "kg"),
        ("/home/anna/.venv/bin/kg network", "kg network"),
        ("__main__.py network --ego ACOD --depth 2", "kg network --ego ACOD --depth 2"),
        ("kg network -o a.gexf --ego ACOD", "kg network --ego ACOD"),
        ("kg network -oa.gexf --ego ACOD", "kg network --ego ACOD"),
        ("kg network --output a.gexf --ego ACOD", "kg network --ego ACOD"),
        ("kg network --output=/home/a.gexf --ego ACOD", "kg network --ego ACOD"),
        ("kg network --ego ACOD -o", "kg network --ego ACOD"),
        ("kg export --data /home/anna/data/", "kg export"),
        ("kg export --data=/home/anna/data", "kg export"),
        ("kg export --data my/data --store ~/store --at 2019", "kg export --at 2019"),
        ("kg check --texts ..", "kg check"),
        ("kg export --store https://anna:pw@x.org:8080/sparql?key=1#x", "kg export"),
        ("kg query /home/anna/who.rq -p body=ACOD", "kg query who.rq -p body=ACOD"),
        (f"kg show {ENT}acod", f"kg show {ENT}acod"),
        ("kg search -- -o /home/anna", "kg search -- -o anna"),
        ("kg export --data", "kg export"),
    ],
)  # fmt: skip
def test_a_command_says_nothing_about_who_ran_it_where(argv: str, shown: str) -> None:
    assert command_line(argv.split(" ")) == shown


def test_a_command_is_quoted_for_the_shell() -> None:
    argv = ["kg", "query", "-e", "SELECT ?a { ?a ?b 'c' }", "-p", "body=Verein & Co."]
    assert command_line(argv) == (
        """kg query -e 'SELECT ?a { ?a ?b '"'"'c'"'"' }' -p 'body=Verein & Co.'"""
    )


def test_the_line_of_provenance_is_one_line() -> None:
    line = made_by("kg query -e 'SELECT *\n{ ?s\u202e ?p ?o }'", MANIFEST)
    assert (
        line
        == f"kg query -e 'SELECT * {{ ?s ?p ?o }}' · akteursnetz 0.1.0 · sha256 {MANIFEST.sha256}"
    )


# RDFC-1.0, appendix A: which characters of a literal are escaped, and how.
_SHORT = {8: r"\b", 9: r"\t", 10: r"\n", 12: r"\f", 13: r"\r", 34: r"\"", 92: r"\\"}


def _canonical_character(code: int) -> str:
    if code in _SHORT:
        return _SHORT[code]
    return f"\\u{code:04X}" if code < 0x20 or code in (0x7F, 0xFFFE, 0xFFFF) else chr(code)


def test_literals_are_escaped_as_rdfc_wants_them() -> None:
    codes = [*range(0x180), *range(0x2000, 0x2070), *range(0xD7F0, 0xD800), *range(0xE000, 0xE010),
             *range(0xFDC0, 0xFE00), *range(0xFFF0, 0x10010), 0x1FFFE, 0x1F600, 0x10FFFF]  # fmt: skip
    lines = [(f'<http://x/s> <http://x/p> "{{}}"@de <http://x/g{c}> .\n', c) for c in codes]
    given_ = "".join(line.format(f"\\U{code:08x}") for line, code in lines).encode()
    wanted = sorted(line.format(_canonical_character(code)).encode() for line, code in lines)
    assert canonical_nquads(given_) == b"".join(wanted)
    assert canonicalize(given_) == b"".join(wanted)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.text(max_size=8),
            st.sampled_from(["", "@de-AT", "^^<http://x/t>"]),
        )
    )
)
def test_without_blank_nodes_canonical_nquads_is_rdfc(quads: list[tuple[str, str, str]]) -> None:
    lines = []
    for name, text, kind in quads:
        literal = "".join(f"\\U{ord(c):08X}" for c in text)
        lines.append(
            f'<http://x/{name}>  <http://x/p>\t"{literal}"{kind} <http://x/{name}>. # x\r\n'
        )
    content = "".join(lines).encode()
    assert canonical_nquads(content) == canonicalize(content)


def test_layout_datatype_language_and_order_are_canonical() -> None:
    given_ = (
        b'<http://x/b> <http://x/p> "a"^^<http://www.w3.org/2001/XMLSchema#string>.\n\n# remark\n'
        b'<http://x/b>\t<http://x/p>  "a" .\n'
        b'<http://x/\\u00E4> <http://x/p> "a"@de-AT <http://x/g> .\n'
        b'<http://x/\xf0\x9f\x98\x80> <http://x/p> "01"^^<http://www.w3.org/2001/XMLSchema#int> .\n'
        b'<http://x/\xef\xbc\xa1> <http://x/p> "" .'
    )
    wanted = (
        b'<http://x/b> <http://x/p> "a" .\n'
        b'<http://x/\xc3\xa4> <http://x/p> "a"@de-at <http://x/g> .\n'
        b'<http://x/\xef\xbc\xa1> <http://x/p> "" .\n'
        b'<http://x/\xf0\x9f\x98\x80> <http://x/p> "01"^^<http://www.w3.org/2001/XMLSchema#int> .\n'
    )
    assert canonical_nquads(given_) == canonicalize(given_) == wanted


def test_blank_nodes_are_named_by_what_is_said_of_them() -> None:
    # The example of unique hashes in RDFC-1.0, section 4.6.
    lines = [
        "<http://example.com/#p> <http://example.com/#q> _:{0} .\n",
        "<http://example.com/#p> <http://example.com/#r> _:{1} .\n",
        "_:{0} <http://example.com/#s> <http://example.com/#u> .\n",
        "_:{1} <http://example.com/#t> <http://example.com/#u> .\n",
    ]
    wanted = "".join(lines).format("c14n0", "c14n1").encode()
    dice = random.Random(1)  # noqa: S311  # orders, not secrets
    for names in (("e0", "e1"), ("e1", "e0"), ("c14n1", "c14n0")):
        dice.shuffle(lines)
        content = "".join(lines).format(*names).encode()
        assert canonicalize(content) == wanted
        assert canonical_hash(content) == hashlib.sha256(wanted).hexdigest()


def test_blank_nodes_that_look_alike_are_told_apart_by_their_circle() -> None:
    ring = "".join(f"_:{{{i}}} <http://x/p> _:{{{(i + 1) % 5}}} _:{{5}} .\n" for i in range(5))
    chain = ring.replace("_:{0} _:{5}", "_:{1} _:{5}")
    names = [f"n{i}" for i in range(6)]
    hashes = {canonical_hash(ring.format(*names[i:], *names[:i]).encode()) for i in range(6)}
    assert len(hashes) == 1
    assert canonical_hash(chain.format(*names).encode()) not in hashes


def test_the_hash_of_a_build_is_that_of_rdfc() -> None:
    store = load(shipped("data")).store
    lines = [" ".join(filter(None, quad)) + " .\n" for quad in store.quads()]
    random.Random(1).shuffle(lines)  # noqa: S311  # an order, no secret
    assert canonical_hash("".join(lines).encode()) == store.manifest.sha256


def test_nothing_has_a_hash_and_what_is_no_nquads_is_refused() -> None:
    assert canonical_hash(b"") == hashlib.sha256(b"").hexdigest()
    with pytest.raises(KgError, match=r"these are no N-Quads: .*, mend them"):
        canonical_hash(b"<http://x/a> <http://x/p> .\n")
