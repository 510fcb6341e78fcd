"""The ``pezo`` command and how it fails: one line on standard error, exit status 2."""

from __future__ import annotations

import atexit
import os
import re
import sys
import threading
import warnings
from typing import Any

import rich_click as click
from click.exceptions import NoSuchCommand, NoSuchOption
from click.types import FloatParamType

from ..errors import JointOrbitWarning, PezoError
from ..text import one_line
from ..tools.interruption import EXIT_INTERRUPTED, interrupt_when_asked, leave_when_asked
from ..version import __version__
from .bench import bench
from .board import board
from .driver import driver
from .elastic import elastic
from .explore import explore
from .figures import figures
from .generate import generate
from .info import info
from .layers import layers
from .power import power
from .presets import presets
from .progress import patience
from .quality import quality
from .report import report
from .stream import stream
from .synth import synth
from .table6 import table6
from .taps import taps
from .terminal import drop_what_has_no_room, prepare_streams, room, say, write_raw
from .train import train
from .verify import verify

EXIT_USAGE = 2
_DIGITS = re.compile(r"(?<=\d{40})\d+", re.ASCII)
_NARROWEST_HELP, _ROOM_FOR_METAVARS, _WIDEST_HELP = 40, 80, 100


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="pezo")
@click.pass_context
def cli(context: click.Context) -> None:
    """Random perturbations for zeroth-order training, from a config file to bit-exact Verilog.

    CONFIG is a TOML file or the name of a preset (see: pezo presets).

    Example: pezo generate paper-roberta -o rtl
    """
    if context.invoked_subcommand is None:
        write_raw(f"{context.get_help()}\n")


for subcommand in (
    *(presets, info, stream, generate, driver, board, verify, report),
    *(synth, power, table6, layers, figures, quality, explore, taps, bench, train, elastic),
):
    cli.add_command(subcommand)


def main() -> None:
    """Runs the process's command line and ends it with the exit status."""
    interrupt_when_asked()
    status = run()
    leave_when_asked()
    drop_what_has_no_room()
    # What is left half-made by an error or an interruption is nobody's concern at exit.
    warnings.simplefilter("ignore")
    if status == EXIT_INTERRUPTED and any(thread.daemon for thread in threading.enumerate()):
        # It may be in LAPACK, which nobody ends, and which crashes once its memory is taken down.
        atexit._run_exitfuncs()
        os._exit(status)
    sys.exit(status)


def run(arguments: list[str] | None = None) -> int:
    """The exit status of a command line: 0, 1 (not bit-exact), 2 (bad input), 130 (interrupted)."""
    prepare_streams()
    with warnings.catch_warnings():
        warnings.showwarning = _show_warning
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", JointOrbitWarning)
        try:
            with patience.watching():
                status = cli.main(
                    args=arguments, prog_name="pezo", standalone_mode=False, **_form_of_help()
                )
            if sys.stdout is not None:
                sys.stdout.flush()
        except click.ClickException as error:
            return _fail(_with_what_is_allowed(error))
        except PezoError as error:
            return _fail(str(error))
        except MemoryError:
            return _fail("there is not enough memory for this many numbers at once")
        except OSError as error:
            return _fail(f"{error.filename or 'standard output'}: {error.strerror}")
        except (KeyboardInterrupt, click.Abort):
            say("interrupted")
            return EXIT_INTERRUPTED
    return status if isinstance(status, int) else 0


def _form_of_help() -> dict[str, Any]:
    """How wide the help is, and of which columns: where there is little room, of two."""
    width = min(max(room(), _NARROWEST_HELP), _WIDEST_HELP)
    if width >= _ROOM_FOR_METAVARS:
        return {"terminal_width": width}
    config = {
        "options_table_column_types": ["opt_long", "opt_short", "help"],
        "options_table_help_sections": ["help", "metavar", "required", "default"],
    }
    return {"terminal_width": width, "rich_help_config": config}


def _with_what_is_allowed(error: click.ClickException) -> str:
    """Click's message; for a name that is not known, with those that are."""
    message, context = error.format_message(), getattr(error, "ctx", None)
    if context is None:
        return message
    kind = getattr(getattr(error, "param", None), "type", None)
    if isinstance(error, click.BadParameter) and isinstance(kind, (click.IntRange, FloatParamType)):
        # Of thousands of digits, some.
        return f"{_DIGITS.sub('…', message)} Allowed: {_numbers(kind)}"
    if isinstance(error, NoSuchOption):
        options = (name for p in context.command.get_params(context) for name in p.opts)
        return f"{message} Allowed: {', '.join(name for name in options if name.startswith('-'))}"
    if isinstance(error, NoSuchCommand) and isinstance(context.command, click.Group):
        return f"{message} Allowed: {', '.join(context.command.list_commands(context))}"
    return message


def _numbers(kind: click.IntRange | FloatParamType) -> str:
    """What an option of numbers takes, in words."""
    if not isinstance(kind, click.IntRange):
        return "a number"
    most = "on" if kind.max is None else f"to {kind.max}"
    return f"an integer from {kind.min} {most}"


def _fail(message: str) -> int:
    say(f"error: {one_line(message)}")
    return EXIT_USAGE


def _show_warning(message: Warning | str, *rest: object, **named: object) -> None:
    say(f"warning: {one_line(str(message))}")
