from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.files import YAML_SUFFIXES, found, is_file, listing, read_text, shipped, write, writing


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_block_that_ends_well_replaces_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with writing(path) as beside:
        assert beside.parent == tmp_path, "beside it, so that replacing it is one step"
        assert beside != path
        beside.write_text("new")
        assert path.read_text() == "old", "nobody sees half a file"
    assert path.read_text() == "new"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, KgError, SystemExit])
def test_a_block_that_raises_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, error: type[BaseException]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def stop(beside: Path) -> None:
        beside.write_text("half")
        raise error

    with pytest.raises(error), writing(path) as beside:
        stop(beside)
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_a_block_that_raises_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="stop"), writing(tmp_path / "a.txt"):
        raise ValueError("stop")
    assert names(tmp_path) == []


def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    message = f"{path}: cannot be written (No space left on device), nothing was changed"
    with pytest.raises(KgError, match=f"^{re.escape(message)}$"), writing(path):
        raise OSError(28, "No space left on device")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_missing_folders_are_made(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b" / "c.txt", "x")
    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == b"x"


def test_a_place_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    path = tmp_path / "file" / "sub" / "a.txt"
    message = f"{path}: cannot be written (Not a directory), choose another place"
    with pytest.raises(KgError, match=f"^{re.escape(message)}$"):
        write(path, "x")


def test_a_folder_in_the_place_of_the_file_is_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(
        KgError, match=r"a\.txt: cannot be written \(this is a folder\), choose another"
    ):
        write(tmp_path / "a.txt", "x")
    assert (tmp_path / "a.txt").is_dir()
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; run as another user")
def test_a_folder_without_rights_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(KgError, match=r"cannot be written \(Permission denied\)"):
            write(tmp_path / "a.txt", "x")
    finally:
        tmp_path.chmod(0o700)


def test_rights_are_kept_and_new_files_follow_the_umask(tmp_path: Path) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text("x")
    old.chmod(0o640)
    before = os.umask(0o027)
    try:
        write(old, "y")
        write(new, "y")
        assert os.umask(0o027) == 0o027, "the umask is as it was"
    finally:
        os.umask(before)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert stat.S_IMODE(new.stat().st_mode) == 0o640


@given(text=st.text())
def test_text_comes_back_as_it_was_line_ends_and_all(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.txt"
    write(path, text)
    assert read_text(path) == text
    write(path, text.encode())
    assert path.read_bytes() == text.encode()


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"\xff", 1), (b"a\nb\xe4\n", 2), (b"\n\n\xc3", 3), ("ä\n".encode("latin-1") * 5, 1)],
)
def test_what_is_not_utf8_is_told_with_its_line(tmp_path: Path, content: bytes, line: int) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    message = f"{path}:{line}: this is not UTF-8, save the file as UTF-8"
    with pytest.raises(KgError, match=f"^{re.escape(message)}$"):
        read_text(path)


@pytest.mark.parametrize("name", ["missing.txt", "folder", "file/below.txt"])
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    path = tmp_path / name
    with pytest.raises(
        KgError, match=rf"^{re.escape(str(path))}: cannot be read \(.+\), check path"
    ):
        read_text(path)


def test_a_name_that_no_file_can_have_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    assert is_file(tmp_path / "a")
    assert not is_file(tmp_path)
    assert not is_file(tmp_path / ("x" * 5000))
    assert not is_file(tmp_path / "a\0b")


def test_a_listing_shows_every_change(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.yaml").write_text("1")
    (tmp_path / "sub" / "b.yaml").write_text("2")

    def now() -> str:
        return listing(tmp_path, YAML_SUFFIXES)

    first = now()
    for other in ("c.txt", ".hidden.yaml", "sub/.b.yaml.swp"):
        (tmp_path / other).write_text("x")
        assert now() == first, f"{other} is no data"
    (tmp_path / "_cache").mkdir()
    (tmp_path / "_cache" / "d.yaml").write_text("x")
    assert now() == first
    os.utime(tmp_path / "a.yaml", (0, 0))
    assert now() != first
    second = now()
    (tmp_path / "a.yaml").rename(tmp_path / "z.yml")
    assert now() != second
    (tmp_path / "dangling.yaml").symlink_to(tmp_path / "nowhere")
    assert "dangling.yaml" in now()


def test_only_files_of_these_suffixes_are_found(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yml", "c.txt", ".d.yaml", "sub/e.yaml", ".git/f.yaml", "_x/g.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    paths = {p.relative_to(tmp_path).as_posix() for p in found(tmp_path, (".yaml", ".yml"))}
    assert paths == {"a.yaml", "b.yml", "sub/e.yaml"}
    assert list(found(tmp_path / "missing", (".yaml",))) == []


@pytest.mark.parametrize(
    ("folder", "inside"), [("data", "entities"), ("ontology", "akteursnetz.ttl")]
)
def test_the_shipped_folders_are_there(folder: str, inside: str) -> None:
    assert (shipped(folder) / inside).exists()
