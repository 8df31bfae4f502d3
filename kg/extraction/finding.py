"""All that a text names, each place once: known names, forms, quotes, persons, and short names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.extraction.endings import is_abbreviation, legal_type
from kg.extraction.forms import forms
from kg.extraction.guessing import guessed
from kg.extraction.headless import (
    brands,
    clubs,
    described,
    elided,
    items,
    labelled,
    large_companies,
)
from kg.extraction.identifying import (
    PLACE_TYPES,
    fund_spelled_out,
    identify,
    identify_place,
    spell_out,
    types_of,
    undescribed,
    with_town,
)
from kg.extraction.lexicon import Lexicon
from kg.extraction.listed import listed
from kg.extraction.literals import amounts, dates
from kg.extraction.mentions import Mention, beside, longest
from kg.extraction.parties import parties
from kg.extraction.people import persons, surnames
from kg.extraction.quoted import quoted
from kg.extraction.stems import name_key, stem
from kg.extraction.town_names import places
from kg.extraction.vocabulary import UNITS, head_types, towns
from kg.extraction.words import Tokens

_WHOLE = re.compile(r" (?:der|des) ([A-ZÄÖÜ].+)\Z")

_UNIT_STEMS = frozenset(stem(u) for u in UNITS)

_ADJ_TOWN = re.compile(r"([A-ZÄÖÜ][a-zäöüß]+?)(?:er) ")

_FUND_BEFORE = re.compile(
    r"(ESF(?:[ -]Plus|\+)?|EFRE|JTF)[-_ ](?:Bundes|Landes|Förder)?[Pp]rogramm"
)

_BRACKET = re.compile(r" \(([A-ZÄÖÜa-z][\w.&+-]{1,14})\)")


def find_mentions(
    tokens: Tokens, lexicon: Lexicon, begin: int = 0, more: Iterable[Mention] = ()
) -> list[Mention]:
    """Every name, date and amount of a text, in order of place, none overlapping another.

    ``more`` are names that something else has seen, for where nothing is found here.
    """
    text = tokens.text
    found = [
        *_known(tokens, lexicon),
        *forms(tokens),
        *elided(tokens),
        *brands(tokens),
        *large_companies(tokens),
        *labelled(text, begin),
        *described(text, begin),
        *clubs(text, begin),
        *items(text, begin),
        *parties(text, begin),
        *quoted(text, begin),
        *persons(tokens),
        *places(tokens),
        *dates(text, begin),
        *amounts(text, begin),
    ]
    found += _funders_in_compounds(text, begin)
    found = [
        m for m in found if not (m.kind == "form" and m.name.isupper() and m.name.count(" ") > 1)
    ]
    first = beside(longest(undescribed(found)), more)
    guesses = list(guessed(tokens, first))
    guesses += listed(text, [*first, *guesses], begin)
    first = beside(first, longest(guesses))
    for mention in first:
        with_town(mention, lexicon, text)
        identify(mention, lexicon)
        if mention.kind == "form" and mention.type == "Programme" and not mention.within and (
            fund := _FUND_BEFORE.match(text, mention.start)
        ):  # fmt: skip
            mention.within = (
                "partOf",
                Mention(mention.start, fund.end(), fund[1], ("Fund",), "known"),
            )
    spell_out(first)
    fund_spelled_out(first)
    short = [*_short_names(tokens, first), *surnames(tokens, first)]
    return longest([*first, *(m for m in short if m.end > m.start)])


def _known(tokens: Tokens, lexicon: Lexicon) -> Iterator[Mention]:
    text = tokens.text
    for i, j, known in lexicon.occurrences(tokens):
        start, end = tokens.starts[i], tokens.ends[j]
        last = tokens.words[j].text
        prefix = ""
        if i == j and "-" in last and len(known.stems) < len(tokens.words[j].stems):
            prefix = last.split("-", 1)[1]  # "ESF-Programm": what the name is put before
            end = start + len(last) - len(prefix) - 1
            if unit := _UNIT_OF.match(text, end):  # "DGB-Region Südwestsachsen" is another body
                name = f"{text[start:end]}-{unit['noun']} {unit['place']}"
                body = Mention(start, end, known.text, types_of(known), "known", id=known.id)
                yield Mention(start, unit.end(), name, body.types, "form", whole=body)
                continue
        types = types_of(known)
        words = (known.text if not known.text.isupper() else known.label).split()
        head = next(
            (stem(w.rsplit("-", 1)[-1]) for w in words if head_types(w.rsplit("-", 1)[-1])), ""
        )
        if types == ("Person",):
            head = known.text.split()[-1].casefold()
            if len(known.stems) == 1:
                continue
        following = tokens.words[j + 1] if j + 1 < len(tokens.words) else None
        legal = following is not None and following.legal and tokens.close(j)
        if legal and following is not None and legal_type(following.text) not in types:
            continue
        mention = Mention(start, tokens.ends[j + 1] if legal else end, known.text, types, "known",
                          head=head, id=known.id, prefix=f"-{prefix}" if prefix else "")  # fmt: skip
        whole = _WHOLE.search(known.text)
        if whole and head in _UNIT_STEMS and (of := lexicon.find(whole[1])) and of.id:
            mention.whole = Mention(start, mention.end, of.text, types_of(of), "known", id=of.id)
        if types[0] == "Place" and (town := _ADJ_TOWN.match(text, start)) and town[1] in towns():
            mention.within = (
                "locatedIn",
                Mention(start, town.end(), town[1], PLACE_TYPES["City"], "place"),
            )
            identify_place(mention.within[1], lexicon)
        if types[0] == "Programme" and (fund := _FUND_BEFORE.match(text, start)):
            of = lexicon.find(fund[1])
            named = types_of(of) if of else ("Fund",)
            mention.within = (
                "partOf",
                Mention(start, fund.end(), fund[1], named, "known", id=of.id if of else None),
            )
        match = _BRACKET.match(text, mention.end)
        if match and is_abbreviation(match[1]) and "Person" not in types:
            mention.alias = match[1]
            mention.end = match.end()
        yield mention


_UNIT_OF = re.compile(
    r"-(?P<noun>Region|Bezirk|Standort|Werk|Campus|Niederlassung|Kreisverband|Landesverband|Ortsverband|Ortsgruppe|Landesgruppe"
    r"|Stadtverband|Regionalverband|Kreisgruppe|Regionalgruppe)(?:e?s)? "
    r"(?P<place>[A-ZÄÖÜ][\w-]+(?:[ /][A-ZÄÖÜ][\w-]+)?)"
)


_COMPOUND_FUNDER = re.compile(
    r"\b(?P<who>Bundes|Landes|EU|ESF)-?(?P<noun>[Mm]itteln?|[Gg]eldern?|[Ff]örderung|[Zz]uschüssen?|[Zz]uschuss|[Zz]uwendung(?:en)?)\b|(?P<all>Länder)n?\b(?:(?<=Bund und Länder)|(?<=Bund und Ländern)|(?<=\b[Dd]ie Länder)|(?<=\bder Länder)|(?<=\bden Ländern))(?! [A-ZÄÖÜ])|\bESF-(?= und)"
)


def _funders_in_compounds(text: str, begin: int) -> Iterator[Mention]:
    """Who gives money by a compound: "Bundesmittel", "Bund und Länder"."""
    names = {
        "Bundes": "Bund",
        "Landes": "Land",
        "EU": "Europäische Union",
        "ESF": "ESF",
        None: "ESF",
    }
    for match in _COMPOUND_FUNDER.finditer(text, begin):
        if match["all"] or match["who"] == "Landes":
            yield Mention(
                match.start(), match.end(), "Länder", ("PublicBody",), "form", head="land"
            )
        else:
            kind = "Fund" if match["who"] in ("ESF", None) else "PublicBody"
            yield Mention(match.start(), match.end(), names[match["who"]], (kind,), "form")


_LEGAL_END = re.compile(r"(?:GmbH|AG|KG|eG|SE|mbH)\b")

_SHORT_TYPES = frozenset(("Person", "City", "Region", "Place", "Country", "Agreement"))


def _short_names(tokens: Tokens, found: Iterable[Mention]) -> Iterator[Mention]:
    """Later (or earlier) uses of abbreviations and of names without legal form or tail."""
    by_first: dict[str, list[tuple[tuple[str, ...], str, Mention]]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for mention in found:
        if mention.kind not in ("known", "form", "quote") or set(mention.types) & _SHORT_TYPES:
            continue
        if (mention.name, mention.alias) in seen:
            continue
        seen.add((mention.name, mention.alias))
        for text in _shorter(mention):
            stems = name_key(text)
            if stems and not head_types(text.lstrip("-")) and text.lstrip("-") not in towns():
                by_first[stems[0]].append((stems, text, mention))
    if not by_first:
        return
    flat = [(s, i) for i, w in enumerate(tokens.words) for s in w.stems]
    for place, (first, i) in enumerate(flat):
        best: tuple[int, Mention] | None = None
        for stems, text, mention in by_first.get(first, ()):
            end = place + len(stems)
            if tuple(s for s, _ in flat[place:end]) != stems or not tokens.words[i].cap:
                continue
            j = flat[end - 1][1]
            if len(stems) == 1 and not _same_short(tokens.words[i].text, text.lstrip("-")):
                continue
            if text[0] == "-" and "-" not in tokens.words[i].text:
                continue  # a first word alone only stands for a name in a compound
            if best is None or len(stems) > best[0]:
                best = (len(stems), mention)
                last = j
        if best:
            size, mention = best
            start, stop = tokens.starts[i], tokens.ends[last]
            word = tokens.words[last].text
            prefix = ""
            if i == last and "-" in word and size < len(tokens.words[i].stems):
                prefix = word.split("-", 1)[1]
                stop = start + len(word) - len(prefix) - 1
            yield Mention(start, stop, mention.name, mention.types, "short", head=mention.head,
                          id=mention.id, prefix=f"-{prefix}" if prefix else "")  # fmt: skip


def _same_short(word: str, text: str) -> bool:
    bare = word.split("-", 1)[0]
    return bare in (text, text + "s", text.upper()) or word in (text, text + "s")


def _shorter(mention: Mention) -> Iterator[str]:
    if mention.alias:
        yield mention.alias
        for ending in (" e.V", " e. V", " e.V."):
            yield mention.alias.removesuffix(ending)
    name = mention.name
    words = name.split()
    key = name_key(name)
    if len(key) > 1:
        yield name
    first = words[0]
    distinct = sum(map(str.isupper, first)) > 1 or any(c.isdigit() for c in first)
    if len(words) > 1 and len(first) > 2 and distinct and not head_types(first) and first.isalnum():
        yield first
    if (
        mention.kind == "form"
        and (_LEGAL_END.search(name) or "e. V" in name or "e.V" in name)
        and len(words) > 2
        and len(first) > 4
        and first.isalpha()
    ):
        yield f"-{first}"
        if len(first) > 6 and not first.endswith(("e", "er", "es", "en", "ung", "schaft")):
            yield first
    if mention.kind == "form" and len(key) > 2 and not mention.head:
        yield " ".join(words[:2])
    if mention.kind == "form" and len(words) == 2 and words[1] in ("e.V.", "GmbH", "AG", "gGmbH"):
        yield words[0]
