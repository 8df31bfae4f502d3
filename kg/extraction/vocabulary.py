"""German words that names and offices are known by, as data: heads, legal forms, titles, functions.

A head is the noun that says what a name is of: "Hochschule" in "Hochschule Harz".
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

HEADS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\A(?:TU|FH|TH|HS|HTW|HTWK|BTU|RWTH|EAH|FSU|MLU|LMU|Uni|HWR)|universität|hochschule|berufsakademie|musikhochschule|graduate school|business school",
     ("University",)),
    (r"forschungszentr(?:um|en)|institut|lehrstuhl|fachgebiet|professur|fakultät|fraunhofer"
     r"|forschungsstelle|sternwarte|institute|forschungsgruppe|forschungsverbund",
     ("ResearchInstitute",)),
    (r"ministeri(?:um|en)|staatskanzlei|konsulat|bundespolizei|polizeiinspektion|staatsanwaltschaft|rechnungshof|rentenversicherung|senatskanzlei|senatsverwaltung|behörde|direktion|jobcenter"
     r"|staatsregierung|landesregierung|bundesregierung|landratsamt|verwaltung|bezirksregierung"
     r"|ausschuss|landesamt|bundesamt|umweltamt|bauamt|(?<=[a-zäöüß])amt|kommission|europäische union|finanzamt|gericht"
     r"|abteilung|referat|dezernat|stabsstelle|arbeitsagentur|magistrat|parlament|landtag",
     ("PublicBody",)),
    (r"\A(?:landkreis|landeshauptstadt|hansestadt|stadt|gemeinde|freistaat|bundesrepublik|kreis"
     r"|land|bundesland|bezirk|kommune)", ("PublicBody",)),
    (r"agentur", ("PublicBody", "Company")),
    (r"verband|(?:städte|gemeinde|landkreis)tag|verein|kammer|gewerkschaft|(?<=[a-zäöüß])ring|(?<=[a-zäöüß]{4})kreis|(?<=[a-zäöüß]{3})rat|turnerschaft|feuerwehr|chor|liga|vereinsrunde|vereinigung|bündnis|(?<=[a-zäöüß])(?<!ver)bund|innung|handwerkerschaft"
     r"|förderkreis|freundeskreis|klub|club|arbeitskreis|arbeitsgemeinschaft|arbeitsgruppe"
     r"|landesgruppe|landesverband|bundesverband|dachverband|union|genossenschaft|wirtschaftsrat"
     r"|lenkungskreis|beirat|stiftungsrat|gemeinschaft|interessengemeinschaft|\Aag|gesellschaft",
     ("Association", "Company")),
    (r"netzwerk|netz|cluster|allianz|initiative|forum|verbund|metropolregion|wirtschaftsregion"
     r"|kompetenznetz|bürgerinitiative|konsortium|plattform",
     ("Association", "Project")),
    (r"stiftung|akademie|archiv|gymnasium|kita|kindergarten|tierheim|lotterie|(?<=[a-zäöüß])anstalt|prüfstelle|(?<=[a-zäöüß]{3})stelle|bücherhalle|tafel|mission|hilfswerk|(?<=[a-zäöüß]{3})(?<!stadt)(?<!kreis)werk|hospiz|pflegeheim|altenheim|seniorenheim|ensemble|imkerei|sternwarte|gestüt"
     r"|museum|theater|bibliothek|volkshochschule|bildungswerk|schule"
     r"|bühne|orchester|berufsschulzentr(?:um|en)|kirche|diakonie|caritas|gedenkstätte|zoo"
     r"|quartier|technologiepark|gewerbepark|industriepark|präsenzstelle|fachstelle|landesstelle"
     r"|kirch(?:en)?gemeinde|pfarrei|bistum|kloster|abtei|pflegedienst|sozialstation|residenz|galerie|kino|planetarium|tierpark"
     r"|rundfunk|internat|bildungsstätte|bundeszentrale|landeszentrale|verbraucherzentrale|begegnungsstätte|kinderkrippe|touristinformation|nationalpark|naturpark|geopark|biosphärenreservat"
     r"|technikmuseum|philharmonie|oper|festspielhaus|bildungszentr(?:um|en)|kolleg",
     ("Organisation",)),
    (r"gmbh|mühle|versicherung|krankenkasse|stadtmarketing|hotel|spital|herberge|druckerei|gärtnerei|bäckerei|weberei|(?<=[a-zäöüß]{4})erei|kontor|manufaktur|klinikgruppe|kette|(?<=[a-zäöüß])service|(?:fähr|flug|bus|schiffs)linie|apotheke|kanzlei|studio|weingut|landwirtschaftsbetrieb|autohaus|(?<=[a-zäöüß])handel|logistik|werke?|bank|sparkasse|stadtwerke|klinik|klinikum|kliniken|krankenhaus|konzern|holding"
     r"|reederei|verlag|firma|gruppe|betrieb|betriebe|bahn|hütte|brauerei|gießerei|fabrik"
     r"|wirtschaftsförderung|kombinat|spedition|molkerei|landgut|werft|flughafen|hafen|airport"
     r"|unternehmen|kreiswerke|verkehrsbetriebe|energieversorger|startup|start-up|krankenhäuser",
     ("Company",)),
    (r"kompetenzzentr(?:um|en)|zukunftszentr(?:um|en)|digitalzentr(?:um|en)|projekt|vorhaben"
     r"|reallabor|labor|(?<![a-zäöü])hub|haus|werkstatt|lernfabrik|modellfabrik|campus|modellregion|teilprojekt"
     r"|mittelstandszentr(?:um|en)|pilotprojekt|modellprojekt|testfeld|schaufenster|gründerzentr(?:um|en)"
     r"|accelerator|inkubator|(?<![a-zäöü])lab|makerspace|netzwerkstelle|kompetenzstelle|welcome center|center",
     ("Project", "Organisation")),
    (r"büro|geschäftsstelle|koordinierungsstelle|servicestelle|anlaufstelle|kontaktstelle",
     ("Organisation", "Project")),
    (r"zentr(?:um|en)", ("Project", "ResearchInstitute", "Organisation")),
    (r"programm|förderprogramm|richtlinie|wettbewerb|förderrichtlinie|(?<=[a-zäöüß])förderung"
     r"|förderinitiative|förderlinie|digitalpakt", ("Programme",)),
    (r"fonds|sondervermögen|(?<=[a-zäöüß])kasse(?<!parkasse)(?<!krankenkasse)", ("Fund",)),
    (r"arena|stadion|(?<=[a-zäöüß])halle(?<!rhalle)|stadthaus|rathaus|gasthof|gaststätte|schloss|kurhaus|bürgerhaus|gemeindehaus|kulturhaus|kulturspeicher|speicher"
     r"|kongresszentr(?:um|en)|messezentr(?:um|en)", ("Building", "Place")),
    (r"vertrag|verträge|vereinbarung|memorandum|absichtserklärung|charta|pakt|letter of intent"
     r"|gründungsurkunde|abkommen", ("Agreement",)),
)  # fmt: skip
"""Ends of head nouns, and the classes that a name of this head may have, likeliest first."""

BARE = frozenset("""
kooperationsvereinbarung kooperationsvertrag zielvereinbarung rahmenvereinbarung verwaltungsvereinbarung
absichtserklärung partnerschaftsvertrag gesellschaftsvertrag gründungsurkunde kooperationsabkommen
zusammenarbeitsvereinbarung konsortialvertrag partnerschaftsvereinbarung koalitionsvertrag
leistungsvereinbarung vertrag vereinbarung memorandum abkommen charta kooperationsverträge
rahmenvertrag nutzungsvertrag kaufvertrag staatsvertrag pakt bündnisvereinbarung letter gründungsvertrag
""".split())  # fmt: skip
"""Agreements mostly have no name: the noun is one."""

AFTER_GENITIVE = frozenset("""
haus verband bundesverband vereinigung gesellschaft akademie zentrum bund stiftung netzwerk allianz
institut landesarbeitsgemeinschaft bundesarbeitsgemeinschaft forum arbeitskreis dachverband fachverband
interessengemeinschaft spitzenverband kompetenzzentrum bündnis arbeitsgemeinschaft förderverein initiative museum landesverband
bundesvereinigung zukunftszentrum fonds ministerium bundesministerium staatsministerium
""".split())  # fmt: skip
"""Heads whose name may go on with a genitive: "Haus der Selbstständigen"."""

TOPIC_HEADS = frozenset(
    """
