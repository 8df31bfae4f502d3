"""The wheel: it holds data, ontology and queries, and works where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kg.files import shipped

ROOT = shipped("data").parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    code = f"from hatchling.build import build_wheel; print(build_wheel({str(out)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    return out / done.stdout.decode().strip().split("\n")[-1]


def test_the_wheel_ships_what_the_checkout_has(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("data", "ontology", "queries"):
        for path in shipped(folder).rglob("*"):
            if path.is_file():
                assert (
                    f"kg/_shipped/{folder}/{path.relative_to(shipped(folder)).as_posix()}" in names
                )
    package = ROOT / "kg"
    parts = {f"kg/{p.relative_to(package)}" for p in package.rglob("templates/**/*.*")}
    assert {"kg/py.typed", "kg/templates/vendor/sigma-LICENSE.txt", *parts} <= names
    assert not [n for n in names if n.startswith(("tests", "benchmarks"))]


def test_the_installed_package_works_without_a_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = (
        "import kg; g = kg.load(); print(g.select('leadership', body='ACOD').rows[0][4]); print(kg.__file__)\n"
        "from kg.page import network_page; print(len(network_page(g.network(), title='t', made_by='m')) > 1000)"
    )
    env = {**os.environ, "PYTHONPATH": str(site), "KG_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, check=False
    )
    assert done.stdout.decode().split("\n")[:3] == [
        "Hans-Peter Kemser",
        str(site / "kg" / "__init__.py"),
        "True",
    ], done.stderr.decode()
