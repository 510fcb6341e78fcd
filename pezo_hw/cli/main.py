"""The ``pezo`` command and how it fails: one line on standard error, exit status 2."""

from __future__ import annotations

import signal
import sys
import warnings

import rich_click as click

from ..errors import JointOrbitWarning, PezoError
from ..version import __version__
from .bench import bench
from .driver import driver
from .figures import figures
from .generate import generate
from .info import info
from .layers import layers
from .presets import presets
from .stream import stream
from .synth import synth
from .table6 import table6
from .taps import taps
from .train import train
from .verify import verify

EXIT_USAGE = 2
EXIT_INTERRUPTED = 130


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
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
        click.echo(context.get_help())


for subcommand in (
    *(presets, info, stream, generate, driver, verify),
    *(synth, table6, layers, figures, taps, bench, train),
):
    cli.add_command(subcommand)


def main(
    arguments: list[str] | None = None, command: click.Command = cli, name: str = "pezo"
) -> None:
    """Entry point of the console script; ends the process with the command's exit status.

    ``command`` is another one that is to fail as ``pezo`` does, and ``name`` what its usage says.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    status = run(arguments, command, name)
    # What is left half-made by an error or an interruption is nobody's concern at exit.
    warnings.simplefilter("ignore")
    sys.exit(status)


def run(
    arguments: list[str] | None = None, command: click.Command = cli, name: str = "pezo"
) -> int:
    """The exit status of a command line: 0, 1 (not bit-exact), 2 (bad input), 130 (interrupted)."""
    with warnings.catch_warnings():
        warnings.showwarning = _show_warning
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", JointOrbitWarning)
        try:
            status = command.main(args=arguments, prog_name=name, standalone_mode=False)
            sys.stdout.flush()
        except click.ClickException as error:
            return _fail(error.format_message())
        except PezoError as error:
            return _fail(str(error))
        except MemoryError:
            return _fail("there is not enough memory for this many numbers at once")
        except OSError as error:
            return _fail(f"{error.filename or 'standard output'}: {error.strerror}")
        except (KeyboardInterrupt, click.Abort):
            _say("interrupted")
            return EXIT_INTERRUPTED
    return status if isinstance(status, int) else 0


def _interrupt(*_: object) -> None:
    """A request to end is an interruption: what is under way is taken down in the same way."""
    raise KeyboardInterrupt


def _fail(message: str) -> int:
    _say(f"error: {' '.join(message.split())}")
    return EXIT_USAGE


def _show_warning(message: Warning | str, *rest: object, **named: object) -> None:
    _say(f"warning: {message}")


def _say(text: str) -> None:
    click.echo(f"pezo: {text}", err=True)
