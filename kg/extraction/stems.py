"""Words without their endings: one form for all cases of a German name."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.search import fold

_ENDING = re.compile(r"(?<=\w{4})(?:ens|ers|er|es|en|em|e|(?<!i)n|(?<![iu])s)\Z")
_NIS = re.compile(r"(?<=\w\w)nisse[ns]?\Z")
_WORD = re.compile(r"[^\W_]+")
LEGAL_FORMS = frozenset(
    "gmbh ggmbh mbh gag ag kg kgaa ohg gbr se ug eg ev co kdor aor ek inc ltd".split()
)
_REGISTERED = re.compile(r"\be\. ?(?:V|G|K)\b\.?")
_LEGAL = re.compile(r"[KA]\. ?d?\. ?ö\. ?R\.")
_ARTICLES = frozenset("der die das des dem den ein eine einer eines einem einen".split())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word as it is compared: folded, and without an ending that case or number may have put.

    >>> stem("Werkes") == stem("Werks") == stem("Werk")
    True
    >>> stem("Europäischen") == stem("Europäischer"), stem("Vereins") == stem("Verein")
    (True, True)
    """
    folded = _NIS.sub("nis", fold(word))
    return _ENDING.sub("", folded)


@lru_cache(maxsize=50_000)
def name_key(name: str) -> tuple[str, ...]:
    """What two spellings of one name have in common: stems, without legal form and article.

    >>> name_key("des Automotive Cluster Ostdeutschland e. V.")
    ('automotiv', 'clust', 'ostdeutschland')
    >>> name_key("RKW Sachsen GmbH") == name_key("RKW Sachsens")
    True
    """
    text = _LEGAL.sub(" ", _REGISTERED.sub(" ", name))
    words = [fold(w) for w in _WORD.findall(text)]
    kept = [w for w in words if w not in LEGAL_FORMS] or words
    while len(kept) > 1 and kept[0] in _ARTICLES:
        del kept[0]
    return tuple(stem(w) for w in kept)
