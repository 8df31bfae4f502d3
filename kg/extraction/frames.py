"""Verbs and what they relate: who does it, to what, in active and passive, in any order of words.

A frame is data; ``claims_of_frame`` finds its parts in a clause by class, case and preposition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.claims import ABOUT_TEXT, Claim
from kg.extraction.cues import cues
from kg.extraction.groups import Group
from kg.extraction.mentions import Mention
from kg.extraction.predicates import other_predicate
from kg.extraction.skeleton import View, pattern, words_of

_BODY = frozenset(
    "PublicBody Organisation Association University ResearchInstitute Company NonProfitCompany Fund".split()
)
_UNDERTAKING = frozenset(("Project", "Programme"))
_MONEY = frozenset(("Fund", "PublicBody", "Organisation", "Company", "Association"))
_PLACES = frozenset(("City", "Region", "Country", "Place", "Building"))
BY = ("durch", "von", "vom", "seitens")


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate: patterns of its active verb and of its participle, and the relation it makes.

    ``example`` is a sentence that it reads; ``agent`` and ``theme`` are the classes it takes.
    """

    relation: str
    active: str
    participle: str
    example: str
    agent: frozenset[str] = _BODY
    theme: frozenset[str] = _UNDERTAKING | _BODY
    implied_theme: bool = False
    agent_preps: tuple[str, ...] = BY
    weight: float = 0.9


FRAMES = (
    Frame(
        "funds",
        r"fördert|förderte|fördern|förderten|finanziert|finanzierte|finanzieren|bezuschusst\w*|subventionier\w+"
        r"|(?:stellt|stellen|stellte|stellten)\b[^,;]*<A>[^,;]* (?:bereit|zur Verfügung)|(?:trägt|tragen|übernimmt|übernehmen)\b[^,;]*(?:Prozent|Kosten|<A>)"
        r"|(?:Prozent|Kosten)\b[^,;]* (?:trägt|tragen|übernimmt|übernehmen|steuert)|unterstützt|unterstützte|unterstützen|unterstützten|bezahlt|bezahlen",
        r"gefördert|finanziert|unterstützt|bezuschusst|mitfinanziert|geförderte[nrsm]?|finanzierte[nrsm]?"
        r"|unterstützte[nrsm]?|kofinanziert|mitgefördert|teilfinanziert|ermöglicht",
        "Das BMBF fördert das Projekt „SmartLoom“.",
        agent=_MONEY,
        theme=_UNDERTAKING | _BODY | {"Fund"},
        implied_theme=True,
        agent_preps=(*BY, "aus Mitteln", "mit Mitteln", "aus", "über"),
    ),
    Frame(
        "coFunds",
        r"kofinanzier\w+|steuer(?:t|n|te|ten)\b[^,;]*\bbei",
        r"kofinanziert|kofinanzierte[nrsm]?|mitfinanziert|ergänzend gefördert",
        "Das Land Brandenburg steuert 300.000 Euro bei.",
        agent=_MONEY,
        theme=_UNDERTAKING | (_BODY - {"PublicBody", "Fund"}),
        implied_theme=True,
        agent_preps=(*BY, "aus Mitteln", "mit Mitteln", "aus", "über"),
    ),
    Frame(
        "operates",
        r"betreibt|(?-i:betrieb)|betreiben|verwaltet|verwalten|verwaltete|(?<!Prozent )trägt(?![^,;]*(?: bei\b|dazu| zu |Prozent|Kosten|<A>|Namen|Titel|Verantwortung|Rechnung))|aufgelegt hat"
        r"|aufgelegt haben|legt\b[^,;]*\bauf|(?:setzt|setzen)\b[^,;]*\bum\b|führt\b[^,;]*\bdurch|umsetzt|durchführt|umsetzen",
        r"betrieben|getragen|getragene[nrsm]?|betriebene[nrsm]?|verwaltet|durchgeführt|umgesetzt|aufgelegt|aufgelegte[nrsm]?",
        "Betrieben wird das „Dorflabor“ von der Hochschule Harz.",
        agent=_BODY - {"Fund"},
        implied_theme=True,
    ),
    Frame(
        "leadsConsortium",
        r"koordiniert|koordinierte|koordinieren|(?:leitet|leitete|leiten|führt)\b(?![^,;]* (?:durch|ein|fort|weiter|zusammen|vor)(?=[,.;]|\Z))(?=[^,;]*(?:Konsortium|Verbund|Projekt|Vorhaben|<J>))"
        r"|leitet|führt (?:das|den|ein) (?:Konsortium|Verbund)",
        r"koordiniert|koordinierte[nrsm]?|geleitet|geleitete[nrsm]?|federführend \w+",
        "Die Technische Hochschule Saaletal koordiniert das Projekt „Werkstatt 4.0“.",
        agent=_BODY - {"Fund", "PublicBody"} | {"PublicBody"},
        theme=_UNDERTAKING,
        implied_theme=False,
    ),
    Frame(
        "headOf",
        r"leitet|leitete|führt|leitet seit|verantwortet|übernimmt die Leitung|übernahm die Leitung",
        r"geleitet|geleitete[nrsm]?|geführt",
        "Anna Muster leitet das Zentrum für Sensorik Jena.",
        agent=frozenset(("Person",)),
    ),
    Frame(
        "memberOf",
        r"(?:tritt|traten|trat|treten)\b[^,;]*\bbei(?!\w)|ist beigetreten|beigetreten",
        r"wurde aufgenommen in",
        "Die Stadt Meerane tritt dem Verkehrsverbund Muldental bei.",
        agent=_BODY - {"Fund"},
        theme=_BODY - {"Fund", "PublicBody"},
    ),
)