fachgebiet abteilung lehrstuhl referat professur fachbereich gewerkschaft industriegewerkschaft
""".split()
)
"""Heads whose name goes on with nouns: "Abteilung Digital- und Innovationspolitik"."""

WITH_PURPOSE = frozenset(
    "gesellschaft verein stiftung initiative förderverein bund vereinigung".split()
)
"""Heads whose name may go on with "zur" or "zum"."""

BEFORE_PROPER = frozenset(
    "stadt gemeinde land kreis bezirk kommune landkreis freistaat hansestadt landeshauptstadt tu fh th hs uni "
    "htw htwk btu eah fsu mlu lmu hwr".split()
)
"""Heads that are no name without a proper name after them."""

GENERIC = frozenset("""
projekt vorhaben programm förderprogramm bundesprogramm verbundprojekt verbundvorhaben modellprojekt
pilotprojekt teilprojekt projektverbund forschungsprojekt modellvorhaben landesprogramm
bundesförderprogramm rahmenprogramm forschungsvorhaben firma unternehmen verein start-up startup
förderlinie leuchtturmprojekt großprojekt gemeinschaftsprojekt festival initiative förderinitiative
mittelstandszentrum marke wettbewerb maßnahme schwesterprojekt innovationsprojekt bauprojekt
investitionsprojekt aktionsprogramm sonderprogramm förderrichtlinie richtlinie plattform kampagne
bundesinitiative landesinitiative schwerpunkt förderschwerpunkt forschungsschwerpunkt förderaufruf kulturprojekt technologieprogramm portal reihe
""".split())  # fmt: skip
"""Nouns that stand before a name without being part of it: "das Projekt „SmartLoom“"."""

DESCRIBING = frozenset("branchenverband dachverband fachverband spitzenverband".split())
"""Nouns that are no part of a name with a legal form: "der Branchenverband Muster e. V."."""

UNITS = frozenset("""
institut abteilung fachgebiet lehrstuhl professur fakultät regionaldirektion landesverband referat
geschäftsstelle landesgeschäftsstelle niederlassung landesgruppe dezernat stabsstelle zentrum
fachbereich außenstelle projekthaus forschungsgruppe arbeitsgruppe gründungsbüro bezirk teilprojekt
sternwarte museum tochtergesellschaft forschungsstelle geschäftsbereich eigenbetrieb amt labor klinik
direktion innovationszentrum landesstelle bildungswerk zweigstelle fachstelle servicestelle
koordinierungsstelle netzwerkstelle kontaktstelle transferstelle beratungsstelle
""".split())  # fmt: skip
"""Heads of what is a part of the body that its genitive names."""

NO_NAME = frozenset("""
partner projektpartner verbundpartner kooperationspartner konsortialpartner träger projektträger
partnerin koordinator koordinatorin konsortialführer konsortialführerin federführung leitung trägerschaft
fördermittel mittel förderung unterstützung geld gelder zuschuss zuwendung fördermittelgeber geldgeber
sitz hauptsitz dienstsitz standort standorte laufzeit start beginn ende anfang eröffnung
gründung auftakt kontakt pressekontakt ansprechpartner ansprechpartnerin foto bild bildunterschrift
quelle protokoll auszug grußwort herr frau herrn damen herren ihr ihre sehr mitglied mitglieder
vertreter vertreterin vertreterinnen gäste gast teilnehmer euro millionen million mio mrd milliarden
prozent januar februar märz april mai juni juli august september oktober november dezember montag
dienstag mittwoch donnerstag freitag samstag sonntag sonnabend uhr jahr jahre jahren monat monate tag
woche frühjahr sommer herbst winter telefon tel fax mail e-mail internet web website webseite
vorstand aufsichtsrat geschäftsführung vorsitz präsidium spitze amt nachfolge nachfolger nachfolgerin
menschen bürger beschäftigte unternehmen firmen betriebe kommunen hochschulen thema themen
ziel ziele idee wir ich sie er es man das die der dem den des ein eine einer eines einem einen
und oder aber auch als am an auf aus bei bis da dabei dadurch dafür daher damit danach dann daran
darauf daraus darin darüber davon dazu denn dessen deren dies diese dieser dieses diesem diesen doch
dort durch erst etwa für gegen gemeinsam gut hier hinter im in indem ins ist ja jede jeder jedes
kein keine künftig mehr mit nach neben neu neue neuer neues neuen nicht nun nur ob ohne rund schon
seit sein seine seiner seinem seinen seines ihren ihrem ihres ihrer so sowie später trotz über um
unter vom von vor während warum was weil weitere weiterer weiteres weiter wenn wer werden wie wird wo
wurde wurden zu zum zur zudem zuvor zuletzt zwischen bereits ebenso ebenfalls außerdem insgesamt
ergänzend finanziert gefördert getragen unterstützt betrieben geleitet gewählt träger bauherrin
bauherr assoziierte assoziierter weiterhin zusammen mitteln beteiligt beteiligte verbund laut
heute gestern morgen aktuell bislang bisher zugleich anders gleichzeitig alle allen beide beiden viele
top punkt sitzung über uns überblick impressum adresse anschrift stand downloads links zurück
stellvertretende stellvertretender stellvertretenden kommissarische kommissarischer ehemalige
ehemaliger ehemaligen früherer frühere damaliger amtierende scheidende designierte langjährige
partnern trägern mitgliedern vertretern firma team bauherren verbundpartnern seiten seite fachleute
tochter teil bestandteil grundlage basis rahmen auftrag namen dank anlass besuch vertreten
initiator initiatoren gründer gründerin gesellschafter hauptgesellschafter eigentümer betreiber
betreiberin auftraggeber förderer sponsor sponsoren schirmherr schirmherrin veranstalter gastgeber
beim seitens gegenüber derweil inzwischen derzeit jüngst kürzlich vorerst dagegen indes hingegen allerdings immerhin
mittlerweile schließlich übrigens sogar selbst ausgerichtet eingeladen veranstaltet organisiert initiiert koordiniert
umgesetzt unterzeichnet beigetreten gründungsmitglied jetzt einst damals ebenfalls zunächst anschließend
projektbeginn projektlaufzeit fördersumme projektvolumen konsortium begleiten bescheid chef
""".split())  # fmt: skip
"""Words that are no part of a name though a capital letter may begin them."""

NO_BODY = frozenset("""
KMU KI IT USA DDR ÖPNV PKW LKW TOP CO2 MINT WLAN EDV FAQ PDF CEO CFO CTO HR PR NGO BRD EUR MwSt UTC AI IoT 5G 4G
LED GPS QR VR AR XR DSGVO BAföG OB MdB MdL EFRE ESF JTF GRW WM EM TV PC SUV BIP FFP COVID AGB EU-DSGVO NS SED
IKT DIN ISO TÜV SN TH ST BB MV BE NRW BW BY HE NI RP SL HH HB SH ABM ALG WG DM MB GB TB MW kWh MWh GWh CNC CAD
SPD CDU FDP CSU AFD BSW DAX QM FuE R&D F&E B2B B2C ERP CRM API USB AUF UND DER DIE DAS FÜR IM IN VON ZU
""".split())  # fmt: skip
"""Abbreviations that name no body."""

STATE_ADJECTIVES = (r"(?:sächsisch|thüringisch|brandenburgisch|bayerisch|hessisch|niedersächsisch|saarländisch"
                    r"|sachsen-anhaltisch)e[snrm]?")  # fmt: skip

MONTHS = ("Januar Februar März April Mai Juni Juli August September Oktober November "
          "Dezember").split()  # fmt: skip

_HEAD_TYPES = tuple(
    (re.compile(rf"(?i)(?:{ends})(?:s|es|e|en|n|er|ern|ne|nen)?\Z"), types) for ends, types in HEADS
)
_NO_HEAD = re.compile(
    r"(?i)(?:.*(?:vorrat|geschwister|hausrat|apparat|zierrat|heirat|format|monat|diktat|bundesrat|gemeinderat|stadtrat|kreisrat|frühling|rundenring|stelle[rn]?in|baustelle|haltestelle|tankstelle"
    r"|arbeitsstelle|lehrstelle|planstelle|schnittstelle|messstelle|schwachstelle|notaufnahmestelle|bestelle|herstelle|vorstelle|darstelle|feststelle|ausstelle|stellenwert|erring|bring|spring|hering|doktorat"
    r"|freundeskreise|landkreise|wahlkreis|arbeitskreise|stromkreis|bekanntenkreis|familienkreis|expertenkreis|kundenkreis|bücherei|polizei|partei|datei|kartei|malerei|spielerei|fischerei|zauberei|lotterie"
    r"|kraftwerk|handwerk|kunstwerk|feuerwerk|laufwerk|fahrwerk|bergwerk|stockwerk|regelwerk|meisterwerk|gesamtwerk|klärwerk|wasserwerk|heizwerk|umspannwerk|tagewerk|jugendherberge"
    r"|turnhalle|sporthalle|markthalle|werkhalle|lagerhalle|produktionshalle|fabrikhalle|außenhandel|einzelhandel|großhandel|welthandel|emissionshandel|personalrat|betriebsrat|aufsichtsrat|stiftungsrat|verwaltungsrat|hochschulrat|senatsrat|elternrat|ortschaftsrat|kundenservice)"
    r"|deutsch|vater|nieder|saar|nor?d|süd|ost|west|ost(?:deutsch)?|mitteldeutsch|rhein|ausl?|aus|"
    r"vogt|emsl|inl|havel|müritz|ferienl|flach|hinter|bundes)land\Z|.*(?:wirtschaft|werkstoffe?|hausen|stadter"
    r"|bauhaus|netzwerke?r|vertragen|labore|landes|werken|bankett|projektion|häuser|gebunden|verbunden"
    r"|beitrag|konferenzen|gesellschafter(?:in)?|verbandes?s?prech|seminar|instit|handwerk|netzwerken"
    r"|bundesländern?|krankenhäusern|stadtrat|rathaus|gasthaus|parkhaus|hochhaus|warenhaus|gesamt"
    r"|laboratorium|hausarzt|bürobedarf|arbeitgeber|verkehr|kunstwerk|stadtwerker|stockwerk"
    r"|mobilfunknetz|stromnetz|glasfasernetz|breitbandnetz|schienennetz|wärmenetz|daten(?:bank)?"
    r"|bereich|feuerwerk|bauwerk|kraftwerks?park|autobahn|straßenbahn|eisenbahn|arbeitsvertrag"
    r"|(?:arbeits|begleit|tagungs|jahres|veranstaltungs|vortrags|konzert|wahl|partei|regierungs|spiel|trainings|fach|bühnen|ferien|fest|abend|rahmen|tages|fernseh|radio|musik|vortrags|kurs|kino|familien|kinder)programm(?:e|en|s)?|mietvertrag|arbeitsverträge|nachbarland|partnerland|hauptprogramm|computerprogramm"
    r"|weltkulturerbe|kreislauf|umkreis|teilnehmerkreis|personenkreis|freundschaft|bundesweit)\Z"
)


@cache
def head_types(word: str) -> tuple[str, ...]:
    """The classes that a name with this head may have, none where the word is no head.

    >>> head_types("Regionaldirektion"), head_types("Sozialfonds"), head_types("Tisch")
    (('PublicBody',), ('Fund',), ())
    """
    if len(word) < 2 or _NO_HEAD.match(word):
        return ()
    for pattern, types in _HEAD_TYPES:
        if pattern.search(word):
            return types
    return ()


def _listed(name: str) -> frozenset[str]:
    text = files("kg.extraction").joinpath(name).read_text(encoding="utf-8")
    return frozenset(text.split())


@cache
def first_names() -> frozenset[str]:
    """First names that are usual in Germany, half of them from Faker's list (MIT licence)."""
    return _listed("first_names.txt")


@cache
def towns() -> frozenset[str]:
    """Names of towns in one word."""
    return _listed("places.txt")


def town_of(adjective: str) -> str:
    """The town that a word with "-er" is of, else nothing.

    >>> town_of("Leipziger"), town_of("Dresdner"), town_of("Rostocker"), town_of("Leiter")
    ('Leipzig', 'Dresden', 'Rostock', '')
    """
    if not adjective.endswith("r") or len(adjective) < 5:
        return ""
    begin = adjective[:-1].removesuffix("e")
    forms = (begin, begin + "e", begin + "en", begin + "n", begin.removesuffix("n") + "en")
    return next((form for form in forms if form in towns()), "")


@cache
def companies() -> tuple[str, ...]:
    """Names of large companies by which everybody calls them, without legal form."""
    text = files("kg.extraction").joinpath("companies.txt").read_text(encoding="utf-8")
    return tuple(text.splitlines())


@cache
def regions() -> frozenset[str]:
    """Names of states, regions and countries in one word."""
    return _listed("regions.txt")
