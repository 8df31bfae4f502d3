"""Phrases of a clause: which mentions stand together, after which preposition, in which case."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.extraction.genders import sure_gender
from kg.extraction.mentions import Mention
from kg.extraction.skeleton import DET, MOD, UNSEEN, View, pattern

_PREPOSITIONS = (
    r"durch|von|vom|aus Mitteln|mit Mitteln|aus|mit|für|bei|beim|in|im|an|am|auf|nach|zu|zum|zur|über|unter"
    r"|gegen|ohne|um|seitens|seit|ab|bis|gemeinsam mit|zusammen mit|neben|außer|als|wie|gegenüber|statt|trotz"
    r"|während|wegen|laut|zwischen|samt|inklusive|dank|hinter|vor|anders als"
)
_ITEM = pattern(
    rf"(?<![\w-])(?:(?P<prep>(?:{_PREPOSITIONS})) )?(?:(?P<det>\b{DET}) )?{MOD}{{0,3}}(?P<name><*>)"
)
_FIRST = re.compile(rf"(?:\A|(?<=: ))(?:{_PREPOSITIONS}|{DET})(?= )", re.IGNORECASE)
"""An article or preposition with the capital of a beginning."""
_LINK = re.compile(
    rf"(?:{UNSEEN}){{0,3}}"
    r"(?:,? (?:und|sowie|&|\+|wie auch|und auch|als auch|sowohl)|, (?:sowie|aber auch|außerdem|dann|und)|,|/|;)"
    r"(?: (?:auch|ergänzend|zusätzlich|schließlich|unter anderem|u\. a\.|u\.a\.))* ?\Z"
)
_ADDED = re.compile(r"(?:ergänzend|zusätzlich|kofinanziert|anteilig)\W*\Z")
_CASES = {
    "der": "ngd", "die": "na", "das": "na", "den": "ad", "dem": "d", "des": "g", "ein": "na", "eine": "na",
    "einer": "gd", "eines": "g", "einem": "d", "einen": "a", "vom": "d", "zum": "d", "zur": "d", "beim": "d",
    "im": "d", "am": "d",
}  # fmt: skip


_SOURCES = frozenset(("von", "vom", "aus", "aus Mitteln", "durch"))
"""Before who gives money: "vom Bund und aus dem Europäischen Sozialfonds"."""
_DATIVE = frozenset(
    (
        "aus",
        "von",
        "vom",
        "mit",
        "bei",
        "beim",
        "zu",
        "zum",
        "zur",
        "nach",
        "seit",
        "gemeinsam mit",
        "zusammen mit",
        "neben",
    )
)


_OF_DER = {"m": "n", "f": "gd"}
"""What "der" may be by the gender of the name: "der Landkreis" acts, "der Hochschule" never does."""


@dataclass(slots=True)
class Group:
    """Mentions that stand together; ``cases`` of n, g, d, a are those that its article allows.

    ``attribute`` is whether it is a genitive that belongs to the noun before it.
    """

    prep: str
    cases: str
    mentions: list[Mention]
    start: int
    end: int
    attribute: bool = False
    added: tuple[int, ...] = ()
    before: str = ""

    @property
    def bare(self) -> bool:
        """Whether it is a subject or object: no preposition, no genitive of another noun."""
        return not self.prep and not self.attribute


def groups_of(text: str, view: View) -> list[Group]:
    """The phrases of a clause in order; only names count, no dates, amounts and offices."""
    if text not in view.phrases:
        view.phrases[text] = _groups_of(text, view)
    known: list[Group] = view.phrases[text]
    return known


def _groups_of(text: str, view: View) -> list[Group]:
    groups: list[Group] = []
    office: re.Match[str] | None = None
    text = _FIRST.sub(lambda m: m[0].lower(), text)
    for match in _ITEM.finditer(text):
        mention = view.of(match["name"])
        start = match.start()
        prep, det = match["prep"] or "", match["det"] or ""
        if mention.kind == "office" and (prep or det):
            office = match  # "auf den Vorsitzenden Otto Beispiel"
        if mention.kind in ("date", "amount", "office"):
            continue
        if (
            office
            and office.end() + 1 == start
            and not (prep or det)
            and mention.types == ("Person",)
        ):
            prep, det, start = office["prep"] or "", office["det"] or "", office.start()
        office = None
        if det in ("vom", "zum", "zur", "beim", "im", "am"):
            prep = prep or det
        cases = _CASES.get(det, "ngda")
        if det == "der" and not prep and mention.types[:1] != ("Person",):
            cases = _OF_DER.get(sure_gender(mention.name), cases)
        before = text[:start].rstrip()
        between = text[groups[-1].end : start] if groups else ""
        added = len(between) > 8 and bool(_ADDED.search(between))
        last = groups[-1] if groups else None
        joins = (
            last is not None
            and bool(between.strip())
            and bool(_LINK.match(between))
            and (
                prep in ("", last.prep)
                or (prep in ("vom", "von") and last.prep in ("vom", "von"))
                or (
                    prep in _SOURCES
                    and last.prep in _SOURCES
                    and "Fund" in mention.types
                    and "," not in between
                )
            )
            and (bool(prep) or not det or last.prep not in _DATIVE or "d" in cases)
            and (bool(prep) or bool(set(cases) & set(last.cases)) or bool(last.prep))
            and (("Person" in mention.types) == ("Person" in last.mentions[0].types))
            and (
                not last.prep
                or bool(prep)
                or (mention.types[:1] == ("City",)) == (last.mentions[0].types[:1] == ("City",))
            )
        )
        if joins and last is not None:
            if added:
                last.added = (*last.added, len(last.mentions))
            last.mentions.append(mention)
            last.end = match.end()
            if det and not last.prep:
                last.cases = "".join(c for c in last.cases if c in cases) or last.cases
            continue
        attribute = not prep and (
            det == "des"
            or (det in ("der", "eines", "einer") and "g" in cases and _after_noun(before))
        )
        if attribute and _FRAME.search(before):
            prep, attribute = "im Rahmen", False
        group = Group(prep, cases, [mention], start, match.end(), attribute, before=before[-40:])
        if added:
            group.added = (0,)
        groups.append(group)
    return groups


def besides(text: str, groups: list[Group], fits: Callable[[Mention], bool]) -> list[Mention]:
    """Those named after "neben", who have a part in what others are said to do; not who leads them."""
    return [
        m
        for g in groups
        if g.prep == "neben"
        and fits(g.mentions[0])
        and not _LEADING.search(text, g.start, g.end + 30)
        for m in g.mentions
    ]


_LEADING = re.compile(
    r"\b(?:federführend|koordinierend|leitend|konsortialführend|als (?:\w+ )?(?:Koordinat|Konsortial|Verbund|Projektleit|Projektführ|Federführ|Lead|Gesamtkoord))"
)


_FRAME = re.compile(
    r"\b(?:[Ii]m (?:Rahmen|Zuge)|[Uu]nter dem Dach|[Aa]ls Teil|[Ii]nnerhalb|[Aa]us Mitteln)\Z"
)


def _after_noun(before: str) -> bool:
    """Whether a noun or name stands right before, to which a genitive may belong."""
    if not before or before[-1] in ",.;:–(":
        return False
    if ord(before[-1]) >= 0xF0000:
        return True
    word = re.search(r"[\w-]+\Z", before)
    return bool(word) and word[0][0].isupper() if word else False
