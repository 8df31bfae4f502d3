"""Functions, fundings and other statements about entities as bars in time; what is open fades out.

A bar is solid from the day by which it has begun to the day until which it has not ended, and
fades over what is only possible: to the first day it may begin, and to the last on which it may
end. Where a side has no bound it fades over two years, which say nothing of how long it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from kg.dates import possible_days
from kg.errors import KgError, UsageError, did_you_mean
from kg.model import Corpus, Statement, Validity
from kg.ontology import Ontology
from kg.profile import Record, record
from kg.reading import label_of

_Scale = Callable[[dt.date], float]
_OPEN = dt.timedelta(days=730)
_LEFT, _WIDTH, _ROW, _BAR, _TOP = 400, 1240, 24, 9, 34
LANGUAGES = ("de", "en")
_WORDS = {
    "de": {"since": "seit", "until": "bis", "observed": "gilt am", "role": "als",
           "amount": "Betrag", "planned": "geplant"},
    "en": {"since": "since", "until": "until", "observed": "holds on", "role": "as",
           "amount": "amount", "planned": "planned"},
}  # fmt: skip
# Okabe and Ito, Color Universal Design, 2008: told apart with any colour vision.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#999999")


@dataclass(frozen=True, slots=True)
class Bar:
    """A statement in time, as days: it may begin from ``first``, and may end up to ``last``.

    It certainly holds from ``begun`` to ``kept``, where both are known and in this order.
    ``is_point`` marks what is an event of its own, such as a founding.
    """

    first: dt.date
    begun: dt.date
    kept: dt.date
    last: dt.date
    open_before: bool
    open_after: bool
    is_point: bool
    said: Record


@dataclass(frozen=True, slots=True)
class Lane:
    """One triple with a bar for each source that states it; ``label`` says it by language."""

    about: str
    about_label: str
    relation: str
    label: Mapping[str, str]
    bars: tuple[Bar, ...]


def timeline(
    corpus: Corpus,
    ontology: Ontology,
    entities: Sequence[str],
    relations: Collection[str] = (),
    *,
    statements: Iterable[Statement] | None = None,
) -> list[Lane]:
    """The lanes of entities (by id), in their order, by relation and beginning.

    Args:
        corpus: with the validity of its statements filled in.
        ontology: labels of relations, and which hold a date.
        entities: whom it is about.
        relations: only these, with those below them; none means all.
        statements: where to look, if it is known which are about them; default the whole corpus.

    Raises:
        UsageError: there is no such relation.
        KgError: no statement about them has a date.
    """
    for name in relations:
        if name not in ontology.relations:
            hint = did_you_mean(name, ontology.relations)
            raise UsageError(f"unknown relation '{name}', {hint}")
    lanes: dict[tuple[str, str, str, str], list[Bar]] = {}
    for statement in corpus.statements() if statements is None else statements:
        ends = [corpus.canonical.get(x, x) for x in (statement.subject, statement.object)]
        concerned = [entity for entity in entities if entity in ends]
        if not concerned or statement.modality == "denied":
            continue
        implied = {statement.relation, *ontology.relations_implied_by(statement.relation)}
        if (relations and not implied & set(relations)) or not (
            bar := _bar(statement, corpus, ontology)
        ):
            continue
        for entity in concerned:
            other = ends[1] if entity == ends[0] else ends[0]
            lanes.setdefault((entity, statement.relation, other, ends[0]), []).append(bar)
    found = [
        Lane(entity, label_of(corpus.entities[entity]), relation,
             _label(corpus, ontology, relation, other, subject == entity),
             tuple(sorted(bars, key=lambda b: (b.begun, b.kept, str(b.said["id"])))))
        for (entity, relation, other, subject), bars in lanes.items()
    ]  # fmt: skip
    if not found:
        raise KgError("no statement about this has a date, try `kg show`")
    order = {entity: place for place, entity in enumerate(entities)}
    names = list(ontology.relations)
    return sorted(found, key=lambda x: (order[x.about], names.index(x.relation),
                                        x.bars[0].begun, x.label["de"]))  # fmt: skip


def _label(
    corpus: Corpus, ontology: Ontology, relation: str, other: str, is_subject: bool
) -> dict[str, str]:
    term = ontology.relations[relation]
    name = label_of(corpus.entities[other]) if other in corpus.entities else other
    labels = term.labels if is_subject else term.inverse_labels or term.labels
    return {language: f"{labels.get(language, relation)}: {name}" for language in LANGUAGES}


def _bar(statement: Statement, corpus: Corpus, ontology: Ontology) -> Bar | None:
    """The bar of a statement; None where nothing dates it."""
    said = record(statement, corpus, ontology)
    if ontology.relations[statement.relation].has_date:
        first, last = possible_days(statement.object)
        if first is None or last is None:
            return None
        return Bar(first, first, last, last, False, False, True, said)
    v = statement.validity
    if v == Validity():
        return None
    begun = v.latest_start or v.earliest_start or v.earliest_end or v.latest_end
    kept = v.earliest_end or v.latest_end or begun
    if begun is None or kept is None:
        return None
    first, last = v.earliest_start or _shifted(begun, -1), v.latest_end or _shifted(kept, 1)
    return Bar(min(first, begun, kept), min(begun, kept), max(begun, kept), max(last, begun, kept),
               v.earliest_start is None, v.latest_end is None, False, said)  # fmt: skip


def _shifted(day: dt.date, sign: int) -> dt.date:
    try:
        return day + sign * _OPEN
    except OverflowError:
        return day


def as_svg(lanes: Sequence[Lane], title: str, language: str = "de") -> str:
    """The lanes as an SVG document; titles of bars tell dates and source.

    Args:
        lanes: what ``timeline`` gave, at least one.
        title: what the picture is called, for readers of the screen.
        language: ``de`` or ``en``, of relations and words.
    """
    days = [d for lane in lanes for b in lane.bars for d in (b.first, b.last)]
    start, end = dt.date(min(days).year, 1, 1), dt.date(min(max(days).year + 1, 9999), 1, 1)
    heads = {lane.about for lane in lanes}
    height = _TOP + sum(_height(lane) for lane in lanes) + 20 + _ROW * len(heads)
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img",
                              "viewBox": f"0 0 {_WIDTH} {height}", "font-family": "sans-serif",
                              "font-size": "12", "fill": "currentColor"})  # fmt: skip
    ET.SubElement(root, "title").text = title
    colours = colours_of(lanes)
    _gradients(root, sorted(set(colours.values())))

    def x(day: dt.date) -> float:
        share = (day.toordinal() - start.toordinal()) / max(1, end.toordinal() - start.toordinal())
        return round(_LEFT + share * (_WIDTH - _LEFT - 32), 1)

    _axis(root, start, end, height, x)
    top = _TOP
    for lane in lanes:
        if lane.about in heads:  # the first of an entity
            heads.discard(lane.about)
            _text(root, _LEFT - 8, top + 15, lane.about_label, anchor="end", weight="bold")
            top += _ROW
        label = lane.label[language]
        _text(root, _LEFT - 8, top + 15, _short(label), anchor="end", full=label)
        for place, bar in enumerate(lane.bars):
            _draw(root, bar, top + 6 + place * (_BAR + 3), colours[lane.relation], x, language)
        top += _height(lane)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def colours_of(lanes: Iterable[Lane]) -> dict[str, str]:
    """The colours of the relations that are shown."""
    names = list(dict.fromkeys(lane.relation for lane in lanes))
    return {name: _COLOURS[place % len(_COLOURS)] for place, name in enumerate(names)}


def _height(lane: Lane) -> int:
    return max(_ROW, 12 + len(lane.bars) * (_BAR + 3))


def _short(text: str) -> str:
    return text if len(text) <= 62 else text[:61] + "…"


def _gradients(root: ET.Element, colours: Iterable[str]) -> None:
    defs = ET.SubElement(root, "defs")
    for colour in colours:
        for side, stops in (("in", (0, 1)), ("out", (1, 0))):
            gradient = ET.SubElement(defs, "linearGradient", {"id": f"{side}-{colour[1:]}"})
            for offset, opacity in zip(("0", "1"), stops, strict=True):
                ET.SubElement(gradient, "stop", {"offset": offset, "stop-color": colour,
                                                 "stop-opacity": str(opacity)})  # fmt: skip


def _axis(root: ET.Element, start: dt.date, end: dt.date, height: int, x: _Scale) -> None:
    years = end.year - start.year
    step = next((s for s in (1, 2, 5, 10, 25, 50, 100) if years / s <= 16), 500)
    for year in range(start.year - start.year % step, end.year + 1, step):
        if start.year <= year <= end.year:
            place = str(x(dt.date(max(1, year), 1, 1)))
            line = {"x1": place, "x2": place, "y1": "24", "y2": str(height - 8)}
            ET.SubElement(root, "line", line | {"stroke": "currentColor", "stroke-opacity": "0.15"})
            _text(root, float(place), 16, str(year), anchor="middle")


def _draw(root: ET.Element, bar: Bar, top: int, colour: str, x: _Scale, language: str) -> None:
    group = ET.SubElement(root, "g")
    ET.SubElement(group, "title").text = tooltip(bar, language)
    if bar.said["modality"] == "planned":
        group.set("stroke", colour)
        group.set("stroke-dasharray", "3 2")
        group.set("fill-opacity", "0.35")
    first, begun, kept, last = (x(d) for d in (bar.first, bar.begun, bar.kept, bar.last))
    if bar.is_point and kept - begun < 6:
        middle = (begun + kept) / 2
        corners = ((0, -1), (6, 4.5), (0, 10), (-6, 4.5))
        points = " ".join(f"{middle + right:.1f},{top + down:.1f}" for right, down in corners)
        ET.SubElement(group, "polygon", {"points": points, "fill": colour})
        return
    for left, right, fill in (
        (first, begun, f"url(#in-{colour[1:]})"),
        (begun, max(kept, begun + 2), colour),
        (kept, last, f"url(#out-{colour[1:]})"),
    ):
        if right > left:
            box = {"x": str(left), "y": str(top), "width": f"{right - left:.1f}"}
            ET.SubElement(group, "rect", box | {"height": str(_BAR), "fill": fill})


def _text(
    root: ET.Element, left: float, top: float, text: str, *, anchor: str, full: str = "",
    weight: str = "normal",
) -> None:  # fmt: skip
    place = {"x": str(left), "y": str(top), "text-anchor": anchor, "font-weight": weight}
    node = ET.SubElement(root, "text", place)
    node.text = text
    if full and full != text:
        ET.SubElement(node, "title").text = full


def tooltip(bar: Bar, language: str = "de") -> str:
    """What a bar says: dates as the source gives them, role, and the source."""
    said = bar.said
    published = f", {said['published']}" if "published" in said else ""
    source = f"{said['source_title']} ({said['publisher']}{published})"
    return f"{' · '.join(qualifiers(bar, language))} – {source}"


def qualifiers(bar: Bar, language: str = "de") -> list[str]:
    """Dates, role and amount of a bar in words, as the source gives them."""
    said, words = bar.said, _WORDS[language]
    keys = ("since", "until", "observed", "role", "amount")
    found = [f"{words[key]} {said[key]}" for key in keys if key in said]
    if bar.is_point:
        found.append(str(said["object"]))
    return [*found, words["planned"]] if said["modality"] == "planned" else found
