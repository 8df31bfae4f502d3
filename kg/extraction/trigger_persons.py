"""Triggers of persons: who heads, manages, chairs, sits on a board, follows whom, and signs."""

from __future__ import annotations

from kg.extraction.triggers import Trigger

T = Trigger
_BOARD = r"(?:Vorstand|Beirat|Aufsichtsrat|Präsidium|Kuratorium|Stiftungsrat|Verwaltungsrat|Hochschulrat|Gremium|Lenkungskreis|Führungsgremium|Leitungsgremium)s?"
_OF_A_BOARD = r"(?! (?:im|des|in dem|in der|der|dieses) (?:\w+en )?(?:\w*[Bb]eirat|\w+rat|\w+rats|Kuratorium|\w*[Aa]usschuss|\w*[Aa]usschusses|\w*[Kk]ommission|Jury|\w+kreis|\w+gremium))"
PERSONS = (
    T("headOf", r"übernahm|übernommen|übernimmt|übernehmen|leitet|leitete|leiten|geleitet|führt|führte|geführt|dirigiert|lenkt|angetreten|anführt|verantwortet",
      "P nom", "S acc", "Anna Muster hat das Zentrum für Sensorik Jena übernommen.", weight=0.82),
    T("headOf", r"(?:Team|Mannschaft|Projektteam|Geschicke)\b[^;]* (?:leitet|führt|leitete|führte|lenkt)|(?:leitet|führt|leitete|führte|lenkt)\b[^;]* (?:Team|Mannschaft|Projektteam|Geschicke)", "P nom", "S gen im am =project", "Das fünfköpfige Team leitet Anna Muster.", weight=0.78),
    T("headOf", r"geleitet|geführt|gelenkt|dirigiert|angeführt", "P von vom", "S nom acc =project", "Geleitet wird das „Labor Delta“ von Anna Muster."),
    T("headOf", r"(?:die|der|zur|neue|zum|in der|mit der|unter der) (?:Leitung|Führung|Projektleitung|Gesamtleitung|Institutsleitung|Werkleitung|Amtsleitung)|(?:das|am) Ruder|die Geschicke|Herr(?:in)? über|Leitung(?![^;]*\b(?:geht|ging|übergeht|überging|übergegangen)\b)",
      "P nom von bei", "S gen für über nom =project", "Seit Mai ist Anna Muster am Ruder des Landesamts für Arbeit.", weight=0.78),
    T("top_", r"an (?:der|die|ihrer|seiner|deren|dessen) Spitze(?! (?:stand|gestanden)\b)", "P nom mit", "B gen nom =main", "Seit Mai steht Anna Muster an der Spitze des Landesamts für Arbeit.", weight=0.78),
    T("chairedBy_", rf"(?:Vorsitz|Vorstandsvorsitz|Präsidentschaft|Präsidentenamt|Vereinsvorsitz)(?:es)?{_OF_A_BOARD}", "P nom von bei", "C gen im in =main", "Den Vorsitz im Muster e. V. hat Anna Muster abgegeben."),
    T("chairedBy_", r"(?:Vorstand|Vereinsvorstand|Präsidium)(?:e?s)?\b(?=[^;]* (?:vorsteht|vorsitzt|vorsaß)(?=[,.;]|\Z)|[^;]* (?:steht|stand|sitzt)\b[^;]* vor(?=[,.;]|\Z))", "P nom", "C gen =main", "Dem Vorstand des Muster e. V. steht Anna Muster vor.", weight=0.8),
    T("top_", r"(?:steht|stand|sitzt|saß)\b[^;]* vor(?=[,.;]|\Z)|vorsteht|vorsitzt|vorsaß|vorstand(?=[,.;]|\Z)|präsidiert", "P nom", "B dat", "Anna Muster steht dem Muster e. V. vor."),
    T("managedBy_", r"(?:die |deren |dessen )?Geschäfte(?= |,|\.)|Geschäftsführung|Doppelspitze", "P nom von bei mit aus", "O gen nom =main", "Die Geschäfte der Alpha GmbH liegen bei Anna Muster.", weight=0.8),
    T("memberOfBoard", rf"(?:gewählt|wählt\w*|hineingewählt|berufen|rückt\w*|zieht|ziehen|einziehen|nachgerückt|sitzt|sitzen|Sitz|Sitze|vertreten|gehör\w+|angehör\w*|kooptiert|verstärk\w+|komplettier\w+|ergänz\w+|bestätigt)\b[^;]* (?:in|im|dem|den|das|des|der|ins) (?:\w+en )?{_BOARD}|(?:[Ii]n|[Ii]m|[Dd]em|[Ii]ns|[Zz]um|[Dd]en|das) (?:\w+en )?{_BOARD}\b[^;]* (?:gewählt|hineingewählt|berufen|wählt\w*|sitzt|sitzen|vertreten|an|angehör\w*|aufgerückt|eingezogen|bestätigt|mitarbeiten|arbeitet|arbeiten|rückt|ergänzt|verstärkt|Sitz hat)",
      "P nom acc", "C gen von vom =main", "Einen Sitz im Vorstand des Muster e. V. hat Anna Muster."),
    T("memberOfBoard", rf"(?:[Nn]eue[srn]? )?(?<!\w)[Mm]itglied(?:er)? (?:im|des|in dem) (?:\w+en )?{_BOARD}", "P nom", "C gen von vom =main", "Neues Mitglied im Aufsichtsrat der Alpha GmbH ist Anna Muster.", weight=0.8),
    T("memberOfBoard", r"hineingewählt|nachgerückt|einen Sitz in dem Gremium|ins Gremium", "P nom", "C gen =main", "Neu hineingewählt wurde Anna Muster in den Vorstand des Muster e. V.", weight=0.8),
    T("represents", r"(?:als )?(?:Vertreter(?:in|innen)?|Repräsentant(?:in)?|Abgesandte[rn]?|Delegierte[rn]?|Beauftragte[rn]?)(?= (?:des|der|von|vom)\b)", "P nom", "O gen", "Als Vertreterin der Stadt Halle nahm Anna Muster teil."),
    T("represents", r"vertreten(?=[^;]* durch)(?:[^;]* (?:wird|wurde|werden|wurden))?|(?:wird|wurde|werden|wurden)\b[^;]* vertreten", "O durch von vom", "V nom acc", "Vertreten wird das Ministerium für Verkehr durch die Alpha GmbH.", weight=0.78),
    T("represents", r"vertr(?:itt|at|aten)", "V nom", "V acc", "Das Ministerium für Verkehr, das hier das Land Hessen vertritt, lud ein.", weight=0.78),
    T("represents", r"entsandt\w*|entsende\w*|schickt\w*|delegiert\w*", "P acc nom", "O von vom nom", "Die Stadt Halle schickt Anna Muster.", weight=0.75),
    T("represents", r"vertr(?:itt|at|eten)", "P nom durch von", "O acc nom", "Die Stadt Halle wurde durch Anna Muster vertreten.", weight=0.8),
    T("spokespersonOf", r"spricht für|sprach für|(?:Presse|Unternehmens|Konzern|Behörden|Vorstands)?sprecher(?:in)?", "P nom", "S gen für =body", "Anna Muster ist Sprecherin des Instituts Beta.", weight=0.8),
    T("signed", r"(?:setzt\w*|leistet\w*|gaben?)\b[^;]* (?:Namen?|Namenszug|Unterschrift(?:en)?)|(?:unterzeichn\w+|unterschr\w+|besiegel\w+|signier\w+|paraphier\w+)", "MP nom von vom durch", "G acc nom unter", "Anna Muster und Otto Beispiel setzten ihre Namen unter die Kooperationsvereinbarung."),
    T("headOf", r"(?:übergibt|übergab|übergeben|gibt|gab|legt|reicht)\b[^;]* (?:Leitung|Führung|Staffelstab|Amt|Geschäfte|Direktion)|(?:Leitung|Führung|Staffelstab|Amt|Geschäfte)\b[^;]* (?:übergibt|übergab|übergeben|ab)(?=[,.;]|\Z)",
      "P an", "S gen für =body", "Die Leitung des Labors Delta übergibt Otto Beispiel an Anna Muster.", weight=0.8),
    T("chairedBy_", r"(?:übergibt|übergab|übergeben|gibt|gab|legt|reicht)\b[^;]* (?:Vorsitz|Vereinsvorsitz|Präsidentschaft)|(?:Vorsitz|Vereinsvorsitz|Präsidentschaft)\b[^;]* (?:übergibt|übergab|übergeben|ab)(?=[,.;]|\Z)",
      "P an", "C gen im =main", "Den Vorsitz des Muster e. V. gibt Otto Beispiel an Anna Muster ab.", weight=0.8),
    T("headOf", r"(?:Leitung|Führung|Amt|Geschäfte|Direktion)\b(?=[^;]* (?:geht|ging|gehen|gingen|übergeht|überging|übergegangen)\b)", "P auf an", "S gen für =body", "Die Leitung des Labors Delta geht von Otto Beispiel auf Anna Muster über.", weight=0.8),
    T("chairedBy_", r"(?:Vorsitz|Vereinsvorsitz|Präsidentschaft)\b(?=[^;]* (?:geht|ging|gehen|gingen|übergeht|überging|übergegangen)\b)", "P auf an", "C gen im =main", "Der Vorsitz im Muster e. V. ging von Otto Beispiel auf Anna Muster über.", weight=0.8),
    # one after another
    T("successorOf", r"(?:Leitung|Vorsitz|Amt|Führung|Staffelstab|Geschäfte|Posten|Stab|Präsidentschaft|Direktion)\b(?=[^;]* (?:geht|ging|gehen|gingen|übergeht|überging|übergegangen)\b)", "P auf an", "P von", "Die Leitung geht von Otto Beispiel auf Anna Muster über.", weight=0.85),
    T("successorOf", r"(?:übergibt|übergab|übergeben|gibt|gab|reicht|überlässt|überließ)\b[^;]* (?:Leitung|Vorsitz|Amt|Führung|Staffelstab|Geschäfte|Posten|Stab)|(?:Leitung|Vorsitz|Amt|Führung|Staffelstab|Geschäfte|Posten|Stab)\b[^;]* (?:übergibt|übergab|übergeben|ab|abgegeben|weiter|weitergereicht)(?=[,.;]|\Z)", "P an", "P nom", "Otto Beispiel übergibt die Leitung an Anna Muster.", weight=0.8),
    T("successorOf", r"übernimmt|übernahm|übernommen", "P nom", "P von", "Anna Muster hat die Leitung von Otto Beispiel übernommen.", weight=0.8),
    T("successorOf", r"(?:Nachfolge(?:r|rin)?|Amtsnachfolge(?:r|rin)?|Erbe|Erbin|Fußstapfen|Nachfolge)(?= (?:von|des|der|seines|ihres|ihrer)\b)", "P nom", "P gen", "In die Fußstapfen von Otto Beispiel tritt Anna Muster.", weight=0.85),
    T("successorOf", r"in (?:seine|ihre|dessen|deren) (?:\w+ )?Fußstapfen|(?:seine|ihre|dessen|deren) (?:Amtsn|N)achfolge|(?:seinen|ihren|dessen|deren) (?:Posten|Platz|Platz|Stelle|Amt|Stuhl)", "P nom", "P =person", "In seine Fußstapfen tritt Anna Muster.", weight=0.8),
    T("successorOf", r"(?:sein|ihr|zu sein|zu ihr|dessen|deren|als|als sein|als ihr|zum|zur)(?:e|er|em|en)? (?:Nachfolger(?:in)?|Amtsnachfolger(?:in)?|Erbin|Erbe)|Nachfolger(?:in)? (?:ist|wird|heißt|wurde|war)", "P nom", "P =person", "Seine Nachfolgerin heißt Anna Muster.", weight=0.8),
    T("successorOf", r"(?:sein|ihr|dessen|deren|dem|der|den|vom)?(?:e|em|en|er)? ?(?:Vorgänger(?:in)?|Amtsvorgänger(?:in)?)(?: (?:ist|war|heißt|hieß))?", "P nom =person", "P after", "Sein Vorgänger heißt Otto Beispiel.", weight=0.8),
    T("successorOf", r"beerbt\w*|löst\w*\b[^;]* ab|abgelöst|ablöst|ersetzt\w*|tritt an die Stelle|(?<![Ii]hm )(?<![Ii]hr )folgt\w*(?! (?:ihm|ihr)\b)|nachfolgt\w*|gefolgt", "P nom =person", "P auf von acc dat", "Anna Muster beerbt den Juristen Otto Beispiel.", weight=0.8),
    T("successorOf", r"folgt\w* (?:ihm|ihr)\b|(?:ihm|ihr) (?:nach)?folgt\w*|(?:beerbt|ersetzt)\w* (?:ihn|sie)\b|löste?n? (?:ihn|sie) [^;]*\bab", "P nom", "P =person", "Anna Muster folgt ihm nach.", weight=0.82),
    T("successorOf", r"an die Stelle(?= (?:des|der|von)\b)", "S nom", "S gen", "Das Netzwerk Rho tritt an die Stelle des Arbeitskreises Beta."),
    T("successorOf", r"hervor(?:ging|geh\w*|gegangen)|(?:geht|ging)\b[^;]* hervor|entstanden|entstand|entwickelt", "S nom", "S aus", "Aus dem Arbeitskreis Beta ist das Netzwerk Alpha hervorgegangen."),
    T("successorOf", r"(?:Nachfolge(?:r|rin|projekt|programm|einrichtung|organisation)?|Nachfolgevorhaben|Rechtsnachfolger(?:in)?|Fortsetzung|Fortführung)(?= (?:des|der|von|vom|für|zum)\b)", "S nom", "S gen", "Als Nachfolgeprojekt des Projekts „Alpha“ startet das „Labor Delta“.", weight=0.8),
)  # fmt: skip
