"""From a text to its candidate statements: names, then the build of each sentence, then rules."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.assemble import Checker, candidates_of
from kg.extraction.bodies import office_claims, offices
from kg.extraction.claims import Claim
from kg.extraction.finding import find_mentions
from kg.extraction.lexicon import Lexicon
from kg.extraction.mentions import Mention
from kg.extraction.plain import plain, sentences
from kg.extraction.record import Candidate
from kg.extraction.references import resolve, unify
from kg.extraction.skeleton import View, offices_in, view
from kg.extraction.words import Tokens, tokens_of
from kg.ontology import Ontology


@dataclass(frozen=True)
class Extractor:
    """What extraction needs to know: the names of the graph and the ontology."""

    lexicon: Lexicon
    ontology: Ontology

    def extract(self, text: str, source: str) -> list[Candidate]:
        """The candidate statements of a text, in order; the same text gives the same candidates.

        Args:
            text: the text as given; offsets count its code points.
            source: what the candidates name as their source.
        """
        read = plain(text)
        tokens = tokens_of(read.text, read.begin)
        mentions = find_mentions(tokens, self.lexicon, read.begin)
        unify(mentions)
        mentions = resolve(tokens, mentions)
        views = list(views_of(tokens, mentions, read.begin))
        claims = claims_of(views, mentions)
        return list(candidates_of(claims, read, text, source, Checker(self.ontology)))


def views_of(tokens: Tokens, mentions: list[Mention], begin: int) -> Iterator[View]:
    """The skeleton of each sentence of a text."""
    starts = [m.start for m in mentions]
    taken = set(starts)
    for sentence in sentences(tokens.text, begin):
        low = bisect.bisect_left(starts, sentence.start)
        high = bisect.bisect_left(starts, sentence.end)
        inside = [m for m in mentions[low:high] if m.end <= sentence.end]
        first = bisect.bisect_left(tokens.starts, sentence.start)
        last = bisect.bisect_left(tokens.starts, sentence.end)
        covered = {p for m in inside for p in range(m.start, m.end)} if inside else taken
        yield view(tokens, sentence, inside, list(offices_in(tokens, first, last, covered)))


def claims_of(views: list[View], mentions: list[Mention]) -> Iterator[Claim]:
    """Everything that the rules see in the sentences of a text."""
    for seen in views:
        found = offices(seen, seen.text)
        yield from office_claims(seen, found, None, seen.text)
