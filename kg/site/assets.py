"""The files that pages load: one style, one script, and for static sites the index of names.

Each has a hash of its content in its name, so that browsers may keep it for good.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from kg.html import TEMPLATES
from kg.reading import label_of
from kg.search import fold
from kg.site.ego import borders
from kg.site.index import Index
from kg.site.links import file_of
from kg.site.words import LANGUAGES

_FILES = ("site.css", "site.js")
NAMES = "names.js"


def assets(index: Index) -> Mapping[str, tuple[str, bytes]]:
    """The path and content of each asset by its plain name."""
    contents = {name: (TEMPLATES / "site" / name).read_bytes() for name in _FILES}
    contents["borders.svg"] = borders()
    contents[NAMES] = names_script(index).encode()
    return {name: (_path(name, content), content) for name, content in contents.items()}


def _path(name: str, content: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"/assets/{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"


def names_script(index: Index) -> str:
    """All that can be searched as a script, which pages from ``file://`` can load as well.

    Each entry is its German file, its class, its names as ``kg.search.fold`` has them, and its
    labels by language; sources come after entities.
    """
    classes = sorted({e.type for e in index.entities.values()} | {"Source"})
    numbers = {name: place for place, name in enumerate(classes)}
    folded: dict[str, dict[str, None]] = {}
    for name, hit in index.names:
        folded.setdefault(hit.id, {})[name] = None
    entries: list[list[object]] = []
    for entity in index.entities.values():
        labels = list(dict.fromkeys(label_of(entity, language) for language in LANGUAGES))
        names = "|".join(folded[entity.id])
        entries.append([file_of(f"/entity/{entity.id}"), numbers[entity.type], names, *labels])
    for source in index.newest:
        kind = numbers["Source"]
        entries.append([file_of(f"/source/{source.id}"), kind, fold(source.title), source.title])
    terms = index.ontology.classes
    labels_of_classes = [[terms[c].labels.get(x, c) for x in LANGUAGES] for c in classes]
    data = {"classes": labels_of_classes, "entries": entries}
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return f"window.akteursnetz={text};\n"
