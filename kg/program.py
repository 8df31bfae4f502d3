"""The commands by name, each in a module that is only imported for it."""

from __future__ import annotations

import click

from kg import __version__
from kg.options import Commands

COMMANDS = {
    "kg.bulk_commands": ("build", "synth"),
    "kg.commands": ("conflicts", "diff", "evidence", "path", "queries", "search", "show"),
    "kg.data_commands": ("check", "format", "import"),
    "kg.extract_commands": ("extract",),
    "kg.network_commands": ("measures", "network"),
    "kg.query_command": ("query",),
    "kg.review_commands": ("agreement", "review"),
    "kg.server_commands": ("serve",),
    "kg.sharing": ("cite", "export", "push", "timeline"),
    "kg.site_commands": ("site",),
}
"""The commands of each module, which is only imported for them."""


@click.group(
    cls=Commands,
    modules={name: module for module, names in COMMANDS.items() for name in names},
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, package_name="akteursnetz", prog_name="kg")
def kg() -> None:
    """Who funds, leads, partners with and chairs what, and which passage says so.

    \b
    Example:
      kg search Zukunftszentren
      kg show ACOD
      kg query funding
      kg network -o network.html
    """
