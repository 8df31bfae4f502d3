"""The words of the pages in German and English; those of the data and the ontology are not here."""

from __future__ import annotations

import re
from collections.abc import Mapping

LANGUAGES = ("de", "en")
"""German stands at the root of a site, English below ``/en``."""

WORDS: Mapping[str, tuple[str, str]] = {
    "tagline": (
        "Wer fördert, leitet und trägt die digitale Transformation in Ostdeutschland – und welcher "
        "Satz welcher Quelle es sagt.",
        "Who funds, leads and carries the digital transformation in East Germany – and which "
        "sentence of which source says so.",
    ),
    "skip": ("Zum Inhalt", "Skip to content"),
    "menu": ("Bereiche", "Sections"),
    "home": ("Startseite", "Home"),
    "search": ("Suchen", "Search"),
    "search_label": ("Name, Abkürzung oder Titel", "Name, abbreviation or title"),
    "search_hint": ("Organisation, Person, Projekt, Ort …", "Organisation, person, project, place …"),
    "search_needs_script": (
        "Die Suche in Dateien braucht JavaScript; ohne hilft das Verzeichnis aller Einträge.",
        "Searching in files needs JavaScript; without it the list of all entries helps.",
    ),
    "found_none": ("Nichts gefunden zu „{q}“.", "Nothing found for “{q}”."),
    "found_one": ("1 Treffer zu „{q}“", "1 result for “{q}”"),
    "found_many": ("{n} Treffer zu „{q}“", "{n} results for “{q}”"),
    "search_empty": ("Wonach suchen Sie?", "What are you looking for?"),
    "all_entries": ("Alle Einträge von A bis Z", "All entries from A to Z"),
    "questions": ("Fragen", "Questions"),
    "sources": ("Quellen", "Sources"),
    "source": ("Quelle", "Source"),
    "conflicts": ("Widersprüche", "Conflicts"),
    "network": ("Netz", "Network"),
    "ontology": ("Begriffe", "Terms"),
    "about": ("Über die Daten", "About the data"),
    "sparql": ("SPARQL", "SPARQL"),
    "other_language": ("English", "Deutsch"),
    "entities": ("Einträge", "entries"),
    "entity": ("Eintrag", "entry"),
    "statements": ("Aussagen", "Statements"),
    "statement": ("Aussage", "Statement"),
    "n_statements": ("{n} Aussagen", "{n} statements"),
    "one_statement": ("1 Aussage", "1 statement"),
    "n_sources": ("{n} Quellen", "{n} sources"),
    "one_source": ("1 Quelle", "1 source"),
    "n_conflicts": ("{n} Widersprüche", "{n} conflicts"),
    "one_conflict": ("1 Widerspruch", "1 conflict"),
    "in_the_graph": ("Was darin steht", "What is in it"),
    "by_class": ("Einträge nach Art", "Entries by class"),
    "by_relation": ("Aussagen nach Beziehung", "Statements by relation"),
    "newest": ("Neueste Quellen", "Newest sources"),
    "newest_note": ("nach dem Tag der Veröffentlichung", "by day of publication"),
    "most_said": ("Wovon am meisten steht", "What most is said of"),
    "good_questions": ("Fragen an die Daten", "Questions to the data"),
    "all_questions": ("Alle Fragen", "All questions"),
    "all_sources": ("Alle Quellen", "All sources"),
    "open_network": ("Netz öffnen", "Open the network"),
    "network_teaser": (
        "Alle Akteure und was sie verbindet, mit Filtern nach Beziehung, Art und Zeit.",
        "All actors and what connects them, with filters by relation, class and time.",
    ),
    "also_called": ("Auch genannt", "Also called"),
    "merged_names": (
        "Als derselbe Eintrag entschieden", "Decided to be the same entry",
    ),
    "not_the_same": ("Nicht zu verwechseln mit", "Not to be confused with"),
    "decided": ("entschieden von {by} am {on}", "decided by {by} on {on}"),
    "over_time": ("Im Lauf der Zeit", "Over time"),
    "timeline": ("Zeitleiste", "Timeline"),
    "timeline_of": ("Zeitleiste: {label}", "Timeline: {label}"),
    "timeline_note": (
        "Voll: gilt sicher. Verblassend: möglich. Gestrichelt: nur angekündigt. Raute: ein Ereignis.",
        "Solid: certainly holds. Fading: possible. Dashed: only announced. Diamond: an event.",
    ),
    "timeline_more": (
        "Ein Balken ist voll, solange seine Aussage sicher gilt, und verblasst über das, was nur "
        "möglich ist: bis zum frühesten Anfang und bis zum spätesten Ende. Wo nichts eine Seite "
        "begrenzt, verblasst er über zwei Jahre, die nichts über die Dauer sagen.",
        "A bar is solid while its statement certainly holds, and fades over what is only possible: "
        "to the earliest beginning and to the latest end. Where nothing bounds a side it fades over "
        "two years, which say nothing of how long it was.",
    ),
    "timeline_large": ("Zeitleiste mit allen Belegen", "Timeline with all evidence"),
    "no_dates": ("Keine Aussage darüber hat ein Datum.", "No statement about this has a date."),
    "surroundings": ("Umfeld", "Surroundings"),
    "surroundings_note": (
        "Die {n} am engsten verbundenen von {all} Nachbarn.",
        "The {n} most closely connected of {all} neighbours.",
    ),
    "neighbours": ("Alle Nachbarn", "All neighbours"),
    "place": ("Ort", "Place"),
    "position": ("Lage", "Position"),
    "map": ("Karte", "Map"),
    "map_of": ("Karte: {label}", "Map: {label}"),
    "formats": ("Daten", "Data"),
    "formats_note": ("Dieser Eintrag als", "This entry as"),
    "cite": ("Zitieren", "Cite"),
    "cite_note": ("Mit dieser Adresse lässt sich die Aussage auf Dauer nennen.",
                  "This address names the statement for good."),
    "copy": ("Kopieren", "Copy"),
    "copied": ("Kopiert", "Copied"),
    "permalink": ("Adresse dieser Aussage", "Address of this statement"),
    "iri": ("Dauerhafte Adresse", "Persistent address"),
    "since": ("seit {d}", "since {d}"),
    "until": ("bis {d}", "until {d}"),
    "until_open": ("dauert an", "still holds"),
    "observed": ("gilt am {d}", "holds on {d}"),
    "as_role": ("als „{role}“", "as “{role}”"),
    "names_in_source": ("In der Quelle", "In the source"),
    "merged_into": ("Als derselbe Eintrag entschieden wie", "Decided to be the same entry as"),
    "called_there": ("dort „{name}“", "there “{name}”"),
    "amount": ("Betrag", "Amount"),
    "role": ("Rolle", "Role"),
    "dates": ("Zeit", "Time"),
    "subject": ("Subjekt", "Subject"),
    "relation": ("Beziehung", "Relation"),
    "object": ("Objekt", "Object"),
    "certainty": ("Gewissheit", "Certainty"),
    "modality": ("Aussageweise", "Modality"),
    "begins": ("Beginn", "Beginning"),
    "ends": ("Ende", "End"),
    "between": ("zwischen {a} und {b}", "between {a} and {b}"),
    "from_day": ("frühestens {d}", "at the earliest {d}"),
    "to_day": ("spätestens {d}", "at the latest {d}"),
    "what_follows": ("Was daraus für die Zeit folgt", "What follows for the time"),
    "evidence": ("Beleg", "Evidence"),
    "passage": ("Zeichen {a} bis {b} des Textes", "characters {a} to {b} of the text"),
    "cited": ("gelesen, ohne Wortlaut", "read, without its wording"),
    "cited_long": ("Ohne Wortlaut: die Aussage beruht auf der Notiz, die beim Lesen gemacht wurde.",
                   "Without its wording: the statement rests on the note made when reading."),
    "reader_note": ("Notiz", "Note"),
    "inferred": ("Erschlossen", "Inferred"),
    "implied": ("mitgemeint", "implied"),
    "planned": ("angekündigt", "announced"),
    "denied": ("verneint", "denied"),
    "contradicted": ("widersprochen", "contradicted"),
    "withdrawn": ("zurückgezogen", "withdrawn"),
    "withdrawn_long": ("Diese Aussage zählt nicht mehr: {why} ({by}, {on})",
                       "This statement no longer counts: {why} ({by}, {on})"),
    "own_word": ("Selbstauskunft", "own word"),
    "own_word_long": ("Wer die Quelle veröffentlicht hat, ist selbst beteiligt.",
                      "Whoever published the source is a party to it."),
    "only_here": ("nur hier", "only here"),
    "only_here_long": ("Nur diese Quelle sagt es.", "Only this source says so."),
    "also_said_by": ("Dasselbe sagen auch", "The same is said by"),
    "said_by": ("Es sagen", "It is said by"),
    "publisher": ("Herausgeber", "Publisher"),
    "published": ("Veröffentlicht", "Published"),
    "published_by": ("Veröffentlicht von", "Published by"),
    "undated": ("ohne Datum", "undated"),
    "language_of": ("Sprache", "Language"),
    "original": ("Original", "Original"),
    "open_original": ("Original öffnen", "Open the original"),
    "has_published": ("Hat veröffentlicht", "Has published"),
    "source_only": ("{n} davon nur in dieser Quelle", "{n} of them only in this source"),
    "source_only_one": ("1 davon nur in dieser Quelle", "1 of them only in this source"),
    "source_quoted": ("{n} mit Wortlaut", "{n} with their wording"),
    "source_text": ("Der Text mit den belegten Stellen", "The text with its passages"),
    "source_text_note": (
        "Der Text gehört seinem Herausgeber. Markiert ist, was eine Aussage belegt.",
        "The text is its publisher's. What supports a statement is marked.",
    ),
    "source_text_other": (
        "Der Text, der vorliegt, ist nicht der, aus dem die Stellen genommen sind; er wird nicht "
        "gezeigt.",
        "The text at hand is not the one that the passages were taken from; it is not shown.",
    ),
    "whom_it_names": ("Wen sie nennt", "Whom it names"),
    "of_the_same": ("Weitere Quellen von {label}", "More sources by {label}"),
    "answer": ("Antwort", "Answer"),
    "ask": ("Fragen", "Ask"),
    "optional": ("kann leer bleiben", "may stay empty"),
    "parameter_iri": ("Name, Abkürzung oder Kennung", "name, abbreviation or id"),
    "parameter_date": ("etwa 2019, 2019-10 oder 2019-10-15", "such as 2019, 2019-10 or 2019-10-15"),
    "parameter_integer": ("eine ganze Zahl", "a whole number"),
    "parameter_text": ("Text", "text"),
    "rows_one": ("1 Zeile", "1 row"),
    "rows_many": ("{n} Zeilen", "{n} rows"),
    "rows_of": ("{n} von {all} Zeilen", "{n} of {all} rows"),
    "filter": ("Zeilen filtern", "Filter rows"),
    "filter_do": ("Filtern", "Filter"),
    "sort_by": ("Nach {column} sortieren", "Sort by {column}"),
    "page_of": ("Seite {n} von {all}", "Page {n} of {all}"),
    "previous": ("Zurück", "Previous"),
    "next": ("Weiter", "Next"),
    "download": ("Herunterladen", "Download"),
    "link_to_answer": ("Link auf diese Antwort", "Link to this answer"),
    "show_sparql": ("Die Abfrage in SPARQL", "The query in SPARQL"),
    "edit_sparql": ("In SPARQL weiterfragen", "Go on in SPARQL"),
    "no_rows": ("Keine Zeile passt.", "No row fits."),
    "needs_parameters": (
        "Diese Frage braucht Angaben; sie wird auf einem Server beantwortet (kg serve) oder auf der "
        "Befehlszeile:",
        "This question needs to be told more; a server answers it (kg serve), or the command line:",
    ),
    "static_parameters": (
        "Hier steht die Antwort ohne weitere Angaben. Mit anderen Angaben antwortet ein Server (kg "
        "serve) oder die Befehlszeile:",
        "This is the answer with nothing further told. With other values a server answers (kg "
        "serve), or the command line:",
    ),
    "fill_in": ("Bitte ausfüllen, dann fragen.", "Fill in, then ask."),
    "ask_about": ("Fragen dazu", "Questions about this"),
    "value": ("Wert", "value"),
    "conflicts_intro": (
        "Aussagen verschiedener Quellen, die nicht beide gelten können. Nichts wird entschieden oder "
        "überschrieben; wo jemand nachgesehen hat, steht das Urteil dabei.",
        "Statements of different sources that cannot both hold. Nothing is decided or overwritten; "
        "where someone has looked into it, the verdict is given.",
    ),
    "conflict_holder": ("Amt, zur selben Zeit verschieden besetzt", "Office with two holders at once"),
    "conflict_value": ("Angabe, die nur einen Wert haben kann", "What can have but one value"),
    "conflict_amount": ("Betrag", "Amount"),
    "conflict_since": ("Beginn", "Beginning"),
    "conflict_until": ("Ende", "End"),
    "conflict_denial": ("Bejaht und verneint", "Asserted and denied"),
    "conflict_recorded": ("Von Hand vermerkt", "Recorded by hand"),
    "verdict": ("Urteil", "Verdict"),
    "no_verdict": ("noch nicht beurteilt", "not yet looked into"),
    "newer": ("später veröffentlicht, vielleicht nur neuer", "published later, may simply be newer"),
    "says": ("Sagt", "Says"),
    "no_conflicts": ("Keine.", "None."),
    "one_conflict_here": ("Ein Widerspruch", "A conflict"),
    "classes": ("Arten von Einträgen", "Classes of entries"),
    "class": ("Art", "Class"),
    "relations": ("Beziehungen", "Relations"),
    "definition": ("Definition", "Definition"),
    "above": ("Oberbegriff", "Broader"),
    "below": ("Unterbegriffe", "Narrower"),
    "domain": ("von", "from"),
    "range": ("nach", "to"),
    "inverse": ("Umkehrung", "Inverse"),
    "symmetric": ("gilt in beiden Richtungen", "holds in both directions"),
    "transitive": ("setzt sich fort", "is transitive"),
    "single_valued": ("hat nur einen Wert", "has but one value"),
    "one_holder": ("nur eine Person zur selben Zeit", "one holder at a time"),
    "derived": ("folgt aus anderem, wird nie selbst angegeben", "follows from others, never stated"),
    "text_value": ("Text", "text"),
    "used_in": ("Verwendet", "Used"),
    "members": ("Einträge dieser Art", "Entries of this class"),
    "ontology_intro": (
        "Jeder Begriff hat eine Definition; was darunter steht, schließt das darüber ein.",
        "Every term has a definition; what stands below includes what stands above.",
    ),
    "other_terms": ("Weitere Begriffe", "Other terms"),
    "version": ("Fassung", "Version"),
    "hash": ("Prüfsumme (SHA-256)", "Checksum (SHA-256)"),
    "licence": ("Lizenz", "Licence"),
    "licence_text": (
        "Die Daten stehen unter CC BY 4.0. Zitate aus Quellen bleiben Zitate und gehören ihren "
        "Herausgebern; ihre Texte sind nicht Teil der Daten.",
        "The data are licensed CC BY 4.0. Quotes from sources stay quotes and are their publishers'; "
        "their texts are not part of the data.",
    ),
    "licence_none": (
        "Über die Lizenz dieser Daten entscheidet, wer sie zusammengestellt hat.",
        "The licence of these data is for those to tell who compiled them.",
    ),
    "how_to_cite": ("So wird zitiert", "How to cite"),
    "numbers": ("Der Graph in Zahlen", "The graph in numbers"),
    "triples": ("Tripel im zusammengeführten Graphen", "Triples in the merged graph"),
    "quads": ("Quads mit allen Graphen", "Quads with all graphs"),
    "subjects": ("Verschiedene Subjekte", "Distinct subjects"),
    "objects": ("Verschiedene Objekte", "Distinct objects"),
    "properties": ("Verschiedene Eigenschaften", "Distinct properties"),
    "classes_used": ("Verwendete Klassen", "Classes in use"),
    "whole_graph": ("Der ganze Graph", "The whole graph"),
    "merged_only": ("zusammengeführt", "merged"),
    "per_source": ("mit einem Graphen je Quelle", "with a graph for each source"),
    "about_what": (
        "Akteursnetz ist ein Wissensgraph der Akteure in der Politik der digitalen Transformation "
        "Ostdeutschlands. Jede Aussage nennt ihre Quelle und die Stelle, die sie trägt.",
        "Akteursnetz is a knowledge graph of the actors in East German digital-transformation "
        "policy. Every statement names its source and the passage that carries it.",
    ),
    "about_read": (
        "Eine Aussage heißt ausdrücklich, wenn die Quelle sie in Worten macht, und mitgemeint, wenn "
        "sie aus Titel, Namen oder einem Schritt folgt. Zeiten stehen, wie die Quelle sie gibt; was "
        "daraus sicher oder nur möglich ist, wird unterschieden. Personen kommen nur in öffentlicher "
        "Funktion vor.",
        "A statement is called stated where the source makes it in words, and implied where it "
        "follows from a title, a name or one step. Times stand as the source gives them; what is "
        "certain by them is told from what is only possible. Persons appear in public functions "
        "only.",
    ),
    "not_found": ("Hier ist nichts", "Nothing is here"),
    "not_found_long": (
        "Unter dieser Adresse steht kein Eintrag. Vielleicht hilft die Suche.",
        "No entry has this address. The search may help.",
    ),
    "did_you_mean": ("Vielleicht gemeint", "Perhaps you mean"),
    "not_answered": ("Darauf gibt es so keine Antwort", "There is no answer to this"),
    "too_busy": ("Gerade nicht zu beantworten", "Cannot be answered now"),
    "made_by": ("Erzeugt mit", "Made with"),
    "data": ("Daten", "Data"),
    "copy_of_data": ("Statische Fassung", "Static edition"),
    "in_german": ("Text auf Deutsch", "in German"),
    "tag_agreements": ("Vereinbarungen", "Agreements"),
    "tag_events": ("Ereignisse", "Events"),
    "tag_money": ("Geld", "Money"),
    "tag_network": ("Netz", "Network"),
    "tag_persons": ("Personen", "Persons"),
    "tag_places": ("Orte", "Places"),
    "tag_projects": ("Projekte", "Projects"),
    "tag_sources": ("Quellenlage", "Sources"),
    "tag_time": ("Zeit", "Time"),
    "tag_topics": ("Themen", "Topics"),
    "tag_other": ("Weitere", "Others"),
}  # fmt: skip

