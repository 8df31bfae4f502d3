"""Names without a head of their own: sharing one in the plural, or known by their spelling alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.mentions import Mention
from kg.extraction.nouns import clean, part_of_name
from kg.extraction.stems import stem
from kg.extraction.vocabulary import NO_BODY, head_types
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
            if (
                not plain
                or following.text.endswith("-")
                or (not following.place and not _TAIL.match(following.text))
            ):
                break
            last += 1
        done = last
        name = clean(tokens.text[tokens.starts[i] : tokens.ends[last]])
        if name.isupper() and i and words[i - 1].text.isupper() and tokens.close(i - 1):
            continue
        types = ("Organisation", "Company", "Association")
        yield Mention(tokens.starts[i], tokens.ends[last], name, types, "brand")


_TAIL = re.compile(
    r"(?:[A-Z][a-z]*(?:s|ions?|y|ing|tech|net|data|soft|media)|Multimedia|Ost|West|Nord|Süd|Group|Software|Services?|Systems?|Solutions?)\Z"
)

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
