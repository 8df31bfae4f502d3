"""A query starts with what it needs and nothing else, and reads its arguments as click does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import plain_query
from kg.query_command import query
from tests.commands import run_kg

OURS = {"kg", "kg.answering", "kg.answers", "kg.build", "kg.cli", "kg.errors", "kg.files", "kg.graph", "kg.iris",
        "kg.output", "kg.queries", "kg.sparql", "kg.store"}  # fmt: skip
STANDARD = {"abc", "builtins", "codecs", "collections", "contextlib", "copy", "copyreg", "dataclasses",
            "encodings", "enum", "errno", "fnmatch", "functools", "genericpath", "glob", "inspect", "io", "ipaddress",
            "itertools", "json", "keyword", "linecache", "marshal", "ntpath", "operator", "os", "pathlib", "posix",
            "posixpath", "re", "reprlib", "signal", "site", "stat", "string", "sys", "threading", "time", "types",
            "typing", "urllib", "warnings", "weakref", "winreg", "zipimport"}  # fmt: skip
_PRINT = """
import sys, os
leave = os._exit
def told(code):
    import builtins
    names = sorted(name for name, module in sys.modules.items() if module is not None)
    inspected = '__file__' in vars(sys.modules.get('inspect', os.path)) and 'inspect' in sys.modules
    sys.stderr.write(' '.join(names) + (' REALLY-INSPECT' if inspected else ''))
    sys.stderr.flush()
    leave(code)
os._exit = told
sys.argv = ['kg', *sys.argv[1:]]
from kg.cli import main
main()
"""


def _modules(*args: str | Path) -> set[str]:
    """What is imported in the end, hidden modules of the standard library left out."""
    command = [sys.executable, "-I", "-S", "-c", _path() + _PRINT, *map(str, args)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    names = done.stderr.decode().split()
    return {n for n in names if not n.startswith("_")}


def _path() -> str:
    return f"import sys; sys.path[:0] = {[p for p in sys.path if p]!r}\n"


def test_a_query_imports_just_this(tmp_path: Path, documents: Path) -> None:
    store = tmp_path / "store"
    assert run_kg("build", "--store", store, KG_DATA=str(documents)).code == 0
    names = _modules("query", "-e", "SELECT ?a { ?a akt:funds ?b }", "--store", store)
    assert {n for n in names if n.split(".")[0] == "kg"} == OURS
    others = {n.split(".")[0] for n in names} - {"kg", "pyoxigraph"}
    assert others - STANDARD == set()
    named = _modules("query", "topics", "--store", store, "--format", "csv")
    assert {n.split(".")[0] for n in named} - STANDARD == {"kg", "pyoxigraph"}


def test_help_asks_no_graph() -> None:
    assert not {"pyoxigraph", "rdflib", "networkx"} & _modules("--help")


def _by_click(args: list[str]) -> dict[str, object] | None:
    try:
        params = query.make_context("query", list(args)).params
    except click.ClickException:
        return None
    return {**params, "pairs": list(params["pairs"])}


WORDS = st.sampled_from(
    ["topics", "-", "", "x.rq", "-e", "--expression", "ASK {}", "-p", "--parameter", "a=b", "c=", "--format",
     "csv", "ttl", "docx", "-o", "--output", "--out", "out.csv", "--store", "s", "--store=s", "--data", "d",
     "--evidence", "--at", "2019", "--roll-up", "--", "-h", "-ex", "--source"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=7))
def test_a_plain_query_is_read_as_click_reads_it(args: list[str]) -> None:
    read = plain_query(["query", *args])
    if read is None:
        return
    by_click = _by_click(args)
    assert by_click is not None
    assert {k: v for k, v in by_click.items() if k in read} == read
    left = {k: v for k, v in by_click.items() if k not in read}
    assert not any(left.values()), "what is not read has its default"


@pytest.mark.parametrize(
    "args",
    [
        ["topics"],
        ["topics", "--store", "s"],
        ["-e", "ASK {}", "--format", "json", "-o", "x.json"],
        ["leadership", "-p", "body=ACOD", "--parameter", "x=y=z", "--store", "s"],
    ],
)
def test_what_is_plain_goes_without_click(args: list[str]) -> None:
    assert plain_query(["query", *args]) is not None


@pytest.mark.parametrize(
    "args",
    [
        ["query", "--help"],
        ["query", "topics", "--at", "2019"],
        ["query", "topics", "--format=csv"],
        ["query", "-e"],
        ["query", "-p", "-x"],
        ["query", "a", "b"],
        ["show", "ACOD"],
        [],
    ],
)
def test_all_else_is_read_by_click(args: list[str]) -> None:
    assert plain_query(args) is None


def test_a_data_folder_of_the_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_DATA", "elsewhere")
    assert plain_query(["query", "topics"]) is None


def test_what_was_put_off_works_when_it_is_used() -> None:
    lines = (
        "from kg.cli import _put_off; _put_off('inspect'); import inspect, dataclasses",
        "from inspect import signature; import click",
        "print(signature(click.echo).parameters['err'].default, inspect.__file__[-10:])",
    )
    code = "\n".join(lines)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().split() == ["False", "inspect.py"]
