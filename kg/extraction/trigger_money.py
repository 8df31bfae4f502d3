"""Triggers of money, lead and carriers: who funds, leads and operates."""

from __future__ import annotations

from kg.extraction.triggers import Trigger

T = Trigger
_FOR = "J acc nom für in im zum zur dat gen =project"
_OF_J = "J gen für im in beim bei zum zur an am dat acc nom =project"
MONEY = (
    T("funds", r"(?:lässt|lassen|ließ|ließen) sich\b[^;]* kosten", "M", "J acc für =project",
      "3 Millionen Euro lässt sich das Ministerium für Verkehr das Projekt „Delta“ kosten."),
    T("funds", r"(?:trägt|tragen|trug|trugen|übernimmt|übernehmen|übernahm|begleicht)\b[^;]*\b(?:Kosten|Ausgaben|Aufwendungen|Finanzierung|<A>)|(?:Kosten|Ausgaben) (?:trägt|tragen|übernimmt|übernehmen)",
      "M", _FOR, "Bis 2022 tragen das Ministerium für Verkehr und der Europäische Sozialfonds die Kosten."),
    T("funds", r"(?:aus|mit) (?:dem |der |den )?(?:Etats?|Haushalts?|Haushaltsmitteln?|Töpfen|Topf|Budgets?|Kasse|Mitteln|Programmmitteln|Fördermitteln|Geldern|Zuschüssen|Zuwendungen|Schatulle)",
      "M gen aus", _FOR, "Das Geld für das Projekt „Delta“ stammt aus dem Etat des Ministeriums für Verkehr."),
    T("funds", r"(?:Zuwendung|Zuwendungsbescheid|Förderbescheid|Fördermittelbescheid|Förderzusage|Zuschuss|Finanzspritze|Förderung|Anschubfinanzierung|Bewilligung|Anteilsfinanzierung|Spende|Geld|Gelder|Fördergelder|Fördermittel|Mittel)(?: (?:in Höhe )?(?:von|über) (?:rund |insgesamt )?<A>)?(?= (?:des|der|vom|von|durch|aus)\b)",
      "M gen durch aus", _FOR, "Zuwendung des Landes Hessen: rund 183.000 Euro"),
    T("funds", r"(?:kommt|kommen|kam|kamen) (?:\w+ )?(?:für [^;]* )?auf(?=[,.;]|\Z)|steht\b[^;]*\bals (?:Förderer|Geldgeber|Finanzier)|fungiert\w* als (?:Förderer|Geldgeber)|finanziell(?:e[rn]?)? (?:unterstützt|gefördert|getragen|ermöglicht|Unterstützung|Förderung)",
      "M durch von vom gen nom", "J nom für =project", "Finanziell ermöglicht wird das Projekt „Delta“ durch das Land Hessen."),
    T("funds", r"(?:gefördert|finanziert|bezuschusst|unterstützt|ermöglicht|gesponsert|mitfinanziert|bezahlt|angeschoben)(?: (?:wird|werden|wurde|wurden|ist|sind))?",
      "M durch von vom", "J nom acc =project", "Möglich wurde das Projekt „Delta“, gefördert vom Land Hessen."),
    T("funds", r"(?:bewilligt\w*|genehmigt\w*|spendier\w+|sponser\w+|stiftet\w*|überweist|überwies|schießt\b[^;]* zu|sichert\w*\b[^;]* zu|sagt\w*\b[^;]* zu|stellt\w*\b[^;]* (?:bereit|zur Verfügung)|steckt\w*\b[^;]* in|pumpt\w*|bereitstell\w+)(?=[^;]*<A>)|<A>[^;]* (?:bewilligt|zugesagt|bereitgestellt|zur Verfügung gestellt|überwiesen|investiert)",
      "M von vom nom", _FOR, "1,2 Millionen Euro hat das Land Hessen dem Projekt „Delta“ zugesagt."),
    T("funds", r"(?:Geldgeber(?:in)?|(?:Haupt|Groß)?[Ff]örderer|Hauptförderin|Förderin|Finanzier|Fördergeber(?:in)?|Zuwendungsgeber(?:in)?|Fördermittelgeber(?:in)?|Mittelgeber(?:in)?|Hauptsponsor(?:in)?)(?: (?:ist|sind|war|waren|bleibt|bleiben))?",
      "M nom", "J gen nom für =project", "Wichtigster Geldgeber des Projekts „Delta“ bleibt das Land Hessen."),
    T("coFunds", r"Eigenanteils?(?:, (?:aufgebracht|getragen|gestemmt|finanziert))?|Komplementärmittel|Kofinanzierung|Ko-Finanzierung|Restfinanzierung|Mitfinanzierung|Restbetrag|(?:den|der) Rest|die übrigen (?:Kosten|Mittel|<A>)|die andere Hälfte",
      "M von vom durch gen nom", _FOR, "Den Rest übernimmt die Stadt Halle."),
    T("funds", r"(?:beteilig\w+ sich|sich beteiligt|sich\b[^;,]* beteilig\w+)(?= (?:[^;]* )?(?:finanziell|an den Kosten|an der Finanzierung|mit (?:\w+ )?<A>))|(?:finanziell|an den Kosten|an der Finanzierung|mit (?:\w+ )?<A>)(?=[^;]*\bbeteilig\w+)",
      "M", _FOR, "Auch der Landkreis Nordwald beteiligt sich mit 50.000 Euro."),
    T("coFunds", r"(?:legt|legen|packt|packen)\b[^;]* (?:drauf|obendrauf|dazu)|stockt\w*\b[^;]* auf|(?:gibt|geben|steuert|steuern|steuerte|schießt)\b[^;]* (?:dazu|hinzu|bei|zu)(?=[,.;]|\Z)|kofinanzier\w+",
      "M nom durch von vom", _FOR, "Der Landkreis Nordwald legt 50.000 Euro drauf."),
    T("coFunds", r"(?:gibt|geben|gab|stellt|stellen|steuert|steuern|gewährt|gewähren)\b[^;]* (?:ergänzende|zusätzliche|weitere|eigene) (?:Mittel|Gelder|Fördermittel|Förderung)",
      "M nom", _FOR, "Gefördert wird das Projekt „Delta“ vom Bund; das Land Hessen gibt ergänzende Mittel."),
    T("leadsConsortium", r"(?:Leitung|Führung|Federführung|Koordination|Koordinierung|Konsortialführung|Verbundleitung)\b[^;]* teilen sich|teilen sich\b[^;]* (?:Leitung|Führung|Federführung|Koordination|Koordinierung|Konsortialführung|Verbundleitung)",
      "O nom", "J gen für im =project", "Die Leitung des Projekts „Delta“ teilen sich die Hochschule Harz und die Stadt Halle."),
    T("leadsConsortium", r"federführende[nrms]?", "O next", _OF_J, "Neben der federführenden Hochschule Harz gehört die Alpha GmbH zum Projekt „Delta“."),
    T("leadsConsortium", r"(?:Federführung|Konsortialführung|Gesamtkoordination|Projektkoordination|Verbundkoordination|Koordination|Gesamtleitung|Projektleitung|Konsortialleitung|Verbundleitung)",
      "O nom bei beim von vom durch an gen", _OF_J, "Die Federführung soll die Hochschule Harz bekommen."),
    T("leadsConsortium", r"(?:anführ\w*|führ\w+|leit\w+|koordinier\w+|steuer\w*|lenk\w+)(?=[^;]* (?:Konsortium|Verbund|Bündnis|Projektverbund|Verbundprojekt))|(?:Konsortium|Verbund|Bündnis|Projektverbund)[^;]* (?:anführ\w*|führ\w+|angeführt|geführt|leitet|geleitet|koordinier\w+|lenkt)",
      "O von vom durch nom", "J acc gen nom =project", "Die Hochschule Harz soll ein Konsortium anführen."),
    T("leadsConsortium", r"federführend(?: (?:verantwortlich|beteiligt|betreut|koordiniert|zuständig|tätig))?|unter der Regie|Regie (?:führt|hat|übernimmt)|die Fäden (?:laufen|zusammen)|hält\b[^;]* die Fäden in der Hand|in den Händen",
      "O von vom durch gen bei beim nom", _OF_J, "Die Fäden hält die Hochschule Harz in der Hand, die das Projekt „Delta“ federführend betreut."),
    T("leadsConsortium", r"(?:koordiniert|geleitet|angeführt|gesteuert)", "O von vom durch", "J nom acc =project", "Koordiniert wird das Projekt „Delta“ von der Hochschule Harz."),
    T("operates", r"verantwortet|verantworten|aufgelegt|betrieben|getragen|unterhalten|organisiert|angeboten|umgesetzt|durchgeführt|ausgerichtet|realisiert|initiiert|verwaltet|betreut|auf den Weg gebracht",
      "O von vom durch", "J nom acc =project", "Die „Werkstatt Delta“, verantwortet vom Ministerium für Verkehr, wächst."),
    T("operates", r"betreibt|betreiben|betrieb|unterhält|unterhalten|verantwortet|verantworten|(?<!Prozent )trägt(?![^;]* (?:Kosten|Prozent|Rest|Anteil))|legt\w*\b[^;]* auf|setzt\w* (?:[^;]* )?um|umsetzt|umsetzen",
      "O", "JH acc", "Die „Werkstatt Delta“ betreibt die Stadt Halle."),
    T("operates", r"(?:übernimmt|übernehmen|übernahm\w*|fungier\w+|agier\w+|auftritt|tritt|treten|wirk\w+|stehen|steht)\b[^;]* als (?:\w+ )?(?:Träger(?:in)?|Betreiber(?:in)?)|als (?:\w+ )?(?:Träger(?:in)?|Betreiber(?:in)?)\b[^;]* (?:fungiert\w*|auf|tritt|steht|stehen|verantwortlich|zuständig)",
      "O", "J acc gen von nom für =project", "Als Träger der „Werkstatt Delta“ fungiert die Stadt Halle."),
    T("operates", r"(?:Betrieb|Trägerschaft|Betriebsführung|Bewirtschaftung)(?=[^;]* (?:übernimmt|übernommen|übernehmen|übernahm\w*|innehat))|(?:übernimmt|übernehmen|übernahm\w*)\b[^;]* (?:Betrieb|Trägerschaft|Betriebsführung|Bewirtschaftung)(?! auf)",
      "O nom bei", "JH gen für von =project", "Im Mai hat die Alpha GmbH den Betrieb des „Labors Delta“ übernommen."),
    T("operates", r"(?:ins Leben gerufen|auf den Weg gebracht|aufgelegt|ausgeschrieben)(?: (?:hat|haben|hatte|hatten))?(?![^;]* (?:von|vom|durch)\b)",
      "O nom", "J acc nom", "Das Förderprogramm „Eta“ hat das Ministerium für Verkehr ins Leben gerufen."),
    T("operates", r"(?:zeichne\w*|ist|sind)\b[^;]* verantwortlich|verantwortlich (?:für [^;]* )?(?:zeichne\w*|ist|sind)|hinter (?:dem|der) [^;]* (?:steht|stehen|steckt|stecken)|wer (?:uns|es|sie|ihn) trägt",
      "O", "J hinter für =project", "Für die „Werkstatt Delta“ zeichnet die Stadt Halle verantwortlich."),
    T("operates", r"(?:ist|war|bleibt) (?:ein(?:e)? )?(?:\w+ )?(?:Projekt|Vorhaben|Angebot|Initiative|Maßnahme|Kooperationsprojekt)(?= (?:der|des|von|vom)\b)",
      "O gen", "J nom", "Die „Werkstatt Delta“ ist ein Angebot der Stadt Halle.", weight=0.8),
)  # fmt: skip
