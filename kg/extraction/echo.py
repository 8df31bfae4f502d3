"""What a clause says of one more at its end: "A ist Partner, ebenso B"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extraction.claims import Claim
from kg.extraction.groups import groups_of
from kg.extraction.skeleton import View, pattern

_ALSO = pattern(
    r", (?:(?:und )?ebenso(?: wie)?|genauso(?: wie)?|gleichfalls|ebenfalls|auch|so auch|wie auch|desgleichen) <~>(?P<who><O+>|<P+>)(?=[,.;]|\Z)"
)


def echoed(claims: Iterable[Claim], text: str, view: View) -> Iterator[Claim]:
    """The claims of a clause about those who are added at its end, as about its subject."""
    match = _ALSO.search(text)
    if not match:
        return
    before = [g for g in groups_of(text, view) if g.bare and g.end <= match.start()]
    ours = {id(m) for g in before if "n" in g.cases for m in g.mentions}
    for claim in claims:
        if id(claim.subject) not in ours:
            continue
        for other in view.all_in(match["who"]):
            if (other.types == ("Person",)) == (claim.subject.types == ("Person",)):
                yield replace(
                    claim, subject=other, rule=f"{claim.rule} (also)", weight=claim.weight - 0.05
                )
