"""Clauses of a sentence: relative and subordinate ones taken out, each with what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.genders import genders_of
from kg.extraction.given_names import person_gender
from kg.extraction.mentions import Mention
from kg.extraction.skeleton import DET, View, is_mention, pattern

_SPLIT = re.compile(
    r";(?! (?:d(?:er|ie|as) )?[\U000f1000-\U000f2fff](?:[;,.]|\Z)) | – |(?<![\U000f0000-\U000fffff]): (?!(?:d(?:er|ie|as) )?(?:[a-zäöü]+ )?[\U000f0000-\U000f4fff])| \| |\.\.\. |, (?=(?:dass|weil|wenn|ob|damit|während|obwohl|sodass|indem|um|aber|doch|sondern|teilte|sagte|erklärte|betonte|so|wie)\b)"
)
_SPLICE = pattern(
    r", (?=(?:(?:auch|zudem|außerdem) )?(?:(?:der|die|das) )?(?:[A-ZÄÖÜ]\w+ )?<O>(?:(?: und|,) (?:(?:der|die|das) )?<O>)* "
    r"(?:ist|sind|wird|werden|wurden?|wirkt|wirken|gibt|geben|steuert|steuern|fördert|fördern|unterstützt|unterstützen"
    r"|hat|haben|beteiligt|beteiligen|übernimmt|übernehmen|trägt|tragen|stellt|stellen|kommt|kommen|gehört|gehören"
    r"|begleitet|begleiten|leitet|führt|koordiniert|betreibt|schießt|zahlt|finanziert) \S"
    r"|<P> (?:folgt|folgte|übernimmt|übernahm|löst|tritt|wird|wurde|bleibt) \S"
    r"|(?:[a-zäöüß]+e )?[A-ZÄÖÜ][a-zäöüß-]+ (?:ist|sind|war|waren) (?:die|der|das|<O>)"
    r"|(?:den|der) Rest (?:die |der |das )?<O>"
    r"|[a-zäöüß]{4,}(?:t|en) (?:wird|werden|wurden?|ist|sind) "
    r"|(?:(?:den|der|einen) Rest|(?:die|der|den) (?:übrigen?|restlichen?|verbleibenden?|andere|zweite) [^,;]{1,30}?|(?:die )?weiteren? (?:<A>|Mittel|Kosten|\S+ Prozent)|<A>) (?:trägt|tragen|übernimmt|übernehmen|steuert|steuern"
    r"|kommt|kommen|stammt|stammen|finanziert|finanzieren|zahlt|zahlen|bringt|bringen|gibt|geben|stellt|stellen|fließt|fließen|schießt) )"
)
"""Between two main clauses: "Träger ist A, die B wirkt mit"."""
_FINITE = re.compile(
    r"(?i)\b(?:ist|sind|war|waren|wird|werden|wurden?|hat|haben|kommt|kommen|kam|kamen|gibt|geben|gab|geht|ging|bleibt|blieb|steht|stand|erhält|erhielt|erhalten|bekommt|bekam|läuft|lief|stammt|fließt|fließen|endet|beginnt|begann|startet|liegt|lag|betreibt|arbeiten|wirkt|zählt|gehört|übernahm|trägt|tragen|trug|fördert|finanziert|investiert|zahlt|heißt|hieß|sagte|teilte|stellt|stellte|stellen|löst|löste|tritt|trat|folgt|folgte|führt|führte|leitet|leitete|baut|baute|zieht|zog|soll|sollen|will|wollen|kann|können|muss|müssen|sitzt|findet|fand|wählt|wählte|wählten|verlässt|sieht|nennt|nannte|[a-zäöüß]{3,}(?:iert|ligt|nimmt|ägt|ellt|eitet|ützt|dert))\b"
)
_RELATIVE = pattern(
    r",? ?, (?:(?P<prep>an|in|mit|von|für|bei|zu|durch|aus|unter|auf|über) )?"
    r"(?P<rel>der|die|das|dem|den|dessen|deren|denen|welche[rsmn]?|wo)(?P<rest> [^;]*)"
)
_AS_ARTICLE = pattern(
    r" (?:(?!(?:d(?:er|ie|as|en|em|es)|außerdem|zudem|neben|ferner|seine?[rnms]?|ihre?[rnms]?|wieder|aber|einer|über|unter) )(?:[a-zäöüß-]+(?:e|en|er|es|em)|[\d.]+) ){0,3}(?:<*>|[A-ZÄÖÜ])"
)
_DEPENDENT = re.compile(r"(?:dass|ob|wenn|falls|damit|weil)\b")
_VERB_END = re.compile(r"(?<= )[a-zäöüß]{2,}(?=[,.;]|\Z)")
_POSSESSIVE = pattern(
    r"\b(?:dessen|deren) (?P<adj>(?:[a-zäöüß]+e[nr]? )*)(?P<noun><R>|[A-ZÄÖÜ][\w-]*)"
)
_CASES = {"der": "der", "die": "die", "das": "das", "dem": "dem", "den": "den", "denen": "den"}


@dataclass(slots=True)
class Clause:
    """A clause as a skeleton; ``about`` is what a relative clause says something of.

    ``scope`` is where to look whether it is said, announced, denied or left open; ``of_unseen`` is
    whether a relative clause says something of what no name stands for.
    """

    text: str
    about: Mention | None = None
    scope: str = ""
    of_unseen: bool = False


def clauses_of(text: str, view: View) -> list[Clause]:
    """The clauses of a skeleton, relative ones with their antecedent put in their place."""
    found: list[Clause] = []
    before = ""
    for part in _parts(text):
        main, relatives = _without_relatives(part, view)
        # what is wished for or doubted in the main clause is so in the one that depends on it
        found.append(Clause(main, scope=f"{before}, {main}" if _DEPENDENT.match(main) else main))
        before = main
        found.extend(relatives)
    return [c for c in found if any(is_mention(ch) for ch in c.text)]


def _parts(text: str) -> list[str]:
    pieces = text.split(" – ")
    if len(pieces) == 3 and len(pieces[1]) < 120:  # a pair of dashes is a bracket
        if not any(is_mention(c) for c in pieces[1]) and len(pieces[1]) < 30:
            return _SPLIT.split(" ".join(pieces))
        text = f"{pieces[0]} {pieces[2]}"
        return [*_SPLIT.split(text), pieces[1]]
    return [one for part in _SPLIT.split(text) for one in _spliced(part)]


def _spliced(text: str) -> list[str]:
    """The main clauses of a part of a sentence that only commas divide."""
    for match in _SPLICE.finditer(text):
        if _FINITE.search(text, 0, match.start()) and not _DEPENDENT.match(text):
            return [text[: match.start()], *_spliced(text[match.end() :])]
    return [text]


def _without_relatives(text: str, view: View) -> tuple[str, list[Clause]]:
    relatives: list[Clause] = []
    place = 0
    for _ in range(6):
        match = _RELATIVE.search(text, place)
        if not match:
            break
        if match["rel"] in ("der", "die", "das", "dem", "den") and _AS_ARTICLE.match(match["rest"]) and not (
            _is_relative_anyway(match["rest"])
        ):  # fmt: skip
            place = match.start("rel")
            continue
        before = text[: match.start()]
        about = "" if _ANYBODY.search(before) else _antecedent(before, match["rel"], view)
        if about and match["rel"] != "wo" and (place_of := _SOME_PLACE.search(before)):
            # "ein Netz von Häusern in Gera, das der Bund fördert": only what surely agrees
            about = _antecedent(before[: place_of.start()], match["rel"], view)
            about = about if about and _agrees(match["rel"], view.of(about)) else ""
        end_match = _VERB_END.search(match["rest"])
        end = match.start("rest") + (end_match.end() if end_match else len(match["rest"]))
        body = text[match.start("rest") : end]
        if about:
            relatives.append(
                Clause(_filled(match["prep"], match["rel"], about, body), view.of(about))
            )
        else:
            unseen = not _OF_TEXT.search(before)
            relatives.append(Clause(body.strip(), of_unseen=unseen))
        following = text[end:]
        text = text[: match.start()] + (following[1:] if following.startswith(",") else following)
        place = match.start()
    return text, relatives


def _is_relative_anyway(rest: str) -> bool:
    """Whether a determiner follows the pronoun: "das die Hochschule koordiniert"."""
    return bool(
        re.match(rf" {DET} ", rest)
        or _PERSON_ACTS.match(rest)
        or _HAS.match(rest)
        or _DOES.match(rest)
    )


_DOES = pattern(
    r" <S> (?:auch |zudem |künftig |bereits |seit <D> )?(?:die|den|das|eine|einen|ein) (?:[a-zäöüß]+ )*[A-ZÄÖÜ]\w+ (?:[a-zäöüß]+ )*[a-zäöüß]{2,}(?:t|te|ten|en)(?=[,.;]|\Z)"
)
"""A name, what it does and a verb at the end: "für das Muster e. V. die Trägerschaft übernimmt"."""
_HAS = re.compile(
    r" [A-ZÄÖÜ][a-zäöüß]+ [^,;]*\b(?:hat|haben|hatte|hatten|besitzt|betreibt|unterhält|unterhielt|bietet|umfasst)(?=[,.;]|\Z)"
)
"""A verb at the end: "das Standorte in Gera und Jena hat"."""
_PERSON_ACTS = pattern(r" <P>(?: [a-zäöüß]+)* [a-zäöüß]{3,}t(?:e|en)?(?=[,.;]|\Z)")
"""A person has no article: "das Anna Muster leitet"."""


_ANYBODY = re.compile(
    r"\b(?:[Aa]llen?|alles|[Jj]enen?|[Dd]iejenigen|denjenigen|etwas|nichts|[Mm]enschen|Leuten?)\Z"
)
"""Of whom a relative clause speaks that is no name: "für alle, die …"."""


_SOME_PLACE = pattern(r"\b(?:in|aus) <L>\Z")
_OF_TEXT = re.compile(
    r"(?:[Kk]onsorti(?:um|ums)|[Vv]erbund(?:e?s)?|[Pp]rojekts?|[Vv]orhabens?|[Bb]ündnis(?:ses)?|[Pp]artnerschaft|[Pp]rogramms?)\Z"
)
"""Nouns that in any text stand for what it is about."""


def _antecedent(before: str, pronoun: str, view: View) -> str:
    """The name right before a relative pronoun; one before that only where the gender tells so."""
    tail = before.rstrip()
    nearest = ""
    for place in range(len(tail) - 1, max(-1, len(tail) - 60), -1):
        char = tail[place]
        if (is_mention(char) and ord(char) < 0xF5000) or (
            is_mention(char) and 0xF6000 <= ord(char) < 0xF7000
        ):
            agrees = _agrees(pronoun, view.of(char))
            if agrees or (agrees is None and not nearest):
                return char
            if nearest:
                break
            nearest = char
        if char in ",.;:" or tail.startswith((" und ", " sowie "), place):
            break
    return nearest


_GENDERS = {
    "der": "mf",
    "die": "f",
    "das": "n",
    "dem": "mn",
    "den": "m",
    "dessen": "mn",
    "deren": "f",
}
"""The genders of what a relative pronoun may stand for; of several things, "die" and "deren"."""


def _agrees(pronoun: str, mention: Mention) -> bool | None:
    """Whether a name has a gender that a relative pronoun may stand for, where both tell.

    >>> hall = Mention(0, 1, "Hochschule Neuwald", ("University",), "form")
    >>> _agrees("deren", hall), _agrees("das", hall), _agrees("wo", hall)
    (True, False, None)
    """
    person = mention.types == ("Person",)
    genders = person_gender(mention.name) if person else genders_of(mention.name)
    wanted = _GENDERS.get(pronoun, "")
    return not set(genders).isdisjoint(wanted) if genders and wanted else None


def _filled(prep: str | None, pronoun: str, about: str, body: str) -> str:
    if pronoun == "wo":
        return f"in {about}{body}"
    if pronoun in ("dessen", "deren"):
        whole = f"{pronoun}{body}"
        filled = _POSSESSIVE.sub(lambda m: f"{m['adj']}{m['noun']} des {about}", whole, count=1)
        return filled if filled != whole else f"des {about}{body}"
    article = _CASES.get(pronoun, "")
    return f"{prep + ' ' if prep else ''}{article + ' ' if article else ''}{about}{body}".strip()


def with_possessive(text: str, about: str) -> str:
    """A sentence that begins with "Dessen Leitung hat …", the owner put after the noun."""
    return re.sub(
        r"\A((?:[A-Z][a-zü]+ )?)(?:[Dd]essen|[Dd]eren) ((?:[a-zäöüß]+e[nr]? )*)([A-ZÄÖÜ][\w-]*|[\U000f8000-\U000f8fff])",
        lambda m: f"{m[1]}{m[2]}{m[3]} des {about}",
        text,
    )