_COMPILED: dict[str, re.Pattern[str]] = {}


def _words(text: str) -> re.Pattern[str]:
    if text not in _COMPILED:
        _COMPILED[text] = pattern(rf"(?i)(?<![\w-])(?:{text})(?![\w-])")
    return _COMPILED[text]


def frame_cues(frame: Frame) -> tuple[str, ...]:
    """Texts in small letters of which one stands in every clause that the frame reads."""
    return tuple(sorted(cues(_words(frame.active)) | cues(_words(frame.participle))))


def is_a(mention: Mention, classes: frozenset[str]) -> bool:
    """Whether a mention may be of one of these classes; a place is none but itself."""
    if mention.types[:1] and mention.types[0] in _PLACES:
        return mention.types[0] in classes
    return not classes.isdisjoint(mention.types)


def _acts(mention: Mention, frame: Frame) -> bool:
    """Whether a mention may be the agent of a frame; a federal state may give money."""
    if frame.relation in ("funds", "coFunds") and mention.types[:1] == ("Region",):
        return "PublicBody" in mention.types
    return is_a(mention, frame.agent)


def claims_of_frame(frame: Frame, text: str, groups: list[Group], view: View, topic: Mention | None
                    ) -> Iterator[Claim]:  # fmt: skip
    """What a frame says in a clause; ``topic`` is the theme where the clause names none."""
    participle = _words(frame.participle).search(text)
    if participle and not _is_passive(participle[0], text):
        participle = None
    if participle:
        agents = [g for g in groups if g.prep in frame.agent_preps and _acts(g.mentions[0], frame)]
        agents = [
            g for g in agents if g.prep not in ("aus", "über") or "Fund" in g.mentions[0].types
        ]
        agents = [g for g in agents if not other_predicate(text, g, participle)]
        if agents:
            yield from _passive(frame, text, participle, agents, groups, view, topic)
            return
    active = _words(frame.active).search(text)
    if active and frame.relation == "coFunds" and not SUM.search(text):
        return
    if active and frame.relation == "headOf" and "Geschäfte" in text:
        return
    carries = frame.relation == "operates" and active and active[0].startswith("tr")
    if carries and _COSTS.search(text):
        return
    if active:
        yield from _active(frame, text, active, groups, view, topic)


