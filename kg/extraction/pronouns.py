"""Pronouns in the place of a name: at the head of a sentence, and "es" beside a verb."""

from __future__ import annotations

import re

from kg.extraction.clauses import with_possessive
from kg.extraction.defaults import BODY, UNDERTAKING
from kg.extraction.frames import is_a
from kg.extraction.genders import genders_of, pronoun_gender
from kg.extraction.given_names import may_be
from kg.extraction.mentions import Mention
from kg.extraction.skeleton import View, char_for, pattern
from kg.extraction.topics import Topic

_HEAD = re.compile(
    r"\A(?P<word>Er|Sie|Es|er|sie|es|Dieser|Dieses|Diese|(?:Der|Die) (?:\d\d-[Jj]ährige|[A-ZÄÖÜ][a-zäöü]+(?:in|wirt|loge|ker|ist|eur|or|ter)"
    r"|Jurist\w*|Ökonom\w*)) (?=[a-zäöüß])"
)
_SEVERAL = re.compile(r"(?:Sie|Diese) (?:[a-zäöüß]{2,}en|sind|tun) ")
"""After these "Sie" is several, or whoever reads: "Sie verantworten das Programm"."""
_PERSONAL = re.compile(
    r"(?i)\b(?:trat|löste|folgte|löst\b.*\bab|folgt|nachfolge|tritt|war|ist|wurde|leitete|leitet|übernimmt|gewählt|geleitet|geführt|übernahm|übernommen|berufen|bleibt|blieb|Mitglied|Vorstand|Aufsichtsrat|gehört\w*|wähl\w+|berief\w*|bestellte\w*|ernannte\w*|bestätigte\w*|kürte\w*|sitzt|steht|stand|spricht|sprach|Vorsitz|Geschäftsführ\w+|Leiter\w*)\b"
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
_DATIVE = pattern(
    r"(?:\b(?:[Mm]it|[Zz]u|[Vv]on|[Bb]ei|[Aa]n) (?=[^;]*\b(?:[Kk]ooper|[Pp]artner|zusammen|[Zz]usammenarbeit|gehör|zähl|beteiligt|getragen|gefördert|betrieben|verbindet))"
    r"|\b(?:[Bb]eigetreten (?:ist|sind)|gehört|gehören|schlossen sich|schließt sich) )(?P<word>ihm|ihr)(?= (?:[a-zäöüß]|<*>|\d))"
)
"""A body as a pronoun in the dative: "Mit ihr kooperiert die Alpha GmbH"."""
_FILLER = re.compile(
    r"Es (?:sprechen|spricht|sprachen|sprach|referier\w+|diskutier\w+|moderier\w+|kamen|folgt|folgten|gibt|gab|geht|ging|heißt|hieß|sei|bleibt|kommt|kam|war ein|ist ein|handelt|fehlt|gilt|soll)\b"
)
_THERE = re.compile(
    r"\A(?:Dort|Hier|Vor Ort)(?= )|(?<= )(?:dort|hier|vor Ort)(?= (?:[a-zäöüß]+ )?(?:(?:ihren|seinen|einen|den) (?:[A-ZÄÖÜ]?[a-zäöüß]+)?[Ss]itz|ansässig|angesiedelt|beheimatet|untergebracht|niedergelassen|zu Hause|gegründet|eröffnet|sitzt)\b)"
)
"""Where "dort" tells the place of something."""
_HIS = re.compile(r"\A(?:(?:Bei|Mit|In|An|Für|Von|Zu|Unter|Aus) )?(?P<whose>[Dd]essen|[Dd]eren) ")
_THEIRS = re.compile(
    r"\A(?P<whose>Seine?|Ihre?) (?P<noun>(?:Haupts|S)itz|Träger(?:in)?|Betreiber(?:in)?|(?:Projekt|Kooperations)?[Pp]artner(?:in)?|Mitglieder|Gesellschafter(?:in)?|Förderer)(?= (?:ist|sind|war|waren|liegt|befindet) )"
)
"""What a body has that the sentence before spoke of: "Ihr Sitz ist Gera"."""
_OF_BODIES = re.compile(
    r"\b(?:gegründet|gefördert|finanziert|getragen|betrieben|[Kk]ooperier\w+|Kooperation\w*|arbeite\w+\b[^;]*\bzusammen|unterhält|unterhielt|betreibt|betrieb"
    r"|hervorgegangen|(?:ihren|seinen) (?:Haupt)?[Ss]itz|Mitglieder|gemeinnützig\w*|eingetragene\w*|Einrichtung|Tochtergesellschaft|Träger\w*|fördert|finanziert"
    r"|fusionier\w*|beschäftigt|untergebracht|angesiedelt)\b"
)
"""What is said of bodies, not of persons."""
_ACTING = re.compile(
    r"\b(?:arbeitete?|kooperierte?|unterhält|unterhielt|betreibt|betrieb|förderte?|finanzierte?|ist|war|wurde|hat|hatte|beschäftigte?|erhält|erhielt) (?P<word>er|sie)(?= )"
)
""""Zuvor arbeitete sie mit der Alpha GmbH zusammen"."""


def with_pronouns(view: View, topic: Topic) -> None:
    """Put what a pronoun means in its place in the skeleton, where it is clear enough."""
    if topic.place and (there := _THERE.search(view.text)):
        place = char_for(view, _stands_for(topic.place, -1, -1))
        prep = "In" if there.start() == 0 else "in"
        view.text = f"{view.text[: there.start()]}{prep} {place}{view.text[there.end() :]}"
    described = _DESCRIBED.match(view.text)
    who = _person(view.text[:4], topic) if described else None
    if described and who and _PERSONAL.search(described["rest"]):
        start = view.sentence.start
        person = char_for(view, _stands_for(who, start, start + 3))
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
    elif his := _HIS.match(view.text):
        owners = (*topic.recent, *topic.bodies[:-2:-1], topic.project, topic.body)
        wanted = "f" if his["whose"].lower() == "deren" else "mn"
        fits = (m for m in owners if m and not set(_genders(m) or wanted).isdisjoint(wanted))
        if meant := next(fits, None):
            view.text = with_possessive(view.text, char_for(view, _stands_for(meant, -1, -1)))
    elif theirs := _THEIRS.match(view.text):
        wanted = "f" if theirs["whose"].startswith("Ihr") else "mn"
        owners = (*topic.said[:1], topic.body, *topic.recent, topic.project)
        fits = (
            m
            for m in owners
            if m and m.types != ("Person",) and not set(_genders(m)).isdisjoint(wanted)
        )
        if meant := next(fits, None):
            owner = char_for(view, _stands_for(meant, -1, -1))
            view.text = f"{theirs['noun']} des {owner}{view.text[theirs.end() :]}"
    if (acting := _ACTING.search(view.text)) and acting["word"] and _OF_BODIES.search(view.text):
        meant = _meant(acting["word"], view.text, topic)
        if meant and meant.types != ("Person",):
            body = char_for(view, _stands_for(meant, -1, -1))
            view.text = view.text[: acting.start("word")] + body + view.text[acting.end("word") :]
    inner = _INNER.search(view.text)
    group = inner.lastgroup or "word" if inner else ""
    who = _person(inner[group], topic) if inner else None
    if inner and who and _PERSONAL.search(view.text) and not view.named(view.text, "P"):
        person = char_for(view, _stands_for(who, -1, -1))
        view.text = view.text[: inner.start(group)] + person + view.text[inner.end(group) :]
    if (dative := _DATIVE.search(view.text)) and (meant := _meant_by_dative(dative, view, topic)):
        name = char_for(view, _stands_for(meant, -1, -1))
        before = view.text[: dative.start("word")]
        if before.endswith(("Zu ", "zu ")):
            before = before[:-1] + ("r " if dative["word"] == "ihr" else "m ")
        view.text = before + name + view.text[dative.end("word") :]
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


def _meant_by_dative(match: re.Match[str], view: View, topic: Topic) -> Mention | None:
    """What "ihm" or "ihr" means: what the sentence has named before, else what the last spoke of."""
    wanted = "f" if match["word"] == "ihr" else "mn"
    before = reversed([m for m in view.all_in(view.text[: match.start()]) if m.types])
    order = (*before, *topic.said[:1], *topic.recent, topic.body, topic.project)
    fits = (
        m for m in order
        if m and is_a(m, BODY | UNDERTAKING) and not set(_genders(m)).isdisjoint(wanted)
    )  # fmt: skip
    return next(fits, None)


def _meant_within(word: str, topic: Topic) -> Mention | None:
    """What a pronoun within a sentence stands for: what the text is about, if its gender fits."""
    order = (topic.project, topic.body, *topic.said[:1])
    return next((m for m in order if m and _may_mean(word, m)), None)


def _has_neuter_subject(text: str, place: int) -> bool:
    """Whether "es" is but a filler: "wird es schwer", "gibt es"."""
    return text[:place].endswith(("gibt ", "geht ", "Es ", "heißt ", "gebe ", "sei "))


def _meant(word: str, text: str, topic: Topic) -> Mention | None:
    """What a pronoun means: a person or a body by the verb, and of these by gender, then by place."""
    order: tuple[Mention | None, ...]
    word = word[:1].upper() + word[1:]
    if word in ("Er", "Sie") and _OF_BODIES.search(text):
        wanted = pronoun_gender(word)
        order = (*topic.said[:1], topic.body, *topic.recent, topic.project)
        agreeing = (m for m in order if m and wanted in _genders(m) and m.types != ("Person",))
        if body := next(agreeing, None):
            return body
    if (
        (word in ("Er", "Sie") or word.startswith(("Der ", "Die ")))
        and (person := _person(word, topic))
        and _PERSONAL.search(text)
    ):
        return person
    if word.startswith("Dies"):
        wanted = pronoun_gender(word)
        fits = (m for m in topic.recent if wanted in _genders(m))
        if nearest := next(fits, None):
            return nearest
    said = [m for m in topic.said[:1] if is_a(m, UNDERTAKING if word in _NEUTER else BODY)]
    body = topic.body if topic.body in topic.bodies else None
    order = ()
    if word in _NEUTER:
        order = (*said, topic.project, body, topic.body)
    elif word in ("Sie", "Er", "Diese", "Dieser"):
        order = (*said, body, topic.project, topic.body)
    wanted = pronoun_gender(word)
    agreeing = (m for m in topic.recent if wanted and wanted in _genders(m))
    return next((m for m in order if m and _may_mean(word, m)), next(agreeing, None))


_NEUTER = ("Es", "Dieses")
"""Pronouns that mean an undertaking rather than a body."""


def _person(word: str, topic: Topic) -> Mention | None:
    """The person whom "er", "sie" or "der Jurist" means: the one spoken of, else another of that sex."""
    persons = (topic.person, *topic.persons)
    return next((m for m in persons if m and may_be(word, m.name)), None)


def _genders(mention: Mention) -> str:
    """The genders of what a name is called by: of "das Haus" that means a clinic, neuter."""
    called = mention.alias if mention.kind == "short" else ""
    return (genders_of(called) if called else "") or genders_of(mention.name)


def _may_mean(word: str, mention: Mention) -> bool:
    wanted, genders = pronoun_gender(word), _genders(mention)
    return not wanted or not genders or wanted in genders


def _stands_for(meant: Mention, start: int, end: int) -> Mention:
    return Mention(start, end, meant.name, meant.types, "short", head=meant.head, id=meant.id)
