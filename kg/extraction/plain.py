"""A text as the rules read it, and the way back to the code points of the text as given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_SAME_LENGTH = str.maketrans({
    "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\t": " ", "\u2009": " ", "\u200a": " ",
    "\x0b": " ", "\x0c": "\n", "\x1c": " ", "\x1d": " ", "\x1e": " ", "\x85": "\n",
    "\u2028": "\n", "\u2029": "\n", "\r": "\n",
    "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2014": "–", "’": "'", "`": "'", "´": "'",
})  # fmt: skip
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_HEADER = re.compile(r"(?:[a-z][a-z_-]{1,20}: [^\n]*\n){2,12}\n")
_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(
    r" *(?:[-–•*·▪◦‣>→■●✓]|\d{1,2}[.)](?! +(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez))|[a-z]\)) +"
)
_END = re.compile(r"[.!?…]+[\"'“”«»‹›)\]]*(?= +[\"'„“«»‚(\[]*[A-ZÄÖÜ0-9])|;(?= )| [|•·] | {4,}")
_LABEL = re.compile(r"[A-ZÄÖÜ][\w/-]{2,30}(?: [\w/-]{2,20})?: ")
_NAME_AFTER = re.compile(r" (?:d(?:er|ie|as) )?[A-ZÄÖÜ][^.;:]{3,80}(?:[;.]|\n|\Z)")
_BEFORE = re.compile(r"(?:^|[\s(„»])([^\s(„»]*)\Z")
_ABBREVIATIONS = frozenset("""
dr prof dipl ing mag hon habil phil rer nat med jur pol oec h c b.a m.a st nr str abs art bzw ca etc
evtl ggf inkl insb max min mind sog u.a z.b d.h i.d.r v.l v.l.n.r vgl geb tel bd hrsg abt ref gez
bspw rd tsd allg stellv kfm staatl ev kath univ rd v l n r d e u z i a s o vs jr sen gem usw mr ms
co jan feb apr jun jul aug sep sept okt nov dez mo di mi do fr sa
""".split())  # fmt: skip
_MAYBE = frozenset("e.v e.g e.k v mio mrd u.a usw g k".split())
_OPENERS = frozenset("""
Der Die Das Er Sie Es Im In Am An Mit Auch Zu Zum Zur Ein Eine Einer Für Bei Nach Seit Dabei Damit
Dazu Darüber Diese Dieser Dieses Von Vom Aus Auf Als Wie Wir Ich Bis Ab Um Unter Über Vor Während
Weitere Neben Neuer Neue Hier Dort Insgesamt Gefördert Getragen Träger Partner Bereits Zudem Außerdem
Ziel Seine Ihre Sein Ihr Man Den Dem Des Wer Was Wenn Weil Durch Gemeinsam Beide Alle Nun Künftig
""".split())  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in one form of its characters; ``at`` maps its places to the given text, if moved."""

    text: str
    at: tuple[int, ...] | None = None
    begin: int = 0

    def given(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch stands in the text as given."""
        if self.at is None:
            return start, end
        return self.at[start], self.at[end - 1] + self._width(end - 1) if end > start else start

    def _width(self, place: int) -> int:
        assert self.at is not None
        return self.at[place + 1] - self.at[place]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a text that the rules look at; ``item`` is whether it is an item of a list.

    ``block`` counts paragraphs, ``line`` is whether it is a line of its own.
    """

    start: int
    end: int
    block: int
    item: bool = False
    line: bool = False


def plain(text: str) -> Plain:
    r"""The text with one kind of space, hyphen and line end, composed and without invisible marks.

    >>> p = plain("Universita\u0308t Leip\u00adzig")
    >>> p.text, p.given(12, 19)
    ('Universität Leipzig', (13, 21))
    """
    same = text.translate(_SAME_LENGTH)
    if unicodedata.is_normalized("NFC", same) and not _INVISIBLE.search(same):
        begin = _header_end(same)
        return Plain(_unwrapped(same, begin), None, begin)
    kept: list[str] = []
    at: list[int] = []
    for match in re.finditer(r"(?s).[\u0300-\u036f\u0591-\u05bd\u3099\u309a]*", same):
        composed = _INVISIBLE.sub("", unicodedata.normalize("NFC", match[0]))
        kept.append(composed)
        at.extend([match.start()] * len(composed))
    at.append(len(text))
    joined = "".join(kept)
    begin = _header_end(joined)
    return Plain(_unwrapped(joined, begin), tuple(at), begin)


def _unwrapped(text: str, begin: int) -> str:
    """The text with a space for each line end within a sentence; its length stays the same."""
    if "\n" not in text:
        return text
    parts, last = [], 0
    for start, end, _, _ in _paragraphs(text, begin):
        if "\n" in text[start:end]:
            parts += [text[last:start], text[start:end].replace("\n", " ")]
            last = end
    return "".join((*parts, text[last:]))


def _header_end(text: str) -> int:
    """Where a head of ``key: value`` lines ends (title, date …), which is no part of the text."""
    match = _HEADER.match(text)
    return match.end() if match else 0


def sentences(text: str, begin: int = 0) -> Iterator[Sentence]:
    """The sentences, list items and lines of a text that stand for themselves.

    A line that ends without punctuation stands for itself where a blank line, a list item or a
    short line is next to it; else a sentence goes on in the next line.

    >>> [t[s.start:s.end] for t in ["Dr. Muster e. V. kam. Er ging am 3. Mai."] for s in sentences(t)]
    ['Dr. Muster e. V. kam.', 'Er ging am 3. Mai.']
    """
    for number, (start, end, item, line) in enumerate(_paragraphs(text, begin)):
        place = start
        for stop in (*_stops(text, start, end), end):
            for first, last in _pieces(text, place, stop):
                if text[first:last].strip():
                    yield Sentence(*_trimmed(text, first, last), number, item, line)
            place = stop


_LONGEST = 1500
"""Code points of the longest sentence; what is longer is none, and is cut at a space."""


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _paragraphs(text: str, begin: int) -> Iterator[tuple[int, int, bool, bool]]:
    """Stretches (start, end, is an item, is a line) that no sentence goes beyond."""
    open_: list[tuple[int, int]] = []
    last_end = begin
    for match in _LINE.finditer(text, begin):
        start, end = match.span()
        if not match[0].strip():
            continue
        blank = text.count("\n", last_end, start) > 1
        item = _ITEM.match(text, start, end)
        if open_ and (blank or item or not _goes_on(text, open_[-1], match[0])):
            yield _joined(text, open_)
            open_ = []
        open_.append((start, end))
        last_end = end
    if open_:
        yield _joined(text, open_)


def _goes_on(text: str, last: tuple[int, int], line: str) -> bool:
    """Whether a sentence goes on from one line to the next: wrapped text is long, blocks short."""
    if _LABEL.match(line):
        return False
    before = text[last[0] : last[1]].rstrip()
    if before[-1:] in ".!?:" or len(before) < 45:
        return (
            line[:1].islower() or before[-1:] in ",-&" or before.endswith((" und", " der", " die"))
        )
    return True


def _joined(text: str, lines: list[tuple[int, int]]) -> tuple[int, int, bool, bool]:
    start, end = lines[0][0], lines[-1][1]
    item = _ITEM.match(text, start, end)
    short = len(lines) == 1 and text[start:end].rstrip()[-1:] not in ".!?;"
    return (item.end() if item else start), end, bool(item), short


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    """Where sentences end within a paragraph."""
    for match in _END.finditer(text, start, end):
        if (
            match[0] == ";"
            and ": " in text[start : match.start()]
            and _NAME_AFTER.match(text, match.end())
        ):
            continue
        if match[0][0] == "." and not _ends(text, match.start(), match.end()):
            continue
        yield match.end()


def _ends(text: str, place: int, after: int) -> bool:
    """Whether a full stop ends a sentence: not after abbreviations, initials and ordinals."""
    found = _BEFORE.search(text, max(0, place - 30), place)
    word = found[1] if found else ""
    bare = word.lower()
    following = re.compile(r"\s*[\"'„“«»(]*(\w+)").match(text, after)
    opener = following is not None and following[1] in _OPENERS
    if bare in _MAYBE or (bare == "v" and text[max(0, place - 5) : place].lower().endswith("e. v")):
        return opener
    if bare in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
        return False
    if bare.endswith(("-ing", "dipl", "prof", "str")) and len(bare) < 14:
        return opener
    if word.isdigit() and len(word) <= 2:
        return opener and not word.startswith("0")
    return True