OWN_THEME = re.compile(
    r"\b(?:wird|wurde|werden|wurden|ist|sind) (?:auch |nun |zudem |jetzt )?(?:d(?:ie|er|as)|ein|eine|sein|seine|ihre?) (?:[a-zäöüß]+ ){0,2}[A-ZÄÖÜ][\w-]+(?=[ ,.])"
)
"""What a passive says is done to something that no name stands for: "… wird die Tagung …"."""
_COSTS = re.compile(r"\b(?:Prozent|Kosten|Anteil|Eigenanteil|Rest|Ausgaben)\b")
SUM = pattern(
    r"<A>|[Mm]ittel|[Gg]eld|Prozent|[Aa]nteil|Betrag|[Ss]umme|Euro|Drittel|Hälfte|Viertel|finanz|Kosten|Rest"
)
"""What is money where somebody gives it; "steuert Erfahrung bei" is none."""
_AUXILIARY = re.compile(r"(?i)\b(?:wird|werden|wurde|wurden|worden|ist|sind|war|waren|sein)\b")


def _is_passive(participle: str, text: str) -> bool:
    """Whether a form such as "unterstützt", which may be active, is a participle here."""
    low = participle.lower()
    if low.startswith(
        ("ge", "mitge", "teilge", "getragen", "betrieben", "aufge", "umge", "durchge")
    ):
        return True
    if re.search(r"te[nrsm]\Z|tes?\Z", low) and not low.endswith("t"):
        return True
    return bool(_AUXILIARY.search(text)) or low[0] != participle[0]


def _passive(frame: Frame, text: str, participle: re.Match[str], agents: list[Group], groups: list[Group],
             view: View, topic: Mention | None) -> Iterator[Claim]:  # fmt: skip
    attributive = re.search(r"te[nrsm]?\Z|ene[nrsm]?\Z", participle[0])
    themes: list[Mention] = []
    if (
        attributive
        and participle[0][-1] in "enrsm"
        and not participle[0].endswith(("trieben", "tragen", "ten"))
    ):
        after = [g for g in groups if participle.end() <= g.start + 1 < participle.end() + 60]
        themes = [m for g in after[:1] for m in g.mentions if is_a(m, frame.theme)]
        agents = [g for g in agents if g.end <= participle.start()]
    if not themes:
        bare = [
            g for g in groups if g.bare and g not in agents and is_a(g.mentions[0], frame.theme)
        ]
        undertakings = [g for g in bare if is_a(g.mentions[0], _UNDERTAKING)]
        if (
            not undertakings and participle.start() == 0
        ):  # "Gefördert vom Land, forscht A im Projekt J"
            named = [g for g in groups if g.prep in ("im", "in")]
            undertakings = [g for g in named if g.mentions[0].type == "Project"]
        work = [g for g in groups if g.attribute and _WORK_OF.search(g.before)]
        chosen = undertakings or bare or work
        themes = [m for m in (chosen[0].mentions if chosen else []) if is_a(m, frame.theme)]
    certain = bool(themes)
    if not themes and topic and frame.implied_theme and not OWN_THEME.search(text):
        themes = [topic]
    for group in agents:
        for number, agent in enumerate(group.mentions):
            if not _acts(agent, frame) or agent in themes:
                continue
            yield from _claims(frame, agent, themes, number in group.added, text, view, participle[0],
                               certain=certain)  # fmt: skip


_WORK_OF = re.compile(
    r"\b(?:Arbeit|Aufbau|Ausbau|Betrieb|Tätigkeit|Umsetzung|Einrichtung|Weiterführung|Bau)\Z"
)
"""Whose work is paid for is funded: "Gefördert wird die Arbeit des Vereins"."""
_UNSEEN_SUBJECT = re.compile(r"D(?:ie|er|as) (?:[a-zäöüß]+e )?[A-ZÄÖÜ][\w-]+ \Z")
"""A noun before the verb that is no name to us, and most likely acts."""


