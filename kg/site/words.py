"""The words of the pages in German and English; those of the data and the ontology are not here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from kg.html import TEMPLATES

LANGUAGES = ("de", "en")
"""German stands at the root of a site, English below ``/en``."""


@cache
def _read(section: str) -> Mapping[str, Any]:
    """A section of ``words.toml``: ``words`` by key in both languages, ``heads`` in German."""
    with (TEMPLATES / "site" / "words.toml").open("rb") as file:
        found: Mapping[str, Any] = tomllib.load(file)[section]
    return found


def word(key: str, language: str, **values: object) -> str:
    """A word of the pages in a language, with values filled in.

    >>> word("n_sources", "en", n=3)
    '3 sources'
    """
    text: str = _read("words")[key][LANGUAGES.index(language)]
    return text.format(**values) if values else text


def counted(number: int, one: str, many: str, language: str) -> str:
    """A number with its noun, by the words for one and for more.

    >>> counted(1, "one_source", "n_sources", "de"), counted(1200, "one_source", "n_sources", "de")
    ('1 Quelle', '1.200 Quellen')
    """
    return word(one, language) if number == 1 else word(many, language, n=figure(number, language))


def figure(number: int, language: str) -> str:
    """A whole number with its thousands set apart as the language does.

    >>> figure(12345, "de"), figure(12345, "en")
    ('12.345', '12,345')
    """
    text = f"{number:,}"
    return text.replace(",", ".") if language == "de" else text


def head(name: str, language: str) -> str:
    """What a column or parameter of a question is called: ``otherRole`` is "Andere Rolle".

    >>> head("otherRole", "de"), head("otherRole", "en"), head("newThing", "de")
    ('Andere Rolle', 'Other role', 'New thing')
    """
    plain = re.sub(r"(?<=[a-z])([A-Z])", r" \1", name).lower()
    found: str | None = _read("heads").get(plain) if language == "de" else None
    return found or plain[:1].upper() + plain[1:]
