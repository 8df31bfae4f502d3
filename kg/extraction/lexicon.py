"""The names that we know: every entity of the graph by all its names, in any case."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.extraction.stems import name_key, stem
from kg.extraction.words import Tokens
from kg.model import Corpus, Entity
from kg.reading import label_of

_IN_TOWN = re.compile(r" in [A-ZÄÖÜ][\w-]+\Z")
_LEFT_OUT = frozenset(("Topic", "TargetGroup", "Source", "Event"))
_PARTS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Known:
    """A name of an entity; ``id`` is None where several entities are called so."""

    stems: tuple[str, ...]
    text: str
    id: str | None
    label: str
    type: str


@dataclass(frozen=True)
class Lexicon:
    """Known names by their first stem, longest first, and by their key."""

    by_first: Mapping[str, tuple[Known, ...]]
    by_key: Mapping[tuple[str, ...], Known]

    def find(self, name: str) -> Known | None:
        """The entity of this name, but for case and inflection, and for legal form at last."""
        stems = tuple(stem(p) for p in _PARTS.findall(name))
        return self.by_key.get(stems) or self.by_key.get(name_key(name))

    def occurrences(self, tokens: Tokens) -> Iterator[tuple[int, int, Known]]:
        """Where known names stand: first and last token of each, the longest at each place."""
        flat: list[str] = []
        owner: list[int] = []
        for i, word in enumerate(tokens.words):
            flat.extend(word.stems)
            owner.extend([i] * len(word.stems))
        by_first = self.by_first
        for place, first in enumerate(flat):
            names = by_first.get(first)
            if names is None:
                continue
            for known in names:
                end = place + len(known.stems)
                if tuple(flat[place:end]) != known.stems:
                    continue
                i, j = owner[place], owner[end - 1]
                begins = place == 0 or owner[place - 1] != i
                ends = end == len(owner) or owner[end] != j
                if begins and (ends or i == j) and _fits(tokens, i, j, known):
                    yield i, j, known
                    break


def _fits(tokens: Tokens, i: int, j: int, known: Known) -> bool:
    first = tokens.words[i]
    text = tokens.text[tokens.starts[i] : tokens.ends[j]]
    if not (first.cap or known.text[:1].islower()) or "\n\n" in text:
        return False
    if i == j and len(known.stems) == 1:
        bare = text.split("-", 1)[0]
        if len(known.text) <= 6 or known.text.isupper():
            forms = (
                known.text,
                known.text + "s",
                *([] if known.text.isupper() else [known.text + "es"]),
            )
            return bare in forms
        ends = bare.endswith("er") and not known.text.endswith("er")  # "Thüringer"
        fits = len(bare) <= len(known.text) + 2 and not bare.isupper() and not ends
        return bare.startswith(known.text[:-1]) and fits
    if known.type == "Person" and tokens.words[j].text.removesuffix("s") != known.text.split()[
        -1
    ].removesuffix("s"):
        return False  # "Schotte" is not "Schott" in another case
    between = text[len(first.text) :]
    return not any(mark in between for mark in ".;:!?") or "." in known.text


def read_lexicon(corpus: Corpus) -> Lexicon:
    """The names of all entities of a corpus that texts may name as subject or object."""
    by_key: dict[tuple[str, ...], Known] = {}
    grouped: dict[tuple[str, ...], list[Known]] = defaultdict(list)
    shorter: dict[tuple[str, ...], list[Known]] = defaultdict(list)
    said = {name for s in corpus.statements() for name in (s.subject, s.object)}
    for entity in corpus.entities.values():
        if entity.type in _LEFT_OUT or (entity.type == "Organisation" and entity.id not in said):
            continue  # a newspaper that is only a publisher is called "Wirtschaft"
        for name in _names(entity):
            stems = tuple(stem(p) for p in _PARTS.findall(name))
            known = Known(stems, name, corpus.canonical[entity.id], label_of(entity), entity.type)
            if stems:
                grouped[stems].append(known)
                if (key := name_key(name)) != stems:
                    shorter[key].append(known)
    for key, names in shorter.items():  # without legal form: only where nothing is called just so
        if key not in grouped:
            grouped[key] = names
    by_first: dict[str, list[Known]] = defaultdict(list)
    for stems, group in grouped.items():
        ids = {k.id for k in group}
        first = group[0]
        known = first if len(ids) == 1 else Known(stems, first.text, None, first.text, first.type)
        by_key[stems] = known
        by_first[stems[0]].append(Known(stems, known.text, known.id, known.label, known.type))
    return Lexicon(
        {f: tuple(sorted(g, key=lambda k: (-len(k.stems), k.text))) for f, g in by_first.items()},
        by_key,
    )


def _names(entity: Entity) -> Iterator[str]:
    for name in (*entity.labels, *entity.aliases):
        if name.language == "de" and len(name.text) > 1:
            yield _IN_TOWN.sub("", name.text)


EMPTY = Lexicon({}, {})
"""No names at all: what is found by form alone."""
