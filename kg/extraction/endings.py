"""How far a name goes after its head: brackets with its short form, legal forms."""

from __future__ import annotations

import re

from kg.extraction.mentions import Mention
from kg.extraction.words import Tokens

_LEGAL_TYPES = (("gGmbH", "NonProfitCompany"), ("gAG", "NonProfitCompany"), ("e. V", "Association"),
                ("e.V", "Association"), ("öR", "PublicBody"), ("ö. R", "PublicBody"),
                ("", "Company"))  # fmt: skip


_BRACKET = re.compile(
    r" \((?:kurz:? |im Folgenden:? )?[„\"]?([A-ZÄÖÜa-zäöü0-9][\w.&+ -]{0,28}?)[“”\"]?\)"
)


_TOWN_PART = re.compile(
    r" (?:\((?:Saale|Oder|Havel|Spree|Main|Elbe)\)|an der [A-Z]\w+|am (?:Main|Rhein|See|Harz))"
)


def legal_type(text: str) -> str:
    """The class that a legal form means.

    >>> legal_type("e. V."), legal_type("GmbH & Co. KG")
    ('Association', 'Company')
    """
    return next(kind for part, kind in _LEGAL_TYPES if part in text)


def with_bracket(tokens: Tokens, mention: Mention, last: int) -> tuple[Mention, int]:
    """Add an abbreviation in brackets right after a name, and a town right after that."""
    text = tokens.text
    part = _TOWN_PART.match(text, mention.end)
    if part and tokens.words[last].place:
        mention.end = part.end()
        mention.name += part[0]
    match = _BRACKET.match(text, mention.end)
    if match and is_abbreviation(match[1]):
        mention.alias = match[1]
        mention.end = match.end()
        while last + 1 < len(tokens.words) and tokens.ends[last + 1] <= mention.end:
            last += 1
        following = tokens.words[last + 1] if last + 1 < len(tokens.words) else None
        if following and following.place and tokens.starts[last + 1] == mention.end + 1:
            last += 1
            mention.end = tokens.ends[last]
            if not mention.name.endswith(following.text):
                mention.name += f" {following.text}"
    else:
        while last + 1 < len(tokens.words) and tokens.ends[last + 1] <= mention.end:
            last += 1
    return mention, last


def is_abbreviation(text: str) -> bool:
    """Whether a text in brackets is a short name: two capital letters, or one and a hyphen.

    >>> [is_abbreviation(t) for t in ("BMAS", "ACOD e.V", "f-bb", "Leipzig", "Institut für X")]
    [True, True, True, False, False]
    """
    letters = [c for c in text if c.isalpha()]
    upper = sum(map(str.isupper, letters))
    words = text.split()
    if len(words) > 3 or not letters:
        return False
    if any(w[0].isupper() and len(w) > 5 and w[1:].islower() for w in words):
        return False
    return upper >= 2 or "-" in text or text[0].islower()
