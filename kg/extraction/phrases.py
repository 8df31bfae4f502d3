"""Nouns and set phrases that relate names: "Träger ist", "unter Federführung von", "mit Sitz in".

Each construction is data with an example; ``a`` is the subject of the relation, ``b`` its object.
Where a phrase names no ``b``, the clause or the text tells what it is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.extraction.skeleton import pattern

_ADV = (r"(?: (?>(?:seit|ab|nach|bis) (?:[a-zäöüß]+ )?(?:Jahr|Monat|Woche|Beginn|Anfang|Ende|Mitte|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\w*|auch|außerdem|zudem|ebenfalls|weiterhin|künftig|unter anderem|u\. a\.|u\.a\.|zum Beispiel|z\. B\.|etwa|"
        r"neben \S+|bereits|schon|länger|seit|dabei|daran|hier|dort|darüber hinaus|ferner|insgesamt|ferner|nun|derzeit|"
        r"<D>|(?:seit|ab) \S+|(?!(?:und|sowie|oder|von|vom|durch|mit|bei|beim|in|im|an|am|auf|für|zu|zum|zur|der|die|das|den|dem|des|ein|eine|einen|nicht|kein|keine|als|aus)\b)[a-zäöüß.]+|beispielsweise|vor allem|sowohl|zusätzlich|so|noch|jetzt|inzwischen|mit|Beginn|Anfang|an|als))*")  # fmt: skip
_OF = r"(?: (?:des|der|von|vom|für das|für die|für den|für|im|in der|in|am|beim|bei|zum|zur)\b <~>(?P<b><S>))"
_OF_AFAR = r"(?: (?:des|der|von|vom|für das|für die|für den|für|im|in der|am|beim)\b [^,;<>]{0,60}?(?P<b><S>)(?: (?:mit Sitz )?in <L>)?)"
_BE = r"(?:ist|sind|war|waren|wird|werden|bleibt|bleiben|wurde|wurden|heißen)"
_LEAD = (r"(?:Konsortialführer(?:in)?|Konsortialleiter(?:in)?|Konsortialführung|Verbundkoordinator(?:in)?|Projektkoordinator(?:in)?"
         r"|Koordinator(?:in)?|Verbundführer|Federführer|Leadpartner(?:in)?|Lead-Partner(?:in)?|Projektführer|Hauptverantwortlicher|Projektkoordination|Verbundkoordination|Koordination)")  # fmt: skip
_CARRY = r"(?:(?:Haupt|Projekt|Rechts|Maßnahme)?[Tt]räger(?:in)?|Betreiber(?:in)?|Trägerverein|Trägergesellschaft|Trägerorganisation)"
_PARTNER = (r"(?:(?:[Aa]ssoziierte[rn]?|[Ww]eitere[rn]?|[a-zäöüß]+e[rn]?) )?(?:Projekt|Verbund|Kooperations|Konsortial|Praxis|Netzwerk"
            r"|Schlüssel|Transfer|Forschungs|Umsetzungs|Anwendungs|Industrie|Wissenschafts|Entwicklungs|Bündnis|Teil)?[Pp]artner(?:in|innen|n|unternehmen|hochschulen|einrichtungen)?")  # fmt: skip
_GUIDE = r"(?:Federführung|Koordination|Koordinierung|Konsortialführung|Gesamtleitung|Projektleitung|Leitung|Gesamtkoordination|Verbundleitung|Projektkoordination)"
_SEAT = r"(?:Haupt|Dienst|Firmen|Vereins|Stamm|Unternehmens|Verwaltungs)?[Ss]itz"


@dataclass(frozen=True)
class Construction:
    """A phrase and the relation it makes; ``b`` says what the object is where none is named.

    ``clause`` is the undertaking of the clause, else the one the text is about; ``body`` the body;
    ``none`` means that the phrase must name it.
    """

    relation: str
    phrase: str
    example: str
    b: str = "clause"
    weight: float = 0.9
    certainty: str = "stated"

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The phrase as a pattern over skeletons."""
        return pattern(
            self.phrase.replace("(?P<a><O>)", "(?P<a><O>)(?: (?:der|des|an der|im|am) <~><O>)?")
        )


