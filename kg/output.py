"""What the commands share: which graph, where output goes, and errors as exit codes.

Nothing here knows the command line (``kg.options`` does): a query does without it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

from kg.errors import DataError, KgError, UsageError
from kg.files import discard_begun, writing

if TYPE_CHECKING:
    from kg.graph import Graph


def made_by(graph: Graph) -> str:
    """What stands in an exported file of how it came about: command, version and hash."""
    from kg.cite import command_line
    from kg.cite import made_by as line

    return line(command_line(["kg", *sys.argv[1:]]), graph.store.manifest)


def open_graph(
    data: Path | None = None,
    store: str | None = None,
    *,
    at: str | None = None,
    since: str | None = None,
    until: str | None = None,
    sources: Sequence[str] = (),
    roll_up: bool = False,
) -> Graph:
    """The graph that the options of a command ask for.

    Raises:
        KgError: there is no such graph, date or source.
    """
    from kg.graph import load

    graph = load(data, store=store)
    if not (at or since or until or sources or roll_up):
        return graph
    return graph.restricted(at=at, since=since, until=until, sources=sources, roll_up=roll_up)


def is_ours(which: Mapping[str, Any]) -> bool:
    """Whether the options of a command name no other data than the packaged ones."""
    return which["data"] is None and which["store"] is None


def restriction(which: Mapping[str, Any]) -> str:
    """The options that cut a part out of the graph, as they are typed."""
    import shlex

    named = (("--at", "at"), ("--from", "since"), ("--until", "until"))
    words = [w for option, key in named if which[key] for w in (option, str(which[key]))]
    words += [w for source in which["sources"] for w in ("--source", source)]
    return shlex.join([*words, *(["--roll-up"] if which["roll_up"] else [])])


def choose_format(given: str | None, output: str, allowed: Sequence[str], default: str) -> str:
    """The format that was asked for, else the one that the file's ending names, else ``default``.

    Raises:
        UsageError: the file's ending names no format of this command.
    """
    if given:
        return given
    suffix = Path(output).suffix.removeprefix(".").lower()
    suffix = {"rdf": "rdfxml", "json-ld": "jsonld", "htm": "html", "feather": "arrow"}.get(
        suffix, suffix
    )
    if output == "-" or not suffix:
        return default
    if suffix not in allowed:
        raise UsageError(f"unknown ending '.{suffix}', add --format {'|'.join(allowed)}")
    return suffix


def is_terminal(output: str) -> bool:
    """Whether output goes to a person."""
    return output == "-" and sys.stdout is not None and sys.stdout.isatty()


def terminal_width(output: str) -> int:
    """How wide a person's terminal is; 0 where output goes elsewhere."""
    if not is_terminal(output):
        return 0
    import shutil

    return shutil.get_terminal_size().columns


@contextlib.contextmanager
def opened(output: str) -> Iterator[IO[bytes]]:
    """Standard output, or a file that is only replaced when all is written."""
    if output == "-":
        if sys.stdout is None:
            raise KgError("standard output is closed, name a file by -o FILE")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with writing(Path(output)) as beside, beside.open("wb") as out:
        yield out


def emit(content: str | bytes, output: str = "-") -> None:
    """Write a whole output, which ends with one line end."""
    if isinstance(content, str):
        content = content.encode("utf-8", "replace")
    content = content.rstrip(b"\n") + b"\n"
    with opened(output) as out:
        out.write(content)


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "problem"), counted(2, "problem")
    ('1 problem', '2 problems')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def say(message: str) -> None:
    """A message to the person, on standard error."""
    if sys.stderr is not None:
        sys.stderr.write(f"{message}\n")


def progress_line() -> Callable[[str, int, int], None]:
    """Shows what is done, how much and of how much (0: unknown), where a person looks on.

    Only on a terminal, on standard error, at most ten times a second; ended by ("", 0, 0).
    """
    if sys.stderr is None or not sys.stderr.isatty():
        return lambda *_: None
    import time

    shown, last = 0.0, ""

    def show(what: str, done: int, total: int) -> None:
        nonlocal shown, last
        now = time.monotonic()
        if now - shown < 0.1 and what == last:
            return
        shown, last = now, what
        filled = 24 * done // total if total else 0
        bar = f" [{'#' * filled}{'-' * (24 - filled)}] {100 * done // total} %" if total else ""
        count = f" {done:,}" if done and not total else ""
        sys.stderr.write(f"\r\x1b[K{what}{bar}{count}")
        sys.stderr.flush()

    return show


def guarded(work: Callable[[], int | None]) -> NoReturn:
    """Do the work of a command; an error a user can cause ends in a message and an exit code."""
    try:
        code = work() or 0
    except KeyboardInterrupt:
        say("stopped")
        code = 1
    except DataError as error:
        say(f"{error}\n{counted(len(error.problems), 'problem')}; what has them was left as it was")
        code = error.exit_code
    except KgError as error:
        say(f"Error: {error}")
        code = error.exit_code
    except BrokenPipeError:  # the reader of the pipe has left, which is its right
        code = 0
    except OSError as error:
        if error.errno not in (
            errno.ENOSPC,
            errno.EIO,
            errno.EACCES,
            errno.EPERM,
            errno.EROFS,
            errno.EBADF,
        ):
            raise
        where = error.filename or "output"
        say(f"Error: {where}: {error.strerror}, make room or choose another place")
        code = 1
    _leave(code)


def _leave(code: int) -> NoReturn:
    """Exit at once: what Python would tidy up, the system frees faster (16 of 130 ms measured)."""
    discard_begun()
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        pass
    except OSError as error:
        say(f"Error: output: {error.strerror}, make room or choose another place")
        code = 1
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(code)


def interruptible(work: Callable[[], None]) -> None:
    """Run work that Ctrl-C must be able to end though the engine does not listen to it.

    The engine runs in a thread of its own, and this one waits; a Ctrl-C ends the whole process.
    """
    import threading

    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # handed over to the thread that waits
            import traceback

            part: BaseException | None = error
            while part is not None:  # its frames hold answers, which must end in this thread
                traceback.clear_frames(part.__traceback__)
                part = part.__context__
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.2)
    if failed:
        raise failed[0]
