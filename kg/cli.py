"""Where ``kg`` begins. A plain query does without click, whose import takes longer than it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

_WITH_VALUE = {
    "-e": "expression",
    "--expression": "expression",
    "-p": "pairs",
    "--parameter": "pairs",
    "--format": "format_",
    "-o": "output",
    "--output": "output",
    "--data": "data",
    "--store": "store",
}


def main() -> None:
    """Run the command line."""
    _put_off("inspect")
    if asked := plain_query(sys.argv[1:]):
        from kg.answering import answer
        from kg.output import guarded

        guarded(lambda: answer(**asked))
    from kg.options import run_commands
    from kg.program import kg

    run_commands(kg)


def plain_query(args: Sequence[str]) -> dict[str, Any] | None:
    """What a plain ``kg query`` asks for, as ``kg.answering.answer`` takes it.

    None for anything but a ``query`` with an expression or a question and options that are written
    apart, once, and with a value: then click reads it, and tells what is wrong. The tests hold that
    click reads the same.
    """
    if args[:1] != ["query"] or "KG_DATA" in os.environ:
        return None
    found: dict[str, Any] = {"evidence": False, "pairs": []}
    rest = list(args[1:])
    while rest:
        word = rest.pop(0)
        name = _WITH_VALUE.get(word, "question" if word[:1] != "-" else "")
        value = word if name == "question" else rest.pop(0) if name and rest else "-"
        if not name or value[:1] in ("-", "") or name in found.keys() - {"pairs"}:
            return None
        if name == "pairs":
            found["pairs"].append(value)
        else:
            found[name] = value
    from kg.answering import GRAPHS, ROWS

    if found.get("format_", "csv") not in (*ROWS, *GRAPHS) or "data" in found:
        return None
    defaults = {"question": None, "expression": None, "format_": None, "output": "-"}
    return {**defaults, "data": None, "store": None, **found}


def _put_off(name: str) -> None:
    """Import a module of the standard library once something of it is used, not before.

    dataclasses imports inspect, a quarter of what a query imports, for classes without docstring.
    (importlib's own LazyLoader loads on the first ``import`` statement before Python 3.13.)
    """
    if name in sys.modules:
        return
    stand_in = ModuleType(name)

    def load(attribute: str) -> object:
        from importlib import import_module

        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
        real = import_module(name)
        stand_in.__dict__.update(vars(real))
        return getattr(real, attribute)

    stand_in.__dict__["__getattr__"] = load
    sys.modules[name] = stand_in
