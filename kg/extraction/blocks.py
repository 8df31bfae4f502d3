"""What stands in lines and not in sentences: lists after a colon, contact blocks, addresses."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extraction.claims import Claim
from kg.extraction.defaults import BODY
from kg.extraction.frames import is_a
from kg.extraction.holding import relation_of
from kg.extraction.literals import addresses
from kg.extraction.mentions import Mention
from kg.extraction.skeleton import View, pattern, view_of_parts

_OPEN_LIST = re.compile(r":\s*\Z")
_OPEN_HEAD = re.compile(
    r"(?i)\A[^.;:!?]*\b(?:partner|mitglieder|beteiligt\w*|dabei|mitwirkende|verbund|konsortium|förderer|träger|gesellschafter)[^.;:!?]{0,30}\??\Z"
)
_AWARD = re.compile(
    r"(?i)\b(?:zuschlag|träger\w*|betreib\w+|umgesetzt|ausgewählt|getragen|verantwort\w+)\b"
)
_IN_PLACE = pattern(r"\A(?:in |im |für )?(?P<places><L+>)(?::| –|,)? <~>(?P<a><O>)")
_ORG_LINE = pattern(
    r"\A(?:(?:Presse)?[Kk]ontakt:?|Über(?: uns)?:?|Herausgeber:?|Ansprechpartner(?:in)?:?|V\. ?i\. ?S\. ?d\. ?P\.:?|c/o|Impressum:?)? ?<~>(?P<a><S>)\W*\Z"
)
_PERSON_LINE = pattern(
    r"\A(?:(?:Ansprechpartner(?:in)?|Kontakt|Pressekontakt|Presse|Ihr|Ihre|Herr|Frau):? )?(?P<p><P>)\W*\Z"
)
_OFFICE_LINE = pattern(
    r"\A(?:[A-ZÄÖÜ]?[a-zäöüß]+e[rn]? )?(?P<r><R>)(?:(?: (?:der|des|bei|beim|von|vom|im|in der|für)(?: der| dem)?)? <~>(?P<b><S>))?\W*\Z"
)
_BOTH_LINE = pattern(
    r"\A(?:(?:Ansprechpartner(?:in)?|Kontakt|Presse):? )?(?P<p><P>)[,|–-]? ?(?:[a-zäöüß]+ )?(?P<r><R>)\W*\Z"
)


def lists(views: list[View]) -> Iterator[View]:
    """A line that ends with a colon and the items after it, as one sentence."""
    i = 0
    while i < len(views):
        head = views[i]
        items: list[View] = []
        j = i + 1
        bare = head.sentence.line and not head.sentence.item and bool(_OPEN_HEAD.match(head.text))
        if _OPEN_LIST.search(head.text) or bare:
            while (
                j < len(views)
                and j - i < 40
                and (views[j].sentence.item or (not bare and _is_plain_item(views[j], items)))
            ):
                items.append(views[j])
                j += 1
        if items and any(v.mentions for v in items):
            yield view_of_parts(replace(head, text=f"{head.text}:") if bare else head, items)
            i = j
        else:
            i += 1


def _is_plain_item(seen: View, before: list[View]) -> bool:
    """Whether a line without a bullet is an item: nothing but a name, as those before it."""
    return (
        bool(_ORG_LINE.match(seen.text))
        and seen.sentence.line
        and all(not v.sentence.item for v in before)
    )


def award_claims(views: list[View]) -> Iterator[Claim]:
    """A list of who carries which of several: "Den Zuschlag für ein Zentrum erhielten: in Sachsen die …"."""
    for i, head in enumerate(views):
        if not (_OPEN_LIST.search(head.text) and _AWARD.search(head.text)):
            continue
        kinds = [m for m in head.mentions if "Project" in m.types and m.kind != "short"]
        if len(kinds) != 1 or not re.search(
            r"\b(?:ein|eines|je ein|einem|jeweils ein) (?=[\U000f2000-\U000f3fff])", head.text
        ):
            continue
        for item in views[i + 1 : i + 40]:
            match = _IN_PLACE.match(item.text)
            if not match or not item.sentence.item:
                break
            for place in item.named(match["places"], "L"):
                one = replace(kinds[0], name=f"{kinds[0].name} {place.name}", id=None, kind="form",
                              start=place.start, end=place.end)  # fmt: skip
                for body in item.all_in(match["a"]):
                    yield Claim(
                        body, "operates", one, "list of carriers by place", item, "", weight=0.8
                    )
                yield Claim(
                    one, "locatedIn", place, "list of carriers by place", item, "", weight=0.8
                )


_PAIRED = re.compile(
    r"(?i)\b(?:und|mit|sowie) (?:ihre[nr]?|deren|den|die|jeweilige[nr]?) (?:jeweiligen? )?(?P<noun>träger|betreiber|trägerorganisationen|koordinatoren|standorten?|sitz|leiter|leiterinnen|leitungen)\b[^.!?]{0,20}:\s*\Z"
)
_PAIRS = {"tr": "operates", "be": "operates", "ko": "leadsConsortium", "st": "locatedIn", "si": "locatedIn", "le": "headOf"}  # fmt: skip
_PAIR = pattern(
    r"\A<~>(?P<a><S>)(?: \([^)]*\))?(?::| –| -) <~>(?P<b><O>|<L>|<P>)(?: \([^)]*\))?\W*\Z"
)


def paired_claims(views: list[View]) -> Iterator[Claim]:
    """A list of pairs whose head says what the second is: "Die Zentren und ihre Träger:"."""
    for i, head in enumerate(views):
        paired = _PAIRED.search(head.text)
        for item in views[i + 1 : i + 40] if paired else ():
            match = _PAIR.match(item.text)
            if not paired or not match or not item.sentence.line:
                break
            relation = _PAIRS[paired["noun"][:2].lower()]
            one, other = item.of(match["a"]), item.of(match["b"])
            if relation in ("operates", "leadsConsortium", "headOf"):
                one, other = other, one
            yield Claim(
                one, relation, other, f"list of pairs {paired['noun']}", item, "", weight=0.85
            )


def contact_claims(views: list[View], text: str) -> Iterator[Claim]:
    """Who is what in a contact block: a body, a person and an office, each in a line of its own."""
    body: Mention | None = None
    person: Mention | None = None
    waiting: tuple[Mention, Mention, View] | None = None
    last_end = 0
    for seen in views:
        gap = text[last_end : seen.sentence.start]
        last_end = seen.sentence.end
        if not (seen.sentence.line or len(seen.text) < 90) or len(seen.text) > 160:
            body = person = waiting = None
            continue
        if (
            gap.count("\n") > 2
            and person is not None
            and waiting is None
            and not _OFFICE_LINE.match(seen.text)
        ):
            person = None
        org = _ORG_LINE.match(seen.text)
        if org and "c/o" not in seen.text:
            found = seen.of(org["a"])
            if waiting:
                yield from _office(waiting[0], waiting[1], found, waiting[2])
                waiting = None
            body = found
            continue
        both, office, alone = (p.match(seen.text) for p in (_BOTH_LINE, _OFFICE_LINE, _PERSON_LINE))
        if both:
            if body:
                yield from _office(seen.of(both["p"]), seen.of(both["r"]), body, seen)
            else:
                waiting = (seen.of(both["p"]), seen.of(both["r"]), seen)
        elif office and person:
            named = seen.of(office["b"]) if office["b"] else body
            if named:
                yield from _office(person, seen.of(office["r"]), named, seen)
            else:
                waiting = (person, seen.of(office["r"]), seen)
            person = None
        elif alone:
            person = seen.of(alone["p"])
        elif (
            not seen.mentions
            and len(seen.text) < 40
            and re.match(r"(?i)(?:presse|kontakt|impressum|ansprechpartner)", seen.text)
        ):
            body = person = waiting = None


def _office(person: Mention, office: Mention, body: Mention, seen: View) -> Iterator[Claim]:
    relation = relation_of(office.value, body, office.name)
    if not relation:
        return
    one, other = (body, person) if relation in ("chairedBy", "managedBy") else (person, body)
    yield Claim(one, relation, other, f"contact block {office.name}", seen, "", weight=0.85, modality="asserted",
                near=[office])  # fmt: skip


def address_claims(views: list[View], text: str, begin: int) -> Iterator[Claim]:
    """Addresses of the body named last before them, and the town as its place."""
    found = list(addresses(text, begin))
    starts = [v.sentence.start for v in views] if found else []
    cities = (
        {m.name: m.id for v in views for m in v.mentions if m.types[:1] == ("City",)}
        if found
        else {}
    )
    for start, end, address, town in found:
        number = bisect.bisect_right(starts, start)
        before = [v for v in views[max(0, number - 12) : number] if start - v.sentence.start < 400]
        owner = _owner(before, start)
        if owner is None or not before:
            continue
        seen = before[-1]
        span = replace(
            seen,
            sentence=replace(
                seen.sentence,
                start=min(seen.sentence.start, start),
                end=max(seen.sentence.end, end),
            ),
        )
        place = Mention(start, end, town, ("City", "Place"), "place", id=cities.get(town))
        yield Claim(
            owner,
            "hasAddress",
            address,
            "address",
            span,
            "",
            weight=0.85,
            modality="asserted",
            near=[place],
        )
        yield Claim(
            owner, "locatedIn", place, "address", span, "", weight=0.85, modality="asserted"
        )


def _owner(before: list[View], start: int) -> Mention | None:
    for seen in reversed(before[-8:]):
        bodies = [
            m for m in seen.mentions if m.types and is_a(m, BODY | {"Project"}) and m.start < start
        ]
        if bodies:
            own = (
                [m for m in bodies if m.types[0] in ("Project",)] if "Sitz" in seen.text else bodies
            )
            return (own or bodies)[0]
        if not seen.sentence.line and len(seen.text) > 120:
            return None
    return None
