"""Triggers of partners, members, parts and places."""

from __future__ import annotations

from kg.extraction.triggers import Trigger

T = Trigger
_IN_J = "J an am im in beim bei zum zur für hinter gen dat acc =project"
_WITH = r"(?=[,.:;]|\Z| (?:sind|ist|waren|war)\b)"
_GROUP = r"(?:Konsortium|Verbund|Bündnis|Projektteam|Projektverbund|Partnerkreis|Projektkonsortium|Kreis der (?:\w+)?[Pp]artner)"
PARTNERS = (
    T("partnersWith", r"mit von der Partie|mit(?: im| an| am) (?:Boot|Bord|Team|Bunde?|Tisch)|mit dabei|(?:sind|ist|waren|war)(?: \w+)? dabei|dabei (?:sind|ist|waren|war)|an Bord|ins Boot|im Boot",
      "O", _IN_J, "Von Anfang an mit von der Partie ist die Stadt Halle."),
    T("partnersWith", r"zur Seite (?:steh\w+|stand\w*)|(?:steh\w+|stand\w*)\b[^;]* zur Seite|an (?:seiner|ihrer|deren|dessen) Seite", "O nom", "J dat =project", "Ihm zur Seite stehen die Alpha GmbH und die Stadt Halle.", weight=0.78),
    T("partnersWith", rf"(?:macht|machen|wirkt|wirken|arbeitet|arbeiten|zieht|ziehen|tüftel\w+|forsch\w+|entwickel\w+)\b[^;]*\bmit{_WITH}|mitmach\w*|mitwirk\w*|mitgewirkt|mitarbeit\w*|mitgemacht",
      "O", _IN_J, "Ebenso machen die Alpha GmbH und die Stadt Halle mit."),
    T("partnersWith", r"beteilig\w+ sich|sich\b[^;]* beteilig\w+|beteiligt|eingebunden|involviert|bring\w+ sich\b[^;]* ein|bring\w+\b[^;]* ein(?=[,.;]|\Z)|einbring\w*|eingebracht|verankert",
      "O", "J an am im in beim bei zum zur dat", "Am Projekt „Delta“ beteiligen sich die Alpha GmbH und die Stadt Halle."),
    T("partnersWith", r"(?:sind|ist|waren|war)\b(?![^;]* (?:an|am) )[^;]* (?:beteiligt|eingebunden)(?=[,.;]|\Z)|(?:beteiligt|eingebunden) (?:sind|ist|waren|war)\b(?![^;]* (?:an|am) )", "O nom", "J in im bei =project", "Neben der Hochschule Harz ist die Alpha GmbH beteiligt.", weight=0.78),
    T("partnersWith", rf"{_GROUP}\b[^;]* (?:an|angehör\w*|gehör\w*|vertreten|bilden|bildet|zählen|zählt|besteht|bestehend|mitarbeiten|arbeiten|sind|sitzen|komplettieren|versammelt|vereint)(?![\w-])|(?:gehören|gehört|zählen|zählt|bilden|bildet|komplettieren|angehören)\b[^;]* {_GROUP}",
      "O nom aus", "J gen im zum beim für =project", "Dem Konsortium gehören die Alpha GmbH und die Stadt Halle an."),
    T("partnersWith", r"zusammengeschlossen|zusammengetan|verbündet|zusammengefunden|zusammentun|schließen sich\b[^;]* zusammen|an einem Strang|Hand in Hand|Schulterschluss|gemeinsame Sache|mit vereinten Kräften",
      "O", "J zum zur im für in beim =project", "Für das Projekt „Delta“ haben sich die Alpha GmbH und die Stadt Halle zusammengetan.", weight=0.82),
    T("partnersWith", r"bild(?:en|eten)(?= (?:\w+ )?(?:das|den|die|ein|eine|einen) )|gebildet", "O nom von", "J acc nom", "Die Alpha GmbH und die Stadt Halle bilden das Projekt „Delta“.", weight=0.78),
    T("partnersWith", r"(?:als|zu den|unter den|zum Kreis der|zu seinen|zu ihren) (?:\w+[en]{1,2} )?(?:Projekt|Verbund|Kooperations|Konsortial|Praxis|Netzwerk|Forschungs|Transfer|Umsetzungs|Bündnis)?[Pp]artner(?:n|innen|in)?",
      "O", _IN_J, "Zu den Projektpartnern zählt auch die Stadt Halle."),
    T("partnersWith", r"Partner(?:in|innen|n)?(?: (?:der|des|von) [^;,]{1,6})?", "O nom", "J im in am für bei beim", "Partner der Hochschule Harz im Projekt „Delta“ ist die Alpha GmbH.", weight=0.8),
    T("partnersWith", r"(?:Projekt|Verbund|Konsortial|Praxis|Forschungs)partner(?:in|innen|n)?", "O nom after", "J gen im von in für beim =project", "Konsortialpartner u. a.: Stadt Halle", weight=0.82),
    T("partnersWith", r"(?:wissenschaftlich |fachlich )?(?:begleitet|beraten)", "O von vom durch", "J nom acc =project", "Wissenschaftlich begleitet wird das Projekt „Delta“ von der Hochschule Harz.", weight=0.8),
    T("partnersWith", r"(?:[Bb]egleitung|[Pp]raxispartnerschaft|Begleitforschung)", "O nom bei", "J gen im =project", "Die wissenschaftliche Begleitung übernimmt die Hochschule Harz.", weight=0.78),
    T("partnersWith", r"(?:[Bb]eteiligung|[Mm]itwirkung|[Mm]itarbeit)(?= (?:der|des|von|vom)\b)", "O gen", "J an am im in bei", "Eine Mitwirkung der Stadt Halle am Projekt „Delta“ ist geplant.", weight=0.75),
    T("partnersWith", r"(?:lehn\w+|schloss|schließt|schließen)\b[^;]* (?:Beteiligung|Mitwirkung|Mitarbeit|Teilnahme)\b[^;]* (?:ab|aus)(?=[,.;]|\Z)", "O nom", "J an am im in bei", "Die Stadt Halle lehnte eine Beteiligung am Projekt „Delta“ ab.", weight=0.75),
    T("partnersWith", r"besteht|bestehend|bestehen|setzt sich\b[^;]* zusammen|umfasst|vereint|bündelt", "O aus acc", "J nom", "Das Projekt „Delta“ vereint die Alpha GmbH und die Stadt Halle.", weight=0.78),
    T("cooperatesWith", r"kooperier\w+|zusammenarbeit\w*|zusammen(?=[,.;]|\Z)|Kooperationen?|Zusammenarbeit|Partnerschaft|kooperiert|Schulterschluss|verbündet|tut sich\b[^;]* zusammen|tun sich\b[^;]* zusammen|Kooperationspartner(?:in|innen|n)?",
      "O nom acc", "O mit", "Auf wissenschaftlicher Seite arbeitet der Muster e. V. eng mit der Hochschule Harz zusammen."),
    # members
    T("memberOf", r"gehör\w+\b[^;]* an(?=[,.;]| –|\Z)|angehör\w*", "OP nom", "C dat", "Auch die Stadt Halle gehört dem Verkehrsverbund Muldental schon lange an."),
    T("memberOf", r"aufgenommen (?:werden|wird|wurden?|worden|ist|sind)|(?:wird|werden|wurden?|ist|sind|worden)\b[^;]* aufgenommen|aufgenommen (?=in den |in die |ins )|Aufnahme(?= (?:des|der|von)\b)|Beitritt(?= (?:des|der|von)\b)|beitreten", "O nom gen", "C in zum zur dat =main", "Einstimmig aufgenommen wurde die Stadt Halle in den Verkehrsverbund Muldental.", weight=0.78),
    T("memberOf", r"beigetreten|beitr\w+t\w*|(?:tritt|treten|trat|traten)\b[^;]* bei(?=[,.;]|\Z)|schlie(?:ß|ss)\w* sich\b[^;]* an(?=[,.;]|\Z)|schloss\w* sich\b[^;]* an(?=[,.;]|\Z)|sich\b[^;]* angeschlossen",
      "O nom", "C dat =main", "Auch die Stadt Halle hat sich dem Verkehrsverbund Muldental angeschlossen."),
    T("memberOf", r"(?:ist|sind|war|waren|wird|werden|wurden?|bleibt)\b[^,;]* Mitglied(?= (?:im|in|bei|beim|des|der)\b)|(?:Gründungs|Ehren|Förder|Neu)mitglied(?:er|s)?(?: (?:ist|sind|war|waren|wird|werden|wurde|wurden|bleibt))?", "OP nom", "C gen in im bei beim", "Gründungsmitglied im Verkehrsverbund Muldental ist die Stadt Halle."),
    T("memberOf", r"zähl\w+(?=[^;]* zu (?:seinen|ihren) (?:\w+en )?Mitgliedern)|zu (?:seinen|ihren) (?:\w+en )?Mitgliedern (?:zähl|rechn)\w+", "O acc", "C nom", "Der Verkehrsverbund Muldental zählt die Stadt Halle zu seinen Mitgliedern."),
    T("memberOf", r"(?:zu(?:m|r)?|unter)(?: (?:den|dem|der))? (?:(?!seinen |ihren )\w+en )?(?:Gründungsm|M)itglieder(?:n|kreis)", "OP nom", "C gen nom =main", "Zu den Mitgliedern des Verkehrsverbunds Muldental zählt auch die Stadt Halle."),
    T("memberOf", r"zu (?:seinen|ihren) (?:\w+en )?Mitgliedern (?:gehör\w+|zählen)", "OP nom", "C =main", "Der Verkehrsverbund Muldental wächst. Zu seinen Mitgliedern gehört die Stadt Halle."),
    T("memberOf", r"(?:hält|halten|hielt|hielten)(?=[^;]*\b(?:Prozent|Anteile?n?)\b)", "O nom", "C an", "Die Stadt Halle hält 51 Prozent an der Alpha GmbH.", weight=0.8),
    T("memberOf", r"(?:Gesellschafter(?:in|innen)?|Anteilseigner(?:in|innen)?|Eigner(?:in)?|Anteile|Gesellschafteranteile|Eigentümer(?:in)?)", "O nom", "C gen an =main", "Eigner der Alpha GmbH sind die Stadt Halle und der Muster e. V.", weight=0.8),
    T("memberOf", r"beteiligt|beteilig\w+ sich", "O nom", "C an", "An der Alpha GmbH sind die Stadt Halle und die Beta AG beteiligt.", weight=0.7),
    T("memberOf", r"(?:ist|war|bildet) (?:ein|der|als) (?:\w+ )?(?:Zusammenschluss|Verbund|Dachverband|Bund|Bündnis|Netzwerk) (?:von|aus|der)", "O von aus gen", "C nom", "Der Verkehrsverbund Muldental ist ein Zusammenschluss von Stadt Halle und Landkreis Nordwald."),
    T("memberOf", r"zusammengeschlossen|zusammengetan|vereinig\w+ sich|organisiert", "O nom", "C zum zur im in", "Die Stadt Halle und die Alpha GmbH haben sich zum Verkehrsverbund Muldental zusammengeschlossen.", weight=0.75),
    T("memberOf", r"Mitglieder[n]?|(?:ein )?(?:neue[sn]?|weitere[sn]?|erste[sn]?|\w+te[sn]) Mitglied", "O mit", "C nom =main", "Mit der Stadt Halle und dem Landkreis Nordwald hat der Verkehrsverbund Muldental neue Mitglieder.", weight=0.78),
    T("memberOf", r"als (?:\w+ )?(?:\w+es )?Mitglied(?:er)?\b[^;]* (?:begrüßt\w*|aufgenommen|gewann|gewonnen|gewinnt|willkommen)|(?:begrüßt\w*|nimmt|nahm|nehmen|nahmen|gewann)\b[^;]* als (?:\w+ )?(?:\w+es )?Mitglied(?:er)?|[Aa]ls (?:\w+e[sn]? )?(?:Mitglied(?:er)?|Gesellschafter(?:in)?)\b[^;]* (?:nimmt|nahm|nehmen|nahmen)\b[^;]* auf(?=[,.;]|\Z)", "O acc", "C nom =main", "Als neues Mitglied begrüßte der Verkehrsverbund Muldental die Stadt Halle.", weight=0.78),
    T("memberOf", r"besteht|bestehend|bestehen|setzt sich\b[^;]* zusammen|vereint|versammelt", "O aus", "C nom", "Der Verkehrsverbund Muldental besteht aus der Stadt Halle und dem Landkreis Nordwald.", weight=0.78),
    # parts
    T("partOf", r"nachgeordnet\w*|unterstellt\w*|zugeordnet\w*|angegliedert\w*|eingegliedert\w*|untersteht|unterstehen|gehört(?! (?:\w+ )?(?:zu|zum|zur)\b)(?![^;]*\ban\b)(?![^;]* (?:zu|zum|zur) )", "S nom", "S dat in", "Das Landesamt für Arbeit ist dem Ministerium für Verkehr nachgeordnet.", weight=0.82),
    T("partOf", r"untergebracht|eingerichtet", "JO nom", "O bei beim am an", "Eingerichtet wird das „Labor Delta“ beim Institut Beta.", weight=0.78),
    T("partOf", r"angesiedelt|angebunden|integriert", "JO nom", "O bei beim am an im in", "Angesiedelt ist die „Werkstatt Delta“ beim Institut Beta.", weight=0.8),
    T("partOf", r"(?:das|als|unter einem|gemeinsamen?) Dach(?: (?:bildet|bilden|ist|dient|fungiert))?", "J =project", "S nom gen", "Das Dach bildet die „Initiative Omikron“.", weight=0.75),
    T("partOf", r"(?:zähl\w+|gehör\w+|gehör\w*)\b[^;]*?(?= (?:zu|zum|zur|zu den)\b)|(?:zum|zur|zu ihr|zu ihm)\b[^;]*? (?:gehör\w+|zähl\w+)", "S nom", "S zum zur zu", "Zum Institut Beta gehört auch das „Labor Delta“.", weight=0.75),
    T("partOf", r"(?:zu (?:ihr|ihm|diesem|dieser)|dazu)\b[^;]*? (?:gehör\w+|zähl\w+)(?![^;]* zu)", "S nom", "J =last", "Das Programm „Beta“ läuft. Zu ihm gehört auch das „Labor Delta“.", weight=0.8),
    T("partOf", r"(?:Ableger|Tochter|Tochterfirma|Tochtergesellschaft|Tochterunternehmen|Außenstelle|Zweigstelle|Niederlassung|Teil|Teilprojekt|Bestandteil|Baustein|Einrichtung|Unternehmensbereich|An-Institut|Eigenbetrieb|Behörde|Dienststelle|Sparte|Geschäftsbereich|Fachbereich|(?:eine[rs]?|das|zwei|drei|vier|fünf) (?:von|der) [^;]{0,30}(?:Zentren|Häuser|Hubs|Projekte|Standorte)n?)",
      "S nom", "S gen im in am vom", "Als Ableger des Instituts Beta hat das „Labor Delta“ begonnen.", weight=0.78),
    # places
    T("locatedIn", r"(?<!mit )(?<!mit dem )(?:seine|ihre|ein|eine|das|die|den|neue[nrs]?|eigene[ns]?)? ?(?:Zuhause|Heimat|Domizil|Quartier|Räume|Büros?|Standorte?|Sitz|Hauptsitz|Zentrale|Geschäftsstelle|Nebenstellen?|Außenstellen?|Zweigstellen?|Niederlassungen?|Dependance|Anlaufstellen?|Regionalbüros?)",
      "S nom =project", "L in im am an auf", "Ihr Domizil hat die Alpha GmbH in Chemnitz.", weight=0.8),
    T("locatedIn", r"sitzt|sitzen|residier\w+|angesiedelt|beheimatet|zu Hause|zuhause|ansässig|untergebracht|(?:ist|sind)\b[^,;]* zu finden|zu finden (?:ist|sind)|einzieht|zieht|zog|ziehen|zogen|umgezogen|gezogen|einziehen|bezogen|bezieht|bezog|siedelt\w*|niedergelassen|eröffnet\w*|öffnet\w*|entsteht|entstehen|entstand|startet\w*|gestartet|eingeweiht|geöffnet|aufgenommen|kommt|geben|gibt es|verlegt\w*|stationiert|vertreten|eingerichtet|errichtet|wechsel\w+|betreibt|betreiben|unterhält|an den Start",
      "J nom acc", "L in nach im an am", "In Chemnitz hat das „Labor Delta“ seine Arbeit aufgenommen.", weight=0.8),
    T("locatedIn", r"(?:seine[n]?|ihre[n]?) (?:Arbeit|Betrieb|Dienst|Tätigkeit|Türen|Pforten|Geschäftsbetrieb)\b[^;]* (?:aufgenommen|begonnen|geöffnet|auf|gestartet|aufnimmt|aufnehmen|öffnet)", "S nom", "L in im am an", "In Chemnitz hat das Institut Beta seine Arbeit aufgenommen.", weight=0.8),
    T("locatedIn", r"sitzt|sitzen|residier\w+|angesiedelt|beheimatet|zu Hause|zuhause|ansässig|untergebracht|(?:ist|sind)\b[^,;]* zu finden|zu finden (?:ist|sind)|einzieht|umgezogen|zog|zieht|ziehen|gezogen|bezogen|bezieht|bezog|siedelt\w*|niedergelassen|verlegt\w*|bleiben|bleibt|produziert|fertigt|forscht",
      "O nom", "L in nach im an am", "Die Alpha GmbH ist in Chemnitz zu finden.", weight=0.8),
    T("locatedIn", r"(?:Projekt|Dienst|Haupt|Stand)?(?:ort|sitz|standort)(?: (?:ist|wird|bleibt|sind))?:?", "J nom gen =project", "L after", "Projektort: Chemnitz", weight=0.78),
)  # fmt: skip
