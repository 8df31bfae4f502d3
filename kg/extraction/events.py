"""Events of a text: when and where they were held, who took part; and when a body was founded.

An event is known by its noun ("Fachtagung", "Auftaktveranstaltung") and called by that and what it
is of. Nouns of events stay words of the skeleton, so that no other rule sees them as names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extraction.claims import Claim
from kg.extraction.defaults import BODY, UNDERTAKING
from kg.extraction.frames import is_a
from kg.extraction.groups import Group, groups_of
from kg.extraction.literals import dates
from kg.extraction.mentions import Mention
from kg.extraction.skeleton import View, pattern, words_of
from kg.extraction.topics import Topic

NOUNS = (
    r"[\w-]*(?:[Tt]agung|[Kk]onferenz|[Vv]ersammlung|[Ww]orkshops?|[Kk]ongress(?:es)?|[Ff]estakt(?:e?s)?|[Ff]achtage?s?|[Ff]orums?"
    r"|[Ss]ymposiums?|[Mm]esse|[Vv]eranstaltung|[Tt]reffens?|[Ss]itzung|[Ee]mpfange?s?|[Ss]ommerfeste?s?|[Jj]ubiläums?|[Gg]ipfels?"
    r"|[Kk]ick-?[Oo]ffs?|[Aa]uftakts?|[Ff]eierstunde|[Pp]reisverleihung|[Dd]ialogs?|[Ww]erkstattgesprächs?|[Pp]odiumsdiskussion"
    r"|[Ss]prechstunde|[Ff]achaustauschs?|[Rr]undgange?s?|[Ss]eminars?|[Ff]achgesprächs?|[Pp]arteitage?s?|[Vv]erbandstage?s?"
    r"|[Gg]rundsteinlegung|[Ss]patenstichs?|[Rr]ichtfeste?s?|[Ee]inweihung|[Ee]röffnung|[Gg]ründerwoche|[Bb]arcamps?|[Hh]ackathons?"
    r"|[Ss]tammtische?s?|[Ff]eier|[Tt]urniers?|[Ll]esung|[Kk]onzerte?s?|[Rr]egatta|[Gg]ala|[Tt]ag der offenen Tür"
    r"|(?<![\w-])(?!(?:[Ss]onn|[Mm]on|[Dd]iens|[Dd]onners|[Ff]rei|[Ss]ams|[Aa]ll|[Ff]eier|[Ww]erk|[Aa]rbeits|[Bb]undes|[Ll]and|[Kk]reis|[Vv]or|[Nn]achmit|[Gg]eburts|[Ss]tich|[Jj]ahres|[Tt]odes)tag)[\w-]{4,}tag(?:e?s)?)"
)
"""What happens at a time and place, by the end of the noun."""
_NO_EVENT = re.compile(r"(?i)(?:ministerpräsidenten|kultusminister|verkehrsminister|bundes|landes|rektoren)konferenz\Z"
                       r"|(?:.*(?:wissenschafts|wirtschafts|zukunfts|bürger|innovations|technologie|volks|jugend)forums?|bundesversammlung"
                       r"|stadtverordnetenversammlung|sozialversammlung|dialog|sitzung|treffen|veranstaltung|auftakt|seminar|messe|rundgang)\Z")  # fmt: skip
_EVENT = pattern(
    rf"(?P<number>\b\d+\. )?\b(?P<noun>(?=[A-ZÄÖÜ]){NOUNS})(?![\w-])(?P<quote> „[^“]{{3,80}}[“\"]| (?!Der|Die|Das|Am|Im|Ein|In|Mit|Für|Und|Zur|Zum)[A-ZÄÖÜ][a-zäöüß]{{3,}}(?=[ ,.:;]|\Z))?"
    r"(?: (?:des|der|vom|von|zum|zur|beim) <~>(?P<of><S>))?"
)
_CUES = ("tagung", "konferenz", "versammlung", "workshop", "kongress", "festakt", "fachtag", "forum", "symposium", "messe",
         "veranstaltung", "treffen", "sitzung", "empfang", "fest", "jubiläum", "gipfel", "kick", "auftakt", "feier", "preis",
         "dialog", "gespräch", "diskussion", "stunde", "austausch", "rundgang", "seminar", "tag", "grundstein", "spatenstich",
         "einweihung", "eröffnung", "woche", "barcamp", "hackathon")  # fmt: skip
"""What stands in each of the nouns, in small letters: quicker than the pattern."""
_HELD = pattern(
    r"\b(?:[Aa]m|[Vv]om|[Ii]m|[Zz]um|[Ss]eit dem|[Aa]nfang|[Mm]itte|[Ee]nde|der|den|dem|, (?:den )?|: |\() ?(?P<d><D>)|\A(?P<d2><D>)"
)
_NOT_HELD = re.compile(r"(?:\b(?:[Ss]eit|[Bb]is|[Aa]b|[Bb]is zum)(?: dem)? )\Z")
_VERB = re.compile(
    r"(?i)\b(?:statt(?:ge)?f[aiu]nd\w*|f[aiu]nd\w*\b.*\bstatt|tagte\w*|traf\w* sich|lud\w*|lädt|eingeladen|veranstalte\w+|ausgerichtet"
    r"|zusammengekommen|kam\w* zusammen|begann|beginnt|gefeiert|feierte\w*|eröffnet\w*|auf dem programm|diskutier\w+|kam\w*|traf\w*|stand\w* im)\b"
)
_TAKES_PART = re.compile(
    r"(?i)\b(?:(?:nahm\w*|nimmt|nehmen)\b.*\bteil|teilgenommen|teilnahm\w*|teilnehm\w*|zu gast|unter den (?:gästen|teilnehm\w+|anwesenden|rednern|referent\w+)"
    r"|begrüßte\w*|begrüßt|sprach\w*|spricht|sprechen|referiert\w*|hielt\w*|hält|grußwort\w*|moderiert\w*|diskutiert\w*|eröffnete|lud\w*|lädt|laden"
    r"|einladend\w*|gastgeber\w*|veranstalter\w*|ausgerichtet|richtete|anwesend|dabei|beteiligt\w*|kam\w* zu|schaltete|zugeschaltet|vertreten|gefolgt"
    r"|stellte\w*\b.*\bvor|präsentiert\w*|veranstaltet\w*|überbracht\w*|überreichte|unterzeichnete\w*|podium|auftakt macht|startschuss|ehrengäst\w*|festredner?\w*|laudatio|moderator\w*|erklärte|betonte|sagte|würdigte)\b"
)
_PLACE_PREPS = ("in", "im", "am", "an", "auf", "bei", "beim", "nach")
_FOUNDED = pattern(
    r"(?i)\b(?:ge?gründet\w*|gründete\w*|wiedergegründet|neugegründet\w*|ins leben gerufen\w*|aus der taufe gehoben|hob\w*\b[^;]* aus der taufe|rief\w*\b[^;]* ins leben"
    r"|gründung|gründungsjahr|gründungsdatum|besteht(?: bereits)? seit|bestehen seit|gibt es seit|existiert(?: bereits)? seit|gestartet|startet[en]*|entstanden\w*|entstand|konstituiert\w*"
    r"|aufgenommen|(?:nahm|nimmt)\b[^;]* auf|ging\b[^;]* an den start|an den start gegangen|angelaufen|besteht\b|seit <D> (?:besteht|gibt es|existiert)"
    r"|(?:wurde|wird|ist|hat|haben)\b[^;]* (?:eröffnet|eingerichtet|geschaffen|errichtet))(?!\w)"
)
_BEGINS_ONLY = re.compile(
    r"(?i)gestartet|startet|auf\w*\Z|entst|start|angelaufen|eröffnet|eingerichtet|geschaffen|errichtet"
)
_STARTED = re.compile(r"(?i)\b(?:arbeit|betrieb|tätigkeit|an den start|gestartet|startet\w*|entst\w+|angelaufen|eröffnet|eingerichtet|geschaffen|errichtet)\b")  # fmt: skip
_OF_FOUNDING = pattern(r"(?i)\bgründung(?: (?:des|der|von|unseres|unserer))? <~>(?P<a><S>)")


def event_claims(view: View, topic: Topic) -> Iterator[Claim]:
    """When and where the events of a sentence are held, and who takes part.

    A sentence without one that says who took part goes on about the event named last.
    """
    text = view.text
    if topic.event and (label := _LABEL.match(text)):
        yield from _labelled(view, label, topic.event, topic)
        return
    events: list[tuple[int, Mention]] = []
    low = text.lower()
    if any(cue in low for cue in _CUES):
        events = [(m.end(), e) for m in _EVENT.finditer(text) if (e := _event(view, m))]
    elif _DONE.search(text):
        events = list(_by_verb(view))
    if events:
        topic.event = events[0][1]
    elif topic.event is None or not _TAKES_PART.search(text):
        return
    event = topic.event
    groups = groups_of(text, view)
    if events:
        yield from _when_and_where(view, groups, *events[0], topic)
    part = _TAKES_PART.search(text)
    if part:
        weight = 0.8 if events else 0.7
        for one in _taking_part(groups, text):
            yield Claim(one, "participatedIn", event, f"{part[0][:30]} {event.head}", view, text, weight=weight,
                        certainty="stated" if events else "implied")  # fmt: skip


_DONE = re.compile(
    r"\b(?P<verb>eröffnet|eingeweiht|vorgestellt|unterzeichnet|überreicht|übergeben|überbracht)\b"
)
_NOUN_OF = {"eröffnet": "Eröffnung", "eingeweiht": "Einweihung", "vorgestellt": "Vorstellung",
            "unterzeichnet": "Unterzeichnung", "überreicht": "Übergabe", "übergeben": "Übergabe",
            "überbracht": "Übergabe"}  # fmt: skip
_PERFECT = re.compile(r"\b(?:hat|haben|wurde|wurden|ist|sind|worden)\b")


def _by_verb(view: View) -> Iterator[tuple[int, Mention]]:
    """An event that only a verb tells: "Am 5. Mai wurde in Halle das „Labor Delta“ eröffnet"."""
    text = view.text
    verb = _DONE.search(text)
    if (
        verb is None
        or not _PERFECT.search(text)
        or not (view.named(text, "D") or view.named(text, "L"))
    ):
        return
    of = [m for g in groups_of(text, view) if g.bare and "a" in g.cases for m in g.mentions
          if m.types[0] in ("Project", "Programme")] + view.named(text, "G")  # fmt: skip
    if of:
        noun, start = _NOUN_OF[verb["verb"]], view.sentence.start
        yield (
            -1000,
            Mention(
                start, start, f"{noun} {_link(of[0])} {of[0].name}", ("Event",), "form", head=noun
            ),
        )


_LABEL = pattern(
    r"\A(?:(?:Ort|Veranstaltungsort|Wo|Tagungsort): <~>(?P<place><L>|<O>)|(?:Datum|Termin|Wann|Zeit|Tag): (?:\w+, )?(?:den |der )?(?P<day><D>))"
)


def _labelled(view: View, label: re.Match[str], event: Mention, topic: Topic) -> Iterator[Claim]:
    """Place and date of an event in lines of their own: "Ort: Rathaus", "Datum: 3. Mai 2021"."""
    if label["place"]:
        yield Claim(event, "takesPlaceAt", view.of(label["place"]), "label", view, "", weight=0.85)
    else:
        yield _on(event, "heldOn", view.of(label["day"]), "label", view, "", topic, 0.85)


def _event(view: View, match: re.Match[str]) -> Mention | None:
    noun = match["noun"]
    if _NO_EVENT.match(noun) and not (match["of"] or match["number"] or match["quote"]):
        return None
    of = view.of(match["of"]) if match["of"] else None
    whole = f"{match['number'] or ''}{noun}{match['quote'] or ''}"
    genitive = re.sub(r"(?<=[a-z])(?:es|s)\Z", "", noun) if noun.endswith(("ages", "ens")) else noun
    name = whole.replace(noun, genitive) + (f" {_link(of)} {of.name}" if of else "")
    start = view.sentence.start
    return Mention(start, start, " ".join(name.split()), ("Event",), "form", head=noun)


def _link(of: Mention) -> str:
    """How what an event is of follows it, told by the class alone: for people to read."""
    feminine = of.type in ("University",) or of.head.endswith(
        ("ung", "schaft", "gmbh", "schul", "kamm", "stift")
    )
    return "der" if feminine or of.name.endswith(("GmbH", "AG")) else "des"


def _when_and_where(view: View, groups: list[Group], end: int, event: Mention, topic: Topic
                    ) -> Iterator[Claim]:  # fmt: skip
    text = view.text
    verb = end < 0 or _VERB.search(text)
    found = [
        m
        for m in _HELD.finditer(text)
        if not _NOT_HELD.search(text, 0, m.start("d") if m["d"] else m.start("d2"))
    ]
    near = [m for m in found if abs(m.start() - end) < 60]
    for match in (near if near or not verb else found)[:1]:
        date = view.of(match["d"] or match["d2"])
        if len(date.value) >= 7:
            yield _on(event, "heldOn", date, f"date of {event.head}", view, text, topic, 0.85)
    for group in groups:
        place = group.mentions[0]
        adjacent = 0 <= group.start - end <= 30
        house = (
            is_a(place, BODY)
            and (adjacent or verb)
            and _PERSON_OR_OFFICE.search(text[max(0, end) : group.start]) is None
        )
        fits = place.types[0] in _PLACES or (house and group.prep not in ("in", "nach", "auf"))
        if group.prep in _PLACE_PREPS and fits and place.type != "Project" and (adjacent or verb):
            yield Claim(
                event, "takesPlaceAt", place, f"{event.head} {group.prep}", view, text, weight=0.85
            )
            break


_PERSON_OR_OFFICE = pattern("<P>|<R>")
_PLACES = frozenset(("City", "Region", "Place", "Building"))


def _taking_part(groups: list[Group], text: str) -> Iterator[Mention]:
    """Persons and bodies that act in the sentence; those after "von" where it is passive."""
    passive = re.search(
        r"(?i)\b(?:wurden?|werden|wird)\b[^;]*(?:begrüßt|eröffnet|moderiert|ausgerichtet|veranstaltet)|\Abegrüßt wurde|ausgerichtet",
        text,
    )
    for group in groups:
        if group.attribute or not (
            group.bare or (passive and group.prep in ("von", "vom", "durch"))
        ):
            continue
        for mention in group.mentions:
            if mention.types == ("Person",) or (is_a(mention, BODY) and "n" in group.cases):
                yield mention


def founding_claims(
    view: View, text: str, topic: Topic, about: Mention | None = None
) -> Iterator[Claim]:
    """When a body was founded or an undertaking begun, in a clause that says when."""
    found = _FOUNDED.search(text)
    moments = view.named(text, "D") if found else []
    if found is None or not moments:
        return
    begins = bool(_BEGINS_ONLY.search(found[0]))
    if begins and not _STARTED.search(text):
        return
    subject = about or _founded(view, text, begins, topic)
    if subject is None or (begins and not is_a(subject, UNDERTAKING | {"ResearchInstitute"})):
        return
    nearest = min(moments, key=lambda d: abs(_place(view, text, d) - found.start()))
    place = _place(view, text, nearest)
    if re.search(r"\b(?:[Bb]is|[Ss]eit der Gründung bis)(?: [a-zäöü]+)? \Z", text[:place]):
        return
    yield _on(subject, "foundedOn", nearest, f"verb {words_of(found[0], 30)}", view, text, topic,
              0.75 if begins else 0.85)  # fmt: skip


def _on(subject: Mention, relation: str, date: Mention, rule: str, view: View, text: str, topic: Topic,
        weight: float) -> Claim:  # fmt: skip
    """A claim whose object is a date."""
    value, certainty = dated(date.value, topic.day)
    moment = replace(date, name=value, value=value)
    return Claim(subject, relation, moment, rule, view, text, weight=weight, certainty=certainty)


def _founded(view: View, text: str, begins: bool, topic: Topic) -> Mention | None:
    of = _OF_FOUNDING.search(text)
    if of:
        return view.of(of["a"])
    classes = UNDERTAKING if begins else UNDERTAKING | BODY
    groups = [g for g in groups_of(text, view) if is_a(g.mentions[0], classes)]
    bare = [g for g in groups if g.bare]
    acting = re.search(r"\bgründete[nt]?\b|\brief\w*\b|\bhob\w*\b", text)
    chosen = bare[-1:] if acting and len(bare) > 1 else bare[:1]
    if acting and len(bare) == 1 and bare[0].start < acting.start():
        return None
    if chosen:
        return chosen[0].mentions[0]
    return None if groups else (topic.project if begins else topic.body)


def _place(view: View, text: str, mention: Mention) -> int:
    return next((i for i, c in enumerate(text) if ord(c) >= 0xF0000 and view.of(c) is mention), 0)


def dated(value: str, day: str | None) -> tuple[str, str]:
    """A date with its year, and how certain it is: one without is taken for that nearest to ``day``.

    >>> dated("--12-30", "2020-01-07"), dated("--12-30", None), dated("2011", "2020-01-07")
    (('2019-12-30', 'implied'), ('--12-30', 'stated'), ('2011', 'stated'))
    """
    if not value.startswith("--") or not day or len(day) < 10:
        return value, "stated"
    year, number = int(day[:4]), _number(day[5:])
    best = min(
        (year - 1, year, year + 1),
        key=lambda y: abs((y - year) * 372 + _number(value[2:]) - number),
    )
    return f"{best}-{value[2:]}", "implied"


def day_of(text: str, begin: int) -> str | None:
    r"""The day of a text: of its head (``date: 2020-01-07``), else of the line that it begins with.

    >>> day_of("date: 2020-01-07\ntitle: X\n\nText", 27), day_of("Halle, 3. Mai 2021. Text", 0)
    ('2020-01-07', '2021-05-03')
    """
    head = re.search(r"^date: *(\d{4}-\d\d-\d\d) *$", text[:begin], re.MULTILINE)
    if head:
        return head[1]
    return next((d.value for d in dates(text[begin : begin + 250]) if len(d.value) == 10), None)


def _number(day: str) -> int:
    return int(day[:2]) * 31 + int(day[3:5])
