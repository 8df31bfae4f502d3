"""A person goes through candidates, one after the other: questions, answers, decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kg.errors import DataError, KgError
from kg.extraction.drafts import SIDES, Draft
from kg.extraction.judging import Desk
from kg.extraction.record import Candidate
from kg.extraction.review_text import HELP, Style, named, shown
from kg.matching import Mention
from kg.model import Entity, Source, TextMark
from kg.rows import as_edtf
from kg.search import Hit
from kg.tables import printable

_COMMANDS = "accept, mend, existing, new, refuse, later, undo, quit; ? explains"
_NAMES = {c[0]: c for c in ("accept", "mend", "existing", "new", "refuse", "later", "undo", "quit")}


_WHO = "number, id or name of an entity; n for a new one; empty to go back: "


class Back(Exception):
    """The person left a question without an answer."""


@dataclass
class Review:
    """The candidates that are open, and how to ask and tell.

    ``ask`` raises EOFError where there are no more answers.
    """

    desk: Desk
    queue: Sequence[tuple[Candidate, str | None]]
    ask: Callable[[str], str]
    tell: Callable[[str], None]
    mark: Style
    counts: Counter[str] = field(default_factory=Counter)
    _decisions: list[tuple[int, str]] = field(default_factory=list)
    """Place and kind of each decision, the last one behind."""

    def run(self) -> None:
        """Go through the candidates until the end, or until the person stops."""
        place = 0
        try:
            while place < len(self.queue):
                place = self._look_at(place)
                if place == len(self.queue) and self._decisions:
                    place = self._look_back(place)
        except EOFError:
            pass

    @property
    def left(self) -> int:
        """How many candidates are open."""
        return len(self.queue) - self.counts["accepted"] - self.counts["refused"]

    def _look_back(self, place: int) -> int:
        """Behind the last candidate: a person may still undo."""
        while self.ask("that was the last; Enter ends, u undoes\n> ").strip().lower() in (
            "u",
            "undo",
        ):
            if (before := self._undo()) is not None:
                return before
        return place

    def _look_at(self, place: int) -> int:
        """Show a candidate and do what is answered; the place of the next one."""
        candidate, text = self.queue[place]
        draft = Draft(self.desk, candidate, text)
        self.tell("\n" + shown(draft, place + 1, len(self.queue), self.mark))
        while True:
            answer = self.ask(f"{_COMMANDS}\n> ").strip()
            word, _, rest = answer.partition(" ")
            command = _NAMES.get(word[:1].lower(), "")
            if not command or not command.startswith(word.lower()):
                self.tell(HELP)
                continue
            try:
                after = self._do(command, rest.strip(), draft, place)
            except Back:
                self.tell("nothing was decided")
            except DataError as error:
                for problem in error.problems:
                    self.tell(f"! {problem.message}, {problem.mend}")
            except KgError as error:
                self.tell(f"! {error}")
            else:
                if after is not None:
                    return after

    def _do(self, command: str, rest: str, draft: Draft, place: int) -> int | None:
        """Carry out a command; where to go then, None to stay."""
        if command == "quit":
            raise EOFError
        if command == "later":
            return place + 1
        if command == "undo":
            return self._undo()
        if command == "accept":
            self._accept(draft)
            return self._decided("accepted", place)
        if command == "refuse":
            self.desk.refuse(draft.proposed, rest or self._asked("why is it wrong? "))
            return self._decided("refused", place)
        if command == "mend":
            key, _, value = (rest or self._asked("field and value: ")).partition(" ")
            draft.mend(key, value.strip())
        else:
            self._name(command, rest, draft)
        self.tell("\n" + shown(draft, place + 1, len(self.queue), self.mark))
        return None

    def _decided(self, kind: str, place: int) -> int:
        self.counts[kind] += 1
        self._decisions.append((place, kind))
        self.tell(kind)
        decided = {p for p, _ in self._decisions}
        return next(p for p in range(place + 1, len(self.queue) + 1) if p not in decided)

    def _undo(self) -> int | None:
        if not self._decisions:
            self.tell("nothing was decided in this session")
            return None
        self.desk.undo()
        place, kind = self._decisions.pop()
        self.counts[kind] -= 1
        self.tell(f"no longer {kind}:")
        return place

    def _accept(self, draft: Draft) -> None:
        source = self._source(draft)
        for side in draft.open_sides:
            self._resolve(side, draft)
        self.desk.accept(draft.proposed, draft.statement(), draft.entities, source)

    def _source(self, draft: Draft) -> Source | None:
        """A source that the data do not have yet, by what the person says of it."""
        mark = TextMark.of(draft.text) if draft.text is not None else None
        known = self.desk.corpus.sources.get(draft.proposed.source)
        if known:
            if known.text and mark and known.text != mark:
                raise KgError("the quotes of this source are of another text, see kg check --texts")
            return None
        if mark is None:
            raise KgError("the source is new and its text is not at hand, give it by --texts DIR")
        self.tell(f"the source '{draft.proposed.source}' is new:")
        title = self._asked("its title", _first_line(draft.text or ""))
        url = self._asked("its address, https://…: ")
        published = self.ask("published on (EDTF; empty where it is not said): ").strip()
        name = self._asked("its publisher (id or name): ")
        publisher = self.desk.entity(name, name) or self._publisher(name, draft)
        return Source(draft.proposed.source, title, publisher.id, as_edtf(published) or None, url,
                      text=mark)  # fmt: skip

    def _publisher(self, name: str, draft: Draft) -> Entity:
        hits = self.desk.book.candidates([Mention(name, "publisher", "", 0)])
        self.tell(f"who is '{name}'?")
        self._list(hits)
        answer = self._asked(_WHO)
        if answer.lower() in ("n", "new"):
            return draft.add(name, self._asked("its class: "))
        return draft.found(_picked(answer, hits))

    def _name(self, command: str, rest: str, draft: Draft) -> None:
        """Say whom a side means, by ``existing`` or ``new``."""
        side, _, name = rest.partition(" ")
        if side not in SIDES:
            side = self._asked(f"{' or '.join(SIDES)}? ")
        if side not in SIDES or (side == "object" and draft.has_literal):
            raise KgError("say subject or object, and only where it is an entity")
        if command == "new":
            self._make(side, draft)
        elif name:
            self._merge(side, name.strip(), draft)
        else:
            self._resolve(side, draft)

    def _resolve(self, side: str, draft: Draft) -> None:
        """Ask whom a name means."""
        hits = draft.candidates(side)
        self.tell(f"who or what is '{draft.name(side)}'?")
        self._list(hits)
        answer = self._asked(_WHO)
        if answer.lower() in ("n", "new"):
            self._make(side, draft)
        else:
            self._merge(side, answer, draft)

    def _merge(self, side: str, answer: str, draft: Draft) -> None:
        entity = draft.merge(side, _picked(answer, draft.candidates(side)))
        self.tell(f"  {side} = {named(entity)}")

    def _make(self, side: str, draft: Draft) -> None:
        kind = self._asked("its class", draft.class_of(side))
        label = self._asked("its German name", draft.name(side))
        self.tell(f"  {side} = new: {named(draft.make(side, kind, label))}")

    def _list(self, hits: Sequence[Hit]) -> None:
        for number, hit in enumerate(hits, start=1):
            self.tell(f"  {number}  {hit.id} ({printable(hit.label)}, {hit.type})")

    def _asked(self, question: str, default: str = "") -> str:
        """An answer that is not empty."""
        shown = f"{question} [{default}]: " if default else question
        answer = self.ask(shown).strip() or default
        if not answer:
            raise Back
        return answer


def _picked(answer: str, hits: Sequence[Hit]) -> str:
    """The id of a hit that was picked by its number, else the answer itself."""
    if answer.isdecimal() and 1 <= int(answer) <= len(hits):
        return hits[int(answer) - 1].id
    return answer


def _first_line(text: str) -> str:
    line = next((line for line in text.splitlines() if line.strip()), "")
    return printable(" ".join(line.split()))[:120]
