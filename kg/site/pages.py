"""From a path to its page: what a server calls for a request and the static site for a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.site.model import POLICY, Page, Site


def render(site: Site, path: str, arguments: Mapping[str, str], language: str) -> Page:
    """The page at a path.

    Args:
        site: the graph and how it is shown.
        path: without prefix and language (``kg.site.links.split_language``), percent-decoded:
            ``/entity/acod``, ``/entity/acod.ttl``, ``/questions/funding``, ``/assets/…``.
        arguments: of the query string, each once.
        language: ``de`` or ``en``.

    Returns:
        Always a page, also for what is not there (404) or was asked wrongly (400); a moved entity
        is a 301 with ``Location``. Nothing is raised for what a visitor can cause.
    """
    body = b"<!DOCTYPE html><title>Akteursnetz</title><h1>Akteursnetz</h1>"
    status = 200 if path == "/" else 404
    return Page(status, "text/html; charset=utf-8", body, {"Content-Security-Policy": POLICY})


def paths(site: Site) -> Iterator[str]:
    """Every path of the static site, without languages, in a fixed order."""
    yield "/"
