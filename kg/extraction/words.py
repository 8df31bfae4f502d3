"""The words of a text: where they stand, and what kind each is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.extraction.functions import office_of
from kg.extraction.stems import stem
from kg.extraction.vocabulary import (
    MONTHS,
    NO_NAME,
    first_names,
    head_types,
    regions,
    towns,
)

LEGAL = (r"e\. ?V\b\.?|e\. ?G\.|e\. ?K\.|g?GmbH(?: ?& ?Co\.? ?KG(?:aA)?| und Co\.? ?KG)?|gAG\b|mbH\b"
         r"|AG\b(?: ?& ?Co\.? ?KG(?:aA)?)?(?! ?[„\"])|SE\b(?: ?& ?Co\.? ?KG(?:aA)?)?|KGaA\b|KG\b|OHG\b|GbR\b|eG\b|UG\b(?: \(haftungsbeschränkt\))?(?: ?& ?Co\.? ?KG)?"
         r"|AöR\b|KdöR\b|K\. ?d\. ?ö\. ?R\.|Inc\.|Ltd\.|B\.V\.|S\.A\.")  # fmt: skip
_TOKEN = re.compile(
    rf"(?P<legal>\b(?:{LEGAL}))"
    r"|(?P<word>\w{1,200}(?:[-–&+'/](?=\w)\w+|\.(?=[a-z0-9]|[A-Z]{2,4}\b)\w+|⁺\w+)*\+?-?)"
    r"|(?P<mark>[^\w\s])"
)
_LONGEST = 80
"""Characters of the longest word; what is longer is no word."""
_PARTS = re.compile(r"[^\W_]+")
_VOCAL = re.compile(r"(?i)[aeiouäöüy]")


@dataclass(frozen=True, slots=True)
class Word:
    """What a word is, wherever it stands; ``first`` is a first name, ``caps`` an abbreviation."""

    text: str
    cap: bool
    caps: bool
    stop: bool
    types: tuple[str, ...]
    first: bool
    place: str
    office: str
    stems: tuple[str, ...]
    legal: bool = False
    mark: bool = False

    @property
    def lower(self) -> str:
        """The word in small letters, without an ending."""
        return self.stems[-1] if self.stems else self.text


@dataclass(slots=True)
class Tokens:
    """Words and marks of a text with their places; all lists are of one length."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[Word]

    def close(self, i: int) -> bool:
        """Whether token ``i + 1`` follows on ``i`` in the same line, after one space."""
        if i + 1 >= len(self.starts):
            return False
        gap = self.starts[i + 1] - self.ends[i]
        if gap == 1:
            return self.text[self.ends[i]] == " "
        return gap == 0 and not self.words[i].mark


def tokens_of(text: str, begin: int = 0) -> Tokens:
    """The words and marks of a text."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[Word] = []
    for match in _TOKEN.finditer(text, begin):
        start, end = match.span()
        starts.append(start)
        ends.append(end)
        words.append(_word(match[0], match.lastgroup or ""))
    return Tokens(text, starts, ends, words)


def place_type(word: str) -> str:
    """``City`` or ``Region`` where a word (or its genitive) is a place, else nothing.

    >>> place_type("Sachsens"), place_type("Leipzig"), place_type("Haus")
    ('Region', 'City', '')
    """
    for form in (word, word[:-1] if word.endswith("s") else word):
        if form in towns():
            return "City"
        if form in regions():
            return "Region"
    return ""


@lru_cache(maxsize=200_000)
def _word(text: str, group: str) -> Word:
    if group == "mark":
        return Word(text, False, False, True, (), False, "", "", (), mark=True)
    if group == "legal":
        stems = tuple(stem(p) for p in _PARTS.findall(text))
        return Word(text, True, False, False, (), False, "", "", stems, legal=True)
    if len(text) > _LONGEST:
        return Word(text, False, False, True, (), False, "", "", ())
    last = text.rsplit("-", 1)[-1] if not text.endswith("-") else text
    letters = [c for c in text if c.isalpha()]
    cap = text[0].isupper() or (text[0].isdigit() and "-" in text) or any(map(str.isupper, text))
    caps = len(letters) > 1 and sum(map(str.isupper, letters)) * 2 > len(letters) and cap
    low = text.lower()
    bare = low in NO_NAME or text in MONTHS or low.rstrip("s") in NO_NAME
    stop = bare and not (text.isupper() and len(text) > 2)
    place = place_type(text)
    types = () if stop or place or not cap else head_types(last)
    return Word(
        text,
        cap,
        caps,
        stop,
        types,
        _is_first(text),
        place,
        office_of(text) if cap else "",
        tuple(stem(p) for p in _PARTS.findall(text)),
    )


def _is_first(text: str) -> bool:
    parts = text.split("-")
    names = first_names()
    return parts[0] in names and all(p in names for p in parts)
