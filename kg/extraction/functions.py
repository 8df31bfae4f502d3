"""Offices that persons hold: the noun, and which relation it makes of person and body."""

from __future__ import annotations

import re
from functools import cache

OFFICES: tuple[tuple[str, str], ...] = (
    ("none", r"projektpartnersprecher|klassensprecher|lautsprecher|anführer|marktführer|busfahrer"
             r"|teamleiter|blitzableiter|halbleiter|supraleiter|reiseleiter|ministerpräsidenten?konferenz"
             r"|konsortialführer(?:in)?|verbundführer(?:in)?|federführer(?:in)?|vorreiter(?:in)?"
             r"|konsortialleiter(?:in)?|pionier(?:in)?"),
    ("premier", r"ministerpräsident(?:in)?"),
    ("minister", r"[a-zäöüß-]*(?:minister|senator)(?:in)?"),
    ("deputy", r"vize(?:präsident|kanzler|minister)(?:in)?|prorektor(?:in)?|prodekan(?:in)?"
               r"|[a-zäöüß-]*staatssekretär(?:in)?|staatsrat|staatsrätin|[a-zäöüß-]*beauftragte[rn]?"
               r"|[a-zäöüß]*bevollmächtigte[rn]?|referatsleiter(?:in)?|abteilungsleiter(?:in)?"
               r"|[a-zäöüß]*professor(?:in)?|referent(?:in)?|vertreter(?:in)?|(?:amts)?chef des stabes"
               r"|abteilungsdirektor(?:in)?|dezernent(?:in)?|beigeordnete[rn]?|mitarbeiter(?:in)?"
               r"|chefarzt|chefärztin|oberarzt|oberärztin|ministerialdirigent(?:in)?|ministerialrat"
               r"|ministerialdirektor(?:in)?|bereichsleiter(?:in)?|prokurist(?:in)?|amtsleiter(?:in)?"
               r"|stellvertreter(?:in)?|botschafter(?:in)?|kanzler(?:in)?|fachbereichsleiter(?:in)?"
               r"|wissenschaftler(?:in)?|projektmanager(?:in)?|[a-zäöüß-]*abgeordnete[rn]?|ansprechpartner(?:in)?"),
    ("manager", r"[a-zäöüß-]*geschäftsführer(?:in)?|[a-zäöüß-]*geschäftsleiter(?:in)?|managing director"
                r"|[a-zäöüß]*geschäftsführerinnen|ceo"),
    ("speaker", r"[a-zäöüß-]*sprecher(?:in)?"),
    ("chair", r"[a-zäöüß-]*vorsitzende[rn]?|[a-zäöüß-]*vorstandschef(?:in)?|vereinschef(?:in)?"
              r"|verbandschef(?:in)?|obmann|obfrau|verbandspräsident(?:in)?|vereinspräsident(?:in)?"
              r"|kammerpräsident(?:in)?|obermeister(?:in)?|clusterchef(?:in)?"),
    ("president", r"[a-zäöüß-]*präsident(?:in)?"),
    ("board", r"[a-zäöüß]*vorstandsmitglied|vorstand|[a-zäöüß]*schatzmeister(?:in)?|beisitzer(?:in)?"
              r"|schriftführer(?:in)?|[a-zäöüß]*beiratsmitglied|[a-zäöüß]*aufsichtsratsmitglied"
              r"|finanzvorstand|technikvorstand|[a-zäöüß]+vorstand|kassenwart(?:in)?|aufsichtsrätin"
              r"|präsidiumsmitglied|kuratoriumsmitglied"),
    ("mayor", r"oberbürgermeister(?:in)?|bürgermeister(?:in)?|landrat|landrätin|erste[rn]? bürger"),
    ("head", r"inhaber(?:in)?|chefredakteur(?:in)?|generalsekretär(?:in)?|manager(?:in)?|superintendent(?:in)?|[a-zäöüß-]*(?:leiter|direktor|rektor|intendant|dekan|chef)(?:in)?"
             r"|[a-zäöüß-]*(?:projektkoordinator|clusterkoordinator|netzwerkkoordinator)(?:in)?"
             r"|clustermanager(?:in)?|netzwerkmanager(?:in)?"
             r"|regionaldirektor(?:in)?|werkleiter(?:in)?|gründungsdirektor(?:in)?|amtschef(?:in)?"),
)  # fmt: skip
"""Kinds of offices with the nouns of each, the first that fits counts.

``deputy`` stands for whoever acts for a body without heading it (``represents``).
"""

_PATTERNS = tuple(
    (kind, re.compile(rf"(?i)(?:{nouns})(?:s|es|en|n)?\Z")) for kind, nouns in OFFICES
)

RELATION = {"manager": "managedBy", "speaker": "spokespersonOf", "chair": "chairedBy",
            "board": "memberOfBoard", "head": "headOf", "mayor": "headOf", "deputy": "represents",
            "minister": "represents", "premier": "represents"}  # fmt: skip

_SUPPLEMENT = (
    (r"(?:1\.|2\.|3\.)? ?(?:\w+e[rn]? )?(?:Vorsitzende[rn]?|Sprecher(?:in)?|Vorsitz|Mitglied) "
     r"(?:der|in der) Geschäfts(?:führung|leitung)", "head"),
    (r"(?:Vorsitzende[rn]?|Vorsitz) (?:des|der|im) (?:Aufsichts|Stiftungs|Bei|Hochschul|Verwaltungs"
     r"|Kurator|Senat|Universitäts)\w*", "board"),
    (r"(?:Vorsitzende[rn]?|Vorsitz|Präsident(?:in)?) des (?:Vorstand(?:e?s)|Präsidiums)", "chair"),
    (r"Sprecher(?:in)? des Vorstand(?:e?s)", "speaker"),
    (r"(?:geschäftsführende[rs]? )?Mitglied (?:des|im) (?:Vorstand\w*|Aufsichtsrat\w*|Beirat\w*"
     r"|Präsidium\w*|Kuratorium\w*|Stiftungsrat\w*|Verwaltungsrat\w*|Hochschulrat\w*)", "board"),
    (r"Mitglied der Geschäfts(?:führung|leitung)", "manager"),
    (r"Leiter(?:in)? der Geschäftsstelle", "head"),
)  # fmt: skip
SUPPLEMENTS = tuple((re.compile(pattern), kind) for pattern, kind in _SUPPLEMENT)
"""Offices of more than one word: "Vorsitzender der Geschäftsführung" is management, no chair."""


@cache
def office_of(word: str) -> str:
    """The kind of office that a noun names, or nothing.

    >>> office_of("Vorstandsvorsitzender"), office_of("Hauptgeschäftsführerin"), office_of("Tisch")
    ('chair', 'manager', '')
    """
    last = word.rsplit("-", 1)[-1] if "-" in word and word[-1] != "-" else word
    for kind, pattern in _PATTERNS:
        if pattern.match(last):
            return "" if kind == "none" else kind
    return ""
