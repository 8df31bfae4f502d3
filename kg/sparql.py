"""The text of a SPARQL query, read token by token: parameters, prefixes, what may not run here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kg.errors import QueryError, did_you_mean
from kg.iris import EDTF, PREFIXES, XSD, is_iri

# SPARQL 1.1 grammar, rules 139-170, as far as words must be told from strings and IRIs.
_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<comment>\#[^\r\n]*)
      | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
      | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | \'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'
                 | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
      | (?P<variable>[?$]\w+)
      | (?P<blank>_:\w+)
      | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*)
      | (?P<word>[^\W\d]\w*)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_SERVICE = re.compile(r"\bservice\b", re.IGNORECASE)
_MOST_BRACKETS, _MOST_OPERATORS = 200, 2000
_ESCAPES = str.maketrans(
    {
        "\\": "\\\\",
        '"': '\\"',
        "\n": "\\n",
        "\r": "\\r",
        "\t": "\\t",
        "\b": "\\b",
        "\f": "\\f",
    }
)


class Token(NamedTuple):
    """A piece of a query: its kind (a group of the pattern), text, and offset."""

    kind: str
    text: str
    start: int


@lru_cache(maxsize=8)
def tokens(query: str) -> tuple[Token, ...]:
    """The tokens of a query, without white space; joined gaps aside, nothing is lost.

    Kept for the next who asks: a query is guarded, bound and looked at for parameters.
    """
    return tuple(
        Token(str(m.lastgroup), m[0], m.start())
        for m in _TOKEN.finditer(query)
        if m.lastgroup != "space"
    )


def iri_term(text: str) -> str:
    """An IRI as a SPARQL term.

    Raises:
        QueryError: ``text`` is no absolute IRI.
    """
    if not is_iri(text):
        raise QueryError(f"'{text}' is no IRI, write https://… or a prefixed name such as ent:acod")
    return f"<{text}>"


def literal_term(text: str, *, datatype: str = "", language: str = "") -> str:
    r"""A literal as a SPARQL term.

    >>> literal_term('say "hi"\n')
    '"say \\"hi\\"\\n"'
    """
    return f'"{text.translate(_ESCAPES)}"' + (
        f"@{language}" if language else f"^^<{datatype}>" if datatype else ""
    )


def parameter_term(kind: str, text: str) -> str:
    """The term that grlc's parameter type ``kind`` makes of a text given by a user.

    ``kind`` is ``iri``, ``integer``, ``number``, ``decimal``, ``date``, ``edtf``, a language or "".

    Raises:
        QueryError: the text does not fit the kind.
    """
    if kind == "iri":
        return iri_term(text)
    if kind in ("integer", "number", "decimal"):
        if not re.fullmatch(
            r"-?\d{1,18}" if kind == "integer" else r"-?\d{1,18}(\.\d{1,18})?", text, re.A
        ):
            raise QueryError(f"'{text}' is no {kind}, write digits such as 2018")
        return literal_term(text, datatype=XSD + ("integer" if kind == "integer" else "decimal"))
    if kind in ("date", "edtf"):
        from kg.dates import parse_date

        try:
            bounds = parse_date(text)
        except ValueError as error:
            raise QueryError(str(error)) from error
        if kind == "edtf":
            return literal_term(text, datatype=EDTF)
        return literal_term(bounds.earliest.isoformat(), datatype=XSD + "date")
    return literal_term(text, language=kind)


def bind(query: str, terms: Mapping[str, str]) -> str:
    """Put a term in the place of each parameter variable.

    Tokens are replaced, not text, and a term is always one whole token: whatever a value holds,
    the query keeps its structure. Not bound by the engine, because Oxigraph substitutes only
    variables that the outermost SELECT projects.

    >>> bind("SELECT ?o { ?_a_iri ?p ?o } # ?_a_iri", {"_a_iri": "<urn:x>"})
    'SELECT ?o { <urn:x> ?p ?o } # ?_a_iri'
    """
    parts: list[str] = []
    done = 0
    for token in tokens(query):
        if token.kind == "variable" and token.text[1:] in terms:
            parts += [query[done : token.start], terms[token.text[1:]]]
            done = token.start + len(token.text)
    return "".join(parts) + query[done:]


def variables(query: str) -> list[str]:
    """The names of the variables in a query, in order, each once."""
    return list(dict.fromkeys(t.text[1:] for t in tokens(query) if t.kind == "variable"))


@lru_cache(maxsize=256)  # the same questions are asked again and again
def guard(query: str) -> None:
    """Refuse what a query must not do here, and name unknown prefixes before the engine does.

    Raises:
        QueryError: it calls another server (``SERVICE``), updates, or uses an unknown prefix.
    """
    found = [t for t in tokens(query) if t.kind != "comment"]
    declared = {
        following.text for token, following in pairwise(found) if token.text.upper() == "PREFIX"
    }
    known = declared | {f"{p}:" for p in PREFIXES}
    _refuse_too_deep(query, found)
    _refuse_disguised(query)
    for token in found:
        if token.kind == "word" and token.text.upper() == "SERVICE":
            raise QueryError(
                f"{_place(query, token.start)}: SERVICE would send the query to another server, "
                "take it out: a graph is only ever asked where it is"
            )
        prefix = token.text.partition(":")[0] + ":"
        if token.kind == "name" and prefix not in known:
            hint = did_you_mean(prefix, known)
            raise QueryError(
                f"{_place(query, token.start)}: unknown prefix '{prefix}', "
                f"declare it by PREFIX, or {hint}"
            )


def _refuse_too_deep(query: str, found: list[Token]) -> None:
    """Refuse what would overflow the stack of the engine's parser, which cannot be caught."""
    depth = operators = 0
    for token in found:
        depth += (token.text in "([{") - (token.text in ")]}") if len(token.text) == 1 else 0
        operators += token.kind == "other" and token.text not in "()[]{}.,;"
        if depth > _MOST_BRACKETS or operators > _MOST_OPERATORS:
            raise QueryError(
                f"{_place(query, token.start)}: this query is nested or chained too deeply, "
                f"at most {_MOST_BRACKETS} brackets deep and {_MOST_OPERATORS} operators"
            )


