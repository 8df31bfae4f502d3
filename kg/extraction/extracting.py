"""From a text to its candidate statements: names, then the build of each sentence, then rules."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extraction.about import Projects, main_body
from kg.extraction.assemble import Checker, candidates_of
from kg.extraction.blocks import (
    address_claims,
    award_claims,
    contact_claims,
    lists,
    paired_claims,
)
from kg.extraction.brackets import bracket_claims
from kg.extraction.claims import ABOUT_TEXT, Claim
from kg.extraction.clauses import Clause, clauses_of
from kg.extraction.cues import CueIndex
from kg.extraction.defaults import BODY, UNDERTAKING
from kg.extraction.echo import echoed
from kg.extraction.engine import BOARD, clause_claims, clause_tables
from kg.extraction.entity_model import names_by_model
from kg.extraction.events import day_of, event_claims, founding_claims
from kg.extraction.finding import find_mentions
from kg.extraction.frames import is_a
from kg.extraction.groups import Group, groups_of
from kg.extraction.holding import office_claims
from kg.extraction.lexicon import Lexicon
from kg.extraction.mentions import Mention
from kg.extraction.offices import Office, offices
from kg.extraction.plain import Sentence, plain, sentences
from kg.extraction.pronouns import with_pronouns
from kg.extraction.record import Candidate
from kg.extraction.references import resolve, unify
from kg.extraction.skeleton import View, offices_in, pattern, view, without_brackets
from kg.extraction.special import (
    REPRESENTED,
    agreement_claims,
    board_claims,
    opening_claims,
    town_claims,
    unit_claims,
)
from kg.extraction.topics import Topic
from kg.extraction.trigger_money import MONEY
from kg.extraction.trigger_partners import PARTNERS
from kg.extraction.trigger_persons import PERSONS
from kg.extraction.triggers import Trigger, table_of, trigger_claims, unsaid
from kg.extraction.words import Tokens, tokens_of
from kg.ontology import Ontology

TRIGGERS = (*MONEY, *PARTNERS, *PERSONS)


@cache
def _triggers() -> CueIndex[Trigger]:
    return table_of(TRIGGERS)


@dataclass(frozen=True)
class Extractor:
    """What extraction needs to know: the names of the graph and the ontology.

    ``spacy`` names a spaCy model that is asked for further names.
    """

    lexicon: Lexicon
    ontology: Ontology
    spacy: str = ""

    def extract(self, text: str, source: str) -> list[Candidate]:
        """The candidate statements of a text, in order; the same text gives the same candidates.

        Args:
            text: the text as given; offsets count its code points.
            source: what the candidates name as their source.
        """
        read = plain(text)
        tokens = tokens_of(read.text, read.begin)
        more = names_by_model(read.text, self.spacy) if self.spacy else []
        mentions = find_mentions(tokens, self.lexicon, read.begin, more)
        unify(mentions)
        parts = list(sentences(read.text, read.begin))
        mentions = resolve(tokens, mentions, [s.start for s in parts])
        views = list(views_of(tokens, mentions, parts))
        claims = claims_of(read.text, views, mentions, read.begin)
        return list(candidates_of(claims, read, text, source, Checker(self.ontology)))


def prepare() -> None:
    """Compile all patterns, which takes longer than a text; else the first text does."""
    clause_tables()
    _triggers()


def views_of(tokens: Tokens, mentions: list[Mention], parts: list[Sentence]) -> Iterator[View]:
    """The skeleton of each sentence of a text."""
    starts = [m.start for m in mentions]
    taken = set(starts)
    for sentence in parts:
        low = bisect.bisect_left(starts, sentence.start)
        high = bisect.bisect_left(starts, sentence.end)
        inside = [m for m in mentions[low:high] if m.end <= sentence.end]
        first = bisect.bisect_left(tokens.starts, sentence.start)
        last = bisect.bisect_left(tokens.starts, sentence.end)
        covered = {p for m in inside for p in range(m.start, m.end)} if inside else taken
        yield view(tokens, sentence, inside, list(offices_in(tokens, first, last, covered)))


def claims_of(text: str, views: list[View], mentions: list[Mention], begin: int) -> Iterator[Claim]:
    """Everything that the rules see in the sentences of a text."""
    projects = Projects(text, mentions)
    main = main_body(mentions, text, begin)
    times = sum(m.name == main.name for m in mentions) if main else 0
    topic = Topic(main=main, sure=times > 1, day=day_of(text, begin))
    block = -1
    for seen in (*views, *lists(views)):
        topic.project = projects.at(seen.sentence.start)
        if seen.sentence.block != block:
            block, topic.programme = seen.sentence.block, None
        topic.body = topic.body or topic.main
        if any(m.types or m.kind == "date" for m in seen.mentions):
            yield from sentence_claims(seen, topic)
    yield from award_claims(views)
    yield from paired_claims(views)
    yield from contact_claims(views, text)
    yield from address_claims(views, text, begin)


def sentence_claims(seen: View, topic: Topic) -> Iterator[Claim]:
    """Everything that the rules see in a sentence; ``topic`` moves on with it."""
    with_pronouns(seen, topic)
    yield from bracket_claims(seen, topic)
    text = without_brackets(seen)
    found = offices(seen, text)
    held = list(office_claims(seen, found, topic, text))
    yield from held
    if seen.brackets:
        yield from office_claims(
            seen, [o for o in offices(seen, seen.text) if o.how == "apposition"], topic, seen.text
        )
    yield from unit_claims(seen, text)
    yield from town_claims(seen)
    short = without_appositions(text, found)
    if short != text:
        listed = [
            o for o in offices(seen, short) if o.how in ("elected", "is") and len(o.holders) > 1
        ]
        yield from office_claims(seen, listed, topic, short)
    if "vertreten durch" in short:
        yield from clause_claims(Clause(short), seen, topic, only="represents")
    short = REPRESENTED.sub("", short)
    on_boards = list(board_claims(seen, short, topic.main or topic.body, topic.bodies))
    yield from on_boards
    held += on_boards
    yield from agreement_claims(seen, short, topic)
    for clause in clauses_of(short, seen):
        sure = list(clause_claims(clause, seen, topic))
        more = trigger_claims(_triggers(), clause.text, seen, topic)
        told = [*sure, *unsaid(more, [*sure, *held])]
        if clause.of_unseen:  # not of what the text is about
            told = [claim for claim in told if not claim.rule.endswith(ABOUT_TEXT)]
        for claim in (*told, *echoed(told, clause.text, seen)):
            claim.scope = clause.scope or claim.scope
            yield claim
        yield from opening_claims(seen, clause.text)
        yield from founding_claims(seen, clause.text, topic, clause.about)
        if clause.about:
            yield from office_claims(seen, offices(seen, clause.text), topic, clause.text)
            yield from board_claims(seen, clause.text, clause.about, topic.bodies)
        else:  # "A gibt das Amt ab, B folgt ihm nach"
            topic.person = _person_of(groups_of(clause.text, seen)) or topic.person
    yield from event_claims(seen, topic)
    _move_on(seen, short, topic)


def without_appositions(text: str, found: list[Office]) -> str:
    """A skeleton without what is said of persons between commas, so that lists stand whole."""
    for office in sorted((o for o in found if o.apposition), key=lambda o: -o.start):
        end = office.end
        if text[end : end + 2] == ", " and not re.match(
            r", (?:und|sowie|der|die|das)?", text[end : end + 6]
        ):
            end += 1
        text = text[: office.start] + text[end:]
    return text


def _person_of(groups: list[Group]) -> Mention | None:
    """The person whom a clause speaks of."""
    bare = (m for g in groups if g.bare for m in g.mentions if m.types == ("Person",))
    return next(bare, None)


def _move_on(seen: View, text: str, topic: Topic) -> None:
    groups = groups_of(text, seen)
    topic.bodies.extend(m for g in groups for m in g.mentions if is_a(m, BODY))
    del topic.bodies[:-40]
    bodies = [g for g in groups if is_a(g.mentions[0], BODY) and (g.bare or g.attribute)]
    if bodies:
        topic.body, topic.acts = bodies[0].mentions[0], True
        pair = tuple(m for g in bodies[:1] for m in g.mentions)
        topic.pair = pair if len(pair) > 1 else ()
    programmes = [g.mentions[0] for g in groups if g.mentions[0].type == "Programme"]
    other = any("Project" in m.types for g in groups for m in g.mentions)
    topic.programme = programmes[0] if programmes and not other else None
    places = [m for g in groups for m in g.mentions if m.types[0] == "City"]
    if places:
        topic.place = places[-1]
    named = [m for g in groups for m in g.mentions if is_a(m, BODY | UNDERTAKING)]
    topic.last = named[-1] if named else topic.last
    topic.board = bool(BOARD.search(text))
    topic.recent = tuple(reversed(named))
    topic.said = tuple(g.mentions[0] for g in groups if g.bare and "n" in g.cases)
    persons = [m for g in groups for m in g.mentions if m.types == ("Person",)]
    if persons:
        said = _SPEAKER.search(text)
        topic.person = seen.of(said["who"]) if said else _person_of(groups) or persons[0]
        topic.persons = (topic.person, *reversed(persons), *topic.persons)[:8]


_SPEAKER = pattern(
    r"(?:, |[“\"] ?(?:, )?)(?:so|sagte|sagt|erklärte|betonte|lobte|meinte|ergänzte|erläuterte|teilte|freute sich) (?:<R> )?(?P<who><P>)"
)
"""Who says what a sentence tells: "A habe den Verein geführt, sagte B"."""
