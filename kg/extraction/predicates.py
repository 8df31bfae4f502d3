"""Which of several participles of a clause a phrase belongs to."""

from __future__ import annotations

import re

from kg.extraction.groups import Group

_STOP = re.compile(r"[,;]| und | sowie ")
_PARTICIPLE = re.compile(
    r"\b(?:(?:mit|auf|um|an|ein|aus|ab|durch|vor|her)?ge[a-zäöüß]{2,}(?:t|en)|[a-zäöüß]{3,}iert|unterstützt|betrieben|verantwortet|begleitet|vertreten)\b"
)


_NESTED = re.compile(r"\b(?:d(?:er|ie|as|es|em|en)|eine[rsnm]?) \Z")
"""An article before "vom …", within another phrase: "des vom Landtag beschlossenen Haushalts"."""


def other_predicate(text: str, group: Group, verb: re.Match[str]) -> bool:
    """Whether another participle stands between a phrase and a verb, to which it then belongs.

    So in "vom Land gefördert und von der Hochschule geleitet".
    """
    if group.end + 1 != verb.start() and _NESTED.search(text, 0, group.start):
        return True
    if group.end <= verb.start():
        return bool(_PARTICIPLE.search(text, group.end, verb.start()))
    if _PARTICIPLE.search(text, verb.end(), group.start):
        return True
    after = _PARTICIPLE.search(text, group.end)
    return (
        verb.start() > 12 and after is not None and not _STOP.search(text, group.end, after.start())
    )