def _refuse_disguised(query: str) -> None:
    """Refuse ``SERVICE`` in what is a string or comment here, where the engine may read a call.

    In ``FILTER(?a<'>"…"`` the engine sees *less than* and a string, the grammar's longest token is
    an IRI. So what stands in brackets behind a value and could open a string or comment is no
    place for that word behind it.
    """
    if not _SERVICE.search(query):
        return
    before = further = Token("other", "{", 0)
    doubtful = False
    for token in tokens(query):
        if token.kind == "iri" and _may_be_compared(further, before):
            doubtful = doubtful or bool(re.search("[#']", token.text))
        if doubtful and token.kind in ("string", "comment") and _SERVICE.search(token.text):
            raise QueryError(
                f"{_place(query, token.start)}: SERVICE stands in a text behind an IRI that could "
                "be read as a comparison, write that IRI by a prefix"
            )
        if token.kind != "comment":
            further, before = before, token


def _may_be_compared(further: Token, before: Token) -> bool:
    """Whether *less than* could stand behind these two tokens: the last one ends a value."""
    if before.kind == "word":
        return before.text.lower() in ("true", "false")
    if before.kind == "other":
        return before.text in ")]}" or before.text.isdigit()
    return further.text.upper() != "PREFIX"


def _place(query: str, offset: int) -> str:
    before = query[:offset]
    return f"{before.count(chr(10)) + 1}:{offset - before.rfind(chr(10))}"


def point_at(query: str, message: str) -> str:
    r"""A parser's message with the line it means and a caret under the place.

    >>> print(point_at("SELECT * {\n ?x }", "error at 2:5: expected OPTIONAL"))
    line 2, column 5: expected OPTIONAL
       ?x }
          ^
    """
    match = re.search(r"(\d+):(\d+): ?(.*)", message, re.DOTALL)
    if not match:
        return message
    line, column = int(match[1]), int(match[2])
    lines = query.split("\n")
    shown = lines[line - 1].rstrip("\r")[:200] if line <= len(lines) else ""
    reason = _reason(" ".join(match[3].split()))
    return f"line {line}, column {column}: {reason}\n  {shown}\n  {' ' * (column - 1)}^"


def _reason(text: str) -> str:
    """The engine's reason; of its long lists of what it expected, the part that says something."""
    sentence = re.search(r"The [A-Z]+ [^\[,]*", text)
    if sentence:
        return sentence.group().strip()
    return text if len(text) < 120 else text[:117] + "…"
