"""The command that writes the graph as a site of files. Heavy modules are imported where used."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

import click

from kg.options import options
from kg.output import counted, is_ours, open_graph, say


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", required=True,
              help="The folder: new, empty, or a site written before.")  # fmt: skip
@click.option("--texts", type=click.Path(path_type=Path, exists=True, file_okay=False),
              metavar="DIR", help="Show passages in these texts (<source-id>.txt). They become "
              "part of the site, and they are their publishers'.")  # fmt: skip
@options("graph")
def site(output: Path, texts: Path | None, **which: Any) -> None:
    """Write the graph as a site of files, in German and English, for any web host or a USB stick.

    A page for each entity, source, statement, term and question, a search that works without a
    server, the network, and every format of the data. Links are relative.

    \b
    Example:
      kg site -o my-site
      kg site --source acod-2018-12-05 -o my-site
    """
    from kg.site.model import Site
    from kg.site.static import write_site

    graph = open_graph(**which)
    made = Site(graph, static=True, texts=texts, licensed=is_ours(which))
    shown = sys.stderr is not None and sys.stderr.isatty()

    def tell(count: int) -> None:
        if shown and count % 100 == 0:
            click.echo(f"\r{counted(count, 'file')}", err=True, nl=False)

    made.index.names, made.index.about  # noqa: B018  (they are there before the next line)
    gc.freeze()  # the graph stays to the end: no use in looking through it for garbage
    count = write_site(made, output, tell)
    say(f"{chr(13) if shown else ''}{output}: {counted(count, 'file')}")


ALL = (site,)
