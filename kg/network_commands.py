"""The commands of networks: projecting them to files, and measuring them.

Heavy modules are imported where they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.options import formats, options
from kg.output import (
    choose_format,
    counted,
    emit,
    is_ours,
    is_terminal,
    made_by,
    open_graph,
    restriction,
    say,
    terminal_width,
)

if TYPE_CHECKING:
    import networkx as nx

    from kg.asking import How
    from kg.graph import Graph
    from kg.ontology import Ontology
    from kg.tables import Table
    from kg.validity import Period

    Networks = list[tuple[Period | None, nx.MultiDiGraph[str]]]

_Command = TypeVar("_Command", bound=Callable[..., Any])
_NETWORKS = ("html", "graphml", "gexf", "json", "csv", "net", "svg", "png")
_OF_WINDOWS = ("gexf", "json", "csv")
_DRAWN = ("html", "svg", "png")
_TABLES = ("table", "csv", "tsv", "json", "md")
_SHOWN = ("degree", "weighted_degree", "betweenness", "closeness", "pagerank", "core",
          "constraint", "community")  # fmt: skip
_HOW = (
    "rule",
    "normalise",
    "relations",
    "classes",
    "places",
    "certainty",
    "certain",
    "ego",
    "depth",
)


def _asking(command: _Command) -> _Command:
    """Add the options that say which network is asked for."""
    many: Any = {"multiple": True, "metavar": "NAME"}
    for option in reversed([
        click.option("--rule", default="actors", metavar="NAME", show_default=True,
                     help="How to project, by a name of --rules."),
        click.option("--normalise", type=click.Choice(("count", "jaccard", "newman")),
                     default="count", show_default=True, help="How a projection weighs its ties."),
        click.option("--relation", "relations", **many,
                     help="Only this relation and those below it (repeatable)."),
        click.option("--class", "classes", **many,
                     help="Only entities of this class (repeatable)."),
        click.option("--place", "places", **many,
                     help="Only what lies there, and persons, projects … tied to it (repeatable)."),
        click.option("--certainty", type=click.Choice(("stated", "implied")),
                     help="Only what sources say outright, or only what they imply."),
        click.option("--certain", is_flag=True,
                     help="With a time: only what certainly holds then."),
        click.option("--ego", multiple=True, metavar="ENTITY",
                     help="Only what surrounds this entity (repeatable)."),
        click.option("--depth", type=click.IntRange(0, 20), default=1, show_default=True,
                     help="How far around it."),
        click.option("--window", metavar="LENGTH",
                     help="Moving windows within --from and --until, such as 2y or 6m."),
        click.option("--step", metavar="LENGTH",
                     help="From one window to the next; default as long as one."),
    ]):  # fmt: skip
        command = option(command)
    return command


def _listing(name: str, what: str, text: Callable[[], str]) -> Callable[[_Command], _Command]:
    """Add a flag that prints a list and ends."""

    def show(context: click.Context, _: click.Parameter, given: bool) -> None:
        if given:
            click.echo(text())
            context.exit()

    return click.option(name, is_flag=True, is_eager=True, expose_value=False, callback=show,
                        help=what)  # fmt: skip


def _rules_text() -> str:
    from kg.rules import RULES

    return "\n".join(f"{rule.name}\n    {rule.what}" for rule in RULES.values())


def _measures_text() -> str:
    from kg.measures import MEASURES
    from kg.whole import WHOLE

    parts = []
    for head, table in (("Of actors", MEASURES), ("Of networks (--network)", WHOLE)):
        parts += [f"{head}:", *(f"{m.name}\n    {m.what}{f' ({m.source})' if m.source else ''}"
                                for m in table.values())]  # fmt: skip
    return "\n".join(parts)


def _networks(options: dict[str, Any]) -> tuple[Graph, Networks]:
    """The graph and its networks that the options of a command ask for; many with ``window``."""
    how: How = {key: options.pop(key) for key in _HOW}  # type: ignore[assignment]
    window, step = options.pop("window"), options.pop("step")
    if step and not window:
        raise click.UsageError("--step goes with --window LENGTH")
    graph = open_graph(**options)
    if not window:
        return graph, [(None, graph.network(**how))]
    found = graph.networks(window, step, **how)
    if graph.when and found[-1][0][1] < graph.when[1]:
        say(f"after {found[-1][0][1]} no whole window fits")
    return graph, list(found)


@click.command()
@formats(*_NETWORKS, note="Default: by the file's ending, else html.")
@_asking
@click.option("--layout", type=click.Choice(("forces", "map")), default="forces",
              show_default=True, help="By ties, or on the map of the federal states.")  # fmt: skip
@click.option("--texts", type=click.Path(path_type=Path, exists=True, file_okay=False),
              metavar="DIR", help="Show quotes within these texts (<source-id>.txt); what stands "
                                  "around them becomes part of the page.")  # fmt: skip
@_listing("--rules", "List the rules and end.", _rules_text)
@options("graph", "output")
def network(
    format_: str | None, output: str, layout: str, texts: Path | None, **which: Any
) -> None:
    """Write the network of actors: an interactive page, a picture, or a file for other tools.

    -o NAME.csv writes two tables, NAME-nodes.csv and NAME-edges.csv; on standard output csv is
    that of the edges. .net is Pajek's; .svg and .png need akteursnetz[plot].

    \b
    Example:
      kg network -o network.html
      kg network --ego ACOD --depth 2 -o acod.gexf
      kg network --rule shared-projects --normalise newman --place Sachsen -o sachsen.graphml
      kg network --from 2015 --until 2024 --window 2y --step 1y -o years.gexf
      kg network --layout map --class Organisation -o map.html
    """
    chosen = choose_format(format_, output, _NETWORKS, "html")
    if texts and chosen != "html":
        raise click.UsageError("--texts is for the page, choose html")
    if layout == "map" and chosen not in _DRAWN:
        raise click.UsageError(f"--layout map is for pictures, choose {'|'.join(_DRAWN)}")
    if which["window"] and chosen not in _OF_WINDOWS:
        raise click.UsageError(f"--window gives several networks, choose {'|'.join(_OF_WINDOWS)}")
    graph, networks = _networks(which)
    if chosen == "csv" and output != "-":
        _write_tables(networks, Path(output))
    else:
        emit(_rendered(graph, networks, chosen, which, layout, texts), output)
    for window, found in networks:
        nodes, edges = found.number_of_nodes(), found.number_of_edges()
        when = f"{window[0]}/{window[1]}: " if window else ""
        empty = "" if nodes else ": nothing fits, take a filter away"
        say(f"{when}{counted(nodes, 'node')}, {counted(edges, 'edge')}{empty}")


def _rendered(
    graph: Graph,
    networks: Networks,
    format_: str,
    which: dict[str, Any],
    layout: str,
    texts: Path | None,
) -> str | bytes:
    origin = made_by(graph)
    series = [(window, found) for window, found in networks if window]
    if series:
        from kg.network_files import series_bytes

        return series_bytes(series, format_, origin)
    ((_, found),) = networks
    if format_ not in _DRAWN:
        from kg.network_files import network_bytes

        return network_bytes(found, format_, origin)
    places, background = _on_the_map(found, graph.ontology) if layout == "map" else (None, ())
    if format_ != "html":
        from kg.drawing import draw

        return draw(found, format_, made_by=origin, places=places, background=background)
    from kg.page import network_page
    from kg.pagedata import known_of

    ours = is_ours(which)
    manifest = graph.store.manifest if ours else None
    known = known_of(graph.corpus, graph.ontology, graph.conflicts(), manifest,
                     part=restriction(which), texts=texts)  # fmt: skip
    return network_page(found, title="Akteursnetz", made_by=origin, licensed=ours, known=known,
                        places=places, background=background)  # fmt: skip


def _on_the_map(
    found: nx.MultiDiGraph[str], ontology: Ontology
) -> tuple[Mapping[str, tuple[int, int]], Sequence[Sequence[tuple[int, int]]]]:
    """Where nodes stand on the map, and its borders; what has no place there is taken away."""
    from kg.geomap import on_the_map

    drawn = on_the_map(found, ontology)
    homeless = [node for node in found if node not in drawn.places]
    found.remove_nodes_from(homeless)
    if homeless:
        say(f"{counted(len(homeless), 'node')} not on the map, since nothing says where they are")
    return drawn.places, drawn.borders


def _write_tables(networks: Networks, path: Path) -> None:
    from kg.network_files import edge_table, node_table, series_table
    from kg.tables import write_table

    for name, of in (("nodes", node_table), ("edges", edge_table)):
        beside = path.with_name(f"{path.stem}-{name}{path.suffix or '.csv'}")
        series = [(window, found) for window, found in networks if window]
        table = series_table(series, of) if series else of(networks[0][1])
        emit(write_table(table, "csv"), str(beside))
        say(f"{beside}: written")


@click.command()
@click.option("--measure", "names", multiple=True, metavar="NAME",
              help="Only this measure, by a name of --list (repeatable).")  # fmt: skip
@click.option("--by", type=click.Choice(("type", "state")), default="type", show_default=True,
              help="By what brokers are told apart.")  # fmt: skip
@click.option("--network", "whole", is_flag=True, help="Measure the network, not its actors.")
@click.option(
    "--quick", is_flag=True, help="For any size: only what needs numbers alone, largest first."
)
@click.option("--sort", metavar="COLUMN", help="Sort by this (-COLUMN: smallest first).")
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", help="At most so many rows (of a window)."
)
@formats(*_TABLES, note="Default: table on a terminal, else csv.")
@_asking
@_listing("--list", "List the measures with their definitions and end.", _measures_text)
@options("graph", "output")
def measures(
    names: tuple[str, ...],
    by: str,
    whole: bool,
    quick: bool,
    sort: str | None,
    limit: int | None,
    format_: str | None,
    output: str,
    **which: Any,
) -> None:
    """Measure the actors of a network, or with --network the network itself.

    A table has the best known measures, other formats have all of them; --list says what each
    is. Options are those of kg network.

    \b
    Example:
      kg measures --sort betweenness --limit 10
      kg measures --rule shared-projects --measure core --measure constraint --sort -constraint
      kg measures --measure liaison --measure gatekeeper --by state
      kg measures --network --from 2015 --until 2024 --window 2y --format csv
      kg measures --quick --store big --sort pagerank --limit 20
    """
    from kg.measure_tables import actor_table, network_table

    default = "table" if is_terminal(output) else "csv"
    chosen = choose_format(format_, output, _TABLES, default)
    if whole and (names or sort or limit):
        raise click.UsageError("--measure, --sort and --limit are for actors, not for --network")
    if quick:
        table = _quick_table(names, sort, limit, which)
        emit(_written(table, chosen, output), output)
        say(counted(len(table), "row"))
        return
    _, networks = _networks(which)
    if whole:
        emit(_written(network_table(networks), chosen, output, turned=len(networks) == 1), output)
        return
    wanted = names or (_SHOWN if chosen in ("table", "md") else ())
    table = actor_table(networks, wanted, by=by, sort=sort, limit=limit)
    emit(_written(table, chosen, output), output)
    say(counted(len(table), "row"))
    if len(table) and (lost := [c for c in wanted or ("eigenvector",) if _is_empty(table, c)]):
        say(f"without any value: {', '.join(lost)}; not defined here, or it did not converge")


def _quick_table(
    names: tuple[str, ...], sort: str | None, limit: int | None, which: dict[str, Any]
) -> Table:
    """The measures of ``--quick``, which knows neither rules nor places, egos nor windows."""
    from kg.edges import quick_table

    how = {key: which.pop(key) for key in (*_HOW, "window", "step")}
    plain = {"rule": "actors", "normalise": "count", "depth": 1}
    for key, value in how.items():
        if key not in ("relations", "classes") and value and value != plain.get(key):
            option = {"places": "place"}.get(key, key)
            raise click.UsageError(f"--quick does not go with --{option}")
    graph = open_graph(**which)
    edges = graph.edges(how["classes"], how["relations"])
    return quick_table(graph.store, edges, names, sort=sort, limit=limit)


def _is_empty(table: Table, column: str) -> bool:
    return all(row[column] is None for row in table)


def _written(table: Table, format_: str, output: str, *, turned: bool = False) -> str:
    from kg.tables import Table, as_json, write_table

    if format_ == "json":
        return as_json(list(table))
    if format_ not in ("table", "md"):
        return write_table(table, format_)
    rows = tuple(
        tuple(f"{v:.4f}" if isinstance(v, float) else v for v in row) for row in table.rows
    )
    shown = Table(table.columns, rows)
    if turned:
        shown = Table(("measure", "value"), tuple(zip(table.columns, rows[0], strict=True)))
    elif format_ == "table":
        shown = _without(shown, "id")
    return write_table(shown, format_, width=terminal_width(output))


def _without(table: Table, column: str) -> Table:
    from kg.tables import Table

    kept = [i for i, c in enumerate(table.columns) if c != column]
    return Table(
        tuple(table.columns[i] for i in kept), tuple(tuple(r[i] for i in kept) for r in table.rows)
    )


ALL = (measures, network)
