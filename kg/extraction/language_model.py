"""A language model behind an OpenAI-compatible server: asked, cached, and never believed unseen.

Environment: ``KG_MODEL_TOKEN`` (the key; sent to the server's host only, never shown),
``KG_MODEL_NAME`` (which model), ``KG_MODEL_TIMEOUT`` (seconds that an answer may take, 300).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.build import cache_folder
from kg.errors import KgError, QueryError, StoreError
from kg.extraction.extracting import Extractor
from kg.extraction.grounding import Grounding
from kg.extraction.instructions import answer_schema, instructions
from kg.extraction.judging import key_of
from kg.extraction.record import Candidate
from kg.extraction.streaming import Result
from kg.files import is_file, read_text, write
from kg.wire import Reply, Wire, shown

PREFIX = "KG_MODEL"
PART = 6000
"""Code points of a text that are asked about at once, so that small models can follow."""
_SECONDS = 300.0
_ATTEMPTS = 2
_SILENT = 3
"""After so many questions in a row without any answer the server counts as gone."""
_FAILED = "parts without a usable answer"
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?```\s*\Z", re.DOTALL)


class Unanswered(Exception):
    """A part of a text that the model gave no usable answer on."""


@dataclass
class LanguageModel:
    """A model and what came of asking it; ``counts`` says how often what happened."""

    url: str
    extractor: Extractor
    name: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    _structured: bool = True
    _silent: int = 0

    def __post_init__(self) -> None:
        self.url = re.sub(r"/(?:chat/completions/?)?\Z", "", self.url)
        self.name = self.name or os.environ.get(f"{PREFIX}_NAME", "")

    @cached_property
    def _wire(self) -> Wire:
        return Wire(self.url, PREFIX, _SECONDS)

    @cached_property
    def _asked_model(self) -> str:
        """The model that was named, else the first that the server has."""
        if self.name:
            return self.name
        reply = self._wire.send("GET", f"{self.url}/models", Accept="application/json")
        _raise_for(reply, self.url)
        try:
            return str(json.loads(reply.body)["data"][0]["id"])
        except (ValueError, LookupError, TypeError) as error:
            message = f"{shown(self.url)}: no model is listed there, name one by KG_MODEL_NAME"
            raise StoreError(message) from error

    def add(self, results: Iterable[Result]) -> Iterator[Result]:
        """Results with the candidates of the model among those of the rules, each once."""
        for result in results:
            if result.document.problem:
                yield result
                continue
            known = {key_of(c) for c in result.candidates}
            found = self.read(result.document.text, result.document.source)
            new = [c for c in found if key_of(c) not in known]
            self.counts["found by the rules too"] += len(found) - len(new)
            self.counts["new"] += len(new)
            both = sorted([*result.candidates, *new], key=lambda c: c.evidence.start or 0)
            yield replace(result, candidates=tuple(both))

    def read(self, text: str, source: str) -> list[Candidate]:
        """The candidates of a text; what was dropped is counted.

        Raises:
            KgError: the server refuses, or does not answer at all.
        """
        grounding = Grounding(text, source, f"model {self._asked_model}", self.extractor.lexicon,
                              self.extractor.ontology, self.dropped)  # fmt: skip
        found: list[Candidate] = []
        for start, end in parts(text, PART):
            try:
                items = self._answer(text[start:end])
            except Unanswered as reason:
                self.counts[str(reason)] += 1
            else:
                found += grounding.candidates(items, start, end)
        return found

    @property
    def failed(self) -> bool:
        """Whether a part of a text has no usable answer."""
        return self.counts[_FAILED] > 0

    def told(self) -> Iterator[str]:
        """What a person should know of the answers, a line each."""
        for what, counts in (("answers", self.counts), ("dropped", self.dropped)):
            if any(counts.values()):
                listed = ", ".join(f"{n} {reason}" for reason, n in sorted(counts.items()) if n)
                yield f"model {self._asked_model}, {what}: {listed}"

    def _answer(self, part: str) -> list[object]:
        """What the model says on a part of a text: from the cache, else asked, and asked again."""
        question = self._question(part)
        kept = self._kept_at(question)
        if is_file(kept) and (items := _items(read_text(kept))) is not None:
            self.counts["from the cache"] += 1
            return items
        for attempt in range(_ATTEMPTS):
            content = self._asked(question, last=attempt + 1 == _ATTEMPTS)
            items = _items(content) if content is not None else None
            if content is not None and items is not None:
                self.counts["answered"] += 1
                write(kept, content)
                return items
            if content is not None:
                self.counts["broken answers"] += 1
        raise Unanswered(_FAILED)

    def _asked(self, question: dict[str, Any], *, last: bool) -> str | None:
        """The words of one answer; None where there is none."""
        try:
            reply = self._post(question)
        except (StoreError, ConnectionError) as error:
            self.counts["no answer in time"] += 1
            self._silent += 1
            if self._silent >= _SILENT or (last and not self._heard):
                raise StoreError(str(error)) from error
            return None
        self._silent = 0
        if reply.status in (429, *range(500, 600)):
            self.counts["server busy or failed"] += 1
            return None
        _raise_for(reply, self.url)
        try:
            content = json.loads(reply.body)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError):
            return ""
        return content if isinstance(content, str) else ""

    @property
    def _heard(self) -> bool:
        return bool(self.counts["answered"] + self.counts["broken answers"])

    def _post(self, question: dict[str, Any]) -> Reply:
        """Ask; a server that knows no JSON schema is asked without one from then on."""
        body = question if self._structured else _without_schema(question)
        reply = self._wire.send(
            "POST", f"{self.url}/chat/completions", json.dumps(body).encode(),
            Content_Type="application/json", Accept="application/json",
        )  # fmt: skip
        if self._structured and reply.status in (400, 422):
            self._structured = False
            self.counts["asked without a schema"] += 1
            return self._post(question)
        return reply

    def _question(self, part: str) -> dict[str, Any]:
        schema = {"name": "candidates", "strict": True, "schema": self._schema}
        return {
            "model": self._asked_model,
            "messages": [
                {"role": "system", "content": self._instructions},
                {"role": "user", "content": part},
            ],
            "temperature": 0,
            "seed": 0,
            "response_format": {"type": "json_schema", "json_schema": schema},
        }

    @cached_property
    def _instructions(self) -> str:
        return instructions(self.extractor.ontology)

    @cached_property
    def _schema(self) -> dict[str, Any]:
        return answer_schema(self.extractor.ontology)

    def _kept_at(self, question: dict[str, Any]) -> Path:
        """Where the answer to a question is kept: by server, model, instructions and text."""
        packed = json.dumps([self.url, question], sort_keys=True).encode()
        return cache_folder() / "models" / f"{hashlib.sha256(packed).hexdigest()}.json"


def parts(text: str, size: int) -> Iterator[tuple[int, int]]:
    r"""Stretches of a text of at most ``size`` code points, cut at a blank line where there is one.

    >>> [("a\n\nb" * 3)[s:e] for s, e in parts("a\n\nb" * 3, 6)]
    ['a\n\n', 'ba\n\n', 'ba\n\nb']
    """
    start = 0
    while len(text) - start > size:
        cut = start
        for mark in ("\n\n", "\n", ". ", " "):
            place = text.rfind(mark, start + 1, start + size)
            if place > start:
                cut = place + len(mark)
                break
        cut = cut if cut > start else start + size
        yield start, cut
        start = cut
    if text[start:].strip():
        yield start, len(text)


def _without_schema(question: dict[str, Any]) -> dict[str, Any]:
    """The same with the schema told in words, for servers that take none."""
    system, user = question["messages"]
    schema = json.dumps(question["response_format"]["json_schema"]["schema"])
    told = f"{system['content']}\nAntworte nur mit JSON nach diesem Schema:\n{schema}"
    kept = {k: v for k, v in question.items() if k != "response_format"}
    return {**kept, "messages": [{"role": "system", "content": told}, user]}


def _items(content: str) -> list[object] | None:
    """The answers in what a model wrote; None where that is no JSON of the form asked for."""
    if match := _FENCE.match(content):
        content = match[1]
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return None
    items = answer.get("candidates") if isinstance(answer, dict) else None
    return items if isinstance(items, list) else None


def _raise_for(reply: Reply, url: str) -> None:
    """Raise what a person must mend.

    Raises:
        KgError: the server refuses what it is asked.
    """
    if reply.status < 400:
        return
    words = f": {reply.words}" if reply.words else ""
    if reply.status in (401, 403):
        raise StoreError(f"{shown(url)}: not allowed ({reply.status}), set KG_MODEL_TOKEN")
    if reply.status == 404:
        mend = "give the address up to /v1, and name a model that it has by KG_MODEL_NAME"
        raise KgError(f"{shown(url)}: nothing is there (404), {mend}{words}")
    raise QueryError(f"{shown(url)}: the server refuses the question ({reply.status}){words}")
