"""Akteursnetz: who funds, leads, partners with and chairs what, and which passage says so.

>>> import kg
>>> graph = kg.load()
>>> graph.select("leadership", body="ACOD").rows[0][4]
'Hans-Peter Kemser'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.errors import DataError, KgError, QueryError, StoreError, UnknownName, UsageError
    from kg.graph import Graph, load
    from kg.tables import Table

__version__ = "0.1.0"
__all__ = [
    "DataError",
    "Graph",
    "KgError",
    "QueryError",
    "StoreError",
    "Table",
    "UnknownName",
    "UsageError",
    "__version__",
    "load",
]


def __getattr__(name: str) -> object:
    """Load public names when they are first used, so that ``import kg`` costs nothing."""
    import importlib

    if name in ("Graph", "load"):
        return getattr(importlib.import_module("kg.graph"), name)
    if name == "Table":
        return importlib.import_module("kg.tables").Table
    if name in __all__:
        return getattr(importlib.import_module("kg.errors"), name)
    raise AttributeError(f"module 'kg' has no attribute '{name}'")