# What German calls the columns and parameters of the questions; English has their names.
HEADS: Mapping[str, str] = {
    "actor": "Akteur", "address": "Adresse", "agreement": "Vereinbarung", "all": "Alle",
    "amount": "Betrag", "aspect": "Hinsicht", "basis": "Grundlage", "body": "Körperschaft",
    "by": "Über", "carrier": "Träger", "certainty": "Gewissheit", "change": "Wechsel",
    "conflict": "Widerspruch", "covers": "Umfasst", "currency": "Währung", "date": "Datum",
    "earlier": "Vorher", "entity": "Eintrag", "event": "Ereignis", "first": "Erstes Programm",
    "first known": "Zuerst bekannt", "from": "Von", "from relation": "Beziehung vorher",
    "from role": "Rolle vorher", "fulfilled by": "Eingetreten nach", "fund": "Fonds",
    "funded": "Gefördert", "funder": "Fördert", "holds": "Gilt", "independent": "Unabhängige",
    "kept": "Behalten", "kind": "Gattung", "last known": "Zuletzt bekannt", "later": "Nachher",
    "least": "Mindestens", "level": "Ebene", "member": "Mitglied", "modality": "Aussageweise",
    "names": "Namen", "next": "Danach", "next modality": "Aussageweise danach",
    "next sources": "Quellen danach", "note": "Notiz", "number": "Anzahl", "object": "Objekt",
    "observed": "Gilt am", "office": "Amt", "opened": "Eröffnet", "opened source": "Quelle des Tages",
    "organisation": "Organisation", "other": "Andere", "other address": "Andere Adresse",
    "other holds": "Andere gilt", "other relation": "Andere Beziehung", "other role": "Andere Rolle",
    "other source": "Andere Quelle", "overlap": "Überschneidung", "part": "Teil",
    "partner": "Partner", "person": "Person", "persons": "Personen", "phase": "Phase",
    "place": "Ort", "position": "Stellung", "programme": "Programm", "programmes": "Programme",
    "project": "Projekt", "projects": "Projekte", "published": "Veröffentlicht",
    "publisher": "Herausgeber", "publishers": "Herausgeber", "qualifier": "Zusatz",
    "quote": "Wortlaut", "quoted": "Mit Wortlaut", "reason": "Begründung", "relation": "Beziehung",
    "role": "Rolle", "seat": "Sitz", "second": "Zweites Programm", "since": "Seit",
    "source": "Quelle", "sources": "Quellen", "start": "Stelle", "statement": "Aussage",
    "subject": "Subjekt", "to": "Nach", "to relation": "Beziehung nachher",
    "to role": "Rolle nachher", "to source": "Quelle nachher", "topic": "Thema", "type": "Art",
    "until": "Bis", "value": "Wert", "verdict": "Urteil", "what": "Was",
}  # fmt: skip


