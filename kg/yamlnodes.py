"""YAML read as nodes that know their lines; what a value means is said by whoever asks for it.

No tag is resolved, so ``NO`` stays a word, ``2019`` the text it is, and no object is built.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent, Event
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kg.errors import KgError, Problem, did_you_mean
from kg.files import read_text

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEPTH = 20  # levels; the data has six, and thousands overflow the C library's stack


class Fields:
    """One mapping of a file: its values by key, and the problems met while reading them.

    Call ``done`` when everything known was asked for: what is left is an unknown key.
    """

    def __init__(self, node: Node, path: str, problems: list[Problem], name: str = "this") -> None:
        self.path, self.line, self.problems = path, node.start_mark.line + 1, problems
        self._nodes: dict[str, Node] = {}
        self._lines: dict[str, int] = {}
        self._asked: list[str] = []
        self._readable = isinstance(node, MappingNode)
        if not isinstance(node, MappingNode):
            self.problem(f"{name} should be a mapping", "write `key: value` lines")
            return
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.problem(
                    "a key should be a text", "write one word", line=key.start_mark.line + 1
                )
                continue
            name = str(key.value)
            if name in self._nodes:
                self.problem(f"key '{name}' stands twice", "keep one", line=key.start_mark.line + 1)
            self._nodes[name] = value
            self._lines[name] = key.start_mark.line + 1

    def problem(self, message: str, mend: str, *, line: int | None = None) -> None:
        """Note a problem at ``line`` (default: where the mapping begins)."""
        self.problems.append(Problem(self.path, line or self.line, message, mend))

    def line_of(self, key: str) -> int:
        """The line of a key, or of the mapping where it has none."""
        return self._lines.get(key, self.line)

    def text(self, key: str) -> str | None:
        """A text, or None where the key is missing or empty."""
        node = self._take(key)
        if node is None:
            return None
        if not isinstance(node, ScalarNode):
            self.problem(f"'{key}' should be a text", "write one value", line=self.line_of(key))
            return None
        return str(node.value) or None

    def required(self, key: str) -> str:
        """A text that must be there; "" (and a problem) where it is not."""
        noted = len(self.problems)
        value = self.text(key)
        if value is None and self._readable and len(self.problems) == noted:
            self.problem(f"'{key}' is missing", f"add `{key}: …`", line=self.line_of(key))
        return value or ""

    def choice(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        """A text out of ``allowed``."""
        value = self.text(key) or default
        if value not in allowed:
            message = f"'{key}' cannot be '{value}'"
            self.problem(message, did_you_mean(value, allowed), line=self.line_of(key))
            return default
        return value

    def number(self, key: str) -> int | None:
        """A whole number from 0, or None."""
        value = self.text(key)
        if value is not None and not (value.isascii() and value.isdigit() and len(value) < 16):
            message = f"'{key}' should be a whole number, not '{value}'"
            self.problem(message, "mend it, or let `kg format` fill it in", line=self.line_of(key))
            return None
        return None if value is None else int(value)

    def flag(self, key: str) -> bool:
        """Whether the key says ``true``."""
        return self.choice(key, ("true", "false"), "false") == "true"

    def mapping(self, key: str) -> Fields | None:
        """The mapping below a key, or None where there is none."""
        node = self._take(key)
        if node is None:
            return None
        return Fields(node, self.path, self.problems, f"'{key}'")

    def mappings(self, key: str) -> Iterator[Fields]:
        """The mappings of a list below a key; a single mapping counts as a list of one."""
        node = self._take(key)
        if isinstance(node, MappingNode):
            yield Fields(node, self.path, self.problems)
        elif isinstance(node, SequenceNode):
            yield from (Fields(n, self.path, self.problems) for n in node.value)
        elif node is not None and node.value:
            self.problem(f"'{key}' should be a list", "write `- …` lines", line=self.line_of(key))

    def texts(self, key: str) -> list[str]:
        """The texts of a list below a key; a single text counts as a list of one."""
        node = self._take(key)
        if node is None:
            return []
        items = node.value if isinstance(node, SequenceNode) else [node]
        if not all(isinstance(i, ScalarNode) for i in items):
            self.problem(
                f"'{key}' should be a list of texts", "write `[a, b]`", line=self.line_of(key)
            )
            return []
        return [str(i.value) for i in items if i.value]

    def is_mapping(self, key: str) -> bool:
        """Whether a mapping stands below the key."""
        return isinstance(self._nodes.get(key), MappingNode)

    @property
    def keys(self) -> list[str]:
        """The keys as they stand."""
        return list(self._nodes)

    def done(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._nodes:
            if key not in self._asked:
                hint = did_you_mean(key, self._asked)
                self.problem(f"unknown key '{key}'", hint, line=self.line_of(key))

    def _take(self, key: str) -> Node | None:
        if key not in self._asked:
            self._asked.append(key)
        return self._nodes.get(key)


def list_items(node: Node) -> list[Node] | None:
    """The nodes of a list, or None where it is none."""
    return list(node.value) if isinstance(node, SequenceNode) else None


def read_document(path: Path, shown: str, problems: list[Problem]) -> Node | None:
    """The one YAML document of a file, or None (and a problem) where it cannot be read."""
    try:
        text = read_text(path)
        refused = _refused(text, shown)
        node = None if refused else yaml.compose(text, Loader=LOADER)
    except KgError as error:
        line, _, said = str(error).removeprefix(str(path)).partition(": ")
        message, _, mend = said.rpartition(", ")
        problems.append(Problem(shown, int(line[1:] or 0), message, mend))
        return None
    except yaml.YAMLError as error:
        problems.append(_syntax_problem(error, shown))
        return None
    if refused:
        problems.append(refused)
    elif node is None:
        problems.append(Problem(shown, 1, "this file is empty", "fill or delete it"))
    return node


def _syntax_problem(error: yaml.YAMLError, shown: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    line = mark.line + 1 if mark else 1
    place = f" at column {mark.column + 1}" if mark else ""
    mend = "mend it: mind indentation, and put texts with `: ` or `#` between double quotes"
    return Problem(shown, line, f"this is no YAML ({' '.join(str(what).split())}{place})", mend)


def _refused(text: str, shown: str) -> Problem | None:
    """Name what of YAML is not used here: what can hide a huge or circular document, or a type."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if reason := _reason(event, depth):
            line = event.start_mark.line if event.start_mark else 0
            return Problem(shown, line + 1, *reason)
    return None


def _reason(event: Event, depth: int) -> tuple[str, str] | None:
    if getattr(event, "anchor", None):
        mend = "write the value out, or put a text with & or * in front between quotes"
        return "this uses a YAML anchor (&) or alias (*)", mend
    if getattr(event, "tag", None):
        return (
            "this uses a YAML tag (!)",
            "leave it out, or put a text with ! in front between quotes",
        )
    if depth > _DEPTH:
        return "this is nested too deeply", "data here is a few levels deep"
    return None
