"""What the commands share on the command line: the group, options, formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from kg.errors import did_you_mean
from kg.output import guarded, say

_Command = TypeVar("_Command", bound=Callable[..., Any])


_GRAPH = ("at", "from", "until", "source", "roll-up", "data", "store")


class Commands(click.Group):
    """A group that imports a command when it is needed, and knows the nearest of an unknown one."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **options: Any) -> None:
        """Make the group; ``modules`` has the module of each command, which lists it in ``ALL``."""
        super().__init__(*args, **options)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # as click calls it
        """The names of all commands."""
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, None where there is none."""
        if cmd_name in self.modules and cmd_name not in self.commands:
            from importlib import import_module

            for command in import_module(self.modules[cmd_name]).ALL:
                self.add_command(command)
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; the reader of a pipe may leave, which click makes an error."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            ctx.exit(0)

    def resolve_command(self, ctx: click.Context, args: list[str]
                        ) -> tuple[str | None, click.Command | None, list[str]]:  # fmt: skip
        """Find the command; an unknown one is a usage error with did-you-mean."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            ctx.fail(f"unknown command '{args[0]}', {did_you_mean(args[0], self.modules)}")
        return super().resolve_command(ctx, args)


def options(*names: str) -> Callable[[_Command], _Command]:
    """Add shared options; ``graph`` stands for all that say which graph is read."""
    folder = click.Path(path_type=Path)
    known = {
        "data": click.option("--data", envvar="KG_DATA", type=folder, metavar="DIR",
                             help="Work on this data folder, not the packaged one [KG_DATA]."),
        "store": click.option("--store", metavar="DIR|URL",
                              help="Use this store (see kg build), not the one kept for the data, "
                              "or a SPARQL endpoint (see kg push)."),
        "texts": click.option("--texts", envvar="KG_TEXTS", type=folder, metavar="DIR",
                              help="Folder of <source-id>.txt, to prove quotes by [KG_TEXTS]."),
        "at": click.option("--at", metavar="DATE",
                           help="Only what may hold then (EDTF: 2019, 2019-10, 2019-10-15)."),
        "from": click.option("--from", "since", metavar="DATE",
                             help="Only what may hold then or after."),
        "until": click.option("--until", metavar="DATE",
                              help="Only what may hold then or before."),
        "source": click.option("--source", "sources", multiple=True, metavar="ID",
                               help="Only what this source says (repeatable)."),
        "roll-up": click.option("--roll-up", is_flag=True,
                                help="Show each chain of successors as one entity, the last."),
        "output": click.option("-o", "--output", default="-", metavar="FILE",
                               help="Write here; - is standard output."),
    }  # fmt: skip

    wanted = [n for name in names for n in (_GRAPH if name == "graph" else (name,))]

    def decorate(command: _Command) -> _Command:
        for name in reversed(wanted):
            command = known[name](command)
        return command

    return decorate


def formats(*names: str, note: str = "") -> Callable[[_Command], _Command]:
    """Add the one ``--format`` choice; the first is the default unless ``note`` tells another."""
    choice = click.Choice(names)
    if note:
        return click.option("--format", "format_", type=choice, help=note)
    return click.option("--format", "format_", type=choice, default=names[0], show_default=True)


def run_commands(commands: click.Group) -> NoReturn:
    """Run the command line; every error a user can cause ends in a message and an exit code."""

    def work() -> int:
        try:
            code = commands.main(prog_name="kg", standalone_mode=False)
        except click.exceptions.Exit as error:
            return error.exit_code
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except click.Abort:
            say("stopped")
            return 1
        return code if isinstance(code, int) else 0

    guarded(work)
