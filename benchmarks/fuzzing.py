"""What strangers send, made up by a fuzzer that looks for new ways through the code (atheris).

``pip install atheris`` (Linux, for some versions of Python), then
``python -m benchmarks.fuzzing [SECONDS]``. Whatever is sent, only errors that a client is told may
be raised, and a page is never that of a mistake of ours. The tests do the same with hypothesis, and
over HTTP with schemathesis; this one runs for as long as there is time.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Callable
from typing import Any

_WORDS = [
    "SELECT ", "ASK ", "CONSTRUCT ", "DESCRIBE ", "INSERT DATA ", "FROM ", "FROM NAMED ",
    "WHERE ", "{ ", "} ", "( ", ") ", "?s ", "?p ", "?o ", ". ", "; ", "* ", "<urn:x> ",
    "akt:funds ", "ent:acod ", "SERVICE ", "GRAPH ", "FILTER ", "OPTIONAL ", "UNION ", "VALUES ",
    "BIND", " AS ", "LIMIT 5 ", "LIMIT 99999999999999999999 ", "OFFSET ", "ORDER BY ",
    "GROUP BY ", "COUNT", "'", '"', '"""', "#", "\n", "<", ">", "\\", "PREFIX x: ", "BASE ",
    "_:b ", "@de ", "^^xsd:date ", "1 ", "NOW() ",
]  # fmt: skip
_PATHS = [
    "/entity/", "/source/", "/statement/", "/questions/", "/class/", "/relation/", "/timeline/",
    "/search", "/complete.json", "/conflicts", "/assets/", "/graph.", "/",
]  # fmt: skip
_NAMES = ["acod", "leadership", "chaired-on", "Person", "funds", "Party/2", ".ttl", ".csv", ".bib"]
_KEYS = ["q", "body", "date", "_sort", "_filter", "_page", "language", "year", "person"]


def targets() -> list[Callable[[Any], None]]:
    """The parts that take what strangers send; each eats from a ``FuzzedDataProvider``."""
    from kg.errors import KgError
    from kg.graph import load
    from kg.server.asked import Dataset, is_volatile, limited
    from kg.server.engine import Engine
    from kg.server.limits import Limits
    from kg.server.negotiation import GRAPHS, ROWS, best
    from kg.server.replies import Wrong
    from kg.server.requests import parameters
    from kg.site.links import split_language
    from kg.site.model import Site
    from kg.site.pages import render

    graph = load()
    site = Site(graph)
    one = b"<https://w3id.org/akteursnetz/entity/acod> <urn:p> <urn:o> .\n"
    engine = Engine(one, graph.store.manifest, Limits(rows=10))

    def query(data: Any) -> None:
        count = data.ConsumeIntInRange(0, 40)
        text = "".join(
            data.PickValueInList(_WORDS) if data.ConsumeBool() else data.ConsumeUnicode(3)
            for _ in range(count)
        )
        is_volatile(text)
        limited(text, 5)
        try:
            kind, _, rows, _ = engine.answer(text, Dataset(), {"rows": "json", "graph": "nt"})
        except (KgError, RecursionError):
            return
        assert kind in ("select", "ask", "graph")
        assert rows <= 10

    def request(data: Any) -> None:
        best(data.ConsumeUnicode(60), ROWS)
        best(data.ConsumeUnicode(60), GRAPHS)
        with contextlib.suppress(Wrong):
            parameters(data.ConsumeBytes(60))

    def page(data: Any) -> None:
        path = data.PickValueInList(_PATHS) + data.PickValueInList(_NAMES) + data.ConsumeUnicode(6)
        path = data.PickValueInList(["", "/en"]) + (
            path if data.ConsumeBool() else "/" + data.ConsumeUnicode(20)
        )
        given = {data.PickValueInList(_KEYS): data.ConsumeUnicode(20) for _ in range(3)}
        language, bare = split_language(path)
        found = render(site, bare, given, language)
        assert found.status in (200, 301, 400, 404), (path, given, found.status)

    return [query, request, page]


def main(seconds: int) -> None:
    """Fuzz for so many seconds; ends by an error where one is found."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["kg"]):
        parts = targets()

    def once(content: bytes) -> None:
        data = atheris.FuzzedDataProvider(content)
        parts[data.ConsumeIntInRange(0, len(parts) - 1)](data)

    options = [f"-max_total_time={seconds}", "-max_len=400", "-artifact_prefix=/tmp/fuzzing-"]
    atheris.Setup([sys.argv[0], *options], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
