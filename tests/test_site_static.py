"""The site as files: every link leads somewhere, the same graph gives the same bytes."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import pytest

from kg.errors import KgError
from kg.graph import Graph, load
from kg.ontology import Ontology
from kg.site.links import file_of
from kg.site.model import Site
from kg.site.static import MARK, files, write_site
from tests.commands import run_kg
from tests.conftest import MakeData
from tests.sites import hostile
from tests.test_site import Reader


@pytest.fixture(scope="module")
def written(documents_graph: Graph) -> dict[str, bytes]:
    # Not ours, as for anyone who names a data folder.
    return dict(files(Site(documents_graph, static=True, licensed=False)))


def links_of(written: dict[str, bytes]) -> set[tuple[str, str, str]]:
    """File, target file and fragment of every link within the site."""
    found = set()
    for name, content in written.items():
        if name.endswith(".html") and name != "network.html":
            above = PurePosixPath(name).parent
            for link in set(Reader(content.decode()).links):
                parts = urlsplit(link)
                if parts.scheme not in ("https", "http", "data"):
                    assert not parts.scheme, (name, link)
                    assert not parts.path.startswith("/"), (name, link)
                    target = normpath(above / unquote(parts.path)) if parts.path else name
                    found.add((name, target, unquote(parts.fragment)))
    return found


def test_every_link_leads_to_a_file_and_to_a_place_in_it(written: dict[str, bytes]) -> None:
    links = links_of(written)
    for name, target, fragment in links:
        assert target in written, f"{name} links to {target}"
        if fragment:
            place = f'id="{fragment}"'.encode()
            assert place in written[target], f"{name} links to {target}#{fragment}"
    assert len(links) > 10_000
    assert not {n for n in written if n.endswith(".html")} - {target for _, target, _ in links}


def test_both_languages_have_the_same_pages(written: dict[str, bytes]) -> None:
    pages = {n for n in written if n.endswith(".html") and n != "network.html"}
    english = {n for n in pages if n.startswith("en/")}
    assert {n.removeprefix("en/") for n in english} == pages - english
    assert len(english) > 200
    assert b'<html lang="en">' in written["en/index.html"]
    assert b'href="en/index.html"' in written["index.html"]


def test_names_are_safe_on_any_system(written: dict[str, bytes], ontology: Ontology) -> None:
    assert file_of("/entity/nul") == "entity/nul--99e6242759.html"
    risky = dict(files(Site(hostile(ontology), static=True)))
    assert "entity/nul--99e6242759.html" in risky
    for names in (written, risky):
        assert len({n.lower() for n in names}) == len(names)
        for name in names:
            assert name.isascii()
            assert not set(name) & set(' \\:*?"<>|')
            assert len(name) < 160


def test_questions_that_need_nothing_are_answered(written: dict[str, bytes]) -> None:
    answered = written["questions/leadership.html"].decode()
    assert "Hans-Peter Kemser" in answered
    assert "questions/leadership.csv" in written
    assert b"Hans-Peter Kemser" in written["questions/leadership.csv"]
    needing = written["questions/chaired-on.html"].decode()
    assert "kg query chaired-on -p body=…" in needing
    assert "questions/chaired-on.csv" not in written
    assert '<form class="ask' not in answered


def test_the_command_writes_the_same_bytes_in_any_process(
    tmp_path: Path, documents: Path, written: dict[str, bytes]
) -> None:
    target = tmp_path / "netz ä"
    ran = run_kg("site", "-o", target, KG_DATA=str(documents))
    assert (ran.code, ran.err) == (0, f"{target}: {len(written)} files\n"), ran.err
    found = {p.relative_to(target).as_posix(): p for p in target.rglob("*") if p.is_file()}
    assert found.keys() == written.keys()
    assert [n for n in found if found[n].read_bytes() != written[n]] == []
    assert [p.name for p in tmp_path.iterdir()] == ["netz ä"]  # nothing beside it
    assert b"CC BY" not in written["about.html"]


def test_a_site_is_replaced_as_a_whole(tmp_path: Path, make_data: MakeData) -> None:
    site = Site(load(make_data(tmp_path / "in").data), static=True)
    site.__dict__["network"] = b"<html>"  # seconds that this test does not need
    target = tmp_path / "out" / "site"
    count = write_site(site, target)
    (target / "old.html").write_text("left from before")
    assert write_site(site, target) == count
    assert not (target / "old.html").exists()
    assert [p.name for p in target.parent.iterdir()] == ["site"]


def test_other_folders_stay_as_they_are(tmp_path: Path, documents_graph: Graph) -> None:
    site = Site(documents_graph, static=True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(KgError, match="this folder holds other things, name a new or empty one"):
        write_site(site, tmp_path / "mine")
    with pytest.raises(KgError, match="this is a file, name a folder"):
        write_site(site, tmp_path / "mine" / "thesis.txt")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / MARK).write_text("old")

    def stop(count: int) -> None:
        if count == 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_site(site, tmp_path / "site", stop)
    assert (tmp_path / "site" / MARK).read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine", "site"]
