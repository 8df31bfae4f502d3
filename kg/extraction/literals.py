"""Dates, amounts of money and addresses in German texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from kg.extraction.mentions import Mention
from kg.extraction.vocabulary import MONTHS
from kg.model import Amount

_MONTH = "|".join((*MONTHS, "Jänner"))
_NUMBER = {name: f"{i:02}" for i, name in enumerate(MONTHS, start=1)} | {"Jänner": "01"}
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})\. (?P<month>{_MONTH})(?: (?P<year>(?:19|20)\d\d))?\b"
    r"|\b(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>(?:19|20)\d\d)\b"
    rf"|\b(?:(?:Anfang|Mitte|Ende) )?(?P<only>{_MONTH}) (?P<of>(?:19|20)\d\d)\b"
    r"|\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"
    r"|(?<![\d.,-])(?:(?:Anfang|Mitte|Ende|Frühjahr|Sommer|Herbst|Jahre?s?) )?"
    r"(?P<alone>(?:19[5-9]|20[0-4])\d)\b(?!\.\d| ?(?:Euro|Menschen|Beschäftigte|Mitarbeit|\d))"
)
_HEDGE = (r"(?:\b(?P<hedge>rund|etwa|circa|ca\.|knapp|mehr als|über|fast|bis zu|gut|insgesamt|jeweils|je|"
          r"weitere|weiteren|mindestens) )?")  # fmt: skip
_AMOUNT = re.compile(
    rf"{_HEDGE}(?<![\d.,])(?P<number>\d{{1,3}}(?:[. ]\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?)"
    r" ?(?P<times>Mio\.|Millionen|Million|Mrd\.|Milliarden|Milliarde|Tsd\.|Tausend|T)? ?"
    r"(?P<currency>Euro|EUR|€)(?!\w)"
)
_CURRENCY = re.compile(
    r"(?<=[a-zäöüß] )(?:Euro|EUR|€)(?!\w)"
    r"|(?<=Millionen)(?= (?:dazu|hinzu|bei|drauf|obendrauf|vom|zahlt|zahlen|gibt|geben|trägt|tragen|übernimmt|kommen)\b)"
)
_IN_WORDS = re.compile(
    rf"{_HEDGE}\b(?P<number>(?:(?:eine[rn]?|der|die) )?[A-Za-zäöüß]+) (?P<times>Millionen|Million|Milliarden|Milliarde)? ?\Z"
)
_TIMES = {"mi": 6, "ml": 6, "mr": 9, "ts": 3, "ta": 3, "t": 3}
_HEDGES = frozenset(("rund", "etwa", "circa", "ca.", "knapp", "mehr als", "über", "fast", "bis zu",
                     "gut", "mindestens"))  # fmt: skip
_STREET = (r"(?<!\w)[A-ZÄÖÜ][\w.-]{0,30}(?:[ -][\w.-]{1,30}){0,3}?(?:[Ss]tr(?:aße|\.)|weg|platz|Platz|allee|Allee|ring|gasse"
           r"|damm|ufer|chaussee|Chaussee|markt|Markt|Ring|Weg|Ufer|promenade|steig|graben|hof|Hof|tor)")  # fmt: skip
_ADDRESS = re.compile(
    rf"(?P<street>{_STREET} \d+(?: ?[a-z]\b)?(?:[-–/] ?\d+)?)(?P<gap>\s*[,|·•]?\s*(?:in )?)"
    r"(?P<code>(?:D-)?\d{5})\s(?P<town>[A-ZÄÖÜ][\wäöüß-]+(?: \([^)\n]+\)| an der [A-Z]\w+| am [A-Z]\w+)?)"
)


def dates(text: str, begin: int = 0) -> Iterator[Mention]:
    """Dates as EDTF; a day without its year is ``--MM-DD`` (ISO 8601:2000, XML Schema gMonthDay).

    >>> [d.value for d in dates("am 5. Mai, am 1. Juni 2020 und am 03.02.2019, seit Ende 2011")]
    ['--05-05', '2020-06-01', '2019-02-03', '2011']
    """
    for match in _DATE.finditer(text, begin):
        value = _edtf(match)
        if value:
            yield Mention(match.start(), match.end(), value, (), "date", value=value)


def _edtf(match: re.Match[str]) -> str:
    if match["month"]:
        month, day = _NUMBER[match["month"]], int(match["day"])
        if not 1 <= day <= 31:
            return ""
        return f"{match['year']}-{month}-{day:02}" if match["year"] else f"--{month}-{day:02}"
    if match["y"]:
        day, number = int(match["d"]), int(match["m"])
        return f"{match['y']}-{number:02}-{day:02}" if day <= 31 and 1 <= number <= 12 else ""
    if match["of"]:
        return f"{match['of']}-{_NUMBER[match['only']]}"
    return match["iso"] or match["alone"] or ""


def amounts(text: str, begin: int = 0) -> Iterator[Mention]:
    """Amounts of money in euros.

    >>> [str(amount_of(a)) for a in amounts("rund 3,8 Mio. Euro und 300.000 €")]
    ['rund 3800000 EUR', '300000 EUR']
    >>> [str(amount_of(a)) for a in amounts("knapp zweieinhalb Millionen Euro, fünfzigtausend Euro")]
    ['knapp 2500000 EUR', '50000 EUR']
    >>> [str(amount_of(a)) for a in amounts("Das Land gibt vier Millionen dazu.")]
    ['4000000 EUR']
    """
    for match in _AMOUNT.finditer(text, begin):
        yield Mention(match.start(), match.end(), match[0], (), "amount", value=match[0])
    in_words = "Euro" in text or "Millionen" in text
    for currency in _CURRENCY.finditer(text, begin) if in_words else ():
        words = _IN_WORDS.search(text, max(begin, currency.start() - 60), currency.start())
        if words and (number := number_of(words["number"])):
            parts = words["hedge"], f"{number}".replace(".", ","), words["times"], "Euro"
            value = " ".join(filter(None, parts))
            start, end = words.start(), currency.end()
            yield Mention(start, end, text[start:end], (), "amount", value=value)


_ONES = "ein zwei drei vier fünf sechs sieben acht neun".split()
_TEENS = ("zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn").split()
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()


@cache
def _numerals() -> dict[str, int]:
    """The numbers from 1 to 999 in words."""
    found = {w: i for i, w in enumerate(_ONES, 1)} | {w: i for i, w in enumerate(_TEENS, 10)}
    for i, ten in enumerate(_TENS, 2):
        found |= {ten: 10 * i} | {f"{one}und{ten}": 10 * i + n for n, one in enumerate(_ONES, 1)}
    below = {"": 0, **found}
    for i, hundred in enumerate(("", *_ONES), 0):
        found |= {f"{hundred}hundert{w}": 100 * max(i, 1) + n for w, n in below.items()}
    return found


def number_of(words: str) -> Decimal | None:
    """A number in German words, None where they are none.

    >>> [str(number_of(w)) for w in ("zwei", "dreihunderttausend", "eine halbe", "zweieinhalb", "anderthalb")]
    ['2', '300000', '0.5', '2.5', '1.5']
    >>> number_of("weitere")
    """
    word = words.lower()
    word = re.sub(r"\A(?:eine[rn]?|der|die) ", "", word)
    if word in ("halbe", "halben"):
        return Decimal("0.5")
    if word in ("anderthalb", "eineinhalb"):
        return Decimal("1.5")
    whole = word.removesuffix("einhalb")
    if re.fullmatch(r"eine[rn]?", whole):
        return Decimal(1)
    thousands, tausend, rest = whole.rpartition("tausend")
    known = _numerals()
    high = known.get(thousands, 0) if thousands else int(bool(tausend))
    low = known.get(rest, 0)
    if (thousands and not high) or (rest and not low) or not (high or low):
        return None
    return Decimal(1000 * high + low) + (Decimal("0.5") if whole != word else 0)


def amount_of(mention: Mention) -> Amount | None:
    """The amount that a mention means, with its hedge."""
    match = _AMOUNT.match(mention.value)
    if not match:
        return None
    number = re.sub(r"[. ]", "", match["number"]).replace(",", ".")
    times = (match["times"] or "").lower()
    power = next((p for prefix, p in _TIMES.items() if times.startswith(prefix)), 0)
    value = Decimal(number) * 10**power
    value = value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()
    hedge = match["hedge"]
    return Amount(value, "EUR", hedge if hedge in _HEDGES else None)


def addresses(text: str, begin: int = 0) -> Iterator[tuple[int, int, str, str]]:
    r"""Addresses: start, end, the address in one line, and its town.

    >>> [a[2:] for a in addresses("Egelstraße 4\n04103 Leipzig")]
    [('Egelstraße 4, 04103 Leipzig', 'Leipzig')]
    """
    for match in _ADDRESS.finditer(text, begin):
        street = " ".join(match["street"].split())
        town = match["town"]
        yield match.start(), match.end(), f"{street}, {match['code']} {town}", town
