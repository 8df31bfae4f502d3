"""Persons: by first name, title or office before the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.extraction.mentions import Mention
from kg.extraction.vocabulary import MONTHS
from kg.extraction.words import Tokens, Word

TITLES = frozenset(
    """
Dr Prof Professor Professorin Dipl Ing Dr-Ing PD Doktor Mag Sir Freiherr Graf habil hc h c rer nat
med phil oec jur pol Dipl-Ing Dipl-Kfm Dipl-Inf M A Priv Doz Univ sc Eh MBA em mult techn
""".split()
)
_TITLES_BEFORE = frozenset(
    "Dr Prof Dr-Ing Dipl-Ing Frau Herr Herrn PD Dipl Mag Dipl-Kfm Dipl-Inf Doktor".split()
)
_SURNAMES = frozenset(
    """
Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Januar März April Mai August Sommer Herbst
Winter Jahr Tag Ende Thema Bürger Vogt Teil Seite Besuch Rahmen Gast Start Gründer Bauer Neu Gut
""".split()
)
_PARTICLES = frozenset("von van de der zu zum vom den di da del la le el al ten".split())


def persons(tokens: Tokens) -> Iterator[Mention]:
    """Names of persons; a title before the name is in the span, not in the name.

    >>> from kg.extraction.words import tokens_of
    >>> text = "Prof. Dr.-Ing. Konrad Haselnuss traf Geschäftsführer Ronny Kestenholz und Henrike von Moosbach."
    >>> [m.name for m in persons(tokens_of(text))]
    ['Konrad Haselnuss', 'Ronny Kestenholz', 'Henrike von Moosbach']
    >>> [m.name for m in persons(tokens_of("Es sprachen Dr. Konrad A. Haselnuss und Ada M. Kestenholz."))]
    ['Konrad A. Haselnuss', 'Ada M. Kestenholz']
    """
    words, i, count = tokens.words, 0, len(tokens.words)
    while i < count:
        word = words[i]
        found = None
        if (
            word.first
            and word.text in MONTHS
            and i
            and (words[i - 1].text in ".0123456789" or words[i - 1].text.isdigit())
        ):
            found = None
        elif word.first and not word.types:
            found = _name(tokens, i, i)
        elif word.text in _TITLES_BEFORE:
            begin = _after_titles(tokens, i)
            found = _name(tokens, begin, i) if begin < count else None
        elif word.office and (before := _before_office(tokens, i)):
            yield before
        elif word.office and i + 2 < count and tokens.close(i) and tokens.close(i + 1):
            found = _after_office(tokens, i + 1)
        if found:
            mention, i = found
            yield mention
        i += 1


def _after_titles(tokens: Tokens, i: int) -> int:
    words = tokens.words
    while i < len(words) and (
        words[i].text in _TITLES_BEFORE or words[i].text in TITLES or words[i].text in ".-"
    ):
        if (
            words[i].text == "."
            and i + 1 < len(words)
            and tokens.starts[i + 1] > tokens.ends[i] + 1
        ):
            return i + 1
        i += 1
    return i


def _is_name(word: Word) -> bool:
    return (
        word.cap and not word.mark and not word.legal and not word.office
        and (not word.stop or word.text in _SURNAMES)
        and not word.text[0].isdigit() and not word.text.endswith("-")
        and not (word.caps and len(word.text) > 3 and "-" not in word.text)
    )  # fmt: skip


def _name(tokens: Tokens, i: int, begin: int) -> tuple[Mention, int] | None:
    """A name from token ``i`` on, introduced by titles from ``begin`` on."""
    words, last = tokens.words, i
    titled = begin < i
    if i >= len(words) or not _is_name(words[i]) or (words[i].types and not titled):
        return None
    given = words[i].first
    surname = False
    while last + 1 < len(words):
        following = words[last + 1]
        gap = tokens.starts[last + 1] - tokens.ends[last]
        if following.text == "." and len(words[last].text) == 1 and gap == 0:
            last, surname = last + 1, False  # an initial
            continue
        if gap != 1 or "\n" in tokens.text[tokens.ends[last] : tokens.starts[last + 1]]:
            break
        if following.text in _PARTICLES and last + 2 < len(words) and _is_name(words[last + 2]):
            if not given or (
                following.text in ("zum", "vom", "der", "den") and words[last].text != "von"
            ):
                break
            if following.text == "von" and (
                words[last + 2].types or words[last + 2].place or words[last + 2].first
            ):
                break
            last += 2
            if words[last - 1].text == "von" and words[last].text in ("der", "den"):
                last += 1
            surname = True
            continue
        if not _is_name(following) or (surname and last - i >= 1 and not words[last].first and not (
            titled and not given and last == i + 1 and not following.types and not following.place
        )):  # fmt: skip
            break  # "Dr. Minh Anh Rosskopf" has two first names that we do not know
        if following.types and not (surname is False and not following.place):
            break
        surname = not following.first or last > i
        last += 1
    if last == i and not titled:
        return None
    while last > i and words[last].text == ".":
        return None
    name = " ".join(tokens.text[tokens.starts[i] : tokens.ends[last]].split())
    after = words[last + 1] if last + 1 < len(words) and tokens.close(last) else None
    if after is not None and after.legal and not titled:
        return None  # "Otto Müller GmbH" is a company
    head = words[last].text.casefold()
    return Mention(
        tokens.starts[begin], tokens.ends[last], name, ("Person",), "person", head=head
    ), last


def _before_office(tokens: Tokens, i: int) -> Mention | None:
    """Two words with capitals, a comma and an office: "Ronny Kestenholz, Geschäftsführer der …"."""
    words, j = tokens.words, i - 1
    while (
        j > 0
        and i - j < 4
        and not words[j].mark
        and (not words[j].cap or words[j].lower.endswith("er"))
    ):
        j -= 1
    if j < 2 or words[j].text != ",":
        return None
    one, two = words[j - 2], words[j - 1]
    if (
        one.first
        or one.text in _TITLES_BEFORE
        or not (_is_name(one) and _is_name(two))
        or not tokens.close(j - 2)
    ):
        return None
    if (
        one.types
        or two.types
        or one.place
        or two.place
        or one.caps
        or two.caps
        or one.stop
        or two.stop
    ):
        return None
    if j > 2 and words[j - 3].cap and not words[j - 3].mark and tokens.close(j - 3):
        return None  # the end of a longer name
    name = f"{one.text} {two.text}"
    return Mention(
        tokens.starts[j - 2],
        tokens.ends[j - 1],
        name,
        ("Person",),
        "person",
        head=two.text.casefold(),
    )


def _after_office(tokens: Tokens, i: int) -> tuple[Mention, int] | None:
    """Two words with capitals after an office, such as "Minister Ronny Kestenholz"."""
    one, two = tokens.words[i], tokens.words[i + 1]
    if one.stop:
        return None
    if one.text in _TITLES_BEFORE or one.first:
        return None
    if not (_is_name(one) and _is_name(two)) or one.types or two.types or one.place or one.caps:
        return None
    if i + 2 < len(tokens.words) and tokens.words[i + 2].legal:
        return None
    if "\n" in tokens.text[tokens.ends[i - 1] : tokens.starts[i + 1]]:
        return None
    name = f"{one.text} {two.text}"
    mention = Mention(tokens.starts[i], tokens.ends[i + 1], name, ("Person",), "person",
                      head=two.text.casefold())  # fmt: skip
    return mention, i + 1


def surnames(tokens: Tokens, found: Iterable[Mention]) -> Iterator[Mention]:
    """Persons by their surname alone, where one person of the text is called so."""
    owners: dict[str, set[str]] = defaultdict(set)
    by_name: dict[str, Mention] = {}
    for mention in found:
        if mention.types == ("Person",) and " " in mention.name:
            surname = mention.name.split()[-1]
            owners[surname].add(mention.name)
            by_name[surname] = mention
    for i, word in enumerate(tokens.words):
        if not word.cap or word.mark:
            continue
        name = word.text if word.text in owners else word.text.removesuffix("s")
        if name in owners and len(owners[name]) == 1 and len(name) > 2:
            mention = by_name[name]
            yield Mention(tokens.starts[i], tokens.ends[i], mention.name, ("Person",), "short",
                          head=mention.head, id=mention.id)  # fmt: skip
