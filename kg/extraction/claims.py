"""What a rule found before it is checked: two mentions and the relation between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from kg.extraction.mentions import Mention
from kg.extraction.skeleton import View

ABOUT_TEXT = " (about the text)"
"""Ends the rule of a claim whose other side only the whole text tells."""


@dataclass(slots=True)
class Claim:
    """A relation that a rule sees; ``scope`` is the clause that says so, ``object`` may be a text."""

    subject: Mention
    relation: str
    object: Mention | str
    rule: str
    view: View
    scope: str = ""
    certainty: str = "stated"
    weight: float = 0.9
    role: str | None = None
    modality: str = ""
    since: str | None = None
    until: str | None = None
    amount: Mention | None = None
    near: list[Mention] = field(default_factory=list)


_PLANNED = re.compile(
    r"(?i)\b(?:soll|sollen|sollte|geplant|plant|planen|vorgesehen|beabsichtig\w+|angestrebt|in Planung|"
    r"wollen|will|künftig|demnächst|in Zukunft|designierte[rnsm]?|voraussichtlich)\b"
    r"|\b(?:wird|werden)\b[^,;]*?\b(?!worden|gefördert|[\w-]*en,)(?:haben|sein|übernehmen|leiten|beziehen|führen|entstehen"
    r"|angesiedelt|erhalten|bekommen|fördern|unterstützen|betreiben|tragen|koordinieren|stellen|zahlen)\b"
    r"|\b(?:wird|werden)\b[^,;]*?\b(?:vom|ab|zum)(?: dem)? <D>"
)
_DENIED = re.compile(
    r"(?i)\bnicht(?! nur\b| zuletzt\b| allein\b| (?:mehr|erneut|wieder) (?:an\b|antrat|kandid|zur))\b|\bkein(?:e[rnsm]?)?\b"
    r"|\bweder\b|\bniemals\b|\blehnt\w* [^,;]* ab\b"
)
_OPEN = re.compile(
    r"(?i)\b(?:könnte|könnten|möchte|möchten|würde|würden|wünsch\w+|hoff\w+|hätte|ob|falls|denkbar|offen ist"
    r"|vorstellen|angeblich|erwägt|prüft|prüfen|wäre|bewirbt|bewerben|beworben|sollte|fordert|fordern|forderte"
    r"|appelliert|diskutier\w+|bittet|wirbt|bewarb)\b"
)


@lru_cache(maxsize=4096)
def modality_of(scope: str) -> str | None:
    """Whether a clause asserts, announces or denies; None where it leaves open.

    >>> [modality_of(c) for c in ("X fördert Y", "X soll Y fördern", "X fördert Y nicht", "X könnte Y fördern")]
    ['asserted', 'planned', 'denied', None]
    """
    if _OPEN.search(scope):
        return None
    if _DENIED.search(scope):
        return "denied"
    return "planned" if _PLANNED_D.search(scope) else "asserted"


_PLANNED_D = re.compile(_PLANNED.pattern.replace("<D>", "[\U000f5000-\U000f5fff]"), re.IGNORECASE)
