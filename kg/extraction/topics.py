"""What a text is about while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extraction.mentions import Mention


@dataclass(slots=True)
class Topic:
    """What the text is about at a sentence: a project, a body, the person and bodies named last.

    ``said`` is what the sentence before spoke of, ``event`` the event named last, ``acts`` whether a
    sentence had the body as its own, not only after a preposition, ``day`` the date of the text,
    ``last`` the body or undertaking that the sentence before named last, ``recent`` all of these, the
    last first, ``persons`` the persons of the last sentences likewise, ``board`` whether it spoke of a board, of which "Mitglied ist auch A" then is; ``programme`` is one that
    the sentence before spoke of, and of no project.
    """

    project: Mention | None = None
    programme: Mention | None = None
    body: Mention | None = None
    main: Mention | None = None
    sure: bool = False
    person: Mention | None = None
    bodies: list[Mention] = field(default_factory=list)
    pair: tuple[Mention, ...] = ()
    place: Mention | None = None
    acts: bool = False
    said: tuple[Mention, ...] = ()
    event: Mention | None = None
    day: str | None = None
    last: Mention | None = None
    persons: tuple[Mention, ...] = ()
    recent: tuple[Mention, ...] = ()
    board: bool = False
