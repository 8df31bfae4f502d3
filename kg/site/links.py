"""Addresses within the site: the one place that knows prefix, language and files.

A *path* names a page whatever its language and place: ``/entity/acod``. Its address on a server is
prefix, language and path (``/kg/en/entity/acod``); as a file it is ``en/entity/acod.html``, and
links to it are relative.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from kg.site.words import LANGUAGES

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,119}\Z")
# Names that Windows keeps for devices, whatever their ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9])\Z", re.IGNORECASE)
_FILE = re.compile(r"(.+)\.([a-z0-9]+)\Z")


def split_language(path: str) -> tuple[str, str]:
    """Language and path of an address without its prefix.

    >>> split_language("/en/entity/acod"), split_language("/entity/acod"), split_language("/en")
    (('en', '/entity/acod'), ('de', '/entity/acod'), ('en', '/'))
    """
    for language in LANGUAGES[1:]:
        if path == f"/{language}" or path.startswith(f"/{language}/"):
            return language, path[len(language) + 1 :] or "/"
    return LANGUAGES[0], path


def is_neutral(path: str) -> bool:
    """Whether a path has no languages: data and assets, told by their ending, and the network.

    >>> is_neutral("/entity/acod.ttl"), is_neutral("/entity/acod")
    (True, False)
    """
    return path == "/network" or "." in path.rpartition("/")[2]


@lru_cache(maxsize=1 << 16)
def file_of(path: str, language: str = LANGUAGES[0]) -> str:
    """The file of a path, relative to the folder of the site, in names that any system takes.

    >>> file_of("/"), file_of("/entity/acod", "en"), file_of("/entity/acod.ttl", "en")
    ('index.html', 'en/entity/acod.html', 'entity/acod.ttl')
    """
    folder = "" if language == LANGUAGES[0] or is_neutral(path) else f"{language}/"
    *above, last = path.removeprefix("/").split("/")
    name, suffix = last or "index", "html"
    if match := _FILE.match(last):
        name, suffix = match[1], match[2]
    return folder + "/".join(map(safe_name, [*above, name])) + f".{suffix}"


def safe_name(name: str) -> str:
    """A name as a file may have it anywhere; what had to be changed ends in a hash of it.

    >>> safe_name("acod"), safe_name("../x"), safe_name("nul")
    ('acod', 'x--d6b96a97d1', 'nul--99e6242759')
    """
    if _SAFE.match(name) and not _DEVICES.match(name):
        return name
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    kept = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:80]
    return f"{kept}--{mark}" if kept else mark


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses that stand on one page, which has ``path`` and ``language``."""

    path: str
    language: str
    prefix: str = ""
    static: bool = False

    @property
    def base(self) -> str:
        """The way from a file to the folder of the site."""
        return "../" * file_of(self.path, self.language).count("/")

    def __call__(
        self,
        path: str,
        arguments: Mapping[str, object] | None = None,
        *,
        language: str | None = None,
        fragment: str = "",
    ) -> str:
        """The address of a path, in the language of the page unless another one is named.

        Args:
            path: such as ``/entity/acod``, not yet quoted.
            arguments: what stands behind ``?``; those that are None are left out.
            language: of the page that is linked to.
            fragment: what stands behind ``#``.
        """
        spoken = language or self.language
        if self.static:
            address = self.base + quote(file_of(path, spoken), errors="replace")
        else:
            begin = "" if spoken == LANGUAGES[0] or is_neutral(path) else f"/{spoken}"
            address = self.prefix + quote(begin + path, safe="/", errors="replace")
        given = {key: value for key, value in (arguments or {}).items() if value is not None}
        if given:
            address += "?" + urlencode(given, errors="replace")
        return address + (f"#{quote(fragment, errors='replace')}" if fragment else "")