C = Construction
CONSTRUCTIONS: tuple[Construction, ...] = (
    # who leads
    C("leadsConsortium", rf"(?P<a><O+>),? (?:{_BE}|fungiert|fungieren|als|tritt)(?: als)?{_ADV} (?:der |die |den )?(?:\w+ und )?{_LEAD}\b{_OF}?",
      "Der Muster e. V. ist Konsortialführer für das Zentrum Alpha."),
    C("leadsConsortium", rf"\b(?:ist|sind|war|waren|bleibt|bleiben|wird|werden|wurde|wurden|fungiert|fungieren){_ADV} <~>(?P<a><O+>){_ADV} (?:der |die |als |alleiniger? |gemeinsame |ein |eine )*{_LEAD}\b{_OF}?", "Seit Mai ist das Institut Beta Koordinator des Projekts „Delta“."),
    C("leadsConsortium", rf"\b{_LEAD}(?: und \w+)?{_OF}? {_BE}{_ADV} <~>(?P<a><O+>)", "Konsortialführer ist das Institut Beta."),
    C("leadsConsortium", rf"\b\w+ und {_LEAD}{_OF}? {_BE}{_ADV} <~>(?P<a><O>)", "Projektträger und Konsortialführer ist die Gamma GmbH."),
    C("leadsConsortium", rf"\b{_LEAD}(?:/\w+)?: <~>(?P<a><O>)", "Konsortialführer: Institut Beta"),
    C("leadsConsortium", rf"\b(?:[Uu]nter|[Ii]n|mit) (?:der )?(?:fachlicher |wissenschaftlicher |gemeinsamer )?{_GUIDE}(?: (?:von|der|des|durch))?\b <~>(?P<a><O>)",
      "Das Projekt „Delta“ entsteht unter Federführung der Hochschule Harz."),
    C("leadsConsortium", rf"\b{_GUIDE}{_OF_AFAR}? (?:hat|haben|liegt|liegen|lag|übernimmt|übernahm|übernehmen|obliegt|hatte)(?: (?:in den Händen|bei|beim|weiterhin|dabei))* <~>(?P<a><O>)",
      "Die Federführung hat die Universität Leipzig."),
    C("leadsConsortium", rf"(?P<a><O>) (?:hat|übernimmt|übernahm|hatte|haben|übernehmen)(?: [a-zäöüß]+){{0,2}} die {_GUIDE}\b{_OF}?",
      "Die Universität Leipzig übernimmt die Koordination des Projekts „Delta“."),
    C("leadsConsortium", r"(?P<a><O>) (?:leitet|führt|koordiniert|leitete|steuert)(?: [a-zäöüß]+)* (?:das|den|ein|dieses) (?:\w+e[snr]? )?(?:Konsortium|Verbund|Projektkonsortium|Verbundvorhaben|Projektverbund|Bündnis)",
      "Die Alpha GmbH leitet das Konsortium."),
    C("leadsConsortium", r"(?P<a><O>) (?:ist|sind) federführend\b", "Die Hochschule Harz ist federführend."),
    # who carries
    C("operates", rf"\b{_CARRY}(?: und \w+)?{_OF_AFAR}? {_BE}{_ADV} <~>(?P<a><O+>)", "Träger des Projekts ist die Alpha gGmbH."),
    C("operates", rf"\b\w+ und {_CARRY}{_OF_AFAR}? {_BE}{_ADV} <~>(?P<a><O+>)", "Konsortialführer und Projektträger ist das Institut Beta."),
    C("operates", rf"\b{_CARRY}(?:/\w+)?: <~>(?P<a><O+>)", "Träger: Alpha gGmbH"),
    C("operates", rf"(?P<a><O+>),? (?:{_BE}|als|tritt als){_ADV} (?:der |die |alleiniger |gemeinsame )*(?:\w+ und )?{_CARRY}\b{_OF}?", "Die Alpha gGmbH ist Träger des Zentrums Beta."),
    C("operates", rf"\b(?:ist|sind|war|waren|bleibt|bleiben|wird|werden|wurde|wurden|fungiert|fungieren){_ADV} <~>(?P<a><O+>){_ADV} (?:der |die |als |alleiniger? |gemeinsame |ein |eine )*{_CARRY}\b{_OF}?", "Auch künftig ist die Alpha gGmbH Träger des „Zentrums Beta“."),
    C("operates", rf"\b[Bb]eim? (?:\w+ )*?(?:\w+, )?<~>(?P<b><J>),? (?:ist|sind|war|waren) <~>(?P<a><O+>){_ADV} {_CARRY}\b", "Beim „Zentrum Beta“ ist die Alpha gGmbH seit Mai Träger."),
    C("operates", r"\b(?:[Ii]n|unter) (?:der |gemeinsamer |freier )?Trägerschaft(?: (?:von|der|des))?\b <~>(?P<a><O+>)", "Das Haus steht in Trägerschaft der Stadt Halle."),
    C("operates", rf"\bTrägerschaft{_OF}? (?:liegt|lag|hat|haben|übernimmt|übernahm|übernehmen|teilen sich|ging|geht)(?: (?:bei|beim|an|auf))? <~>(?P<a><O+>)", "Die Trägerschaft liegt bei der Hochschule Harz."),
    C("operates", r"(?P<a><O>) (?:hat|übernimmt|übernahm|hatte)(?: [a-zäöüß]+){0,2} die Trägerschaft(?![^;]* (?:übertragen|übergeben|abgegeben|vergeben|verloren|beendet)\b)", "Die Stadt Halle übernimmt die Trägerschaft."),
    C("operates", rf"\b[Mm]it der (?:Umsetzung|Durchführung|Trägerschaft|Realisierung|Projektsteuerung){_OF}?(?: \w+){{0,2}} (?:betraut|beauftragt)(?: (?:ist|sind|wurde|wurden|hat|worden))?{_ADV} <~>(?P<a><O>)",
      "Mit der Umsetzung betraut ist die Alpha gGmbH."),
    C("operates", rf"(?P<a><O>) (?:ist|sind|wurde|wurden) mit der (?:Umsetzung|Durchführung|Trägerschaft|Realisierung){_OF}?(?: \w+){{0,2}} (?:betraut|beauftragt)", "Die Alpha gGmbH wurde mit der Umsetzung beauftragt."),
    C("operates", r"\b(?:Den )?Zuschlag(?: für <~>(?P<b><S>))? (?:erhielt|erhielten|bekam|bekamen|ging an|erhält|erhalten)(?: (?:unter anderem|auch))? <~>(?P<a><O+>)", "Den Zuschlag erhielt die Universität Rostock."),
    C("operates", r"\b(?:[Zz]um|[Aa]ls) (?P<b><S>) (?:bestimmte|bestimmten|wählte|wählten|kürte|benannte)(?: [^,;<>]*<O+>)? <~>(?P<a><O>)", "Zum „Zentrum Alpha“ bestimmte das Kultusministerium den Verein Muster e. V."),
    C("operates", r"(?P<b><J>) (?:des|der) <~>(?P<a><O>)(?= |\Z|,|\.)", "das Förderprogramm „Eta“ des Ministeriums für Kultur", b="programme"),
    C("operates", r"\b[Mm]it (?:dem|der) <~>(?P<b><J>) (?:[a-zäöüß]+ ){0,2}(?:das|die|der) <~>(?P<a><O>)(?=[^;]* (?:unterstützt|fördert|stärkt|begleitet|hilft)\b)", "das Förderprogramm „Eta“, mit dem das Ministerium für Kultur Museen unterstützt", b="programme"),
    C("operates", r"\b[Mm]it (?:dem|der) <~>(?P<b><J>) (?:unterstützt|fördert|stärkt|begleitet|hilft)(?: seit <D>)? (?:das|die|der) <~>(?P<a><O>)", "Mit dem Förderprogramm „Eta“ unterstützt das Ministerium für Kultur Museen.", b="programme"),
    C("operates", r"(?P<b><J>) (?:des|der) <~>(?P<a><O>)(?= |\Z|,|\.)", "Das Projekt „Delta“ des Muster e. V. läuft bis 2025.", b="own", weight=0.8),
    C("operates", r"(?P<b><J>),? (?:(?:ein|eine|einem|einer|einen|das|dem|der|die|als) )(?:[a-zäöüß]+e[rnms]? )*(?:Förderprogramm|Programm|Bundesprogramm|Landesprogramm|Förderschwerpunkt|Förderinitiative|Initiative|Modellprojekt|Pilotprojekt|Kampagne|Angebot|Wettbewerb) (?:des|der|von|vom) <~>(?P<a><O>)", "Das „Labor Delta“, ein Angebot der Stadt Halle, öffnet.", b="none"),
    C("partnersWith", rf"\b(?:ihre[rn]?|seine[rn]?|unsere[rn]?|den|der) {_PARTNER} <~>(?P<a><O+>)", "Ziel der Hochschule Harz und ihrer Partner Alpha GmbH und Beta AG ist mehr Licht."),
    C("locatedIn", rf"(?P<b><L>) (?:ist|bleibt|wird) (?:der |neuer )?(?:{_SEAT}|Standort) (?:des|der|von|vom) <~>(?P<a><S>)", "Gera ist Sitz der Alpha GmbH.", b="none"),
    C("funds", r"\b(?:eine[nr]?|die|der|den) (?:[a-zäöüß]+e[rn]? )?(?P<a><O>) (?:von|in Höhe von|über) <A>", "Vorgesehen ist eine Bundesförderung von 7 Millionen Euro."),
    # who funds
    C("funds", r"\b(?:aus|mit|durch) (?:\w+ )?(?:Mitteln|Geldern|Fördermitteln|Landesmitteln|Zuschüssen|Fördergeldern)(?: (?:des|der|von|vom|aus dem|aus|aus der))?\b <~>(?P<a><O+>)", "Das Projekt „Delta“ wird mit Mitteln des Landes Brandenburg finanziert."),
    C("funds", r"(?:\b(?:[Gg]eld|[Gg]elder|[Ss]umme|[Bb]etrag|\w*[Mm]ittel|Finanzierung|Förderung|Zuschuss|Zuschüsse|Zuwendung)\b|<A>)[^,;]{0,40}? (?:kommt|kommen|stammt|stammen|fließt|fließen|trägt|erhält|erhielt|gibt es|kam|flossen)(?: je(?:weils)? (?:zur Hälfte|zu \w+ Teilen)| zu gleichen Teilen)?(?: [a-zäöüß]+){0,2} (?:aus|von|vom)(?: \w*[Mm]itteln(?: des| der| von)?| (?:dem|der) [A-ZÄÖÜ]\w+ (?:des|der))? <~>(?P<a><O+>)", "Das Geld stammt aus dem Europäischen Sozialfonds."),
    C("funds", r"\b(?:fließen|fließt|flossen|kommen|kommt|stammen)\b[^,;]*?<A> (?:aus|von|vom)(?: Mitteln)?(?: des| der)? <~>(?P<a><O+>)", "Nach Halle fließen 3 Millionen Euro aus dem Europäischen Sozialfonds."),
    C("funds", r"(?P<a><O+>) (?:gibt|geben|gab|gaben|zahlt|zahlen|stellt|stellen|stellte|investiert|investieren|investierte|bewilligt|bewilligte|übernimmt|trägt|beteiligt sich|spendet|schießt|steckt|gewährt|gewährte)\b[^;]*?<A>", "Die Stiftung Alpha gibt 5,1 Millionen Euro."),
    C("funds", r"<A> (?:gibt|geben|zahlt|stellt|stellen|übernimmt|trägt|bewilligte|kommen von|kommt von|kommen vom|kommen aus|kommt vom) <~>(?P<a><O+>)", "2 Millionen Euro gibt die Stadt Halle."),
    C("funds", r"\b(?:Förder(?:mittelgeber|er|geber)|Geldgeber|Fördermittelgeberin|Zuwendungsgeber|Mittelgeber|Finanzierung|Hauptförderer|Sponsor(?:en)?|Gefördert durch|Gefördert von|Gefördert vom|Finanziert durch|Unterstützt durch|Unterstützt von|Förderung durch)(?: (?:ist|sind))?:? <~>(?P<a><O+>)", "Fördermittelgeber: Bundesministerium für Verkehr"),
    C("funds", r"\b(?:Förderung|Fördermittel|Förderkennzeichen|Bewilligungsstelle|Bewilligungsbehörde|Zuwendungsgeberin|Fördergeber|Förderstelle|Mittelgeberin): <~>(?P<a><O+>)", "Förderung: Stiftung Alpha"),
    C("funds", r"\b(?:[Mm]it|[Dd]ank) (?:der |finanzieller |freundlicher |maßgeblicher |großzügiger )*(?:Förderung|Unterstützung|Finanzierung|Zuschüssen|Hilfe) (?:des|der|durch|von|vom|aus)\b <~>(?P<a><O+>)", "Mit Unterstützung des Landes Brandenburg entsteht das „Reallabor Delta“."),
    C("funds", r"(?P<b><S>) (?:erhält|erhielt|bekommt|bekam|erhalten)\b[^,;]*?(?:vom|von|aus) <~>(?P<a><O+>)[^;]*?", "Die Alpha GmbH erhält 2 Millionen Euro vom Land Sachsen.", b="money"),
    C("funds", r"(?P<a><O+>) (?:setzt|setzen) (?:ihre|seine|die) Förderung (?:des|der|von) <~>(?P<b><S>)", "Die Stadt Halle setzt ihre Förderung des „Zentrums Alpha“ fort."),
    C("funds", r"\b(?:setzt|setzen) <~>(?P<a><O+>)[^,;]{0,20}? (?:ihre|seine|die) Förderung (?:des|der|von) <~>(?P<b><S>)", "Bis 2026 setzen Stadt Halle und Land Hessen ihre Förderung des „Zentrums Alpha“ fort."),
    C("coFunds", r"(?P<a><O+>) (?:gibt|geben|gab|gaben|steuert|steuern|steuerte|steuerten|schießt|schießen|legt|legen)\b[^;]*?<A>[^;]*? (?:hinzu|dazu|bei|zu|drauf|obendrauf)(?=[,.;]|\Z)", "Das Land Hessen gibt 300.000 Euro hinzu."),
    C("coFunds", r"\b(?:[Ee]rgänzend|[Zz]usätzlich|[Ee]rgänzende|[Zz]usätzliche|[Ww]eitere <A>|kofinanzierend)\b[^,;]{0,40}? (?:stellt|stellen|gibt|geben|trägt|tragen|kommt|kommen|fördert|fördern|beteiligt sich|finanziert|steuert) (?:vom |von |aus )?<~>(?P<a><O+>)", "Ergänzend stellt die Stadt Halle 600.000 Euro bereit."),
    C("coFunds", r"\bergänzende[rn]?(?: Mitteln?)? (?:des|der|von|vom|aus)? ?<~>(?P<a><O+>)", "mit ergänzenden Mitteln des Landkreises Börde"),
    C("funds", r"<A>[^;]*(?:,| und) <~>(?P<a><O>) (?:zusätzlich |nochmals |noch einmal )?<A>", "Der Bund gibt 2 Millionen Euro, das Land Hessen weitere 500.000 Euro."),
    C("funds", r"\b(?:stamm(?:t|en)|komm(?:t|en)|fließ(?:t|en)|finanziert|gefördert|getragen)\b[^;]*? zu (?:rund |je |jeweils )?(?:\S+ Prozent|gleichen Teilen|zwei Dritteln|einem Drittel|drei Vierteln|einem Viertel) (?:vom|von|aus) <~>(?P<a><O+>)(?:,? und zu (?:\S+ Prozent|einem Drittel|einem Viertel) (?:vom|von|aus) <~>(?P<a2><O>))?", "Die Mittel stammen zu 80 Prozent vom Bund und zu 20 Prozent vom Land Hessen."),
    C("funds", r"\b(?:Kosten|Ausgaben|Finanzierung|Förderung)\b[^;]*? teilen sich <~>(?P<a><O+>)", "Die Kosten teilen sich das Land Hessen und die Stadt Halle."),
    C("funds", r"\b(?:Förderung|Finanzierung) erfolgt(?: <D>| [a-zäöüß]+){0,3} (?:durch|über|aus Mitteln des|aus) <~>(?P<a><O+>)", "Die Förderung erfolgt durch das Ministerium für Verkehr."),
    C("coFunds", r"\b[Kk]ofinanzierung (?:durch|des|der|vom|von)(?: die| das| den)? <~>(?P<a><O+>)", "mit Kofinanzierung durch das Land Brandenburg"),
    # partners
    C("partnersWith", rf"\b{_PARTNER}{_OF}? (?:{_BE}|bringen sich|wirken|beteiligen sich)(?: (?:auch|außerdem))? neben <~>(?P<a2><O>)(?: auch)? <~>(?P<a><O+>)", "Konsortialpartner sind neben der Hochschule Harz die Alpha GmbH und das Institut Beta."),
    C("partnersWith", rf"\b{_PARTNER}{_OF}? (?:{_BE}|bringen sich|wirken|beteiligen sich){_ADV} <~>(?P<a><O+>)", "Projektpartner sind die Universität Leipzig und die Alpha GmbH."),
    C("partnersWith", rf"\b(?:Konsortium|Verbund|Mitwirkende|Beteiligte|Assoziiert|Projektkonsortium)\b{_OF}?: <~>(?P<a><O+>)", "Konsortium: Universität Leipzig, Alpha GmbH"),
    C("partnersWith", r"(?P<b><J>),? (?:ist |wird |bildet )?(?:ein|einem|einen|eines|als) (?:[a-zäöüß]+e[rnms]? )*(?:Verbund|Konsortium|Forschungsverbund|Projektverbund|Zusammenschluss|Bündnis|Verbundprojekt|Verbundvorhaben|Kooperationsprojekt|Kooperation|Gemeinschaftsprojekt|Gemeinschaftsvorhaben|Gemeinschaftswerk|Partnerprojekt|(?<=gemeinsames )(?:Projekt|Vorhaben|Angebot|Forschungsprojekt|Programm)|(?<=gemeinsame )(?:Initiative|Einrichtung|Maßnahme|Unternehmung)) (?:aus|von|zwischen|der|des) <~>(?P<a><O+>)", "Das Projekt „Delta“, ein Verbund aus der Hochschule Harz und der Alpha GmbH, beginnt.", b="none"),
    C("partnersWith", r"(?P<b><J>) (?:von|der|zwischen) <~>(?P<a><O>(?:,| und| sowie) <~><O+>)", "Das Verbundprojekt „Delta“ von Hochschule Harz, Alpha GmbH und Stadt Halle endet im Juni.", b="joint"),
    C("partnersWith", r"\b(?:arbeiten|wirken|beteiligen sich|beteiligt sind|sind|kooperieren|mitwirken|ziehen)\b[^;:<>]{0,50}(?:Einrichtungen|Partner|Institutionen|Hochschulen|Unternehmen|Organisationen|Akteure|Häuser|Betriebe)\b[^;:<>]{0,40}: <~>(?P<a><O+>)", "Am Projekt „Delta“ arbeiten vier Einrichtungen: die Hochschule Harz, die Alpha GmbH und die Stadt Halle."),
    C("partnersWith", r"\b(?:Konsortium|Verbund|Forschungsverbund|Projektkonsortium|Projektverbund) (?:bestehend )?(?:aus|von) <~>(?P<a><O+>)", "Hinter dem Projekt „Delta“ steht ein Konsortium aus der Hochschule Harz und der Alpha GmbH.", weight=0.85),
    C("partnersWith", r"\b[Mm]itglieder (?:des|im) (?:Konsortiums?|Verbund(?:e?s)?|Projektkonsortiums?|Projektverbund(?:e?s)?|Bündnis(?:ses)?|(?P<b><J>)) (?:sind|waren) <~>(?P<a><O+>)", "Weitere Mitglieder des Konsortiums sind die Alpha GmbH und die Beta AG."),
    C("partnersWith", rf"\b{_PARTNER}{_OF}?: <~>(?P<a><O+>)", "Partner: Universität Leipzig; Alpha GmbH"),
    C("partnersWith", rf"(?P<a><O+>) (?:{_BE}|wirken|wirkt|fungieren|fungiert|beteiligen sich|beteiligt sich){_ADV} (?:als )?{_PARTNER}\b{_OF}?", "Die Alpha GmbH und die Beta AG sind schon länger Schlüsselpartner."),
    C("partnersWith", rf"\b(?:ist|sind|war|waren|bleibt|bleiben|wird|werden|wurde|wurden|fungiert|fungieren){_ADV} <~>(?P<a><O+>){_ADV} (?:der |die |als |alleiniger? |gemeinsame |ein |eine )*{_PARTNER}\b{_OF}?", "In Halle sind die Alpha GmbH und die Beta AG Partner des Projekts „Delta“."),
    C("partnersWith", rf"\b[Aa]ls {_PARTNER}{_OF}? (?:{_BE}|wirken|wirkt|unterstützt|unterstützen|begleitet|begleiten|beteiligt sich|beteiligen sich|konnten|konnte|stehen|steht|fungieren|bringen sich|haben)[^,;]{{0,30}}? <~>(?P<a><O+>)", "Als assoziierte Partner wirken die Stadt Halle und die Alpha AG mit."),
    C("partnersWith", r"\b(?:[Zz]um|[Zz]ur|[Dd]em) <~>(?P<b><J>)[^;<>]{0,20}? (?:gehören|gehört|zählen)\b(?: (?:auch|außerdem|neben \w+|unter anderem))* <~>(?P<a><O+>)", "Zum Projekt „Delta“ gehören die Alpha GmbH und die Hochschule Harz."),
    C("partnersWith", r"\b(?:[Gg]emeinsam|[Zz]usammen|[Ii]n (?:enger |engster )?(?:Kooperation|Zusammenarbeit|Partnerschaft|Abstimmung)|[Ii]m Verbund|[Ss]eite an Seite) mit <~>(?P<a><S+>)", "Die Alpha GmbH baut gemeinsam mit der Hochschule Harz das „Labor Beta“ auf.", b="with"),
    C("partnersWith", rf"\b[Mm]it (?:im Boot|dabei|von der Partie|an Bord) (?:sind|ist|waren){_ADV} <~>(?P<a><O+>)", "Mit im Boot sind die Universität Kassel und die Alpha GmbH."),
    C("partnersWith", r"\b(?:[Bb]eteiligt|[Ee]ingebunden|[Dd]abei|[Mm]it dabei) (?:sind|ist|waren) neben <~>(?P<a2><O>)(?: auch| noch| zudem)* <~>(?P<a><O+>)", "Beteiligt sind neben der Hochschule Harz auch die Alpha GmbH und das Institut Beta."),
    C("partnersWith", rf"\b(?:[Bb]eteiligt|[Ee]ingebunden|[Mm]itgewirkt|[Mm]itwirkende|Beteiligte)(?: (?:daran|hieran|am Projekt|an dem Projekt|an <~>(?P<b><S>)))? (?:sind|ist|waren|haben){_ADV} <~>(?P<a><O+>)", "Beteiligt sind die Universität Kassel und die Alpha GmbH."),
    C("partnersWith", rf"(?P<a><O+>) (?:sind|ist|waren)\b{_ADV} (?:am|an dem|an der|an|im) [^,;<>]{{0,20}}(?P<b><J>) beteiligt", "Die Universität Kassel ist am Projekt „Delta“ beteiligt."),
    C("partnersWith", rf"\b(?:{_PARTNER}|Konsortium|Verbund)\b[^;.]*? (?:darunter|unter ihnen|unter anderem|u\. a\.|hierzu zählen|dazu zählen|dazu gehören|wie|nämlich)(?: auch)? <~>(?P<a><O+>)", "Sieben Partner, darunter die Universität Kassel, entwickeln Webstühle."),
    C("partnersWith", rf"\b(?:[Zz]um|[Dd]em|[Dd]as) (?:\w+e[nms]? )?(?:Konsortium|Verbund|Projektverbund|Projektkonsortium|Projektteam|Partnerkreis|Verbundprojekt|Projekt|Forschungsverbund|Bündnis)\b[^,;<>]*? (?:gehören|gehört|zählen|besteht aus|bilden|umfasst){_ADV} <~>(?P<a><O+>)", "Zum Konsortium gehören die Alpha GmbH und die Hochschule Harz."),
    C("cooperatesWith", r"(?P<a><S+>) (?:kooperier\w+|arbeite\w*|bündel\w+|verbindet|pflegt)\b[^,;<>]*? mit (?:(?:den|dem|der) [A-ZÄÖÜ][\w-]+(?:,| und) ){0,3}<~>(?P<b><S+>)", "Das Zentrum Alpha kooperiert mit der Beta GmbH.", b="none"),
    C("cooperatesWith", r"\b(?:[Mm]it) <~>(?P<b><S+>) (?:kooperiert|kooperieren|arbeitet|arbeiten)\b[^,;<>]*? <~>(?P<a><S>)", "Mit der Beta GmbH kooperiert das Zentrum Alpha.", b="none"),
    C("cooperatesWith", r"\bKooperation(?:svertrag|svereinbarung|spartnerschaft)? (?:von|zwischen|der|des) <~>(?P<a><S>) (?:und|mit) <~>(?P<b><S>)", "die Kooperation zwischen der Alpha GmbH und der Beta GmbH", b="none"),
    C("cooperatesWith", r"(?P<a><O>) und <~>(?P<b><O>) (?:kooperieren|arbeiten[^,;<>]* zusammen|arbeiten[^,;<>]* enger|wollen[^,;<>]* zusammenarbeiten|schließen[^,;]*?<G>|vereinbaren[^,;]*? (?:Zusammenarbeit|Kooperation)|bündeln)", "Die Alpha GmbH und die Beta GmbH arbeiten künftig enger zusammen.", b="none"),
    # members
    C("memberOf", rf"\b(?:[A-ZÄÖÜ]?[a-zäöü]*[Mm]itglieder|[Gg]esellschafter){_OF}? {_BE}(?: (?:auch|außerdem))? neben <~>(?P<a2><O>)(?: auch)? <~>(?P<a><O+>)", "Mitglieder des Verkehrsverbunds Muldental sind neben der Stadt Meerane auch der Landkreis Zwickau und die Alpha GmbH.", b="body"),
    C("memberOf", rf"\b(?:[A-ZÄÖÜ]?[a-zäöü]*[Mm]itglied(?:er|sunternehmen|er)?|(?:Haupt|Mehrheits|Mit)?[Gg]esellschafter(?:in|innen)?){_OF}? (?:{_BE}){_ADV} <~>(?P<a><N+>)", "Mitglieder sind die Stadt Meerane und der Landkreis Zwickau.", b="body"),
    C("memberOf", rf"\b(?:Haupt|Mehrheits|Mit)?[Gg]esellschafter(?:in)?{_OF} <~>(?P<a><O+>) {_BE}", "Die Alpha GmbH, deren Gesellschafter die Stadt Meerane ist, wächst.", b="none"),
    C("memberOf", rf"(?P<a><O+>) {_BE}{_ADV} (?:[a-zäöüß]+e?s? )?(?:Gründungsm|[Mm])itglied(?:er)?(?: (?:des|der|im|in der|in|von|bei|beim)\b <~>(?P<b><O>))", "Die Stadt Meerane ist Mitglied des Verkehrsverbunds Muldental.", b="none"),
    C("memberOf", r"\b[Aa]ls (?:\w+es )?(?:Gründungsm|M)itglied(?:er)? (?:des|der|im|in der|von) <~>(?P<b><O>) [a-zäöüß]+(?: [a-zäöüß]+){0,2} <~>(?P<a><O+>)", "Als Mitglied des Verkehrsverbunds Muldental profitiert die Stadt Meerane davon.", b="none", weight=0.85),
    C("memberOf", r"(?P<b><O>) (?:hat|zählt|verzeichnet|umfasst)\b[^;]*?[Mm]itglieder\b[^;]*?: <~>(?P<a><O+>)", "Der Verkehrsverbund Muldental hat zwei Mitglieder: Stadt Meerane und Landkreis Zwickau.", b="none"),
    C("memberOf", r"(?P<b><O>)[^;]*?\b[Mm]itglieder\w*,? (?:darunter|unter anderem|u\. a\.|wie) <~>(?P<a><O+>)", "Der Verkehrsverbund Muldental hat zwölf Mitglieder, darunter die Stadt Meerane.", b="none"),
    C("memberOf", r"(?P<a><O+>),? (?:[^,;<>]{0,20} )?(?:dem|der) (?P<b><O>) (?:an(?=[,.;]|\Z)|angehör\w+)", "Die Stadt Meerane gehört dem Verkehrsverbund Muldental an.", b="none"),
    C("memberOf", r"\b(?:[Ii]hm|[Ii]hr|[Dd](?:em|er) (?P<b><O>)) (?:gehören|gehört)\b[^;<>]*? an, (?:darunter|unter anderem|so|etwa|wie)(?: auch)? <~>(?P<a><O+>)", "Dem Verkehrsverbund Muldental gehören zwölf Kommunen an, darunter die Stadt Meerane.", b="body"),
    C("memberOf", r"(?P<a><O+>) gehör\w+ (?:dem|der) <~>(?P<b><O>) an\b", "Die Stadt Meerane gehört dem Verkehrsverbund Muldental an.", b="none"),
    # places
    C("locatedIn", r"\b(?:Standort|Werk|Campus) (?P<b><L>) (?:des|der|von|vom) <~>(?P<a><S>)", "Am Standort Gera der Alpha GmbH arbeiten 80 Menschen.", b="none"),
    C("locatedIn", r"(?P<a><S>) am (?:Standort|Campus) (?P<b><L>)", "die Alpha GmbH am Standort Gera", b="none"),
    C("locatedIn", r"(?P<a><S>) (?:in|aus)(?: der| den| dem)? (?P<b><L+>)(?!-)", "das Institut Beta in Chemnitz", b="none"),
    C("locatedIn", r"\b[Aa]us (?P<b><L>)(?: (?:sind|ist|kommt|kommen|stammt|stammen|waren|war|machen|macht|wirken|arbeiten|haben sich|hat sich|beteiligen sich|beteiligt sich|gehören|nehmen|nimmt)\b[^,;:<>]{0,40}?|:) <~>(?P<a><O+>)", "Aus Gera kommen das Institut Beta und die Alpha GmbH.", b="none"),
    C("locatedIn", r"\b[Ii]n (?P<b><L>) (?:arbeitet|forscht|produziert|berät|befasst sich|beschäftigt sich|kümmert sich|wirkt|entwickelt|fertigt|betreut|bietet|hilft)\b[^,;:<>]{0,30}? <~>(?P<a><S>)", "In Gera arbeitet seit Mai das Institut Beta.", b="none"),
    C("locatedIn", r"\b(?:in|aus|bei) (?P<b><L>) (?:ansässige|beheimatete|gelegene|angesiedelte|stammende|sitzende|geplante|entstehende|neue|gegründete|arbeitende)[nrsm]? (?P<a><S>)", "Die in Gera ansässige Alpha GmbH liefert.", b="none"),
    C("locatedIn", rf"(?P<a><S>),?(?: [^,;<>]{{0,40}}?)? mit {_SEAT} in (?P<b><L+>)", "der Verein Muster e. V. mit Sitz in Prenzlau", b="none"),
    C("locatedIn", rf"\b{_SEAT} (?:des|der|von|vom) <~>(?P<a><S>) (?:ist|liegt in|wird|ist in|befindet sich in)\b[^,;]*?(?P<b><L>)", "Sitz des Hauses ist Leipzig.", b="none"),
    C("locatedIn", rf"(?P<a><S>)[^,;]*? (?:seinen|ihren|den) {_SEAT}[^,;<>]{{0,25}} in (?P<b><L+>)", "Das Institut Beta hat seinen Sitz in Eilenburg.", b="none"),
    C("locatedIn", rf"\b(?:hat|haben) <~>(?P<a><S>) (?:seinen|ihren) {_SEAT}[^,;<>]{{0,20}} in (?P<b><L+>)", "Seit 2010 hat der Muster e. V. seinen Sitz in Halle.", b="none"),
    C("locatedIn", r"(?P<a><S>)[^,;]*? (?:in|bei) <~>(?P<b><L+>)[^,;<>]{0,20} (?:angesiedelt|ansässig|beheimatet|untergebracht|stationiert)", "Das Institut Beta ist in Reichenbach angesiedelt.", b="none"),
    C("locatedIn", r"(?P<a><S>) (?:sitzt|residiert|siedelt sich|ist|liegt|steht|befindet sich|zieht|kommt|entsteht)\b[^,;<>]{0,30}? (?:in|nach) (?P<b><L+>)", "Das „Zentrum Alpha“ kommt nach Eilenburg.", b="none"),
    C("locatedIn", r"\b[Ii]n (?P<b><L>) (?:entsteht|startet|geht|eröffnet|eröffnete|nimmt|nahm|gibt es|öffnet|öffnete|wurde|wird|hat)\b[^,;<>]{0,30}? (?P<a><J>)", "In Brandenburg geht das „Zentrum Alpha“ an den Start.", b="none"),
    C("locatedIn", r"\b[Ii]n (?P<b><L>) (?:sind|ist|haben|hat)\b[^;]*? <~>(?P<a><O+>)(?: \w+)? (?:ansässig|angesiedelt|beheimatet|zu Hause|ihren Sitz|seinen Sitz|untergebracht)", "In Leipzig sind der Muster e. V. und die Alpha GmbH ansässig.", b="none"),
    C("locatedIn", r"\b(?:Außenstellen?|Standorte?|Niederlassungen?|Zweigstellen?|Büros?|Geschäftsstellen?|Anlaufstellen?|Regionalbüros?) (?:sind |ist |befinden sich |gibt es |entstehen |werden |wird |liegen |soll |sollen )?(?:in|:) (?P<b><L+>)", "Außenstellen sind in Leipzig und Dresden geplant.", b="subject"),
    C("locatedIn", r"\b(?:Geschäftsstelle|Sitz|Standort) (?:wird|ist|soll|liegt|war|befindet sich)\b[^,;<>]*? in (?P<b><L>)", "Die Geschäftsstelle wird in Demmin angesiedelt.", b="subject"),
    # parts
    C("partOf", r"(?P<a><S>) (?:ist|sind|bildet|war|gilt als|wird|als) (?:ein |eine |einer |eines |der |die |das )?(?:[a-zäöüß]+e[rsn]? )*(?:Teil|Teilprojekt|Bestandteil|Einrichtung|Institut|Projekt|Tochter\w*|Baustein|Abteilung|Maßnahme|Unternehmen|Eigenbetrieb|Förderprojekt|Modellprojekt|Zentren|Hubs|Standorte) (?:des|der|von|vom|im|in der|am)\b <~>(?P<b><S+>)", "Das Teilprojekt „Alpha“ ist Teil des Projekts „Beta“.", b="none"),
    C("partOf", r"(?P<a><S>)(?: [a-zäöüß]+(?:t|en))?,? (?:ein|eine|einer|eines|einem|die|der|das|als) (?:[a-zäöüß]+e[rsn]? |hundertprozentige |100-prozentige )*(?:Teil|Teilprojekt|Bestandteil|Einrichtung|Institut|Projekt|Tochter\w*|Abteilung|Eigenbetrieb|An-Institut|Behörde|Unternehmen) (?:des|der|von|vom|im|in der)\b <~>(?P<b><S>)", "die Agentur Alpha GmbH, eine Tochter der Stadt Cottbus", b="none"),
    C("partOf", r"(?P<a><S>) (?:zum|zur|zu) <~>(?P<b><*>) (?:gehört|gehören|zählt|gehörte)\b", "die AG „Alpha“, die zum Fachkräftepakt gehört", b="none"),
    C("partOf", r"(?P<a><S>) (?:(?:gehört|gehörte|zählt|zählte)(?: [a-zäöüß]+){0,2} zu den|ist(?: [a-zäöüß]+){0,1} eine[srm]? (?:von|der|aus)) (?:[a-zäöüß\d]+ ){0,2}(?!Partner|Projektpartner|Träger|Mitglied|Gründ|Förder|Gäst|Redner|Teilnehm|Betreib|Unterstütz|Gesellschaft|Initiator)[A-ZÄÖÜ][\w-]+ (?:des|der|im|in der|am) <~>(?P<b><J>)", "Das Labor Alpha gehört zu den zwölf Standorten des Programms „Beta“.", b="none"),
    C("partOf", r"\b[Zz]u den (?:[a-zäöüß\d]+ ){0,2}(?!Partner|Projektpartner|Träger|Mitglied|Förder|Gäst|Redner|Teilnehm|Betreib|Unterstütz|Gründ|Gesellschaft|Initiator)[A-ZÄÖÜ][\w-]+ (?:des|der|im|in der|am) <~>(?P<b><J>) (?:gehört|gehören|zählt|zählen|gehörte|zählte)(?: auch| unter anderem| außerdem)* <~>(?P<a><S+>)", "Zu den Vorhaben des Programms „Beta“ zählt auch das „Labor Alpha“.", b="none"),
    C("partOf", r"(?P<a><S>) (?:gehört|gehören|zählt|zählen)(?: [a-zäöüß]+){0,2} (?:zum|zur|zu) <~>(?P<b><S>)", "Das Labor Alpha gehört zur Hochschule Harz.", b="none"),
    C("partOf", r"\b(?:[Ii]m|[Aa]ls Teil des|[Uu]nter dem|unter einem) (?:\w+en )?(?:Rahmen|Dach|Zuge) (?:des|der|von|vom)\b <~>(?P<b><S>)", "Das Projekt „Alpha“ wird im Rahmen des Programms „Beta“ gefördert.", b="frame"),
    C("partOf", r"\b(?:zugrunde ?liegende[nrsm]?|[Gg]rundlage (?:ist|dafür ist|bildet)(?: das| die)?) (?:\w+ )?(?P<b><J>)", "Grundlage ist das Förderprogramm „Beta“.", b="frame", certainty="implied"),
    C("partOf", r"\b(?:[Uu]nter dem Dach|[Aa]ls Teil|[Ii]nnerhalb) (?:des|der|von|vom)\b <~>(?P<b><J>)", "Unter dem Dach des Programms „Beta“ entsteht das „Labor Alpha“.", b="frame"),
    C("partOf", r"\b(?:[Ii]m|[Aa]us dem|[Ii]n der|[Üü]ber das|[Dd]urch das|[Ii]nnerhalb des) (?:\w+-)?(?:[Pp]rogramms? |Förderprogramms? |Initiative )?(?P<b><J>)", "Unterstützt wird das Vorhaben im Programm „Beta“.", b="frame"),
    # who acts for whom
    C("represents", r"(?P<b><O>)(?: (?:ko|mit|teil)?(?:finanziert|gefördert|unterstützt|getragen),)?,? (?:(?:dieses|diese|dieser|letzteres|beide|das|es|letztere|jeweils) )?vertreten durch <~>(?P<a><O>|<P>)", "der Freistaat Sachsen, vertreten durch das Staatsministerium für Kultur", b="none"),
    C("represents", r"(?P<a><P>) für (?:das |die |den )?(?P<b><O>)", "Die Vereinbarung unterzeichneten Anna Muster für die Alpha GmbH und Otto Beispiel für die Stadt Halle.", b="signing"),
    C("represents", r"(?<!<R> )(?P<a><P>) (?:vom|von der|von dem|von den|aus dem|aus der)\b <~>(?P<b><O>)(?![^;,]* (?:kommt|kam|wechselt|wechselte|stammt|begrüßt|gewählt|berufen|bestellt|geehrt)\b)", "Anna Muster vom Institut Beta", b="none", weight=0.85),
    # one after another
    C("successorOf", r"(?P<a><S>)[^,;]*? (?:geht|ging|gingen)\b[^,;]*? aus <~>(?P<b><S>) hervor", "Das Netzwerk Alpha geht aus dem Arbeitskreis Beta hervor.", b="none"),
    C("successorOf", r"(?P<a><S>) (?:ist|war|entstand)\b[^,;]*? aus <~>(?P<b><S>)(?: hervorgegangen|\Z|\.)", "Das Netzwerk Alpha ist aus dem Arbeitskreis Beta hervorgegangen.", b="none"),
    C("successorOf", r"(?P<a><S>) (?:ist|wird|als|tritt|folgt)\b[^,;<>]* (?:Nachfolge\w*|Rechtsnachfolger(?:in)?) (?:des|der|von|vom|auf)\b <~>(?P<b><S>)", "Das Zentrum Alpha ist Nachfolger des Zentrums Beta.", b="none"),
    C("successorOf", r"(?P<a><S>) (?:ersetzt|ersetzte|folgt(?: [a-zäöüß]+){0,2} auf|löst(?: [a-zäöüß]+){0,2})(?: <~>)(?P<b><S>)", "Das Zentrum Alpha folgt auf das Zentrum Beta.", b="none"),
    C("successorOf", r"(?P<a><P>)(?:, [^;]*?,)? (?:löst|löste)\b[^;]*? <~>(?P<b><P>)[^;]*? ab\b", "Anna Muster löst Otto Beispiel ab.", b="none"),
    C("successorOf", r"(?P<a><P>) (?:folgt|folgte) (?:<R> )?(?P<b><P>)[^;:<>]* nach(?=[,.;]|\Z)", "Anna Muster folgt Otto Beispiel nach.", b="none"),
    C("successorOf", r"\b[Aa]uf <~>(?P<b><P>)[^;]*? (?:folgt|folgte)\b[^;]*? (?P<a><P>)", "Auf Otto Beispiel folgt Anna Muster.", b="none"),
    C("successorOf", r"(?P<a><P>)[^;]*?\b(?:(?:die|der|in|als|ist|wird|zum|zur) )(?:Nachfolge\w*|Amtsnachfolge\w*) (?:von|des|der) <~>(?P<b><P>)", "Anna Muster tritt die Nachfolge von Otto Beispiel an.", b="none"),
    C("successorOf", r"\bNachfolger(?:in)? (?:von|des|der) <~>(?P<b><P>)[^;<>]* (?:ist|wird|wurde) (?P<a><P>)", "Nachfolgerin von Otto Beispiel ist Anna Muster.", b="none"),
    C("successorOf", r"(?P<b><P>)[^;]*? (?:übergab|übergibt|übergeben)\b[^;]*? (?:[A-ZÄÖÜ]\w*[Ll]eitung|Leitung|Führung|\w*[Vv]orsitz|Amt|\w*[Ss]tab|Geschäfte|Posten|Zepter|Verantwortung|Ruder)\b[^;]*? an (?P<a><P>)", "Otto Beispiel übergab den Vorsitz an Anna Muster.", b="none", weight=0.85),
    C("successorOf", r"\b(?:[Ss]ein|[Ii]hr)e?n? (?:Vorgänger(?:in)?|Amtsvorgänger(?:in)?)(?: (?:war|ist))? (?P<b><P>)", "Ihr Vorgänger war Otto Beispiel.", b="person-subject"),
    # who heads
    C("headOf", r"(?P<b><S>) unter (?:der )?(?:\w+er )?(?:Leitung|Führung) (?:von|des|der) <~>(?P<a><P>)", "Das Institut Beta unter Leitung von Anna Muster forscht.", b="none"),
    C("headOf", r"(?<!<S> )\b(?:[Uu]nter|in) (?:der )?(?:\w+er )?Leitung von <~>(?P<a><P>)", "Das Projekt „Delta“ entsteht unter der Leitung von Anna Muster.", b="clause"),
    C("headOf", rf"\b(?:[A-ZÄÖÜ][a-zäöü]*leitung|Leitung|Führung){_OF_AFAR}?(?: (?:hat|haben|liegt(?: [a-zäöü]+){{0,2}} bei|übernimmt|übernahm|obliegt|liegt in den Händen von|wird)|:)(?: (?:künftig|weiterhin|die|der))* (?:[A-ZÄÖÜ][a-zäöü]+(?:in)? )?(?P<a><P+>)", "Die Leitung übernimmt Anna Muster.", b="subject"),
    C("headOf", rf"(?P<a><P>)[^,;<>]* (?:übernimmt|übernahm|übernommen|hat|hatte)[^,;]*? die (?:Leitung|Führung|Geschicke|Projektleitung){_OF}?", "Anna Muster übernimmt die Leitung des Landesamts.", b="subject"),
    C("leadsConsortium", rf"(?P<a><O>)[^,;<>]*(?:<D>)?[^,;<>]* die {_GUIDE}\b[^,;]* (?:hat|innehat|inne|übernimmt|übernommen hat|übernahm)\b", "Neu ist das Institut Beta, das seit 2019 auch die Federführung innehat."),
    C("operates", rf"\b{_CARRY}, <~>(?P<a><O>)(?=[,.;]|\Z)", "Der neue Träger, die Alpha eG, zieht ein."),
    C("funds", r"\b(?:[Aa]us|[Vv]on|[Vv]om) <~>(?P<a><O+>) (?:kommen|kommt|fließen|stammen|stammt)\b[^;]*<A>", "Aus Bundesmitteln kommen 12 Millionen Euro."),
    C("funds", r"<A> (?:vom|von|von der|von den|aus dem|aus der|aus Mitteln|aus)\b <~>(?P<a><O+>)", "Es gibt 7 Millionen Euro, davon 5,2 Millionen Euro von der Stadt Halle."),
    C("funds", r"\b(?:gibt|geben|gab|gaben|zahlt|stellt|stellen|stellte|stellten|investiert|bewilligte|spendet|gewährt|steuert) <~>(?P<a><O+>)[^;,]*? <A>", "Für den Umbau gibt die Stiftung Alpha 250.000 Euro."),
    C("partnersWith", r"\A(?:(?:dem|der) (?P<b><J>) )?(?:außerdem |auch |zudem |ferner |neben <~><O> (?:auch )?)?<~>(?P<a><O+>)(?: [a-zäöüß]+)? (?:angehören|angehört|zusammenarbeiten|mitarbeiten)\b", "Es gibt ein Konsortium, dem außerdem die Alpha GmbH und die Stadt Halle angehören."),
    C("partnersWith", r"(?P<a><O>(?:,| und| sowie) <~><O+>) (?:gründen|gründeten|starten|starteten|entwickeln|erproben|bauen|eröffnen|eröffneten|haben|wollen|tragen|richten)\b[^;]*? (?:gemeinsam|zusammen)[^;]*? <~>(?P<b><J>)", "Die Alpha GmbH und die Universität Leipzig gründen gemeinsam das „Labor Delta“.", b="none", weight=0.85),
    C("partnersWith", rf"\b{_PARTNER}\b[^;:]{{0,60}}: <~>(?P<a><O+>)", "Fünf Partner stehen hinter dem Vorhaben: das Institut Beta und die Alpha GmbH"),
    C("partnersWith", r"\b[Hh]inter (?:ihm|ihr|dem \w+|der \w+|<~>(?P<b><S>)) (?:stehen|steht)(?: neben <~>(?P<a2><O>))? <~>(?P<a><O+>)", "Hinter ihm stehen neben der Hochschule Harz die Handwerkskammer Halle und der Muster e. V."),
    C("partnersWith", r"\b(?:[Zz]um|[Ii]m|[Aa]m|[Ff]ür das|[Bb]eim|[Ii]n dem) <~>(?P<b><J>) haben sich <~>(?P<a><O+>)[^;<>]* (?:zusammengeschlossen|zusammengetan|verbündet|zusammengefunden)", "Zum Projekt „Delta“ haben sich die Alpha GmbH und die Hochschule Harz zusammengeschlossen."),
    C("partnersWith", rf"(?P<a><O+>)(?: auch)? (?:k?eine? )?{_PARTNER}{_OF} (?:ist|sind|sei|seien|war|waren|wird|werden)\b", "dass der Muster e. V. kein Partner des Projekts sei"),
    C("partnersWith", rf"\b(?:kommt|kommen|kam|kamen|stößt|stoßen|steigt|steigen|beteiligt sich|beteiligen sich|dabei)\b[^,;<>]* als {_PARTNER} <~>(?P<a><O+>)", "Neu hinzu kommt als Partner die Alpha GmbH."),
    C("partnersWith", r"\ban (?:dem|der) (?P<b><J>)[^;<>]* <~>(?P<a><O+>)[^;<>]* (?:beteiligt|mitwirken|mitwirkt|mitarbeiten|teilnehmen|mitarbeitet)", "das Projekt, an dem auch die Alpha GmbH beteiligt ist"),
    C("cooperatesWith", r"(?P<a><O>) und <~>(?P<b><O>)[^;<>]* (?:Zusammenarbeit|Kooperation|Partnerschaft)\b[^;<>]* (?:vereinbart\w*|besiegelt\w*|beschlossen|gestartet|verabredet|begonnen)", "Das Institut Beta und der Muster e. V. haben eine engere Zusammenarbeit vereinbart.", b="none"),
    C("cooperatesWith", r"(?P<a><O>) und <~>(?P<b><O>) (?:(?:wollen|werden|haben|wird|will) )?(?:[^,;<>]* )?(?:gemeinsam|miteinander) (?:[^,;<>]* )?(?:qualifizier|entwick|forsch|arbeit|erprob|ausbild|aufbau|anbiet|betreib|plan|umsetz|stärk|nutz|gestalt|vorantreib|berat|untersuch)[a-zäöüß]*(?=[,.;]|\Z)", "Die Alpha GmbH und der Muster e. V. wollen Fachkräfte gemeinsam ausbilden.", b="none", weight=0.78),
    C("cooperatesWith", r"(?P<a><S>)[^;]* und (?:kooperier\w+|arbeitet|arbeiten)\b[^,;<>]*? mit <~>(?P<b><S+>)", "Der Muster e. V. ist Mitglied im Alpha e. V. und arbeitet eng mit der Hochschule Harz zusammen.", b="none", weight=0.8),
    C("locatedIn", r"(?P<a><S>),?(?: [^,;<>]{0,40}?)? mit (?:Standorten?|Büros?|Niederlassungen?|Außenstellen?|Geschäftsstellen?|Laboren) in (?P<b><L+>)", "das „Zentrum Alpha“ mit Standorten in Rostock und Neubrandenburg", b="none"),
    C("locatedIn", r"(?P<a><S>)(?: [a-zäöüß]+){0,3} in (?P<b><L>)[^,;<>]{0,20} (?:sitzt|liegt|residiert|arbeitet|sitzen|liegen)\b", "Die Alpha GmbH, die zunächst in Halle sitzt, wächst.", b="none"),
    C("locatedIn", r"(?P<a><S>)[^;<>]*(?:<L>[^;<>]*)? nach (?P<b><L>) (?:ziehen|umziehen|umzieht|zieht|verlegt|wechselt|umgezogen|gezogen)\b", "Die Alpha GmbH, die später nach Leipzig ziehen soll, wächst.", b="none"),
    C("locatedIn", r"(?P<a><S>)[^,;<>]* (?:hat|haben|unterhält|betreibt) (?:seine|ihre|eine|die) (?:Geschäftsstelle|Landesgeschäftsstelle|Zentrale|Hauptgeschäftsstelle|Verwaltung)[^,;<>]{0,15} in (?P<b><L>)", "Der Verband hat seine Geschäftsstelle in Meerane.", b="none"),
    C("represents", r"\b[Ff]ür (?:das |die |den )?(?P<b><O>) (?:unterschrieb|unterzeichnete|unterschrieben|unterzeichneten|nahm|nahmen|sprach|war|waren|kam|setzte|begrüßte|gratulierte|saß|sitzt)\b[^,;<>]*(?:<R> )?(?P<a><P>)", "Für das Land Brandenburg unterschrieb Anna Muster.", b="none"),
    C("successorOf", r"\b[Aa]bgelöst (?:wird|wurde) (?P<b><P>)[^;]*? (?:von|durch) <~>(?P<a><P>)", "Abgelöst wird Otto Beispiel von Anna Muster.", b="none"),
    C("successorOf", r"(?P<b><P>) (?:wird|wurde)\b[^;]*? (?:von|durch) <~>(?P<a><P>)[^;]* (?:abgelöst|ersetzt)", "Otto Beispiel wird von Anna Muster abgelöst.", b="none"),
    C("successorOf", r"(?P<a><J>) (?:löst|löste|ersetzt)(?: das| die| den)?(?: frühere[n]?| bisherige[n]?| alte[n]?)? <~>(?P<b><S>)(?: ab)?", "Es löst das frühere „Transferbüro Digital“ ab.", b="none"),
    C("top_", r"\b[Aa]n der Spitze(?: (?:des|der|von) <~>(?P<b><S>))? (?:steht|stand)[^;<>]*? (?:<R> )?(?P<a><P>)", "An der Spitze steht nun Anna Muster.", b="subject"),
    C("managedBy_", rf"\bGeschäfte{_OF}? (?:führt|führen|leitet)(?: (?:künftig|weiterhin|seit \w+))* (?P<a><P+>)", "Die Geschäfte führt Anna Muster.", b="subject"),
    C("managedBy_", rf"(?P<a><P>) führt[^,;<>]* die Geschäfte{_OF}?", "Anna Muster führt die Geschäfte des Muster e. V.", b="subject"),
    C("managedBy_", rf"\bGeschäftsführung{_OF}?(?: (?:hat|haben|liegt(?: [a-zäöü]+){{0,2}} bei|übernimmt|übernahm|obliegt)|:| –)(?: (?:künftig|weiterhin))* (?P<a><P+>)", "Die Geschäftsführung übernimmt Anna Muster.", b="subject"),
    C("managedBy_", rf"(?P<a><P>)[^,;]* (?:übernimmt|übernahm|hat)[^,;]*? die Geschäftsführung{_OF}?", "Anna Muster übernimmt die Geschäftsführung der Alpha GmbH.", b="subject"),
    C("chairedBy_", rf"\b(?:Vorsitz|Vorstandsvorsitz|Präsidentschaft){_OF}?(?: (?:hat|haben|führt|liegt(?: [a-zäöü]+){{0,2}} bei|übernimmt|übernahm|obliegt)|:| –)(?: (?:künftig|weiterhin|nun))* (?P<a><P>)", "Den Vorsitz übernimmt Anna Muster.", b="subject"),
    C("chairedBy_", rf"(?P<a><P>)[^,;]* (?:übernimmt|übernahm|hat|führt)[^,;]*? den (?:Vorsitz|Vorstandsvorsitz){_OF}?", "Anna Muster übernimmt den Vorsitz des Muster e. V.", b="subject"),
)  # fmt: skip
