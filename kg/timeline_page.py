"""A timeline as an HTML file of its own: the picture, and below it every statement with its source.

The page runs no script; its policy lets in nothing but its own style.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kg.html import TEMPLATES, policy, templates
from kg.timeline import Bar, Lane, as_svg, colours_of, qualifiers


def timeline_page(
    lanes: Sequence[Lane], *, title: str, made_by: str, licensed: bool, language: str = "de"
) -> str:
    """Write a timeline as a self-contained HTML page.

    Args:
        lanes: what ``kg.timeline.timeline`` gave, at least one.
        title: heading of the page.
        made_by: the command line and version that made it, for its footer.
        licensed: whether the data are Akteursnetz' own, under CC BY 4.0.
        language: ``de`` or ``en``.
    """
    from markupsafe import Markup

    style = (TEMPLATES / "timeline.css").read_text(encoding="utf-8")
    return (
        templates()
        .get_template("timeline.html")
        .render(
            title=title,
            made_by=made_by,
            licensed=licensed,
            language=language,
            policy=policy([], [style]),
            style=Markup(style),  # noqa: S704  (our own file)
            picture=Markup(as_svg(lanes, title, language)),  # noqa: S704  (written as XML)
            lanes=lanes,
            colours=colours_of(lanes),
            qualifiers=lambda bar: qualifiers(bar, language),
            says=says,
        )
    )


def says(bar: Bar) -> list[dict[str, Any]]:
    """The passages of a bar: each with a ``quote``, or with a reader's ``note``."""
    passages: Any = bar.said["evidence"]
    return [
        p if "quote" in p else {"note": p.get("note") or bar.said.get("note")} for p in passages
    ]


def as_records(lanes: Sequence[Lane]) -> list[dict[str, Any]]:
    """The bars as JSON has them: the statement, and the days between which it holds.

    ``first`` and ``last`` are null where nothing bounds the statement on that side; ``begun`` and
    ``kept`` are the days between which it certainly holds.
    """
    return [
        {
            "about": lane.about,
            "first": _day(None if bar.open_before else bar.first),
            "begun": _day(bar.begun),
            "kept": _day(bar.kept),
            "last": _day(None if bar.open_after else bar.last),
            "statement": bar.said,
        }
        for lane in lanes
        for bar in lane.bars
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
