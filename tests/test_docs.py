"""The documentation is true: generated pages are current, and every command shown runs as shown."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from kg import reference
from kg.files import shipped
from kg.ontology import Ontology
from tests.commands import run_kg

ROOT = shipped("data").parent
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/data.md",
    "docs/extract.md",
    "docs/engines.md",
    "docs/python.md",
    "docs/scale.md",
    "docs/review.md",
    "docs/site.md",
    "docs/serve.md",
    "SECURITY.md",
    "docs/network.md",
    "docs/page.md",
    "docs/tables.md",
    "docs/time.md",
)
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


def test_generated_files_are_current() -> None:
    stale = [
        str(p) for p, text in reference.generated().items() if p.read_text(encoding="utf-8") != text
    ]
    assert not stale, f"{stale} are out of date, run `make generate`"


def _commands() -> list[tuple[str, str, str]]:
    """(page, command, output as shown) of every ``$ kg …`` in a console block."""
    found = []
    for page in PAGES:
        for block in CONSOLE.findall((ROOT / page).read_text(encoding="utf-8")):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                while command.endswith("\\"):
                    more, _, output = output.partition("\n")
                    command = command[:-1] + more.strip()
                found.append((page, command, output.rstrip("\n")))
    return found


@pytest.mark.parametrize(
    ("page", "command", "shown"), _commands(), ids=lambda x: x if "kg " in x else ""
)
def test_a_command_gives_what_is_shown(tmp_path: Path, page: str, command: str, shown: str) -> None:
    program, *args = shlex.split(command)
    if program != "kg":
        assert program in ("make", "pip", "git", "cd", "pipx"), (
            f"{page} shows a command that no test runs"
        )
        return
    for folder in ("data", "docs"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    ran = run_kg(*args, cwd=tmp_path)
    assert ran.code == 0, f"{page}: {command}\n{ran.err}"
    _assert_like((ran.out + ran.err).replace("\r\n", "\n"), shown)


def _assert_like(output: str, shown: str) -> None:
    """Lines of ``…`` in what is shown stand for anything; all else must be there, in order."""
    pattern = ".*".join(
        re.escape(p.strip("\n")) for p in re.split(r"^…$", shown, flags=re.MULTILINE)
    )
    assert re.fullmatch(pattern, output.strip("\n"), re.DOTALL), (
        f"shown:\n{shown}\nbut it is:\n{output}"
    )


def _snippets() -> list[tuple[str, str]]:
    return [
        (p, code) for p in PAGES for code in PYTHON.findall((ROOT / p).read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(
    ("page", "code"), _snippets(), ids=lambda x: x if x.endswith(".md") else ""
)
def test_a_snippet_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(code, page, "exec"), {})  # noqa: S102  # our own documentation


def test_links_and_pictures_of_the_docs_exist() -> None:
    for page in (*PAGES, "CHANGELOG.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            if not target.startswith(("http://", "https://", "mailto:")):
                assert (ROOT / page).parent.joinpath(target).exists(), f"{page} links to {target}"


def test_every_class_and_relation_is_documented(ontology: Ontology) -> None:
    page = (ROOT / "docs/ontology.md").read_text(encoding="utf-8")
    for name in (*ontology.classes, *ontology.relations, *ontology.properties):
        assert f"| {name} " in page


def test_the_changelog_names_the_version() -> None:
    from kg import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
