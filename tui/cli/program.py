"""Running a command: the streams before it, and what can go wrong as one line and an exit status.

0 is success, 1 a failure that the message names, 2 wrong usage.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import PurePath

import click

from annotations.errors import FlorilegiumError, QuerySyntaxError
from tui.cli import output
from tui.cli.ending import Ending, orderly
from tui.cli.root import flor

FAILURE = 1
USAGE = 2
PROGRAMS = ("flor", "florilegium")


def run(arguments: Sequence[str] | None = None) -> int:
    """Run ``flor`` with ``arguments`` (those of this process if None); the exit status.

    Raises:
        KeyboardInterrupt: Somebody has had enough.
    """
    _prepare_streams()
    with orderly() as ending:
        try:
            status = _run(sys.argv[1:] if arguments is None else list(arguments), ending)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader (``head``, a pager that was left) has seen enough; that is no failure.
            _mute()
            return 0
        except OSError as error:
            _mute()
            what = os.fsdecode(error.filename) if error.filename else "could not write the output"
            return _fail(f"{what}: {error.strerror or error}")
        except KeyboardInterrupt:
            if not ending.status:
                raise
            return ending.status
    return status


def _mute() -> None:
    """Keep the interpreter from writing at its end what could not be written before."""
    with suppress(io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: list[str], ending: Ending) -> int:
    try:
        if any(f"_{name.upper()}_COMPLETE" in os.environ for name in PROGRAMS):
            flor.main(prog_name=_program_name())
        with flor.make_context(_program_name(), arguments) as context:
            flor.invoke(context)
        return 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else _program_name()
        _fail(f"{error.format_message()} ({where} --help tells more)")
        return USAGE
    except click.ClickException as error:
        return _fail(error.format_message())
    except QuerySyntaxError as error:
        output.tell(str(error))
        # Its tables of Unicode are needed for no other message.
        from annotations.query.pointing import point_at

        for line in point_at(error):
            sys.stderr.write(f"  {line}\n")
        return FAILURE
    except FlorilegiumError as error:
        return ending.status or _fail(str(error))
    except click.Abort:
        raise KeyboardInterrupt from None


def _fail(message: str) -> int:
    output.tell(message)
    return FAILURE


def _program_name() -> str:
    """``florilegium`` where it was called so, otherwise ``flor``."""
    name = PurePath(sys.argv[0]).stem
    return name if name in PROGRAMS else PROGRAMS[0]


def _prepare_streams() -> None:
    """Write UTF-8 with ``\\n`` ends on every system, and bear streams that the caller closed."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull)  # noqa: SIM115 - it stays open as long as the process
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    # What is no UTF-8 in the name of a file goes out as the bytes that came in.
    for stream, newline in ((sys.stdout, ""), (sys.stderr, None)):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline=newline)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")
