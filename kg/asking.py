"""How a user asks for a network: by any names of entities, by words of the command line."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypedDict

from kg.answers import Store
from kg.errors import UsageError
from kg.network import Wanted
from kg.search import find_entity


class How(TypedDict, total=False):
    """Which network is asked for; all may be left out."""

    rule: str
    """A name of ``kg.rules.RULES``; default the actor network."""
    normalise: str
    """How ties of a one-mode projection are weighted: a name of ``NORMALISATIONS``."""
    classes: Collection[str]
    """Only nodes of these classes and those below them; of two kinds of nodes, the first."""
    relations: Collection[str]
    """Only these relations and those below them."""
    places: Collection[str]
    """Only what lies in one of these places (any names), and what without a place is tied to it."""
    certainty: str | None
    """Only what is ``stated``, or only what is ``implied``."""
    certain: bool
    """Of a graph of a time, only what certainly holds then."""
    ego: str | Collection[str] | None
    """Only what surrounds these entities (any names) …"""
    depth: int
    """… so many edges far; default 1."""


def arguments(store: Store, how: How) -> dict[str, Any]:
    """The arguments of ``kg.projection.project`` for what is asked.

    Raises:
        UsageError: there is no such option.
        UnknownName: a name means no entity, or several.
    """
    if unknown := set(how) - set(How.__annotations__):
        raise UsageError(f"a network has no option '{min(unknown)}', see kg.asking.How")
    if isinstance(how.get("places", ()), str):
        raise UsageError('places is a list of names, write ["Leipzig"]')
    wanted = Wanted(
        relations=how.get("relations", ()),
        places=[find_entity(store, name) for name in how.get("places", ())],
        certainty=how.get("certainty"),
        certain=how.get("certain", False),
    )
    egos = how.get("ego") or ()
    return {
        "rule": how.get("rule", "actors"),
        "normalise": how.get("normalise", "count"),
        "classes": how.get("classes", ()),
        "wanted": wanted,
        "ego": [find_entity(store, e) for e in ([egos] if isinstance(egos, str) else egos)],
        "depth": how.get("depth", 1),
    }
