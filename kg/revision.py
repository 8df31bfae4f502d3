"""The data in a git revision, read from the repository alone; no work tree is touched."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator

from kg.curated import VERDICTS_FILE
from kg.errors import KgError

_SIZE_LIMIT = 256 * 2**20


def _git(*arguments: str, given: bytes = b"") -> bytes:
    """What git prints; it neither asks, fetches, locks nor writes anything."""
    program = shutil.which("git")
    if program is None:
        raise KgError("git is not installed")
    quiet = {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0",
             "GIT_TERMINAL_PROMPT": "0"}  # fmt: skip
    try:
        ran = subprocess.run(  # noqa: S603  # no shell, and git is told where its options end
            [program, *arguments],
            input=given, capture_output=True, check=False, env={**os.environ, **quiet},
        )  # fmt: skip
    except (OSError, ValueError) as error:  # ValueError: a NUL among the arguments
        raise KgError(f"git cannot be run: {error}") from error
    if ran.returncode:
        said = ran.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise KgError(said.removeprefix("fatal: ") or "git does not know it")
    return ran.stdout


def object_id_of(name: str) -> str:
    """The id of the object that git knows by this name.

    Raises:
        KgError: there is no git, no repository, or no such object.
    """
    found = _git("rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()
    if not re.fullmatch(r"[0-9a-f]{40,64}", found):  # such as ^… of a revision to leave out
        raise KgError("git does not know it")
    return found


def listed_files(tree: str) -> dict[str, tuple[str, int]]:
    """The YAML files of a data folder (a tree) by their path in it: object id and size.

    Raises:
        KgError: it is no data folder, too large, or has links among its files.
    """
    wanted = ("entities/", "sources/", VERDICTS_FILE)
    listing = os.fsdecode(_git("ls-tree", "-z", "--long", "--full-tree", tree, "--", *wanted))
    files: dict[str, tuple[str, int]] = {}
    for line in filter(None, listing.split("\0")):
        described, _, name = line.partition("\t")
        mode, _, object_id, size = described.split()
        if not re.fullmatch(
            rf"(?:entities|sources)/[^/\\]+\.ya?ml|{re.escape(VERDICTS_FILE)}", name
        ):
            continue
        if mode not in ("100644", "100755"):
            raise KgError(f"{name} is no regular file")
        if not size.isdigit():
            raise KgError(f"{name} is missing from the repository")
        files[name] = object_id, int(size)
    if not files:
        raise KgError("there is neither entities/ nor sources/")
    if (total := sum(size for _, size in files.values())) > _SIZE_LIMIT:
        raise KgError(f"its files have {total} bytes, at most {_SIZE_LIMIT} are read")
    return files


def contents_of(object_ids: list[str]) -> Iterator[bytes]:
    """What is in each of these files.

    Raises:
        KgError: one of them is missing.
    """
    output = _git("cat-file", "--batch", given="".join(f"{i}\n" for i in object_ids).encode())
    place = 0
    for object_id in object_ids:
        head, _, _ = output[place : place + 200].partition(b"\n")
        kind = head.split(b" ")[1:]
        if len(kind) != 2:
            raise KgError(f"object {object_id} is missing")
        start, size = place + len(head) + 1, int(kind[1])
        yield output[start : start + size]
        place = start + size + 1