def word(key: str, language: str, **values: object) -> str:
    """A word of the pages in a language, with values filled in.

    >>> word("n_sources", "en", n=3)
    '3 sources'
    """
    text = WORDS[key][LANGUAGES.index(language)]
    return text.format(**values) if values else text


def counted(number: int, one: str, many: str, language: str) -> str:
    """A number with its noun, by the words for one and for more.

    >>> counted(1, "one_source", "n_sources", "de"), counted(1200, "one_source", "n_sources", "de")
    ('1 Quelle', '1.200 Quellen')
    """
    return word(one, language) if number == 1 else word(many, language, n=figure(number, language))


def figure(number: int, language: str) -> str:
    """A whole number with its thousands set apart as the language does.

    >>> figure(12345, "de"), figure(12345, "en")
    ('12.345', '12,345')
    """
    text = f"{number:,}"
    return text.replace(",", ".") if language == "de" else text


def head(name: str, language: str) -> str:
    """What a column or parameter of a question is called: ``otherRole`` is "Andere Rolle".

    >>> head("otherRole", "de"), head("otherRole", "en"), head("newThing", "de")
    ('Andere Rolle', 'Other role', 'New thing')
    """
    plain = re.sub(r"(?<=[a-z])([A-Z])", r" \1", name).lower()
    found = HEADS.get(plain) if language == "de" else None
    return found or plain[:1].upper() + plain[1:]
