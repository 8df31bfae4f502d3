"""RDF dumps of any size (nq, nt, ttl, trig, also packed as .gz) as blocks of N-Quads.

In the formats of one quad a line, a line that is none is set aside and the rest goes on; Turtle
and TriG have no such lines, so that an error ends the reading. Blank nodes become IRIs, since a
graph of ours has none: RDF 1.1 Concepts, section 3.5, https://www.w3.org/TR/rdf11-concepts/.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import KgError, Problem
from kg.iris import BASE
from kg.table_stream import kind_of, opened

SUFFIXES = ("nq", "nt", "ttl", "trig")
BLOCK = 32 << 20
"""Bytes of a block. Oxigraph takes about nine times as much memory for what it loads at once."""
_QUADS = 100_000
_GROUP = 1000
_GENID = BASE + ".well-known/genid/"
_BY_LINE = ("nq", "nt")


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of N-Quads, and the number of the first in its file."""

    nquads: bytes
    line: int


def blocks(path: Path, mark: str, progress: Callable[[int], None]) -> Iterator[Block]:
    """The quads of a dump.

    Args:
        path: its name says the format.
        mark: goes into the IRIs of blank nodes, to tell those of several dumps apart.
        progress: is told how many bytes of the file were read.

    Raises:
        KgError: it cannot be read, or is malformed Turtle or TriG.
    """
    with opened(path) as stream:
        plain = getattr(stream, "fileobj", None) or stream
        try:
            parts = _lines(stream) if kind_of(path) in _BY_LINE else _parsed(path, stream)
            for block in parts:
                progress(plain.tell())
                yield Block(_without_blank_nodes(block.nquads, mark), block.line)
        except (OSError, EOFError) as error:
            reason = getattr(error, "strerror", None) or error
            raise KgError(f"{path}: cannot be read to its end ({reason}), get it again") from error


def _lines(stream: IO[bytes]) -> Iterator[Block]:
    line = 1
    while block := stream.read(BLOCK):
        block += stream.readline()
        yield Block(block, line)
        line += block.count(b"\n")


def _parsed(path: Path, stream: IO[bytes]) -> Iterator[Block]:
    """A document in Turtle or TriG, some quads at a time; blank nodes are numbered as they come."""
    form = ox.RdfFormat.TURTLE if kind_of(path) == "ttl" else ox.RdfFormat.TRIG
    quads = _numbered(ox.parse(stream, format=form, rename_blank_nodes=False))
    try:
        while some := list(islice(quads, _QUADS)):
            yield Block(_nquads(some), 0)
    except SyntaxError as error:
        raise KgError(
            f"{path}:{error.lineno or 1}: this is no {kind_of(path)} ({error.msg}), mend it; "
            "nothing was loaded"
        ) from error


def _nquads(quads: Iterable[ox.Quad]) -> bytes:
    out = io.BytesIO()
    ox.serialize(quads, out, format=ox.RdfFormat.N_QUADS)
    return out.getvalue()


def _numbered(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Blank nodes by numbers in the order in which they come, so that two readings agree."""
    numbers: dict[str, str] = {}

    def number(node: ox.BlankNode) -> str:
        return numbers.setdefault(node.value, f"b{len(numbers)}")

    for quad in quads:
        yield _renamed(quad, lambda node: ox.BlankNode(number(node)))


def _renamed(quad: ox.Quad, name: Callable[[ox.BlankNode], ox.NamedNode | ox.BlankNode]) -> ox.Quad:
    terms = (quad.subject, quad.object, quad.graph_name)
    if not any(isinstance(t, ox.BlankNode) for t in terms):
        return quad
    subject, object_, graph = (name(t) if isinstance(t, ox.BlankNode) else t for t in terms)
    return ox.Quad(subject, quad.predicate, object_, graph)  # type: ignore[arg-type]  # as they were


def _without_blank_nodes(nquads: bytes, mark: str) -> bytes:
    """The same with IRIs for blank nodes; what is malformed stays, to be told later."""
    if b"_:" not in nquads:
        return nquads
    return b"\n".join(
        _line_without(line, mark) if b"_:" in line else line for line in nquads.split(b"\n")
    )


def _line_without(line: bytes, mark: str) -> bytes:
    def name(node: ox.BlankNode) -> ox.NamedNode:
        return ox.NamedNode(f"{_GENID}{mark}/{node.value}")

    try:
        quads = [
            _renamed(q, name)
            for q in ox.parse(line, format=ox.RdfFormat.N_QUADS, rename_blank_nodes=False)
        ]
    except (SyntaxError, ValueError):
        return line
    return _nquads(quads).rstrip(b"\n") if quads else line


def mended(path: Path, block: Block) -> tuple[bytes, list[Problem]]:
    """A block without the lines that are no quads, and what is wrong with them.

    Each line of a group with an error is read alone: after an open quotation mark the parser goes
    on some lines further down, and what stands between would be lost.
    """
    kept, problems = list[bytes](), list[Problem]()
    lines = block.nquads.split(b"\n")
    for start in range(0, len(lines), _GROUP):
        group = lines[start : start + _GROUP]
        if _reason(b"\n".join(group)) is None:
            kept += group
            continue
        for number, line in enumerate(group, start=block.line + start):
            if (reason := _reason(line)) is None:
                kept.append(line)
            else:
                message = f"this is no quad ({reason})"
                problems.append(Problem(str(path), number, message, "mend the line"))
    return b"\n".join(kept), problems


def _reason(nquads: bytes) -> str | None:
    """Why this is no N-Quads, or None where it is."""
    try:
        for _ in ox.parse(nquads, format=ox.RdfFormat.N_QUADS):
            pass
    except SyntaxError as error:
        return (error.msg or "").partition(": ")[2] or error.msg or "malformed"
    return None


def lines_as_they_stand(path: Path, wanted: set[int]) -> Iterator[bytes]:
    """The lines of a dump that are wanted."""
    with opened(path) as stream:
        for number, line in enumerate(stream, start=1):
            if number in wanted:
                yield line if line.endswith(b"\n") else line + b"\n"
