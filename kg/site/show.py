"""What templates show: words, labels, dates and statements in the language of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kg import __version__
from kg.colours import COLOURS, OTHER_COLOUR, OTHER_SHAPE, SHAPES
from kg.html import templates
from kg.model import Amount, Statement
from kg.places import position
from kg.reading import label_of
from kg.site.assets import NAMES
from kg.site.formats import MEDIA_TYPES
from kg.site.index import Index, is_web
from kg.site.links import Links
from kg.site.model import POLICY, POLICY_OF_FILES, Page, Site
from kg.site.words import LANGUAGES, counted, figure, head, word

_DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?([~?%]?)\Z")
_MONTHS = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
           "Oktober", "November", "Dezember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December"),
}  # fmt: skip
_VAGUE = {"de": {"~": "etwa ", "?": "wohl ", "%": "wohl etwa "},
          "en": {"~": "about ", "?": "probably ", "%": "probably about "}}  # fmt: skip


def date_text(edtf: str, language: str) -> str:
    """An EDTF date as people read it; what is not a plain day, month or year stays as it is.

    >>> date_text("2018-12-05", "de"), date_text("2019-10~", "en"), date_text("201X", "de")
    ('5. Dezember 2018', 'about October 2019', '201X')
    """
    match = _DAY.match(edtf)
    if not match:
        return edtf
    year, month, day, vague = match.groups()
    parts = [year]
    if month:
        parts.insert(0, _MONTHS[language][int(month) - 1])
    if day:
        parts.insert(0, f"{int(day)}." if language == "de" else str(int(day)))
    return _VAGUE[language].get(vague, "") + " ".join(parts)


@dataclass(frozen=True, slots=True)
class Node:
    """An end of a statement as a page shows it: an entity with its page, or a literal without."""

    id: str
    label: str
    type: str = ""
    href: str = ""


@dataclass(frozen=True)
class View:
    """A page in the making: its site, place and language, with all that templates ask for."""

    site: Site
    path: str
    language: str
    arguments: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def link(self) -> Links:
        """Addresses from this page."""
        return Links(self.path, self.language, self.site.prefix, self.site.static)

    @property
    def index(self) -> Index:
        """What is looked up."""
        return self.site.index

    @property
    def menu(self) -> list[tuple[str, str]]:
        """Path and word of each section."""
        return [("/questions", "questions"), ("/sources", "sources"), ("/network", "network"),
                ("/conflicts", "conflicts"), ("/ontology", "ontology")]  # fmt: skip

    @property
    def section(self) -> str:
        """The path of the section of the menu that the page belongs to; "" if to none."""
        begins = (p for p, _ in self.menu if self.path == p or self.path.startswith(f"{p}/"))
        return next(begins, "")

    @property
    def endpoint(self) -> str | None:
        """The address of the page that takes SPARQL; it has no languages."""
        return self.site.prefix + self.site.endpoint if self.site.endpoint else None

    @property
    def borders(self) -> str:
        """The address of the picture behind maps."""
        return self.link(self.site.assets["borders.svg"][0])

    @cached_property
    def _place(self) -> tuple[str, str]:
        """What an address depends on besides what it leads to."""
        return self.language, self.link.base if self.site.static else ""

    def once(self, macro: Any, shown: Any, *how: object) -> Any:
        """What a macro makes of a statement, an end or a class, made once for all its pages.

        Args:
            macro: one whose result depends on its arguments and the language only.
            shown: what ``said`` or ``node`` gave, or a text.
            how: further arguments.
        """
        what = shown["id"] if isinstance(shown, dict) else shown
        key = (macro.name, *self._place, what, *how)
        return self.site.keep(key, lambda: macro(shown, *how))

    def word(self, key: str, **values: object) -> str:
        """A word of the pages."""
        return word(key, self.language, **values)

    def counted(self, number: int, one: str, many: str) -> str:
        """A number with its noun."""
        return counted(number, one, many, self.language)

    def figure(self, number: int) -> str:
        """A whole number as the language writes it."""
        return figure(number, self.language)

    def head(self, name: str) -> str:
        """The name of a column or parameter."""
        return head(name, self.language)

    def date(self, edtf: str | None) -> str:
        """A date as people read it."""
        return date_text(edtf, self.language) if edtf else self.word("undated")

    def label(self, entity: str) -> str:
        """The label of an entity."""
        found = self.index.corpus.entities.get(entity)
        return label_of(found, self.language) if found else entity

    def speaks(self, entity: str) -> str | None:
        """The language of an entity's label where it is not that of the page."""
        found = self.index.corpus.entities.get(entity)
        if found is None or any(n.language == self.language for n in found.labels):
            return None
        return found.labels[0].language if found.labels else None

    def class_label(self, name: str) -> str:
        """The label of a class."""
        term = self.index.ontology.classes.get(name)
        return term.labels.get(self.language, name) if term else name

    def relation_label(self, name: str, *, inverse: bool = False) -> str:
        """The label of a relation, read from its object if ``inverse``."""
        term = self.index.ontology.relations[name]
        labels = (term.inverse_labels if inverse else None) or term.labels
        return labels.get(self.language, name)

    def value_label(self, name: str) -> str:
        """The label of a value of the ontology, such as ``implied``."""
        term = self.index.ontology.values.get(name)
        return term.labels.get(self.language, name) if term else name

    def value_definition(self, name: str) -> str:
        """What a value of the ontology means."""
        term = self.index.ontology.values.get(name)
        return term.definitions.get(self.language, "") if term else ""

    def number(self, text: str) -> str:
        """A decimal number as the language writes it."""
        whole, _, part = text.partition(".")
        if not whole.lstrip("-").isdigit():
            return text
        point = "," if self.language == "de" else "."
        return self.figure(int(whole)) + (f"{point}{part}" if part else "")

    def amount(self, amount: Amount) -> str:
        """An amount of money with the source's own hedge."""
        number = self.number(f"{amount.value:f}")
        covers = f"({amount.covers})" if amount.covers else None
        return " ".join(filter(None, (amount.qualifier, number, amount.currency, covers)))

    def coordinates(self, latitude: float, longitude: float) -> str:
        """A position in degrees (WGS 84) as people read it."""
        east = "O" if self.language == "de" else "E"
        text = f"{latitude:.2f}° N, {longitude:.2f}° {east}"
        return text.replace(".", ",").replace(", ", " ") if self.language == "de" else text

    def colour(self, type_: str) -> str:
        """The colour of a class, the same as in the network."""
        return COLOURS.get(type_, OTHER_COLOUR)

    def shape(self, type_: str) -> str:
        """The shape of a class, the same as in the network."""
        return SHAPES.get(type_, OTHER_SHAPE)

    def node(self, entity: str) -> Node:
        """An entity as it is named and linked to."""
        key = ("node", *self._place, entity, "")
        return self.site.keep(key, lambda: self._node(entity))

    def _node(self, entity: str) -> Node:
        found = self.index.entities.get(self.index.canonical(entity))
        if found is None:
            return Node(entity, entity)
        label = label_of(found, self.language)
        return Node(found.id, label, found.type, self.link(f"/entity/{found.id}"))

    def ends(self, statement: Statement) -> tuple[Node, Node]:
        """Subject and object of a statement; a literal has no page."""
        subject = self.node(statement.subject)
        relation = self.index.relation(statement)
        if not relation.has_literal:
            return subject, self.node(statement.object)
        text = statement.object
        if relation.has_date:
            text = date_text(text, self.language)
        elif relation.has_uri and (where := position(text)):
            text = self.coordinates(*where)
        return subject, Node("", text)

    def said(self, statement: Statement) -> dict[str, Any]:
        """A statement as the templates show it; see ``site/macros.html``."""
        key = ("said", *self._place, statement.id)
        return self.site.keep(key, lambda: self._said(statement))

    def _said(self, statement: Statement) -> dict[str, Any]:
        index, identifier = self.index, statement.id
        subject, object_ = self.ends(statement)
        source = index.corpus.sources[statement.source]
        return {
            "id": identifier,
            "href": self.link(f"/statement/{identifier}"),
            "given": statement,
            "subject": subject,
            "object": object_,
            "relation": statement.relation,
            "relation_label": self.relation_label(statement.relation),
            "source": source,
            "source_href": self.link(f"/source/{source.id}"),
            "publisher": self.node(source.publisher),
            "called": self._called(statement),
            "times": self._times(statement),
            "conflicts": [c.id for c in index.against.get(identifier, ())],
            "only_here": index.is_only_here(statement),
        }

    def _called(self, statement: Statement) -> list[str]:
        """What the source calls an end that was merged into another entity."""
        stated = [statement.subject]
        if not self.index.relation(statement).has_literal:
            stated.append(statement.object)
        return [self.label(name) for name in stated if self.index.canonical(name) != name]

    def _times(self, statement: Statement) -> list[str]:
        found = []
        if statement.since:
            found.append(self.word("since", d=self.date(statement.since)))
        if statement.until:
            found.append(self.word("until_open") if statement.until == ".."
                         else self.word("until", d=self.date(statement.until)))  # fmt: skip
        if statement.observed:
            found.append(self.word("observed", d=self.date(statement.observed)))
        return found

    def html(self, template: str, status: int = 200, **values: Any) -> Page:
        """The page that a template makes.

        Args:
            template: its name below ``templates/site``.
            status: of the answer.
            values: what the template needs besides this view (``v``).
        """
        site = self.site
        others = [x for x in LANGUAGES if x != self.language]
        text = templates().get_template(f"site/{template}.html").render(
            v=self,
            w=self.word,
            once=self.once,
            link=self.link,
            language=self.language,
            other=others[0],
            other_href=self.link(self.path, self.arguments, language=others[0]),
            policy=POLICY_OF_FILES if site.static else None,
            css=self.link(site.assets["site.css"][0]),
            js=self.link(site.assets["site.js"][0]),
            names_js=self.link(site.assets[NAMES][0]) if site.static else None,
            version=__version__,
            is_web=is_web,
            **values,
        )  # fmt: skip
        body = text.encode("utf-8", "replace")
        return Page(status, MEDIA_TYPES["html"], body, {"Content-Security-Policy": POLICY})
