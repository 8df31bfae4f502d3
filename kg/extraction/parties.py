"""Political parties, which texts name in brackets after a person, before an office, or as bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.mentions import Mention

PARTY = "partei"
"""The head of a party: what it is known by among mentions."""
_ABBREVIATED = "SPD|CDU|CSU|FDP|AfD|BSW|SSW|ÖDP"
_SPELLED = {
    "Bündnisgrüne": "Bündnis 90/Die Grünen",
    "Grüne": "Bündnis 90/Die Grünen",
    "Die Grünen": "Bündnis 90/Die Grünen",
    "B90/Grüne": "Bündnis 90/Die Grünen",
    "Linke": "Die Linke",
    "DIE LINKE": "Die Linke",
    "Die Linken": "Die Linke",
}
_FOUND = re.compile(
    rf"(?<![\w/-])(?:(?P<free>(?:{_ABBREVIATED})|Bündnis 90/Die Grünen)(?![\w/])(?!-(?!(?:[A-ZÄÖÜ][a-zäöü]*)?(?:[Pp]olitiker|[Aa]bgeordnet)))"
    r"|(?<=\()(?P<named>Bündnis ?90/ ?Die Grünen|Bündnisgrüne|B90/Grüne|Die Grünen|Grüne|Die Linken?|DIE LINKE|Linke|Freie Wähler)(?=[),]))"
)


def parties(text: str, begin: int = 0) -> Iterator[Mention]:
    """The parties that a text names.

    >>> [m.name for m in parties("Ministerin Ada Muster (Grüne) und die SPD-Politikerin Eva Muster kamen.")]
    ['Bündnis 90/Die Grünen', 'SPD']
    >>> [m.name for m in parties("Die CDU-Fraktion tagte im Grünen.")]
    []
    """
    for match in _FOUND.finditer(text, begin):
        name = _SPELLED.get(match[0], match[0])
        yield Mention(match.start(), match.end(), name, ("Association",), "form", head=PARTY)