def _active(frame: Frame, text: str, verb: re.Match[str], groups: list[Group], view: View,
            topic: Mention | None) -> Iterator[Claim]:  # fmt: skip
    bare = [g for g in groups if g.bare]
    agents = [g for g in bare if _acts(g.mentions[0], frame) and g.cases != "a" and g.cases != "d"]
    themes = [g for g in bare if is_a(g.mentions[0], frame.theme) and "a" in g.cases]
    if frame.relation == "memberOf":
        themes = [
            g
            for g in bare
            if is_a(g.mentions[0], frame.theme) and "d" in g.cases and "n" not in g.cases
        ]
    if frame.relation != "headOf":
        real = [g for g in agents if g.mentions[0].types[0] not in _UNDERTAKING]
        agents = real or agents
    if _UNSEEN_SUBJECT.match(text[: verb.start()]):
        agents = [g for g in agents if "a" not in g.cases]
    agent, theme = _told_apart(agents, themes, frame.relation in ("funds", "coFunds"))
    if agent is None:
        return
    found = theme.mentions if theme else []
    certain = bool(found)
    if not found and topic and frame.implied_theme and topic not in agent.mentions:
        found = [topic]
    money = bool(view.named(text, "A"))
    if (
        not certain
        and frame.relation == "funds"
        and not (money or "Prozent" in text or _ITS_WORK.search(text))
    ):
        return
    if verb[0].lower().startswith("unterst") and not money:
        found = [m for m in found if is_a(m, _UNDERTAKING)]
    for mention in agent.mentions:
        if _acts(mention, frame):
            yield from _claims(frame, mention, [m for m in found if is_a(m, frame.theme)], False, text,
                               view, verb[0], certain=certain)  # fmt: skip


_ITS_WORK = re.compile(
    r"\b(?:[Dd]ie|[Dd]as|[Dd]en) (?:Arbeit|Angebot|Aufbau|Maßnahme|Vorhaben|Einrichtung|Beratungsstelle|Betrieb)(?= |,|\.|\Z)(?! (?:des|der|von)\b)"
)
"""What is given money for that can only be the undertaking the text is about."""
_GIVERS = frozenset(("PublicBody", "Fund"))


def _told_apart(
    agents: list[Group], themes: list[Group], money: bool = False
) -> tuple[Group | None, Group | None]:
    """Which group acts and which is acted on: by class, by case, else by order."""
    if money:
        givers = [g for g in agents if g.mentions[0].types[0] in _GIVERS]
        if givers and len(givers) < len(agents):
            return givers[0], next((t for t in themes if t is not givers[0]), None)
    for agent in agents:
        for theme in themes:
            if theme is agent:
                continue
            swapped = theme in agents and agent in themes
            if not swapped:
                return agent, theme
            if "n" not in theme.cases or (agent.cases == "ngd" and theme.cases != "ngd"):
                return agent, theme
            if is_a(agent.mentions[0], _BODY) and not is_a(theme.mentions[0], _BODY):
                return agent, theme
            if agent.start < theme.start and theme.cases != "ngd":
                return agent, theme
    return (agents[0], None) if agents else (None, None)


def _claims(frame: Frame, agent: Mention, themes: list[Mention], added: bool, text: str, view: View, word: str,
            *, certain: bool) -> Iterator[Claim]:  # fmt: skip
    relation = "coFunds" if frame.relation == "funds" and added else frame.relation
    amounts = view.named(text, "A")
    for theme in themes:
        if theme.name == agent.name:
            continue
        yield Claim(
            agent, relation, theme, f"verb {words_of(word)}" + ("" if certain else ABOUT_TEXT), view, text,
            weight=frame.weight if certain else frame.weight - 0.15,
            amount=amounts[0] if len(amounts) == 1 and relation in ("funds", "coFunds") else None,
        )  # fmt: skip
