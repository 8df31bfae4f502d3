"""What nouns and pronouns refer to over several sentences, and what they do not."""

from __future__ import annotations

import pytest

from kg.extraction.extracting import Extractor
from kg.extraction.lexicon import EMPTY
from kg.ontology import read_ontology

BY_FORM = Extractor(EMPTY, read_ontology())


def said(text: str) -> set[tuple[str, str, str]]:
    return {(c.subject, c.relation, c.object) for c in BY_FORM.extract(text, "text")}


READ = [
    # nouns, by what the text speaks of
    (("Der Turnverein Lindental feiert. Zu Gast war Otto Beispiel, Vorsitzender des Kreissportverbands Auenland e. V. "
     "Geschäftsführerin des Vereins ist Eva Probe."), ("Turnverein Lindental", "managedBy", "Eva Probe")),
    (("Zum Netzwerk Holz Rhön gehört auch das Kompetenzzentrum Fichte. Das Zentrum leitet Ada Muster. "
     "Koordiniert wird das Netzwerk von der Hochschule Neuwald."), ("Hochschule Neuwald", "leadsConsortium", "Netzwerk Holz Rhön")),
    (("Die Delta GmbH baut in Torgau. Otto Beispiel sprach mit der Omega AG. Die GmbH erhält 3 Millionen Euro vom "
     "Land Sachsen-Anhalt."), ("Land Sachsen-Anhalt", "funds", "Delta GmbH")),
    (("Das Museum für Glas in Lauscha wird vom Verein Glasfreunde Rhön e. V. getragen. Das Haus wird vom Land Thüringen "
     "gefördert."), ("Land Thüringen", "funds", "Museum für Glas")),
    ("In Gera hilft das Kompetenzzentrum Kiefer. Auch Jena bekommt ein solches Zentrum.",
     ("Kompetenzzentrum Kiefer Jena", "locatedIn", "Jena")),
    # two at once
    (("Das Netzwerk Holz Rhön und die Agentur für Energie Fulda luden ein. Netzwerk und Agentur unterzeichneten eine "
     "Kooperationsvereinbarung."), ("Agentur für Energie Fulda", "signed", "Kooperationsvereinbarung")),
    ("Das Zentrum für Moorkunde und das Institut für Waldbau wachsen. Beide Einrichtungen kooperieren seit Mai.",
     ("Zentrum für Moorkunde", "cooperatesWith", "Institut für Waldbau")),
    # pronouns: the nearest, by gender, by what is said, by sex
    ("Die Stiftung Wattenmeer kooperiert mit dem Verein Küste e. V. Dieser fördert das Projekt „Salzwiese“.",
     ("Küste e. V.", "funds", "Salzwiese")),
    ("Das Labor für Holzbau der Hochschule Neuwald, das von Ada Muster geleitet wird, öffnet.",
     ("Ada Muster", "headOf", "Labor für Holzbau")),
    ("Die Klinik Seeblick baut an. Betrieben wird das Haus von der Kurwerk GmbH. Sie betreibt auch das Hotel Strandgut.",
     ("Kurwerk GmbH", "operates", "Hotel Strandgut")),
    ("Ada Muster leitet die Hochschule Neuwald. Otto Beispiel war im Ruhestand. Sie folgt auf Eva Probe.",
     ("Ada Muster", "successorOf", "Eva Probe")),
    (("Otto Beispiel habe den Turnverein Linden e. V. gut geführt, sagte Emil Klar. Er war 2012 zum Vorsitzenden "
     "gewählt worden."), ("Turnverein Linden e. V.", "chairedBy", "Emil Klar")),
    ("Die Hochschule Neuwald baut an. Mit ihr kooperiert die Beta AG.", ("Beta AG", "cooperatesWith", "Hochschule Neuwald")),
    ("Die Energieagentur Au berät Betriebe. Seit Mai arbeitet sie mit der Gamma GmbH zusammen.",
     ("Energieagentur Au", "cooperatesWith", "Gamma GmbH")),
    ("Die Kappa GmbH baut in Fulda ein Werk. Die Lambda AG hat dort ebenfalls ihren Sitz.", ("Lambda AG", "locatedIn", "Fulda")),
    # boards and offices without a body
    ("Die Gamma GmbH hat ihren Aufsichtsrat neu besetzt. Mitglied ist auch Otto Beispiel.",
     ("Otto Beispiel", "memberOfBoard", "Gamma GmbH")),
    ("Zum Festakt kamen die Hochschule Neuwald und die Technische Universität Birkenau. TU-Rektorin Ada Muster sprach.",
     ("Ada Muster", "headOf", "Technische Universität Birkenau")),
    ("Das Heimatmuseum Linden wird vom Heimatverein Linden e. V. getragen. Vorsitzender ist Otto Beispiel.",
     ("Heimatverein Linden e. V.", "chairedBy", "Otto Beispiel")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), READ, ids=[w[0][:20] for _, w in READ])
def test_what_is_referred_to(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in said(text)


@pytest.mark.parametrize(
    ("text", "relation", "name"),
    [
        (("Der Turnverein Lindental feiert. Ada Muster, Leiterin des Netzwerks Sport Au, kam. Dem Vorstand gehört "
         "Eva Probe an."), "memberOfBoard", "Netzwerk Sport Au"),
        ("Die Sparkasse Linden hilft. Intendantin Eva Probe dankte der Sparkasse.", "headOf", "Sparkasse Linden"),
        ("Die Handwerkskammer Auental lud ein. Es wird vom Land Hessen gefördert.", "funds", "Handwerkskammer Auental"),
        ("Die Kappa GmbH und der Verein Au e. V. bauen ein Haus. Ministerium und Landtag zahlen.", "funds", "Kappa GmbH"),
        ("Otto Beispiel ging. Ihm folgt Eva Probe.", "successorOf", "Eva Probe"),
    ],
)  # fmt: skip
def test_what_is_not_referred_to(text: str, relation: str, name: str) -> None:
    objects = {o for _, r, o in said(text) if r == relation}
    assert name not in objects
