"""Why a question has no answer, in the language of the page, and what may have been meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import KgError, QueryError, UnknownName, UsageError
from kg.queries import Parameter, Query
from kg.search import fold
from kg.site.model import Unanswered
from kg.site.show import View
from kg.sparql import parameter_term

_OFFERS = 3
_UNANSWERED = {503: "unanswered_503", 504: "unanswered_504"}
_WRONG = {"date": "wrong_date", "edtf": "wrong_date", "integer": "wrong_integer"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, told to a visitor."""

    title: str
    text: str
    offers: tuple[tuple[str, str], ...] = ()
    """Label and address of what may have been meant."""
    detail: str = ""
    """The message itself, in English, where the text does not say all of it."""


def explained(view: View, query: Query, given: Mapping[str, str], error: KgError) -> Problem:
    """A problem with an answer in words of the page.

    Args:
        view: the page of the question.
        query: the question.
        given: the parameters that the visitor gave.
        error: what was raised when it was asked.
    """
    if isinstance(error, Unanswered):
        return Problem(view.word("too_busy"), view.word(_UNANSWERED[error.status]))
    title = view.word("not_answered")
    for parameter in query.parameters:
        value = given.get(parameter.name)
        if value is None:
            continue
        if isinstance(error, UnknownName) and parameter.kind == "iri":
            if (found := _unknown(view, parameter, given, value)) is not None:
                return found
        elif isinstance(error, QueryError) and not _fits(parameter, value):
            name = view.head(parameter.name)
            text = view.word(_WRONG.get(parameter.kind, "wrong_number"), name=name, text=value)
            return Problem(title, text)
    if isinstance(error, UsageError) and not given:
        return Problem(title, view.word("default_missing"), detail=str(error))
    return Problem(title, view.word("other_problem"), detail=str(error))


def _unknown(
    view: View, parameter: Parameter, given: Mapping[str, str], value: str
) -> Problem | None:
    """That a name means nobody, or several; None where it means one."""
    index = view.index
    meant = {hit.id: hit for name, hit in index.names if name == fold(value)}
    if len(meant) == 1 or index.canonical(value) in index.entities:
        return None
    hits = list(meant.values()) or index.find(value, limit=_OFFERS)
    offers = tuple(
        (f"{view.label(h.id)} ({view.class_label(h.type)})",
         view.link(view.path, {**given, parameter.name: h.id}))
        for h in hits
    )  # fmt: skip
    key = "name_of_several" if meant else "name_of_nobody"
    return Problem(view.word("not_answered"), view.word(key, name=value), offers)


def _fits(parameter: Parameter, value: str) -> bool:
    if parameter.kind == "iri":
        return True
    try:
        parameter_term(parameter.kind, value)
    except QueryError:
        return False
    return True
