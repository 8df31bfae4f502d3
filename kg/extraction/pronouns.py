"""Pronouns in the place of a name: at the head of a sentence, and "es" beside a verb."""

from __future__ import annotations

import re

from kg.extraction.clauses import with_possessive
from kg.extraction.defaults import BODY, UNDERTAKING
from kg.extraction.frames import is_a
from kg.extraction.genders import may_mean
from kg.extraction.mentions import Mention
from kg.extraction.skeleton import View, char_for, pattern
from kg.extraction.topics import Topic

_HEAD = re.compile(
    r"\A(?P<word>Er|Sie|Es|er|sie|es|Dieser|Dieses|Diese|(?:Der|Die) (?:\d\d-[Jj]ährige|[A-ZÄÖÜ][a-zäöü]+(?:in|wirt|loge|ker|ist|eur|or|ter)"
    r"|Jurist\w*|Ökonom\w*)) (?=[a-zäöüß])"
)
_SEVERAL = re.compile(r"Sie (?:[a-zäöüß]{2,}en|sind|tun) ")
"""After these "Sie" is several, or whoever reads: "Sie verantworten das Programm"."""
_PERSONAL = re.compile(
    r"(?i)\b(?:trat|löste|folgte|löst\b.*\bab|folgt|nachfolge|tritt|war|ist|wurde|leitete|leitet|übernimmt|gewählt|geleitet|geführt|übernahm|übernommen|berufen|Vorstand|Aufsichtsrat|gehört\w*|wähl\w+|berief\w*|bestellte\w*|ernannte\w*|bestätigte\w*|kürte\w*|sitzt|steht|stand|spricht|sprach|Vorsitz|Geschäftsführ\w+|Leiter\w*)\b"
)
_ES = re.compile(
    r"(?<= )(?P<word>es|dieses)(?= (?:vom|von|durch|im|mit|aus|gemeinsam|[a-zäöüß]+t\b|sich|\())|(?<=wird )(?P<sie>sie|er)(?= )"
)
_INNER = re.compile(
    r"\b(?:ist|war|wurde|wird|hat|hatte|übernahm|übernimmt|leitet|leitete|führt|führte|gehört|gehörte|sitzt|saß|steht|stand|bleibt|blieb"
    r"|trat|tritt|löst|löste|folgt|folgte|wechselt|wechselte|war|sprach|spricht|verantwortet|kam|kommt|arbeitet|arbeitete) (?P<word>er|sie|ihn)(?= |,)|\b(?:wählten?|wählt|wählen|beriefen?|beruft|bestellten?|ernannten?|ernennt|bestätigten?|kürten?|machten?) (?P<whom>sie|ihn)(?= [^;]*\b(?:zum|zur|als|in)\b)"
)
"""A person's pronoun after the verb: "Seit 1999 hatte er das Haus geleitet"."""
_DESCRIBED = pattern(
    r"\A(?:Der|Die) (?P<phrase><R>(?: (?:des|der|von|vom|am|an der|im) <~><S>)?) (?P<rest>[a-zäöüß].*)"
)
_FILLER = re.compile(
    r"Es (?:sprechen|spricht|sprachen|sprach|referier\w+|diskutier\w+|moderier\w+|kamen|folgt|folgten|gibt|gab|geht|ging|heißt|hieß|sei|bleibt|kommt|kam|war ein|ist ein|handelt|fehlt|gilt|soll)\b"
)
_HIS = re.compile(r"\A(?:Dessen|Deren|Seine|Sein|Ihre|Ihr) ")


def with_pronouns(view: View, topic: Topic) -> None:
    """Put what a pronoun means in its place in the skeleton, where it is clear enough."""
    if topic.place and view.text.startswith(("Dort ", "Hier ")):
        view.text = "In " + char_for(view, _stands_for(topic.place, -1, -1)) + view.text[4:]
    described = _DESCRIBED.match(view.text)
    if described and topic.person and _PERSONAL.search(described["rest"]):
        start = view.sentence.start
        person = char_for(view, _stands_for(topic.person, start, start + 3))
        view.text = f"{person}, {described['phrase']}, {described['rest']}"
    match = _HEAD.match(view.text)
    if match and not _FILLER.match(view.text):
        meant = _meant(match["word"], view.text, topic)
        if meant and not _SEVERAL.match(view.text):
            start = view.sentence.start
            view.text = (
                char_for(view, _stands_for(meant, start, start + len(match["word"])))
                + view.text[match.end() - 1 :]
            )
    elif _HIS.match(view.text):
        meant = topic.bodies[-1] if topic.bodies else topic.project or topic.body
        if meant and view.text.startswith(("Dessen", "Deren")):
            view.text = with_possessive(view.text, char_for(view, _stands_for(meant, -1, -1)))
    inner = _INNER.search(view.text)
    if inner and topic.person and _PERSONAL.search(view.text) and not view.named(view.text, "P"):
        person = char_for(view, _stands_for(topic.person, -1, -1))
        group = inner.lastgroup or "word"
        view.text = view.text[: inner.start(group)] + person + view.text[inner.end(group) :]
    match = _ES.search(view.text)
    if (
        match
        and (meant := _meant_within(match[0], topic))
        and not _has_neuter_subject(view.text, match.start())
    ):
        view.text = (
            view.text[: match.start()]
            + char_for(view, _stands_for(meant, -1, -1))
            + view.text[match.end() :]
        )


def _meant_within(word: str, topic: Topic) -> Mention | None:
    """What a pronoun within a sentence stands for: what the text is about, if its gender fits."""
    order = (topic.project, topic.body, *topic.said[:1])
    return next((m for m in order if m and may_mean(word, m.name)), None)


def _has_neuter_subject(text: str, place: int) -> bool:
    """Whether "es" is but a filler: "wird es schwer", "gibt es"."""
    return text[:place].endswith(("gibt ", "geht ", "Es ", "heißt ", "gebe ", "sei "))


def _meant(word: str, text: str, topic: Topic) -> Mention | None:
    word = word[:1].upper() + word[1:]
    if (
        (word in ("Er", "Sie") or word.startswith(("Der ", "Die ")))
        and topic.person
        and _PERSONAL.search(text)
    ):
        return topic.person
    said = [m for m in topic.said[:1] if is_a(m, UNDERTAKING if word in _NEUTER else BODY)]
    body = topic.body if topic.body in topic.bodies else None
    order: tuple[Mention | None, ...] = ()
    if word in _NEUTER:
        order = (*said, topic.project, body, topic.body)
    elif word in ("Sie", "Er", "Diese", "Dieser"):
        order = (*said, body, topic.project, topic.body)
    return next((m for m in order if m and may_mean(word, m.name)), None)


_NEUTER = ("Es", "Dieses")
"""Pronouns that mean an undertaking rather than a body."""


def _stands_for(meant: Mention, start: int, end: int) -> Mention:
    return Mention(start, end, meant.name, meant.types, "short", head=meant.head, id=meant.id)
