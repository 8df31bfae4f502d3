"""Small graphs to make sites of."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from kg.build import corpus_nquads
from kg.graph import Graph
from kg.model import Amount, Corpus, Entity, Evidence, Identity, Name, Source, Statement, Withdrawal
from kg.ontology import Ontology
from kg.rdf import enriched
from kg.site.links import split_language
from kg.site.model import Page, Site
from kg.site.pages import render
from kg.store import memory_store

IMAGE = "<img src=x onerror=alert(1)>"
SCRIPT = "</script><script>alert(2)</script>"
BIDI = "\u202eevil\u2067 \"quoted\" 'name' &amp; \u2028"


def graph_of(corpus: Corpus, ontology: Ontology) -> Graph:
    """A graph in memory."""
    nquads = corpus_nquads(enriched(corpus, ontology), ontology)
    return Graph(memory_store(nquads, version="0"))


def hostile(ontology: Ontology) -> Graph:
    """Names, quotes, notes and addresses that would do harm if they were markup."""
    names = {"a": IMAGE, "b": SCRIPT, "c": BIDI, "nul": "Donaudampfschiff" * 300}
    entities = {
        i: Entity(i, "Association", (Name(text),), (Name(IMAGE),), note=SCRIPT)
        for i, text in names.items()
    }
    why = Identity("a", IMAGE, "2020-01-01", SCRIPT)
    entities["old"] = Entity("old", "Association", (Name("Alt"),), same_as=why)
    entities["p"] = Entity("p", "Person", (Name(BIDI),))
    urls = (
        "javascript:alert(1)",
        "data:text/html,x",
        "JavaScript:alert(1)",
        "https://example.org/?a=1&b=2",
    )
    told = Statement("", "a", "chairedBy", "p", (Evidence(f"{SCRIPT} q", 0, 36),))
    amount = Amount(Decimal("1234.5"), qualifier=IMAGE, covers=SCRIPT)
    statements = (
        replace(told, role=IMAGE, note=SCRIPT, since="2010"),
        replace(told, relation="cooperatesWith", object="b", evidence=(Evidence(note=IMAGE),)),
        replace(told, relation="hasAddress", object=IMAGE, evidence=(Evidence(note=SCRIPT),)),
        replace(told, relation="funds", subject="old", object="c", amount=amount),
        replace(told, relation="cooperatesWith", object="nul", withdrawn=Withdrawal(IMAGE, "2020-01-01", SCRIPT)),
    )  # fmt: skip
    sources = {
        f"s{n}": Source(f"s{n}", IMAGE, "b", "2020", url, note=SCRIPT,
                        statements=tuple(replace(s, source=f"s{n}") for s in statements))
        for n, url in enumerate(urls)
    }  # fmt: skip
    return graph_of(Corpus(entities, sources), ontology)


def text_of(site: Site, path: str, language: str = "de", **arguments: str) -> str:
    """The text of a page that must be there."""
    page = page_of(site, path, language, **arguments)
    assert page.status == 200, (path, page.status)
    return page.body.decode()


def page_of(site: Site, path: str, language: str = "de", **arguments: str) -> Page:
    """A page, whatever its status."""
    return render(site, path, arguments, language)


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        language, path = split_language(unquote(parts.path))
        page = render(self.site, path, dict(parse_qsl(parts.query)), language)
        self.send_response(page.status)
        headers = {"Content-Type": page.content_type, "Content-Length": str(len(page.body))}
        for name, value in {**headers, **page.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page.body)

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@contextlib.contextmanager
def served(site: Site) -> Iterator[str]:
    """The address of a plain server of a site, for as long as the block runs."""
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
