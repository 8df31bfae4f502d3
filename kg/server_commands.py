"""The command that serves a graph over HTTP; a thin face over ``kg.server``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kg.errors import UsageError, missing
from kg.options import options
from kg.output import is_ours, say


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Listen here; 0.0.0.0 is everywhere.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True,
              help="Listen on this port; 0 takes a free one.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True,
              help="So many processes answer.")  # fmt: skip
@click.option("--prefix", default="", metavar="/PATH", help="Where the site lies on its host.")
@click.option("--timeout", type=click.FloatRange(0.1, 3600), default=30, show_default=True,
              help="Seconds that a query may take.")  # fmt: skip
@click.option("--memory", type=click.IntRange(16, 1_000_000), default=512, show_default=True,
              help="Megabytes that a query may take.")  # fmt: skip
@click.option("--rows", type=click.IntRange(1, 10_000_000), default=100_000, show_default=True,
              help="Rows that an answer may have.")  # fmt: skip
@click.option("--queue", type=click.IntRange(1, 10_000), default=100, show_default=True,
              help="Queries that may wait.")  # fmt: skip
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME",
              help="A name that the server is called by (repeatable).")  # fmt: skip
@click.option("--proxy", "proxies", multiple=True, metavar="ADDRESS",
              help="Believe X-Forwarded headers of this proxy (repeatable).")  # fmt: skip
@options("data", "store", "texts")
def serve(host: str, port: int, data: Path | None, store: str | None, **how: Any) -> None:
    """Serve the graph: pages, SPARQL, an API of the questions, reconciliation.

    Addresses: /sparql, /api/NAME, /openapi.json, /void.ttl, /dcat.ttl, /reconcile, /healthz,
    /metrics. Everything is read-only. A rebuilt store (kg build) is taken up by itself.

    \b
    Example:
      kg serve
      kg serve --store my-store --port 8000 --timeout 10
      kg serve --host 0.0.0.0 --allow-host graph.example.org --workers 2
    """
    try:
        from kg.server.serving import listen, supervise
        from kg.server.settings import settings_of
    except ImportError as error:
        raise missing(str(error.name), "serve") from error
    if how["prefix"] and not how["prefix"].startswith("/"):
        raise UsageError(f"--prefix {how['prefix']} begins with no slash, write /{how['prefix']}")
    settings = settings_of(
        data, store, host=host, licensed=is_ours({"data": data, "store": store}), **how
    )
    listening = listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}{settings.prefix}/"
    workers = how["workers"]
    sys.exit(supervise(settings, listening, workers, lambda: say(f"{address} (Ctrl-C ends it)")))


ALL = (serve,)
