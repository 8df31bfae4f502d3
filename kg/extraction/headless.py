"""Names without a head of their own: sharing one in the plural, or known by their spelling alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extraction.endings import legal_type
from kg.extraction.mentions import Mention
from kg.extraction.nouns import clean, is_common_noun, part_of_name
from kg.extraction.stems import stem
from kg.extraction.vocabulary import NO_BODY, companies, head_types
from kg.extraction.words import Tokens, place_type

_SINGULAR = {
    "universitäten": "Universität", "hochschulen": "Hochschule", "fachhochschulen": "Fachhochschule",
    "landkreise": "Landkreis", "landkreisen": "Landkreis", "städte": "Stadt", "städten": "Stadt",
    "gemeinden": "Gemeinde", "handwerkskammern": "Handwerkskammer", "länder": "Land", "ländern": "Land",
    "kreise": "Kreis", "kreisen": "Kreis", "sparkassen": "Sparkasse", "institute": "Institut",
    "instituten": "Institut", "kliniken": "Klinik", "hansestädte": "Hansestadt",
    "arbeitsagenturen": "Agentur für Arbeit",
}  # fmt: skip
_HEAD_OF_MANY = re.compile(
    r"\b(?P<left>(?:(?:Technischen|Industrie- und|Pädagogischen) )?)(?P<head>[A-ZÄÖÜ][a-zäöüß]{2,40}(?:ern|en|e|n|er))(?P<in> in| zu)? (?=[A-ZÄÖÜ])"
)
_ONE_OF_MANY = re.compile(
    r"(?P<name>(?!(?:Und|Der|Die|Das)\b)[A-ZÄÖÜ][\w-]+(?: \([A-Z]\w+\)|-[A-Z]\w+)?)(?P<link>, | und | sowie |(?=\W|\Z))"
)


def elided(tokens: Tokens) -> Iterator[Mention]:
    """Names that share a head in the plural: each is completed.

    >>> from kg.extraction.words import tokens_of
    >>> [m.name for m in elided(tokens_of("Die Universitäten Greifswald und Rostock forschen."))]
    ['Universität Greifswald', 'Universität Rostock']
    """
    for match in _HEAD_OF_MANY.finditer(tokens.text):
        head = _SINGULAR.get(match["head"].lower())
        if not head:
            continue
        types = _types_of_head(head)
        items: list[re.Match[str]] = []
        place = match.end()
        while len(items) < 40 and (item := _ONE_OF_MANY.match(tokens.text, place)) is not None:
            items.append(item)
            place = item.end()
            if not item["link"]:
                break
        if len(items) < 2 or (match["in"] and not all(place_type(i["name"]) for i in items)):
            continue
        left = (
            match["left"]
            .replace("Technischen", "Technische")
            .replace("Pädagogischen", "Pädagogische")
        )
        for number, item in enumerate(items):
            start = match.start() if number == 0 else item.start("name")
            name = f"{left}{head} {item['name']}"
            yield Mention(start, item.end("name"), name, types, "form", head=stem(head))


def _types_of_head(head: str) -> tuple[str, ...]:
    return head_types(head.split()[0]) or ("PublicBody",)


_BRAND = re.compile(r"(?:[A-ZÄÖÜ][A-ZÄÖÜ0-9&]{2,7}|[A-Z]\w*[a-zäöü][A-Z]\w+|[A-Z]-[A-Z][a-z]+)\Z")


def brands(tokens: Tokens) -> Iterator[Mention]:
    """Bodies by an abbreviation or an unusual spelling alone, with a place or tail after it.

    >>> from kg.extraction.words import tokens_of
    >>> text = "Kooperationen mit SAP, T-Systems Multimedia Solutions und der IHK Chemnitz, nicht mit KMU."
    >>> [m.name for m in brands(tokens_of(text))]
    ['SAP', 'T-Systems Multimedia Solutions', 'IHK Chemnitz']
    """
    words, done = tokens.words, -1
    for i, word in enumerate(words):
        if (
            i <= done
            or word.mark
            or not _BRAND.match(word.text)
            or word.text in NO_BODY
            or word.types
            or word.first
        ):
            continue
        last = i
        while last + 1 < len(words) and tokens.close(last) and last - i < 3:
            following = words[last + 1]
            plain = part_of_name(following) and not following.types and not following.first
            if plain and following.caps and 2 < len(following.text) < 7:
                last += 1  # "AOK PLUS"
                break
            if (
                not plain
                or following.text.endswith("-")
                or not (
                    following.place
                    or _TAIL.match(following.text)
                    or (last == i and word.caps and not is_common_noun(following.text))
                )
            ):
                break
            last += 1
        done = last
        name = clean(tokens.text[tokens.starts[i] : tokens.ends[last]])
        if name.isupper() and i and words[i - 1].text.isupper() and tokens.close(i - 1):
            continue
        if name.isupper() and len(name) > 2 and _in_heading(tokens, i):
            continue
        types = ("Organisation", "Company", "Association")
        yield Mention(tokens.starts[i], tokens.ends[last], name, types, "brand")


@cache
def _companies() -> tuple[frozenset[str], re.Pattern[str]]:
    """First words of the names of large companies, and their names."""
    names = sorted(companies(), key=len, reverse=True)
    first = {re.split("[ -]", name)[0] for name in names}
    begins = frozenset(first | {f"{word}s" for word in first})
    whole = "|".join(map(re.escape, names))
    return begins, re.compile(
        rf"(?:{whole})(?:-Gruppe|-Konzern)?(?:s(?= |$))?(?! (?:Straße|Platz|Allee))(?![\w-])"
    )


def large_companies(tokens: Tokens) -> Iterator[Mention]:
    """Companies that everybody knows by a short name.

    >>> from kg.extraction.words import tokens_of
    >>> text = "Mit Siemens und der Bosch-Gruppe, nicht in der Siemensstraße."
    >>> [m.name for m in large_companies(tokens_of(text))]
    ['Siemens', 'Bosch-Gruppe']
    """
    begins, names = _companies()
    for start, word in zip(tokens.starts, tokens.words, strict=True):
        if word.text.split("-", 1)[0] in begins and (match := names.match(tokens.text, start)):
            name = match[0] if match[0] in companies() else match[0].removesuffix("s")
            yield Mention(*match.span(), name, ("Company", "Organisation"), "brand")


def _in_heading(tokens: Tokens, i: int) -> bool:
    """Whether a word in capitals begins a line in capitals, or is the label of one: "TERMIN. Zum …"."""
    if i and "\n" not in tokens.text[tokens.ends[i - 1] : tokens.starts[i]]:
        return False
    after = tokens.words[i + 1] if i + 1 < len(tokens.words) else None
    return after is not None and (
        after.text in ".:" or (after.text.isupper() and len(after.text) > 2 and tokens.close(i))
    )


_TAIL = re.compile(
    r"(?:[A-Z][a-z]*(?:s|ions?|y|ing|tech|net|data|soft|media)|Multimedia|Ost|West|Nord|Süd|Group|Software|Services?|Systems?|Solutions?)\Z"
)

_CLUB = re.compile(
    r"\b(?:Vereins?|Verbands?|Verbandes|Initiative|Bündnis|Bündnisses) "
    r"(?P<name>[A-ZÄÖÜ][\w-]{0,40}(?: (?!(?:d(?:er|ie|as|en|em|es)|mit|von|vom|und|hat|ist|im|in|am|zur|zum|beim|bei|als|wie) )"
    r"[\w-]{1,40}){1,6} e\. ?V\.)"
)


_ITEM = re.compile(
    r"(?m)^[ \t]*[-•*–·▪] (?P<name>[A-ZÄÖÜ][^\n,;:()]{2,80}? (?:g?GmbH(?: & Co\. KG)?|e\. ?V\.|AG|UG|eG|mbH|KG|AöR))(?=[ \t]*(?:$|[,;(]))"
)


def items(text: str, begin: int = 0) -> Iterator[Mention]:
    r"""Names that are an item of a list, up to their legal form.

    >>> [m.name for m in items("Partner:\n- Saale Wasser und Strom GmbH\n- Bund der Imker")]
    ['Saale Wasser und Strom GmbH']
    """
    for match in _ITEM.finditer(text, begin):
        start, end = match.span("name")
        kind = legal_type(match["name"][-8:])
        yield Mention(start, end, match["name"], (kind,), "form")


def clubs(text: str, begin: int = 0) -> Iterator[Mention]:
    """Associations whose name is a phrase: "der Verein Altmark hilft gern e. V.".

    >>> [m.name for m in clubs("Der Verein Altmark hilft gern e. V. und der Verein hat dem Chor Harz e. V. gedankt.")]
    ['Altmark hilft gern e. V.']
    """
    for match in _CLUB.finditer(text, begin):
        start, end = match.span("name")
        yield Mention(start, end, match["name"], ("Association", "Company"), "form", head="verein")


_LABELLED = re.compile(
    r"(?m)^ *(?:Projekt(?:name|titel|bezeichnung)?|Vorhaben|Verbundprojekt|Verbundvorhaben|Projektakronym|Akronym)"
    r": *(?P<name>[A-ZÄÖÜ][^\n„“\"»:;,]{1,60}?) *$"
)


def labelled(text: str, begin: int = 0) -> Iterator[Mention]:
    r"""Projects that a line names after a label.

    >>> [m.name for m in labelled("Projektname: MoLeWa Plus\nLaufzeit: 2021")]
    ['MoLeWa Plus']
    """
    for match in _LABELLED.finditer(text, begin):
        start, end = match.span("name")
        yield Mention(start, end, match["name"], ("Project",), "form", prefix="projekt")


_DEFINED = re.compile(
    r"(?:\A|\n|[.!?:“”«] |– )(?P<name>(?:[A-ZÄÖÜ]{4,30}|[A-ZÄÖÜ]\w{0,20}[a-zäöü][A-ZÄÖÜ]\w{0,20}|[A-ZÄÖÜ]{2,12}\w{0,20}[a-zäöü]\w{0,9}|[A-ZÄÖÜ]\w{0,20}[a-zäöü]\d{1,4})(?: [A-ZÄÖÜ0-9][\w-]{0,30}){0,3}) (?:ist|war|versteht sich als|bleibt|wird) "
    r"(?:(?:zugleich|also|dabei|damit|inzwischen|heute|seit \d{4}|künftig) )?(?:ein|eine|das|die|der) (?:(?!und )[a-zäöüß-]{1,40} (?:und [a-zäöüß-]{1,40} )?){0,4}(?P<noun>[A-ZÄÖÜ][\w-]{1,60})"
)
_PROPER = re.compile(r"(?<![\w„-])([A-ZÄÖÜ]\w{0,40})(?: [A-ZÄÖÜ0-9][\w-]{0,30}){0,3}(?![\w-])")
_NOUN_BEFORE = re.compile(r"(?<![\w-])(?P<noun>[A-ZÄÖÜ][\w-]{1,60}),? (?:(?:unter|mit) )?\Z")
_CALLED = re.compile(
    r"(?:dem (?:Namen|Kürzel|Projektnamen|Akronym)|namens) (?P<name>[A-ZÄÖÜ][\w+-]{0,40}(?: [A-ZÄÖÜ0-9][\w+-]{0,40}){0,5})"
)


def described(text: str, begin: int = 0) -> Iterator[Mention]:
    """Names that a text explains: "SONNTAU ist ein Projekt …", "ein Verein namens Tauperle".

    >>> found = described("TauPerle ist ein Verein für Kinder. Er will mit TauPerle helfen.")
    >>> [(m.name, m.type) for m in found]
    [('TauPerle', 'Association'), ('TauPerle', 'Association')]
    >>> [(m.name, m.type) for m in described("Ein Netzwerk mit dem Namen Tau Nord entsteht.")]
    [('Tau Nord', 'Association')]
    """
    defined: dict[str, tuple[tuple[str, ...], str]] = {}
    for match in _DEFINED.finditer(text, begin):
        types = head_types(match["noun"].rsplit("-", 1)[-1])
        if types and match["name"] not in NO_BODY:
            defined[match["name"]] = types, stem(match["noun"])
    for place in _PROPER.finditer(text, begin) if defined else ():
        name = next((n for n in (place[0], place[1]) if n in defined), "")
        if name:
            types, head = defined[name]
            start = place.start()
            yield Mention(start, start + len(name), name, types, "form", head=head)
    for match in _CALLED.finditer(text, begin):
        before = _NOUN_BEFORE.search(text, max(begin, match.start() - 80), match.start())
        noun = before["noun"] if before else ""
        types = head_types(noun.rsplit("-", 1)[-1]) or ("Project", "Organisation")
        yield Mention(*match.span("name"), match["name"], types, "form", head=stem(noun))
