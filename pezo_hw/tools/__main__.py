"""Runs a command with the Verilator of ``pezo`` first on PATH, and what builds with it need.

For tools that start Verilator and make by themselves: ``python -m pezo_hw.tools fusesoc run ...``.
The rest of the environment is the caller's.
"""

from __future__ import annotations

import os
import sys

from ..errors import PezoError
from .verilator import find_verilator

_SETTINGS = ("VERILATOR_ROOT", "MAKEFLAGS")


def main(command: list[str]) -> None:
    """Become the command.

    Raises
    ------
    PezoError
        Where there is no command, it cannot be run, or there is no Verilator.
    """
    if not command:
        raise PezoError("no command is given; allowed: python -m pezo_hw.tools COMMAND ...")
    verilator = find_verilator()
    kept = {name: value for name, value in os.environ.items() if name not in _SETTINGS}
    made = verilator.environment()
    path = os.pathsep.join([str(verilator.path.parent), os.environ.get("PATH", os.defpath)])
    settings = {name: made[name] for name in _SETTINGS if name in made}
    try:
        os.execvpe(command[0], command, {**kept, **settings, "PATH": path})
    except OSError as error:
        raise PezoError(f"{command[0]}: {error.strerror}") from None


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except PezoError as error:
        print(f"pezo: error: {error}", file=sys.stderr)
        sys.exit(2)
